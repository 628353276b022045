//! Makes and enables the resources of an instance: logical host, storage and service. A resource
//! is done when the cluster tells the wanted group and properties of it; its undo disables and
//! removes it. The types are `resource_types`', the group is `resource_group`'s.

use super::address_type::{self, ADDRESS_TYPE};
use super::resource_types::{ResourceType, version_of};
use super::{Citation, Scope, Seen, Site, Step, StepKind, Views};
use crate::cluster::{Property, Switch, commands, queries};
use crate::document::{Vfstab, VfstabEntry};
use crate::node::{Command, HostError, NodePath};
use crate::op::{Check, Op, Run, Touches, Undo};
use crate::problem::{Problem, codes};

fn prints(command: Command, text: impl Into<String>) -> Check {
    Check::Prints { command, text: text.into() }
}

/// The cluster tells this description of a resource.
fn described(resource: &str, description: &str) -> Check {
    let command = queries::property(resource, "R_description");
    prints(command, description)
}

/// One of the lines that the cluster tells is exactly this.
fn line(command: &Command, line: &str) -> Check {
    Check::Line { command: command.clone(), line: line.to_owned() }
}

/// Makes a resource of this type, in whatever version; its undo disables and removes it.
fn create(site: &Site, resource: &str, kind: &str, command: Command, properties: Vec<Check>) -> Op {
    let group = &site.instance.resource_group;
    let gone = Site::is_gone(resource);
    let name = kind.split(':').next().unwrap_or(kind).to_owned();
    let is_of_type = Check::Versions { command: queries::type_of(resource), name, least: 1 };
    let mut done = vec![prints(queries::group_of(resource), group.as_str()), is_of_type];
    done.extend(properties);

    let off = Check::Any(vec![gone.clone(), Site::switch_is(resource, Switch::Disabled)]);
    let undo = Undo::by(vec![
        (commands::disable(resource), off),
        (commands::remove_resource(resource), gone.clone()),
    ]);

    Op::Run(
        Run::new(command, Check::All(done), undo)
            .absent_when(gone)
            .within(site.cluster_limit())
            .touching([Touches::Cluster]),
    )
}

/// Enables a resource. That is done only while none of its methods has failed, and `besides` holds.
fn enable(site: &Site, resource: &str, besides: Option<Check>) -> Op {
    let disabled = Site::switch_is(resource, Switch::Disabled);
    let mut done =
        vec![Site::switch_is(resource, Switch::Enabled), site.has_failed(resource).negated()];
    done.extend(besides);

    let off = Check::Any(vec![Site::is_gone(resource), disabled.clone()]);
    let undo = Undo::by(vec![(commands::disable(resource), off)]);

    Op::Run(
        Run::new(commands::enable(resource), Check::All(done), undo)
            .absent_when(disabled)
            .never(Check::Any(vec![site.hopeless(), site.has_failed(resource)]))
            .within(site.cluster_limit())
            .settling(site.cluster_limit())
            .touching([Touches::Cluster]),
    )
}

/// The cluster tells this group of adapters, `group@node`, as it was given; or where it tells the
/// node by its number for a name, or the other way, the group.
fn adapters(command: &Command, item: &str) -> Check {
    let (group, node) = item.split_once('@').unwrap_or((item, ""));
    let says = |text: String| Check::Says { command: command.clone(), text };
    let otherwise = vec![says(format!("{group}@")), says(format!("@{node}\n")).negated()];
    Check::Any(vec![line(command, item), Check::All(otherwise)])
}

/// The logical host: a resource with a name of its own that brings up the host name's address.
pub fn logical_host(site: &Site) -> Step {
    let site = site.clone();
    let (early, guard) = (address_type::look(&site), address_type::guard(&site));
    let host = site.instance.logical_host.clone();

    Step::new(
        StepKind::LogicalHost,
        format!("resource {} for the logical host {} ({})", host.resource, host.name, host.address),
        Citation { section: "6.6.3", errata: &["E18", "E29", "E30"] },
        Scope::Member(site.nodes()),
        "Clients connect to this name wherever the service runs.",
    )
    .needing(&[StepKind::Record, StepKind::Preflight, StepKind::ResourceGroup])
    .asking(codes::RESOURCE_NOT_OURS)
    .guarded(vec![guard])
    .looking_early(early)
    .doing(move |_| {
        let group = &site.instance.resource_group;
        let command = commands::add_logical_host(
            &host.resource,
            group,
            &host.name,
            host.netiflist.as_deref(),
            &[Property::system("R_description", &host.description)],
        );

        let named = queries::extension_in(&host.resource, group, "HostnameList");
        let mut done = vec![
            prints(named, queries::list_of_values([host.name.as_str()])),
            described(&host.resource, &host.description),
        ];

        let groups = queries::extension_in(&host.resource, group, "NetIfList");
        let items = host.netiflist.iter().flat_map(|list| list.split(','));
        done.extend(items.map(|item| adapters(&groups, item)));
        vec![create(&site, &host.resource, ADDRESS_TYPE, command, done)]
    })
}

/// The resource that mounts the shared directory where the group is.
pub fn hasp_resource(site: &Site) -> Step {
    let (site, look) = (site.clone(), site.clone());

    Step::new(
        StepKind::HaspResource,
        format!("resource {} that mounts {}", site.instance.hasp_resource, site.mounts()),
        Citation { section: "6.6.3", errata: &["E07", "E30", "E31"] },
        Scope::Member(site.nodes()),
        "HAStoragePlus checks, mounts and unmounts the shared file system with the group.",
    )
    .needing(&[
        StepKind::Record,
        StepKind::Preflight,
        StepKind::ResourceTypes,
        StepKind::ResourceGroup,
        StepKind::VfstabEntry,
        StepKind::MountDirectory,
    ])
    .asking(codes::RESOURCE_NOT_OURS)
    .choosing(version_of(&site, ResourceType::Storage))
    .looking(Box::new(move |at| vfstab_on_every_node(&look, at.hosts)))
    .doing(move |_| {
        let (resource, group) = (&site.instance.hasp_resource, &site.instance.resource_group);
        let points: Vec<&str> =
            site.file_systems().iter().map(|fs| fs.mount_point.as_str()).collect();
        let kind = site.settings.cluster.hasp_type.as_deref();

        let properties = [
            Property::extension("FilesystemMountPoints", points.join(",")),
            Property::extension("AffinityOn", "True"),
            Property::system("R_description", &site.instance.hasp_description),
        ];
        let of_type = kind.unwrap_or("SUNW.HAStoragePlus");
        let command = commands::add_resource(resource, group, of_type, &properties);

        let set = queries::extension_in(resource, group, "FilesystemMountPoints");
        let affinity = queries::extension_in(resource, group, "AffinityOn");
        let off = ["FALSE", "False", "false"].map(|word| line(&affinity, word));
        let done = vec![
            prints(set, queries::list_of_values(points)),
            Check::Succeeds(affinity),
            Check::Any(off.to_vec()).negated(),
            described(resource, &site.instance.hasp_description),
        ];
        vec![create(&site, resource, of_type, command, done)]
    })
}

/// Every mount point must stand in /etc/vfstab on every node, the same way (E44).
fn vfstab_on_every_node(site: &Site, hosts: &Views<'_>) -> Result<Seen, HostError> {
    let mut seen = Seen::default();

    for node in site.nodes() {
        let Some(host) = hosts.get(&node) else { continue };
        let bytes = match host.read(&NodePath::new("/etc/vfstab").expect("a fixed path")) {
            Err(HostError::Io { .. }) => Vec::new(),
            other => other?,
        };

        let table = Vfstab::parse(&bytes);
        for system in site.file_systems() {
            let point = &system.mount_point;
            if table.has(&VfstabEntry::of(system)) {
                seen.facts.push(format!("{node}: /etc/vfstab has the entry for {point}"));
                continue;
            }

            seen.problems.push(
                Problem::new(
                    codes::VFSTAB_MISSING,
                    format!("/etc/vfstab has no entry for {point} as wanted"),
                )
                .on(node.as_str())
                .hint(format!(
                    "run calha install: the step {} writes it",
                    site.step(StepKind::VfstabEntry)
                ))
                .section("6.6.1"),
            );
        }
    }
    Ok(seen)
}

/// The storage resource enabled: the shared directory is mounted where the group is online.
pub fn hasp_enable(site: &Site) -> Step {
    let site = site.clone();
    Step::new(
        StepKind::HaspEnable,
        format!("resource {} enabled", site.instance.hasp_resource),
        Citation { section: "6.6.3", errata: &["E34"] },
        Scope::Member(site.nodes()),
        "From here on its file systems are mounted wherever the group is online.",
    )
    .needing(&[
        StepKind::Record,
        StepKind::Preflight,
        StepKind::FileSystem,
        StepKind::HaspResource,
        StepKind::Online,
    ])
    .doing(move |_| vec![enable(&site, &site.instance.hasp_resource, None)])
}

/// The resource that starts, watches and stops Calendar Server.
pub fn service_resource(site: &Site) -> Step {
    let site = site.clone();

    Step::new(
        StepKind::ServiceResource,
        format!("resource {} that runs Calendar Server", site.instance.service_resource),
        Citation { section: "6.6.3", errata: &["E11", "E17", "E29", "E30"] },
        Scope::Member(site.standby_first()),
        "It starts only where its storage and its address are up.",
    )
    .needing(&[
        StepKind::Record,
        StepKind::Preflight,
        StepKind::ResourceTypes,
        StepKind::ResourceGroup,
        StepKind::HaspEnable,
        StepKind::HaBlock,
        StepKind::SwitchSecondary,
    ])
    .asking(codes::RESOURCE_NOT_OURS)
    .choosing(version_of(&site, ResourceType::Service))
    .doing(move |_| {
        let i = &site.instance;
        let (resource, group) = (&i.service_resource, &i.resource_group);
        let kind = site.settings.cluster.service_type.as_deref();

        let needs = format!("{},{}", i.hasp_resource, i.logical_host.resource);
        let properties = [
            Property::extension("ICS_serverroot", i.cal_svr_base.as_str()),
            Property::system("Resource_dependencies", needs),
        ];
        let of_type = kind.unwrap_or("SUNW.scics");
        let command = commands::add_resource(resource, group, of_type, &properties);

        let root = queries::extension_in(resource, group, "ICS_serverroot");
        let needs = queries::dependencies(resource, group);
        let checks = vec![
            line(&root, i.cal_svr_base.as_str()),
            line(&needs, &i.hasp_resource),
            line(&needs, &i.logical_host.resource),
        ];
        vec![create(&site, resource, of_type, command, checks)]
    })
}

/// The commit marker: from here on users are served by the cluster.
pub fn service_enable(site: &Site) -> Step {
    let site = site.clone();
    Step::new(
        StepKind::ServiceEnable,
        format!("resource {} enabled: Calendar Server starts", site.instance.service_resource),
        Citation { section: "6.6.3", errata: &["E34"] },
        Scope::Member(site.standby_first()),
        "Users of the calendar notice this step and none before it.",
    )
    .needing(&[
        StepKind::Record,
        StepKind::Preflight,
        StepKind::ServiceResource,
        StepKind::HaBlock,
        StepKind::Links,
        StepKind::SwitchSecondary,
    ])
    .doing(move |_| {
        vec![enable(&site, &site.instance.service_resource, Some(site.hopeless().negated()))]
    })
}
