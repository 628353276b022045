//! The engine: moves operations through the journal, from whatever was interrupted to what the profile says, and back.
//!
//! Every decision is one look-up of journal and reality (`decide`), in one function without a default arm. It prints nothing and asks
//! nothing: it tells a [`Sink`] and asks a [`Prompt`].

mod adopt;
mod ask;
mod choice;
mod commands;
mod decide;
mod elsewhere;
#[allow(clippy::module_inception)]
mod engine;
mod event;
mod failure;
mod finish;
mod foresee;
mod group;
mod import;
mod install;
mod lock_holder;
mod looking;
mod meanwhile;
mod member;
mod named;
mod one_instance;
mod operation;
mod options;
mod outage;
mod picked;
mod prompt;
mod proposal;
mod propose;
mod question;
mod reach;
mod resolve;
mod rounds;
mod script_result;
mod serve;
mod settings;
mod sink;
mod standing;
mod stop;
mod survey;
mod together;
mod unreachable;
mod unregister;
mod unwind;
mod verify;
mod way_back;

pub use ask::Answer;
pub use choice::Choice;
pub use commands::Commands;
pub use decide::{Decision, decide_for};
pub use elsewhere::elsewhere;
pub use engine::Engine;
pub use event::{Event, Outcome, Standing, Summary};
pub use failure::Failure;
pub use options::Options;
pub use outage::Outage;
pub use picked::Picked;
pub use prompt::Prompt;
pub use proposal::{Proposal, Proposed};
pub use question::Question;
pub use script_result::{ScriptOutcome, ScriptResult};
pub use sink::Sink;
pub use stop::Stop;
pub use survey::{Document, Finding, Survey};
