//! Bytes of a file as part of a message. They never hold a control character; `shown` also masks
//! credentials.

use super::mask;
use crate::text::on_one_line;

/// What is not UTF-8 becomes U+FFFD.
pub(super) fn printable(bytes: &[u8]) -> String {
    on_one_line(&String::from_utf8_lossy(bytes))
}

/// The same with values of credentials masked.
pub(super) fn shown(bytes: &[u8]) -> String {
    on_one_line(&mask(&String::from_utf8_lossy(bytes)))
}
