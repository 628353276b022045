//! Whether file systems are mounted where they belong, and what mounts or unmounts them. Who holds
//! which group is known before.

use super::next::Next;
use super::standing::InstanceStanding;
use super::verdict::Verdict;
use crate::cluster::commands;
use crate::node::{Command, NodeName};

/// A file system is mounted where its group is online, and nowhere else.
pub fn judge_mounts(
    instance: &InstanceStanding,
    storage: &str,
    holders: &[&NodeName],
    verdict: &mut Verdict,
) {
    let (group, share) = (&instance.group, &instance.share);
    // Without a resource that mounts it, a restart of the group mounts nothing.
    let mut resources = instance.resources.iter();
    let is_managed = resources.any(|known| known.name == storage && known.enabled == Some(true));

    for (node, mounted) in &instance.mounted {
        let is_holder = holders.contains(&node);
        let is_right = mounted.is_none_or(|mounted| mounted == is_holder);
        if is_right || (is_holder && !is_managed) {
            continue;
        }

        if is_holder {
            let restart = commands::restart_group(group, node).line();
            let what = format!("{share} is not mounted on {node}, where {group} is online");
            verdict.add(what, || Next::on(node, restart));
        } else {
            let unmount = Command::new("/usr/sbin/umount", [share.as_str()]).line();
            let what = format!("{share} is mounted on {node}, where {group} is not online");
            verdict.add(what, || Next::on(node, unmount));
        }
    }
}
