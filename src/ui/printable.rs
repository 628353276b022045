/// Text from a node as it may be sent to a terminal: control characters are spelt out, newlines and tabs kept.
pub fn printable(text: &str) -> String {
    let spell = |c: char| -> String {
        if c == '\n' || c == '\t' || !c.is_control() {
            c.to_string()
        } else {
            c.escape_default().to_string()
        }
    };
    text.chars().map(spell).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_escape_sequence_reaches_a_terminal() {
        assert_eq!(super::printable("a\x1b[2Jb\r\n\u{9b}c"), "a\\u{1b}[2Jb\\r\n\\u{9b}c");
    }
}
