//! Every operation against every prior state: the shell form that reaches a node and the Rust form that predicts it must agree.
//!
//! Runs under each shell that stands for a true Bourne shell here. A missing one fails where CI=true and is named elsewhere.

mod support;

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::process::Command as Process;

use calha::node::{Command, Mode, Sum};
use calha::op::effect::{OPEN, edit};
use calha::op::shell::PRELUDE;
use calha::op::{Change, Check, Format, Op, OpId, Reality, Run, Undo};

use support::{RECORD, Root, me, path, places, shells};

/// Runs an operation as a node would.
trait Runs {
    fn run(&self, shell: &str, op: &Op) -> String;
    fn run_as(&self, number: u32, shell: &str, op: &Op) -> String;
    fn try_as(&self, number: u32, shell: &str, op: &Op) -> Result<String, String>;
    fn try_with(&self, prelude: &str, number: u32, shell: &str, op: &Op) -> Result<String, String>;
}

impl Runs for Root {
    /// The last line calha printed.
    fn run(&self, shell: &str, op: &Op) -> String {
        self.run_as(1, shell, op)
    }

    fn run_as(&self, number: u32, shell: &str, op: &Op) -> String {
        self.try_as(number, shell, op).unwrap_or_else(|why| panic!("{why}"))
    }

    /// An error when the shell ended without an answer.
    fn try_as(&self, number: u32, shell: &str, op: &Op) -> Result<String, String> {
        self.try_with(PRELUDE, number, shell, op)
    }

    fn try_with(&self, prelude: &str, number: u32, shell: &str, op: &Op) -> Result<String, String> {
        let id = OpId { step: "step".into(), node: self.name.clone(), number };
        let prefix = format!("calha: step.{number}: ");
        let text = op.to_shell(&id);
        // A true Bourne shell may end with a signal when a function that has a here-document is defined anew.
        assert!(
            !text.as_str().contains("<<") || format!("{op:?}").contains("<<"),
            "a here-document in a function:\n{text}"
        );
        let script = format!("CALHA_RECORD={RECORD}\n{prelude}\n{text}");
        let file = self.here("/script");
        fs::write(&file, &script).unwrap();
        let mut words = shell.split(' ');
        let output = Process::new(words.next().unwrap())
            .args(words)
            .arg(&file)
            .env_clear()
            .env("CALHA_LAB_ROOT", self.dir.path())
            .output()
            .expect("the shell starts");
        fs::remove_file(&file).unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let last = text.lines().rfind(|l| l.starts_with(&prefix));
        last.map(|l| l[prefix.len()..].to_owned()).ok_or_else(|| {
            format!(
                "{shell}: no answer\n{script}\n--- out\n{text}\n--- err\n{}",
                String::from_utf8_lossy(&output.stderr)
            )
        })
    }
}

/// Runs every operation in a fresh root under every shell and compares with what Rust says before and after.
fn agree(ops: &[Op]) {
    agree_on(Root::new, &shells(), ops);
}

fn agree_on(node: fn() -> Root, shells: &[String], ops: &[Op]) {
    for shell in shells {
        for op in ops {
            let root = node();
            let before = op.reality(&root).unwrap();
            let said = root.run(shell, op);
            let after = op.reality(&root).unwrap();
            let context = format!("{shell}: {op:?}: Rust says {before}, the shell {said}");
            match before {
                Reality::Present => assert_eq!(said, "already", "{context}"),
                Reality::Differs { .. } => {
                    assert!(said.starts_with("differs"), "{context}");
                    assert_eq!(after, before, "{context}: changed something");
                }
                // A directory that is not empty cannot be removed: the failure must be told, not hidden.
                Reality::Absent if matches!(op, Op::Rmdir { path } if path.as_str() == "/d/full") =>
                {
                    assert!(said.starts_with("failed"), "{context}");
                }
                Reality::Absent => {
                    assert_eq!(said, "done", "{context}");
                    assert_eq!(after, Reality::Present, "{context}");
                    assert!(
                        root.here(RECORD).join("step.1.intent").exists(),
                        "{context}: no intent"
                    );
                    assert_eq!(root.run(shell, op), "already", "{context}: the second time");
                }
            }
        }
    }
}

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

const LINE: &str = "/dev/md/penguin/dsk/d400\t/dev/md/penguin/rdsk/d400\t/cal\tufs\t2\tno\tlogging";

/// More than the awk(1) of Solaris takes as a text.
fn long() -> String {
    LINE.replace("penguin", &"penguin".repeat(10))
}

/// What would have to be written otherwise in an awk(1) program.
fn odd() -> String {
    LINE.replace("logging", "a=\"b\\c\\\\d\"")
}

const BEGIN: &str = "! BEGIN calha HA block cal";
const END: &str = "! END calha HA block cal";

fn block() -> String {
    format!(
        "{BEGIN}\nlocal.server.ha.enabled=\"yes\"\nlocal.hostname=\"it's $HOME `x` \\ \"\n{END}\n"
    )
}

const SYSLOG: &str = "daemon.debug\t/var/adm/clusterlog";

/// The lines of the block that set something.
fn settings() -> Vec<String> {
    block().lines().filter(|line| !line.starts_with('!')).map(String::from).collect()
}

/// Files with an entry that means the same, or became another.
fn entries() -> Vec<String> {
    vec![
        format!("{}\n", LINE.replace('\t', "  ")),
        format!(" {} \t\nlast", LINE.replace('\t', " ")),
        format!("first\n{LINE}\n{}\n", LINE.replace('\t', " ")),
        format!("# dos\r\n{LINE}\r\n"),
        LINE.replace("\tno\t", "\tyes\t") + "\n",
        LINE.replace("\t2\t", "\t02\t") + "\n",
        LINE.replace("/cal\t", "/cal/\t") + "\n",
        LINE.replace("/cal\t", "//cal\t") + "\n",
        LINE.replace("/cal\t", "/other\t") + "\n",
        format!("{LINE}\n{}\n", LINE.replace("/cal\t", "/other\t")),
        format!("{LINE} x\n"),
        format!("#{LINE}\n \n\t\n"),
        LINE.replace("/cal\t", "/./cal/.\t") + "\n",
        LINE.replace("/cal\t", "/cal/..\t") + "\n",
        LINE.replace("/cal\t", "/other\t").replace("/dev/", "/dev//") + "\n",
        LINE.replace("/cal\t", "cal\t").replace("/dev/", "dev/") + "\n",
        LINE.replace("/cal\t", "/other\t").replace("/dev/", "/dev/./") + " x y\n",
    ]
}

/// The same of syslog.conf.
fn selectors() -> Vec<String> {
    vec![
        format!("{SYSLOG}\n"),
        format!("x\n{}", SYSLOG.replace('\t', "\t\t")),
        format!("{SYSLOG} \n*.err\t/dev/console\n"),
        format!("{}\n", SYSLOG.replace('\t', "  ")),
        format!("{SYSLOG}\r\n"),
        format!("{SYSLOG}\n{SYSLOG}\n"),
        format!("{}\n{SYSLOG}\n", SYSLOG.replace("debug", "info")),
        format!("{SYSLOG}2\n#{SYSLOG}\n"),
    ]
}

/// Files with what somebody made of a block.
fn blocks() -> Vec<String> {
    vec![
        format!("before\n{BEGIN} \nx\n{END}\n"),
        block().replace('\n', "\r\n"),
        format!("before\n{}", block()).replace(END, &format!("  {END}")),
        format!("\u{feff}{}", block()),
        block().replace("cal\n", "cal2\n"),
        "before\nlocal.server.ha.enabled=\"yes\"\nafter\n".to_owned(),
        "before\nlocal.hostname=\"it's $HOME `x` \\ \"\t\r\n".to_owned(),
        "local.server.ha.enabled = \"yes\"\n!local.server.ha.enabled=\"yes\"\n".to_owned(),
        "local.server.ha.enabled = \"yes\"\n".to_owned(),
        "local.server.ha.enabled\t=\tyes\r\n".to_owned(),
        "local.server.ha.enabled=\"yes\nx".to_owned(),
        "local.server.ha.enabled=\" yes\"\nlocal.server.ha.enabled=yes!\n".to_owned(),
        "local.server.ha.enabled: yes\nlocal.server.ha.enabled=no\n".to_owned(),
        format!("{END}\n{BEGIN}\n"),
        format!("open\n{OPEN}\n{}", block()),
        format!("open\n{OPEN}\n{}later\n", block()),
        format!("open\n{OPEN}\n{}later", block()),
        format!("{OPEN}\n{}", block()),
        format!("\n{OPEN}\n{}", block()),
        format!("open\n{OPEN}\nmine\n{}", block()),
        format!("first\n{}{BEGIN}", block()),
        format!("first\n{}", block()).trim_end().to_owned(),
    ]
}

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
        // The last line has no newline: somebody's own, ours, one too long for awk(1), the end of the block.
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
        Change::SetBlock { begin: begin.clone(), end: end.clone(), text: block() },
        Change::RemoveBlock {
            begin: begin.clone(),
            end: end.clone(),
            sum: Sum::of(block().as_bytes()),
            lines: Vec::new(),
        },
        Change::RemoveBlock { begin, end, sum: Sum::of(block().as_bytes()), lines: settings() },
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

fn add_entry() -> Op {
    Op::Edit {
        path: path("/etc/vfstab"),
        format: Format::Vfstab,
        changes: vec![Change::AddLine { line: LINE.into(), key: "/cal".into() }],
        undoes: None,
    }
}

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

fn set_block() -> Op {
    Op::Edit {
        path: path("/etc/conf"),
        format: Format::IcsConf,
        changes: vec![Change::SetBlock { begin: BEGIN.into(), end: END.into(), text: block() }],
        undoes: None,
    }
}

/// What was written on one node is taken back on another, which has no copy of the file as it was.
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

/// A text of several lines with quotes must reach the shell as it is.
fn prints_lines() -> Check {
    let text = "it's\n  'two' lines".to_owned();
    Check::Any(vec![
        Check::Prints { command: Command::new("/usr/bin/cat", ["/d/file"]), text: "x".into() },
        Check::Prints { command: Command::new("/usr/bin/printf", [text.clone()]), text },
    ])
}

/// Names that stand in lines of their own, alone or with a version, among others that begin alike.
#[test]
fn lines_and_versions_are_found_alike() {
    let listing = "SUNW.gds:5\nSUNW.HAStoragePlus\nSUNW.HAStoragePlus:6\nSUNW.scics2\n\
                   SUNW.LogicalHostname:2\nACME.x y:1";
    let printing = |text: &str| Command::new("/usr/bin/printf", ["%s\\n", text]);
    let failing = Command::new("/usr/bin/ls", ["/no/such/place"]);
    let mut ops = Vec::new();
    for command in [printing(listing), printing(""), failing] {
        for name in
            ["SUNW.HAStoragePlus", "SUNW.HAStoragePlus:6", "SUNW.scics", "SUNW.gds", "ACME.x y"]
        {
            let line = Check::Line { command: command.clone(), line: name.into() };
            let versions = [1, 2, 3].map(|least| Check::Versions {
                command: command.clone(),
                name: name.into(),
                least,
            });
            for check in std::iter::once(line).chain(versions) {
                ops.push(looked_at(check.clone()));
                let answers = Check::Succeeds(command.clone());
                ops.push(looked_at(Check::All(vec![answers, check.negated()])));
            }
        }
    }
    agree(&ops);
}

/// It is there as wanted, or odd; nothing is done.
fn looked_at(done_when: Check) -> Op {
    Op::Run(
        Run::new(Command::new("/usr/bin/true", [""; 0]), done_when, Undo::nothing("a test"))
            .absent_when(Check::Never)
            .within(10),
    )
}

#[test]
fn commands_run_once_and_leave_output_and_status_on_the_node() {
    let run = |program: &str, args: &[&str], done: Check, absent: Check| {
        Op::Run(
            Run::new(Command::new(program, args.iter().copied()), done, Undo::nothing("a test"))
                .absent_when(absent)
                .within(10),
        )
    };
    let exists = Check::Exists(path("/d/file"));
    agree(&[
        run("/usr/bin/false", &[], exists.clone(), Check::Always),
        run("/usr/bin/false", &[], Check::Never, Check::Never),
        run(
            "/usr/bin/true",
            &[],
            Check::All(vec![exists.clone(), Check::Mounted(path("/"))]),
            Check::Always,
        ),
        run(
            "/usr/bin/true",
            &[],
            Check::Any(vec![Check::Mounted(path("/cal")), exists.clone()]),
            Check::Always,
        ),
        run("/usr/bin/cat", &["/etc/mnttab"], prints_lines(), Check::Always),
        run(
            "/usr/bin/true",
            &[],
            Check::Begins { path: path("/d/file"), text: "te".into() },
            Check::Always,
        ),
        run(
            "/usr/bin/true",
            &[],
            Check::Holds { path: path("/d/file"), text: "ext".into() }.negated(),
            exists.negated(),
        ),
    ]);
    for shell in shells() {
        let root = Root::new();
        let touch = root.here("/d/made");
        let op = run(
            "/usr/bin/touch",
            &[touch.to_str().unwrap()],
            Check::Exists(path("/d/made")),
            Check::Always,
        );
        assert_eq!(root.run(&shell, &op), "done", "{shell}");
        assert_eq!(
            fs::read_to_string(root.here(RECORD).join("step.1.rc")).unwrap(),
            "0\n",
            "{shell}"
        );
        assert_eq!(root.run(&shell, &op), "already", "{shell}");
        let mut there =
            run("/usr/bin/touch", &["here"], Check::Exists(path("/d/empty/here")), Check::Always);
        if let Op::Run(Run { command, .. }) = &mut there {
            command.cwd = Some(path("/d/empty"));
        }
        assert_eq!(root.run_as(2, &shell, &there), "done", "{shell}: in its directory");
        let fails = run("/usr/bin/ls", &["/no/such/place"], Check::Never, Check::Always);
        assert!(root.run(&shell, &fails).starts_with("failed"), "{shell}");
        assert!(
            !fs::read(root.here(RECORD).join("step.1.out")).unwrap().is_empty(),
            "{shell}: the output is kept"
        );
    }
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
        // Some shells keep a here-document in a file of their own and are killed by the limit: no answer, and nothing in place.
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

/// Echo takes a backslash for something else in some shells, and a minus sign at the beginning in others.
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

/// The patterns of a case in which a star stands behind quoted text with variables: those variables.
fn before_a_star(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    let pieces: Vec<&str> = line.split('"').collect();
    for at in (1..pieces.len().saturating_sub(1)).step_by(2) {
        let behind = pieces[at + 1];
        let word = behind.split([' ', '|', ')', '\t']).next().unwrap_or("");
        let rest = behind[word.len()..].trim_start();
        let pattern = rest.starts_with([')', '|']) && word.contains('*');
        if pattern {
            let names = pieces[at].split('$').skip(1).map(|name| {
                let name = name.trim_start_matches('{');
                name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
            });
            found.extend(names);
        }
    }
    found
}

/// A true Bourne shell puts a mark where a quoted variable is empty, and a pattern with a star ends at it. So on a real node,
/// where nothing stands before a path, a pattern that begins with "$R matches nothing.
#[test]
fn no_pattern_has_a_variable_that_may_be_empty_before_a_star() {
    assert_eq!(before_a_star("  \"$R/a\" | \"$R/b/\"*) ;;"), ["R"]);
    assert_eq!(before_a_star("  *\"${calha_nl}x$y\"*) ;;"), ["calha_nl", "y"]);
    assert!(before_a_star("set x \"$R$above\"/* \"$R$above\"/.*").is_empty());

    // A record has a path, a text that is looked for is there, and the others begin with something.
    let never_empty = ["D", "calha_nl", "held", "own", "stem", "want"];
    for line in PRELUDE.lines() {
        for name in before_a_star(line) {
            assert!(never_empty.contains(&name.as_str()), "{name} may be empty: {line}");
        }
    }
}

/// What cannot be looked at is neither there nor gone: nothing is changed, and nobody is told that it is done.
#[test]
fn a_command_that_fails_is_no_answer() {
    let entry = || vec![Change::AddLine { line: LINE.into(), key: "/cal".into() }];
    let (begin, end) = (BEGIN.to_owned(), END.to_owned());
    let edits = [
        ("awk", entry()),
        ("awk", vec![Change::AddLine { line: long(), key: "/cal".into() }]),
        ("awk", vec![Change::RemoveLine { line: LINE.into() }]),
        ("cat", vec![Change::SetBlock { begin: begin.clone(), end: end.clone(), text: block() }]),
        ("sed", vec![Change::SetBlock { begin: begin.clone(), end: end.clone(), text: block() }]),
        (
            "sed",
            vec![Change::RemoveBlock {
                begin,
                end,
                sum: Sum::of(block().as_bytes()),
                lines: settings(),
            }],
        ),
    ];
    for shell in shells() {
        for (command, changes) in &edits {
            let root = Root::new();
            let before = format!("first\n{LINE}\n{}\n{}last\n", long(), block());
            fs::write(root.here("/etc/edited"), &before).unwrap();
            root.command(command, "exit 2");
            let op = Op::Edit {
                path: path("/etc/edited"),
                format: Format::Vfstab,
                changes: changes.clone(),
                undoes: None,
            };
            let said = root.run(&shell, &op);
            assert!(said.starts_with("differs: it cannot be"), "{shell}: {command}: {said}");
            assert_eq!(fs::read_to_string(root.here("/etc/edited")).unwrap(), before, "{shell}");
        }
        let root = Root::new();
        root.command("cmp", "exit 2");
        let copy = Op::Copy { from: path("/d/file"), to: path("/d/file"), mode: None };
        assert_eq!(root.run(&shell, &copy), "differs: it cannot be looked at", "{shell}");
        fs::write(root.here("/etc/vfstab"), "first\n").unwrap();
        let said = root.run(&shell, &add_entry());
        assert!(said.starts_with("failed") && said.contains("cannot be compared"), "{said}");
        assert_eq!(fs::read_to_string(root.here("/etc/vfstab")).unwrap(), "first\n", "{shell}");
    }
}

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

/// A process is known by when it was started, on every node.
#[test]
fn nobody_waits_for_another_process_with_the_same_number() {
    for (shell, node) in
        shells().iter().flat_map(|s| [(s, Root::new as fn() -> Root), (s, Root::odd)])
    {
        let root = node();
        let op = Op::Run(
            Run::new(
                Command::new("/usr/bin/touch", [root.here("/d/made").to_str().unwrap()]),
                Check::Exists(path("/d/made")),
                Undo::nothing("a test"),
            )
            .within(10),
        );
        let pid = root.here(RECORD).join("step.1.pid");
        // This test would be waited for until it ends.
        let another = ["unknown 00:00:00", "unknown 00:00 Jan 1", "system boot Jan 1 00:00"];
        for noted in another {
            let _ = fs::remove_file(root.here("/d/made"));
            let _ = fs::remove_file(root.here(RECORD).join("step.1.rc"));
            fs::write(&pid, format!("{} {noted}\n", std::process::id())).unwrap();
            assert_eq!(root.run(shell, &op), "done", "{shell}: {noted}");
        }
        let noted = fs::read_to_string(&pid).unwrap();
        let words: Vec<&str> = noted.split_whitespace().collect();
        assert!(words.len() == 3 && words[1] == "unknown", "{shell}: {noted}");
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
    let block_away =
        Change::RemoveBlock { begin, end, sum: Sum::of(block().as_bytes()), lines: settings() };

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

/// The functions that `calha rt which --emit sh` prints, with the cluster's commands played.
#[test]
fn monitor_code_finds_the_registered_name_in_every_shell() {
    let home = tempfile::tempdir().unwrap();
    let play = |name: &str, text: &str| {
        let file = home.path().join(name);
        fs::write(&file, format!("#!/bin/sh\n{text}")).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    };
    play(
        "scha_resourcetype_get",
        "case $4 in\nACME.queue:2) echo 2 ;;\nACME.queue:3.1) echo 3.1 ;;\nACME.disk) echo 1.0 ;;\n\
         *) echo no such type >&2; exit 13 ;;\nesac\n",
    );
    play(
        "scha_resource_get",
        "case $4 in\nq) echo ACME.queue:2 ;;\nd) echo ACME.disk ;;\n*) exit 14 ;;\nesac\n",
    );
    let functions =
        calha::resource_type::MONITOR.replace("/usr/cluster/bin", home.path().to_str().unwrap());
    let script = home.path().join("monitor");

    for shell in shells() {
        for (call, wanted) in [
            ("calha_rt_name ACME.queue 2", "0 ACME.queue:2"),
            ("calha_rt_name ACME.queue 3.1", "0 ACME.queue:3.1"),
            ("calha_rt_name ACME.queue 3", "1 "),
            ("calha_rt_name ACME.disk 1.0", "0 ACME.disk"),
            ("calha_rt_name ACME.disk 1", "1 "),
            ("calha_rt_name ACME.none 1", "1 "),
            ("calha_rt_of q", "0 ACME.queue:2"),
            ("calha_rt_of d", "0 ACME.disk"),
            ("calha_rt_of x", "1 "),
        ] {
            fs::write(&script, format!("{functions}\nname=`{call}`\necho $? $name\n")).unwrap();
            let mut words = shell.split(' ');
            let output =
                Process::new(words.next().unwrap()).args(words).arg(&script).output().unwrap();
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            assert_eq!(said.trim_end(), wanted.trim_end(), "{shell}: {call}");
            assert!(output.stderr.is_empty(), "{shell}: {call}: {output:?}");
        }
    }
}
