//! What somebody does on the nodes behind calha's back: takes a step's work away, makes it something else, moves groups,
//! reboots.

use calha::guide::Guide;
use calha::node::{Command, Entry, Files, Mode, NodeName, NodePath, Owner};
use calha::op::{Change, Op, OpId, Run};
use calha::step::{Place, Step};

use super::bench::Start;
use super::round_trips::Model;

/// The nodes on which a step's operations are to be found now.
fn nodes(start: &mut Start, step: &Step) -> Vec<(NodeName, Op, OpId)> {
    let mut all = Vec::new();
    for expected in step.nodes() {
        let place = match step.place(&expected) {
            Place::Holding(mount) => {
                let mounts = &start.rack.lab.cluster().mounts;
                mounts
                    .iter()
                    .find(|m| m.point == mount.as_str())
                    .map_or(expected.clone(), |m| m.host.clone())
            }
            Place::Node(_) | Place::Cluster => expected.clone(),
        };
        for (id, op) in step.named_ops(&expected) {
            all.push((place.clone(), op, id));
        }
    }
    all
}

/// One operation undone by a person; whether there was anything to do.
fn undo(start: &mut Start, on: &NodeName, op: &Op) -> bool {
    match op {
        Op::Edit { path, changes, .. } => {
            let mut files = start.rack.lab.files(on);
            let Ok(bytes) = files.read(path) else { return false };
            let lines = text_without(&bytes, changes);
            rewrite(&mut files, path, &lines)
        }
        Op::Rmdir { path } => start.rack.lab.files(on).rmdir(path).is_ok(),
        Op::Unlink { path, .. } | Op::Remove { path, .. } => {
            start.rack.lab.files(on).remove(path).is_ok()
        }
        Op::Run(Run { command, .. }) => exec(start, on, command),
        _ => false,
    }
}

/// Writes a file as an editor does: owner and mode stay.
fn rewrite(files: &mut impl Files, path: &NodePath, bytes: &[u8]) -> bool {
    let Ok(Entry::File { mode, owner, .. }) = files.stat(path) else { return false };
    files.write(path, bytes, mode, owner).is_ok()
}

fn text_without(bytes: &[u8], changes: &[Change]) -> Vec<u8> {
    calha::op::effect::edit(bytes, changes)
}

fn exec(start: &mut Start, on: &NodeName, command: &Command) -> bool {
    start.rack.lab.exec(on, command, b"").is_ok_and(|said| said.success())
}

/// The step's work is taken away; of the cluster's configuration everything that stands on it first.
pub fn removed(model: &Model, step: &Step) -> Option<Start> {
    let mut start = model.done.clone();
    let at = model.guide.steps.iter().position(|s| s.id == step.id)?;
    let in_cluster =
        |s: &Step| s.expected_host().is_some_and(|node| s.place(&node) == Place::Cluster);
    let mut any = false;
    for one in model.guide.steps[at..].iter().rev() {
        let same = one.id == step.id;
        let stands_on_it =
            in_cluster(step) && in_cluster(one) && one.id.instance == step.id.instance;
        if !(same || stands_on_it) {
            continue;
        }
        for (on, op, id) in nodes(&mut start, one).into_iter().rev() {
            for op in op.inverse(&id).unwrap_or_default() {
                let done = undo(&mut start, &on, &op);
                any |= same && done;
            }
        }
    }
    any.then_some(start)
}

/// The step's work is made something else, and the path that was changed.
pub fn changed(model: &Model, step: &Step) -> Option<(Start, String)> {
    let mut start = model.done.clone();
    let (on, op, _) = nodes(&mut start, step).into_iter().next()?;
    let done = match &op {
        Op::Edit { path, changes, .. } => {
            let mut files = start.rack.lab.files(&on);
            let text = String::from_utf8(files.read(path).ok()?).ok()?;
            let text = match changes.first()? {
                Change::AddLine { line, .. } => {
                    text.replace(line.as_str(), &line.replace("logging", "logging,noatime"))
                }
                Change::SetBlock { end, .. } => {
                    text.replace(end.as_str(), &format!("! mine\n{end}"))
                }
                _ => return None,
            };
            rewrite(&mut files, path, text.as_bytes())
        }
        Op::Install { path, .. } => {
            start.rack.lab.files(&on).write(path, b"other\n", Mode(0o600), Owner::ROOT).is_ok()
        }
        Op::Mkdir { path, mount_point: false, .. } => {
            start.rack.lab.files(&on).chmod(path, Mode(0o777)).is_ok()
        }
        Op::Symlink { path, .. } => {
            let mut files = start.rack.lab.files(&on);
            let there = files.stat(path).is_ok_and(|e| e != Entry::Missing);
            there && files.remove(path).is_ok() && files.symlink(path, "/elsewhere").is_ok()
        }
        Op::Run(Run { command, .. }) if command.program.as_str().ends_with("/scrgadm") => {
            other_property(&mut start, command)
        }
        _ => false,
    };
    let path = op.path().map_or_else(|| "/nothing".to_owned(), ToString::to_string);
    done.then_some((start, path))
}

/// A property of the resource that the command makes gets another value.
fn other_property(start: &mut Start, command: &Command) -> bool {
    let Some(name) = command.args.iter().skip_while(|a| *a != "-j").nth(1) else { return false };
    let resource = start.rack.lab.cluster_mut().resources.iter_mut().find(|r| r.name == *name);
    let Some(resource) = resource else { return false };
    resource.properties.insert("Resource_dependencies".into(), Vec::new()).is_some()
}

/// Every group of the installation that is online goes to its next node.
pub fn move_groups(start: &mut Start, guide: &Guide) {
    for of in &guide.placements {
        let place = start.rack.lab.cluster().group(&of.group).and_then(|g| g.place());
        let Some(at) = place else { continue };
        let Some(to) = of.nodes.iter().find(|n| **n != at) else { continue };
        let words = ["-z", "-g", &of.group, "-h", to.as_str()];
        exec(start, to, &Command::new("/usr/cluster/bin/scswitch", words));
    }
}

/// The first node goes down and comes up again.
pub fn reboot(start: &mut Start, guide: &Guide) {
    let first = guide.placements[0].nodes[0].clone();
    start.rack.lab.kill_node(&first);
    start.rack.lab.boot_node(&first);
}
