//! Commands: run once, their output and status kept, their checks read alike.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command as Process;

use calha::node::{Command, Sum};
use calha::op::{Change, Check, Format, Op, Run, Undo};

use crate::agreement::{Runs, agree};
use crate::entries::{BEGIN, END, LINE, add_entry, block, long, only_here, settings};
use crate::support::{RECORD, Root, path, places, shells};

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

/// What a command prints, by its beginning, by words of one line, by what is not expected there.
#[test]
fn words_beginnings_and_other_lines_are_found_alike() {
    let listing = "  *.80    *.*  0  0 LISTEN\n\n10.1.1.5.8080\t*.*\t0 LISTEN\n*.8080 x IDLE";
    let printing = |text: &str| Command::new("/usr/bin/printf", ["%s\n", text]);
    let failing = Command::new("/usr/bin/ls", ["/no/such/place"]);
    let words = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
    let mut ops = Vec::new();
    for command in [printing(listing), printing("brw-r-----\nlast"), failing] {
        let mut checks: Vec<Check> = ["b", "  *.8", "*"]
            .map(|text| Check::Starts { command: command.clone(), text: text.into() })
            .into();
        for line in [&["*.80", "LISTEN"][..], &["10.1.1.5.8080", "*.*"], &["*.8080", "LISTEN"]] {
            checks.push(Check::Words { command: command.clone(), words: words(line) });
        }
        for than in [&[][..], &["last"], &["last", "brw-r-----"]] {
            checks.push(Check::Other { command: command.clone(), than: words(than) });
        }
        ops.extend(checks.into_iter().map(looked_at));
    }
    let ends = |program: &str, status| Check::Status {
        command: Command::new(&format!("/usr/bin/{program}"), [""; 0]),
        status,
    };
    for program in ["true", "false"] {
        ops.extend([0, 1, 127].map(|status| looked_at(ends(program, status))));
    }
    agree(&ops);
}

#[test]
fn ends_of_lines_are_found_alike() {
    let ends = |at: &str, text: &str| Check::Ends { path: path(at), text: text.into() };
    let mut ops = Vec::new();
    for at in ["/d/file", "/d/missing", "/d", "/etc/mnttab"] {
        for text in ["t", "text", "ex", "*"] {
            ops.push(looked_at(ends(at, text)));
        }
    }
    agree(&ops);
}

/// What a second command says about each line of the first: of a name that it does not know it says
/// nothing.
#[test]
fn what_is_said_of_each_line_is_found_alike() {
    let list = |program: &str, file: &str| Command::new(program, [file]);
    let about = |list: &Command, file: &str, words: &[&str], among: bool| Check::About {
        list: list.clone(),
        asked: Command::new("/usr/bin/grep", ["-h", "{}", file]),
        words: words.iter().map(|word| (*word).to_owned()).collect(),
        among,
    };
    for shell in shells() {
        let root = Root::new();
        let said = root.here("/d/said");
        fs::write(root.here("/d/names"), "one\ntwo\n\nthree\n").unwrap();
        fs::write(&said, "UP two more\nDOWN one\n  GOING three\n").unwrap();
        let said = said.to_str().unwrap();
        let names = root.here("/d/names");
        let lists = [
            list("/usr/bin/cat", names.to_str().unwrap()),
            list("/usr/bin/cat", "/nowhere"),
            list("/usr/bin/false", ""),
        ];
        let words: [&[&str]; 4] =
            [&["UP", "DOWN", "GOING"], &["UP"], &["NONE", "U"], &["two", "GOING"]];
        for (list, words) in lists.iter().flat_map(|list| words.map(|words| (list, words))) {
            for (file, among) in [(said, true), (said, false), ("/nowhere", false)] {
                let check = about(list, file, words, among);
                let held = check.holds(&root).unwrap();
                let told = root.run(&shell, &looked_at(check));
                assert_eq!(told == "already", held, "{shell}: {words:?} {among}: {told}");
            }
        }
        let all = about(&lists[0], said, &["UP", "DOWN"], true);
        assert_eq!(all.evidence(&root).unwrap().unwrap(), "one is DOWN, two is UP");
    }
}

#[test]
fn where_a_link_leads_is_found_alike() {
    let leads = |at: &str, to: &str| Check::Leads { path: path(at), to: to.into() };
    let mut ops = Vec::new();
    for at in places() {
        for to in ["/cal/config", "/cal/confi", "nowhere"] {
            ops.push(looked_at(leads(at.as_str(), to)));
        }
    }
    agree(&ops);
}

/// Of the lines that set a parameter the last one counts, however it is written.
#[test]
fn what_a_file_sets_is_found_alike() {
    let texts = [
        "a.path = \"/cal/csdb\"\n",
        "a.path=/cal/csdb\n",
        "a.path\t= \"/cal/csdb/\"",
        "a.path = \"/elsewhere\"\na.path = \"/cal/csdb\" behind it\n",
        "a.path = \"/cal/csdb\"\na.path = \".\"\n",
        "!a.path = \"/cal/csdb\"\n a.path = \"/cal/csdb\"\n",
        "a.path.more = \"/cal/csdb\"\n",
        "a.path = \"/cal/csdb2\"\n",
        // Swallowed by a quote that is open, and behind one that is closed again.
        "a.text = \"open\na.path = \"/cal/csdb\"\n",
        "a.text = \"open\nclosed\"\na.path = \"/cal/csdb\"\n",
        "a.path = \"/cal/csdb\n\"\n",
        "a.path = \"/cal/csdb\"\r\n",
        "a.path = /cal/csdb\r\n",
        "",
    ];
    for text in texts {
        for shell in shells() {
            let root = Root::new();
            fs::write(root.here("/d/file"), text).unwrap();
            for value in ["/cal/csdb", "."] {
                let check = Check::Sets {
                    path: path("/d/file"),
                    name: "a.path".into(),
                    value: value.into(),
                };
                let held = check.holds(&root).unwrap();
                let said = root.run(&shell, &looked_at(check));
                assert_eq!(said == "already", held, "{shell}: {text:?} {value}: {said}");
            }
        }
    }
}

/// It is there as wanted, or odd; nothing is done.
pub fn looked_at(done_when: Check) -> Op {
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

/// What cannot be looked at is neither there nor gone: nothing is changed, and nobody is told that
/// it is done.
#[test]
fn a_command_that_fails_is_no_answer() {
    let entry = || vec![Change::AddLine { line: LINE.into(), key: "/cal".into() }];
    let (begin, end) = (BEGIN.to_owned(), END.to_owned());
    let set_block = vec![Change::SetBlock {
        begin: begin.clone(),
        end: end.clone(),
        text: block(),
        only_here: only_here(),
    }];
    let edits = [
        ("awk", entry()),
        ("awk", vec![Change::AddLine { line: long(), key: "/cal".into() }]),
        ("awk", vec![Change::RemoveLine { line: LINE.into() }]),
        ("cat", set_block.clone()),
        ("sed", set_block.clone()),
        (
            "sed",
            vec![Change::RemoveBlock {
                begin,
                end,
                sum: Sum::of(block().as_bytes()),
                lines: settings(),
                only_here: only_here(),
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
        let number = std::process::id();
        let since = format!("unknown\n{number} unknown 00:00:00");
        let cut = format!("boot Jan 1 00:00\n{number} unknown");
        let another = ["unknown 00:00:00", "unknown 00:00 Jan 1", "boot Jan 1 00:00", &since, &cut];
        for noted in another {
            let _ = fs::remove_file(root.here("/d/made"));
            let _ = fs::remove_file(root.here(RECORD).join("step.1.rc"));
            fs::write(&pid, format!("{number} {noted}\n")).unwrap();
            assert_eq!(root.run(shell, &op), "done", "{shell}: {noted}");
        }

        // Its boot before it begins, and when it was started unless it has ended by then.
        let noted = fs::read_to_string(&pid).unwrap();
        let lines: Vec<Vec<&str>> = noted.lines().map(|l| l.split_whitespace().collect()).collect();
        let (boot, start) = (&lines[0], &lines[1..]);
        assert!(boot.len() > 1, "{shell}: {noted}");
        let is_start = |words: &Vec<&str>| words.len() == 3 && words[..2] == [boot[0], "unknown"];
        assert!(start.len() < 2 && start.iter().all(is_start), "{shell}: {noted}");
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
        calha::cluster::MONITOR.replace("/usr/cluster/bin", home.path().to_str().unwrap());
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
