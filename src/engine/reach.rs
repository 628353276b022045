//! The commands that mount a shared file system again which is mounted nowhere, as its group and
//! its resources stand now. They work as printed, in this order. Not for a method that has failed:
//! what is typed then is a `Remedy`.

use crate::cluster::{GroupState, Switch, commands, queries};
use crate::guide::Placement;
use crate::node::{Command, HostError, Inspect, NodeName, NodePath};
use crate::step::Views;

/// What the commands do with the service and its address, where these are enabled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Service {
    /// They come up with the group.
    Stays,
    /// They are disabled first: nothing but the storage is to start.
    Disabled,
}

/// Commands, and the node that they are typed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    pub node: NodeName,
    pub commands: Vec<String>,
}

impl Reach {
    /// Asks where the group stands; `None` when no node of the instance is connected.
    ///
    /// # Errors
    /// As every question to a node.
    pub fn of(
        of: &Placement,
        mount: &NodePath,
        hosts: &Views<'_>,
        service: Service,
    ) -> Result<Option<Self>, HostError> {
        let mut connected = of.nodes.iter().filter_map(|node| hosts.get(node).map(|h| (node, *h)));
        let Some((first, host)) = connected.next() else { return Ok(None) };
        let mut states = Vec::new();
        for node in &of.nodes {
            let said = host.query(&queries::group_state(&of.group, node))?;
            states.extend(said.success().then(|| (node, GroupState::parse(&said.text()))));
        }
        // A group that is online is left where it is.
        let online = states.iter().find(|(_, state)| *state == GroupState::Online);
        let node = online.map_or(first, |(node, _)| *node);
        let unmanaged = states.iter().any(|(_, state)| *state == GroupState::Unmanaged);

        let storage = is_enabled(host, &of.storage)?;
        let up = [&of.service, &of.address].map(|name| is_enabled(host, name).map(|on| (name, on)));
        let up: Vec<_> = up.into_iter().collect::<Result<_, _>>()?;
        // Where the storage is up already the cluster would do nothing.
        let up_already = online.is_some() && storage == Some(true);
        let Some(storage) = storage.filter(|_| !states.is_empty() && !up_already) else {
            let mount = Command::new("/usr/sbin/mount", [mount.as_str()]).line();
            return Ok(Some(Self { node: node.clone(), commands: vec![mount] }));
        };

        let mut typed = Vec::new();
        // The dependent first, in one call.
        let up = up.iter().filter(|(_, on)| *on == Some(true)).map(|(name, _)| name.as_str());
        let up: Vec<&str> = up.collect();
        if service == Service::Disabled && !up.is_empty() {
            typed.push(commands::disable(&up.join(",")));
        }
        if unmanaged {
            typed.push(commands::manage(&of.group));
        }
        if !storage {
            typed.push(commands::enable(&of.storage));
        }
        typed.push(commands::switch_to(&of.group, [node]));
        let commands = typed.iter().map(Command::line).collect();
        Ok(Some(Self { node: node.clone(), commands }))
    }

    /// Whether somebody mounts it who has to unmount it again.
    pub fn is_by_hand(&self) -> bool {
        self.commands.iter().any(|command| command.starts_with("/usr/sbin/mount "))
    }
}

/// `None` where there is no such resource.
pub(super) fn is_enabled(host: &dyn Inspect, resource: &str) -> Result<Option<bool>, HostError> {
    let said = host.query(&queries::switch(resource))?;
    Ok(said.success().then(|| Switch::is_on(&said.text())))
}
