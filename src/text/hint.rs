//! What to do about a problem, at the width of a screen. A command in it is never broken: whoever
//! copies half of a line has the shell run half of a command. What else is long is `wrapped`'s.

use super::wrapped;

/// How a command begins behind a colon: calha's own, or a program of the node.
const BEGINNINGS: [&str; 13] = [
    "calha ", "chmod ", "chown ", "cp ", "ln ", "mkdir ", "mount ", "mv ", "rm ", "test ",
    "umount ", "/usr/", "/sbin/",
];

/// Adds a hint with what stands before it. A command that does not fit has a line of its own, as
/// long as it is.
pub fn hint(out: &mut String, before: &str, text: &str, width: usize) {
    let fits = before.chars().count() + text.chars().count() <= width;
    match command(text).filter(|_| !fits) {
        Some((prose, command)) => {
            wrapped(out, before, prose, width);
            let indent = " ".repeat(before.len());
            out.push_str(&format!("{indent}{command}\n"));
        }
        None => wrapped(out, before, text, width),
    }
}

/// The words up to the first command, and from it to the end.
fn command(text: &str) -> Option<(&str, &str)> {
    let begins = |rest: &str| BEGINNINGS.iter().any(|word| rest.starts_with(word));
    let mut colons = text.match_indices(": ").map(|(at, _)| at);
    let at = colons.find(|at| begins(&text[at + 2..]))?;
    Some((&text[..=at], &text[at + 2..]))
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
