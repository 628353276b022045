/// Where something stands in a profile; both count from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl Position {
    /// The position of a byte; one past the end is the end of the last line.
    pub fn of(text: &str, byte: usize) -> Self {
        let before = before(text, byte);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        Self { line, column }
    }
}

/// The line of a byte with a caret under it, indented.
pub fn excerpt(text: &str, byte: usize) -> String {
    let position = Position::of(text, byte);
    let line = text.split('\n').nth(position.line - 1).unwrap_or("").trim_end_matches('\r');
    // Tabs stay tabs in front of the caret so that it stands where the terminal puts the character; long lines are cut around it.
    let start = position.column.saturating_sub(60);
    let shown: String = line.chars().skip(start).take(100).map(printable).collect();
    let gap: String = line
        .chars()
        .skip(start)
        .take(position.column - 1 - start)
        .map(|c| if c == '\t' { '\t' } else { ' ' })
        .collect();
    let number = position.line;
    let margin = " ".repeat(number.to_string().len());
    format!("    {number} | {shown}\n    {margin} | {gap}^")
}

fn printable(c: char) -> char {
    if c.is_control() && c != '\t' { '\u{fffd}' } else { c }
}

fn before(text: &str, byte: usize) -> &str {
    let mut end = byte.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_and_characters_from_one() {
        let text = "é = 1\r\nb = x\n";
        assert_eq!(Position::of(text, 0), Position { line: 1, column: 1 });
        assert_eq!(Position::of(text, 12), Position { line: 2, column: 5 });
        assert_eq!(Position::of(text, 999), Position { line: 3, column: 1 });
        assert_eq!(excerpt(text, 12), "    2 | b = x\n      |     ^");
    }

    #[test]
    fn never_fails_whatever_the_offset() {
        for byte in 0..8 {
            excerpt("é\té", byte);
            excerpt("", byte);
        }
    }
}
