//! What to do about a problem, at the width of a screen. A command in it is never broken: whoever
//! copies half of a line has the shell run half of a command. What else is long is `wrapped`'s.

use super::wrapped;

/// What stands before a command.
const BEFORE: [&str; 2] = [": ", "then "];

/// How a command begins there: a program of the node, or calha with one of its commands.
const BEGINNINGS: [&str; 12] = [
    "chmod ", "chown ", "cp ", "ln ", "mkdir ", "mount ", "mv ", "rm ", "test ", "umount ",
    "/usr/", "/sbin/",
];

/// The commands of calha. Its name begins sentences as well: "calha did it".
const CALHA: &str = " new plan install resume rollback uninstall resolve verify check adopt \
                     service debug import-results export status report restore lab models downtime \
                     worksheet explain rt rehearse profile completions man schema settings help ";

/// Adds a hint with what stands before it. A command that does not fit has a line of its own, as
/// long as it is.
pub fn hint(out: &mut String, before: &str, text: &str, width: usize) {
    let fits = before.chars().count() + text.chars().count() <= width;
    match command(text).filter(|_| !fits) {
        Some(("", command)) => out.push_str(&format!("{before}{command}\n")),
        Some((prose, command)) => {
            wrapped(out, before, prose, width);
            let indent = " ".repeat(before.len().max(4));
            out.push_str(&format!("{indent}{command}\n"));
        }
        None => wrapped(out, before, text, width),
    }
}

/// Whether a text is a command.
pub(super) fn begins_command(text: &str) -> bool {
    let command = text.strip_prefix("calha ").and_then(|rest| rest.split_whitespace().next());
    command.is_some_and(|command| CALHA.contains(&format!(" {command} ")))
        || BEGINNINGS.iter().any(|word| text.starts_with(word))
}

/// The words up to the first command, and from it to the end.
fn command(text: &str) -> Option<(&str, &str)> {
    if begins_command(text) {
        return Some(("", text));
    }
    let behind = |word: &'static str| text.match_indices(word).map(move |(at, _)| at + word.len());
    let all = BEFORE.iter().flat_map(|word| behind(word).filter(|at| begins_command(&text[*at..])));
    let at = all.chain(behind("on this node: ")).min()?;
    Some((text[..at].trim_end(), &text[at..]))
}

#[cfg(test)]
mod tests {
    use super::hint;

    fn shown(text: &str, width: usize) -> String {
        let mut out = String::new();
        hint(&mut out, "  hint: ", text, width);
        out
    }

    #[test]
    fn a_command_is_never_broken_and_prose_always_is() {
        let edit =
            "test `cksum /etc/vfstab | awk '{ print $1 }'` = 24 && sed -e 13d a >/etc/vfstab";
        let text = format!("leave one of these lines of the table, on this node: {edit}");
        assert_eq!(
            shown(&text, 40),
            format!(
                "  hint: leave one of these lines of the\n        table, on this node:\n        {edit}\n"
            )
        );
        assert_eq!(shown("look: rm -f /a", 40), "  hint: look: rm -f /a\n");
        assert_eq!(
            shown("who has it: the person who mounted it knows", 30),
            "  hint: who has it: the person\n        who mounted it knows\n"
        );
    }
}
