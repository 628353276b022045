//! The move of a resource to another version of its type: `scrgadm -c -j R -y Type_version=V`.
//!
//! The condition comes from the new version's line for the version that the resource has; for a
//! version that is not listed, the group has to be unmanaged (816-3385/rtupgrade-18). Minimum,
//! maximum and type of what was set are checked here; the new version's Validate judges the rest
//! (816-3385/6m9lv503b).

use crate::lab::refusal::Refusal;
use crate::lab::rgm::property;
use crate::lab::world::World;
use crate::lab::{Cluster, Resource, ResourceType};
use crate::resource_type::Tunability;

/// The registered type that a resource of `old` is to have next.
pub(crate) fn target(
    world: &World<'_>,
    old: &ResourceType,
    version: &str,
) -> Result<ResourceType, Refusal> {
    if !world.cluster.personality.cluster().has_versioned_types() {
        return Err(Refusal::new(15, "Type_version: no such property"));
    }

    let types = &world.cluster.types;
    let same = |t: &&ResourceType| t.base() == old.base() && t.version == version;
    let aware = types.iter().filter(same).find(|t| t.upgrade.aware);
    match (aware, types.iter().any(|t| same(&t))) {
        (Some(kind), _) => Ok(kind.clone()),
        (None, _) if old.version == version => Ok(old.clone()),
        (None, true) => {
            let what = format!("{}: version {version} has no #$upgrade", old.base());
            Err(Refusal::new(15, what))
        }
        (None, false) => {
            let what = format!("{}:{version}: resource type is not registered", old.base());
            Err(Refusal::new(13, what))
        }
    }
}

/// Whether the resource may move now.
pub(crate) fn permitted(
    cluster: &Cluster,
    resource: &Resource,
    old: &ResourceType,
    new: &ResourceType,
) -> Result<(), Refusal> {
    let managed = cluster.group(&resource.group).is_some_and(|group| group.managed);
    let offline = resource.states.is_empty();
    let tunability = new.upgrade.tunability(&old.version);

    let fits = match tunability {
        Tunability::Anytime => true,
        // What is offline has no monitor either.
        Tunability::WhenUnmonitored => !resource.monitored || offline,
        Tunability::WhenOffline => offline,
        Tunability::WhenDisabled => !resource.enabled && offline,
        Tunability::WhenUnmanaged => !managed,
        Tunability::AtCreation => false,
    };
    if fits {
        return Ok(());
    }
    let what = format!(
        "{}: a resource of version '{}' can move to version {} {}",
        resource.name,
        old.version,
        new.version,
        tunability.when()
    );
    Err(Refusal::new(9, what))
}

/// The resource under its new type: what that does not declare is gone, everything else that was
/// set stays. What was never set takes the new default by itself.
pub(crate) fn moved(resource: &Resource, old: &ResourceType, new: &ResourceType) -> Resource {
    let mut moved = resource.clone();
    moved.type_name.clone_from(&new.name);
    moved.extensions.retain(|name, _| new.extension(name).is_some());
    moved.properties.retain(|name, _| {
        let was_declared = property::is_conditional(name) && old.standard(name).is_some();
        !was_declared || new.standard(name).is_some()
    });
    moved
}

/// Refuses what was set before and does not fit the new version.
pub(crate) fn conforming(resource: &Resource, new: &ResourceType) -> Result<(), Refusal> {
    for (name, values) in &resource.extensions {
        if let Some(declared) = new.extension(name) {
            property::check_declared(declared, values)?;
        }
    }
    for (name, values) in &resource.properties {
        if let Some(declared) = new.standard(name) {
            property::check_declared(declared, values)?;
        }
    }
    Ok(())
}
