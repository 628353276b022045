//! The engine: moves operations through the journal, from whatever was interrupted to what the
//! profile says, and back.
//!
//! Every decision is one look-up of journal and reality (`decide`), in one function without a
//! default arm. It prints nothing and asks nothing: it tells a [`Sink`] and asks a [`Prompt`].

mod adopt;
mod another_member;
mod back;
mod carry_out;
mod choice;
mod commands;
mod condition;
mod confirm;
mod contrast;
mod decide;
mod drift;
mod during;
mod elsewhere;
mod event;
mod failure;
mod finish;
mod fleet;
mod foresee;
mod foretell;
mod forward;
mod import;
mod install;
mod lock_holder;
mod locks;
mod look;
mod options;
mod outage;
mod outages;
mod picked;
mod placements;
mod places;
mod prompt;
mod proposal;
mod question;
mod questions;
mod reach;
mod records;
mod reply;
mod script_result;
mod service;
mod settings;
mod sight;
mod sink;
mod stop;
mod survey;
mod typed_word;
mod undertaking;
mod unreachable;
mod unready;
mod unregister;
mod verify;

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;

use self::during::During;
use self::fleet::{Fleet, Task};
use self::stop::stopped;
use crate::guide::Guide;
use crate::host::Hosts;
use crate::journal::{Entry, Journal, OpKey, State};
use crate::node::NodeName;
use crate::op::{Op, OpId, Reality};
use crate::step::{Place, Step, StepId, Views};

pub use choice::Choice;
pub use commands::Commands;
pub use contrast::Contrast;
pub use decide::{Decision, decide_for};
pub use drift::{Drift, DriftKind};
pub use elsewhere::elsewhere;
pub use event::{Event, Outcome, Standing, Summary};
pub use failure::Failure;
pub use finish::{
    is_done_in_part, is_finished, is_undo_cut_off, is_undone_in_part, open_steps, removed_instance,
};
pub use fleet::{Answers, look_at_all, on_each};
pub use install::unknown_steps;
pub use options::Options;
pub use outage::Outage;
pub use picked::Picked;
pub use prompt::Prompt;
pub use proposal::{Proposal, Proposed};
pub use question::Question;
pub use reply::Reply;
pub use script_result::{ScriptOutcome, ScriptResult};
pub use sink::Sink;
pub use stop::Stop;
pub use survey::{Document, Finding, Survey};
pub use typed_word::typed_word;
pub use undertaking::Undertaking;

/// Tries a connection from this machine; several are tried at once.
pub type Reaching<'a> = dyn Fn(SocketAddr) -> Result<(), String> + Sync + 'a;

/// Carries a guide out on hosts, through a journal.
pub struct Engine<'a> {
    pub guide: &'a Guide,
    pub journal: &'a mut Journal,
    pub sink: &'a mut dyn Sink,
    pub prompt: &'a mut dyn Prompt,
    pub options: &'a Options,
    /// Whether somebody wants the run to end after the operation at hand.
    pub interrupted: &'a dyn Fn() -> bool,
    /// Tries a connection from the administrator's own machine; why there is none, or why none was
    /// tried.
    pub reach: &'a Reaching<'a>,
    /// How many operations were carried out.
    changed: usize,
    /// Whether the journal has this run as one to go on with.
    begun: bool,
    /// What happened in steps that went out together, held back until it can be told step by step.
    held: Option<Vec<Event>>,
    /// Every host that the guide's steps run on.
    fleet: Fleet<'a>,
    /// The steps that this run comes to next.
    coming: Vec<&'a Step>,
    /// Those of them that had nothing to do when the run began.
    idle: BTreeSet<StepId>,
    /// Whether it looks at what it did once more where it ends.
    looks_back: bool,
    /// File systems that are mounted nowhere, on which somebody wants things left.
    left_behind: Vec<Place>,
    /// Instances whose service this run has started: what follows it in the plan was announced with
    /// it.
    started: Vec<Option<String>>,
    /// Questions that were accepted in this run: none is put a second time.
    accepted: Vec<Question>,
}

impl<'a> Engine<'a> {
    /// An engine that nobody interrupts.
    pub fn new(
        guide: &'a Guide,
        hosts: Hosts<'a>,
        journal: &'a mut Journal,
        sink: &'a mut dyn Sink,
        prompt: &'a mut dyn Prompt,
        options: &'a Options,
    ) -> Self {
        Self {
            fleet: Fleet::new(hosts, guide, prompt.proposes()),
            guide,
            journal,
            sink,
            prompt,
            options,
            interrupted: &|| false,
            reach: &|_| Err("no connection was tried".into()),

            changed: 0,
            begun: false,
            held: None,
            coming: Vec::new(),
            idle: BTreeSet::new(),
            looks_back: false,
            left_behind: Vec::new(),
            started: Vec::new(),
            accepted: Vec::new(),
        }
    }

    /// Tells what happened, or keeps it for later.
    fn tell(&mut self, event: Event) {
        match &mut self.held {
            Some(held) => held.push(event),
            None => self.sink.tell(&event),
        }
    }

    /// Tells that the run has come to its end.
    fn end(&mut self, changed: usize, summary: &str) -> Result<(), Stop> {
        self.sink.tell(&Event::Ended { changed, summary: summary.into(), why: None });
        Ok(())
    }

    /// How many operations were carried out or undone.
    pub fn changed(&self) -> usize {
        self.changed
    }

    /// Whether this run stands in the journal as one that `calha resume` goes on with. One of some
    /// steps only, and a journal that is being rebuilt, are gone on with by the same command.
    pub fn can_be_resumed(&self) -> bool {
        self.begun
    }

    /// Commands for what the run is about, as they are typed.
    fn commands(&self) -> &Commands {
        &self.options.commands
    }

    /// Whoever answers questions. What is known is forgotten: they may do something before they
    /// answer.
    fn person(&mut self) -> &mut dyn Prompt {
        self.fleet.forget();
        self.prompt
    }

    /// Has code that only looks come to its conclusion; it may run several times, each time knowing
    /// more.
    ///
    /// # Errors
    /// A host that is lost.
    pub fn look<T>(&self, look: impl FnMut(&Views<'_>) -> T) -> Result<T, Stop> {
        self.fleet.look(look)
    }

    /// What is true of an operation now.
    fn reality(&self, id: &OpId, op: &Op) -> Result<Reality, Stop> {
        self.fleet.look_at(&id.node, &id.step, |host| sight::reality(host, op))
    }

    /// Where the journal keeps the operations of a step on a node, in their order.
    pub fn keys(step: &Step, node: &NodeName) -> Vec<OpKey> {
        Task::all(step, node).into_iter().map(|task| task.key).collect()
    }

    /// The sign that the service answers on the network, or why that is not known.
    fn tell_reach(&mut self, step: &Step) {
        if let Some(address) = step.answers_at {
            self.tell_reached(step, address, (self.reach)(address));
        }
    }

    fn tell_reached(&mut self, step: &Step, address: SocketAddr, reached: Result<(), String>) {
        let text = match reached {
            Ok(()) => format!("from here: {address} accepts a connection"),
            Err(why) => format!("from here: not checked: {address}: {why}"),
        };
        self.sink.tell(&Event::Fact { step: step.id.to_string(), text, before: false });
    }

    /// What began, stands, and is no operation of this guide, nor one as earlier versions of the
    /// program did it: it was begun with other settings.
    fn begun_otherwise(&self) -> Vec<(&OpKey, &Entry)> {
        let mut now: BTreeMap<OpKey, Vec<Op>> = BTreeMap::new();
        for step in &self.guide.steps {
            for node in step.nodes() {
                let place = step.place(&node);
                let former = step.former_ops(&node).into_iter();
                for (id, op) in step.named_ops(&node).into_iter().chain(former) {
                    let key = OpKey { step: id.step, place: place.clone(), number: id.number };
                    now.entry(key).or_default().push(op);
                }
            }
        }
        let is_same = |key: &OpKey, then: &Entry| {
            now.get(key).is_some_and(|ops| ops.iter().any(|op| op.is_still(&then.digest, &then.op)))
        };
        let entries = self.journal.history().entries.iter();
        entries.filter(|(key, e)| e.began && e.state != State::Undone && !is_same(key, e)).collect()
    }
}
