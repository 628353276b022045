//! The engine: moves operations through the journal, from whatever was interrupted to what the
//! profile says, and back.
//!
//! Every decision is one look-up of journal and reality (`decide`), in one function without a
//! default arm. It prints nothing and asks nothing: it tells a [`Sink`] and asks a [`Prompt`].

mod adopt;
mod back;
mod carry_out;
mod choice;
mod commands;
mod confirm;
mod decide;
mod elsewhere;
#[allow(clippy::module_inception)]
mod engine;
mod event;
mod failure;
mod finish;
mod fleet;
mod import;
mod install;
mod lock_holder;
mod locks;
mod look;
mod options;
mod outage;
mod picked;
mod placements;
mod prompt;
mod proposal;
mod question;
mod reach;
mod reply;
mod script_result;
mod service;
mod settings;
mod sink;
mod stop;
mod survey;
mod undertaking;
mod unreachable;
mod unregister;
mod verify;

pub use choice::Choice;
pub use commands::Commands;
pub use decide::{Decision, decide_for};
pub use elsewhere::elsewhere;
pub use engine::Engine;
pub use event::{Event, Outcome, Standing, Summary};
pub use failure::Failure;
pub use finish::{is_finished, open_steps};
pub use options::Options;
pub use outage::Outage;
pub use picked::Picked;
pub use prompt::Prompt;
pub use proposal::{Proposal, Proposed};
pub use question::Question;
pub use reply::Answer;
pub use script_result::{ScriptOutcome, ScriptResult};
pub use sink::Sink;
pub use stop::Stop;
pub use survey::{Document, Finding, Survey};
pub use undertaking::Undertaking;
