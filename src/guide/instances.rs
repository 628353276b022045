//! The steps of all three models, in the corrected order.
//!
//! A model is a description, not a procedure: which instances there are, on which nodes, and whether their programs lie on a shared
//! disk (6.7) or on each node's own (6.6). What prepares nodes comes first, for all instances; then one instance after the other.

use crate::edit::HaBlock;
use crate::op::NodePath;
use crate::problem::{Problem, codes};
use crate::setting::Settings;
use crate::step::{self, Citation, Site, Step};

/// Steps that are there once, however many instances there are.
pub(super) const SHARED: [&str; 6] =
    ["record", "preflight", "accounts", "spare-software", "directory-server", "resource-types"];

/// The steps and calha's directory on the nodes.
pub(super) fn steps(settings: &Settings, profile: &str) -> Result<(Vec<Step>, NodePath), Problem> {
    let named = |why: String| {
        Problem::new(codes::PROFILE_NAME, why)
            .hint("name the profile file with letters, digits, - and _")
    };
    let sites: Vec<Site> = settings
        .instances
        .iter()
        .map(|i| Site::new(settings, i, profile))
        .collect::<Result<_, _>>()
        .map_err(named)?;
    let site = sites.first().ok_or_else(|| {
        Problem::new(codes::INSTANCE_MISSING, "the profile has no instance")
            .hint("add a table [instance.NAME]")
    })?;
    let several = sites.len() > 1;
    let own = |site: &Site, step: Step| {
        if !several {
            return step;
        }
        let first = step.id == "prerequisites";
        let step = step.of(site, &SHARED);
        if first { step } else { step.needing(&[&site.step("prerequisites")]) }
    };
    let configuring: Vec<String> = sites
        .iter()
        .flat_map(|s| ["configure-primary", "configure-secondary"].map(|base| s.step(base)))
        .collect();
    let configuring: Vec<&str> = configuring.iter().map(String::as_str).collect();

    let mut steps = vec![
        step::record(site),
        step::preflight(&sites),
        step::accounts(site).kept_once(&configuring),
    ];
    for site in &sites {
        if several {
            steps.push(own(site, step::prerequisites(site)));
        }
        steps.extend(prepared(site).into_iter().map(|step| own(site, step)));
    }
    steps.extend(step::spare_software(site));
    steps.push(step::directory_server(site));
    steps.push(step::resource_types(site));
    for site in &sites {
        let block = HaBlock::of(&site.instance)?;
        let cited = |step: Step| Step { cite: citation(site, &step), ..step };
        steps.extend(configured(site, block).into_iter().map(|step| own(site, cited(step))));
    }
    // A step that this instance has no use for is needed by none.
    let known: Vec<String> = steps.iter().map(|s| s.id.clone()).collect();
    steps.iter_mut().for_each(|step| step.needs.retain(|need| known.contains(need)));
    Ok((steps, site.record.clone()))
}

/// Where the symmetric procedure differs from 6.6.3 in what it prints, its own sections and errata are cited.
fn citation(site: &Site, step: &Step) -> Citation {
    let errata: &[&str] = match (step.id.as_str(), site.instance.shares_programs()) {
        ("ha-block", false) if site.instance.watcher_port.is_some() => {
            return Citation {
                section: "6.1.3, 6.6.3",
                errata: &["E18", "E20", "E21", "E68", "E69", "E70"],
            };
        }
        (_, false) => return step.cite,
        ("logical-host", _) => &["E18", "E29", "E30", "E52", "E53"],
        ("hasp-resource", _) => &["E07", "E30", "E31", "E44", "E54", "E55"],
        ("hold-primary", _) => &["E15", "E48"],
        ("software", _) => &["E48", "E49", "E50", "E51"],
        ("configure-primary", _) => &["E14", "E56", "E58", "E65", "E66", "E67"],
        ("switch-secondary", _) => &["E12", "E59"],
        ("ha-block", _) => &["E12", "E18", "E20", "E21", "E68", "E69", "E70"],
        ("service-resource", _) => &["E13", "E17", "E29", "E30", "E57"],
        _ => step.cite.errata,
    };
    Citation { section: "6.7.2, 6.7.3", errata }
}

/// What is done on nodes before the cluster knows of the instance.
fn prepared(site: &Site) -> Vec<Step> {
    let mut steps = vec![step::mount_directory(site), step::vfstab_entry(site)];
    steps.extend(step::mount_global(site));
    if !site.instance.shares_programs() {
        steps.extend([step::software(site), step::installed_tree(site)]);
    }
    steps
}

/// The group, its resources, the configuration, the service.
fn configured(site: &Site, block: HaBlock) -> Vec<Step> {
    let (primary, secondary) = (site.primary(), site.secondary());
    let mut steps = vec![
        step::resource_group(site),
        step::logical_host(site),
        step::online(site),
        step::hasp_resource(site),
        step::hasp_enable(site),
        step::switch_to(
            site,
            "hold-primary",
            &primary,
            "The configurator writes to the shared disk, so it must be mounted on the node it runs on.",
            &["online"],
        ),
    ];
    if site.instance.shares_programs() {
        // The disk the programs go to is mounted only now: the guide, which installs first, relies on a cluster file system.
        steps.extend([step::software(site), step::installed_tree(site)]);
    }
    steps.push(step::configure_primary(site));
    if !site.instance.shares_programs() {
        steps.push(step::carry_state(site));
    }
    let why = if site.instance.shares_programs() {
        "The test that everything of the instance moves; the service starts where it is then."
    } else {
        "The second node needs the shared disk for its own configuration."
    };
    steps.push(step::switch_to(site, "switch-secondary", &secondary, why, &["online"]));
    if !site.instance.shares_programs() {
        steps.extend([step::link_secondary(site), step::configure_secondary(site)]);
    }
    steps.extend([
        step::links(site),
        step::backup(site),
        step::ha_block(site, block),
        step::service_resource(site),
        step::service_enable(site),
    ]);
    if !site.instance.shares_programs() {
        steps.push(step::drop_state(site));
    }
    let test = if site.instance.shares_programs() {
        "The test of 6.7.2 and 6.7.3: it moves, and comes back."
    } else {
        "The test of 6.6.3: it moves, and comes back."
    };
    steps.extend([
        step::switch_to(site, "switch-back", &primary, test, &["online"]),
        step::prove(site),
        step::complete(site),
    ]);
    steps
}
