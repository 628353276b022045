//! The journal: what calha was about to do, and what became of it, written before and after every
//! effect.
//!
//! An intent is durable, with its undo, before its effect begins; everything else is a hint,
//! because an undo looks at reality. The journal lives on the administration host. It
//! holds sums of files, never their contents.

mod earlier;
#[expect(clippy::disallowed_methods, reason = "the journal is a file")]
mod file_store;
mod history;
mod journal_error;
mod lines;
mod memory_store;
mod op_key;
mod record;
mod run;
mod run_command;
mod state;
mod step_choice;
mod store;
mod undo_scope;

pub use file_store::FileStore;
pub use history::{Entry, History};
pub use journal_error::JournalError;
pub use lines::Journal;
pub use memory_store::{Contents, MemoryStore};
pub use op_key::OpKey;
pub use record::{Record, VERSION};
pub use run::Run;
pub use run_command::RunCommand;
pub use state::State;
pub use step_choice::StepChoice;
pub use store::Store;
pub use undo_scope::UndoScope;
