//! Text for people: wrapping, a line with carets, the nearest word, a number with its noun,
//! what a terminal may be sent, secrets. Knows no file, no command and no other room.

mod counted;
mod excerpt;
mod fitted;
mod hint;
mod nearest;
mod printable;
mod secret;
mod spelling;
mod wrapped;

pub use counted::counted;
pub use excerpt::{Position, excerpt, line_with_carets};
pub use fitted::fitted;
pub use hint::hint;
pub use nearest::nearest;
pub use printable::{on_one_line, printable, screened};
pub use secret::{never_show, without_secrets};
pub use wrapped::wrapped;
