//! Where a step is done now: on its nodes, on the member that is asked, or where its shared file
//! system is mounted. It only looks.

use super::{Engine, Stop, stopped};
use crate::node::{HostError, NodeName, NodePath};
use crate::step::{Scope, Step, Views};

impl Engine<'_> {
    /// The node on which the file system is mounted now: the expected one if it is, else the first
    /// that has it.
    pub(super) fn holder(
        hosts: &Views<'_>,
        mount: &NodePath,
        expected: Option<&NodeName>,
    ) -> Result<Option<NodeName>, HostError> {
        let others = hosts.keys().filter(|n| Some(*n) != expected);
        for node in expected.into_iter().chain(others) {
            if let Some(host) = hosts.get(node)
                && host.mounted(mount)?
            {
                return Ok(Some(node.clone()));
            }
        }
        Ok(None)
    }

    /// Hosts of a step now, and `None` where the shared file system is mounted nowhere.
    pub(super) fn nodes_now(hosts: &Views<'_>, step: &Step) -> Result<Vec<NodeName>, HostError> {
        match &step.scope {
            Scope::Holding { mount, expected } => {
                Ok(Self::holder(hosts, mount, Some(expected))?.into_iter().collect())
            }
            Scope::Member(nodes) => {
                Ok(nodes.iter().find(|n| hosts.contains_key(*n)).cloned().into_iter().collect())
            }
            Scope::EachNode(_) | Scope::One(_) => Ok(step.nodes()),
        }
    }

    /// The same, asked now. The expected place of a shared file system is asked first: most often
    /// there is no need to ask the others.
    pub(super) fn places_now(&self, step: &Step) -> Result<Vec<NodeName>, Stop> {
        if let Scope::Holding { mount, expected } = &step.scope
            && self.fleet.has(expected)
            && self.fleet.look_at(expected, step.id.as_str(), |host| host.mounted(mount))?
        {
            return Ok(vec![expected.clone()]);
        }
        self.fleet
            .look(|hosts| Self::nodes_now(hosts, step))?
            .map_err(|e| stopped(step.id.as_str(), step.expected_host().as_ref(), e))
    }
}
