//! Mends what has one reading, in the bytes of a registration file. Which findings that are is for
//! the rules of `lint`.

use super::Fix;
use super::lint::{directive_fix, quotes_fix};
use super::reader::{Kind, RegistrationFile, Token};

/// The bytes with everything mended that has one reading, and how many findings that were.
///
/// A quote that is mended may show what it had taken in, so this goes on until nothing is left:
/// each change takes a quote, or a `#$` that is no directive, away for good.
pub fn mended(bytes: &[u8]) -> (Vec<u8>, usize) {
    let mut bytes = bytes.to_vec();
    let mut count = 0;
    loop {
        let (mended, fixes) = mended_once(&RegistrationFile::parse(&bytes));
        if fixes == 0 {
            return (bytes, count);
        }
        count += fixes;
        bytes = mended;
    }
}

/// Token for token, however many there are: only so many findings are listed.
fn mended_once(file: &RegistrationFile) -> (Vec<u8>, usize) {
    let bytes = file.bytes();
    let mut out = Vec::with_capacity(bytes.len() + 64);
    let mut count = 0;
    for token in file.tokens() {
        match fix_of(file, token) {
            Some(fix) => {
                fix.write(bytes, token.span, &mut out);
                count += 1;
            }
            None => out.extend_from_slice(token.span.of(bytes)),
        }
    }
    (out, count)
}

fn fix_of(file: &RegistrationFile, token: Token) -> Option<Fix> {
    match token.kind {
        Kind::Quoted(quotes) => quotes_fix(file.bytes(), token.span, quotes),
        Kind::Directive => directive_fix(file, token.span),
        _ => None,
    }
}
