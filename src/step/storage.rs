use super::{Citation, Hosts, Scope, Seen, Site, Step};
use crate::edit::{Vfstab, VfstabEntry};
use crate::host::{Entry, HostError, NodeName};
use crate::op::{Change, Check, Command, Format, Mode, NodePath, Op, Owner, Stdin, Undo};
use crate::problem::Problem;
use crate::setting::FileSystemKind;

fn vfstab() -> NodePath {
    NodePath::new("/etc/vfstab").expect("a fixed path")
}

/// The mount point, on every node's own root file system.
pub fn mount_directory(site: &Site) -> Step {
    let mount = site.mount().clone();
    Step::new(
        "mount-directory",
        format!("directory {mount} to mount the shared file system on"),
        Citation { section: "6.6.2", errata: &["E25", "E26", "E27"] },
        Scope::EachNode(site.nodes()),
        "It must exist on every node before anything is mounted there.",
    )
    .needing(&["record", "preflight"])
    .doing(move |_| {
        let mut missing = Vec::new();
        let mut at = mount.parent();
        while let Some(directory) = at.filter(|d| d.as_str() != "/") {
            at = directory.parent();
            missing.push(directory);
        }
        missing.reverse();
        missing.push(mount.clone());
        missing.into_iter().map(|path| Op::Mkdir { path, mode: Mode(0o755), owner: Owner::ROOT, mount_point: true }).collect()
    })
}

/// The entry of the shared file system, the same on every node.
pub fn vfstab_entry(site: &Site) -> Step {
    let entry = VfstabEntry::of(&site.instance);
    let (line, key) = (entry.line(), site.mount().to_string());
    let look_site = site.clone();
    Step::new(
        "vfstab-entry",
        format!("entry for {key} in /etc/vfstab"),
        Citation { section: "6.6.1", errata: &["E24", "E42", "E43"] },
        Scope::EachNode(site.nodes()),
        "HAStoragePlus finds devices and options of a mount point there, and wants them the same on every node.",
    )
    .needing(&["record", "preflight"])
    .looking_early(Box::new(move |hosts, only, _| examine_vfstab(&look_site, hosts, only)))
    .doing(move |_| {
        vec![Op::Edit {
            path: vfstab(),
            format: Format::Vfstab,
            changes: vec![Change::AddLine { line: line.clone(), key: key.clone() }],
            undoes: None,
        }]
    })
}

fn examine_vfstab(site: &Site, hosts: &Hosts<'_>, only: Option<&NodeName>) -> Result<Seen, HostError> {
    let mut seen = Seen::default();
    let wanted = VfstabEntry::of(&site.instance);
    for (name, host) in hosts.iter().filter(|(n, _)| only.is_none_or(|o| o == *n)) {
        match host.read(&vfstab()) {
            Ok(bytes) => {
                let problems = Vfstab::parse(&bytes).problems_for(&wanted, "/etc/vfstab");
                seen.problems.extend(problems.into_iter().map(|p| p.on(name.as_str())));
            }
            Err(HostError::Io { why, .. }) => seen.problems.push(
                Problem::new("vfstab.unreadable", format!("/etc/vfstab cannot be read: {why}"))
                    .on(name.as_str())
                    .hint("restore it from a backup; a node cannot boot without it"),
            ),
            Err(other) => return Err(other),
        }
        if let Entry::Link { target } = host.stat(&vfstab())? {
            seen.notices.push(
                Problem::new(
                    "vfstab.link",
                    format!("/etc/vfstab is a symbolic link to {target}; the file it leads to is edited"),
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
    let mount = site.mount().clone();
    Some(
        Step::new(
            "mount-global",
            format!("cluster file system mounted on {mount}"),
            Citation { section: "6.6.1", errata: &["E47"] },
            Scope::One(site.primary()),
            "Nothing in the guide mounts it; one mount serves all members.",
        )
        .needing(&["record", "preflight"])
        .doing(move |_| {
            vec![Op::Run {
                command: Command::new("/usr/sbin/mount", [mount.as_str()]),
                stdin: Stdin::Closed,
                done_when: Check::Mounted(mount.clone()),
                absent_when: Check::Always,
                never: Check::Never,
                within: site.cluster_limit(),
                settle: 0,
                touches: vec![mount.clone(), NodePath::new("/etc/mnttab").expect("a fixed path")],
                undo: Undo::Run {
                    commands: vec![(Command::new("/usr/sbin/umount", [mount.as_str()]), Check::Mounted(mount.clone()).negated())],
                    may_stay: None,
                    when_stuck: None,
                },
                leaves: Vec::new(),
            }]
        }),
    )
}
