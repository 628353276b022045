//! What rgmd, and the method that it ran, write into the system's log where a method has failed or
//! does not come back: what an administrator reads there. The words are close to those of Sun
//! Cluster 3.1.

use crate::lab::syslogd::{agent_says, daemon_says};
use crate::lab::world::World;
use crate::lab::{Resource, ResourceState};
use crate::node::NodeName;
use crate::resource_type::Method;

const RGMD: &str = "Cluster.RGM.rgmd";

/// The method has failed, and leaves the resource in this state. What the method itself found wrong
/// is in a line of its own, where it ran at all.
pub(crate) fn failed(
    world: &mut World<'_>,
    resource: &Resource,
    node: &NodeName,
    method: Method,
    state: ResourceState,
    why: Option<&str>,
) {
    let program = program(world, resource, method);
    let Resource { name, group, type_name, .. } = resource;
    if let Some(why) = why {
        let tag = format!("SC[{type_name},{group},{name},{program}]");
        agent_says(world, node, &tag, 855_581, "err", why);
    }
    let text = format!(
        "Method <{program}> failed on resource <{name}> in resource group <{group}> [exit code \
         <1>]"
    );
    daemon_says(world, node, RGMD, 938_318, "err", &text);
    let text = format!("resource {name} state on node {node} change to R_{}", state.word());
    daemon_says(world, node, RGMD, 443_746, "notice", &text);
}

/// The method has not come back within its time.
pub(crate) fn timed_out(
    world: &mut World<'_>,
    resource: &Resource,
    node: &NodeName,
    method: Method,
) {
    let program = program(world, resource, method);
    let Resource { name, group, .. } = resource;
    let text = format!(
        "Method <{program}> on resource <{name}>, resource group <{group}>, node <{node}>: Timed \
         out."
    );
    daemon_says(world, node, RGMD, 764_140, "err", &text);
}

/// The group waits in this state.
pub(crate) fn waits(world: &mut World<'_>, group: &str, node: &NodeName, state: &str) {
    let text = format!("resource group {group} state on node {node} change to RG_{state}");
    daemon_says(world, node, RGMD, 529_407, "notice", &text);
}

/// The program of a method, as its registration file names it.
fn program(world: &World<'_>, resource: &Resource, method: Method) -> String {
    let kind = world.cluster.types.iter().find(|kind| kind.name == resource.type_name);
    let path = kind.and_then(|kind| kind.methods.get(method.name()));
    let name = path.map(|path| path.rsplit('/').next().unwrap_or(path).to_owned());
    name.unwrap_or_else(|| method.name().to_ascii_lowercase())
}
