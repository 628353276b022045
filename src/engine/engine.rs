//! The state of a run, and what all its parts use: realities, the places of a step, questions,
//! intents, failures, and what a host's error means for the run. An accepted question is put once
//! in a run. What each command does, in which order, stands in a file of its own: `install`,
//! `verify`, `service`, `back`.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use super::fleet::cache::{Known, in_rounds};
use super::locks::WAIT_FOR_RUN;
use super::reach::{Reach, Service};
use super::{Answer, Commands, Event, Failure, Options, Prompt, Question, Sink, Stop};
use crate::guide::Guide;
use crate::host::Host;
use crate::journal::{Entry, Journal, OpKey, Record, RunCommand, State, WayBack};
use crate::node::{HostError, Inspect, NodeName, NodePath};
use crate::op::{Op, OpId, Reality, Run};
use crate::problem::{Code, Problem, codes};
use crate::step::{GroupCondition, Hosts, Place, Scope, Step, Views};

/// Carries a guide out on hosts, through a journal.
pub struct Engine<'a> {
    pub guide: &'a Guide,
    /// Every host that the guide's steps run on.
    pub hosts: Hosts<'a>,
    pub journal: &'a mut Journal,
    pub sink: &'a mut dyn Sink,
    pub prompt: &'a mut dyn Prompt,
    pub options: &'a Options,
    /// Whether somebody wants the run to end after the operation at hand.
    pub interrupted: &'a dyn Fn() -> bool,
    /// Tries a connection from the administrator's own machine; why there is none, or why none was
    /// tried.
    pub reach: &'a dyn Fn(SocketAddr) -> Result<(), String>,
    /// How many operations were carried out.
    pub(super) changed: usize,
    /// Whether the journal has this run as one to go on with.
    begun: bool,
    /// What happened in steps that went out together, held back until it can be told step by step.
    pub(super) held: Option<Vec<Event>>,
    /// What the hosts have said since the last change.
    pub(super) known: Known,
    /// File systems that are mounted nowhere, on which somebody wants things left.
    pub(super) left_behind: Vec<Place>,
    /// Members that have gone down in this run.
    pub(super) down: Vec<NodeName>,
    /// Instances whose service this run has started: what follows it in the plan was announced with
    /// it.
    pub(super) started: Vec<Option<String>>,
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
            guide,
            hosts,
            journal,
            sink,
            prompt,
            options,
            interrupted: &|| false,
            reach: &|_| Err("no connection was tried".into()),

            changed: 0,
            begun: false,
            held: None,
            known: Known::default(),
            left_behind: Vec::new(),
            down: Vec::new(),
            started: Vec::new(),
            accepted: Vec::new(),
        }
    }

    /// Tells what happened, or keeps it for later.
    pub(super) fn tell(&mut self, event: Event) {
        match &mut self.held {
            Some(held) => held.push(event),
            None => self.sink.tell(&event),
        }
    }

    /// How many operations were carried out or taken back.
    pub fn changed(&self) -> usize {
        self.changed
    }

    /// Whether this run stands in the journal as one that `calha resume` goes on with. One of some
    /// steps only, and a journal that is being rebuilt, are gone on with by the same command.
    pub fn can_be_resumed(&self) -> bool {
        self.begun
    }

    /// Commands for what the run is about, as they are typed.
    pub(super) fn commands(&self) -> &Commands {
        &self.options.commands
    }

    pub(super) fn host(&self, node: &NodeName) -> Result<&'a dyn Host, Stop> {
        if self.down.contains(node) {
            let problem = Problem::new(
                codes::HOST_MISSING,
                "the cluster has said in this run that it is down",
            )
            .on(node.as_str());
            return Err(Stop::Unreachable(
                problem.hint("what has to be done on it is left until it is back"),
            ));
        }
        Self::host_of(&self.hosts, node)
    }

    pub(super) fn host_of<'h, H: Inspect + ?Sized>(
        hosts: &BTreeMap<NodeName, &'h H>,
        node: &NodeName,
    ) -> Result<&'h H, Stop> {
        hosts.get(node).copied().ok_or_else(|| {
            Stop::Unreachable(
                Problem::new(codes::HOST_MISSING, "there is no connection to this host")
                    .on(node.as_str()),
            )
        })
    }

    /// What is true of an operation now, in as few round trips as its checks allow.
    pub(super) fn reality(&self, id: &OpId, op: &Op) -> Result<Reality, Stop> {
        let only: Hosts<'_> = [(id.node.clone(), self.host(&id.node)?)].into();
        in_rounds(&only, |hosts| {
            Self::told(Self::host_of(hosts, &id.node)?, op)
                .map_err(|e| stopped(&id.step, &id.node, e))
        })?
    }

    /// What is true of an operation now. Of a command of the cluster that is neither done nor
    /// absent, how its group stands says why.
    pub(super) fn told(host: &dyn Inspect, op: &Op) -> Result<Reality, HostError> {
        let reality = op.reality(host)?;
        let (Reality::Differs { .. }, Op::Run(Run { command, .. })) = (&reality, op) else {
            return Ok(reality);
        };
        let condition = GroupCondition::about(host, command)?.map(|condition| condition.told());
        Ok(match condition.filter(|told| !told.is_empty()) {
            Some(found) => Reality::Differs { found },
            None => reality,
        })
    }

    /// The node on which the file system is mounted now: the expected one if it is, else the first
    /// that has it.
    pub(super) fn holder(
        hosts: &Views<'_>,
        mount: &NodePath,
        expected: &NodeName,
    ) -> Result<Option<NodeName>, HostError> {
        let mut all: Vec<&NodeName> = hosts.keys().filter(|n| *n != expected).collect();
        all.insert(0, expected);
        for node in all {
            if let Some(host) = hosts.get(node)
                && host.mounted(mount)?
            {
                return Ok(Some(node.clone()));
            }
        }
        Ok(None)
    }

    /// Hosts of a step now, and `None` where the shared file system is mounted nowhere.
    pub(super) fn nodes_now(hosts: &Views<'_>, step: &Step) -> Result<Vec<NodeName>, HostError> {
        match &step.scope {
            Scope::Holding { mount, expected } => {
                Ok(Self::holder(hosts, mount, expected)?.into_iter().collect())
            }
            Scope::Member(nodes) => {
                Ok(nodes.iter().find(|n| hosts.contains_key(*n)).cloned().into_iter().collect())
            }
            Scope::EachNode(_) | Scope::One(_) => Ok(step.nodes()),
        }
    }

    /// The same, asked now. The expected place of a shared file system is asked first: most often
    /// there is no need to ask the others.
    pub(super) fn places_now(&self, step: &Step) -> Result<Vec<NodeName>, Stop> {
        let first = step.expected_host();
        let mut hosts = self.hosts.clone();
        if let Scope::Holding { mount, expected } = &step.scope
            && let Some(host) = hosts.remove(expected)
        {
            let only: Hosts<'_> = [(expected.clone(), host)].into();
            let there = self.known.in_rounds(&only, |hosts| {
                Self::host_of(hosts, expected).map(|host| host.mounted(mount))
            })??;
            if there.map_err(|e| stopped(step.id.as_str(), expected, e))? {
                return Ok(vec![expected.clone()]);
            }
        }
        self.known
            .in_rounds(&hosts, |hosts| Self::nodes_now(hosts, step))?
            .map_err(|e| stopped(step.id.as_str(), &first, e))
    }

    /// Where the journal keeps the operations of a step on a node, in their order.
    pub fn keys(step: &Step, node: &NodeName) -> Vec<OpKey> {
        Self::ops(step, node).into_iter().map(|(key, ..)| key).collect()
    }

    /// The operations of a step on a node, with their names and places.
    pub(super) fn ops(step: &Step, node: &NodeName) -> Vec<(OpKey, OpId, Op)> {
        let place = step.place(node);
        let key =
            |id: &OpId| OpKey { step: id.step.clone(), place: place.clone(), number: id.number };
        step.named_ops(node).into_iter().map(|(id, op)| (key(&id), id, op)).collect()
    }

    /// The sign that the service answers on the network, or why that is not known.
    pub(super) fn tell_reach(&mut self, step: &Step) {
        let Some(address) = step.answers_at else { return };
        let text = match (self.reach)(address) {
            Ok(()) => format!("from here: {address} accepts a connection"),
            Err(why) => format!("from here: not checked: {address}: {why}"),
        };
        self.sink.tell(&Event::Fact { step: step.id.to_string(), text });
    }

    /// Whether anything of the step began in this installation; of a step without operations,
    /// whether anything did at all.
    pub(super) fn has_begun(&self, step: &Step) -> bool {
        let history = self.journal.history();
        let own = step.acts();
        if own {
            return history.has_begun(step.id.as_str());
        }
        // What only looks, looks at its instance, or at all of them.
        let same = |id: &str| {
            step.id.instance.is_none()
                || self.guide.step(id).is_some_and(|s| s.id.instance == step.id.instance)
        };
        history.entries.iter().any(|(key, e)| e.began && same(&key.step))
    }

    /// Puts a question; `Ok` when it is accepted, now or earlier in this run.
    pub(super) fn ask(&mut self, question: Question) -> Result<(), Stop> {
        self.ask_of_all(vec![question])
    }

    /// The same for a question that is the same on several nodes: it is put once.
    pub(super) fn ask_of_all(&mut self, mut questions: Vec<Question>) -> Result<(), Stop> {
        self.known.forget();
        questions.retain(|question| !self.accepted.contains(question));
        let Some(first) = questions.first() else { return Ok(()) };
        let nodes: Vec<&str> = questions.iter().map(|q| q.node.as_str()).collect();
        let put = Question { node: NodeName(nodes.join(" and ")), ..first.clone() };

        let beforehand = self.options.accept.contains(&put.code);
        let (accepted, asked) = match beforehand {
            true => (true, false),
            false => match self.prompt.accept(&put) {
                Answer::Yes => (true, true),
                Answer::No => (false, true),
                Answer::Nobody => (false, false),
                Answer::Interrupted => return Err(Stop::Interrupted),
            },
        };

        for question in &questions {
            self.sink.tell(&Event::Question { question: question.clone(), accepted, asked });
        }

        if !accepted {
            return Err(Stop::Unanswered(questions));
        }
        self.accepted.extend(questions);
        Ok(())
    }

    /// Tells problems; those whose codes are accepted beforehand are said and do not count.
    pub(super) fn tell_problems(&mut self, step: &str, problems: Vec<Problem>) -> Vec<Problem> {
        let mut left = Vec::new();
        for problem in problems {
            if self.options.accept.contains(&problem.code) && can_be_accepted(&problem.code) {
                self.sink.tell(&Event::Notice { step: step.to_owned(), problem });
            } else {
                self.sink.tell(&Event::Problem { step: step.to_owned(), problem: problem.clone() });
                left.push(problem);
            }
        }
        left
    }

    /// Notes the command in the journal, and what it takes back.
    pub(super) fn begin(&mut self, command: RunCommand, back: Option<WayBack>) -> Result<(), Stop> {
        self.journal.begin(&self.guide.cluster, &self.guide.profile)?;
        let whole = self.options.only.is_empty() && self.options.from.is_none();
        self.begun = whole && command.can_be_resumed();
        let record = Record::Run {
            command,
            by: self.options.by(),
            at: self.journal.now(),
            digest: self.guide.digest.clone(),
            values: self.guide.values.clone(),
            accepted: self.options.accept.clone(),
            answered: self.options.answered.clone(),
            back,
        };
        Ok(self.journal.append(record)?)
    }

    /// The intent of an operation, durable when it returns.
    pub(super) fn intend(
        &mut self,
        step: &Step,
        key: &OpKey,
        id: &OpId,
        op: &Op,
    ) -> Result<(), Stop> {
        let intent = self.intent(step, key, id, op);
        Ok(self.journal.append(intent)?)
    }

    /// The intent of an operation, to be written.
    pub(super) fn intent(&self, step: &Step, key: &OpKey, id: &OpId, op: &Op) -> Record {
        let (undo, irreversible) = match op.inverse(id) {
            Ok(undo) => (undo, None),
            Err(because) => (Vec::new(), Some(because)),
        };
        Record::Intent {
            key: key.clone(),
            node: id.node.clone(),
            op: op.without_contents(),
            digest: op.identity(),
            undo,
            may_stay: op.may_stay(),
            when_stuck: op.when_stuck(),
            kept_once: step.kept_once.iter().map(ToString::to_string).collect(),
            irreversible,
            leaves: op.leaves().to_vec(),
            at: self.journal.now(),
        }
    }

    pub(super) fn failure(
        &self,
        step: &Step,
        node: &NodeName,
        op: &Op,
        status: Option<i32>,
        tail: String,
    ) -> Stop {
        let condition = self.condition(node, op);
        Stop::Failed(Box::new(Failure {
            step: step.id.to_string(),
            title: step.title.clone(),
            section: step.cite.to_string(),
            node: node.clone(),
            commands: op.commands(),
            status,
            tail,
            taken_back: false,
            seen: condition.odd(),
            remedy: condition.remedy().map(|remedy| self.guide.remedy(remedy)),
        }))
    }

    /// How the group stands that a command is about; at rest where it is about none, and where
    /// nobody answers any more.
    pub(super) fn condition(&self, node: &NodeName, op: &Op) -> GroupCondition {
        let Op::Run(Run { command, .. }) = op else { return GroupCondition::default() };
        let Ok(host) = self.host(node) else { return GroupCondition::default() };
        let only: Hosts<'_> = [(node.clone(), host)].into();
        let asked = in_rounds(&only, |hosts| {
            Self::host_of(hosts, node).map(|host| GroupCondition::about(host, command))
        });
        match asked {
            Ok(Ok(Ok(Some(condition)))) => condition,
            _ => GroupCondition::default(),
        }
    }

    /// How a shared file system that is mounted nowhere comes back.
    pub(super) fn back_to_mount(&self, mount: &NodePath) -> String {
        let of = self.guide.placements.iter().find(|p| p.mounts.contains(mount));
        let told = of.and_then(|of| {
            let asked = in_rounds(&self.hosts, |hosts| {
                let first = of.nodes.iter().find_map(|node| hosts.get(node));
                let condition = first.map(|host| GroupCondition::read(*host, &of.group));
                let condition = condition.transpose()?.filter(|c| c.remedy().is_some());
                let reach = Reach::of(of, mount, hosts, Service::Stays)?;
                Ok::<_, HostError>((condition, reach))
            });
            match asked {
                Ok(Ok((Some(condition), _))) => Some(condition.told()),
                Ok(Ok((None, Some(Reach { node, commands })))) => {
                    Some(format!("type on {node}: {}", commands.join("; ")))
                }
                _ => None,
            }
        });
        told.unwrap_or_else(|| "connect a node that can mount it".into())
    }

    /// A run that stopped waiting says what it saw last.
    pub(super) fn having_seen(&self, stop: Stop) -> Stop {
        match stop {
            Stop::LeftRunning { step, node, seconds, seen } if seen.is_empty() => {
                Stop::LeftRunning { step, node, seconds, seen: self.all_odd() }
            }
            other => other,
        }
    }

    /// What is odd about the groups of this installation, as far as somebody says it.
    pub(super) fn all_odd(&self) -> Vec<String> {
        let groups: Vec<&str> = self.guide.placements.iter().map(|p| p.group.as_str()).collect();
        let asked = self.guide.members.iter().find_map(|n| self.host(n).ok());
        let Some(host) = asked else { return Vec::new() };
        let read = |group: &&str| GroupCondition::read(host, group).ok();
        groups.iter().filter_map(read).flat_map(|condition| condition.odd()).collect()
    }

    /// What began, stands, and is no operation of this guide, nor one as earlier versions of the
    /// program did it: it was begun with other settings.
    pub(super) fn begun_otherwise(&self) -> Vec<(&OpKey, &Entry)> {
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

/// Whether going on in spite of it can come to anything.
fn can_be_accepted(code: &str) -> bool {
    crate::problem::known(code).is_none_or(|known| known.effect != crate::problem::Effect::Refuses)
}

/// What an error of a host means for the run.
pub(super) fn stopped(step: &str, node: &NodeName, error: HostError) -> Stop {
    let problem = |code: Code, why: String| Problem::new(code, why).on(node.as_str());

    match error {
        HostError::Lost { why, .. } => Stop::Unreachable(
            problem(codes::HOST_LOST, format!("the connection was lost during {step}: {why}"))
                .hint("what was running there may still run; the next run waits for it"),
        ),
        HostError::Unreachable { why, .. } => {
            Stop::Unreachable(problem(codes::HOST_UNREACHABLE, why))
        }
        HostError::LostLock { .. } => Stop::Blocked(vec![
            problem(codes::LOCK_NODE, format!("{step}: {error}; nothing more was begun there"))
                .hint(WAIT_FOR_RUN),
        ]),
        HostError::TimedOut(seconds) => {
            Stop::LeftRunning { step: step.into(), node: node.0.clone(), seconds, seen: Vec::new() }
        }
        other @ (HostError::KnownAfter(_)
        | HostError::Offline
        | HostError::NotAsked
        | HostError::Invalid(_)
        | HostError::Io { .. }) => {
            Stop::Blocked(vec![problem(codes::HOST_ERROR, format!("{step}: {other}"))])
        }
    }
}
