use calha::lab::Fault;
use calha::node::NodeName;

use super::root;
use super::site::Site;

/// A node without room: the run ends, says where and what to do, and goes on once there is room.
#[test]
fn a_full_disk_ends_the_run_and_resume_goes_on() {
    let site = Site::new();
    site.lab
        .inject(Fault::DiskFull { host: NodeName("Node2".into()), path: "/var".into() })
        .unwrap();
    // It is seen before anything is changed, and somebody may know better.
    let seen = site.run("install", &["--yes"]);
    assert_eq!((seen.status, site.changing_calls()), (1, 0), "{}{}", seen.out, seen.err);
    let told = "[preflight.room] Node2: a file system is full: ";
    assert!(seen.err.contains(told), "{}", seen.err);
    let full = site.run("install", &["--yes", "--accept", "preflight.room"]);
    assert_eq!(full.status, 1, "{}{}", full.out, full.err);
    assert!(full.err.contains("Node2") && full.err.contains("calha resume"), "{}", full.err);
    assert!(full.err.to_lowercase().contains("space"), "{}", full.err);
    site.lab.clear_faults().unwrap();
    let resumed = site.run("resume", &["--yes"]);
    assert_eq!(resumed.status, 0, "{}{}", resumed.out, resumed.err);
    let verify = site.run("verify", &[]);
    assert_eq!(verify.status, 0, "{}{}", verify.out, verify.err);
}

/// A record that cannot be made, as on a read-only /var, is found before anything is changed.
#[test]
fn a_node_that_cannot_keep_the_record_is_left_as_it_is() {
    let site = Site::new();
    let opt = site.lab.root(&NodeName("Node2".into())).join("var/opt");
    // As root no mode keeps anybody out; a file where the directory belongs does.
    let _ = std::fs::remove_dir(&opt);
    if !opt.exists() {
        std::fs::write(&opt, "").unwrap();
    } else {
        std::fs::write(opt.join("calha"), "").unwrap();
    }
    let said = site.run("install", &["--yes"]);
    assert_eq!(said.status, 1, "{}{}", said.out, said.err);
    assert!(said.err.contains("Node2") && said.err.contains("/var/opt/calha"), "{}", said.err);
    assert_eq!(site.changing_calls(), 0, "something was changed");
    // Nobody is left holding a lock.
    let other = site.run("install", &["--yes"]);
    assert!(!other.out.contains("lock.node"), "{}", other.out);
}

/// A run that was killed, or had no room, while it wrote into its lock: what holds it is said as
/// far as it is known, and what is printed takes it over.
#[test]
fn a_lock_whose_line_is_missing_or_torn_is_taken_over_when_somebody_says_so() {
    let site = Site::new();
    let lock =
        site.lab.root(&NodeName("Node2".into())).join("var/opt/calha/calendar-cluster/site/lock");
    let unnamed = "held by a run that could not say who it is";
    let torn = "held by a run that could not write its whole line";
    let lines = [(None, unnamed), (Some(""), unnamed), (Some("\n"), unnamed)];
    let torn = [(Some("root on adm"), torn), (Some("root on admin with /j, process 4\n"), torn)];
    for (line, said) in lines.into_iter().chain(torn) {
        std::fs::create_dir_all(&lock).unwrap();
        if let Some(line) = line {
            std::fs::write(lock.join("holder"), line).unwrap();
        }
        let refused = site.run("install", &["--yes", "--only", "record"]);
        assert_eq!(refused.status, 1, "{line:?}\n{}{}", refused.out, refused.err);
        assert!(refused.err.contains(said), "{line:?}\n{}", refused.err);
        assert!(refused.err.contains("[lock.node]"), "{}", refused.err);
        assert!(lock.exists(), "{line:?}");

        let only = ["--yes", "--only", "record", "--accept", "lock.node"];
        let taken = site.run("install", &only);
        assert_eq!(taken.status, 0, "{line:?}\n{}{}", taken.out, taken.err);
        assert!(!lock.exists(), "{line:?}");
        let back = site.run("uninstall", &["--yes"]);
        assert_eq!(back.status, 0, "{line:?}\n{}{}", back.out, back.err);
    }
}

/// An edit would change one of its names only, so it is found before anything is changed.
#[test]
fn a_vfstab_with_a_second_name_is_found_before_the_first_step() {
    let site = Site::new();
    let vfstab = site.lab.root(&NodeName("Node2".into())).join("etc/vfstab");
    let second = vfstab.with_file_name("vfstab.mine");
    std::fs::hard_link(&vfstab, &second).unwrap();
    let said = site.run("install", &["--yes"]);
    assert_eq!(said.status, 1, "{}{}", said.out, said.err);
    assert!(said.err.contains("the file has 2 names (hard links)"), "{}", said.err);
    assert!(said.err.contains("cp -p /etc/vfstab /etc/vfstab.own"), "{}", said.err);
    assert_eq!(site.changing_calls(), 0, "something was changed");

    std::fs::remove_file(&second).unwrap();
    let now = site.run("install", &["--yes"]);
    assert_eq!(now.status, 0, "{}{}", now.out, now.err);
}

/// In a namespace of its own: a small file system over DIR with what DIR has, filled up as far as
/// ROOM says; then the installation, room again, and the way on and back.
const SMALL: &str = "\
dir=$1 room=$2 calha=$3 profile=$4
cp -a \"$dir\" \"$dir.kept\"
mount -t tmpfs -o size=128k,mode=755 none \"$dir\" || exit 99
cp -a \"$dir.kept/.\" \"$dir\"
rm -r \"$dir.kept\"
dd if=/dev/zero of=\"$dir/filler\" bs=4k count=\"$room\" 2>/dev/null
cksum <\"$seen\" >\"$dir.before\"
$calha install $profile --yes; echo \"install $?\"
cksum <\"$seen\" | cmp - \"$dir.before\" && echo untouched
rm \"$dir/filler\"; mount -o remount,size=16m \"$dir\"
$calha resume $profile --yes; echo \"resume $?\"
$calha verify $profile; echo \"verify $?\"
$calha uninstall $profile --yes; echo \"uninstall $?\"
cksum <\"$seen\" | cmp - \"$dir.before\" && echo restored
";

/// The disk of a real kernel, and not the lab's word for one: below the journal, and below a file
/// that a node's shell edits.
#[test]
fn a_small_file_system_that_is_full_ends_the_run_and_loses_nothing() {
    if !root::is_root("only root mounts") {
        return;
    }
    for (below, filled, status) in [("state", "28", 4), ("lab/nodes/Node2/etc", "64", 1)] {
        let site = Site::new();
        std::fs::create_dir_all(site.dir.path().join("state")).unwrap();
        let vfstab = site.lab.root(&NodeName("Node2".into())).join("etc/vfstab");
        let mut command = std::process::Command::new("unshare");
        command.args(["--mount", "sh", "-c", SMALL, "sh"]).arg(site.dir.path().join(below));
        command.args([filled, env!("CARGO_BIN_EXE_calha")]).arg(&site.profile);
        command.env("XDG_STATE_HOME", site.dir.path().join("state")).env("seen", vfstab);
        let said = super::site::said(command.output().unwrap());

        let all = format!("{}{}", said.out, said.err);
        for line in [
            &format!("install {status}"),
            "untouched",
            "resume 0",
            "verify 0",
            "uninstall 0",
            "restored",
        ] {
            assert!(said.out.lines().any(|said| said == line), "{below}, {line}: {all}");
        }
        assert!(said.err.contains("No space left on device"), "{below}: {all}");
    }
}

/// A lock that cannot be made is told in the node's own words: why decides what is done.
#[test]
fn a_lock_for_which_there_is_no_room_says_so() {
    let site = Site::new();
    assert_eq!(site.run("install", &["--yes", "--only", "vfstab-entry"]).status, 0);
    let host = calha::node::NodeName("Node2".into());
    let full = calha::lab::Fault::DiskFull { host, path: "/var/opt/calha".into() };
    site.lab.inject(full).unwrap();
    let only = ["--yes", "--only", "mount-directory", "--accept", "preflight.room"];
    let said = site.run("install", &only);
    assert_eq!(said.status, 1, "{}{}", said.out, said.err);
    let told = site.run("status", &[]).out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("No space left on device [host.error] next "), "{told}");
    let line = said.err.lines().find(|line| line.contains("/lock: ")).expect("the lock");
    assert!(line.ends_with("No space left on device"), "{line}");
}
