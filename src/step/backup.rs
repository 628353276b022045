//! Copies ics.conf before the HA block changes it: one command brings back what the configurator
//! wrote. The copy has the bytes, owner and mode of the original. The edit is `ha_block`'s.

use super::{Citation, Scope, Site, Step, StepKind};
use crate::op::Op;

/// The step; the copy stands beside ics.conf.
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
