//! A stretch of a registration file as a message shows it.

/// Its beginning, with control characters spelt out.
pub fn shown(text: &str) -> String {
    beginning(text, 40)
}

/// The same with so many characters at most.
pub fn beginning(text: &str, most: usize) -> String {
    let mut out = String::new();
    for c in text.chars().take(most) {
        if c.is_control() { out.extend(c.escape_default()) } else { out.push(c) }
    }
    if text.chars().nth(most).is_some() { out + "..." } else { out }
}
