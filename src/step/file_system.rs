//! A file system on each new volume, made by somebody who knows that the volume is new: calha never
//! runs newfs. A volume is without one only where fstyp(1M) knows none and the volume can be read.
//! Whether it holds the right kind of file system is the preflight's question.

use super::{Citation, Scope, Site, Step, StepKind};
use crate::node::Command;
use crate::op::{Check, Op};
use crate::setting::FileSystem;

/// The step, on the node that the instance begins on.
pub fn file_system(site: &Site) -> Step {
    let systems: Vec<FileSystem> = site.file_systems().into_iter().cloned().collect();
    let section = if systems.len() == 1 { "6.3, 6.6.1" } else { "6.4, 6.7.1" };
    Step::new(
        StepKind::FileSystem,
        format!("a file system on every volume for {}", site.mounts()),
        Citation { section, errata: &[] },
        Scope::One(site.primary()),
        "What is mounted needs one; on a volume that has one newfs destroys what is there.",
    )
    .passing()
    .needing(&[StepKind::Record, StepKind::Preflight])
    .doing(move |_| systems.iter().map(made_by_hand).collect())
}

fn made_by_hand(system: &FileSystem) -> Op {
    let command = making(system);
    Op::Operator {
        on: None,
        instructions: format!(
            "fstyp knows no file system on {}. If the volume is new, type once, on one node:\n  \
             {}\n\
             It destroys whatever is on the volume. If it is not new, do nothing: find out first \
             what is on it.",
            system.raw_device,
            command.line()
        ),
        command: Some(command),
        done_when: is_missing(system).negated(),
        leaves: Vec::new(),
    }
}

/// The volume can be read, and fstyp(1M) knows no file system on it: it ends with 1, with 2 where
/// several fit. It also ends with 1 where it cannot read.
pub(super) fn is_missing(system: &FileSystem) -> Check {
    let raw = &system.raw_device;
    let fstyp = Command::new("/usr/sbin/fstyp", [raw.as_str()]);
    let read = Command::new("/usr/bin/dd", [&format!("if={raw}"), "of=/dev/null", "count=1"]);
    Check::All(vec![Check::Status { command: fstyp, status: 1 }, Check::Succeeds(read)])
}

/// The command that makes the file system of a new volume.
fn making(system: &FileSystem) -> Command {
    let raw = system.raw_device.as_str();
    match system.fs_type.as_str() {
        "ufs" => Command::new("/usr/sbin/newfs", [raw]),
        other => Command::new("/usr/sbin/mkfs", ["-F", other, raw]),
    }
}
