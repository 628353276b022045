//! Nodes whose commands are odd: right answers, and each oddity ignored on purpose shows.

use std::fs;
use std::os::unix::fs::MetadataExt;

use calha::node::{Mode, Sum};
use calha::op::shell::PRELUDE;
use calha::op::{Change, Format, Op, OpId};

use crate::agreement::Runs;
use crate::entries::{BEGIN, END, LINE, add_entry, block, only_here, settings};
use crate::support::{RECORD, Root, me, path, shells};

/// A record by an earlier calha, or from another cksum(1), says the same sum.
#[test]
fn a_sum_is_the_same_whatever_is_between_its_fields() {
    for (shell, between) in shells().iter().flat_map(|s| [(s, " "), (s, "\t")]) {
        for node in [Root::new, Root::odd] {
            let root = node();
            fs::write(root.here("/etc/vfstab"), "no newline at the end").unwrap();
            let op = add_entry();
            let id = OpId { step: "step".into(), node: root.name.clone(), number: 1 };
            assert_eq!(root.run(shell, &op), "done");
            let sum = Sum::of(&fs::read(root.here("/etc/vfstab")).unwrap());
            let after = root.here(RECORD).join("step.1.after");
            fs::write(after, format!("{}{between}{}\n", sum.crc, sum.len)).unwrap();
            assert_eq!(root.run_as(2, shell, &op.inverse(&id).unwrap()[0]), "done");
            let now = fs::read_to_string(root.here("/etc/vfstab")).unwrap();
            assert_eq!(now, "no newline at the end", "{shell}");
        }
    }
}

/// What is right on an odd node, by this prelude: an answer for each thing that could go wrong.
fn right_on_an_odd_node(prelude: &str, shell: &str) -> Vec<bool> {
    let root = Root::odd();
    let mut number = 0;
    let mut says = |op: &Op, wanted: &str| {
        number += 1;
        root.try_with(prelude, number, shell, op).is_ok_and(|said| said.starts_with(wanted))
    };
    let here = |at: &str| root.here(at);
    let edit = |changes: Vec<Change>| Op::Edit {
        path: path("/etc/edited"),
        format: Format::Vfstab,
        changes,
        undoes: None,
    };
    let remove = || edit(vec![Change::RemoveLine { line: LINE.into() }]);
    let mkdir =
        Op::Mkdir { path: path("/d/made"), mode: Mode(0o700), owner: me(), mount_point: false };
    let installed = Op::Remove { path: path("/d/file"), sum: Some(Sum::of(b"text\n")) };
    let (begin, end) = (BEGIN.to_owned(), END.to_owned());
    let block_away = Change::RemoveBlock {
        begin,
        end,
        sum: Sum::of(block().as_bytes()),
        lines: settings(),
        only_here: only_here(),
    };

    let mut right = vec![says(&installed, "done"), says(&mkdir, "done")];
    let mode = fs::metadata(here("/d/made")).map_or(0, |m| m.mode() & 0o7777);
    right.push(mode == 0o700);
    fs::write(here("/etc/edited"), format!("{LINE}\nsomebody's last line")).unwrap();
    right.push(says(&remove(), "done"));
    let rest = fs::read_to_string(here("/etc/edited")).unwrap();
    right.push(rest == "somebody's last line\n");
    fs::write(here("/etc/edited"), format!("first\n{}", block().trim_end())).unwrap();
    right.push(says(&edit(vec![block_away]), "done"));
    right.push(fs::read_to_string(here("/etc/edited")).unwrap() == "first\n");
    // Undone to the byte, by what cksum(1) said.
    fs::write(here("/etc/vfstab"), "first").unwrap();
    right.push(says(&add_entry(), "done"));
    let added = OpId { step: "step".into(), node: root.name.clone(), number: 5 };
    right.push(says(&add_entry().inverse(&added).unwrap()[0], "done"));
    right.push(fs::read_to_string(here("/etc/vfstab")).unwrap() == "first");
    // Behind a fgrep(1) that fails nothing is gone.
    fs::write(here("/etc/edited"), format!("{LINE}\n")).unwrap();
    root.command("fgrep", "exit 2");
    right.push(says(&remove(), "failed"));
    root.command("cmp", "exit 2");
    right.push(says(&add_entry(), "failed"));
    right
}

/// Each oddity ignored on purpose must show.
#[test]
fn an_oddity_that_is_ignored_is_caught() {
    let shell = &shells()[0];
    let honest = right_on_an_odd_node(PRELUDE, shell);
    assert!(honest.iter().all(|right| *right), "{honest:?}");
    let mistakes = [
        (
            "sums are compared as text",
            "  set x `cksum <\"$1\"`\n  sum=\"$2 $3\"",
            "  sum=`cksum <\"$1\"`",
        ),
        ("set-group-id stays", "if test -g \"$3\"; then", "if false; then"),
        ("an open last line is not finished", "echo >>\"$n\" || return 1", ":"),
        (
            "an open last line is not seen",
            "{ cat \"$1\" && echo && echo \"$calha_end\"; }",
            "{ cat \"$1\"; }",
        ),
        ("a fgrep that fails leaves nothing", "be written.\n  test $? -le 1", "be written.\n  :"),
    ];
    for (what, from, to) in mistakes {
        assert!(PRELUDE.contains(from), "{what}: the prelude has changed");
        let right = right_on_an_odd_node(&PRELUDE.replace(from, to), shell);
        assert!(right.contains(&false), "{what}: nobody noticed");
    }
}
