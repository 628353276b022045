//! The asymmetric model (6.3, 6.6), in the corrected order: both installations, the cluster's resources, then the configurator on each node.

use crate::edit::HaBlock;
use crate::op::NodePath;
use crate::problem::Problem;
use crate::setting::Settings;
use crate::step::{self, Site, Step};

/// The steps and calha's directory on the nodes.
pub(super) fn steps(settings: &Settings, profile: &str) -> Result<(Vec<Step>, NodePath), Problem> {
    let instance = settings
        .instances
        .first()
        .ok_or_else(|| Problem::new("instance.missing", "the profile has no instance").hint("add a table [instance.NAME]"))?;
    let site = Site::new(settings, instance, profile)
        .map_err(|why| Problem::new("profile.name", why).hint("name the profile file with letters, digits, - and _"))?;
    let block = HaBlock::of(instance)?;
    let mut steps = vec![step::record(&site), step::preflight(&site), step::accounts(&site), step::mount_directory(&site)];
    steps.push(step::vfstab_entry(&site));
    let global = step::mount_global(&site);
    steps.extend(global);
    steps.extend([
        step::software(&site),
        step::installed_tree(&site),
        step::directory_server(&site),
        step::resource_types(&site),
        step::resource_group(&site),
        step::logical_host(&site),
        step::online(&site),
        step::hasp_resource(&site),
        step::hasp_enable(&site),
        step::switch_to(
            &site,
            "hold-primary",
            &site.primary(),
            "The configurator writes to the shared disk, so it must be mounted on the node it runs on.",
            &["online"],
        ),
        step::configure_primary(&site),
        step::carry_state(&site),
        step::switch_to(
            &site,
            "switch-secondary",
            &site.secondary(),
            "The second node needs the shared disk for its own configuration.",
            &["online"],
        ),
        step::link_secondary(&site),
        step::configure_secondary(&site),
        step::links(&site),
        step::backup(&site),
        step::ha_block(&site, block),
        step::service_resource(&site),
        step::service_enable(&site),
        step::drop_state(&site),
        step::switch_to(&site, "switch-back", &site.primary(), "The test of 6.6.3: it moves, and comes back.", &["online"]),
        step::prove(&site),
        step::complete(&site),
    ]);
    Ok((steps, site.record))
}
