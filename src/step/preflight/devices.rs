//! Looks at the volumes of an instance: devices, file system, what is mounted in their place,
//! device group. A wrong device or file system is a problem; what the commands cannot tell is a
//! notice or "not checked". calha makes neither volumes nor file systems.

use crate::cluster::{ResourceState, queries};
use crate::node::{Command, HostError, Inspect, NodeName, NodePath};
use crate::op::Check;
use crate::problem::{Problem, codes};
use crate::setting::{FileSystem, FileSystemKind};
use crate::step::file_system::is_missing;
use crate::step::{Asked, Guard, Seen, Site, Weight};

/// The devices exist and hold the kind of file system that the profile says. A volume without one
/// is told apart from one of which fstyp(1M) cannot say.
pub(in crate::step) fn devices(fs: &FileSystem, asked: &Asked) -> Vec<Guard> {
    let mut all = Vec::new();
    for (device, letter, kind) in
        [(&fs.block_device, "b", "block"), (&fs.raw_device, "c", "character")]
    {
        // Names below /dev are links into /devices; the letter in front of the permissions says
        // what stands at their end.
        let listing = Command::new("/usr/bin/ls", ["-ldnL", device.as_str()]);
        let right = Check::Starts { command: listing.clone(), text: letter.into() };
        let what = format!("{device} should be a {kind} device");
        let guard = Guard::new(codes::PREFLIGHT_DEVICE, asked.clone(), right.negated(), what);
        let hint = "make the volume first; calha never makes a file system";
        all.push(guard.showing(listing).hint(hint, "6.6.1"));
    }

    let fstyp = Command::new("/usr/sbin/fstyp", [fs.raw_device.as_str()]);
    let says = Check::Succeeds(fstyp.clone());
    let right = Check::Line { command: fstyp.clone(), line: fs.fs_type.clone() };
    let said = |wrong: Check, what: String, hint: &str| {
        Guard::new(codes::PREFLIGHT_NO_FILE_SYSTEM, asked.clone(), wrong, what)
            .weighing(Weight::Says)
            .hint(hint, "6.6.1")
    };
    let missing = is_missing(fs);
    let none = said(
        missing.clone(),
        format!("no file system is on {}", fs.raw_device),
        "the step \"file-system\" has somebody make it, if the volume is new",
    );
    let unknown = said(
        Check::All(vec![says.clone().negated(), missing.negated()]),
        format!("not known: whether {} has a file system; fstyp cannot say", fs.raw_device),
        "look at the volume: a file system that is there stays as it is",
    );
    let other = Guard::new(
        codes::PREFLIGHT_FILE_SYSTEM,
        asked.clone(),
        Check::All(vec![says, right.negated()]),
        format!("{} should hold {}, as the profile says", fs.raw_device, fs.fs_type),
    )
    .showing(fstyp)
    .hint(
        "correct fs-type in the profile, or name another volume: a new file system would destroy \
         what is on this one",
        "6.6.1",
    );
    all.extend([none, unknown, other]);
    all
}

/// A line of the table of mounts begins so.
fn mounted_as(text: String) -> Check {
    Check::Begins { path: NodePath::new("/etc/mnttab").expect("a fixed path"), text }
}

/// The file system is mounted on its directory.
fn ours(fs: &FileSystem) -> Check {
    mounted_as(format!("{}\t{}\t", fs.block_device, fs.mount_point))
}

/// Another device is mounted on the file system's directory.
pub(in crate::step) fn mounted(fs: &FileSystem, asked: &Asked) -> Guard {
    Guard::new(
        codes::PREFLIGHT_MOUNTED,
        asked.clone(),
        Check::All(vec![Check::Mounted(fs.mount_point.clone()), ours(fs).negated()]),
        format!("something else is mounted on {}", fs.mount_point),
    )
    .only_fresh()
    .showing(Command::new("/usr/sbin/df", ["-k", fs.mount_point.as_str()]))
    .hint("unmount it, or choose another directory", "6.2")
}

/// The file system's device is mounted on another directory, by somebody else.
pub(super) fn elsewhere(fs: &FileSystem, asked: &Asked) -> Guard {
    let device = mounted_as(format!("{}\t", fs.block_device));
    let wrong = Check::All(vec![device, ours(fs).negated()]);
    let what = format!("{} is mounted elsewhere than on {}", fs.block_device, fs.mount_point);
    Guard::new(codes::PREFLIGHT_MOUNTED, asked.clone(), wrong, what)
        .only_fresh()
        .showing(Command::new("/usr/sbin/df", ["-k", fs.block_device.as_str()]))
        .hint("see who uses it (fuser -c), and unmount it there", "6.2")
}

/// The file system is mounted on this node, and its resource is not up there: the cluster has not
/// done that, and would mount it on another node as well, which destroys what is on it. A cluster
/// file system may be mounted on all of them.
pub(super) fn by_hand(site: &Site, fs: &FileSystem, node: &NodeName) -> Option<Guard> {
    if fs.kind == FileSystemKind::Cluster {
        return None;
    }
    let (mount, resource) = (&fs.mount_point, &site.instance.hasp_resource);
    let up = Site::resource_is(resource, node, &ResourceState::UP);
    let what = format!("{mount} is mounted here, and not by the cluster");
    let here = Asked::Each(vec![node.clone()]);
    let wrong = Check::All(vec![ours(fs), up.negated()]);
    Some(
        Guard::new(codes::PREFLIGHT_MOUNTED, here, wrong, what)
            .only_fresh()
            .showing(Command::new("/usr/sbin/df", ["-k", mount.as_str()]))
            .hint(
                format!("see who uses it, fuser -c {mount}, and unmount it: umount {mount}"),
                "6.2",
            ),
    )
}

/// The device group of the volume must be able to follow the resource group to every node.
///
/// The layout of `scstat -D` differs between releases, so a line with all names is enough, and its
/// absence only a notice.
pub(super) fn device_group(
    site: &Site,
    fs: &FileSystem,
    node: &NodeName,
    host: &dyn Inspect,
    seen: &mut Seen,
) -> Result<(), HostError> {
    let device = fs.block_device.as_str();
    let Some(group) = group_of(device) else {
        seen.facts.push(format!(
            "{node}: not checked: device group of {device} (neither a disk set nor a disk group)"
        ));
        return Ok(());
    };

    let output = host.query(&queries::device_groups())?;
    let text = output.text();
    let about: Vec<Vec<&str>> = text
        .lines()
        .map(|l| l.split_whitespace().collect::<Vec<_>>())
        .filter(|words| words.contains(&group))
        .collect();

    let members = site.nodes();
    let missing: Vec<&str> = members
        .iter()
        .map(NodeName::as_str)
        .filter(|n| !about.iter().any(|words| words.contains(n)))
        .collect();

    if missing.is_empty() {
        seen.facts.push(format!("{node}: device group {group} lists every node"));
    } else if about.iter().any(|words| words.contains(&"-")) {
        // Which nodes it could go to is not shown of one that is offline.
        seen.facts.push(format!(
            "{node}: not checked: nodes of device group {group} (scstat -D shows \"-\" as its \
             primary)"
        ));
    } else {
        let what = if about.is_empty() {
            format!("scstat -D knows no device group {group}")
        } else {
            format!("scstat -D shows the device group {group} without {}", missing.join(", "))
        };
        let hint = format!(
            "the group must be able to go wherever {} goes: scconf -pvv lists its nodes",
            site.instance.resource_group
        );
        seen.notices.push(
            Problem::new(codes::PREFLIGHT_DEVICE_GROUP, what)
                .on(node.as_str())
                .hint(hint)
                .section("6.2"),
        );
    }
    Ok(())
}

/// The device group that the name of a volume names.
fn group_of(device: &str) -> Option<&str> {
    let mut parts = device.split('/').skip(2);
    match (parts.next(), parts.next(), parts.next()) {
        (Some("md"), Some(set), Some("dsk")) => Some(set),
        (Some("vx"), Some("dsk"), Some(group)) => Some(group),
        _ => None,
    }
}
