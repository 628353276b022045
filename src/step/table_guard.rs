//! What a printed script sees of a wrong /etc/vfstab before the first change: each flaw that calha
//! itself looks for (`storage`), which says more of it. Both take them from `op::Flaw`.

use super::{Asked, Guard, Weight};
use crate::document::VfstabEntry;
use crate::node::NodePath;
use crate::op::{Check, Flaw};
use crate::problem::{Code, codes};
use crate::setting::FileSystem;

/// What would make the edit wrong, or the entry where it stands.
pub(super) fn flaws(path: &NodePath, system: &FileSystem, asked: &Asked) -> Vec<Guard> {
    let entry = VfstabEntry::of(system);
    let guard = |flaw: Flaw| {
        let (code, what, hint) = told(flaw);
        let wrong = Check::Flawed { path: path.clone(), entry: entry.line(), flaw };
        let what = format!("{path}, for {}: {what}", entry.mount_point);
        Guard::new(code, asked.clone(), wrong, what)
            .weighing(Weight::Look)
            .evident()
            .hint(hint, "6.6.1")
    };
    Flaw::ALL.map(guard).into()
}

/// The code of a flaw, what is so, and what to do about it.
fn told(flaw: Flaw) -> (Code, &'static str, &'static str) {
    match flaw {
        Flaw::Unreadable => (
            codes::VFSTAB_UNREADABLE,
            "it cannot be read",
            "restore it from a backup; a node cannot boot without it",
        ),
        Flaw::HardLink => (
            codes::FILE_HARD_LINK,
            "it has several names (hard links), and an edit would change only one",
            "make it a file of its own: cp -p it, and mv the copy to its name",
        ),
        Flaw::NotText => (
            codes::FILE_NOT_TEXT,
            "a line has a NUL byte, or more bytes than the node's sed copies exactly",
            "see what put it there, and restore the file or make the line shorter",
        ),
        Flaw::CarriageReturn => (
            codes::VFSTAB_CRLF,
            "a line ends in a carriage return, which mount(1M) takes for a part of it",
            "remove it, for example with dos2unix -ascii; keep owner and mode of the file",
        ),
        Flaw::OtherEntry => (
            codes::VFSTAB_OTHER_ENTRY,
            "another entry for the same mount point",
            "remove it, or make the profile agree with it",
        ),
        Flaw::DeviceInUse => (
            codes::VFSTAB_DEVICE_IN_USE,
            "one of its devices belongs to another entry",
            "remove that entry, or name another volume in the profile",
        ),
        Flaw::RawDevice => (
            codes::VFSTAB_RAW_DEVICE,
            "a line has one of its devices beside a device of another volume",
            "correct that line: fsck would check a volume that is mounted",
        ),
        Flaw::Fields => (
            codes::VFSTAB_FIELDS,
            "a line about it has not seven fields",
            "complete the line ('-' stands for an empty field), or put '#' before it",
        ),
        Flaw::Duplicate => {
            (codes::VFSTAB_DUPLICATE, "its entry stands more than once", "leave one of these lines")
        }
    }
}
