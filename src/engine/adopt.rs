//! Rebuilds a lost journal from the nodes' records. It takes over only operations whose intent on a
//! node was made from the same settings, and carries none out. Going on with them, or undoing
//! them, is left to the runs that follow.

use super::fleet::Task;
use super::stopped;
use super::{During, Engine, Stop};
use crate::guide::Guide;
use crate::journal::{Record, RunCommand, State};
use crate::node::{HostError, NodeName};
use crate::op::{Op, OpId, Reality, Run};
use crate::problem::{Problem, codes};
use crate::step::{Lifespan, Place, Views};
use crate::text::counted;

/// What a node's record says of an operation.
enum Kept {
    Nothing,
    /// Its intent, made from the same settings.
    Same,
    /// An intent made from others.
    Other,
}

/// What the nodes know of.
#[derive(Default)]
struct Found<'a> {
    /// Operations in the order of the guide.
    tasks: Vec<Task<'a>>,
    /// What speaks against taking them over.
    problems: Vec<Problem>,
}

impl<'a> Engine<'a> {
    /// Takes over every operation that has an intent on a node. What was done by hand, and what
    /// calha found and did not make, has none and stays somebody else's.
    ///
    /// # Errors
    /// Where a journal is already, where an intent comes from other settings than the profile's, or
    /// a host that cannot be asked.
    pub fn adopt_from_nodes(&mut self) -> Result<(), Stop> {
        // An adoption that was cut off is gone on with; any other run knows more than the nodes do.
        if self.journal.history().runs.iter().any(|run| run.command != RunCommand::Adopt) {
            let problem = Problem::new(
                codes::ADOPT_JOURNAL,
                "there is a journal of this installation here already",
            )
            .hint(format!(
                "{} says what it knows; nothing has to be rebuilt",
                self.commands().status()
            ));
            return Err(Stop::Blocked(vec![problem]));
        }

        let guide = self.guide;
        let Found { tasks: found, problems } = self
            .fleet
            .look(|hosts| Self::kept_on(guide, hosts))?
            .map_err(|(n, e)| stopped(During::Adopting, &n, e))?;
        let left = self.tell_problems(During::Adopting, problems);
        if !left.is_empty() {
            return Err(Stop::Blocked(left));
        }
        if found.is_empty() {
            let problem = Problem::new(
                codes::ADOPT_NOTHING,
                "no node keeps a record of this installation",
            )
            .hint(format!(
                "the record is in {} on each node; the profile's file name is part of that path",
                self.guide.record
            ));
            return Err(Stop::Blocked(vec![problem]));
        }

        self.begin(RunCommand::Adopt, None)?;
        self.lock(&[])?;

        // Nothing begins before what comes before it has ended well.
        let last = found.last().map(|one| (&one.key.step, one.key.number));
        let result = found.iter().try_for_each(|one| {
            let ended = last != Some((&one.key.step, one.key.number));
            self.adopt_one(one, ended)
        });
        self.unlock();
        result?;

        let taken = self.journal.history().entries.values().filter(|e| e.began).count();
        let summary = format!(
            "calha took over {} from the nodes; {} does what is left, {} undoes them",
            counted(taken, "operation"),
            self.commands().forward(),
            self.commands().undo()
        );
        self.end(0, &summary)
    }

    fn kept_on(guide: &'a Guide, hosts: &Views<'_>) -> Result<Found<'a>, (NodeName, HostError)> {
        let mut found = Found::default();

        let tasks = guide
            .steps
            .iter()
            .flat_map(|step| step.nodes().into_iter().flat_map(|node| Task::all(step, &node)));
        for task in tasks {
            // What belongs to the shared disk or to the cluster may have been done on any node.
            let is_place = |node: &NodeName| match &task.key.place {
                Place::Node(_) => *node == task.id.node,
                Place::Holding(_) | Place::Cluster => true,
            };

            for node in hosts.keys().filter(|node| is_place(node)) {
                let id = OpId { node: node.clone(), ..task.id.clone() };
                let task = Task { id, ..task.clone() };
                match Self::kept(guide, hosts, &task).map_err(|e| (node.clone(), e))? {
                    Kept::Nothing => {}
                    Kept::Same => found.tasks.push(task),
                    Kept::Other => {
                        let what = format!("{} began with other settings", task.id.file_stem());
                        let hint = "use the profile as it was then; its values stood in the \
                                    journal only";
                        let problem = Problem::new(codes::ADOPT_OTHER_SETTINGS, what);
                        found.problems.push(problem.on(node.as_str()).hint(hint));
                    }
                }
            }
        }
        Ok(found)
    }

    fn kept(guide: &Guide, hosts: &Views<'_>, task: &Task<'_>) -> Result<Kept, HostError> {
        let Task { step, id, op, .. } = task;
        let Some(host) = hosts.get(&id.node) else { return Ok(Kept::Nothing) };

        let path = guide.record.join(&format!("{}.intent", id.file_stem()));
        let bytes = match host.read(&path) {
            Ok(bytes) => bytes,
            Err(HostError::Io { .. }) => return Ok(Kept::Nothing),
            Err(other) => return Err(other),
        };

        // Nothing begins before its intent is whole.
        let Some(then) = crate::op::intent::operation(&bytes) else { return Ok(Kept::Nothing) };
        let same = |op: &Op| {
            if op.is_command() {
                op.does_as(&then)
            } else {
                Op::without_words(then.clone()) == Op::without_words(op.without_contents())
            }
        };

        let former = step.former_ops(&id.node);
        let as_before = former.iter().any(|(f, op)| f.number == id.number && same(op));
        Ok(if same(op) || as_before { Kept::Same } else { Kept::Other })
    }

    fn adopt_one(&mut self, one: &Task<'_>, ended: bool) -> Result<(), Stop> {
        let Task { step, key, id, op } = one;
        let state = self.journal.history().state(key);
        if !matches!(state, State::Never | State::Intent) {
            // Taken over already: by an adoption that was cut off, or from the other node, where it
            // was done again after a failover.
            return Ok(());
        }

        if let Op::Run(Run { within, .. }) = op {
            // It may be at work still.
            self.fleet.wait(id, *within)?;
        }

        let holder = self.places_now(step)?;
        let reality = match &key.place {
            Place::Node(node) => self.reality(&OpId { node: node.clone(), ..id.clone() }, op)?,
            Place::Holding(_) | Place::Cluster => match holder.first() {
                Some(node) => self.reality(&OpId { node: node.clone(), ..id.clone() }, op)?,
                // Mounted nowhere: nothing can be seen of it, and what was begun there is taken to
                // stand.
                None => Reality::Present,
            },
        };

        if step.lifespan == Lifespan::Passing && reality == Reality::Absent {
            // A position that was left again.
            return Ok(());
        }

        if state == State::Never {
            self.intend(step, key, id, op)?;
        }
        if reality == Reality::Present || (ended && matches!(reality, Reality::Differs { .. })) {
            let at = self.journal.now();
            self.journal.append(Record::Done { key: key.clone(), at })?;
        }
        Ok(())
    }
}
