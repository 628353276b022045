//! Texts that arrive to the byte in every shell.

use super::ShellText;

/// A command that prints a text, which ends in a newline or is empty, exactly in every shell:
/// echo(1), which takes a backslash for something else in some, and a minus sign at the beginning
/// in others. Another character stands for these then.
///
/// No here-document, since this stands in functions that are defined anew for each operation: a
/// Bourne shell forgets such a document wrongly, and may end with a signal because of it (freeio()
/// in Solaris' func.c).
pub(crate) fn printed(text: &str) -> ShellText {
    debug_assert!(text.is_empty() || text.ends_with('\n'), "an open line");
    let Some(text) = text.strip_suffix('\n') else { return ShellText::fixed(":") };

    let mut said = text.to_owned();
    let mut stand_ins = String::new();
    let mut originals = ShellText::default();
    for (original, octal) in [('\\', "\\134"), ('-', "\\055")] {
        if !(if original == '-' { text.starts_with('-') } else { text.contains(original) }) {
            continue;
        }
        let mut free = "|~@".chars().chain('\u{1}'..='\u{8}').filter(|c| !said.contains(*c));
        let stand_in = free.next().unwrap_or('\u{b}');
        said = said.replace(original, &stand_in.to_string());
        stand_ins.push(stand_in);
        originals = originals.then(octal);
    }

    let echo = ShellText::fixed("echo ").word(&said);
    if stand_ins.is_empty() {
        return echo;
    }
    echo.then(" | tr ").word(&stand_ins).then(" '").with(&originals).then("'")
}

/// The same, to a file, as a line of an effect. Its failure ends the effect: on a full disk half a
/// text must not be put in place by what follows, and not every shell says that its echo could not
/// write.
pub(super) fn written(redirect: &'static str, text: &str) -> ShellText {
    printed(text).then(" | cat ").then(redirect).then(" || return 1\n")
}
