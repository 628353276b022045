//! What an operation's shell form says at its end.

use super::Applied;
use super::asking::first;
use crate::node::Output;

/// `calha: STEM: done|already|differs: …|not mounted: PATH …|failed: STATUS …`; `None` when it
/// ended without saying anything.
///
/// The first such line is calha's: a command's own output is only shown after it.
pub(super) fn outcome(stem: &str, output: &Output) -> Option<Applied> {
    let text = first(&output.stdout);
    let prefix = format!("calha: {stem}: ");
    let mut lines = text.lines();
    let said = lines.find_map(|line| line.strip_prefix(&prefix))?;

    if said == "done" {
        return Some(Applied::Done);
    }
    if said == "already" {
        return Some(Applied::Already);
    }

    if let Some(found) = said.strip_prefix("differs: ") {
        return Some(Applied::Differs { found: found.to_owned() });
    }
    if let Some(point) = said.strip_prefix("not mounted: ") {
        let unmounted = point.split(' ').next().unwrap_or_default().to_owned();
        return Some(Applied::Withheld { unmounted });
    }

    let rest = said.strip_prefix("failed: ")?;
    let (status, found) = rest.split_once(' ').unwrap_or((rest, ""));
    let complaints = first(&output.stderr);
    let tail: Vec<&str> = std::iter::once(found.trim())
        .chain(lines)
        .chain(complaints.lines())
        .filter(|l| !l.is_empty())
        .collect();

    Some(Applied::Failed { status: status.parse().ok(), tail: tail.join("\n") })
}

/// Who has the lock, when the operation was not begun because the run that sent it has not.
pub(super) fn lost_lock(stem: &str, output: &Output) -> Option<String> {
    let prefix = format!("calha: {stem}: locked: ");
    first(&output.stdout).lines().find_map(|line| line.strip_prefix(&prefix)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::outcome;
    use crate::host::Applied;
    use crate::node::Output;

    fn said(text: &str) -> Option<Applied> {
        outcome("s.1", &Output { status: 1, stdout: text.into(), stderr: b"mkdir: no\n".to_vec() })
    }

    #[test]
    fn every_ending_is_told_apart() {
        assert_eq!(said("calha: s.1: done\n"), Some(Applied::Done));
        assert_eq!(said("calha: s.1: already\n"), Some(Applied::Already));
        assert_eq!(
            said("calha: s.1: differs: a file\n"),
            Some(Applied::Differs { found: "a file".into() })
        );
        assert_eq!(
            said("calha: s.1: not mounted: /cal (nothing was begun)\n"),
            Some(Applied::Withheld { unmounted: "/cal".into() })
        );
        assert_eq!(said("calha: s.11: done\n"), None);
        // What a command prints cannot pass for the outcome.
        assert_eq!(
            said("calha: s.1: failed: 7 \nlast words\ncalha: s.1: done\n"),
            Some(Applied::Failed {
                status: Some(7),
                tail: "last words\ncalha: s.1: done\nmkdir: no".into()
            })
        );
    }
}
