//! Looking through a shell agrees with looking through the standard library.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command as Process;

use calha::host::ShellHost;
use calha::node::{Command, Entry, HostError, Inspect, Mode, Sum};
use calha::op::{Check, Op};

use crate::host;
use crate::support::{Root, me, path, places, shells};

/// A root with more in it than operations need.
fn rich() -> Root {
    let root = Root::new();
    for (name, mode) in [
        ("suid", 0o4755),
        ("sgid", 0o2711),
        ("locked", 0o2644),
        ("sticky", 0o1600),
        ("none", 0o000),
    ] {
        let file = root.here(&format!("/d/{name}"));
        fs::write(&file, name).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
    }
    fs::create_dir(root.here("/d/shared")).unwrap();
    fs::set_permissions(root.here("/d/shared"), fs::Permissions::from_mode(0o3777)).unwrap();
    symlink("a -> b", root.here("/d/arrow")).unwrap();
    symlink("it's \\c $HOME `x`  two", root.here("/d/strange")).unwrap();
    symlink("file", root.here("/d/relative")).unwrap();
    symlink("/d", root.here("/d/around")).unwrap();
    symlink("loop", root.here("/d/loop")).unwrap();
    fs::hard_link(root.here("/d/file"), root.here("/d/twin")).unwrap();
    fs::write(root.here("/d/bytes"), (0..=255).cycle().take(3000).collect::<Vec<u8>>()).unwrap();
    fs::write(root.here("/d/nothing"), "").unwrap();
    root
}

const MORE: &[&str] = &[
    "/",
    "/d",
    "/d/suid",
    "/d/sgid",
    "/d/locked",
    "/d/sticky",
    "/d/none",
    "/d/shared",
    "/d/arrow",
    "/d/strange",
    "/d/relative",
    "/d/loop",
    "/d/twin",
    "/d/bytes",
    "/d/nothing",
    "/d/full/x",
    "/d/file/below",
    "/d/missing/below",
    "/etc/mnttab",
    "/usr/bin",
];

#[test]
fn stat_and_read_agree_everywhere() {
    for shell in shells() {
        let root = rich();
        let host = host(&root, &shell);
        for at in places().into_iter().chain(MORE.iter().map(|p| path(p))) {
            assert_eq!(host.stat(&at), root.stat(&at), "{shell}: {at}");
            assert_eq!(host.link(&at), root.link(&at), "{shell}: {at}");
            match (host.read(&at), root.read(&at)) {
                // Rust says more of a link that leads in circles or to what is no path of calha's.
                (Err(HostError::Io { .. }), Err(HostError::Io { .. } | HostError::Invalid(_))) => {}
                (Ok(one), Ok(two)) => assert!(one == two, "{shell}: {at}"),
                other => panic!("{shell}: {at}: {other:?}"),
            }
        }
        // Links with absolute targets stay inside the root.
        assert_eq!(host.read(&path("/d/around/around/file")), Ok(b"text\n".to_vec()), "{shell}");
        assert!(Process::new("mkfifo").arg(root.here("/d/pipe")).status().unwrap().success());
        assert_eq!(host.stat(&path("/d/pipe")), Ok(Entry::Other { letter: 'p' }), "{shell}");
        assert!(
            matches!(host.read(&path("/d/pipe")), Err(HostError::Io { .. })),
            "{shell}: it would wait for ever"
        );
    }
}

#[test]
fn large_files_are_read_whole_and_looked_at_in_place() {
    let root = Root::new();
    let bytes: Vec<u8> =
        (0..20_000_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    fs::write(root.here("/d/large"), &bytes).unwrap();
    for shell in shells() {
        let host = host(&root, &shell);
        match host.stat(&path("/d/large")).unwrap() {
            Entry::File { sum, .. } => assert_eq!(sum, Sum::of(&bytes), "{shell}"),
            other => panic!("{shell}: {other:?}"),
        }
        assert!(host.read(&path("/d/large")).unwrap() == bytes, "{shell}");
    }
}

#[test]
fn queries_agree_and_arguments_are_data() {
    for shell in shells() {
        let root = rich();
        let host = host(&root, &shell);
        let said = |command: &Command| (host.query(command).unwrap(), root.query(command).unwrap());
        for args in [
            &["it's $HOME `id` \\ ^ * \"x\""][..],
            &["a\nb"],
            &["*"],
            &["1", "+", "1"],
            &["-n"],
            &["~"],
            &["x=y"],
            &["0"],
        ] {
            let (one, two) = said(&Command::new("/usr/bin/expr", args.iter().copied()));
            assert_eq!(one, two, "{shell}: {args:?}");
        }
        let (one, two) =
            said(&Command::new("/usr/bin/cat", [root.here("/d/bytes").to_str().unwrap()]));
        assert_eq!(one, two, "{shell}");
        let missing = Command::new("/opt/SUNWscics/bin/none", [""; 0]);
        assert!(!host.query(&missing).unwrap().success(), "{shell}");
        let here = Command { cwd: Some(path("/d/full")), ..Command::new("/usr/bin/ls", [""; 0]) };
        assert_eq!(host.query(&here).unwrap().stdout, b"x\n", "{shell}");
        for at in ["/", "/cal", "/etc", "ufs"].iter().filter(|a| a.starts_with('/')) {
            assert_eq!(host.mounted(&path(at)), root.mounted(&path(at)), "{shell}: {at}");
        }
    }
}

#[test]
fn reality_agrees_for_every_operation_and_place() {
    for shell in shells() {
        let root = rich();
        let host = host(&root, &shell);
        for at in places() {
            let sum = Some(Sum::of(b"text\n"));
            let ops = [
                Op::Mkdir { path: at.clone(), mode: Mode(0o755), owner: me(), mount_point: false },
                Op::Mkdir { path: at.clone(), mode: Mode(0o755), owner: me(), mount_point: true },
                Op::Rmdir { path: at.clone() },
                Op::Symlink { path: at.clone(), target: "/cal/config".into() },
                Op::Unlink { path: at.clone(), target: "/cal/config".into() },
                Op::Install {
                    path: at.clone(),
                    mode: Mode(0o644),
                    owner: me(),
                    content: "text\n".into(),
                },
                Op::Copy { from: path("/d/file"), to: at.clone(), mode: None },
                Op::Remove { path: at.clone(), sum },
                Op::Remove { path: at, sum: None },
            ];
            for op in ops {
                assert_eq!(op.reality(&host), op.reality(&root), "{shell}: {op:?}");
            }
        }
        for check in [
            Check::Exists(path("/d/dangling")),
            Check::Begins { path: path("/d/file"), text: "te".into() },
            Check::Holds { path: path("/d/missing"), text: "ext".into() },
            Check::Mounted(path("/")),
            Check::Succeeds(Command::new("/usr/bin/false", [""; 0])),
        ] {
            assert_eq!(check.holds(&host), check.holds(&root), "{shell}: {check:?}");
        }
    }
}

/// A host that was asked by several threads answers each of them.
#[test]
fn a_host_is_shared_between_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    let root = Root::new();
    let host: ShellHost = host(&root, "dash");
    shared(&host);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..20 {
                    assert_eq!(host.read(&path("/d/file")), Ok(b"text\n".to_vec()));
                    assert_eq!(host.read(&path("/d/other")), Ok(b"other\n".to_vec()));
                }
            });
        }
    });
}
