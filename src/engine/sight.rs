//! An operation as it is seen on its node: what is true of it, and what it would change in a file.
//! Of a command of the cluster that is neither done nor absent, how its group stands says why. It
//! only looks: what follows from it, `decide` says.

use crate::node::{HostError, Inspect};
use crate::op::{Change, Op, Reality, Run};
use crate::step::GroupCondition;

/// What is true of an operation, and what it would change in a file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sight {
    pub reality: Reality,
    pub diff: Option<String>,
    /// Of an edit of which a part stands already, the rest: the one that it makes.
    pub rest: Option<Op>,
}

impl Sight {
    /// Looks.
    ///
    /// # Errors
    /// A host that is lost.
    pub fn of(host: &dyn Inspect, op: &Op) -> Result<Self, HostError> {
        let reality = reality(host, op)?;
        let diff = difference(host, op, &reality);
        let rest = rest(host, op, &reality);
        Ok(Self { reality, diff, rest })
    }
}

/// What is true of an operation now.
///
/// # Errors
/// A host that is lost.
pub(super) fn reality(host: &dyn Inspect, op: &Op) -> Result<Reality, HostError> {
    let reality = op.reality(host)?;
    let (Reality::Differs { .. }, Op::Run(Run { command, .. })) = (&reality, op) else {
        return Ok(reality);
    };

    let condition =
        GroupCondition::about(host, command)?.map(|condition| condition.odd().join(", "));
    Ok(match condition.filter(|told| !told.is_empty()) {
        Some(found) => Reality::Differs { found },
        None => reality,
    })
}

/// What an edit makes of which a part stands already; nothing of any other.
fn rest(host: &dyn Inspect, op: &Op, reality: &Reality) -> Option<Op> {
    let Op::Edit { path, format, changes, undoes } = op else { return None };
    if *reality != Reality::Absent || changes.len() == 1 {
        return None;
    }
    let bytes = host.read(path).ok()?;
    let is_missing = |change: &&Change| change.reality(&bytes) == Reality::Absent;
    let missing: Vec<Change> = changes.iter().filter(is_missing).cloned().collect();
    if missing.len() == changes.len() {
        return None;
    }
    let (path, format, undoes) = (path.clone(), *format, undoes.clone());
    Some(Op::Edit { path, format, changes: missing, undoes })
}

/// What an operation would change in a file; nothing where nothing is to be done, or nothing can be
/// seen.
fn difference(host: &dyn Inspect, op: &Op, reality: &Reality) -> Option<String> {
    if *reality != Reality::Absent {
        return None;
    }
    match op {
        Op::Edit { path, changes, .. } => {
            let before = host.read(path).ok()?;
            let after = crate::op::effect::edit(&before, changes);
            Some(crate::document::diff(&before, &after, path.as_str()))
        }
        Op::Install { path, content, .. } => {
            Some(crate::document::diff(b"", content.as_bytes(), path.as_str()))
        }
        _ => None,
    }
}
