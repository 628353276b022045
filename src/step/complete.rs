use super::{Citation, Scope, Site, Step};
use crate::op::{Mode, Op, Owner};

/// The last step: a file in the record of each node. While it stands, nothing of the installation is in question.
pub fn complete(site: &Site) -> Step {
    let site = site.clone();
    Step::new(
        "complete",
        "the installation is recorded as complete",
        Citation { section: "6.6.3", errata: &["E36"] },
        Scope::EachNode(site.nodes()),
        "Where the group stands from now on is the cluster's affair: later runs never switch it.",
    )
    .needing(&[
        "record",
        "preflight",
        "links",
        "service-enable",
        "drop-state",
        "switch-back",
        "prove",
    ])
    .doing(move |_| {
        vec![Op::Install {
            path: site.record.join(&site.step("complete")),
            mode: Mode(0o600),
            owner: Owner::ROOT,
            content: format!("{} {}\n", site.settings.cluster.name, site.instance.resource_group),
        }]
    })
}
