//! The steps of all three models, in the corrected order.
//!
//! A model is a description, not a procedure: which instances there are, on which nodes, and
//! whether their programs lie on a shared disk (6.7) or on each node's own (6.6). What prepares
//! nodes comes first, for all instances; then one instance after the other.

use crate::document::HaBlock;
use crate::node::NodePath;
use crate::problem::{Problem, codes};
use crate::setting::Settings;
use crate::step::{self, Citation, Site, Step, StepId, StepKind};

/// Steps that are there once, however many instances there are.
const SHARED: [StepKind; 7] = [
    StepKind::Record,
    StepKind::Preflight,
    StepKind::Accounts,
    StepKind::Agent,
    StepKind::SpareSoftware,
    StepKind::DirectoryServer,
    StepKind::ResourceTypes,
];

/// The steps and calha's directory on the nodes.
pub(super) fn steps(settings: &Settings, profile: &str) -> Result<(Vec<Step>, NodePath), Problem> {
    let sites = sites(settings, profile)?;
    let site = first(&sites)?;
    let several = sites.len() > 1;
    let own = |site: &Site, step: Step| {
        if !several {
            return step;
        }
        let step = match step.id.kind {
            StepKind::Prerequisites => step,
            _ => step.needing(&[StepKind::Prerequisites]),
        };
        step.of(site, &SHARED)
    };

    let configuring: Vec<StepId> = sites
        .iter()
        .flat_map(|s| {
            [StepKind::ConfigurePrimary, StepKind::ConfigureSecondary].map(|kind| s.step(kind))
        })
        .collect();

    let mut steps = vec![
        step::record(site),
        step::preflight(&sites),
        step::accounts(site).kept_once(configuring),
    ];
    for site in &sites {
        if several {
            steps.push(own(site, step::prerequisites(site)));
        }
        let entered = [step::mount_directory(site), step::vfstab_entry(site)];
        steps.extend(entered.map(|step| own(site, step)));
    }
    for site in &sites {
        steps.extend(prepared(site).into_iter().map(|step| own(site, step)));
    }
    steps.extend(step::spare_software(site));
    steps.push(step::directory_server(site));
    steps.extend([step::agent(site), step::resource_types(site)]);

    for site in &sites {
        let block = HaBlock::of(&site.instance)?;
        let cited = |step: Step| Step { cite: citation(site, &step), ..step };
        steps.extend(configured(site, block).into_iter().map(|step| own(site, cited(step))));
    }

    for step in &mut steps {
        step.needs.retain(|need| sites.iter().all(|site| applies(site, need)));
    }
    Ok((steps, site.record.clone()))
}

/// The instances with what their steps need to know.
fn sites(settings: &Settings, profile: &str) -> Result<Vec<Site>, Problem> {
    let sites = settings.instances.iter().map(|i| Site::new(settings, i, profile));
    sites.collect::<Result<_, _>>().map_err(|why| {
        Problem::new(codes::PROFILE_NAME, why)
            .hint("name the profile file with letters, digits, - and _")
    })
}

/// The instance that stands for all of them where a step is there once.
fn first(sites: &[Site]) -> Result<&Site, Problem> {
    sites.first().ok_or_else(|| {
        Problem::new(codes::INSTANCE_MISSING, "the profile has no instance")
            .hint("add a table [instance.NAME]")
    })
}

/// Whether the instance has such a step, as far as it is for the instance to say: programs that lie
/// on a shared disk are configured once, so nothing is carried to the second node.
fn applies(site: &Site, step: &StepId) -> bool {
    let carried = matches!(
        step.kind,
        StepKind::CarryState
            | StepKind::LinkSecondary
            | StepKind::ConfigureSecondary
            | StepKind::DropState
    );
    !(carried && site.instance.shares_programs() && *step == site.step(step.kind))
}

/// Where the symmetric procedure differs from 6.6.3 in what it prints, its own sections and errata
/// are cited.
fn citation(site: &Site, step: &Step) -> Citation {
    let errata: &[&str] = match (step.id.kind, site.instance.shares_programs()) {
        (StepKind::HaBlock, false) if site.instance.watcher_port.is_some() => {
            return Citation {
                section: "6.1.3, 6.6.3",
                errata: &["E18", "E20", "E21", "E68", "E69", "E70"],
            };
        }
        (_, false) => return step.cite,
        (StepKind::LogicalHost, _) => &["E18", "E29", "E30", "E52", "E53"],
        (StepKind::HaspResource, _) => &["E07", "E30", "E31", "E44", "E54", "E55"],
        (StepKind::HoldPrimary, _) => &["E15", "E48"],
        (StepKind::Software, _) => &["E48", "E49", "E50", "E51"],
        (StepKind::ConfigurePrimary, _) => &["E14", "E56", "E58", "E65", "E66", "E67"],
        (StepKind::SwitchSecondary, _) => &["E12", "E59"],
        (StepKind::HaBlock, _) => &["E12", "E18", "E20", "E21", "E68", "E69", "E70"],
        (StepKind::ServiceResource, _) => &["E13", "E17", "E29", "E30", "E57"],
        _ => step.cite.errata,
    };
    Citation { section: "6.7.2, 6.7.3", errata }
}

/// What is done on nodes before the cluster knows of the instance, once all entries stand in
/// /etc/vfstab: much of it is done by hand, which nothing else can go along with.
fn prepared(site: &Site) -> Vec<Step> {
    let mut steps = vec![step::file_system(site)];
    steps.extend(step::mount_global(site));
    if !site.instance.shares_programs() {
        steps.extend([step::software(site), step::installed_tree(site)]);
    }
    steps
}

/// The group with its resources, the configuration, the service and its test.
fn configured(site: &Site, block: HaBlock) -> Vec<Step> {
    let shared = site.instance.shares_programs();
    let mut steps = group(site);
    steps.extend(configuration(site));
    steps.extend([
        step::links(site),
        step::backup(site),
        step::ha_block(site, block),
        step::service_resource(site),
        step::service_enable(site),
    ]);
    if !shared {
        steps.push(step::drop_state(site));
    }

    let test = if shared {
        "The test of 6.7.2 and 6.7.3: it moves, and comes back."
    } else {
        "The test of 6.6.3: it moves, and comes back."
    };
    let primary = site.primary();
    steps.extend([
        step::switch_to(site, StepKind::SwitchBack, &primary, test, &[StepKind::Online]),
        step::prove(site),
        step::complete(site),
    ]);
    steps
}

/// The group with address and storage, held on the primary node.
fn group(site: &Site) -> Vec<Step> {
    let why = "The configurator writes to the shared disk, so it must be mounted on the node it \
               runs on.";
    let primary = site.primary();
    vec![
        step::resource_group(site),
        step::logical_host(site),
        step::online(site),
        step::hasp_resource(site),
        step::hasp_enable(site),
        step::switch_to(site, StepKind::HoldPrimary, &primary, why, &[StepKind::Online]),
    ]
}

/// The configurator, on both nodes or where the programs move along on the primary alone.
fn configuration(site: &Site) -> Vec<Step> {
    let shared = site.instance.shares_programs();
    let mut steps = Vec::new();
    if shared {
        // The disk the programs go to is mounted only now: the guide, which installs first, relies
        // on a cluster file system.
        steps.extend([step::software(site), step::installed_tree(site)]);
    }
    steps.push(step::configure_primary(site));
    if !shared {
        steps.push(step::carry_state(site));
    }

    let why = if shared {
        "The test that everything of the instance moves; the service starts where it is then."
    } else {
        "The second node needs the shared disk for its own configuration."
    };
    let (kind, secondary) = (StepKind::SwitchSecondary, site.secondary());
    steps.push(step::switch_to(site, kind, &secondary, why, &[StepKind::Online]));
    if !shared {
        steps.extend([step::link_secondary(site), step::configure_secondary(site)]);
    }
    steps
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::guide::Guide;
    use crate::step::Role;

    /// The guides of all models with both kinds of file system, each with its instances.
    fn guides() -> Vec<(Guide, Vec<Site>)> {
        let models: [(&str, &[&str]); 3] = [
            ("asymmetric", &["cal"]),
            ("symmetric", &["cs1", "cs2"]),
            ("n-plus-one", &["cs1", "cs2", "cs3"]),
        ];
        let mut all = Vec::new();
        for (model, instances) in models {
            for system in ["failover", "cluster"] {
                let file =
                    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("profiles/{model}.toml"));
                let set: Vec<String> = instances
                    .iter()
                    .map(|name| format!("instance.{name}.file-system={system}"))
                    .collect();
                let resolved = crate::profile::load(&file, &set).unwrap();

                let settings = &resolved.settings;
                let site = |i| Site::new(settings, i, model).unwrap();
                let sites: Vec<Site> = settings.instances.iter().map(site).collect();
                all.push((Guide::of(&resolved, model).unwrap(), sites.clone()));
                all.push((Guide::debugging(&resolved, model, 9).unwrap(), sites));
            }
        }
        all
    }

    #[test]
    fn whatever_a_step_names_is_there_or_is_declared_not_to_apply() {
        let (mut named, mut without) = (0, 0);
        for (guide, sites) in guides() {
            let is_there = |id: &StepId| guide.steps.iter().any(|s| s.id == *id);
            let declared = |id: &StepId| sites.iter().any(|site| !applies(site, id));
            for step in &guide.steps {
                for id in &step.needs {
                    assert!(is_there(id), "{}: {step:?} needs {id}", guide.profile);
                }
                let besides = [&step.invalidates, &step.kept_once, &step.cleans];
                for id in besides.into_iter().flatten() {
                    named += 1;
                    without += usize::from(!is_there(id));
                    assert!(is_there(id) != declared(id), "{}: {step:?} names {id}", guide.profile);
                }
            }
        }
        assert!(named > 0 && without > 0 && without < named, "{without} of {named}");
    }

    #[test]
    fn a_step_needs_what_comes_before_it_and_each_id_is_there_once() {
        for (guide, _) in guides() {
            let mut before: Vec<&StepId> = Vec::new();
            for step in &guide.steps {
                assert!(!before.contains(&&step.id), "{}: {step:?} twice", guide.profile);
                for need in &step.needs {
                    assert!(before.contains(&need), "{}: {step:?} needs {need}", guide.profile);
                }
                before.push(&step.id);
            }
        }
    }

    /// The roles are what others ask for instead of names: each instance has each of them.
    #[test]
    fn one_step_records_and_one_of_each_instance_completes() {
        for (guide, sites) in guides().into_iter().filter(|(g, _)| !g.profile.ends_with(".debug")) {
            let with = |role| guide.steps.iter().filter(|s| s.role == role).count();
            assert_eq!(with(Role::Records), 1, "{}", guide.profile);
            assert_eq!(with(Role::Completes), sites.len(), "{}", guide.profile);
            let last = guide.steps.last().map(|s| s.role);
            assert_eq!(last, Some(Role::Completes), "{}", guide.profile);
        }
    }
}
