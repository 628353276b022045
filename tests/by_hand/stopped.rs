//! A printed script that was stopped anywhere goes on when it is run again, and only looking tells what comes later from what differs.

use calha::guide::Guide;
use calha::lab::Disk;
use calha::plan::{Script, scripts};

use super::{handwork, installed, lab, of_model, visible, with};

/// Where a script can be stopped, with the line of the prelude before which that is: the shell is killed there, with what else is killed.
const POINTS: [(&str, &str, &str); 7] = [
    ("before", "  calha_clean\n  # What was seen", "kill -9 $$"),
    ("intent", "  calha_effect\n  status=$?", "kill -9 $$"),
    ("unborn", "  { calha_process \"$child\"; }", "kill -9 $child $$"),
    ("running", "  wait $child\n  status=", "kill -9 $$"),
    ("lost", "  echo $? >\"$D/$calha_op.rc\"\n}", "kill -9 $$; exit 1"),
    ("seen", "  # Whoever waited for it has seen", "kill -9 $$"),
    ("noted", "    return 0\n  fi\n  case $seen_last", "kill -9 $$"),
];

/// The script with a place to stop at each point, named by the variable STOP as `operation:point`, and a command that fails at "fails".
fn stoppable(script: &str) -> String {
    let mut text = script.to_owned();
    for (point, line, then) in POINTS {
        assert_eq!(text.matches(line).count(), 1, "{point}");
        let stop = format!("if test \"x$calha_op:{point}\" = \"x${{STOP-}}\"; then {then}; fi\n");
        text = text.replace(line, &format!("{stop}{line}"));
    }
    let line = POINTS[6].1;
    let stop = "if test \"x$calha_op:fails\" = \"x${STOP-}\"; then kill -9 $$; fi\n";
    text = text.replace(line, &format!("{stop}{line}"));
    // What stands already is passed by; the script ends behind it all the same.
    let line = "    # What an earlier run of the script began is ours";
    assert_eq!(text.matches(line).count(), 1);
    let last = "    if test \"x$calha_op\" = \"x${LAST-}\"; then kill -9 $$; fi\n";
    text = text.replace(line, &format!("{last}{line}"));
    let command = "  calha_command\n";
    assert_eq!(text.matches(command).count(), 1);
    let fails =
        "  if test \"x$calha_op:fails\" = \"x${STOP-}\"; then false; else calha_command; fi\n";
    text.replace(command, fails)
}

/// Before anything is done, and when it is done or under way: what is stopped there once is not begun a second time.
const EARLY: [&str; 4] = ["before", "intent", "unborn", "fails"];
const LATE: [&str; 4] = ["running", "lost", "seen", "noted"];

/// The operations of a script in their order, each with the points at which it is stopped one after the other: all early ones or one of them, and a late one.
fn stops(script: &Script, whole: bool, turn: usize) -> Vec<String> {
    let mut all = Vec::new();
    let lines = script.text.lines().filter_map(|line| line.strip_prefix("calha_do "));
    for (at, words) in lines.enumerate() {
        let (op, is_command) = words.split_once(' ').map_or((words, false), |(op, _)| (op, true));
        let count = if is_command { 4 } else { 2 };
        let early = EARLY.iter().take(count).enumerate();
        let early = early.filter(|(n, _)| whole || *n == (at + turn) % count).map(|(_, p)| *p);
        let late = LATE[LATE.len() - count + (at + turn) % count];
        all.extend(early.chain([late]).map(|point| format!("{op}:{point}")));
    }
    all
}

fn run(
    lab: &Disk,
    script: &Script,
    text: &str,
    variables: &[(&str, &str)],
) -> (Option<i32>, String) {
    let output = with(lab, &script.node, "/bin/dash", text, &[&before(script)], variables);
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&text).into_owned())
}

/// The code that the script before has printed; it stands in the text.
fn before(script: &Script) -> String {
    let line = script.text.lines().find(|l| l.starts_with("calha_begin ")).unwrap();
    line.split(' ').nth(4).unwrap().trim_matches('\'').to_owned()
}

/// Every script, stopped at each operation and run again, makes what an installation makes; once more it changes nothing.
fn stopped_everywhere(model: &str, set: &[&str], whole: bool, turn: usize) {
    let resolved = of_model(model, set);
    let guide = Guide::of(&resolved, model).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let lab = lab(&resolved, &dir.path().join("by-hand"));
    handwork(&lab, &guide);
    let all = scripts(&guide);
    only_looks(&lab, &all, "before the first");
    let (mut tried, mut stopped, mut look) = (0, 0, false);
    for script in &all {
        let text = stoppable(&script.text);
        for stop in stops(script, whole, turn) {
            let op = stop.split(':').next().unwrap_or_default();
            let (status, said) = run(&lab, script, &text, &[("STOP", &stop), ("LAST", op)]);
            // What is not done again, since it stands, is not stopped either.
            // What holds although its command failed is done.
            let fails = stop.ends_with(":fails") && !said.ends_with(": done\n");
            let wanted = if fails { Some(1) } else { None };
            let there = said.ends_with(&format!("calha: {op}: already\n"));
            assert!(status == wanted || there, "{stop}: {status:?} {said}");
            tried += 1;
            stopped += usize::from(!there);
            look |= tried % 40 == 0;
            // A command that goes on by itself changes something while it is looked.
            if look && !stop.ends_with(":running") {
                only_looks(&lab, &all, &stop);
                look = false;
            }
        }
        let (status, said) = run(&lab, script, &script.text, &[]);
        assert_eq!(status, Some(0), "{}: {said}", script.name);
    }
    println!("stopped at {stopped} of {tried} points");
    // Of two instances the second finds what both share, and that is stopped nowhere.
    let tenths = if model == "symmetric" { 7 } else { 9 };
    assert!(stopped * 10 > tried * tenths, "stopped at {stopped} of {tried} points only");
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

/// Only looking finds nothing that differs, and changes nothing.
fn only_looks(lab: &Disk, all: &[Script], when: &str) {
    let before = lab.digest_all(&[]).unwrap();
    for script in all {
        let (status, said) = run(lab, script, &script.text, &[("CALHA_CHECK", "1")]);
        let differs = said.contains("differs");
        assert!(status == Some(0) && !differs, "{when}: {}: {status:?} {said}", script.name);
    }
    let changed = lab.digest_all(&[]).unwrap().differences(&before);
    assert_eq!(changed, Vec::<String>::new(), "{when}: looking changed something");
}

/// Each operation is stopped at one of its points, with CALHA_STOPS=all at every one, which takes more than half
/// an hour.
fn everywhere() -> bool {
    std::env::var_os("CALHA_STOPS").is_some_and(|stops| stops == "all")
}

#[test]
fn a_script_stopped_anywhere_goes_on_and_makes_what_an_installation_makes() {
    let all = everywhere();
    for turn in 0..if all { 4 } else { 1 } {
        stopped_everywhere("asymmetric", &[], all, turn);
    }
}

#[test]
#[ignore = "takes longer than everything else: cargo test --test by_hand -- --ignored"]
fn scripts_of_the_other_models_go_on_too() {
    stopped_everywhere("symmetric", &[], false, 1);
    stopped_everywhere("asymmetric", &["instance.cal.file-system=cluster"], false, 2);
}

/// A fresh lab of the asymmetric model with its scripts.
fn fresh(dir: &std::path::Path) -> (Disk, Vec<Script>) {
    let resolved = of_model("asymmetric", &[]);
    let guide = Guide::of(&resolved, "asymmetric").unwrap();
    let lab = lab(&resolved, &dir.join("lab"));
    handwork(&lab, &guide);
    (lab, scripts(&guide))
}

/// The pid file that an attempt leaves which is at work still.
fn at_work(lab: &Disk, script: &Script, op: &str, process: u32) -> std::path::PathBuf {
    let record = "var/opt/calha/calendar-cluster/asymmetric";
    let file = lab.root(&script.node).join(record).join(format!("{op}.pid"));
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    let who = lab.root(&script.node).join("usr/bin/who");
    let output = std::process::Command::new(who)
        .arg("-b")
        .env_clear()
        .envs(lab.environment(&script.node))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let up: Vec<&str> = said.split_whitespace().collect();
    let up = if up.is_empty() { "unknown".to_owned() } else { up.join(" ") };
    std::fs::write(&file, format!("{process} {up}\n")).unwrap();
    file
}

#[test]
fn a_wait_names_its_process_and_ends() {
    let dir = tempfile::tempdir().unwrap();
    let (lab, all) = fresh(dir.path());
    let (script, op) = (&all[0], "software.1");
    // One that works too long: the script says what it waits for, and ends.
    let mut shell =
        std::process::Command::new("/bin/sh").args(["-c", "sleep 60; :"]).spawn().unwrap();
    let file = at_work(&lab, script, op, shell.id());
    let line = format!("calha_do {op} 7200 ");
    assert!(script.text.contains(&line), "{op} is no command");
    let short = script.text.replace(&line, &format!("calha_do {op} 2 "));
    let (status, said) = run(&lab, script, &short, &[]);
    assert_eq!(status, Some(1), "{said}");
    let process = format!("process {}, at work since ", shell.id());
    for wanted in [
        format!("calha: {op}: waits for {process}"),
        format!("calha: {op}: failed: 1 it is still at work ({process}"),
        ": /cdrom/cdrom0/Solaris_sparc/installer -nodisplay".to_owned(),
        format!("rm {}", file.display()),
    ] {
        assert!(said.contains(&wanted), "{wanted}: {said}");
    }
    shell.kill().unwrap();
    shell.wait().unwrap();

    // A number that another program has by now is waited for no longer than it takes to see that.
    let mut other = std::process::Command::new("/bin/sleep").arg("60").spawn().unwrap();
    at_work(&lab, script, op, other.id());
    let (status, said) = run(&lab, script, &script.text, &[]);
    other.kill().unwrap();
    other.wait().unwrap();
    assert!(status == Some(0) && !said.contains("waits for"), "{said}");
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
