//! Takes up the positions that later steps need: the group online on some node, or on one node
//! with its file systems mounted. Their undo does nothing, since a position is not
//! configuration. What an administrator asks of an installed service is `service`'s.

use super::{Citation, Scope, Site, Step, StepKind};
use crate::cluster::GroupState;
use crate::node::{Command, NodeName};
use crate::op::{Check, Op, Run, Touches, Undo};

fn position() -> Undo {
    Undo::nothing("a position is not configuration")
}

fn scswitch(site: &Site, args: Vec<&str>, done_when: Check, absent_when: Check) -> Op {
    Op::Run(
        Run::new(Command::new("/usr/cluster/bin/scswitch", args), done_when, position())
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
        let address_is = |text: &str| Check::Prints {
            command: Site::resource("ON_OFF_SWITCH", address, &[]),
            text: text.into(),
        };

        let unmanaged = Check::Prints {
            command: Site::group("RG_STATE_NODE", group, &[site.primary().as_str()]),
            text: GroupState::Unmanaged.word().into(),
        };
        let hopeful = site.hopeless().negated();
        let somewhere = Check::Any(site.nodes().iter().map(|n| site.online_on(n)).collect());

        vec![
            scswitch(
                &site,
                vec!["-Z", "-g", group],
                Check::All(vec![unmanaged.clone().negated(), hopeful.clone()]),
                unmanaged,
            ),
            scswitch(
                &site,
                vec!["-z", "-g", group, "-h", site.primary().as_str()],
                somewhere,
                hopeful,
            ),
            // Made anew in a group that is managed already, it is enabled by nothing else.
            scswitch(
                &site,
                vec!["-e", "-j", address],
                address_is("ENABLED"),
                address_is("DISABLED"),
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
        let args = vec!["-z", "-g", &site.instance.resource_group, "-h", target.as_str()];
        vec![scswitch(&site, args, done, site.hopeless().negated())]
    })
}
