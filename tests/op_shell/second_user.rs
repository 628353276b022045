//! Root works in directories of another user, who puts links, files and directories where root is
//! about to work: once each, and as fast as a thread can. Nothing of root's changes, nothing of
//! root's becomes readable, and the directory stays the other user's.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::Command as Process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use calha::node::Mode;
use calha::op::Op;
use calha::op::shell::PRELUDE;

use crate::agreement::Runs;
use crate::entries::{block, set_block_in};
use crate::root::is_root;
use crate::support::{RECORD, Root, me, path, shells};

/// A user that is in no table.
const SECOND: u32 = 64_123;
const ICS_CONF: &str = "/cal/config/ics.conf";

/// Why another user cannot be played.
const PLAYED: &str = "another user can be played by root alone";

/// Puts something in the way.
type Put = fn(&Root);

fn give(path: &Path) {
    chown(path, Some(SECOND), Some(SECOND)).unwrap();
}

/// A node whose `/cal/config` is the second user's, and `/cal` too if wanted.
fn node(all: bool) -> Root {
    let root = Root::new();
    fs::set_permissions(root.dir.path(), Permissions::from_mode(0o755)).unwrap();
    fs::create_dir_all(root.here("/cal/config")).unwrap();
    fs::write(root.here(ICS_CONF), "first\n").unwrap();
    fs::write(root.here("/etc/secret"), "secret\n").unwrap();
    fs::set_permissions(root.here("/etc/secret"), Permissions::from_mode(0o600)).unwrap();
    give(&root.here("/cal/config"));
    give(&root.here(ICS_CONF));
    if all {
        give(&root.here("/cal"));
    }
    root
}

/// Every kind of operation, in an order in which each finds what it needs.
fn all() -> Vec<Op> {
    let file = "/cal/config/new";
    let directory = path("/cal/.calha");
    let copy = |to: &str| Op::Copy { from: path(ICS_CONF), to: path(to), mode: None };
    let (mode, owner) = (Mode(0o700), me());
    vec![
        set_block_in(ICS_CONF),
        copy("/cal/config/ics.conf.before-ha"),
        Op::Install { path: path(file), mode: Mode(0o644), owner, content: "text\n".into() },
        Op::Symlink { path: path("/cal/config/link"), target: "/cal/config".into() },
        Op::Unlink { path: path("/cal/config/link"), target: "/cal/config".into() },
        Op::Remove { path: path(file), sum: None },
        Op::Mkdir { path: directory.clone(), mode, owner, mount_point: false },
        copy("/cal/.calha/carried"),
        Op::Remove { path: path("/cal/.calha/carried"), sum: None },
        Op::Rmdir { path: directory },
        // Right below the root.
        Op::Mkdir { path: path("/top"), mode, owner, mount_point: false },
        Op::Rmdir { path: path("/top") },
    ]
}

/// Everything below a directory: kind and permissions, owner, and what it holds.
fn listing(at: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![at.to_owned()];
    while let Some(path) = open.pop() {
        let about = fs::symlink_metadata(&path).unwrap();
        let text = if about.is_file() { fs::read(&path).unwrap() } else { Vec::new() };
        found.insert(path.clone(), format!("{:o} {} {text:?}", about.mode(), about.uid()));
        if about.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        }
    }
    found
}

/// The directory is as it was lent, and nothing of root's work is left.
fn given_back(root: &Root, mode: u32) {
    let about = fs::symlink_metadata(root.here("/cal/config")).unwrap();
    assert_eq!((about.uid(), about.gid(), about.mode() & 0o7777), (SECOND, SECOND, mode));
    for left in ["/cal/config/.calha-held", "/cal/.calha-held", &format!("{RECORD}/held")] {
        assert!(fs::symlink_metadata(root.here(left)).is_err(), "{left} stays behind");
    }
    let names = fs::read_dir(root.here("/cal/config")).unwrap();
    let names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().ends_with(".calha")), "{names:?}");
}

#[test]
fn every_operation_works_in_a_directory_of_somebody_else_and_gives_it_back() {
    if !is_root(PLAYED) {
        return;
    }
    for shell in shells() {
        for (everything, mode) in [(false, 0o755), (true, 0o2775), (false, 0o777)] {
            let root = node(everything);
            let config = root.here("/cal/config");
            fs::set_permissions(&config, Permissions::from_mode(mode)).unwrap();
            for (number, op) in all().iter().enumerate() {
                let said = root.run_as(number as u32 + 1, &shell, op);
                assert_eq!(said, "done", "{shell} {mode:o}: {op:?}");
                given_back(&root, mode);
            }
            let text = fs::read_to_string(root.here(ICS_CONF)).unwrap();
            assert_eq!(text, format!("first\n{}", block()));
            let about = fs::metadata(root.here(ICS_CONF)).unwrap();
            assert_eq!(about.uid(), SECOND, "the file keeps its owner");
        }
    }
}

#[test]
fn what_somebody_else_has_put_in_the_way_is_refused() {
    if !is_root(PLAYED) {
        return;
    }
    // What is in the way, and a part of what is said of it.
    let put: [(&str, &str, Put); 7] = [
        ("a link to a file of root's", "", |root| {
            fs::remove_file(root.here(ICS_CONF)).unwrap();
            symlink("/etc/secret", root.here(ICS_CONF)).unwrap();
        }),
        ("a link to a directory", "", |root| {
            fs::rename(root.here("/cal/config"), root.here("/cal/aside")).unwrap();
            symlink("/cal/aside", root.here("/cal/config")).unwrap();
        }),
        ("another name of a file", "", |root| {
            fs::remove_file(root.here(ICS_CONF)).unwrap();
            fs::hard_link(root.here("/etc/secret"), root.here(ICS_CONF)).unwrap();
        }),
        ("the private directory", "if somebody else made it, remove it", |root| {
            fs::create_dir(root.here("/cal/config/.calha-held")).unwrap();
            fs::write(root.here("/cal/config/.calha-held/x"), "").unwrap();
        }),
        ("a link in its place", "if somebody else made it, remove it", |root| {
            symlink("/etc", root.here("/cal/config/.calha-held")).unwrap();
        }),
        ("a directory for everybody", "", |root| {
            chown(root.here("/cal/config"), Some(0), Some(0)).unwrap();
            let mode = Permissions::from_mode(0o1777);
            fs::set_permissions(root.here("/cal/config"), mode).unwrap();
        }),
        // Nobody is to look for somebody else where there is no room.
        ("a full disk", "cannot make DIR/.calha-held: mkdir: no room", |root| {
            root.command("mkdir", "echo 'mkdir: no room' >&2; exit 1");
        }),
    ];
    for shell in shells() {
        for (what, why, put) in &put {
            let root = node(true);
            put(&root);
            let (etc, cal) = (listing(&root.here("/etc")), listing(&root.here("/cal")));
            let said = root.run(&shell, &set_block_in(ICS_CONF));
            assert!(said.starts_with("failed: 1 "), "{shell}: {what}: {said}");
            assert!(!said.contains("cannot write the record"), "{shell}: {what}: {said}");
            let why = why.replace("DIR", root.here("/cal/config").to_str().unwrap());
            assert!(said.contains(&why), "{shell}: {what}: {said}");
            assert_eq!(etc, listing(&root.here("/etc")), "{shell}: {what}");
            assert_eq!(cal, listing(&root.here("/cal")), "{shell}: {what}");
        }
    }
}

/// A directory of root's in theirs is replaced between the look at it and the moment from which
/// nobody else can do that.
#[test]
fn a_directory_on_the_way_that_is_replaced_just_then_is_not_worked_in() {
    if !is_root(PLAYED) {
        return;
    }
    for shell in shells() {
        let root = node(true);
        fs::create_dir(root.here("/cal/.calha")).unwrap();
        let at = root.dir.path().display();
        root.command(
            "mkdir",
            &format!(
                "(cd {at}/cal && mv .calha aside && mkdir .calha && chown {SECOND} .calha)\n\
                 exec /bin/mkdir \"$@\""
            ),
        );
        let to = path("/cal/.calha/carried");
        let said = root.run(&shell, &Op::Copy { from: path(ICS_CONF), to, mode: None });
        assert!(said.starts_with("failed: 1 "), "{shell}: {said}");
        assert!(said.contains("changed by someone else"), "{shell}: {said}");
        let theirs = fs::read_dir(root.here("/cal/.calha")).unwrap().count();
        assert_eq!(theirs, 0, "{shell}: root has worked in a directory of somebody else");
        assert_eq!(fs::metadata(root.here("/cal")).unwrap().uid(), SECOND, "{shell}");
        given_back(&root, 0o755);
    }
}

#[test]
fn a_shell_that_is_killed_keeps_no_directory_of_somebody_else() {
    if !is_root(PLAYED) {
        return;
    }
    for shell in shells() {
        // Wherever it is killed, before or after a command: the next run gives back what it had
        // taken, whatever that run does.
        for (command, after, again) in [
            ("chown", false, true),
            ("chown", false, false),
            ("chown", true, true),
            ("cp", true, true),
            ("cp", true, false),
            ("cksum", true, false),
            ("mv", true, false),
        ] {
            let root = node(false);
            let done = if after { format!("/bin/{command} \"$@\"; ") } else { String::new() };
            root.command(command, &format!("{done}kill -9 $PPID"));
            assert!(
                root.try_as(1, &shell, &set_block_in(ICS_CONF)).is_err(),
                "{shell}: not killed at {command}"
            );
            root.command(command, &format!("exec /bin/{command} \"$@\""));

            if again {
                let said = root.run(&shell, &set_block_in(ICS_CONF));
                assert!(["done", "already"].contains(&&*said), "{shell} {command}: {said}");
            } else {
                let lock = "calha_by=run\ncalha_line() { echo run; }\ncalha_take";
                let script = format!("CALHA_RECORD={RECORD}\n{PRELUDE}\n{lock}\n");
                fs::write(root.here("/script"), script).unwrap();
                let mut words = shell.split(' ');
                let mut process = Process::new(words.next().unwrap());
                let process = process.args(words).arg(root.here("/script")).env_clear();
                let process = process.env("CALHA_LAB_ROOT", root.dir.path());
                assert!(process.status().unwrap().success(), "{shell} {command}");
                // What was prepared goes with the next attempt.
                let _ = fs::remove_file(root.here("/cal/config/ics.conf.calha"));
            }
            given_back(&root, 0o755);
        }
    }
}

/// What the second user does, again and again, until it is told to stop.
fn attack(root: &Path, stop: &AtomicBool) {
    // These two are of this thread alone.
    rustix::thread::set_thread_groups(&[]).unwrap();
    let (user, group) = (rustix::fs::Uid::from_raw(SECOND), rustix::fs::Gid::from_raw(SECOND));
    rustix::thread::set_thread_res_gid(group, group, group).unwrap();
    rustix::thread::set_thread_res_uid(user, user, user).unwrap();

    let cal = root.join("cal");
    let config = cal.join("config");
    let (file, held) = (config.join("ics.conf"), config.join(".calha-held"));
    let (aside, away) = (config.join("aside"), cal.join("away"));
    let put_aside = |path: &Path| fs::rename(path, &aside).is_ok();
    let put_back = |path: &Path| {
        let _ = fs::remove_file(path);
        let _ = fs::rename(&aside, path);
    };

    let mut random = 0x9e37_79b9_u32;
    while !stop.load(Ordering::Relaxed) {
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        let target = ["etc", "etc/secret", "root", "etc/vfstab"][random as usize >> 8 & 3];
        match random & 7 {
            0..=2 => {
                for path in [&file, &held] {
                    if put_aside(path) {
                        let _ = symlink(root.join(target), path);
                        put_back(path);
                    }
                }
            }
            3 => {
                for name in ["ics.conf.calha", "new", "new.calha", "ics.conf.before-ha"] {
                    let path = config.join(name);
                    let _ = symlink(root.join(target), &path);
                    let _ = fs::remove_file(path);
                }
            }
            4 => {
                if fs::rename(&config, &away).is_ok() {
                    let _ = symlink(root.join("etc"), &config);
                    std::thread::yield_now();
                    let _ = fs::remove_file(&config);
                    let _ = fs::rename(&away, &config);
                }
            }
            5 => {
                let _ = fs::create_dir(config.join("new"));
                let _ = fs::remove_dir(config.join("new"));
                let _ = symlink(root.join("etc"), cal.join(".calha"));
                let _ = fs::remove_file(cal.join(".calha"));
            }
            6 => {
                let _ = fs::hard_link(&file, config.join("second"));
                let _ = fs::remove_file(config.join("second"));
            }
            _ => {
                let _ = fs::write(&file, "first\n");
            }
        }
    }
    // So that what is looked at afterwards is there.
    let _ = fs::remove_file(&config);
    let _ = fs::rename(&away, &config);
    put_back(&file);
}

#[test]
fn nothing_of_roots_is_reached_in_a_race_with_the_owner_of_the_directory() {
    if !is_root(PLAYED) {
        return;
    }
    let seconds = std::env::var("CALHA_RACE").ok().and_then(|seconds| seconds.parse().ok());
    let root = node(true);
    fs::create_dir_all(root.here("/root")).unwrap();
    fs::set_permissions(root.here("/root"), Permissions::from_mode(0o700)).unwrap();
    fs::write(root.here("/etc/vfstab"), "").unwrap();
    let of_root = || (listing(&root.here("/etc")), listing(&root.here("/root")));
    let before = of_root();

    let stop = AtomicBool::new(false);
    let mut done = 0;
    std::thread::scope(|scope| {
        scope.spawn(|| attack(root.dir.path(), &stop));
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(seconds.unwrap_or(3)) {
            for (number, op) in all().iter().enumerate() {
                let said = root.try_as(number as u32 + 1, "dash", op);
                done += usize::from(said.as_deref() == Ok("done"));
            }
            // What is not done before is done again.
            fs::remove_dir_all(root.here(RECORD)).unwrap();
            fs::create_dir_all(root.here(RECORD)).unwrap();
        }
        stop.store(true, Ordering::Relaxed);
    });

    println!("{done} operations ended well meanwhile");
    assert_eq!(before, of_root(), "something of root's changed");
    for (path, is) in listing(&root.here("/cal")) {
        let secret = format!("{:?}", b"secret\n");
        let about = fs::symlink_metadata(&path).unwrap();
        let readable = about.uid() == SECOND || about.mode() & 0o044 != 0;
        assert!(!is.contains(secret.trim_matches(['[', ']'])) || !readable, "{path:?}: {is}");
    }
    for path in ["/cal", "/cal/config"] {
        let about = fs::symlink_metadata(root.here(path)).unwrap();
        assert_eq!((about.uid(), about.mode() & 0o7777), (SECOND, 0o755), "{path}");
    }
    assert!(done > 0, "nothing could be done at all");
}
