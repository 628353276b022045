//! A printed script that was stopped anywhere goes on when it is run again, and only looking tells
//! what comes later from what differs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Output;

use calha::guide::Guide;
use calha::lab::Disk;
use calha::plan::{Script, scripts};

use super::{handwork, installed, lab, of_model, visible, with};

const DASH: &str = "/bin/dash";

/// Where a script can be stopped, with the line of the prelude before which that is: the shell is
/// killed there, with what else is killed.
const POINTS: [(&str, &str, &str); 6] = [
    ("before", "  calha_clean\n  # What was seen", "kill -9 $$"),
    ("intent", "  calha_effect\n  status=$?", "kill -9 $$"),
    ("unborn", "  if calha_born \"$child\"; then", "kill -9 $child $$"),
    ("running", "  wait $child\n  status=", "kill -9 $$"),
    ("seen", "  # Whoever waited for it has seen", "kill -9 $$"),
    ("noted", "    return 0\n  fi\n  case $seen_last", "kill -9 $$"),
];

/// The script with a place to stop at each point, named by the variable STOP as `operation:point`,
/// and a command that fails at "fails".
pub fn stoppable(script: &str) -> String {
    let mut text = script.to_owned();
    for (point, line, then) in POINTS {
        assert_eq!(text.matches(line).count(), 1, "{point}");
        let stop = format!("if test \"x$calha_op:{point}\" = \"x${{STOP-}}\"; then {then}; fi\n");
        text = text.replace(line, &format!("{stop}{line}"));
    }
    let line = POINTS[5].1;
    let stop = "if test \"x$calha_op:fails\" = \"x${STOP-}\"; then kill -9 $$; fi\n";
    text = text.replace(line, &format!("{stop}{line}"));
    // What stands already is passed by; the script ends behind it all the same.
    let line = "    # What an earlier run of the script began is ours";
    assert_eq!(text.matches(line).count(), 1);
    let last = "    if test \"x$calha_op\" = \"x${LAST-}\"; then kill -9 $$; fi\n";
    text = text.replace(line, &format!("{last}{line}"));
    // Its status is not that of the line which looks whether to stop.
    let command = "  calha_command\n  echo $? >";
    assert_eq!(text.matches(command).count(), 1);
    let fails = "  if test \"x$calha_op:fails\" = \"x${STOP-}\"; then false; else calha_command; fi\n  \
        was=$?\n  if test \"x$calha_op:lost\" = \"x${STOP-}\"; then kill -9 $$; exit 1; fi\n  \
        echo $was >";
    text.replace(command, fails)
}

/// Before anything is done, and when it is done or under way: what is stopped there once is not
/// begun a second time.
const EARLY: [&str; 4] = ["before", "intent", "unborn", "fails"];
const LATE: [&str; 4] = ["running", "lost", "seen", "noted"];

/// At which points each operation is stopped, one after the other.
#[derive(Clone, Copy)]
enum Points {
    /// An early one or a late one, by turns.
    One,
    /// An early one and then a late one.
    Two,
    /// All early ones and then a late one.
    All,
}

/// The operations of a script in their order, each with the points at which it is stopped.
fn stops(script: &Script, points: Points, turn: usize) -> Vec<String> {
    let mut all = Vec::new();
    let lines = script.text.lines().filter_map(|line| line.strip_prefix("calha_do "));
    for (at, words) in lines.enumerate() {
        let (op, is_command) = words.split_once(' ').map_or((words, false), |(op, _)| (op, true));
        let count = if is_command { 4 } else { 2 };
        let of_turn = (at + turn) % count;
        let late = LATE[LATE.len() - count + of_turn];
        let chosen: Vec<&str> = match points {
            Points::One if (at + at / count + turn).is_multiple_of(2) => vec![EARLY[of_turn]],
            Points::One => vec![late],
            Points::Two => vec![EARLY[of_turn], late],
            Points::All => EARLY[..count].iter().copied().chain([late]).collect(),
        };
        all.extend(chosen.iter().map(|point| format!("{op}:{point}")));
    }
    all
}

/// The operations that hold before they are begun, by script: what two instances share, what was
/// done by hand before, what a command before them brings about.
pub fn already_there(lab: &Disk, all: &[Script]) -> BTreeSet<(String, String)> {
    let mut there = BTreeSet::new();
    for script in all {
        let (status, said) = run(lab, script, &script.text, &[]);
        assert_eq!(status, Some(0), "{}: {said}", script.name);
        let ops = said.lines().filter_map(|l| l.strip_prefix("calha: ")?.strip_suffix(": already"));
        there.extend(ops.map(|op| (script.name.clone(), op.to_owned())));
    }
    there
}

pub fn run(
    lab: &Disk,
    script: &Script,
    text: &str,
    variables: &[(&str, &str)],
) -> (Option<i32>, String) {
    said_of(&with(lab, &script.node, DASH, text, &[&before(script)], variables))
}

fn said_of(output: &Output) -> (Option<i32>, String) {
    let text = [&output.stdout[..], &output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&text).into_owned())
}

/// The code that the script before has printed; it stands in the text.
fn before(script: &Script) -> String {
    let line = script.text.lines().find(|l| l.starts_with("calha_begin ")).unwrap();
    line.split(' ').nth(4).unwrap().trim_matches('\'').to_owned()
}

/// A new lab of a model, with its scripts.
fn fresh_of(model: &str, set: &[&str], dir: &Path) -> (Disk, Vec<Script>) {
    let resolved = of_model(model, set);
    let guide = Guide::of(&resolved, model).unwrap();
    let lab = lab(&resolved, dir);
    handwork(&lab, &guide);
    (lab, scripts(&guide))
}

/// Every script, stopped at each operation and run again, makes what an installation makes; once
/// more it changes nothing.
fn stopped_everywhere(model: &str, set: &[&str], points: Points, turn: usize) {
    let dir = tempfile::tempdir().unwrap();
    let (undisturbed, all) = fresh_of(model, set, &dir.path().join("undisturbed"));
    let there = already_there(&undisturbed, &all);
    let (lab, all) = fresh_of(model, set, &dir.path().join("by-hand"));
    only_looks(&lab, &all, "before the first");
    let mut since_look = 0;
    for script in &all {
        let text = stoppable(&script.text);
        for stop in stops(script, points, turn) {
            let (op, point) = stop.split_once(':').unwrap();
            stopped_once(&lab, script, &text, (op, point), &there);
            since_look += 1;
            // A command that goes on by itself changes something while it is looked.
            if since_look >= 40 && point != "running" {
                only_looks(&lab, &all, &stop);
                since_look = 0;
            }
        }
        let (status, said) = run(&lab, script, &script.text, &[]);
        assert_eq!(status, Some(0), "{}: {said}", script.name);
    }
    let without_status = |lab: &Disk| {
        let mut digest = visible(lab);
        digest.entries.retain(|path, _| !path.contains(".rc"));
        digest
    };
    let now = without_status(&lab);
    let wanted = without_status(&installed(model, set, &dir.path().join("installed")));
    assert_eq!(now.differences(&wanted), Vec::<String>::new());

    let calls = lab.changing_calls().unwrap().len();
    only_looks(&lab, &all, "after the last");
    for script in &all {
        let (status, said) = run(&lab, script, &script.text, &[]);
        assert!(status == Some(0) && !said.contains(": done\n"), "{}: {said}", script.name);
    }
    assert_eq!(lab.changing_calls().unwrap().len(), calls, "run again, they changed something");
}

/// Runs the script up to that point of that operation. What holds before it is begun is stopped
/// nowhere but before that is seen, and everything else at each point.
fn stopped_once(
    lab: &Disk,
    script: &Script,
    text: &str,
    (op, point): (&str, &str),
    there: &BTreeSet<(String, String)>,
) {
    let stop = format!("{op}:{point}");
    let (status, said) = run(lab, script, text, &[("STOP", &stop), ("LAST", op)]);
    let seen = said.ends_with(&format!("calha: {op}: already\n"));
    let wanted_seen = point != "before" && there.contains(&(script.name.clone(), op.to_owned()));
    assert_eq!(seen, wanted_seen, "{}: {stop}: {said}", script.name);
    // What holds although its command failed is done.
    let failed = point == "fails" && !seen && !said.ends_with(": done\n");
    let wanted = failed.then_some(1);
    assert_eq!(status, wanted, "{}: {stop}: {said}", script.name);
}

/// Whether a script has come to its end on its node.
fn ended(lab: &Disk, script: &Script) -> bool {
    let line = script.text.lines().find(|l| l.starts_with("CALHA_RECORD=")).unwrap();
    let record = line.trim_start_matches("CALHA_RECORD=/");
    let number: usize = script.name.split('-').next().unwrap().parse().unwrap();
    let result = lab.root(&script.node).join(record).join(format!("script-{number}.result"));
    std::fs::read_to_string(result).is_ok_and(|text| text.lines().any(|l| l == "end 0"))
}

/// Only looking finds nothing that differs, and changes nothing. The code of the script before is
/// known once that has ended.
fn only_looks(lab: &Disk, all: &[Script], when: &str) {
    let unlooked = lab.digest_all(&[]).unwrap();
    for (at, script) in all.iter().enumerate() {
        let code = match at.checked_sub(1).map(|at| &all[at]) {
            Some(last) if ended(lab, last) => last.code.as_str(),
            _ => "",
        };
        let check = [("CALHA_CHECK", "1")];
        let (status, said) = said_of(&with(lab, &script.node, DASH, &script.text, &[code], &check));
        let differs = said.contains("differs");
        assert!(status == Some(0) && !differs, "{when}: {}: {status:?} {said}", script.name);
    }
    let changed = lab.digest_all(&[]).unwrap().differences(&unlooked);
    assert_eq!(changed, Vec::<String>::new(), "{when}: looking changed something");
}

/// Each operation is stopped at some of its points, with CALHA_STOPS=all at every one, which takes
/// minutes for each model.
fn everywhere() -> bool {
    std::env::var_os("CALHA_STOPS").is_some_and(|stops| stops == "all")
}

/// The same for one model: a sample, or everything.
fn stopped_in(model: &str, set: &[&str], sample: Points, turn: usize) {
    if !everywhere() {
        return stopped_everywhere(model, set, sample, turn);
    }
    (0..4).for_each(|turn| stopped_everywhere(model, set, Points::All, turn));
}

#[test]
fn a_script_stopped_anywhere_goes_on_and_makes_what_an_installation_makes() {
    stopped_in("asymmetric", &[], Points::Two, 0);
}

#[test]
fn scripts_of_the_symmetric_model_go_on_too() {
    stopped_in("symmetric", &[], Points::One, 1);
}

#[test]
fn scripts_go_on_on_a_cluster_file_system_too() {
    stopped_in("asymmetric", &["instance.cal.file-system=cluster"], Points::One, 2);
}

#[test]
fn scripts_of_the_n_plus_one_model_go_on_too() {
    if everywhere() {
        stopped_in("n-plus-one", &["instance.cs2.file-system=cluster"], Points::One, 3);
    } else {
        println!("skipped: it takes longer than the others; with CALHA_STOPS=all");
    }
}

/// A fresh lab of the asymmetric model with its scripts.
fn fresh(dir: &Path) -> (Disk, Vec<Script>) {
    fresh_of("asymmetric", &[], &dir.join("lab"))
}

/// When a process was started, as the node's ps(1) says it.
fn started(lab: &Disk, script: &Script, process: u32) -> String {
    let output = std::process::Command::new(lab.root(&script.node).join("usr/bin/ps"))
        .args(["-o", "stime=", "-p", &process.to_string()])
        .env_clear()
        .envs(lab.environment(&script.node))
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// The pid file that an attempt leaves which is at work still.
fn at_work(lab: &Disk, script: &Script, op: &str, process: &str) -> PathBuf {
    let record = "var/opt/calha/calendar-cluster/asymmetric";
    let file = lab.root(&script.node).join(record).join(format!("{op}.pid"));
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, format!("{process}\n")).unwrap();
    file
}

#[test]
fn a_wait_names_its_process_and_ends() {
    let dir = tempfile::tempdir().unwrap();
    let (lab, all) = fresh(dir.path());
    let op = "software.1";
    let at = all.iter().position(|s| s.text.contains(&format!("calha_do {op} "))).unwrap();
    for script in &all[..at] {
        assert_eq!(run(&lab, script, &script.text, &[]).0, Some(0), "{}", script.name);
    }
    let script = &all[at];
    // One that works too long: the script says what it waits for, and ends.
    let mut worker = std::process::Command::new("/bin/sleep").arg("60").spawn().unwrap();
    let started = started(&lab, script, worker.id());
    assert!(started.contains(':'), "{started}");
    let file = at_work(&lab, script, op, &format!("{} unknown {started}", worker.id()));
    let line = format!("calha_do {op} 7200 ");
    assert!(script.text.contains(&line), "{op} is no command");
    let short = script.text.replace(&line, &format!("calha_do {op} 2 "));
    let (status, said) = run(&lab, script, &short, &[]);
    assert_eq!(status, Some(1), "{said}");
    let process = format!("process {}, at work since ", worker.id());
    for wanted in [
        format!("calha: {op}: waits for {process}"),
        format!("calha: {op}: failed: 1 it is still at work ({process}"),
        ": /cdrom/cdrom0/Solaris_sparc/installer -nodisplay".to_owned(),
        format!("rm {}", file.display()),
    ] {
        assert!(said.contains(&wanted), "{wanted}: {said}");
    }

    // A number that was given to another process is not waited for.
    at_work(&lab, script, op, &format!("{} unknown 00:00:00", worker.id()));
    let (status, said) = run(&lab, script, &script.text, &[]);
    worker.kill().unwrap();
    worker.wait().unwrap();
    assert!(status == Some(0) && !said.contains("waits for process"), "{said}");
}

#[test]
fn a_script_says_that_it_waits_for_what_a_command_brings_about() {
    let dir = tempfile::tempdir().unwrap();
    let (lab, all) = fresh(dir.path());
    let with_op = |s: &&Script| s.text.contains("calha_do online.1 ");
    let at = all.iter().position(|s| with_op(&s)).unwrap();
    for script in &all[..at] {
        assert_eq!(run(&lab, script, &script.text, &[]).0, Some(0), "{}", script.name);
    }
    // A switch that says nothing and does nothing.
    let script = &all[at];
    let (before, behind) = script.text.split_once("\n# online.1@").unwrap();
    let behind = behind.replacen("calha_command() { ", "calha_command() { return 0; ", 1).replacen(
        "calha_settle 3600",
        "calha_settle 1",
        1,
    );
    let (status, said) = run(&lab, script, &format!("{before}\n# online.1@{behind}"), &[]);
    let command = "/usr/cluster/bin/scswitch -Z -g CAL-RG\n";
    let waits = "waits up to 1 seconds for what this was to bring about";
    assert!(said.contains(&format!("calha: online.1: {waits}: {command}")), "{status:?} {said}");
    let failed = "calha: online.1: failed: 1 this has not come about after 1 seconds: \
                  /usr/cluster/bin/scswitch -Z -g CAL-RG (UNMANAGED on Node1, ";
    assert!(status == Some(1) && said.contains(failed), "{said}");
}

#[test]
fn looking_only_tells_what_differs_by_its_status_and_knows_failovers() {
    let dir = tempfile::tempdir().unwrap();
    let (lab, all) = fresh(dir.path());
    let vfstab = lab.root(&all[1].node).join("etc/vfstab");
    let text = std::fs::read_to_string(&vfstab).unwrap();
    let other = "/dev/dsk/c0t0d0s7\t/dev/rdsk/c0t0d0s7\t/cal\tufs\t2\tno\t-\n";
    std::fs::write(&vfstab, format!("{text}{other}")).unwrap();
    let looks = [("CALHA_CHECK", "1")];
    let (status, said) = run(&lab, &all[1], &all[1].text, &looks);
    assert!(status == Some(3) && said.contains("vfstab-entry.1: differs: "), "{status:?} {said}");
    std::fs::write(&vfstab, text).unwrap();

    for script in &all {
        let (status, said) = run(&lab, script, &script.text, &[]);
        assert_eq!(status, Some(0), "{}: {said}", script.name);
        // Between any two of them, and wherever the group is then.
        only_looks(&lab, &all, &script.name);
    }
    let switch = lab.root(&all[0].node).join("usr/cluster/bin/scswitch");
    let moved = std::process::Command::new(switch)
        .args(["-z", "-g", "CAL-RG", "-h", "Node2"])
        .env_clear()
        .envs(lab.environment(&all[0].node))
        .status();
    assert!(moved.unwrap().success());
    only_looks(&lab, &all, "after a failover");
    let calls = lab.changing_calls().unwrap().len();
    for script in &all {
        let (status, said) = run(&lab, script, &script.text, &[]);
        assert_eq!(status, Some(0), "{}: {said}", script.name);
    }
    assert_eq!(lab.changing_calls().unwrap().len(), calls, "the group was moved");
}
