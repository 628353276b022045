//! Keeps what the cluster and /etc/vfstab say before the first change, for an administrator who
//! must restore by hand. It only reads, so there is nothing to undo. The undo of the other steps
//! does not use these files.

use super::{Citation, Role, Scope, Site, Step, StepKind};
use crate::cluster::queries;
use crate::node::{Command, NodePath};
use crate::op::{Check, Op, Run, Touches, Undo};

/// The step, on all members.
pub fn record(site: &Site) -> Step {
    let site = site.clone();
    Step::new(
        StepKind::Record,
        "what the cluster and /etc/vfstab say now, kept on each node",
        Citation { section: "6.6", errata: &["E41"] },
        Scope::EachNode(site.members()),
        "If everything else fails, these files say how it was before.",
    )
    .passing()
    .playing(Role::Records)
    .doing(move |_| {
        let commands = [
            queries::configuration(),
            queries::whole_state(),
            Command::new("/usr/bin/cat", ["/etc/vfstab"]),
        ];
        commands.into_iter().enumerate().map(|(at, command)| kept(&site, command, at + 1)).collect()
    })
}

/// A command whose output stays in the record; done once it has ended well.
fn kept(site: &Site, command: Command, number: usize) -> Op {
    let rc: NodePath = site.record_file(&format!("record.{number}"), "rc");
    Op::Run(
        Run::new(
            command,
            Check::Begins { path: rc, text: "0".into() },
            Undo::nothing("it only reads"),
        )
        .within(site.settings.limits.query)
        .touching([Touches::Path(site.record.clone())]),
    )
}
