//! Block and raw device of a volume belong together. fsck on another volume than the one that is
//! mounted destroys it (E43), so the two paths are compared here, before a node has been asked
//! whether they exist.

use super::conflict::incomplete;
use super::instance_values::InstanceValues;
use crate::node::NodePath;
use crate::problem::Problem;

/// The settings that name devices: block and raw device of one volume each.
pub(super) const VOLUMES: [(&str, &str); 3] = [
    ("block-device", "raw-device"),
    ("install-root-device", "install-root-raw-device"),
    ("var-dir-device", "var-dir-raw-device"),
];

/// Block and raw device are two files of one volume (E43).
pub fn check(of: &InstanceValues<'_>) -> Vec<Problem> {
    let mut problems: Vec<Problem> =
        VOLUMES.iter().flat_map(|(block, raw)| volume(of, block, raw)).collect();
    problems.extend(shared(of));

    for (block, raw) in VOLUMES {
        if of.text(raw).is_some() && of.text(block).is_none() {
            problems.push(of.conflict(
                raw,
                &format!("has no {block} beside it"),
                &format!("give {block} too, or leave both out"),
            ));
        }
    }
    // One that moves without the other would lead to a tree that is not there.
    if of.text("var-dir-device").is_some() != of.text("install-root-device").is_some() {
        let (there, missing) = if of.text("var-dir-device").is_some() {
            ("var-dir-device", "install-root-device")
        } else {
            ("install-root-device", "var-dir-device")
        };
        let remedy = "programs and variable directory move together: give both, or none (6.7.1)";
        problems.push(incomplete(
            of.values,
            &of.key(there),
            &format!("is given without {missing}"),
            remedy,
        ));
    }
    problems
}

/// One volume holds one file system: it cannot be mounted on two directories.
fn shared(of: &InstanceValues<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (at, (block, raw)) in VOLUMES.iter().enumerate() {
        for (other_block, other_raw) in &VOLUMES[..at] {
            for (name, other) in [(block, other_block), (raw, other_raw)] {
                let (Some(device), Some(there)) = (of.path(name), of.path(other)) else { continue };
                if device == there {
                    let what = format!("{device} is also {other}");
                    let remedy = "give each directory a volume of its own";
                    problems.push(of.conflict(name, &what, remedy));
                }
            }
        }
    }
    problems
}

fn volume(of: &InstanceValues<'_>, block_name: &str, raw_name: &str) -> Vec<Problem> {
    let (block, raw) = (of.path(block_name), of.path(raw_name));
    // Each name says by itself what it is: whoever types the two the other way round hears it with
    // the first.
    if let Some(block) = block.as_ref().filter(|block| block.as_str().contains("/rdsk/")) {
        let remedy = format!("write {}", block.as_str().replacen("/rdsk/", "/dsk/", 1));
        return vec![of.conflict(block_name, &format!("{block} is a raw device"), &remedy)];
    }
    if let Some(raw) = raw.as_ref().filter(|raw| raw.as_str().contains("/dsk/"))
        && block.as_ref() != Some(raw)
    {
        let remedy = format!("write {}", raw.as_str().replacen("/dsk/", "/rdsk/", 1));
        return vec![of.conflict(raw_name, &format!("{raw} is a block device"), &remedy)];
    }
    let (Some(block), Some(raw)) = (block, raw) else { return Vec::new() };

    let remedy = match block.as_str().contains("/dsk/") {
        true => format!("write {}", block.as_str().replacen("/dsk/", "/rdsk/", 1)),
        false => format!("name the raw device of {block}"),
    };
    let problem = |what: String| vec![of.conflict(raw_name, &what, &remedy)];

    if block == raw {
        return problem(format!("{raw} is the block device"));
    }
    if block.file_name() != raw.file_name() || disk_set(&block) != disk_set(&raw) {
        return problem(format!(
            "{raw} is another volume than {block_name} {block}; fsck would check that one (E43)"
        ));
    }
    Vec::new()
}

/// `penguin` in `/dev/md/penguin/dsk/d400`; nothing for devices that are not in a set.
pub(super) fn disk_set(device: &NodePath) -> Option<String> {
    let (set, rest) = device.as_str().strip_prefix("/dev/md/")?.split_once('/')?;
    rest.contains('/').then(|| set.to_string())
}
