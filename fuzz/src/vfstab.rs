//! A vfstab: every byte comes back, and an entry touches nothing else.

use calha::document::Vfstab;
use calha::op::effect::edit;
use calha::op::{Change, Reality};

use super::Target;
use super::findings::{assert_helps, codes, vfstab_notices, vfstab_problems};
use super::wanted::{add_line, wanted};

pub const TARGET: Target = Target {
    name: "vfstab",
    law: check,
    seeds: &["fuzz/seeds/vfstab"],
    pieces: &[
        "/cal",
        "/cal/",
        "//cal",
        "/cal/.",
        "-",
        "ufs",
        "no",
        "#",
        "\t",
        " ",
        "\n",
        "\r\n",
        "\0",
        "/dev/md/penguin/dsk/d400",
        "/dev/md/penguin/rdsk/d400",
        "/dev//md/penguin/dsk/d400",
        "/dev/md/penguin/dsk/d400\t/dev/md/penguin/rdsk/d400\t/cal\tufs\t2\tno\tlogging\n",
    ],
};

pub fn check(bytes: &[u8]) {
    assert_eq!(Vfstab::parse(bytes).render(), bytes);
    let problems = vfstab_problems(bytes);
    assert_helps(&problems);
    assert_helps(&vfstab_notices(bytes));

    let change = add_line();
    let reality = change.reality(bytes);
    let differs = matches!(reality, Reality::Differs { .. });
    assert!(!differs || !problems.is_empty(), "{reality:?} without a problem");
    let has = Vfstab::parse(bytes).has(&wanted());
    assert!(has || reality != Reality::Present, "present, and it does not stand there");
    assert!(!has || reality != Reality::Absent, "absent, and it stands there");
    if reality == Reality::Absent {
        added(bytes, &change, &codes(&problems));
    }
}

/// The entry stands once afterwards, and the rest is as it was, also when it is gone again.
fn added(bytes: &[u8], change: &Change, problems: &[String]) {
    let added = edit(bytes, std::slice::from_ref(change));
    assert_eq!(change.reality(&added), Reality::Present);
    let removed = edit(&added, &[Change::RemoveLine { line: wanted().line() }]);
    assert_eq!(removed, finished(bytes));

    let texts = |bytes: &[u8]| -> Vec<Vec<u8>> {
        Vfstab::parse(bytes).entries().map(|entry| entry.text.to_vec()).collect()
    };
    let mut entries = texts(bytes);
    entries.push(wanted().line().into_bytes());
    assert_eq!(texts(&added), entries);
    assert_eq!(codes(&vfstab_problems(&added)), problems);
}

/// What an edit that was undone leaves: the original, its last line finished.
pub fn finished(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    if bytes.last().is_some_and(|last| *last != b'\n') {
        bytes.push(b'\n');
    }
    bytes
}
