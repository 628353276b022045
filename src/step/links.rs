//! The link `config` in cal-svr-base, by which the programs of a node find the shared
//! configuration. One step makes it on the second node, before the configurator has run there;
//! the other looks at it after the configurator, whose first task deletes it. Making it again is
//! the configurator's affair.

use super::{Citation, Guard, Scope, Site, Step, StepKind, configurator, configured, node_files};
use crate::op::Op;

/// `config` in cal-svr-base on the second node, so that its programs see the shared configuration.
pub fn link_secondary(site: &Site) -> Step {
    let site = site.clone();
    Step::new(
        StepKind::LinkSecondary,
        format!(
            "link {} to {}",
            site.instance.cal_svr_base.join("config"),
            site.instance.directories.config
        ),
        Citation { section: "6.6.3", errata: &["E08"] },
        Scope::One(site.secondary()),
        "The first node got its link from the configurator; the second has never been configured.",
    )
    .needing(&[StepKind::Record, StepKind::Preflight])
    .doing(move |_| {
        vec![Op::Symlink {
            path: site.instance.cal_svr_base.join("config"),
            target: site.instance.directories.config.to_string(),
        }]
    })
}

/// The links on both nodes after the configurator has run there: its first task is to delete them
/// (E33).
pub fn links(site: &Site) -> Step {
    let (nodes, compared) = (site.nodes(), site.clone());
    let mut guards = configured::boot(site, &nodes);
    guards.extend(configured::links(site, &nodes));
    guards.extend(said(site));
    guards.extend(configured::left(site, &nodes));

    let everywhere = if site.instance.shares_programs() { "" } else { " on every node" };
    Step::new(
        StepKind::Links,
        format!(
            "{} leads to {}{everywhere}",
            site.instance.cal_svr_base.join("config"),
            site.instance.directories.config
        ),
        Citation { section: "6.6.3", errata: &["E33"] },
        if site.instance.shares_programs() {
            Scope::Holding { mount: site.instance.install_root.clone(), expected: site.secondary() }
        } else {
            Scope::EachNode(site.nodes())
        },
        "The first task of the configurator deletes this link, a later one makes it again.",
    )
    .needing(&[StepKind::ConfigurePrimary, StepKind::ConfigureSecondary])
    .guarded(guards)
    .comparing(node_files::compared(site))
    .proving(Box::new(move |at| node_files::lacking(&compared, at.hosts)))
}

/// What the configurator said on either node: what was doubtful then is asked until somebody has
/// answered it.
fn said(site: &Site) -> Vec<Guard> {
    let mut all = configurator::said(site, StepKind::ConfigurePrimary);
    if !site.instance.shares_programs() {
        all.extend(configurator::said(site, StepKind::ConfigureSecondary));
    }
    all
}
