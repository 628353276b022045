//! What works on a shared file system is asked on the node whether that is mounted, in the same breath in which it would begin.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use calha::host::{Applied, Due, Host};
use calha::node::{Command, Mode};
use calha::op::{Check, Op, OpId, Run, Undo};

use crate::host;
use crate::support::{RECORD, Root, me, path, shells};

/// A df(1M) that finds the directory mounted so many times, and then no more.
fn df(root: &Root, times: u32) {
    let count = root.here("/d/count");
    fs::write(&count, format!("{times}\n")).unwrap();
    let count = count.display();
    let text = format!(
        "#!/bin/sh\nread left <{count}\nif test $left -gt 0; then at=$2; else at=/; fi\nexpr $left - 1 >{count}\necho \"/dev/md/penguin/dsk/d400 8262869 1305472 6874769    16%    $at\"\n"
    );
    let file = root.here("/usr/bin/df");
    fs::write(&file, text).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
}

fn mount_table(root: &Root, lines: &str) {
    fs::create_dir_all(root.here("/etc")).unwrap();
    fs::write(root.here("/etc/mnttab"), lines).unwrap();
}

fn due(root: &Root, number: u32, op: &Op) -> Due {
    let id = OpId { step: "step".into(), node: root.name.clone(), number };
    Due::unseen(&id, op).on_share(vec![path("/cal")])
}

fn touch(at: &str, root: &Root) -> Op {
    Op::Run(
        Run::new(
            Command::new("/usr/bin/touch", [root.here(at).to_string_lossy()]),
            Check::Exists(path(at)),
            Undo::nothing("a test"),
        )
        .within(20),
    )
}

const MOUNTED: &str = "/dev/md/penguin/dsk/d400\t/cal\tufs\trw\t1\n";

#[test]
fn a_command_does_not_start_without_its_file_system() {
    let withheld = Ok(Applied::Withheld { unmounted: "/cal".into() });
    for shell in shells() {
        let root = Root::new();
        let host = host(&root, &shell);
        let op = touch("/d/ran", &root);
        let ran = || root.here("/d/ran").exists();
        // Not mounted; a table that is out of date.
        for (table, answers) in [("", 9), (MOUNTED, 0)] {
            mount_table(&root, table);
            df(&root, answers);
            assert_eq!(host.apply(&due(&root, 1, &op)), withheld, "{shell}");
            assert!(!ran() && !root.here(RECORD).join("step.1.intent").exists(), "{shell}");
        }
        // Unmounted between the look and the start.
        mount_table(&root, MOUNTED);
        df(&root, 1);
        let Ok(Applied::Failed { tail, .. }) = host.apply(&due(&root, 2, &op)) else {
            panic!("{shell}: it began")
        };
        assert!(tail.contains("/cal is not mounted here: it was not started"), "{shell}: {tail}");
        assert!(!ran() && !root.here(RECORD).join("step.2.rc").exists(), "{shell}");
        df(&root, 9);
        assert_eq!(host.apply(&due(&root, 2, &op)), Ok(Applied::Done), "{shell}");
        // What a command has done its own record says, wherever the file system is by then.
        mount_table(&root, "");
        assert_eq!(host.apply(&due(&root, 2, &op)), Ok(Applied::Already), "{shell}");
    }
}

#[test]
fn a_file_is_neither_made_nor_taken_for_gone_where_its_file_system_is_not() {
    let withheld = Ok(Applied::Withheld { unmounted: "/cal".into() });
    for shell in shells() {
        let root = Root::new();
        let host = host(&root, &shell);
        mount_table(&root, "");
        df(&root, 9);
        let make =
            Op::Mkdir { path: path("/d/new"), mode: Mode(0o700), owner: me(), mount_point: false };
        let gone = Op::Rmdir { path: path("/d/not-there") };
        assert_eq!(host.apply(&due(&root, 1, &make)), withheld, "{shell}");
        assert_eq!(host.apply(&due(&root, 2, &gone)), withheld, "{shell}");
        assert!(!root.here("/d/new").exists(), "{shell}");
        // The next operation does not inherit it.
        let elsewhere = Due { share: Vec::new(), ..due(&root, 3, &make) };
        assert_eq!(host.apply(&elsewhere), Ok(Applied::Done), "{shell}");
    }
}
