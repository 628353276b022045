//! What people and programs see of a run, and how people are asked.

mod availability;
mod choose;
mod guard;
mod interruption;
mod interview_text;
mod interviewer;
mod json;
mod keyboard;
mod leftovers;
mod lines;
mod logged;
mod modes;
mod output;
mod plain;
mod proposal;
#[expect(clippy::disallowed_methods, reason = "does the handwork on the simulated cluster")]
mod rehearsal_prompt;
mod secret;
mod signals;
mod stop;
mod terminal;
mod terminal_prompt;
mod unattended;
mod way;
mod width;

pub use availability::{downtime_text, models_text};
pub use choose::yes_no_or_unknown;
pub use interruption::{Work, acknowledge};
pub use interviewer::{Interviewed, Interviewer};
pub use json::Json;
pub use keyboard::{Decided, Keyboard, Typed};
pub use lines::lines;
pub use logged::Logged;
pub use output::Output;
pub use plain::Plain;
pub use rehearsal_prompt::RehearsalPrompt;
pub use secret::ask_secret;
pub use signals::Signals;
pub use stop::{explain_rest, explain_way};
pub use terminal::Terminal;
pub use terminal_prompt::TerminalPrompt;
pub use unattended::Unattended;
pub use way::Way;
pub use width::width;
