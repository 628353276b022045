//! Makes and enables the resources of an instance: logical host, storage and service. A resource
//! is done when the cluster tells the wanted group and properties of it; its undo disables and
//! removes it. The types are `resource_types`', the group is `resource_group`'s.

use super::resource_types::{ResourceType, version_of};
use super::{Citation, Scope, Seen, Site, Step, StepKind, Views};
use crate::document::{Vfstab, VfstabEntry};
use crate::node::{Command, HostError, NodePath};
use crate::op::{Check, Op, Run, Touches, Undo};
use crate::problem::{Problem, codes};

fn prints(command: Command, text: impl Into<String>) -> Check {
    Check::Prints { command, text: text.into() }
}

/// Makes a resource; taken back by disabling and removing it.
fn create(site: &Site, resource: &str, args: Vec<String>, properties: Vec<Check>) -> Op {
    let group = &site.instance.resource_group;
    let exists = Check::Succeeds(Site::resource("GROUP", resource, &[]));
    let mut done = vec![prints(Site::resource("GROUP", resource, &[]), group.as_str())];
    done.extend(properties);

    Op::Run(
        Run::new(
            Command::new("/usr/cluster/bin/scrgadm", args),
            Check::All(done),
            Undo::by(vec![
                (
                    Command::new("/usr/cluster/bin/scswitch", ["-n", "-j", resource]),
                    Check::Any(vec![
                        exists.clone().negated(),
                        prints(Site::resource("ON_OFF_SWITCH", resource, &[]), "DISABLED"),
                    ]),
                ),
                (
                    Command::new("/usr/cluster/bin/scrgadm", ["-r", "-j", resource]),
                    exists.clone().negated(),
                ),
            ]),
        )
        .absent_when(exists.negated())
        .within(site.cluster_limit())
        .touching([Touches::Cluster]),
    )
}

/// Enables a resource: `scswitch -e`, never `scrgadm -e` (E34). That is done only while none of its
/// methods has failed, and `besides` holds.
fn enable(site: &Site, resource: &str, besides: Option<Check>) -> Op {
    let switch = |text: &str| prints(Site::resource("ON_OFF_SWITCH", resource, &[]), text);
    let mut done = vec![switch("ENABLED"), site.has_failed(resource).negated()];
    done.extend(besides);

    Op::Run(
        Run::new(
            Command::new("/usr/cluster/bin/scswitch", ["-e", "-j", resource]),
            Check::All(done),
            Undo::by(vec![(
                Command::new("/usr/cluster/bin/scswitch", ["-n", "-j", resource]),
                Check::Any(vec![
                    Check::Succeeds(Site::resource("GROUP", resource, &[])).negated(),
                    switch("DISABLED"),
                ]),
            )]),
        )
        .absent_when(switch("DISABLED"))
        .never(Check::Any(vec![site.hopeless(), site.has_failed(resource)]))
        .within(site.cluster_limit())
        .settling(site.cluster_limit())
        .touching([Touches::Cluster]),
    )
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|w| (*w).to_owned()).collect()
}

/// The logical host: a resource with a name of its own that brings up the host name's address.
pub fn logical_host(site: &Site) -> Step {
    let site = site.clone();
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
    .doing(move |_| {
        let mut args = words(&[
            "-a",
            "-L",
            "-g",
            &site.instance.resource_group,
            "-l",
            &host.name,
            "-j",
            &host.resource,
        ]);
        if let Some(list) = &host.netiflist {
            args.extend(words(&["-n", list]));
        }
        args.extend(words(&["-y", &format!("R_description={}", host.description)]));

        let group = &site.instance.resource_group;
        let named = Site::resource("EXTENSION", &host.resource, &["-G", group, "HostnameList"]);
        vec![create(
            &site,
            &host.resource,
            args,
            vec![prints(named, format!("STRINGARRAY\n{}", host.name))],
        )]
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
    .looking(Box::new(move |hosts, _, _| vfstab_on_every_node(&look, hosts)))
    .doing(move |_| {
        let (resource, group) = (&site.instance.hasp_resource, &site.instance.resource_group);
        let points: Vec<&str> =
            site.file_systems().iter().map(|fs| fs.mount_point.as_str()).collect();
        let kind = site.settings.cluster.hasp_type.as_deref();

        let args = words(&[
            "-a",
            "-j",
            resource,
            "-g",
            group,
            "-t",
            kind.unwrap_or("SUNW.HAStoragePlus"),
            "-x",
            &format!("FilesystemMountPoints={}", points.join(",")),
            "-x",
            "AffinityOn=True",
            "-y",
            &format!("R_description={}", site.instance.hasp_description),
        ]);

        let set = Site::resource("EXTENSION", resource, &["-G", group, "FilesystemMountPoints"]);
        let checks = vec![prints(set, format!("STRINGARRAY\n{}", points.join("\n")))];
        vec![create(&site, resource, args, checks)]
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
    .needing(&[StepKind::Record, StepKind::Preflight, StepKind::HaspResource, StepKind::Online])
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

        let args = words(&[
            "-a",
            "-j",
            resource,
            "-g",
            group,
            "-t",
            kind.unwrap_or("SUNW.scics"),
            "-x",
            &format!("ICS_serverroot={}", i.cal_svr_base),
            "-y",
            &format!("Resource_dependencies={},{}", i.hasp_resource, i.logical_host.resource),
        ]);

        let root = Site::resource("EXTENSION", resource, &["-G", group, "ICS_serverroot"]);
        let needs = Site::resource("RESOURCE_DEPENDENCIES", resource, &["-G", group]);
        let checks = vec![
            Check::Says { command: root, text: i.cal_svr_base.to_string() },
            Check::Says { command: needs.clone(), text: i.hasp_resource.clone() },
            Check::Says { command: needs, text: i.logical_host.resource.clone() },
        ];
        vec![create(&site, resource, args, checks)]
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
