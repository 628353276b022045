//! Takes up the positions that later steps need: the group online on some node, or on one node
//! with its file systems mounted. Their undo does nothing, since a position is not
//! configuration. What an administrator asks of an installed service is `service`'s.

use super::{Citation, Scope, Site, Step, StepKind};
use crate::cluster::{GroupState, Switch, commands};
use crate::node::{Command, NodeName};
use crate::op::{Check, Op, Run, Touches, Undo};

fn position() -> Undo {
    Undo::nothing("a position is not configuration")
}

fn moving(site: &Site, command: Command, done_when: Check, absent_when: Check) -> Op {
    Op::Run(
        Run::new(command, done_when, position())
            .absent_when(absent_when)
            .never(site.hopeless())
            .within(site.cluster_limit())
            .settling(site.cluster_limit())
            .touching(
                [Touches::Cluster, Touches::Mounts]
                    .into_iter()
                    .chain(site.mount_points().into_iter().map(Touches::Path)),
            ),
    )
}

/// The group managed and online somewhere: `-Z` only while it is unmanaged, since it enables what
/// an operator has disabled.
pub fn online(site: &Site) -> Step {
    let site = site.clone();
    Step::new(
        StepKind::Online,
        format!("resource group {} online", site.instance.resource_group),
        Citation { section: "6.6.3", errata: &["E29"] },
        Scope::Member(site.nodes()),
        "Its resources start and stop only while it is managed.",
    )
    .passing()
    .needing(&[
        StepKind::Record,
        StepKind::Preflight,
        StepKind::ResourceGroup,
        StepKind::LogicalHost,
    ])
    .doing(move |_| {
        let group = &site.instance.resource_group;
        let address = &site.instance.logical_host.resource;

        let unmanaged = site.group_prints(&site.primary(), &GroupState::Unmanaged);
        let hopeful = site.hopeless().negated();
        let somewhere = Check::Any(site.nodes().iter().map(|n| site.online_on(n)).collect());

        vec![
            moving(
                &site,
                commands::bring_online(group),
                Check::All(vec![unmanaged.clone().negated(), hopeful.clone()]),
                unmanaged,
            ),
            moving(&site, commands::switch_to(group, &[site.primary()]), somewhere, hopeful),
            // Made anew in a group that is managed already, it is enabled by nothing else.
            moving(
                &site,
                commands::enable(address),
                Site::switch_is(address, Switch::Enabled),
                Site::switch_is(address, Switch::Disabled),
            ),
        ]
    })
}

/// The group online on one node, with the shared directory mounted there. Run from that node.
pub fn switch_to(
    site: &Site,
    kind: StepKind,
    node: &NodeName,
    why: &'static str,
    needs: &[StepKind],
) -> Step {
    let (site, target) = (site.clone(), node.clone());

    Step::new(
        kind,
        format!(
            "resource group {} online on {target}, {} mounted there",
            site.instance.resource_group,
            site.mounts()
        ),
        Citation { section: "6.6.3", errata: &["E28", "E29", "E35"] },
        Scope::One(target.clone()),
        why,
    )
    .passing()
    .needing(&[StepKind::Record, StepKind::Preflight])
    .needing(needs)
    .doing(move |_| {
        let done = Check::All(vec![site.online_on(&target), site.mounted()]);
        let to = commands::switch_to(&site.instance.resource_group, [&target]);
        vec![moving(&site, to, done, site.hopeless().negated())]
    })
}
