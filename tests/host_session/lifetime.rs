//! How a session begins and how it ends.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use calha::host::{Connector, Session, ShellHost};
use calha::node::{HostError, Inspect};

use crate::support::{Root, path, shells};
use crate::{SOON, connector, root, session};

fn through(root: &Root, script: &str) -> Connector {
    Connector {
        argv: ["/bin/sh", "-c", script].map(String::from).to_vec(),
        ..connector(root, "sh")
    }
}

#[test]
fn banners_and_chatty_profiles_are_ignored() {
    for shell in shells() {
        let root = Root::new();
        fs::write(
            root.here("/banner"),
            "Sun Microsystems Inc. SunOS 5.9\n".repeat(5000) + "Last login: never ",
        )
        .unwrap();
        let script = format!(
            "cat {} ; echo stty: not a terminal >&2; exec {shell}",
            root.here("/banner").display()
        );
        let mut session = Session::start(&through(&root, &script), SOON).unwrap();
        assert_eq!(session.ask("echo yes", SOON).unwrap().stdout, b"yes\n", "{shell}");
    }
}

#[test]
fn noise_inside_an_answer_is_named_as_the_login_shells() {
    let root = Root::new();
    let noisy = "/bin/sh | while read -r line; do echo noise; printf '%s\\n' \"$line\"; done";
    let host = ShellHost::connect(through(&root, noisy), &path("/var/opt/calha")).unwrap();
    let why = host.stat(&path("/d/file")).unwrap_err().to_string();
    assert!(why.contains("the login shell, or what it has started"), "{why}");
    assert!(why.contains("(\"noise\")"), "{why}");
}

#[test]
fn a_login_shell_of_any_kind_becomes_a_bourne_shell() {
    let mut shells = shells();
    if Path::new("/usr/bin/tcsh").exists() || Path::new("/bin/tcsh").exists() {
        shells.extend(["tcsh", "tcsh -f"].map(String::from));
    } else {
        assert!(std::env::var("CI").is_err(), "tcsh is not installed; tests/run installs it");
        println!("skipped: tcsh is not installed");
    }
    for shell in shells {
        let root = Root::new();
        fs::write(root.here("/.cshrc"), "echo 'You have mail.'\nalias exit echo\n").unwrap();
        let mut connector = connector(&root, &shell);
        connector.enter = Some("/bin/sh".into());
        connector.env.push(("HOME".into(), root.dir.path().to_str().unwrap().into()));
        let mut session =
            Session::start(&connector, SOON).unwrap_or_else(|e| panic!("{shell}: {e}"));
        let said = session.ask("x=1; export x; echo $x$LC_ALL; exit 3", SOON).unwrap();
        assert_eq!((said.status, &said.stdout[..]), (3, &b"1C\n"[..]), "{shell}");
    }
}

#[test]
fn nobody_else_can_look_into_its_files() {
    for shell in shells() {
        let root = Root::new();
        let _session = session(&root, &shell);
        let directory = fs::read_dir(root.here("/tmp")).unwrap().next().unwrap().unwrap();
        assert_eq!(directory.metadata().unwrap().permissions().mode() & 0o7777, 0o700, "{shell}");
    }
}

#[test]
fn what_cannot_be_reached_says_why() {
    let root = Root::new();
    let why = |connector: &Connector, within: u64| match Session::start(
        connector,
        Duration::from_millis(within),
    ) {
        Err(HostError::Unreachable { node, why }) => {
            assert_eq!(node, "Node1");
            why
        }
        other => panic!("{other:?}"),
    };
    let refused = "ssh: connect to host node1 port 22: Connection refused";
    assert_eq!(why(&through(&root, &format!("echo '{refused}' >&2; exit 255")), 9000), refused);
    assert!(why(&through(&root, "exit 255"), 9000).contains("255"));
    assert!(
        why(&connector(&root, "/no/such/program"), 9000)
            .starts_with("cannot start /no/such/program: ")
    );
    assert!(
        why(&through(&root, "echo hm >&2; exec /bin/sleep 4"), 1500)
            .ends_with("1 seconds (limit.query): hm")
    );
    assert!(
        why(&through(&root, "echo This account is currently not available."), 9000)
            .contains("connection ended")
    );
    fs::remove_dir(root.here("/tmp")).unwrap();
    assert!(why(&connector(&root, "dash"), 9000).contains("No such file"));
    let none = Connector::new(root.name.clone(), [""; 0]);
    assert!(matches!(Session::start(&none, SOON), Err(HostError::Invalid(_))));
}

#[test]
fn a_lost_line_is_never_a_failure() {
    for shell in shells() {
        let root = Root::new();
        let mut one = session(&root, &shell);
        let lost = one.ask("kill -9 $$; sleep 1", SOON);
        assert!(matches!(lost, Err(HostError::Lost { .. })), "{shell}: {lost:?}");
        assert!(!one.is_usable());
        assert!(matches!(one.ask(":", SOON), Err(HostError::Lost { .. })), "{shell}");
        // Through a connection whose own words tell what became of it.
        let script =
            format!("{shell}; echo 'Connection to node1 closed by remote host.' >&2; exit 255");
        let mut two = Session::start(&through(&root, &script), SOON).unwrap();
        match two.ask("kill -9 $$", SOON) {
            Err(HostError::Lost { why, .. }) => {
                assert!(why.contains("closed by remote host"), "{shell}: {why}")
            }
            other => panic!("{shell}: {other:?}"),
        }
    }
}

#[test]
fn what_takes_too_long_is_left_running() {
    for shell in shells() {
        let root = Root::new();
        let mut one = session(&root, &shell);
        let began = Instant::now();
        let slow =
            one.ask("sleep 3; echo written >\"$R/d/late\"; echo more", Duration::from_secs(1));
        assert_eq!(slow, Err(HostError::TimedOut(1)), "{shell}");
        assert!(matches!(one.ask(":", SOON), Err(HostError::Lost { .. })), "{shell}");
        drop(one);
        assert!(began.elapsed() < Duration::from_millis(2800), "{shell}: waited for it");
        let empty = || fs::read_dir(root.here("/tmp")).unwrap().count() == 0;
        while began.elapsed() < SOON && !(empty() && root.here("/d/late").exists()) {
            std::thread::sleep(Duration::from_millis(20));
        }
        assert_eq!(fs::read(root.here("/d/late")).unwrap(), b"written\n", "{shell}: it was killed");
        assert_eq!(
            fs::read_dir(root.here("/tmp")).unwrap().count(),
            0,
            "{shell}: something stays in /tmp"
        );
    }
}

#[test]
fn a_node_whose_disk_is_full_does_not_pass_for_a_failed_command() {
    let root = Root::new();
    let mut session = session(&root, "prlimit --fsize=4096 dash");
    fs::write(root.here("/d/big"), "x\n".repeat(1500)).unwrap();
    let lost = session.ask("cat \"$R/d/big\"; cat \"$R/d/big\" >&2", SOON);
    assert!(matches!(lost, Err(HostError::Lost { .. })), "{lost:?}");
}

/// The private directories of sessions on a node, and the shells that they are of.
fn private_directories(root: &Root) -> Vec<(std::path::PathBuf, i32)> {
    let of = |path: std::path::PathBuf| {
        let pid = fs::read_to_string(path.join("pid")).unwrap();
        (path, pid.trim().parse().unwrap())
    };
    fs::read_dir(root.here("/tmp")).unwrap().map(|entry| of(entry.unwrap().path())).collect()
}

#[test]
fn what_a_killed_shell_left_in_tmp_goes_and_what_another_has_put_there_stays() {
    if !root::is_root("another user can be played by root alone") {
        return;
    }
    for shell in shells() {
        let root = Root::new();
        let killed = Session::start(&connector(&root, &shell), SOON).unwrap();
        let (left, pid) = private_directories(&root).remove(0);
        let pid = rustix::process::Pid::from_raw(pid).unwrap();
        rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
        drop(killed);
        while rustix::process::test_kill_process(pid).is_ok() {
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(left.exists(), "{shell}");

        // One of somebody else, of a process that has ended, too.
        let theirs = root.here("/tmp/calha.theirs");
        fs::create_dir(&theirs).unwrap();
        fs::copy(left.join("pid"), theirs.join("pid")).unwrap();
        fs::set_permissions(&theirs, fs::Permissions::from_mode(0o700)).unwrap();
        std::os::unix::fs::chown(&theirs, Some(64_123), None).unwrap();

        let first = Session::start(&connector(&root, &shell), SOON).unwrap();
        let second = Session::start(&connector(&root, &shell), SOON).unwrap();
        assert!(!left.exists(), "{shell}: what was left is still there");
        assert!(theirs.exists(), "{shell}: what is somebody else's is gone");
        assert_eq!(private_directories(&root).len(), 3, "{shell}: one that is in use is gone");
        drop((first, second));
    }
}

/// A file in the place of a pipe is a pipe again when it is read, and nobody would write into it.
#[test]
fn what_somebody_else_has_put_into_tmp_is_not_looked_into() {
    if !root::is_root("another user can be played by root alone") {
        return;
    }
    let root = Root::new();
    let theirs = root.here("/tmp/calha.theirs");
    fs::create_dir(&theirs).unwrap();
    std::os::unix::fs::chown(&theirs, Some(64_123), None).unwrap();
    let (pid, pipe) = (theirs.join("pid"), theirs.join("pipe"));
    fs::write(&pid, "1\n").unwrap();
    let mode = rustix::fs::Mode::from_bits_retain(0o600);
    let kind = rustix::fs::FileType::Fifo;
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, kind, mode, 0).unwrap();

    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let exchange = rustix::fs::RenameFlags::EXCHANGE;
            let here = rustix::fs::CWD;
            while !stop.load(Ordering::Relaxed) {
                rustix::fs::renameat_with(here, &pid, here, &pipe, exchange).unwrap();
            }
        });
        let began = |_| Session::start(&connector(&root, "dash"), SOON).is_ok();
        let all = (0..40).all(began);
        stop.store(true, Ordering::Relaxed);
        assert!(all, "a session waits for what somebody else has put there");
    });
    assert!(theirs.exists());
}
