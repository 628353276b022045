//! Every step of every model, left or disturbed in each of these ways, then installed, verified and uninstalled: no way
//! ends stuck, and no service that runs is cut off unless the plan said so before anybody agreed to it.

use std::cell::Cell;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use calha::engine::{Engine, Event, Options, Prompt, Question, Reply, Sink, Stop};
use calha::guide::Guide;
use calha::host::{Host, Hosts};
use calha::journal::{Journal, MemoryStore, RunCommand};
use calha::lab::{Interruption, Rack};
use calha::node::{Command, Inspect, NodeName};
use calha::op::{Op, OpId};
use calha::setting::Resolved;
use calha::step::Step;

use super::bench::{Hands, Start, difference, install, of_model, options, rollback, visible};
use super::by_hand;
use super::thorough::thorough;
use super::whole::leftovers;

/// What is done to one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// `rollback --from` it.
    From,
    /// Its file is restored.
    Restore,
    /// Somebody takes it away.
    Removed,
    /// Somebody makes it something else.
    Changed,
    /// The installation is cut off behind it, and the group goes to its other node.
    Moved,
    /// The same, and the node of the group goes down and comes up again.
    Rebooted,
}

impl Way {
    const ALL: [Self; 6] =
        [Self::From, Self::Restore, Self::Removed, Self::Changed, Self::Moved, Self::Rebooted];
}

/// Somebody who says yes to everything and does the handwork.
struct Agreeing(Hands);

impl Prompt for Agreeing {
    fn consent(&mut self, what: &str) -> Reply {
        self.0.consent(what)
    }

    fn accept(&mut self, _: &Question) -> Reply {
        Reply::Yes
    }

    fn attends(&self) -> bool {
        false
    }

    fn operator(&mut self, id: &OpId, on: &NodeName, run: Option<&Command>, told: &str) -> Reply {
        self.0.operator(id, on, run, told)
    }
}

/// Hears everything, and says when a step has ended.
struct Ear<'e> {
    events: Vec<Event>,
    until: Option<&'e str>,
    reached: &'e Cell<bool>,
}

impl Sink for Ear<'_> {
    fn tell(&mut self, event: &Event) {
        if let (Event::StepEnds { id }, Some(until)) = (event, self.until)
            && id == until
        {
            self.reached.set(true);
        }
        self.events.push(event.clone());
    }
}

/// A run of the engine.
pub struct Trip {
    pub result: Result<(), Stop>,
    pub events: Vec<Event>,
    pub end: Start,
    /// Services that were cut off.
    pub cut: Vec<Interruption>,
}

impl Trip {
    /// Runs an engine where somebody agrees to everything; with `until` it is cut off behind that step.
    pub fn of(
        guide: &Guide,
        start: &Start,
        until: Option<&str>,
        work: &dyn Fn(&mut Engine<'_>) -> Result<(), Stop>,
    ) -> Self {
        Self::with(guide, start, until, &options(), work)
    }

    /// Runs an engine where these codes are accepted beforehand.
    fn accepting(
        guide: &Guide,
        start: &Start,
        accept: Vec<String>,
        work: &dyn Fn(&mut Engine<'_>) -> Result<(), Stop>,
    ) -> Self {
        Self::with(guide, start, None, &Options { accept, ..options() }, work)
    }

    fn with(
        guide: &Guide,
        start: &Start,
        until: Option<&str>,
        options: &Options,
        work: &dyn Fn(&mut Engine<'_>) -> Result<(), Stop>,
    ) -> Self {
        let before = start.rack.lab.cluster().interruptions.len();
        let (rack, hosts) = start.rack.clone().hosts(&guide.record, None);
        let hosts: Hosts<'_> = hosts
            .iter()
            .filter(|h| guide.hosts.contains(h.name()))
            .map(|h| (h.name().clone(), h as &dyn Host))
            .collect();
        let store = MemoryStore::holding(start.journal.clone(), Vec::new());
        let mut journal = Journal::open(Box::new(store.clone()), || "now".into()).unwrap();
        let reached = Cell::new(false);
        let mut ear = Ear { events: Vec::new(), until, reached: &reached };
        let mut prompt = Agreeing(Hands { rack: Arc::clone(&rack), work: true });
        let interrupted = || reached.get();
        let mut engine = Engine::new(guide, hosts, &mut journal, &mut ear, &mut prompt, options);
        engine.interrupted = &interrupted;
        let result = work(&mut engine);
        drop(journal);

        let rack = Rack::snapshot(&rack);
        let cut = rack.lab.cluster().interruptions[before..].to_vec();
        Self {
            result,
            events: ear.events,
            end: Start { rack, journal: store.contents().open },
            cut,
        }
    }

    /// How often each service was cut off without an announcement.
    fn unannounced(&self) -> BTreeMap<String, i64> {
        let mut balance: BTreeMap<String, i64> = BTreeMap::new();
        for interruption in &self.cut {
            *balance.entry(interruption.service.clone()).or_default() += 1;
        }
        for event in &self.events {
            let Event::Announced { outages, .. } = event else { continue };
            outages.iter().for_each(|o| *balance.entry(o.service.clone()).or_default() -= 1);
        }
        balance.retain(|_, count| *count > 0);
        balance
    }

    /// What is wrong with it, in words.
    fn fault(&self, what: &str) -> Option<String> {
        if let Err(stop) = &self.result {
            return Some(format!("{what}: stuck: {stop:?}"));
        }
        let cut = self.unannounced();
        (!cut.is_empty()).then(|| format!("{what}: cut off unannounced: {cut:?}"))
    }
}

/// A model installed, and everything that the ways start from.
pub struct Model {
    pub name: String,
    pub guide: Guide,
    pub fresh: Start,
    pub done: Start,
}

impl Model {
    pub fn of(name: &str, resolved: &Resolved) -> Self {
        Self::with(name, Guide::of(resolved, "cal").unwrap(), Start::fresh(resolved))
    }

    /// The same by this guide.
    pub fn with(name: &str, guide: Guide, fresh: Start) -> Self {
        let trip = Trip::of(&guide, &fresh, None, &install);
        assert_eq!(trip.fault("install"), None, "{name}");
        Self { name: name.into(), guide, fresh, done: trip.end }
    }

    /// Nodes and journal after this was done to the step; none where it cannot be.
    fn disturbed(&self, step: &Step, way: Way) -> Option<Result<Start, String>> {
        let back = |work: &dyn Fn(&mut Engine<'_>) -> Result<(), Stop>| {
            let trip = Trip::of(&self.guide, &self.done, None, work);
            Some(trip.fault(&format!("{way:?}")).map_or_else(|| Ok(trip.end), Err))
        };
        let has = |wanted: fn(&Op) -> bool| {
            step.nodes().iter().flat_map(|node| (step.ops)(node)).any(|op| wanted(&op))
        };
        match way {
            Way::From => has(|_| true)
                .then(|| back(&|engine| engine.undo(RunCommand::Undo, Some(step.id.as_str()))))
                .flatten(),
            Way::Restore => has(|op| matches!(op, Op::Edit { .. }))
                .then(|| {
                    back(&|engine| engine.undo_steps(RunCommand::Restore, &[step.id.to_string()]))
                })
                .flatten(),
            Way::Removed => by_hand::removed(self, step).map(Ok),
            Way::Changed => by_hand::changed(self, step).map(|(start, _)| Ok(start)),
            Way::Moved | Way::Rebooted => {
                let trip = Trip::of(&self.guide, &self.fresh, Some(step.id.as_str()), &install);
                let mut start = trip.end;
                if way == Way::Moved {
                    by_hand::move_groups(&mut start, &self.guide);
                } else {
                    by_hand::reboot(&mut start, &self.guide);
                }
                Some(Ok(start))
            }
        }
    }

    /// What goes wrong on one round trip; none where there is nothing to try.
    pub fn tried(&self, step: &Step, way: Way) -> Option<Vec<String>> {
        let name = format!("{} {} {way:?}", self.name, step.id);
        let start = match self.disturbed(step, way)? {
            Ok(start) => start,
            Err(fault) => return Some(vec![format!("{name}: {fault}")]),
        };
        let spoiled = by_hand::changed(self, step).filter(|_| way == Way::Changed).map(|(_, p)| p);
        let faults = self.faults(&start, spoiled.as_deref());
        Some(faults.into_iter().map(|fault| format!("{name}: {fault}")).collect())
    }

    /// What goes wrong on the way from here to a complete installation and back. What somebody has `spoiled` and wants
    /// left so is called wrong by verify, and stays.
    pub fn faults(&self, start: &Start, spoiled: Option<&str>) -> Option<String> {
        let mut there = Trip::of(&self.guide, start, None, &install);
        if let (Err(Stop::Blocked(problems)), Some(_)) = (&there.result, spoiled) {
            let accept = problems.iter().map(|p| p.code.clone()).collect();
            there = Trip::accepting(&self.guide, &there.end, accept, &install);
        }
        if let Some(fault) = there.fault("install") {
            return Some(fault);
        }
        let odd = RefCell::new(String::new());
        let seen = Trip::of(&self.guide, &there.end, None, &|engine| {
            let (survey, problems) = engine.verify()?;
            let work = survey.findings.iter().filter(|f| f.is_work()).map(|f| f.key.to_string());
            let asked = survey.questions.iter().map(|q| q.code.clone());
            let wrong = problems.iter().filter(|_| spoiled.is_none()).map(ToString::to_string);
            let all: Vec<String> = work.chain(asked).chain(wrong).collect();
            odd.replace(all.join("; "));
            Ok(())
        });
        if let Some(fault) = seen.fault("verify") {
            return Some(fault);
        }
        if !odd.borrow().is_empty() {
            return Some(format!("verify: {}", odd.take()));
        }
        let back = Trip::of(&self.guide, &there.end, None, &rollback);
        if let Some(fault) = back.fault("uninstall") {
            return Some(fault);
        }
        let left = leftovers(&self.guide);
        let left: Vec<&str> = left.iter().map(String::as_str).collect();
        let seen = |start: &Start| {
            let mut rack = start.rack.clone();
            // When a node was booted is nobody's configuration.
            rack.lab.cluster_mut().hosts.values_mut().for_each(|m| m.booted = 0);
            let mut seen = visible(&rack, &left);
            seen.entries.retain(|at, _| spoiled.is_none_or(|path| !at.ends_with(path)));
            seen
        };
        let (now, then) = (seen(&back.end), seen(&self.fresh));
        (now != then).then(|| format!("uninstall leaves:\n{}", difference(&now, &then)))
    }
}

/// Every step of one model in every way; a sample takes each `stride`th step.
fn tried_in_every_way(model: &str, kind: &str, stride: usize) {
    let instances: &[&str] = match model {
        "asymmetric" => &["cal"],
        "symmetric" => &["cs1", "cs2"],
        _ => &["cs1", "cs2", "cs3"],
    };
    let set: Vec<String> =
        instances.iter().map(|i| format!("instance.{i}.file-system={kind}")).collect();
    let set: Vec<&str> = set.iter().map(String::as_str).collect();
    let model = Model::of(&format!("{model} {kind}"), &of_model(model, &set));

    let stride = if thorough() { 1 } else { stride };
    let (mut tried, mut faults) = (0, Vec::new());
    for step in model.guide.steps.iter().step_by(stride) {
        for way in Way::ALL {
            let Some(found) = model.tried(step, way) else { continue };
            tried += 1;
            faults.extend(found);
        }
    }
    println!("{}: {tried} round trips", model.name);
    assert!(tried > 2 * model.guide.steps.len() / stride, "{tried}");
    assert!(faults.is_empty(), "{} of {tried}:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_step_of_the_asymmetric_model_is_a_round_trip() {
    tried_in_every_way("asymmetric", "failover", 1);
}

#[test]
fn every_step_of_the_asymmetric_model_on_a_cluster_file_system_is_a_round_trip() {
    tried_in_every_way("asymmetric", "cluster", 3);
}

#[test]
fn every_step_of_the_symmetric_model_is_a_round_trip() {
    tried_in_every_way("symmetric", "failover", 7);
}

#[test]
fn every_step_of_the_symmetric_model_on_cluster_file_systems_is_a_round_trip() {
    tried_in_every_way("symmetric", "cluster", 11);
}

#[test]
fn every_step_of_n_plus_one_is_a_round_trip() {
    tried_in_every_way("n-plus-one", "failover", 17);
}

#[test]
fn every_step_of_n_plus_one_on_cluster_file_systems_is_a_round_trip() {
    tried_in_every_way("n-plus-one", "cluster", 19);
}
