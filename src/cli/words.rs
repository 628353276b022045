//! The words of the command line as they came: a file's name may be no UTF-8, so none of them is
//! taken for text before it has to be.

use std::ffi::OsString;

/// The whole command line.
pub fn all() -> Vec<OsString> {
    std::env::args_os().collect()
}

/// The words that were typed, without the program's name.
pub fn typed() -> Vec<OsString> {
    std::env::args_os().skip(1).collect()
}

/// The words behind `--`, as a shell hands them over that wants one completed.
pub fn to_complete() -> Vec<OsString> {
    std::env::args_os().skip_while(|word| word != "--").collect()
}
