//! Hides the values of credentials in whatever is shown of a file. A key counts wherever it stands
//! on a line, in a comment too: better too much is hidden than too little.

const HIDDEN: &str = "\"****\"";

/// The line with the value of a key that looks like a credential replaced by `"****"`: everything
/// after its `=` or `:`, since what ends such a value is not known for every file.
///
/// Any key on the line counts, in a comment or in a list of options as well; better too much is
/// hidden than too little.
pub fn mask(line: &str) -> String {
    for (at, _) in line.match_indices(['=', ':']) {
        let rest = &line[at + 1..];
        if !rest.trim().is_empty() && is_credential(key_before(&line[..at])) {
            let blanks = &rest[..rest.len() - rest.trim_start_matches([' ', '\t']).len()];
            let line_end = if rest.ends_with('\r') { "\r" } else { "" };
            return format!("{}{blanks}{HIDDEN}{line_end}", &line[..=at]);
        }
    }
    line.to_string()
}

/// Whether a key names something that must not be shown: `local.enduseradmincred`, `bindpw`,
/// `admin.password`.
pub(super) fn is_credential(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    let within = ["cred", "passw", "passphrase", "secret", "pwd"];
    within.iter().any(|word| key.contains(word))
        || key.split(['.', '-', '_']).any(|part| part.ends_with("pw") || part.ends_with("pass"))
}

/// The word that ends the text, without blanks and quotes behind it.
fn key_before(text: &str) -> &str {
    let text = text.trim_end_matches([' ', '\t', '"', '\'']);
    let start = text
        .rfind(|c: char| !(c.is_ascii_alphanumeric() || "._-[]".contains(c)))
        .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    &text[start..]
}
