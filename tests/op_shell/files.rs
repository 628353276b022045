//! Operations on files and directories, in every place and on a full disk.

use std::fs;

use calha::node::{Mode, Sum};
use calha::op::Op;

use crate::agreement::{Runs, agree, agree_on};
use crate::entries::add_entry;
use crate::support::{Root, me, path, places, shells};

#[test]
fn files_and_directories_agree_with_every_prior_state() {
    agree(&everywhere());
}

#[test]
fn files_and_directories_agree_on_an_odd_node() {
    agree_on(Root::odd, &shells()[..1], &everywhere());
}

/// Every operation on files, in every place.
fn everywhere() -> Vec<Op> {
    let mut ops = Vec::new();
    for at in places() {
        ops.push(Op::Mkdir {
            path: at.clone(),
            mode: Mode(0o755),
            owner: me(),
            mount_point: false,
        });
        ops.push(Op::Rmdir { path: at.clone() });
        ops.push(Op::Symlink { path: at.clone(), target: "/cal/config".into() });
        ops.push(Op::Unlink { path: at.clone(), target: "/cal/config".into() });
        ops.push(Op::Install {
            path: at.clone(),
            mode: Mode(0o644),
            owner: me(),
            content: "text\n".into(),
        });
        ops.push(Op::Copy { from: path("/d/file"), to: at.clone(), mode: None });
        ops.push(Op::Copy { from: path("/d/file"), to: at.clone(), mode: Some(Mode(0o600)) });
        ops.push(Op::Remove { path: at.clone(), sum: Some(Sum::of(b"text\n")) });
        ops.push(Op::Remove { path: at, sum: None });
    }
    ops
}

/// A file that cannot grow plays the full disk: what does not fit must never be put in place.
#[test]
fn a_full_disk_spoils_neither_the_edited_file_nor_a_new_one() {
    for shell in shells() {
        let root = Root::new();
        let before = "x".repeat(4089) + "\n";
        fs::write(root.here("/etc/vfstab"), &before).unwrap();
        let edit = add_entry();
        let limited = format!("prlimit --fsize=4096 {shell}");
        assert!(root.run(&limited, &edit).starts_with("failed"), "{shell}");
        assert_eq!(
            fs::read_to_string(root.here("/etc/vfstab")).unwrap(),
            before,
            "{shell}: the file was spoilt"
        );
        assert!(
            !root.here("/etc/vfstab.calha").exists(),
            "{shell}: the unfinished copy stays behind"
        );
        assert_eq!(root.run(&shell, &edit), "done", "{shell}: with room again");

        let copy = Op::Copy { from: path("/d/big"), to: path("/d/new"), mode: None };
        fs::write(root.here("/d/big"), "y\n".repeat(4000)).unwrap();
        assert!(root.run(&limited, &copy).starts_with("failed"), "{shell}");
        // Some shells keep a here-document in a file of their own and are killed by the limit: no
        // answer, and nothing in place.
        let install = Op::Install {
            path: path("/d/new"),
            mode: Mode(0o644),
            owner: me(),
            content: "y\n".repeat(4000),
        };
        let said = root.try_as(1, &limited, &install);
        assert!(said.as_ref().map_or(true, |s| s.starts_with("failed")), "{shell}: {said:?}");
        assert!(!root.here("/d/new").exists(), "{shell}: half a file was put in place");
        assert_eq!(root.run(&shell, &install), "done", "{shell}: with room again");
        assert!(!root.here("/d/new.calha").exists(), "{shell}: the unfinished file stays behind");
    }
}

/// Echo takes a backslash for something else in some shells, and a minus sign at the beginning in
/// others.
#[test]
fn texts_arrive_to_the_byte() {
    let long: String =
        (0..3000).map(|n| format!("line {n} \\ of \"many\" $x `y` it's\n")).collect();
    let texts = [
        "",
        "\n",
        "\n\n",
        "plain\n",
        "-n\n",
        "-e\n",
        "-neE\n-n\n",
        "a\\nb\\c\\0101\n",
        "|~@\\-\n",
        "-\\|~@\u{1}\n",
        "it's ''\n",
        "\\\n",
        "\t x \t\n\n\n",
        "일정\n",
        &long,
    ];
    for shell in shells() {
        let root = Root::new();
        for (number, text) in (1..).zip(texts) {
            let op = Op::Install {
                path: path(&format!("/d/text{number}")),
                mode: Mode(0o600),
                owner: me(),
                content: text.into(),
            };
            assert_eq!(root.run_as(number, &shell, &op), "done", "{shell}: {text:?}");
            assert_eq!(
                fs::read_to_string(root.here(&format!("/d/text{number}"))).unwrap(),
                text,
                "{shell}"
            );
        }
    }
}
