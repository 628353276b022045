//! Prepares the shared file systems: mount points, entries in /etc/vfstab, and the first mount
//! of a cluster file system. What would make the edit of /etc/vfstab wrong is said before the
//! first change. A failover file system is mounted by HAStoragePlus, never here.

use super::{Asked, Citation, Scope, Seen, Site, Step, StepKind, Views, document, table_guard};
use crate::document::{Vfstab, VfstabEntry};
use crate::node::{Command, HostError, Mode, NodeName, NodePath, Owner};
use crate::op::{Change, Check, Format, Op, Run, Touches, Undo};
use crate::problem::{Problem, codes};
use crate::setting::FileSystemKind;

fn vfstab() -> NodePath {
    NodePath::new("/etc/vfstab").expect("a fixed path")
}

/// The mount point, on every node's own root file system.
pub fn mount_directory(site: &Site) -> Step {
    let mounts: Vec<NodePath> =
        site.file_systems().iter().map(|fs| fs.mount_point.clone()).collect();

    let (section, errata): (_, &[&str]) = match mounts.len() {
        1 => ("6.6.2", &["E25", "E26", "E27"]),
        _ => ("6.7.1", &["E46", "E47"]),
    };
    let what = if mounts.len() == 1 { "directory" } else { "directories" };
    let on = if mounts.len() == 1 { "the shared file system" } else { "shared file systems" };

    Step::new(
        StepKind::MountDirectory,
        format!("{what} {} to mount {on} on", site.mounts()),
        Citation { section, errata },
        Scope::EachNode(site.mounting()),
        "It must exist on every node before anything is mounted there.",
    )
    .needing(&[StepKind::Record, StepKind::Preflight])
    .doing(move |_| {
        let mut missing: Vec<NodePath> = Vec::new();
        for mount in &mounts {
            let mut above = vec![mount.clone()];
            while let Some(directory) =
                above.last().and_then(NodePath::parent).filter(|d| d.as_str() != "/")
            {
                above.push(directory);
            }
            missing.extend(
                above.into_iter().rev().filter(|d| !missing.contains(d)).collect::<Vec<_>>(),
            );
        }

        missing
            .into_iter()
            .map(|path| Op::Mkdir {
                path,
                mode: Mode(0o755),
                owner: Owner::ROOT,
                mount_point: true,
            })
            .collect()
    })
}

/// The entry of the shared file system, the same on every node.
pub fn vfstab_entry(site: &Site) -> Step {
    let changes: Vec<Change> = site
        .file_systems()
        .into_iter()
        .map(|fs| Change::AddLine {
            line: VfstabEntry::of(fs).line(),
            key: fs.mount_point.to_string(),
        })
        .collect();

    let (section, errata): (_, &[&str]) = match changes.len() {
        1 => ("6.6.1", &["E24", "E42", "E43"]),
        _ => ("6.7.1", &["E24", "E42", "E43", "E44", "E45"]),
    };
    let what = if changes.len() == 1 { "entry" } else { "entries" };
    let look_site = site.clone();
    let asked = Asked::Each(site.mounting());
    let guards = |system| table_guard::flaws(&vfstab(), system, &asked);
    let guards = site.file_systems().into_iter().flat_map(guards).collect();

    Step::new(
        StepKind::VfstabEntry,
        format!("{what} for {} in /etc/vfstab", site.mounts()),
        Citation { section, errata },
        Scope::EachNode(site.mounting()),
        "HAStoragePlus finds devices and options of a mount point there, and wants them the same \
         on every node.",
    )
    .needing(&[StepKind::Record, StepKind::Preflight])
    .endangering(format!(
        "without its entry in /etc/vfstab {} cannot mount {} at its next start, on any node, and \
         the group fails there",
        site.instance.hasp_resource,
        site.mounts()
    ))
    .looking_early(Box::new(move |at| examine_vfstab(&look_site, at.hosts, at.node)))
    .guarded(guards)
    .doing(move |_| {
        vec![Op::Edit {
            path: vfstab(),
            format: Format::Vfstab,
            changes: changes.clone(),
            undoes: None,
        }]
    })
}

fn examine_vfstab(
    site: &Site,
    hosts: &Views<'_>,
    only: Option<&NodeName>,
) -> Result<Seen, HostError> {
    let mut seen = Seen::default();
    let wanted: Vec<VfstabEntry> = site.file_systems().into_iter().map(VfstabEntry::of).collect();

    for (name, host) in
        hosts.iter().filter(|(n, _)| site.mounting().contains(n) && only.is_none_or(|o| o == *n))
    {
        let unreadable = Problem::new(codes::VFSTAB_UNREADABLE, "/etc/vfstab cannot be read")
            .hint("restore it from a backup; a node cannot boot without it");
        if let Some(bytes) = document::read(*host, &vfstab(), &mut seen, unreadable)? {
            let table = Vfstab::parse(&bytes);
            let mut problems: Vec<Problem> =
                wanted.iter().flat_map(|entry| table.problems_for(entry, "/etc/vfstab")).collect();
            Problem::sort(&mut problems);
            // What is wrong with the file as a whole is wrong for each entry.
            problems.dedup();
            let notices = table.notices_for(&wanted, "/etc/vfstab");
            seen.problems.extend(problems.into_iter().map(|p| p.on(name.as_str())));
            seen.notices.extend(notices.into_iter().map(|p| p.on(name.as_str())));
        }

        if let Some(target) = host.link(&vfstab())? {
            seen.notices.push(
                Problem::new(
                    codes::VFSTAB_LINK,
                    format!(
                        "/etc/vfstab is a symbolic link to {target}; the file it leads to is edited"
                    ),
                )
                .on(name.as_str()),
            );
        }
    }
    Ok(seen)
}

/// A cluster file system is mounted once from any member; a failover file system never by hand.
pub fn mount_global(site: &Site) -> Option<Step> {
    if site.instance.file_system.kind != FileSystemKind::Cluster {
        return None;
    }

    let site = site.clone();
    Some(
        Step::new(
            StepKind::MountGlobal,
            format!("cluster file system mounted on {}", site.mounts()),
            Citation {
                section: if site.file_systems().len() == 1 { "6.6.1" } else { "6.7.1" },
                errata: &["E47"],
            },
            Scope::One(site.primary()),
            "Nothing in the guide mounts it; one mount serves all members.",
        )
        .needing(&[StepKind::Record, StepKind::Preflight, StepKind::FileSystem])
        .doing(move |_| {
            let mount = |mount: &NodePath| {
                Op::Run(
                    Run::new(
                        Command::new("/usr/sbin/mount", [mount.as_str()]),
                        Check::Mounted(mount.clone()),
                        Undo::by(vec![(
                            Command::new("/usr/sbin/umount", [mount.as_str()]),
                            Check::Mounted(mount.clone()).negated(),
                        )]),
                    )
                    .within(site.cluster_limit())
                    .touching([Touches::Path(mount.clone()), Touches::Mounts]),
                )
            };
            site.file_systems().into_iter().map(|fs| mount(&fs.mount_point)).collect()
        }),
    )
}
