//! What the journal knows of an installation: how many of its steps are done, and how the last run
//! ended. It asks no node; whether the journal is right, `calha verify` finds out.

use std::path::Path;

use serde::Serialize;

use crate::cli::run_log::{self, Logged};
use crate::engine::{
    Engine, Stop, is_done_in_part, is_undone_in_part, open_steps, removed_instance,
};
use crate::guide::Guide;
use crate::journal::{
    Entry, FileStore, History, Journal, MemoryStore, OpKey, Run, RunCommand, State, StepChoice,
    UndoScope,
};
use crate::node::NodeName;
use crate::step::{Lifespan, Step};

/// The journal, as far as a status shows it.
#[derive(Clone, Debug, Serialize)]
pub struct Past {
    /// The directory of the journal.
    pub journal: String,
    /// Whether calha ever did anything from here.
    pub begun: bool,
    /// Steps that are done, of those that there are and that last.
    pub done: usize,
    pub steps: usize,
    /// Steps of a run that leave nothing: they look, or bring a group to a node.
    #[serde(skip)]
    pub passing: usize,
    /// The steps that are not done.
    pub open: Vec<String>,
    /// Steps that somebody accepted as they are.
    pub accepted: Vec<String>,
    pub last_run: Option<LastRun>,
    /// A command that ended since, which the journal does not hear of.
    pub since: Option<Since>,
    /// Whether the last run takes everything back, and has not come to its end.
    #[serde(skip)]
    goes_back: bool,
    /// Which steps the last run was to do.
    #[serde(skip)]
    pub chosen: StepChoice,
}

/// The last run, and how it ended.
#[derive(Clone, Debug, Serialize)]
pub struct LastRun {
    #[serde(flatten)]
    pub run: Run,
    pub ended: Ended,
    /// Why it stopped, as its log says.
    pub why: Option<String>,
}

/// A command that the journal does not hear of: of the service, or one that stopped before its
/// first change.
#[derive(Clone, Debug, Serialize)]
pub struct Since {
    /// As it was typed.
    pub command: String,
    pub at: String,
    /// What it did, or why it stopped.
    pub ended: String,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "how")]
pub enum Ended {
    /// Everything that there is to do was done.
    Whole,
    /// Everything was undone.
    Undone,
    /// One instance of several was undone.
    Removed {
        instance: String,
    },
    /// The steps that it was to do are done; it was not to do the others.
    DonePart {
        #[serde(flatten)]
        chosen: StepChoice,
    },
    /// What it was to undo was undone; the rest stands.
    UndonePart,
    /// What nodes keep was taken over.
    TakenOver,
    /// It has not: it is at work.
    AtWork {
        by: String,
    },
    /// It was cut off in this operation.
    Within {
        step: String,
        node: Option<NodeName>,
    },
    Failed {
        step: String,
        node: Option<NodeName>,
        why: Option<String>,
    },
    /// This could not be undone.
    Stuck {
        step: String,
        node: Option<NodeName>,
        why: Option<String>,
        next: Option<String>,
    },
    /// It stopped between two operations: somebody ended it, or nobody answered a question.
    Early,
}

impl Past {
    /// Reads the journal in a directory, without its lock.
    ///
    /// # Errors
    /// A journal that cannot be read.
    pub fn read(guide: &Guide, directory: &Path) -> Result<Self, Stop> {
        let read = |bytes: Vec<u8>| -> Result<Journal, Stop> {
            let store = MemoryStore::holding(bytes, Vec::new());
            Ok(Journal::open(Box::new(store), String::new)?)
        };
        let journal = read(FileStore::peek(directory)?)?;
        let history = journal.history();

        let keys = |step: &Step| -> Vec<OpKey> {
            step.nodes().into_iter().flat_map(|node| Engine::keys(step, &node)).collect()
        };
        // Where a group stands while something is installed is no part of what is installed.
        let lasting = guide.steps.iter().filter(|step| step.lifespan == Lifespan::Lasting);
        let steps: Vec<(String, Vec<OpKey>)> = lasting
            .map(|step| (step.id.to_string(), keys(step)))
            .filter(|(_, keys)| !keys.is_empty())
            .collect();
        let is_accepted =
            |keys: &[OpKey]| keys.iter().any(|key| history.state(key) == State::Waived);
        let open = open_steps(guide, history);
        let open: Vec<String> = open.into_iter().map(|step| step.id.to_string()).collect();

        // A run that somebody ended before it undid anything has left all of it.
        let is_back = history.undo == Some(UndoScope::Whole) && history.has_undone;
        let goes_back = is_back && history.is_underway();
        let is_whole = open.is_empty() && !goes_back;
        let holder = FileStore::holder(directory);
        // What was uninstalled has a journal that is put away: the last run is in that one.
        let put_away = match history.is_empty() {
            true => Some(read(FileStore::peek_closed(directory)?)?),
            false => None,
        };
        let of_run = put_away.as_ref().map_or(history, Journal::history);
        let mut last_run = Self::last_run(guide, of_run, holder, is_whole);
        let since = Self::logged(directory, last_run.as_mut());

        Ok(Self {
            journal: directory.display().to_string(),
            begun: history.entries.values().any(|entry| entry.began),
            done: steps.len() - open.len(),
            steps: steps.len(),
            passing: guide.steps.len() - steps.len(),
            open,
            accepted: steps
                .into_iter()
                .filter(|(_, keys)| is_accepted(keys))
                .map(|(step, _)| step)
                .collect(),
            last_run,
            since,
            goes_back,
            chosen: history.chosen.clone(),
        })
    }

    /// Whether all steps are done, and no run is under way that takes them back.
    pub fn is_whole(&self) -> bool {
        self.open.is_empty() && !self.goes_back
    }

    /// Whether a run is at work, or what was installed is being undone.
    pub fn is_changing(&self) -> bool {
        let at_work = |last: &LastRun| matches!(last.ended, Ended::AtWork { .. });
        self.goes_back || self.last_run.as_ref().is_some_and(at_work)
    }

    /// Whether the last run undid a part, and came to its end: what goes forward again is
    /// somebody's decision.
    pub fn is_undone_in_part(&self) -> bool {
        self.last_run.as_ref().is_some_and(|last| last.ended == Ended::UndonePart)
    }

    /// Whether the last run did what it was to do, and was not to do what is left.
    pub fn has_done_its_part(&self) -> bool {
        let ended = self.last_run.as_ref().map(|last| &last.ended);
        matches!(ended, Some(Ended::DonePart { .. } | Ended::TakenOver))
    }

    /// Whether a run from here has begun what it has not ended.
    pub fn is_unfinished(&self) -> bool {
        self.begun && !self.is_whole()
    }

    /// The last run of a journal and how it ended; `holder` is who is at work with it.
    fn last_run(
        guide: &Guide,
        of_run: &History,
        holder: Option<String>,
        is_whole: bool,
    ) -> Option<LastRun> {
        let run = of_run.runs.last()?;

        let ended = match (holder, removed_instance(guide, of_run)) {
            (Some(by), _) => Ended::AtWork { by },
            (None, _) if of_run.closed && of_run.is_underway() => Ended::Whole,
            (None, _) if of_run.closed => Ended::Undone,
            (None, Some(instance)) => Ended::Removed { instance: instance.to_owned() },
            (None, None) => match ended(of_run, is_whole && of_run.undo.is_none()) {
                Ended::Early if is_undone_in_part(guide, of_run) => Ended::UndonePart,
                Ended::Early if is_done_in_part(guide, of_run) => {
                    Ended::DonePart { chosen: of_run.chosen.clone() }
                }
                // What nodes keep of an operation may not say how it ended.
                Ended::Early | Ended::Within { .. } if run.command == RunCommand::Adopt => {
                    Ended::TakenOver
                }
                how => how,
            },
        };

        Some(LastRun { run: run.clone(), ended, why: None })
    }

    /// What the newest log tells: why the last run stopped, or what was typed since.
    fn logged(directory: &Path, last_run: Option<&mut LastRun>) -> Option<Since> {
        let Logged { typed, at, summary, why } = run_log::last_ended(directory)?;
        // A run begins its log before it writes into its journal.
        if let Some(last) = last_run.filter(|last| last.run.at >= at) {
            last.why = why;
            return None;
        }
        let ended = why.map_or(summary, |why| format!("stopped: {why}"));
        Some(Since { command: typed, at, ended })
    }
}

fn ended(history: &History, all_done: bool) -> Ended {
    let first = |state: State| -> Option<(&OpKey, &Entry)> {
        history.in_state(state).into_iter().min_by_key(|(_, entry)| entry.seq)
    };

    if let Some((key, entry)) = first(State::Stuck) {
        return Ended::Stuck {
            step: key.step.clone(),
            node: entry.node.clone(),
            why: entry.why.clone(),
            next: entry.next.clone(),
        };
    }
    if let Some((key, entry)) = first(State::Failed) {
        let why = entry.why.clone();
        return Ended::Failed { step: key.step.clone(), node: entry.node.clone(), why };
    }
    if let Some((key, entry)) = first(State::Intent).or_else(|| first(State::UndoIntent)) {
        return Ended::Within { step: key.step.clone(), node: entry.node.clone() };
    }

    let has_begun = history.entries.values().any(|entry| entry.began);
    if all_done {
        Ended::Whole
    } else if has_begun && !history.is_underway() {
        Ended::Undone
    } else {
        Ended::Early
    }
}
