//! The command line: the only place that prints.

mod accepted_code;
mod add_instance;
mod adopt;
mod arguments;
mod check;
mod completions;
mod connect;
mod debug;
mod debug_level;
mod debug_log;
mod debugging;
mod downtime;
mod explain;
mod export;
mod form;
mod import_results;
mod install;
mod keep_server;
mod lab;
mod lab_create;
#[expect(clippy::disallowed_methods, reason = "the environment says whether this is a node")]
mod lab_destroy;
#[expect(clippy::disallowed_methods, reason = "a shell on a simulated node")]
mod lab_shell;
mod loading;
mod man;
mod man_facts;
mod man_sections;
#[expect(clippy::disallowed_methods, reason = "several profiles are looked at by a process each")]
mod many;
mod models;
#[expect(
    clippy::disallowed_methods,
    reason = "the profile and its draft are written where the command line says"
)]
mod new;
mod node_log;
mod nodes;
mod of_journal;
#[expect(clippy::disallowed_methods, reason = "the environment says where things are")]
mod places;
mod plan;
mod preview;
mod printing;
mod profile_arguments;
mod profile_check;
#[expect(clippy::disallowed_methods, reason = "the simulated cluster is put away at the end")]
mod rehearsal_lab;
mod rehearse;
mod removed;
mod report;
mod restore;
mod rt;
mod run_arguments;
#[expect(clippy::disallowed_methods, reason = "a run has a log beside its journal")]
mod run_log;
#[expect(clippy::disallowed_methods, reason = "a secret may be in the environment")]
mod secrets;
mod service;
mod silent_program;
mod status;
mod unanswered;
mod undo;
mod values;
mod verify;
mod waiting;
#[expect(clippy::disallowed_methods, reason = "the words of the command line")]
mod words;
#[expect(clippy::disallowed_methods, reason = "the environment says where things are")]
mod work;
mod worksheet;

pub use arguments::{Arguments, complete, parse, run};
pub use form::Form;
pub use nodes::Nodes;
pub use profile_arguments::ProfileArguments;
pub use rehearsal_lab::RehearsalLab;
pub use run_arguments::RunArguments;
pub use silent_program::SilentProgram;

use printing::{complain, print, refuse};
