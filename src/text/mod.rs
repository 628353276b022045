//! Text for people: a line of a file with carets under what is wrong. Knows no file and no command.

mod excerpt;

pub use excerpt::{Position, excerpt, line_with_carets};
