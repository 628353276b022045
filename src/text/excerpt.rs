//! Where something stands in a text, and its line with carets under it, as compilers draw it:
//! annotate-snippets draws, in ASCII. Control characters of the text never reach a terminal.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// Where something stands in a text; both count from 1, the column in characters.
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

/// Columns of a drawing; a longer line is cut around its carets.
const WIDTH: usize = 76;

/// The line in which a stretch of a text begins, with carets under the stretch; indented, without
/// an end of line.
pub fn excerpt(text: &str, stretch: Range<usize>) -> String {
    let start = before(text, stretch.start).len();
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let line = text[line_start..line_end].trim_end_matches('\r');

    let first = (start - line_start).min(line.len());
    let last = stretch.end.saturating_sub(line_start).clamp(first, line.len());
    let last = before(line, last).len().max(first);
    let number = Position::of(text, start).line;
    line_with_carets(number, &line[..first], &line[first..last], &line[last..])
}

/// The same of a line that is known: what stands before the carets, above them, and behind them.
pub fn line_with_carets(number: usize, head: &str, marked: &str, tail: &str) -> String {
    let spelt = |text: &str| text.chars().map(printable).collect::<String>();
    let (head, marked, tail) = (spelt(head), spelt(marked), spelt(tail));

    // At the end of a line the carets stand behind it.
    let shown = format!("{head}{marked}{tail} ");
    let under = shown[head.len()..].chars().next().map_or(0, char::len_utf8);
    draw(&shown, number, head.len()..head.len() + marked.len().max(under))
}

fn draw(line: &str, number: usize, carets: Range<usize>) -> String {
    let annotation = AnnotationKind::Primary.span(carets);
    let snippet = Snippet::source(line).line_start(number).annotation(annotation);
    let group = Group::with_level(Level::ERROR).element(snippet);
    let drawn = Renderer::plain().decor_style(DecorStyle::Ascii).term_width(WIDTH).render(&[group]);

    let lines = drawn.lines().skip_while(|line| line.trim() == "|");
    lines.map(|line| format!("    {}", line.trim_end())).collect::<Vec<_>>().join("\n")
}

fn printable(c: char) -> char {
    match c {
        '\t' => ' ',
        c if c.is_control() => '?',
        c => c,
    }
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
    }

    #[test]
    fn the_carets_stand_under_the_stretch() {
        let text = "é = 1\r\nb = xyz\n";
        assert_eq!(excerpt(text, 12..15), "    2 | b = xyz\n      |     ^^^");
        assert_eq!(excerpt(text, 12..12), "    2 | b = xyz\n      |     ^");
        assert_eq!(excerpt(text, 15..15), "    2 | b = xyz\n      |        ^");
        assert_eq!(excerpt("a\tb = 1", 6..7), "    1 | a b = 1\n      |       ^");
    }

    #[test]
    fn a_long_line_is_cut_and_a_control_character_is_not_shown() {
        let text = format!("{}\u{1b}[31mX{}", "a".repeat(300), "b".repeat(300));
        let drawn = excerpt(&text, 305..306);
        assert!(drawn.lines().all(|line| line.chars().count() <= 80), "{drawn}");
        assert!(drawn.contains('X') && !drawn.contains('\u{1b}'), "{drawn}");
    }

    #[test]
    fn never_fails_whatever_the_stretch() {
        for text in ["é\té", "", "\n\n", "a\r\n"] {
            for start in 0..8 {
                for end in 0..8 {
                    excerpt(text, start..end);
                }
            }
        }
    }
}
