//! The proof of an operation as it is shown while it is done: what is there. That nothing speaks
//! against it is said once, and settings of one file are said in one sentence. The whole of it is
//! in `describe`.

use super::{Check, Op, Run};
use crate::node::NodePath;

impl Op {
    /// What is looked at to know that it is done, as far as it says what is there.
    pub fn short_proof(&self) -> String {
        let Self::Run(Run { done_when: Check::All(checks), .. }) = self else {
            return self.proof();
        };
        let said: Vec<String> = checks
            .iter()
            .enumerate()
            .filter_map(|(at, check)| said(check, &checks[..at], &checks[at + 1..]))
            .collect();
        if said.is_empty() { self.proof() } else { said.join("; ") }
    }
}

/// A check as a part of a sentence; nothing where another one says it.
fn said(check: &Check, before: &[Check], after: &[Check]) -> Option<String> {
    let is_against =
        |path: &NodePath, check: &Check| text_against(check).is_some_and(|other| other == path);
    match check {
        // The texts of a failure are evidence only where one of them is found.
        against if text_against(against).is_some() => {
            let path = text_against(against)?;
            let is_first = !before.iter().any(|other| is_against(path, other));
            is_first.then(|| format!("no line of {path} says that something failed"))
        }
        Check::Sets { path, .. } if before.iter().any(|other| sets(path, other)) => None,
        Check::Sets { path, name, value } => {
            let others = after.iter().filter_map(|other| match other {
                Check::Sets { path: there, name, value } if there == path => {
                    Some(format!(", {name} to {value}"))
                }
                _ => None,
            });
            Some(format!("{path} sets {name} to {value}") + &others.collect::<String>())
        }
        // It says when the others cannot be asked, and these stand beside it.
        Check::Any(ways) if ways.iter().any(is_not_mounted) && !after.is_empty() => None,
        other => Some(other.to_string()),
    }
}

/// The file of a check that a text is not in it.
fn text_against(check: &Check) -> Option<&NodePath> {
    let Check::Not(text) = check else { return None };
    match &**text {
        Check::Begins { path, .. } | Check::Holds { path, .. } => Some(path),
        _ => None,
    }
}

/// Whether it is a setting of this file.
fn sets(path: &NodePath, check: &Check) -> bool {
    matches!(check, Check::Sets { path: other, .. } if other == path)
}

fn is_not_mounted(check: &Check) -> bool {
    matches!(check, Check::Not(inner) if matches!(**inner, Check::Mounted(_)))
}

#[cfg(test)]
mod tests {
    use crate::node::{Command, NodePath};
    use crate::op::{Check, Op, Run, Undo};

    #[test]
    fn what_speaks_against_it_is_said_once_and_a_file_with_all_its_settings() {
        let path = |text: &str| NodePath::new(text).unwrap();
        let holds = |text: &str| Check::Holds { path: path("/r/x.out"), text: text.into() };
        let sets = |name: &str| Check::Sets {
            path: path("/c/ics.conf"),
            name: name.into(),
            value: "/cal".into(),
        };
        let done = Check::All(vec![
            Check::Exists(path("/r/x.rc")),
            holds("FAILED").negated(),
            holds("\u{c77c}").negated(),
            sets("a"),
            sets("b"),
        ]);
        let undo = Undo::Nothing { because: "no".into() };
        let op = Op::Run(Run::new(Command::new("/bin/x", ["y"]), done, undo));
        assert_eq!(
            op.short_proof(),
            "/r/x.rc is there; no line of /r/x.out says that something failed; /c/ics.conf sets a \
             to /cal, b to /cal"
        );
        assert!(op.proof().contains('\u{c77c}'));
    }
}
