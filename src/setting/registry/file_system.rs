//! Entries for the shared file systems: one for each field of a line of /etc/vfstab, and the
//! volumes of programs on shared disks. Defaults avoid what the guide misprints (E42, E43). Whether
//! the fields go together is a rule (`rule/mounts.rs`, `rule/devices.rs`).

use super::Setting;
use super::directories::SEVERAL;
use crate::setting::{Choice, Fallback, Group, Kind, Need};

/// Where several instances meet on a node, and the installer allows one install root there,
/// programs are on shared disks.
const SHARED_PROGRAMS: Need =
    Need::Asked { when: &[("cluster.model", SEVERAL), ("installer.kind", &["suite-5"])] };

/// The raw device beside a block device (E43).
fn raw(from: &[&str]) -> Option<String> {
    let block = from.first()?;
    block.contains("/dsk/").then(|| block.replacen("/dsk/", "/rdsk/", 1))
}

/// The line of /etc/vfstab, field by field.
pub const SETTINGS: &[Setting] = &[
    Setting {
        key: "instance.<instance>.file-system",
        kind: Kind::Choice(&[
            Choice { value: "failover", means: "mounted on one node at a time, FFS" },
            Choice { value: "cluster", means: "mounted on all nodes, CFS" },
        ]),
        prompt: "Failover or cluster file system",
        help: "Failover file system (FFS) or cluster file system (CFS)",
        long: "A failover file system is mounted by HAStoragePlus on the node that runs the \
               group; a cluster file system is mounted everywhere, with the option global. The \
               guide shows a line of vfstab for each (6.6.1).",
        group: Group::FileSystem,
        source: "6.6.1",
        fallback: Fallback::Fixed("failover"),
        need: Need::Always,
    },
    Setting {
        key: "instance.<instance>.block-device",
        kind: Kind::Device,
        prompt: "Block device of the shared volume",
        help: "Device to mount",
        long: "First field of vfstab. The guide's volume is d400 of the disk set penguin: \
               /dev/md/penguin/dsk/d400. calha never makes a file system on it.",
        group: Group::FileSystem,
        source: "6.6.1",
        fallback: Fallback::None,
        need: Need::Always,
    },
    Setting {
        key: "instance.<instance>.raw-device",
        kind: Kind::Device,
        prompt: "Raw device of the same volume",
        help: "Device to fsck",
        long: "Second field of vfstab: the same volume as the block device. The guide prints \
               another one in six lines, so that fsck would check a volume that is mounted (E43).",
        group: Group::FileSystem,
        source: "6.6.1, E43",
        fallback: Fallback::Derived {
            from: &["instance.<instance>.block-device"],
            rule: "block-device with /rdsk/ in place of /dsk/",
            compute: raw,
        },
        need: Need::Always,
    },
    Setting {
        key: "instance.<instance>.install-root-device",
        kind: Kind::Device,
        prompt: "Block device of the installation root",
        help: "Device mounted on install-root, where the programs are shared too",
        long: "Where several instances meet on one node, programs and variable directory of each \
               are on shared disks of their own (6.7.1): calha then installs and configures an \
               instance once, where its disks are, and they move with its group. Left out, the \
               programs are installed on the local disk of each node of the instance. On a node \
               of several instances that takes an installer which allows several install roots \
               there: see installer.kind.",
        group: Group::FileSystem,
        source: "6.7.1, E44",
        fallback: Fallback::None,
        need: SHARED_PROGRAMS,
    },
    Setting {
        key: "instance.<instance>.install-root-raw-device",
        kind: Kind::Device,
        prompt: "Raw device of the same volume",
        help: "Device to fsck for install-root",
        long: "Second field of vfstab: the same volume as install-root-device (E43).",
        group: Group::FileSystem,
        source: "6.7.1, E43",
        fallback: Fallback::Derived {
            from: &["instance.<instance>.install-root-device"],
            rule: "install-root-device with /rdsk/ in place of /dsk/",
            compute: raw,
        },
        need: Need::Always,
    },
    Setting {
        key: "instance.<instance>.var-dir-device",
        kind: Kind::Device,
        prompt: "Block device of the variable directory",
        help: "Device mounted on var-dir, where the programs are shared too",
        long: "6.7.1 prints d600 of the disk set polarbear for the first instance, whose other \
               volumes are in penguin: a disk set has one owner at a time, so all volumes of an \
               instance belong into one set (E45).",
        group: Group::FileSystem,
        source: "6.7.1, E44, E45",
        fallback: Fallback::None,
        need: SHARED_PROGRAMS,
    },
    Setting {
        key: "instance.<instance>.var-dir-raw-device",
        kind: Kind::Device,
        prompt: "Raw device of the same volume",
        help: "Device to fsck for var-dir",
        long: "Second field of vfstab: the same volume as var-dir-device. 6.7.1 prints rdsk/d300 \
               for dsk/d600 and dsk/d700, a volume that is mounted elsewhere: fsck would run on \
               it (E43).",
        group: Group::FileSystem,
        source: "6.7.1, E43",
        fallback: Fallback::Derived {
            from: &["instance.<instance>.var-dir-device"],
            rule: "var-dir-device with /rdsk/ in place of /dsk/",
            compute: raw,
        },
        need: Need::Always,
    },
    Setting {
        key: "instance.<instance>.fs-type",
        kind: Kind::Word,
        prompt: "File system type",
        help: "Type of the file system",
        long: "Fourth field of vfstab; the guide uses ufs.",
        group: Group::FileSystem,
        source: "6.6.1",
        fallback: Fallback::Fixed("ufs"),
        need: Need::Always,
    },
    Setting {
        key: "instance.<instance>.fsck-pass",
        kind: Kind::Choice(&[
            Choice { value: "2", means: "checked after the root file system" },
            Choice { value: "1", means: "checked one after the other" },
            Choice { value: "0", means: "not checked for ufs" },
            Choice { value: "-", means: "not checked" },
        ]),
        prompt: "fsck pass",
        help: "When fsck looks at the file system",
        long: "Fifth field of vfstab; the guide uses 2.",
        group: Group::FileSystem,
        source: "6.6.1",
        fallback: Fallback::Fixed("2"),
        need: Need::Always,
    },
    Setting {
        key: "instance.<instance>.mount-at-boot",
        kind: Kind::YesNo,
        prompt: "Mount at boot",
        help: "Whether each node mounts it when it boots",
        long: "Sixth field of vfstab. A failover file system is mounted by HAStoragePlus, so it \
               says no; 6.7.1 prints yes for it, and two nodes would mount one file system (E42). \
               A cluster file system says yes.",
        group: Group::FileSystem,
        source: "6.6.1, E42",
        fallback: Fallback::Derived {
            from: &["instance.<instance>.file-system"],
            rule: "no for a failover file system, yes for a cluster file system",
            compute: |from| {
                Some(if *from.first()? == "cluster" { "yes" } else { "no" }.to_string())
            },
        },
        need: Need::Always,
    },
    Setting {
        key: "instance.<instance>.mount-options",
        kind: Kind::MountOptions,
        prompt: "Mount options",
        help: "Options of the mount, separated by commas",
        long: "Last field of vfstab. A cluster file system needs global, a failover file system \
               must not have it (6.6.1).",
        group: Group::FileSystem,
        source: "6.6.1",
        fallback: Fallback::Derived {
            from: &["instance.<instance>.file-system"],
            rule: "logging for a failover file system, global,logging for a cluster file system",
            compute: |from| {
                Some(
                    if *from.first()? == "cluster" { "global,logging" } else { "logging" }
                        .to_string(),
                )
            },
        },
        need: Need::Always,
    },
];
