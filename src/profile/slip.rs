//! Guesses what an administrator forgot at the byte where the TOML parser stopped. A guess is one
//! of two common slips, quotes and a value left out; otherwise the parser's own words are printed.

/// What the administrator most probably did at a byte where the parser stopped: its own words are
/// about numbers and literals.
pub fn slip(text: &str, byte: usize) -> Option<String> {
    let line_start = text.get(..byte)?.rfind('\n').map_or(0, |end| end + 1);
    let line = text.get(line_start..)?.lines().next()?;
    let column = (byte - line_start).min(line.len());
    let (before, _) = line.split_at_checked(column)?;

    let word_start = before
        .rfind(|c| !is_word(c))
        .map_or(0, |end| end + before[end..].chars().next().map_or(1, char::len_utf8));
    let word: String = line[word_start..].chars().take_while(|c| is_word(*c)).collect();
    let left = line[..word_start].trim_end();

    let is_value = left.ends_with(['=', ',', '[']) && left.contains('=');
    if is_value && word.starts_with(|c: char| c.is_alphabetic() || c == '/') {
        return Some(format!("{word} does not stand in quotes"));
    }

    let rest = line[column..].trim();
    (before.trim_end().ends_with('=') && (rest.is_empty() || rest.starts_with('#')))
        .then(|| "there is no value".to_string())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || "_-./@:".contains(c)
}

#[cfg(test)]
mod tests {
    use super::slip;

    #[test]
    fn names_what_was_forgotten() {
        assert_eq!(
            slip("a = 1\nnodes = [Node1]", 16).as_deref(),
            Some("Node1 does not stand in quotes")
        );
        assert_eq!(slip("dir = /cal", 6).as_deref(), Some("/cal does not stand in quotes"));
        assert_eq!(slip("name = # x", 7).as_deref(), Some("there is no value"));
        assert_eq!(slip("[account", 8), None);
    }

    #[test]
    fn never_fails_whatever_the_offset() {
        for byte in 0..12 {
            slip("\u{e9} = \u{e9}\n", byte);
        }
    }
}
