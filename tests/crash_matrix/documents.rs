//! Documents that are edited, after the edit: what would have been in its way is in the way of being right, what is somebody else's is
//! only told, and an entry that somebody changed is not taken for gone.

use calha::engine::{Event, Stop};
use calha::guide::Guide;
use calha::journal::{MemoryStore, RunCommand, StepChoice};
use calha::node::{Entry, Files, Mode, Owner};
use calha::setting::Resolved;

use super::bench::{
    Start, install, node, of_model, options, path, resolved, rollback, run, run_accepting, run_on,
};

const VFSTAB: &str = "/etc/vfstab";
const CONF: &str = "/cal/config/ics.conf";
const DEVICES: &str = "/dev/md/penguin/dsk/d400 /dev/md/penguin/rdsk/d400";

/// An installation that is complete.
struct Installed {
    start: Start,
}

/// What verify says: codes of problems and of notices, and what is odd besides.
#[derive(Debug, PartialEq)]
pub struct Said {
    pub problems: Vec<String>,
    notices: Vec<String>,
    pub odd: Vec<String>,
}

impl Installed {
    fn of(resolved: &Resolved) -> Self {
        let guide = Guide::of(resolved, "cal").unwrap();
        let (after, start) = run(&guide, &Start::fresh(resolved), &install);
        after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
        Self { start }
    }

    /// The same after somebody has changed a file on a node.
    fn changed(&self, on: &str, file: &str, change: impl Fn(String) -> String) -> Self {
        let mut start = self.start.clone();
        let mut files = start.rack.lab.files(&node(on));
        let at = path(file);
        let Entry::File { mode, owner, .. } = files.stat(&at).unwrap() else { panic!("{file}") };
        let text = String::from_utf8(files.read(&at).unwrap()).unwrap();
        files.write(&at, change(text).as_bytes(), mode, owner).unwrap();
        drop(files);
        Self { start }
    }

    fn text(&self, on: &str, file: &str) -> String {
        let mut start = self.start.clone();
        let bytes = start.rack.lab.files(&node(on)).read(&path(file)).unwrap();
        String::from_utf8(bytes).unwrap()
    }
}

pub fn verify(guide: &Guide, start: &Start) -> Said {
    let said = std::cell::RefCell::new((Vec::new(), Vec::new()));
    let (after, _) = run(guide, start, &|engine| {
        let (survey, problems) = engine.verify()?;
        let odd = survey.findings.iter().filter(|f| survey.is_odd(f, &problems));
        let odd = odd.map(|f| f.key.to_string()).collect();
        *said.borrow_mut() = (problems.into_iter().map(|p| p.code).collect(), odd);
        Ok(())
    });
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let (problems, odd) = said.into_inner();
    Said { problems, notices: notices(&after.events), odd }
}

fn notices(events: &[Event]) -> Vec<String> {
    let code = |event: &Event| match event {
        Event::Notice { problem, .. } if !problem.code.contains("superseded") => {
            Some(problem.code.clone())
        }
        _ => None,
    };
    events.iter().filter_map(code).collect()
}

pub fn codes(result: &Result<(), Stop>) -> Vec<String> {
    match result {
        Ok(()) => Vec::new(),
        Err(Stop::Blocked(problems)) => problems.iter().map(|p| p.code.clone()).collect(),
        Err(Stop::Unanswered(questions)) => questions.iter().map(|q| q.code.clone()).collect(),
        Err(other) => vec![format!("{other:?}")],
    }
}

/// Verify names the problem and nothing else, and so does an installation that would have nothing to do.
fn is_wrong(guide: &Guide, start: &Start, code: &str, what: &str) {
    let mut said = verify(guide, start);
    // The server on the lab believes what it reads.
    said.problems.retain(|code| !code.starts_with("service."));
    assert_eq!(said.problems, [code], "{what}: {said:?}");
    assert_eq!(said.odd, Vec::<String>::new(), "{what}");
    let (after, _) = run(guide, start, &install);
    assert_eq!(codes(&after.result), [code], "{what}");
    let (after, _) = run_accepting(guide, start, &[code], &install);
    let left = codes(&after.result);
    assert!(left.iter().all(|c| c.starts_with("drift.")), "{what}: {left:?}");
}

#[test]
fn what_would_be_in_the_way_of_an_edit_is_wrong_where_it_stands() {
    for set in [&[][..], &["instance.cal.file-system=cluster"]] {
        let resolved = of_model("asymmetric", set);
        let (guide, done) = (Guide::of(&resolved, "cal").unwrap(), Installed::of(&resolved));
        assert_eq!(verify(&guide, &done.start).problems, Vec::<String>::new());
        for (line, code) in [
            (format!("{DEVICES} /other ufs 2 yes -"), "vfstab.device-in-use"),
            (format!("{DEVICES} - swap - no -"), "vfstab.device-in-use"),
            ("/dev/dsk/c9 /dev/rdsk/c9 /cal ufs 2 yes -".into(), "vfstab.other-entry"),
            ("/dev/dsk/c9 /dev/rdsk/c9 /cal/ ufs 2 yes -".into(), "vfstab.other-entry"),
            ("/dev/dsk/c9 /dev/rdsk/c9 //cal ufs 2 yes -".into(), "vfstab.other-entry"),
            ("/dev/dsk/c9 /dev/rdsk/c9 /cal ufs 2 yes".into(), "vfstab.fields"),
            ("nas:/x - /nas nfs - yes rw\r".into(), "vfstab.crlf"),
            (format!("# {}", "x".repeat(2050)), "file.not-text"),
        ] {
            let now = done.changed("Node2", VFSTAB, |text| format!("{text}{line}\n"));
            is_wrong(&guide, &now.start, code, &line);
        }
    }
}

#[test]
fn each_key_of_the_block_that_is_set_again_is_wrong() {
    let resolved = resolved(&[]);
    let (guide, done) = (Guide::of(&resolved, "cal").unwrap(), Installed::of(&resolved));
    let text = done.text("Node1", CONF);
    let ours = text
        .lines()
        .skip_while(|l| !l.starts_with("! BEGIN calha"))
        .filter(|l| !l.starts_with('!'));
    let keys: Vec<&str> = ours.filter_map(|line| line.split('=').next()).collect();
    assert_eq!(keys.len(), 9);
    for key in keys {
        let line = format!("! mine\n{key} = \"other\"\n");
        let now = done.changed("Node1", CONF, |text| text + &line);
        is_wrong(&guide, &now.start, "ics-conf.overridden", key);
    }
    // A key in the block that was changed is one finding, not two.
    let now = done.changed("Node1", CONF, |text| text.replace("=\"SUNWscics\"", "=\"other\""));
    is_wrong(&guide, &now.start, "ics-conf.block-changed", "the agent");
}

#[test]
fn several_entries_are_looked_at_each() {
    let resolved = of_model("symmetric", &[]);
    let (guide, done) = (Guide::of(&resolved, "cal").unwrap(), Installed::of(&resolved));
    assert_eq!(verify(&guide, &done.start).problems, Vec::<String>::new());
    for mount in ["/cal/Node1", "/cal/Node2"] {
        let line = format!("/dev/dsk/c9 /dev/rdsk/c9 {mount}/ ufs 2 yes -\n");
        let now = done.changed("Node1", VFSTAB, |text| text + &line);
        let said = verify(&guide, &now.start);
        assert_eq!(said.problems, ["vfstab.other-entry"], "{mount}: {said:?}");
    }
}

#[test]
fn what_is_somebody_elses_is_told_and_changes_nothing_else() {
    let resolved = resolved(&[]);
    let (guide, done) = (Guide::of(&resolved, "cal").unwrap(), Installed::of(&resolved));
    let cases: [(&str, &str, &str); 5] = [
        (VFSTAB, "# pasted\r\n", "vfstab.comment-crlf"),
        (VFSTAB, "nas:/x - /x nfs - yes\n", "vfstab.unread"),
        (VFSTAB, "nas:/x - /x nfs - yes rw soft\n", "vfstab.unread"),
        (CONF, "service.mine = \u{201c}x\u{201d}\n", "ics-conf.typographic-quote"),
        (CONF, "service.mine =\n\"x\"\n", "ics-conf.value-elsewhere"),
    ];
    for (file, line, code) in cases {
        // Behind the block, since nobody reads the comment that asks for the other place.
        let now = done.changed("Node1", file, |text| text + line);
        let said = verify(&guide, &now.start);
        assert_eq!((said.problems, said.odd), (Vec::new(), Vec::new()), "{line:?}");
        assert!(said.notices.iter().any(|c| c == code), "{line:?}: {:?}", said.notices);
        let (after, same) = run(&guide, &now.start, &install);
        assert_eq!(codes(&after.result), Vec::<String>::new(), "{line:?}");
        assert!(notices(&after.events).iter().any(|c| c == code), "{line:?}");
        let calls = |start: &Start| start.rack.lab.changing_calls().len();
        assert_eq!(calls(&same), calls(&now.start), "{line:?}");
    }
}

#[test]
fn an_entry_that_only_has_other_blanks_is_the_entry() {
    let resolved = resolved(&[]);
    let (guide, done) = (Guide::of(&resolved, "cal").unwrap(), Installed::of(&resolved));
    let respaced = |text: String| {
        let ours = |line: &str| line.starts_with("/dev/md/penguin/dsk/d400");
        let line = |l: &str| if ours(l) { l.replace('\t', "  ") } else { l.to_owned() };
        text.lines().map(|l| line(l) + "\n").collect()
    };
    let now = done.changed("Node1", VFSTAB, respaced);
    assert_ne!(now.text("Node1", VFSTAB), done.text("Node1", VFSTAB));
    let said = verify(&guide, &now.start);
    assert_eq!((said.problems, said.odd), (Vec::new(), Vec::new()));
    let (after, end) = run(&guide, &now.start, &rollback);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let mut rack = end.rack;
    let left = rack.lab.files(&node("Node1")).read(&path(VFSTAB)).unwrap();
    assert!(!String::from_utf8(left).unwrap().contains("/dev/md/penguin/dsk/d400"));
    // It stood there before calha came: then it stays.
    let mut fresh = Start::fresh(&resolved);
    for on in ["Node1", "Node2"] {
        let text = now.text("Node1", VFSTAB);
        let mut files = fresh.rack.lab.files(&node(on));
        files.write(&path(VFSTAB), text.as_bytes(), calha::node::Mode(0o644), Owner::ROOT).unwrap();
    }
    let (after, end) = run(&guide, &fresh, &install);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let (after, mut end) = run(&guide, &end, &rollback);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let left = end.rack.lab.files(&node("Node1")).read(&path(VFSTAB)).unwrap();
    assert_eq!(String::from_utf8(left).unwrap(), now.text("Node1", VFSTAB));
}

#[test]
fn what_became_of_an_edit_is_asked_about_and_not_said_to_be_taken_back() {
    type Change = (&'static str, &'static str, fn(String) -> String, &'static str);
    let cases: [Change; 9] = [
        ("options", VFSTAB, |t| t.replace("\tlogging", "\tlogging,noatime"), "vfstab-entry"),
        ("at boot", VFSTAB, |t| t.replace("\tno\tlogging", "\tyes\tlogging"), "vfstab-entry"),
        ("CR LF", VFSTAB, |t| t.replace('\n', "\r\n"), "vfstab-entry"),
        ("elsewhere", VFSTAB, |t| t.replace("\t/cal\t", "\t/cal2\t"), "vfstab-entry"),
        ("marker and a blank", CONF, |t| t.replace("block cal\n", "block cal \n"), "ha-block"),
        ("markers with CR", CONF, |t| t.replace("block cal\n", "block cal\r\n"), "ha-block"),
        ("an indented marker", CONF, |t| t.replace("! END calha", " ! END calha"), "ha-block"),
        (
            "markers gone",
            CONF,
            |t| t.lines().filter(|l| !l.contains("calha")).map(|l| format!("{l}\n")).collect(),
            "ha-block",
        ),
        (
            "one key left",
            CONF,
            |t| {
                let cut = t.find("! BEGIN calha").expect("a block");
                t[..cut].to_owned() + "local.server.ha.enabled=\"yes\"\r\n"
            },
            "ha-block",
        ),
    ];
    let resolved = resolved(&[]);
    let (guide, done) = (Guide::of(&resolved, "cal").unwrap(), Installed::of(&resolved));
    for (what, file, change, step) in cases {
        let now = done.changed("Node1", file, change);
        let changed = now.text("Node1", file);
        assert_ne!(changed, done.text("Node1", file), "{what}");
        let steps = [step.to_owned()];
        let undo_operation =
            |engine: &mut calha::engine::Engine<'_>| engine.undo_steps(RunCommand::Restore, &steps);
        let (after, asked) = run(&guide, &now.start, &undo_operation);
        assert_eq!(codes(&after.result), [format!("drift.{step}")], "{what}");
        let (after, mut end) =
            run_accepting(&guide, &asked, &[&format!("drift.{step}")], &undo_operation);
        after.result.unwrap_or_else(|stop| panic!("{what}: {stop:#?}"));
        let left = end.rack.lab.files(&node("Node1")).read(&path(file)).unwrap();
        assert_eq!(String::from_utf8(left).unwrap(), changed, "{what}: it stays");
        let is_left = |event: &Event| {
            matches!(event, Event::OpEnds { outcome: calha::engine::Outcome::Left, .. })
        };
        assert!(after.events.iter().any(is_left), "{what}: not said to stay");
    }
}

#[test]
fn of_several_entries_only_the_one_that_was_changed_stays() {
    let resolved = of_model("symmetric", &[]);
    let (guide, done) = (Guide::of(&resolved, "cal").unwrap(), Installed::of(&resolved));
    let ours = |text: &str| text.lines().filter(|l| l.starts_with("/dev/md/penguin/")).count();
    let changed = |text: String| {
        let at = text.find("/dev/md/penguin/").expect("an entry of ours");
        text[..at].to_owned() + &text[at..].replacen("\tlogging", "\tlogging,noatime", 1)
    };
    let now = done.changed("Node1", VFSTAB, changed);
    let before = ours(&now.text("Node1", VFSTAB));
    assert!(before > 2, "{before} entries");
    let steps = ["vfstab-entry-cs1".to_owned(), "vfstab-entry-cs2".to_owned()];
    let undo_operation =
        |engine: &mut calha::engine::Engine<'_>| engine.undo_steps(RunCommand::Restore, &steps);
    let (after, asked) = run(&guide, &now.start, &undo_operation);
    let code = codes(&after.result).join(" ");
    assert!(code.starts_with("drift.vfstab-entry-cs"), "{code}");
    let (after, mut end) = run_accepting(&guide, &asked, &[&code], &undo_operation);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let left = end.rack.lab.files(&node("Node1")).read(&path(VFSTAB)).unwrap();
    let left = String::from_utf8(left).unwrap();
    assert_eq!((ours(&left), left.matches("logging,noatime").count()), (1, 1), "{left}");
}

/// Of several entries one may be somebody's own: it is not written again, and it stays.
#[test]
fn of_several_entries_the_one_that_was_there_before_stays_when_the_others_go() {
    let resolved = of_model("symmetric", &[]);
    let (guide, done) = (Guide::of(&resolved, "cal").unwrap(), Installed::of(&resolved));
    let ours = |text: &str| -> Vec<String> {
        text.lines().filter(|l| l.starts_with("/dev/md/penguin/")).map(str::to_owned).collect()
    };
    let entries = ours(&done.text("Node1", VFSTAB));
    let theirs = &entries[0];
    let mut start = Start::fresh(&resolved);
    append(&mut start, &format!("{theirs}\n"));

    let (after, mut start) = run(&guide, &start, &install);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let vfstab = |start: &mut Start| {
        let bytes = start.rack.lab.files(&node("Node1")).read(&path(VFSTAB)).unwrap();
        ours(&String::from_utf8(bytes).unwrap())
    };
    let mut stands = vfstab(&mut start);
    stands.sort();
    let mut wanted = entries.clone();
    wanted.sort();
    assert_eq!(stands, wanted);

    // The file as it was is of no use once somebody has changed it since.
    append(&mut start, "# of somebody else\n");
    let (after, mut end) = run(&guide, &start, &rollback);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    assert_eq!(vfstab(&mut end), [theirs.as_str()]);
}

fn append(start: &mut Start, line: &str) {
    let mut files = start.rack.lab.files(&node("Node1"));
    let mut bytes = files.read(&path(VFSTAB)).unwrap();
    bytes.extend_from_slice(line.as_bytes());
    files.write(&path(VFSTAB), &bytes, Mode(0o644), Owner::ROOT).unwrap();
}

/// The block is written on the secondary node, and taken out on the primary one, which has no copy of the file as it was.
#[test]
fn a_file_that_did_not_end_in_a_newline_is_as_it_was_on_the_other_node() {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let before: Vec<String> =
        guide.steps.iter().map(|s| s.id.to_string()).take_while(|id| id != "backup").collect();
    let only =
        calha::engine::Options { chosen: StepChoice { only: before, from: None }, ..options() };
    let store = MemoryStore::default();
    let start = Start::fresh(&resolved);
    let half = run_on(&guide, &start, |_| Box::new(store.clone()), None, &only, &install);
    half.result.unwrap();
    let mut start = Start { rack: half.rack, journal: store.contents().open };
    let mut files = start.rack.lab.files(&node("Node2"));
    let mut before = files.read(&path(CONF)).unwrap();
    before.extend_from_slice(b"! the last line");
    let Entry::File { mode, owner, .. } = files.stat(&path(CONF)).unwrap() else { panic!() };
    files.write(&path(CONF), &before, mode, owner).unwrap();
    drop(files);
    let (after, done) = run(&guide, &start, &install);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let steps = ["ha-block".to_owned()];
    let (after, mut end) =
        run(&guide, &done, &|engine| engine.undo_steps(RunCommand::Restore, &steps));
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let now = end.rack.lab.files(&node("Node1")).read(&path(CONF)).unwrap();
    assert!(now == before, "{}", calha::document::diff(&before, &now, CONF));
}

#[test]
fn the_entry_for_messages_that_stands_twice_is_wrong_while_debugging_is_on() {
    let resolved = resolved(&[]);
    let guide = Guide::debugging(&resolved, "cal", 9).unwrap();
    let (after, on) = run(&guide, &Start::fresh(&resolved), &install);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let done = Installed { start: on };
    let file = "/etc/syslog.conf";
    let twice = |text: String| text + "daemon.debug\t\t/var/adm/clusterlog\n";
    let now = done.changed("Node1", file, twice);
    is_wrong(&guide, &now.start, "syslog-conf.duplicate", "twice");
    for (line, code) in
        [("ifdef(`LOGHOST', ,\n", "syslog-conf.open-macro"), ("*.emerg\t*\r\n", "syslog-conf.crlf")]
    {
        let now = done.changed("Node1", file, |text| format!("{line}{text}"));
        let said = verify(&guide, &now.start);
        assert_eq!((said.problems, said.odd), (Vec::new(), Vec::new()), "{line:?}");
        assert_eq!(said.notices, [code], "{line:?}");
    }
    // The line that somebody wrote with blanks is not gone.
    let blanks = |text: String| text.replace("debug\t/var", "debug   /var");
    let now = done.changed("Node1", file, blanks);
    let (after, _) = run(&guide, &now.start, &rollback);
    assert_eq!(codes(&after.result), ["drift.debug-syslog"]);
}
