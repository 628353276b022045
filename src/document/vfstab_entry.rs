//! The entry that calha wants in vfstab, made of a profile's file system. It refuses a line that
//! Solaris would not read whole.

use crate::op::same_path;
use crate::problem::{Problem, codes};
use crate::setting::FileSystem;

/// The seven fields of an entry of vfstab(4), in their order (6.6.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VfstabEntry {
    /// Device to mount: `/dev/md/penguin/dsk/d400`.
    pub block_device: String,
    /// Device to fsck, of the same volume (E43): `/dev/md/penguin/rdsk/d400`.
    pub raw_device: String,
    pub mount_point: String,
    /// `ufs`
    pub fs_type: String,
    /// `2`; `-` for none.
    pub fsck_pass: String,
    /// Never for a failover file system: HAStoragePlus mounts it (E42).
    pub mount_at_boot: bool,
    /// Separated by commas without blanks: `global,logging`; `-` for none.
    pub options: String,
}

impl VfstabEntry {
    /// What the fields are called, for messages.
    pub(super) const NAMES: [&str; 7] = [
        "block device",
        "raw device",
        "mount point",
        "file system type",
        "fsck pass",
        "mount at boot",
        "options",
    ];

    /// The entry of a file system.
    pub fn of(system: &FileSystem) -> Self {
        Self {
            block_device: system.block_device.to_string(),
            raw_device: system.raw_device.to_string(),
            mount_point: system.mount_point.to_string(),
            fs_type: system.fs_type.clone(),
            fsck_pass: system.fsck_pass.clone(),
            mount_at_boot: system.mount_at_boot,
            options: system.options.clone(),
        }
    }

    /// The fields as vfstab(4) has them.
    pub fn fields(&self) -> [&str; 7] {
        let at_boot = if self.mount_at_boot { "yes" } else { "no" };
        [
            &self.block_device,
            &self.raw_device,
            &self.mount_point,
            &self.fs_type,
            &self.fsck_pass,
            at_boot,
            &self.options,
        ]
    }

    /// The line, its fields separated by one TAB each, without newline.
    pub fn line(&self) -> String {
        self.fields().join("\t")
    }

    /// `vfstab.too-long` when getvfsent(3C) would not read the line.
    pub fn too_long(&self) -> Option<Problem> {
        let length = self.line().len();
        if length <= FileSystem::LONGEST_ENTRY {
            return None;
        }
        let what = format!(
            "the entry for {} would have {length} bytes; mount(1M) and HAStoragePlus read at most \
             {}",
            self.mount_point,
            FileSystem::LONGEST_ENTRY
        );
        let remedy = "choose a shorter mount point, or name the devices by shorter paths";
        Some(Problem::new(codes::VFSTAB_TOO_LONG, what).hint(remedy).section("getvfsent(3C)"))
    }

    /// Whether the field is one of its devices; `-` is none, so two of them are not the same one.
    pub(super) fn has_device(&self, field: &[u8]) -> bool {
        is_device(field, &self.block_device) || is_device(field, &self.raw_device)
    }
}

/// Whether the field is this device.
pub(super) fn is_device(field: &[u8], device: &str) -> bool {
    device != "-" && same_path(field, device.as_bytes())
}
