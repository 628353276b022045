//! What kind, mounting at boot and options of a file system have to do with one another, and how
//! long the line in vfstab may be that they make.

use std::path::Path;

use calha::document::VfstabEntry;
use calha::problem::Problem;
use calha::profile;
use calha::setting::{FileSystem, Instance};

/// The one instance of the asymmetric model with some settings changed.
fn instance(set: &[String]) -> Result<Instance, Vec<Problem>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles/asymmetric.toml");
    profile::load(&file, set).map(|resolved| resolved.settings.instances[0].clone())
}

/// What is said of a file system of this kind, as settings and words.
fn said_of(kind: &str, at_boot: &str, options: &str) -> Vec<String> {
    let set = [("file-system", kind), ("mount-at-boot", at_boot), ("mount-options", options)]
        .map(|(name, value)| format!("instance.cal.{name}={value}"));
    let problems = instance(&set).err().unwrap_or_default();
    assert!(problems.iter().all(|p| p.code == "setting.conflict" && p.remedy.is_some()));
    problems.into_iter().map(|p| p.what).collect()
}

#[test]
fn kind_boot_and_options_have_to_agree() {
    let none: [&str; 0] = [];
    assert_eq!(said_of("failover", "no", "logging"), none);
    assert_eq!(said_of("cluster", "yes", "global,logging"), none);
    assert_eq!(said_of("cluster", "no", "global"), none);

    let boot = "instance.cal.mount-at-boot is yes for a failover file system";
    let global = "instance.cal.mount-options contains global for a failover file system";
    let lacks = "instance.cal.mount-options lacks global for a cluster file system";
    assert_eq!(said_of("failover", "yes", "logging"), [boot]);
    assert_eq!(said_of("failover", "no", "logging,global"), [global]);
    assert_eq!(said_of("failover", "yes", "global"), [boot, global]);
    assert_eq!(said_of("cluster", "yes", "logging"), [lacks]);
    // Another option that only contains the word is another option.
    assert_eq!(said_of("cluster", "yes", "globals,logging"), [lacks]);
    assert_eq!(said_of("failover", "no", "globals"), none);
}

/// The settings of programs on shared disks beside the share.
fn shared_programs() -> Vec<String> {
    [
        "install-root-device=/dev/md/penguin/dsk/d500",
        "var-dir-device=/dev/md/penguin/dsk/d600",
        "var-dir=/var/opt/SUNWics5",
    ]
    .map(|words| format!("instance.cal.{words}"))
    .into()
}

/// A directory so long that the entry for it has this length.
fn directory(entry: &FileSystem, length: usize) -> String {
    let others = VfstabEntry::of(entry).line().len() - entry.mount_point.as_str().len();
    let mut path = "/directory".repeat((length - others) / 10);
    path.push_str(&"y".repeat(length - others - path.len()));
    path
}

#[test]
fn an_entry_is_as_long_as_vfstab_takes_and_no_longer() {
    let usual = instance(&shared_programs()).unwrap();
    assert_eq!(usual.file_systems().len(), 3);
    let points = [
        ("share-dir", &usual.share_dir),
        ("install-root", &usual.install_root),
        ("var-dir", &usual.var_dir),
    ];

    for (setting, point) in points {
        let system = *usual.file_systems().iter().find(|fs| fs.mount_point == *point).unwrap();
        let with = |length: usize| {
            let path = directory(system, length);
            let mut set = shared_programs();
            set.push(format!("instance.cal.{setting}={path}"));
            instance(&set)
        };

        let longest =
            with(FileSystem::LONGEST_ENTRY).unwrap_or_else(|p| panic!("{setting}: {p:?}"));
        let lines = longest.file_systems().into_iter().map(|fs| VfstabEntry::of(fs).line().len());
        assert_eq!(lines.max(), Some(FileSystem::LONGEST_ENTRY), "{setting}");

        let problems = with(FileSystem::LONGEST_ENTRY + 1).unwrap_err();
        let [problem] = problems.as_slice() else { panic!("{setting}: {problems:#?}") };
        assert_eq!(problem.code, "vfstab.too-long");
        let named = format!("instance.cal.{setting} makes an entry of vfstab of 1023 bytes");
        assert!(problem.what.starts_with(&named), "{}", problem.what);
        assert_eq!(problem.place.as_deref(), Some("--set"));
    }
}

/// The profile gives all of them; what is long is what has to become shorter.
#[test]
fn what_was_given_is_what_is_named() {
    let usual = instance(&[]).unwrap().file_system;
    let more = FileSystem::LONGEST_ENTRY + 1 - VfstabEntry::of(&usual).line().len();
    let longer = |device: &str| format!("{device}{}", "0".repeat(more / 2 + 1));
    let (block, raw) = (usual.block_device.as_str(), usual.raw_device.as_str());
    let set = [("block-device", longer(block)), ("raw-device", longer(raw))]
        .map(|(name, value)| format!("instance.cal.{name}={value}"));
    let problems = instance(&set).unwrap_err();
    let long: Vec<_> = problems.iter().filter(|p| p.code == "vfstab.too-long").collect();
    let [problem] = long.as_slice() else { panic!("{problems:#?}") };
    assert!(problem.what.starts_with("instance.cal.block-device"), "{}", problem.what);
}
