//! File system kind, mounting at boot and mount options have to agree (6.6.1, E42), and the line
//! they make must be short enough for Solaris to read. Entries of others in vfstab are looked at on
//! the nodes, by `document`.

use super::devices::VOLUMES;
use super::instance_values::InstanceValues;
use crate::problem::{Problem, codes};
use crate::setting::FileSystem;

/// The kind of the file system, mounting at boot and the option `global` go together (6.6.1, E42).
pub fn check(of: &InstanceValues<'_>) -> Vec<Problem> {
    let mut problems = long_entries(of);

    let Some(kind) = of.text("file-system") else { return problems };
    if kind == "failover" && of.text("mount-at-boot") == Some("yes") {
        let remedy = "HAStoragePlus mounts it on one node; mounted by both at boot it is \
                      destroyed: write \"no\" (E42)";
        problems.push(of.conflict("mount-at-boot", "is yes for a failover file system", remedy));
    }

    let Some(options) = of.text("mount-options") else { return problems };
    let global = options.split(',').any(|option| option == "global");
    if kind == "cluster" && !global {
        problems.push(of.conflict(
            "mount-options",
            "lacks global for a cluster file system",
            "write \"global,logging\" (6.6.1)",
        ));
    }

    if kind == "failover" && global {
        let remedy = "write \"logging\", or file-system = \"cluster\" (6.6.1)";
        problems.push(of.conflict(
            "mount-options",
            "contains global for a failover file system",
            remedy,
        ));
    }
    problems
}

/// Entries that mount(1M) and HAStoragePlus would not read (getvfsent(3C)).
fn long_entries(of: &InstanceValues<'_>) -> Vec<Problem> {
    let points = ["share-dir", "install-root", "var-dir"];
    let long = points.iter().zip(VOLUMES).filter_map(|(point, (block, raw))| {
        let at_boot = if of.text("mount-at-boot")? == "yes" { "yes" } else { "no" };
        let names = [block, raw, point, "fs-type", "fsck-pass", "mount-options"];
        let fields = names.iter().map(|name| of.text(name)).collect::<Option<Vec<&str>>>()?;
        let between = fields.len();
        let length =
            fields.iter().map(|field| field.len()).sum::<usize>() + at_boot.len() + between;
        let longest = FileSystem::LONGEST_ENTRY;

        (length > longest).then(|| {
            let what = format!(
                "makes an entry of vfstab of {length} bytes, and getvfsent(3C) reads at most \
                 {longest}"
            );
            let remedy = "choose a shorter directory, or name the devices by shorter paths";
            // Of what somebody gave, the longest has to become shorter.
            let given = [block, "mount-options", point].into_iter().filter(|n| of.is_given(n));
            let longest = given.max_by_key(|name| of.text(name).map_or(0, str::len));
            let problem = of.conflict(longest.unwrap_or(point), &what, remedy);
            Problem { code: codes::VFSTAB_TOO_LONG.into(), ..problem }
        })
    });
    long.collect()
}
