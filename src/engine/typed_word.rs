//! A word as somebody types it at the administration host: in single quotes where the Bourne shell
//! needs them, in `$'…'` where it holds what no screen shows or what is no UTF-8. What nodes read
//! is `op::quote`'s: their shells know no `$'…'`.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::os::unix::ffi::OsStrExt as _;

use crate::op::quote;
use crate::text::on_one_line;

/// The word, so that a shell reads back the same bytes.
pub fn typed_word(word: &OsStr) -> String {
    if let Some(text) = word.to_str()
        && on_one_line(text) == text
    {
        return quote(text);
    }

    let mut out = String::from("$'");
    for chunk in word.as_bytes().utf8_chunks() {
        for c in chunk.valid().chars() {
            let mut bytes = [0; 4];
            let text = c.encode_utf8(&mut bytes);
            match c {
                '\'' | '\\' => out.extend(['\\', c]),
                _ if c != '\t' && on_one_line(text) == *text => out.push(c),
                _ => octal(text.as_bytes(), &mut out),
            }
        }
        octal(chunk.invalid(), &mut out);
    }
    out + "'"
}

fn octal(bytes: &[u8], out: &mut String) {
    for byte in bytes {
        // Writing into a String cannot fail.
        let _ = write!(out, "\\{byte:03o}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_screen_shows_is_spelt_as_bash_zsh_and_ksh_read_it() {
        let typed = |bytes: &[u8]| typed_word(OsStr::from_bytes(bytes));
        assert_eq!(typed(b"site.toml"), "site.toml");
        assert_eq!(typed("é b.toml".as_bytes()), "'é b.toml'");
        assert_eq!(typed(b"caf\xe9's.toml"), r"$'caf\351\'s.toml'");
        assert_eq!(typed(b"a\x1b[2J\n1"), r"$'a\033[2J\0121'");
        assert_eq!(typed("\u{202e}x".as_bytes()), r"$'\342\200\256x'");
    }
}
