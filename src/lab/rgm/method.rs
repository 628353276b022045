//! Whether the files of callback methods are there. What they do the lab does itself.

use crate::lab::rgm::agent::Agent;
use crate::lab::storage::Raw;
use crate::lab::world::World;
use crate::lab::{Resource, ResourceType};
use crate::node::NodeName;
use crate::resource_type::Method;

/// Refuses unless every declared one of these methods is on the node's disk and executable.
///
/// Types whose agent the lab plays need no file: a registration file of theirs with other names
/// of methods works too.
pub(crate) fn present(
    world: &mut World<'_>,
    resource: &Resource,
    node: &NodeName,
    methods: &[Method],
) -> Result<(), String> {
    if Agent::of(&resource.type_name) != Agent::Other {
        return Ok(());
    }
    let kind = world.cluster.types.iter().find(|t| t.name == resource.type_name);
    let Some(declared) = kind.map(|kind: &ResourceType| kind.methods.clone()) else {
        return Ok(());
    };

    for path in methods.iter().filter_map(|method| declared.get(method.name())) {
        let raw = world.files(node).look(path, true).ok().flatten();
        let executable = match raw {
            Some(Raw::File { mode, .. }) => mode.0 & 0o111 != 0,
            Some(Raw::Program { .. }) => true,
            _ => false,
        };
        if !executable {
            return Err(format!("{path} is not there, or cannot be executed"));
        }
    }
    Ok(())
}
