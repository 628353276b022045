//! How an operation is undone: computed from data, the same for a crash, an undo and an
//! uninstallation years later.

use super::{Change, Op, OpId, Run, Undo};
use crate::node::Sum;

impl Op {
    /// The operations that undo this one, in order. Empty when there is nothing to undo.
    ///
    /// Called only for an operation that began on an absent effect, so what it made is ours.
    ///
    /// # Errors
    /// The reason why it cannot be undone.
    pub fn inverse(&self, id: &OpId) -> Result<Vec<Self>, String> {
        Ok(match self {
            Self::Mkdir { path, .. } => vec![Self::Rmdir { path: path.clone() }],
            Self::Symlink { path, target } => {
                vec![Self::Unlink { path: path.clone(), target: target.clone() }]
            }

            Self::Install { path, content, .. } => {
                vec![Self::Remove { path: path.clone(), sum: Some(Sum::of(content.as_bytes())) }]
            }
            Self::Copy { to, .. } => vec![Self::Remove { path: to.clone(), sum: None }],

            Self::Edit { path, format, changes, .. } => vec![Self::Edit {
                path: path.clone(),
                format: *format,
                changes: changes.iter().rev().filter_map(Change::inverse).collect(),
                undoes: Some(id.file_stem()),
            }],

            Self::Rmdir { .. } | Self::Unlink { .. } | Self::Remove { .. } => Vec::new(),
            Self::Operator { .. } => return Err("an operator did it by hand".into()),

            Self::Run(Run { undo, within, .. }) => match undo {
                Undo::Nothing { .. } => Vec::new(),
                Undo::Irreversible { because } => return Err(because.clone()),
                Undo::Unregister { name } => vec![Self::unregistering_any(name, *within)],
                Undo::Run { commands, .. } => commands
                    .iter()
                    .map(|(command, check)| {
                        Self::Run(
                            Run::new(
                                command.clone(),
                                check.clone(),
                                Undo::nothing("it is an undo itself"),
                            )
                            .within(*within)
                            .settling(60),
                        )
                    })
                    .collect(),
            },
        })
    }
}

impl Op {
    /// Why what it made may stay when it is undone; then a refusal is no failure.
    pub fn may_stay(&self) -> Option<String> {
        match self {
            Self::Mkdir { .. } => Some("the directory is not empty".into()),
            Self::Run(Run { undo: Undo::Run { may_stay, .. }, .. }) => may_stay.clone(),
            Self::Run(Run { undo: Undo::Unregister { name }, .. }) => {
                Some(format!("other resources may use {name}"))
            }
            _ => None,
        }
    }
}

impl Op {
    /// What to type when undoing it does not work.
    pub fn when_stuck(&self) -> Option<String> {
        match self {
            Self::Run(Run { undo: Undo::Run { when_stuck, .. }, .. }) => when_stuck.clone(),
            _ => None,
        }
    }
}

impl Change {
    /// The change that undoes this one; removals are not undone.
    fn inverse(&self) -> Option<Self> {
        match self {
            Self::AddLine { line, .. } => Some(Self::RemoveLine { line: line.clone() }),
            Self::SetBlock { begin, end, text, only_here } => Some(Self::RemoveBlock {
                begin: begin.clone(),
                end: end.clone(),
                sum: Sum::of(text.as_bytes()),
                // What begins with '!' is a comment.
                lines: text.lines().filter(|l| !l.starts_with('!')).map(str::to_owned).collect(),
                only_here: only_here.clone(),
            }),
            Self::RemoveLine { .. } | Self::RemoveBlock { .. } => None,
        }
    }
}
