//! The step that registers the two resource types, in whatever version the cluster has, and whether
//! a type is used.

use super::query::{first_line, lines};
use super::{Alternate, Alternatives, Asked, Citation, Guard, Scope, Site, Step, StepKind, Weight};
use crate::cluster::queries::registered_types;
use crate::cluster::{REGISTRATION_FILES, commands, queries, versions};
use crate::node::{HostError, Inspect, NodePath};
use crate::op::{Check, Op, Run, Touches, Undo};
use crate::problem::{Code, codes};

/// What a resource of ours is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ResourceType {
    Storage,
    Service,
}

/// The two resource types. The one that is registered is used, whatever its version is; where none
/// is, the one that is installed is registered under its name without a version.
pub fn resource_types(site: &Site) -> Step {
    let now = site.clone();
    let types: Vec<Type> = Type::of(site).into();
    Step::new(
        StepKind::ResourceTypes,
        "resource types SUNW.HAStoragePlus and SUNW.scics, registered",
        Citation { section: "6.6.3", errata: &["E02", "E09", "E29", "E31", "E40"] },
        Scope::Member(site.members()),
        "A resource can only be made of a registered type.",
    )
    .needing(&[StepKind::Record, StepKind::Preflight, StepKind::Agent])
    .guarded(types.iter().flat_map(|t| t.guards(site)).collect())
    .doing(move |_| Type::of(&now).map(|t| t.registration(&now)).into())
}

/// Whether a resource of any group is of this type, in whatever version. Where the cluster does not
/// say, none is.
///
/// # Errors
/// A node that is lost.
pub fn type_is_used(host: &dyn Inspect, full: &str) -> Result<bool, HostError> {
    let base = |full: &str| full.split(':').next().unwrap_or_default().to_owned();
    for group in lines(host, &queries::groups())? {
        for resource in lines(host, &queries::group_resources(&group))? {
            let kind = first_line(host, &queries::type_of(&resource))?;
            if kind.is_some_and(|kind| base(&kind) == base(full)) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// A type that resources of ours are made of.
struct Type {
    /// Its name without a version.
    name: &'static str,
    /// The full name that the profile gives.
    chosen: Option<String>,
    /// The setting that gives it.
    setting: &'static str,
    /// One resource of it for each instance.
    resources: Vec<String>,
}

impl Type {
    fn of(site: &Site) -> [Self; 2] {
        let all = &site.settings.instances;
        let cluster = &site.settings.cluster;
        [
            Self {
                name: "SUNW.HAStoragePlus",
                chosen: cluster.hasp_type.clone(),
                setting: "cluster.hasp-type",
                resources: all.iter().map(|i| i.hasp_resource.clone()).collect(),
            },
            Self {
                name: "SUNW.scics",
                chosen: cluster.service_type.clone(),
                setting: "cluster.service-type",
                resources: all.iter().map(|i| i.service_resource.clone()).collect(),
            },
        ]
    }

    fn is_registered(&self) -> Check {
        match &self.chosen {
            Some(full) if full != self.name => self.is_listed(full),
            _ => Check::registered(self.name),
        }
    }

    fn is_listed(&self, full: &str) -> Check {
        Check::Line { command: registered_types(), line: full.to_owned() }
    }

    /// Registers the one that is installed. A version that the profile names stands already.
    fn registration(&self, site: &Site) -> Op {
        let registered = self.is_registered();
        let answers = Check::Succeeds(registered_types());
        Op::Run(
            Run::new(
                commands::register_type(self.name),
                registered.clone(),
                Undo::Unregister { name: self.name.to_owned() },
            )
            .absent_when(Check::All(vec![answers, registered.negated()]))
            .within(site.cluster_limit())
            .touching([Touches::Cluster]),
        )
    }

    /// In these states a resource of the type could not be made later on.
    fn guards(&self, site: &Site) -> Vec<Guard> {
        let name = self.name;
        let all = |checks: Vec<Check>| Check::All(checks);
        let answers = Check::Succeeds(registered_types());
        let guard = |code: Code, wrong: Check, what: String, hint: String| {
            Guard::new(code, Asked::Any(site.members()), wrong, what).hint(hint, "6.6.3, E31")
        };

        let several = Check::Versions { command: registered_types(), name: name.into(), least: 2 };
        let to_be_made =
            Check::Any(self.resources.iter().map(|r| Site::exists(r).negated()).collect());

        let versions = guard(
            codes::RESOURCE_TYPE_VERSIONS,
            all(vec![several, to_be_made.clone()]),
            format!("several versions of {name} are registered"),
            format!(
                "say in the profile which one to use: {} = \"FULL NAME\", as scrgadm -p prints it",
                self.setting
            ),
        );

        match &self.chosen {
            Some(full) if full != name => vec![guard(
                codes::RESOURCE_TYPE_NOT_REGISTERED,
                all(vec![answers, self.is_listed(full).negated(), to_be_made]),
                format!("{full} is not registered, and the profile says to use it"),
                format!("register it: scrgadm -a -t {name} -f FILE; or correct {}", self.setting),
            )],
            // The one without a version is named exactly.
            Some(_) => {
                let wrong = all(vec![self.is_listed(name).negated(), versions.wrong]);
                vec![Guard { wrong, ..versions }, self.without_file(site, answers)]
            }
            // What the profile leaves open is a setting to choose.
            None => {
                vec![versions.weighing(Weight::Look), self.without_file(site, answers)]
            }
        }
    }

    /// It is neither registered nor is there anything to register it from.
    fn without_file(&self, site: &Site, answers: Check) -> Guard {
        let name = self.name;
        let absent = |directory: &str| {
            let path = NodePath::new(format!("{directory}/{name}")).expect("a fixed path");
            Check::Exists(path).negated()
        };
        // What needs no process comes first, so that all of it is asked in one round.
        let mut wrong: Vec<Check> = REGISTRATION_FILES.map(absent).into();
        wrong.extend([answers, Check::registered(name).negated()]);
        Guard::new(
            codes::RESOURCE_TYPE_FILE,
            Asked::Any(site.members()),
            Check::All(wrong),
            format!("{name} is not registered, and it has no registration file"),
        )
        .hint(
            format!("install its package, or register it: scrgadm -a -t {name} -f FILE"),
            "6.6.3, E31",
        )
    }
}

/// Which of several versions a resource that is still to be made is made of.
pub(super) fn version_of(site: &Site, of: ResourceType) -> Alternate {
    let site = site.clone();
    Box::new(move |hosts| {
        let [storage, service] = Type::of(&site);
        let (kind, resource) = match of {
            ResourceType::Storage => (storage, &site.instance.hasp_resource),
            ResourceType::Service => (service, &site.instance.service_resource),
        };
        let members = site.members();
        let asked = members.iter().find_map(|node| Some((node, *hosts.get(node)?)));
        let Some((node, host)) = asked.filter(|_| kind.chosen.is_none()) else { return Ok(None) };
        let listed = host.query(&registered_types())?.text();
        let made = host.query(&queries::group_of(resource))?.success();
        let values: Vec<String> = versions(&listed, kind.name).map(str::to_owned).collect();
        if made || values.len() < 2 {
            return Ok(None);
        }
        let what = format!(
            "several versions of {} are registered; which one is resource {resource} made of?",
            kind.name
        );
        Ok(Some(Alternatives { setting: kind.setting, node: node.clone(), what, values }))
    })
}
