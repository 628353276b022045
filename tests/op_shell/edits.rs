//! Edits against every prior state of a file: they agree and give the predicted bytes.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use calha::node::Sum;
use calha::op::effect::edit;
use calha::op::{Change, Format, Op, Reality};

use crate::agreement::Runs;
use crate::entries::{
    BEGIN, END, LINE, SYSLOG, block, blocks, entries, long, odd, only_here, selectors, settings,
};
use crate::support::{RECORD, Root, path, shells};

#[test]
fn edits_agree_with_every_prior_state_and_give_the_predicted_bytes() {
    edits_agree(Root::new, &shells());
}

#[test]
fn edits_agree_on_an_odd_node() {
    edits_agree(Root::odd, &shells()[..1]);
}

fn edits_agree(node: fn() -> Root, shells: &[String]) {
    let vfstab = |text: &str| text.to_owned();
    let files = [
        vfstab(""),
        vfstab("fd\t-\t/dev/fd\tfd\t-\tno\t-\n"),
        vfstab("no newline at the end"),
        format!("# comment\n{LINE}\nlast\n"),
        format!("{LINE}\n{LINE}\n"),
        vfstab("/dev/dsk/other /dev/rdsk/other  /cal ufs 2 no -\n"),
        vfstab("#/dev/dsk/other /dev/rdsk/other  /cal ufs 2 no -\n"),
        vfstab("crlf\r\nx\r\n"),
        block(),
        format!("before\n{}after", block()),
        format!("before\n{BEGIN}\nchanged\n{END}\n"),
        format!("before\n{BEGIN}\nnever ended\n"),
        format!("{}{}", block(), block()),
        format!("{}\n", long()),
        format!("{0}\nx\n{0}\n", odd()),
        // The last line has no newline: somebody's own, ours, one too long for awk(1), the end of
        // the block.
        format!("{LINE}\n/dev/dsk/last /dev/rdsk/last /last ufs 2 no -"),
        format!("first\n{LINE}"),
        format!("first\n{}", long()),
        format!("before\n{}", block().trim_end()),
        format!("{}\n/dev/dsk/other /dev/rdsk/other /cal ufs 2 no -", long()),
    ];
    let (begin, end) = (BEGIN.to_owned(), END.to_owned());
    let changes = [
        Change::AddLine { line: LINE.into(), key: "/cal".into() },
        Change::AddLine { line: long(), key: "/cal".into() },
        Change::AddLine { line: odd(), key: "/cal".into() },
        Change::RemoveLine { line: LINE.into() },
        Change::RemoveLine { line: long() },
        Change::SetBlock {
            begin: begin.clone(),
            end: end.clone(),
            text: block(),
            only_here: only_here(),
        },
        Change::RemoveBlock {
            begin: begin.clone(),
            end: end.clone(),
            sum: Sum::of(block().as_bytes()),
            lines: Vec::new(),
            only_here: only_here(),
        },
        Change::RemoveBlock {
            begin,
            end,
            sum: Sum::of(block().as_bytes()),
            lines: settings(),
            only_here: only_here(),
        },
        Change::AddLine { line: SYSLOG.into(), key: "/var/adm/clusterlog".into() },
        Change::RemoveLine { line: SYSLOG.into() },
    ];
    // Those of its own document besides.
    let files_for = |change: &Change| match change.entry() {
        Some(SYSLOG) => [&files[..], &selectors()].concat(),
        Some(_) => [&files[..], &entries()].concat(),
        None => [&files[..], &blocks()].concat(),
    };
    for shell in shells {
        for change in &changes {
            for file in &files_for(change) {
                let root = node();
                fs::write(root.here("/etc/real"), file).unwrap();
                fs::set_permissions(root.here("/etc/real"), fs::Permissions::from_mode(0o640))
                    .unwrap();
                symlink("/etc/real", root.here("/etc/edited")).unwrap();
                let op = Op::Edit {
                    path: path("/etc/edited"),
                    format: Format::Vfstab,
                    changes: vec![change.clone()],
                    undoes: None,
                };
                let before = op.reality(&root).unwrap();
                let said = root.run(shell, &op);
                let now = fs::read(root.here("/etc/real")).unwrap();
                let context = format!(
                    "{shell}: {change:?} in {file:?}: Rust says {before}, the shell {said}"
                );
                match before {
                    Reality::Present => assert_eq!(said, "already", "{context}"),
                    Reality::Differs { .. } => assert!(said.starts_with("differs"), "{context}"),
                    Reality::Absent => assert_eq!(said, "done", "{context}"),
                }
                let expected = if before == Reality::Absent {
                    edit(file.as_bytes(), std::slice::from_ref(change))
                } else {
                    file.clone().into_bytes()
                };
                assert_eq!(
                    String::from_utf8_lossy(&now),
                    String::from_utf8_lossy(&expected),
                    "{context}"
                );
                let meta = fs::metadata(root.here("/etc/real")).unwrap();
                assert_eq!(meta.mode() & 0o7777, 0o640, "{context}: the mode");
                assert!(
                    fs::symlink_metadata(root.here("/etc/edited")).unwrap().is_symlink(),
                    "{context}: the link"
                );
                if before == Reality::Absent {
                    let kept = root.here(RECORD).join("step.1.before");
                    assert_eq!(
                        fs::read(&kept).unwrap(),
                        file.as_bytes(),
                        "{context}: the pre-image"
                    );
                    assert_eq!(
                        fs::metadata(&kept).unwrap().mode() & 0o7777,
                        0o600,
                        "{context}: the pre-image's mode"
                    );
                }
            }
        }
    }
}

#[test]
fn a_block_that_cannot_be_looked_at_is_not_added_again() {
    let text = "! BEGIN x\nservice.http.listenaddr = \"192.0.2.10\"\n! END x\n";
    for shell in shells() {
        let root = Root::new();
        let file = root.here("/d/ics.conf");
        fs::write(&file, format!("before\n{text}after\n")).unwrap();
        let set = Change::SetBlock {
            begin: "! BEGIN x".into(),
            end: "! END x".into(),
            text: text.into(),
            only_here: only_here(),
        };
        let op = Op::Edit {
            path: path("/d/ics.conf"),
            format: Format::IcsConf,
            changes: vec![set],
            undoes: None,
        };
        assert_eq!(root.run(&shell, &op), "already", "{shell}");
        fs::remove_file(root.here("/usr/bin/sed")).unwrap();
        let said = root.run(&shell, &op);
        assert!(said == "already" || said.starts_with("differs"), "{shell}: {said}");
        assert_eq!(fs::read_to_string(&file).unwrap(), format!("before\n{text}after\n"), "{shell}");
    }
}
