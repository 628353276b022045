//! A copy of ics.conf before the HA block changes it: one command brings back what the configurator wrote.

use super::{Citation, Scope, Site, Step, StepKind};
use crate::op::Op;

/// A byte-identical copy beside ics.conf, same owner and mode, before it is edited.
pub fn backup(site: &Site) -> Step {
    let (site, last) = (site.clone(), site.last_configured());
    let (from, to) = (
        site.instance.directories.ics_conf(),
        site.instance.directories.config.join("ics.conf.before-ha"),
    );
    Step::new(
        StepKind::Backup,
        format!("copy of ics.conf, kept as {to}"),
        Citation { section: "6.6.3", errata: &[] },
        Scope::Holding { mount: site.mount().clone(), expected: site.secondary() },
        "One command brings back what the configurator wrote.",
    )
    .passing()
    .needing(&[StepKind::Record, StepKind::Preflight, StepKind::Online, last])
    .doing(move |_| vec![Op::Copy { from: from.clone(), to: to.clone(), mode: None }])
}
