//! Tells where groups and mounts are now, to somebody who watches. It asks no host where nobody
//! does. It reports a position and judges none: taking one up is left to the steps.

use super::stopped;
use super::{During, Engine, Event, Standing, Stop};
use crate::cluster::queries;
use crate::guide::Placement;
use crate::node::HostError;
use crate::step::Views;

impl Engine<'_> {
    /// Tells where groups and mounts are, to somebody who watches.
    pub(super) fn tell_standing(&mut self) -> Result<(), Stop> {
        if !self.options.watch {
            return Ok(());
        }
        let placements = &self.guide.placements;
        let seen = self.fleet.look(|hosts| {
            placements.iter().map(|p| standing(p, hosts)).collect::<Result<Vec<_>, _>>()
        })?;
        let standing =
            seen.map_err(|e| stopped(During::Standing, self.guide.members.first(), e))?;
        self.sink.tell(&Event::Standing { cluster: self.guide.cluster.clone(), standing });
        Ok(())
    }
}

fn standing(of: &Placement, hosts: &Views<'_>) -> Result<Standing, HostError> {
    let mut states = Vec::new();
    if let Some(asked) = of.nodes.iter().find_map(|n| hosts.get(n)) {
        for node in &of.nodes {
            let output = asked.query(&queries::group_state(&of.group, node))?;
            if let Some(state) = output.text().lines().next().filter(|_| output.success()) {
                states.push((node.clone(), state.trim().to_owned()));
            }
        }
    }
    let mut mounts = Vec::new();
    for mount in &of.mounts {
        let mut there = Vec::new();
        for node in &of.nodes {
            if let Some(host) = hosts.get(node)
                && host.mounted(mount)?
            {
                there.push(node.clone());
            }
        }
        mounts.push((mount.to_string(), there));
    }
    Ok(Standing { group: of.group.clone(), states, mounts })
}
