//! Programs that ask, and programs that take long: they get a terminal, or are watched.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use calha::host::{Applied, Due, Host, Watcher};
use calha::node::{Command, NodePath};
use calha::op::{Check, Stdin};

use super::operations::{failed, id, run};
use crate::support::{RECORD, Root, path, shells};
use crate::{connector, host};

#[test]
fn a_program_that_asks_gets_a_terminal_and_leaves_its_outcome() {
    if !Path::new("/usr/bin/script").exists() {
        assert!(std::env::var("CI").is_err(), "script is not installed; tests/run installs it");
        println!("skipped: script is not installed");
        return;
    }
    for shell in shells() {
        let root = Root::new();
        symlink("/usr/bin/tty", root.here("/usr/bin/tty")).unwrap();
        let mut connector = connector(&root, &shell);
        let words = [
            "/bin/sh",
            "-c",
            &format!("exec script -qec \"{shell} $0\" /dev/null </dev/null >/dev/null"),
        ]
        .map(String::from);
        connector.terminal = Some(words.to_vec());
        let host = calha::host::ShellHost::connect(connector, &path(RECORD)).unwrap();
        let rc: NodePath = path(&format!("{RECORD}/step.1.rc"));
        let asks = run(
            Command::new("/usr/bin/tty", [""; 0]),
            Stdin::Terminal { instructions: String::new() },
            Check::Begins { path: rc, text: "0".into() },
        );
        assert_eq!(host.apply(&Due::unseen(&id(&root, 1), &asks)), Ok(Applied::Done), "{shell}");
        assert_eq!(host.apply(&Due::unseen(&id(&root, 1), &asks)), Ok(Applied::Already), "{shell}");
        let never = run(
            Command::new("/usr/bin/false", [""; 0]),
            Stdin::Terminal { instructions: String::new() },
            Check::Never,
        );
        failed(host.apply(&Due::unseen(&id(&root, 2), &never)));
        for left in ["step.1.sh", "step.1.said", "step.2.sh", "step.2.said"] {
            assert!(!root.here(&format!("{RECORD}/{left}")).exists(), "{shell}: {left}");
        }
        let kept = fs::metadata(root.here(&format!("{RECORD}/step.1.intent"))).unwrap();
        assert!(kept.permissions().mode() & 0o7000 == 0, "{shell}");
    }
}

/// Somebody at a terminal sees what a long command printed last; a short one is not looked at.
#[test]
fn a_long_command_is_watched_while_it_runs() {
    let root = Root::new();
    let slow = root.here("/usr/bin/slow");
    fs::write(&slow, "#!/bin/sh\necho first\necho 'task 7 of 13'\nsleep 4\n").unwrap();
    fs::set_permissions(&slow, fs::Permissions::from_mode(0o755)).unwrap();
    let mut host = host(&root, &shells().remove(0));
    let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let told = std::sync::Arc::clone(&seen);
    host.watched_by(Watcher::new(move |node, line| {
        told.lock().unwrap().push(format!("{node}: {line}"))
    }));
    let slow = run(Command::new("/usr/bin/slow", [""; 0]), Stdin::Closed, Check::Always);
    assert_eq!(
        host.apply(&Due::unseen(&id(&root, 1), &slow)),
        Ok(Applied::Already),
        "what holds is not run"
    );
    let slow = run(
        Command::new("/usr/bin/slow", [""; 0]),
        Stdin::Closed,
        Check::Exists(path("/d/never")).negated().negated(),
    );
    // It never holds, which is no concern here.
    failed(host.apply(&Due::unseen(&id(&root, 2), &slow)));
    let seen = seen.lock().unwrap();
    assert!(seen.iter().any(|line| line == "Node1: task 7 of 13"), "{seen:?}");
    assert!(seen.len() < 4, "{seen:?}");
}
