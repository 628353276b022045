//! What a printed script sees of a wrong /etc/vfstab before the first change: calha itself reads
//! the whole table (`storage`) and says more. An awk program of Solaris 8 finds lines about the
//! mount point or the devices that are not the entry.

use super::{Asked, Guard, Weight};
use crate::document::VfstabEntry;
use crate::node::Command;
use crate::op::Check;
use crate::problem::codes;
use crate::setting::FileSystem;

/// Another line about this file system's mount point or devices, or its entry twice.
pub(super) fn other_entry(system: &FileSystem, asked: Asked) -> Guard {
    let entry = VfstabEntry::of(system);
    let about = [&entry.block_device, &entry.raw_device, &entry.mount_point];
    let about: Vec<String> =
        about.into_iter().filter(|f| *f != "-").map(|f| format!("$i == \"{f}\"")).collect();
    let ours: Vec<String> = (1..)
        .zip(entry.fields())
        .map(|(number, field)| format!("${number} == \"{field}\""))
        .collect();

    // Old awk has no functions, and a comparison is no value.
    let program = format!(
        "$1 !~ /^#/ {{ is = 0; for (i = 1; i <= NF; i++) if ({about} || $i == \"{mount}/\") is = 1; \
         if (NF == 7 && {ours}) {{ n = n + 1; if (n == 1) is = 0 }} if (is == 1) print }}",
        about = about.join(" || "),
        mount = entry.mount_point,
        ours = ours.join(" && "),
    );
    let command = Command::new("/usr/bin/awk", [program.as_str(), "/etc/vfstab"]);
    Guard::new(
        codes::VFSTAB_OTHER_ENTRY,
        asked,
        Check::Other { command: command.clone(), than: Vec::new() },
        format!("/etc/vfstab has another line about {} or its devices", entry.mount_point),
    )
    .weighing(Weight::Look)
    .showing(command)
    .hint("calha plan says what is wrong with it: remove or correct it", "6.6.1")
}
