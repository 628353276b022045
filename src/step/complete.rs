//! The last step: it leaves a file in the record of each node of the instance. While the file
//! stands, nothing of the installation is in question, and later runs do not switch the group.
//! That the service runs is proved by the steps it needs.

use super::{Citation, Role, Scope, Site, Step, StepKind};
use crate::node::{Mode, Owner};
use crate::op::Op;

/// The step; the file names the cluster and the group.
pub fn complete(site: &Site) -> Step {
    let site = site.clone();

    Step::new(
        StepKind::Complete,
        "the installation is recorded as complete",
        Citation { section: "6.6.3", errata: &["E36"] },
        Scope::EachNode(site.nodes()),
        "Where the group stands from now on is the cluster's affair: later runs never switch it.",
    )
    .playing(Role::Completes)
    .needing(&[
        StepKind::Record,
        StepKind::Preflight,
        StepKind::Links,
        StepKind::ServiceEnable,
        StepKind::DropState,
        StepKind::SwitchBack,
        StepKind::Prove,
    ])
    .doing(move |_| {
        vec![Op::Install {
            path: site.record.join(site.step(StepKind::Complete).as_str()),
            mode: Mode(0o600),
            owner: Owner::ROOT,
            content: format!("{} {}\n", site.settings.cluster.name, site.instance.resource_group),
        }]
    })
}
