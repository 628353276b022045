//! What an operation does on a node in memory: the same as its shell form, step by step, with a
//! moment for the watcher between any two that a kill could separate. Whether it is done at all is
//! decided in `MemoryHost`.

use super::memory_node::MemoryNode;
use super::rack::Running;
use crate::node::{Command, Entry, HostError, NodePath, Output, Sum};
use crate::op::{Change, Op, OpId, Run, Stdin};

/// What an attempt that was killed had prepared beside the file.
pub(crate) fn clean(node: &MemoryNode, op: &Op) -> Result<(), HostError> {
    let path = match op {
        Op::Edit { path, .. } => node.real(path)?,
        Op::Mkdir { path, .. }
        | Op::Rmdir { path }
        | Op::Install { path, .. }
        | Op::Copy { to: path, .. }
        | Op::Remove { path, .. } => path.clone(),
        _ => return Ok(()),
    };
    let beside = beside(&path)?;
    node.with(|f| match f.stat(&beside)? {
        Entry::Missing => Ok(()),
        Entry::Directory { .. } => f.rmdir(&beside),
        _ => f.remove(&beside),
    })
}

/// Does it; the status of its command, or 0.
pub(crate) fn effect(node: &MemoryNode, id: &OpId, op: &Op) -> Result<i32, HostError> {
    let stem = id.file_stem();
    match op {
        Op::Mkdir { path, mode, owner, .. } => {
            let beside = beside(path)?;
            let root = node.root();
            node.with(|f| f.mkdir(&beside, *mode, root))?;
            node.point("directory without its owner");
            node.with(|f| f.chown(&beside, *owner))?;
            node.point("directory beside its place");
            node.with(|f| f.rename(&beside, path))?;
        }
        Op::Install { path, mode, owner, content } => {
            let beside = beside(path)?;
            let root = node.root();
            node.with(|f| f.write(&beside, content.as_bytes(), *mode, root))?;
            node.with(|f| f.chown(&beside, *owner))?;
            node.point("file beside its place");
            node.with(|f| f.rename(&beside, path))?;
        }
        Op::Copy { from, to, mode } => {
            let beside = beside(to)?;
            let copy = Op::Copy { from: from.clone(), to: beside.clone(), mode: *mode };
            node.with(|f| copy.apply_to(f, None))?;
            node.point("copy beside its place");
            node.with(|f| f.rename(&beside, to))?;
        }
        Op::Edit { path, changes, undoes, .. } => {
            edit(node, &stem, path, changes, undoes.as_deref())?;
        }
        Op::Run(asked) => return run(node, &stem, asked, op.asked_behind()),
        Op::Rmdir { .. } | Op::Symlink { .. } | Op::Unlink { .. } | Op::Remove { .. } => {
            node.with(|f| op.apply_to(f, None))?;
        }
        Op::Operator { .. } => {
            return Err(HostError::Invalid("a host does no handwork".into()));
        }
    }

    Ok(0)
}

/// Writes the changed copy beside the file, keeps its sum, and moves it into place.
fn edit(
    node: &MemoryNode,
    stem: &str,
    path: &NodePath,
    changes: &[Change],
    undoes: Option<&str>,
) -> Result<(), HostError> {
    let real = node.real(path)?;
    let beside = beside(&real)?;
    let before = node.with(|f| f.read(&real))?;
    let after = match pre_image(node, undoes, &before)? {
        Some(bytes) => bytes,
        None => crate::op::effect::edit(&before, changes),
    };
    let Entry::File { mode, owner, .. } = node.with(|f| f.stat(&real))? else {
        return Err(HostError::Io { path: path.to_string(), why: "not a file".into() });
    };

    node.with(|f| f.write(&beside, &after, mode, owner))?;
    node.point("edited copy beside the file");
    let sum = node.printed(Sum::of(&after));
    node.keep(&node.file(stem, "after"), sum.as_bytes())?;
    node.with(|f| f.rename(&beside, &real))
}

/// The bytes before the edit that is undone, if the file is exactly what that edit left.
fn pre_image(
    node: &MemoryNode,
    undoes: Option<&str>,
    now: &[u8],
) -> Result<Option<Vec<u8>>, HostError> {
    let Some(stem) = undoes else { return Ok(None) };
    let (before, after) = (node.file(stem, "before"), node.file(stem, "after"));
    node.with(|f| {
        let (Ok(before), Ok(after)) = (f.read(&before), f.read(&after)) else {
            return Ok(None);
        };
        let left = Sum::read(&String::from_utf8_lossy(&after));
        Ok((left == Some(Sum::of(now))).then_some(before))
    })
}

/// Runs the command as a node does: beside it stand its pid, what it printed, how it ended.
fn run(
    node: &MemoryNode,
    stem: &str,
    asked: &Run,
    behind: Option<Command>,
) -> Result<i32, HostError> {
    let command = &asked.command;
    for ending in ["rc", "pid"] {
        let path = node.file(stem, ending);
        node.with(|f| if f.stat(&path)?.exists() { f.remove(&path) } else { Ok(()) })?;
    }

    node.keep(&node.file(stem, "pid"), b"1 \n")?;
    let running = Running {
        host: node.name.clone(),
        stem: stem.to_owned(),
        command: command.clone(),
        attended: asked.is_attended(),
        behind,
    };
    node.rack().running.push(running.clone());
    node.point("command at work");
    let typed = typed(node, asked);
    let result = node.rack().lab.exec(&node.name, command, typed.as_bytes());
    match result {
        Ok(output) => {
            let output = with_answer(node, output, &running)?;
            node.rack().running.retain(|r| *r != running);
            ended(node, &running, &output)?;
            node.point("command ended");
            Ok(output.status)
        }
        // It hangs: it stays at work, and whoever comes next waits for it.
        Err(other) => Err(other),
    }
}

/// What somebody at its terminal types.
fn typed(node: &MemoryNode, asked: &Run) -> String {
    match (&asked.stdin, node.rack().attendant) {
        (Stdin::Terminal { instructions }, Some(types)) => types(&asked.command, instructions),
        _ => String::new(),
    }
}

/// Lets the command of an operation that is still at work come to its end.
pub(crate) fn finish(node: &MemoryNode, id: &OpId) -> Result<(), HostError> {
    let stem = id.file_stem();
    let mine = |r: &Running| r.host == node.name && r.stem == stem;
    let Some(running) = node.rack().running.iter().find(|r| mine(r)).cloned() else {
        return Ok(());
    };

    let output = {
        let mut rack = node.rack();
        rack.running.retain(|r| !mine(r));
        match rack.lab.let_hung_finish().pop() {
            Some(output) => output,
            None => rack.lab.exec(&node.name, &running.command, b"")?,
        }
    };
    let output = with_answer(node, output, &running)?;
    ended(node, &running, &output)
}

/// What a command has printed, and behind it what is asked once it has ended well.
fn with_answer(node: &MemoryNode, mut output: Output, of: &Running) -> Result<Output, HostError> {
    let Some(behind) = of.behind.as_ref().filter(|_| output.success()) else {
        return Ok(output);
    };
    let answer = node.rack().lab.exec(&node.name, behind, b"")?;
    output.stdout.extend(answer.stdout);
    output.stderr.extend(answer.stderr);
    output.status = answer.status;
    Ok(output)
}

/// Keeps how it ended, and what it said where that is not on a terminal.
fn ended(node: &MemoryNode, of: &Running, output: &Output) -> Result<(), HostError> {
    if !of.attended {
        let mut said = output.stdout.clone();
        said.extend_from_slice(&output.stderr);
        node.keep(&node.file(&of.stem, "out"), &said)?;
    }
    node.keep(&node.file(&of.stem, "rc"), format!("{}\n", output.status).as_bytes())
}

fn beside(path: &NodePath) -> Result<NodePath, HostError> {
    NodePath::new(format!("{path}.calha")).map_err(HostError::Invalid)
}
