//! Turns any text into one word of the Bourne shell, byte for byte. `ShellText::word`, the requests
//! of `host` and the commands that calha prints all quote with it. It refuses nothing and leaves it
//! to `NodePath` and the settings what a text may be.

/// `text` as one word of the Bourne shell.
///
/// Only `[A-Za-z0-9_./,:=+@%-]` stays bare (`^` is a pipe to a true Bourne shell); everything else
/// goes into single quotes, which are exact for every byte but NUL under `LC_ALL=C`.
pub fn quote(text: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || "_./,:=+@%-".contains(c);
    if !text.is_empty() && text.chars().all(bare) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn every_byte_survives_the_shell() {
        let all: String = (1u8..=126).map(char::from).collect();
        let script = format!("printf '%s' {}", quote(&all));
        #[expect(clippy::disallowed_methods, reason = "a real shell reads what was quoted")]
        let out = std::process::Command::new("/bin/sh")
            .args(["-c", &script])
            .env("LC_ALL", "C")
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(out.stdout).unwrap(), all);
        assert_eq!(quote(""), "''");
        assert_eq!(quote("a^b"), "'a^b'");
        assert_eq!(quote("/cal/config"), "/cal/config");
    }
}
