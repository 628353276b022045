//! An installation that calha made, and whose journal is not here: the nodes' own records say so,
//! from where and when. Nothing is taken over for that; it is said, with the command that does.

use std::path::Path;

use super::lock_holder::holder;
use super::stopped;
use super::{Commands, During, Engine, Stop, Undertaking};
use crate::guide::Guide;
use crate::journal::RunCommand;
use crate::node::{Command, HostError, Inspect, NodeName, NodePath};
use crate::op::Op;
use crate::problem::{Problem, codes};
use crate::step::{StepKind, Views};

impl Engine<'_> {
    /// What the nodes' records say of an installation that this journal knows nothing of; accepted
    /// problems are said and left out.
    ///
    /// # Errors
    /// A host that cannot be asked.
    pub(super) fn elsewhere(&mut self) -> Result<Vec<Problem>, Stop> {
        let history = self.journal.history();
        // Taken over before, even where nothing of it had begun that is worth a note.
        let adopted = history.runs.iter().any(|run| run.command == RunCommand::Adopt);
        if adopted || history.entries.values().any(|e| e.began) {
            return Ok(Vec::new());
        }
        let (guide, commands) = (self.guide, &self.options.commands);
        let problems = self
            .fleet
            .look(|hosts| elsewhere(guide, hosts, commands))?
            .map_err(|(node, e)| stopped(During::Finding, &node, e))?;
        Ok(self.tell_problems(During::Finding, problems))
    }
}

/// Records of this installation on the nodes, and the commands that go on. Each thing is said once.
///
/// # Errors
/// The node that cannot be asked.
pub fn elsewhere(
    guide: &Guide,
    hosts: &Views<'_>,
    commands: &Commands,
) -> Result<Vec<Problem>, (NodeName, HostError)> {
    let mut all: Vec<Problem> = Vec::new();
    for (node, host) in hosts.iter().filter(|(n, _)| guide.members.contains(n)) {
        let found = on_one(guide, *host, commands).map_err(|e| (node.clone(), e))?;
        for problem in found {
            if !all.iter().any(|p| p.what == problem.what) {
                all.push(problem.on(node.as_str()));
            }
        }
    }
    Ok(all)
}

fn on_one(
    guide: &Guide,
    host: &dyn Inspect,
    commands: &Commands,
) -> Result<Vec<Problem>, HostError> {
    let own = listed(host, &guide.record)?;
    let Some(above) = guide.record.parent() else { return Ok(Vec::new()) };
    let others = listed(host, &above)?;

    if own.iter().any(|name| name.ends_with(".intent")) {
        // What printed scripts did has results beside it, for calha import-results.
        if own.iter().any(|name| name.starts_with("script-")) {
            return Ok(Vec::new());
        }
        let from = from(host, &guide.record)?;
        let (what, hint) = match commands.of {
            Undertaking::Installation => {
                let adopt = commands.of("adopt");
                let hint = format!("go on from there, or take it over: {adopt} --from-nodes");
                (format!("calha has installed this {from}"), hint)
            }
            // Nothing rebuilds such a journal: what it was before nobody else knows.
            _ => {
                let gone = "if that journal is lost, what was done stays: on every node, rm -r";
                let hint = format!("go on from there; {gone} {}", guide.record);
                (format!("calha began this {from}"), hint)
            }
        };
        let mut all = vec![Problem::new(codes::JOURNAL_ELSEWHERE, what).hint(hint)];
        all.extend(at_work(host, &guide.record)?);
        return Ok(all);
    }

    let mut all = Vec::new();
    // A dot stands in the names of other work only.
    for other in others.iter().filter(|o| **o != guide.profile && !o.contains('.')) {
        let Ok(record) = NodePath::new(format!("{above}/{other}")) else { continue };
        if !is_same(guide, host, &record)? {
            continue;
        }

        let path = Path::new(&commands.profile).with_file_name(format!("{other}.toml"));
        let before = Commands { profile: path.clone().into(), ..commands.clone() };
        let from = from(host, &record)?;
        let what = format!("calha has installed this {from}, with a profile called {other}");
        all.push(Problem::new(codes::JOURNAL_ELSEWHERE, what).hint(format!(
            "the profile's name is part of the record's path, so give it back: mv {} {}, then {}",
            commands.profile(),
            before.profile(),
            before.of("status")
        )));
    }
    Ok(all)
}

/// Names in a directory of the node; none where there is no such directory.
fn listed(host: &dyn Inspect, directory: &NodePath) -> Result<Vec<String>, HostError> {
    let output = host.query(&Command::new("/usr/bin/ls", [directory.as_str()]))?;
    let text = if output.success() { output.text() } else { Default::default() };
    Ok(text.lines().map(|line| line.trim().to_owned()).filter(|n| !n.is_empty()).collect())
}

/// Where a record was made from, and when: the line of the last run that took its lock.
fn from(host: &dyn Inspect, record: &NodePath) -> Result<String, HostError> {
    let line = match host.read(&record.join("by")) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).trim().to_owned(),
        Err(HostError::Io { .. }) => String::new(),
        Err(other) => return Err(other),
    };
    Ok(match (line.split_once(", process "), line.rsplit_once(", since ")) {
        (Some((place, _)), Some((_, time))) => {
            format!("from {place}, run of {time}")
        }
        _ if line.is_empty() => "from a machine that its record does not name".into(),
        _ => format!("from {line}"),
    })
}

/// The run that holds the lock of the record: it may be at work now.
fn at_work(host: &dyn Inspect, record: &NodePath) -> Result<Option<Problem>, HostError> {
    let line = match host.read(&record.join("lock/holder")) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).trim().to_owned(),
        Err(HostError::Io { .. }) => return Ok(None),
        Err(other) => return Err(other),
    };
    let what = format!("the lock on this node is held by {}", holder(&line));
    let hint = "wait until that run has ended, before anything else";
    Ok(Some(Problem::new(codes::LOCK_NODE, what).hint(hint)))
}

/// Whether a record under another name is of this installation: it began one of its resource
/// groups.
fn is_same(guide: &Guide, host: &dyn Inspect, record: &NodePath) -> Result<bool, HostError> {
    for (step, id, op) in guide.ops() {
        if step.id.kind != StepKind::ResourceGroup {
            continue;
        }
        let bytes = match host.read(&record.join(&format!("{}.intent", id.file_stem()))) {
            Ok(bytes) => bytes,
            Err(HostError::Io { .. }) => continue,
            Err(other) => return Err(other),
        };
        if crate::op::intent::operation(&bytes).is_some_and(|then| Op::does_as(&op, &then)) {
            return Ok(true);
        }
    }
    Ok(false)
}
