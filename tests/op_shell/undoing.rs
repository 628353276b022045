//! An edit undone: to the byte when nobody touched the file, else the entry alone.

use std::fs;

use calha::node::Sum;
use calha::op::{Change, Format, Op, OpId, Reality};

use crate::agreement::Runs;
use crate::entries::{BEGIN, END, LINE, add_entry, block, set_block};
use crate::support::{Root, path, shells};

#[test]
fn an_untouched_edit_is_undone_to_the_byte() {
    for shell in shells() {
        let root = Root::new();
        fs::write(root.here("/etc/vfstab"), "no newline at the end").unwrap();
        let op = add_entry();
        let id = OpId { step: "step".into(), node: root.name.clone(), number: 1 };
        assert_eq!(root.run(&shell, &op), "done");
        let undo = op.inverse(&id).unwrap();
        assert_eq!(root.run_as(2, &shell, &undo[0]), "done");
        assert_eq!(
            fs::read(root.here("/etc/vfstab")).unwrap(),
            b"no newline at the end",
            "{shell}"
        );
    }
}

#[test]
fn an_edit_undone_later_keeps_what_the_administrator_wrote_since() {
    for shell in shells() {
        let root = Root::new();
        fs::write(root.here("/etc/vfstab"), "first\n").unwrap();
        let op = add_entry();
        let id = OpId { step: "step".into(), node: root.name.clone(), number: 1 };
        assert_eq!(root.run(&shell, &op), "done");
        fs::write(root.here("/etc/vfstab"), format!("first\n{LINE}\nlater\n")).unwrap();
        assert_eq!(root.run_as(2, &shell, &op.inverse(&id).unwrap()[0]), "done");
        assert_eq!(
            fs::read_to_string(root.here("/etc/vfstab")).unwrap(),
            "first\nlater\n",
            "{shell}"
        );
    }
}

/// The entries are taken out of one another's result, whatever somebody did to the file meanwhile.
#[test]
fn several_entries_are_undone_from_a_file_that_was_changed_since() {
    let second = LINE.replace("d400", "d500").replace("/cal\t", "/cal2\t");
    let add = |line: &str, key: &str| Change::AddLine { line: line.into(), key: key.into() };
    let op = Op::Edit {
        path: path("/etc/vfstab"),
        format: Format::Vfstab,
        changes: vec![add(LINE, "/cal"), add(&second, "/cal2")],
        undoes: None,
    };
    for shell in shells() {
        for (before, behind, after) in
            [("first\n", "later\n", "first\nlater\n"), ("first\n", "later", "first\nlater\n")]
        {
            let root = Root::new();
            fs::write(root.here("/etc/vfstab"), before).unwrap();
            let id = OpId { step: "step".into(), node: root.name.clone(), number: 1 };
            assert_eq!(root.run(&shell, &op), "done");
            let respaced = second.replace('\t', "  ");
            let now = format!("{before}{LINE}\n{respaced}\n{behind}");
            fs::write(root.here("/etc/vfstab"), now).unwrap();
            assert_eq!(root.run_as(2, &shell, &op.inverse(&id).unwrap()[0]), "done", "{shell}");
            assert_eq!(fs::read_to_string(root.here("/etc/vfstab")).unwrap(), after, "{shell}");
        }
    }
}

/// Of several entries somebody may have taken one out, or has one already: what stands is not added
/// again.
#[test]
fn of_several_entries_those_that_stand_are_not_added_again() {
    let second = LINE.replace("d400", "d500").replace("/cal\t", "/cal2\t");
    let third = LINE.replace("d400", "d600").replace("/cal\t", "/cal3\t");
    let add = |line: &str, key: &str| Change::AddLine { line: line.into(), key: key.into() };
    let changes = vec![add(LINE, "/cal"), add(&second, "/cal2"), add(&third, "/cal3")];
    let path = path("/etc/vfstab");
    let op = Op::Edit { path, format: Format::Vfstab, changes: changes.clone(), undoes: None };
    for shell in shells() {
        for before in [
            format!("first\n{second}\n"),
            format!("{LINE}\nlast\n{}", third.replace('\t', "  ")),
            format!("{LINE}\n{second}\n{third}\n"),
        ] {
            let root = Root::new();
            fs::write(root.here("/etc/vfstab"), &before).unwrap();
            root.run(&shell, &op);
            let now = fs::read_to_string(root.here("/etc/vfstab")).unwrap();
            for mount in ["/cal", "/cal2", "/cal3"] {
                let of = |line: &&str| line.split_whitespace().nth(2) == Some(mount);
                assert_eq!(now.lines().filter(of).count(), 1, "{shell}: {before}\n{now}");
            }
            assert!(now.starts_with(&before), "{shell}: {before}\n{now}");
            assert_eq!(calha::op::effect::edit(before.as_bytes(), &changes), now.as_bytes());
        }
    }
}

/// What was written on one node is undone on another, which has no copy of the file as it was.
#[test]
fn a_block_is_undone_to_the_byte_on_another_node() {
    for shell in shells() {
        for before in ["", "a\n", "a", "a\n\n", "\n", "a\r\nb\r", "a\nb \t"] {
            let (wrote, other) = (Root::new(), Root::new());
            fs::write(wrote.here("/etc/conf"), before).unwrap();
            let id = OpId { step: "step".into(), node: wrote.name.clone(), number: 1 };
            assert_eq!(wrote.run(&shell, &set_block()), "done", "{shell}");
            fs::copy(wrote.here("/etc/conf"), other.here("/etc/conf")).unwrap();
            let undo = &set_block().inverse(&id).unwrap()[0];
            assert_eq!(other.run_as(2, &shell, undo), "done", "{shell}: {before:?}");
            assert_eq!(fs::read_to_string(other.here("/etc/conf")).unwrap(), before, "{shell}");
        }
    }
}

/// A journal of an earlier version says nothing of the block's lines.
#[test]
fn an_undo_as_it_was_written_before_still_works() {
    let sum = serde_json::json!(Sum::of(block().as_bytes()));
    let old = serde_json::json!({
        "op": "edit", "path": "/etc/conf", "format": "ics-conf", "undoes": "step.1",
        "changes": [{ "change": "remove-block", "begin": BEGIN, "end": END, "sum": sum }],
    });
    let undo: Op = serde_json::from_value(old.clone()).unwrap();
    assert_eq!(serde_json::json!(undo), old, "its identity");
    for shell in shells() {
        let root = Root::new();
        fs::write(root.here("/etc/conf"), format!("a\n{}b\n", block())).unwrap();
        assert_eq!(root.run_as(2, &shell, &undo), "done", "{shell}");
        assert_eq!(fs::read_to_string(root.here("/etc/conf")).unwrap(), "a\nb\n", "{shell}");
    }
}

/// What cannot be read has not been seen to have no entry.
#[test]
fn a_file_in_whose_place_something_else_stands_is_not_one_without_the_entry() {
    for shell in shells() {
        let root = Root::new();
        let id = OpId { step: "step".into(), node: root.name.clone(), number: 1 };
        let undo = &add_entry().inverse(&id).unwrap()[0];
        assert_eq!(undo.reality(&root).unwrap(), Reality::Present, "nothing is there");
        assert_eq!(root.run(&shell, undo), "already", "{shell}");
        fs::create_dir(root.here("/etc/vfstab")).unwrap();
        assert!(matches!(undo.reality(&root).unwrap(), Reality::Differs { .. }));
        assert!(root.run(&shell, undo).starts_with("differs"), "{shell}");
    }
}
