//! Looks at the volumes of an instance: devices, file system, what is mounted in their place,
//! device group. A wrong device or file system is a problem; what the commands cannot tell is a
//! notice or "not checked". calha makes neither volumes nor file systems.

use crate::cluster::queries;
use crate::node::{Command, Entry, HostError, Inspect, NodeName, NodePath};
use crate::problem::{Problem, codes};
use crate::setting::FileSystem;
use crate::step::{Seen, Site, query};

/// The devices exist and hold the kind of file system that the profile says.
pub(super) fn devices(
    fs: &FileSystem,
    node: &NodeName,
    host: &dyn Inspect,
    seen: &mut Seen,
) -> Result<(), HostError> {
    for (device, letter, kind) in
        [(&fs.block_device, 'b', "block"), (&fs.raw_device, 'c', "character")]
    {
        // Names below /dev are links into /devices; the letter in front of the permissions says
        // what stands at their end.
        let listing =
            query::first_line(host, &Command::new("/usr/bin/ls", ["-ldnL", device.as_str()]))?;

        let found = listing.and_then(|line| line.chars().next());
        if found != Some(letter) {
            let found = match found {
                None if host.exists(device)? => "a link that leads nowhere".into(),
                None => Entry::Missing.describe(),
                Some('-') => "a file".into(),
                Some('d') => "a directory".into(),
                Some(letter) => Entry::Other { letter }.describe(),
            };
            seen.problems.push(
                Problem::new(
                    codes::PREFLIGHT_DEVICE,
                    format!("{device} should be a {kind} device; found {found}"),
                )
                .on(node.as_str())
                .hint("make the volume first; calha never makes a file system")
                .section("6.6.1"),
            );
        }
    }

    file_system(fs, node, host, seen)
}

/// What fstyp(1M) says of the volume. It cannot say for one without a file system, and where it
/// cannot read it.
fn file_system(
    fs: &FileSystem,
    node: &NodeName,
    host: &dyn Inspect,
    seen: &mut Seen,
) -> Result<(), HostError> {
    let command = Command::new("/usr/sbin/fstyp", [fs.raw_device.as_str()]);
    let Some(kind) = query::first_line(host, &command)? else {
        seen.notices.push(
            Problem::new(
                codes::PREFLIGHT_NO_FILE_SYSTEM,
                format!("no file system is known on {}; fstyp cannot say", fs.raw_device),
            )
            .on(node.as_str())
            .hint("if the volume is new, make a file system on it with newfs (once, on one node)")
            .section("6.6.1"),
        );
        return Ok(());
    };

    if kind != fs.fs_type {
        seen.problems.push(
            Problem::new(
                codes::PREFLIGHT_FILE_SYSTEM,
                format!("{} holds {kind}; the profile says {}", fs.raw_device, fs.fs_type),
            )
            .on(node.as_str())
            .hint(
                "correct fs-type in the profile, or make the file system with newfs (once, on one \
                 node)",
            ),
        );
    }
    Ok(())
}

/// The line of /etc/mnttab when another device is mounted on the file system's directory.
pub(super) fn mounted_elsewhere(
    fs: &FileSystem,
    host: &dyn Inspect,
) -> Result<Option<String>, HostError> {
    let path = NodePath::new("/etc/mnttab").expect("a fixed path");
    let table = query::text(host, &path)?.unwrap_or_default();
    let device = fs.block_device.as_str();
    Ok(table
        .lines()
        .find(|line| {
            let mut fields = line.split('\t');
            let what = fields.next();
            fields.next() == Some(fs.mount_point.as_str()) && what != Some(device)
        })
        .map(|line| line.replace('\t', " ")))
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
