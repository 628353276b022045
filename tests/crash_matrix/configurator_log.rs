//! The log of a configurator whose output is not kept: the one since the run began. None and
//! several are questions, which are put once and answered once.

use std::cell::RefCell;

use calha::engine::{Event, Stop};
use calha::guide::Guide;
use calha::lab::Trouble;
use calha::node::{Command, Files, Mode, Owner};
use calha::op::Op;

use super::bench::{After, Start, install, node, path, resolved, run, run_accepting, types};
use super::points::points;
use super::thorough::thorough;

const LOGS: &str = "/var/sadm/install/logs";
const UNCLEAR: &str = "configurator.unclear";

/// A fresh cluster with somebody at the terminal, and the guide of a configurator in this mode.
fn fresh(mode: &str) -> (Guide, Start) {
    let resolved = resolved(&[&format!("configurator.mode={mode}")]);
    let mut start = Start::fresh(&resolved);
    start.rack.attendant = Some(types);
    (Guide::of(&resolved, "cal").unwrap(), start)
}

/// The logs on Node1.
fn logs(start: &mut Start) -> Vec<String> {
    let files = start.rack.lab.files(&node("Node1"));
    let mut all = files.list(&path(LOGS)).unwrap_or_default();
    all.retain(|name| name.starts_with("Sun_Java_System_Calendar_Server_install."));
    all
}

fn typed(start: &mut Start, line: &str) {
    let words: Vec<&str> = line.split(' ').collect();
    let command = Command::new(words[0], words[1..].iter().copied());
    let output = start.rack.lab.exec(&node("Node1"), &command, b"").unwrap();
    assert!(output.success(), "{line}: {output:?}");
}

/// What verify says about the log: problems with that code, in words.
fn verified(guide: &Guide, start: &Start) -> (After, Vec<String>) {
    let told = RefCell::new(Vec::new());
    let (after, _) = run(guide, start, &|engine| {
        let (_, problems) = engine.verify()?;
        let of_log = problems.iter().filter(|p| p.code == UNCLEAR);
        told.borrow_mut().extend(of_log.map(|p| p.what.clone()));
        Ok(())
    });
    (after, told.into_inner())
}

/// What was found of the questions about the log.
fn questions(after: &After) -> Vec<String> {
    let found = |event: &Event| match event {
        Event::Question { question, .. } if question.code == UNCLEAR => {
            Some(question.found.clone())
        }
        _ => None,
    };
    after.events.iter().filter_map(found).collect()
}

#[test]
fn the_log_since_the_run_began_is_read_and_an_older_one_is_not() {
    for mode in ["attended", "operator"] {
        let (guide, mut start) = fresh(mode);
        // Of an installation that was undone: a failure that is of no interest any more.
        typed(&mut start, &format!("/usr/bin/mkdir -p {LOGS}"));
        let old = format!("{LOGS}/Sun_Java_System_Calendar_Server_install.B01010101");
        let failed =
            "FAILED: /bin/rm -f /opt/SUNWics5/cal/config : status = 2\nSome Tasks Failed\n";
        let mut files = start.rack.lab.files(&node("Node1"));
        files.write(&path(&old), failed.as_bytes(), Mode(0o644), Owner::ROOT).unwrap();
        drop(files);

        let (after, done) = run(&guide, &start, &install);
        after.result.unwrap_or_else(|stop| panic!("{mode}: {stop:#?}"));
        let (after, told) = verified(&guide, &done);
        assert!(after.result.is_ok() && told.is_empty(), "{mode}: {told:?}");
    }
}

#[test]
fn several_logs_since_the_run_began_are_one_question_that_is_answered_once() {
    for mode in ["attended", "operator"] {
        let (guide, start) = fresh(mode);
        let (after, mut done) = run(&guide, &start, &install);
        after.result.unwrap_or_else(|stop| panic!("{mode}: {stop:#?}"));
        let log = logs(&mut done).pop().unwrap();
        typed(&mut done, &format!("/usr/bin/cp {LOGS}/{log} {LOGS}/{log}9"));

        let (after, told) = verified(&guide, &done);
        assert!(after.result.is_ok() && told.len() == 1, "{mode}: {told:?}");
        assert!(told[0].contains(&log) && told[0].contains(&format!("{log}9")), "{told:?}");
        let told_once = |after: &After| {
            let is =
                |e: &&Event| matches!(e, Event::Problem { problem, .. } if problem.code == UNCLEAR);
            after.events.iter().filter(is).count()
        };
        assert_eq!(told_once(&after), 1, "{mode}");
    }
}

#[test]
fn a_failed_run_by_hand_and_a_good_one_after_it_are_a_question_whose_answer_stays() {
    let (guide, mut start) = fresh("operator");
    start.first_call("csconfigurator.sh", Some("Node1"), None, Trouble::TaskFails { task: 1 });
    let (after, mut next) = run(&guide, &start, &install);
    let Err(Stop::Blocked(problems)) = &after.result else { panic!("{:?}", after.result) };
    assert!(problems[0].what.contains("FAILED: /bin/rm -f"), "{problems:?}");

    // The operator does it again, a minute later.
    next.rack.lab.clear_faults();
    next.rack.lab.cluster_mut().clock += 60;
    let ops = guide.ops();
    let by_hand = ops.iter().find_map(|(step, _, op)| match op {
        Op::Operator { command, instructions, .. } if step.id == *"configure-primary" => {
            command.clone().map(|command| (command, instructions.clone()))
        }
        _ => None,
    });
    let (command, told) = by_hand.unwrap();
    let output = next.rack.lab.exec(&node("Node1"), &command, types(&command, &told).as_bytes());
    assert!(output.unwrap().success());
    assert_eq!(logs(&mut next).len(), 2);

    let (after, next) = run(&guide, &next, &install);
    assert!(matches!(after.result, Err(Stop::Unanswered(_))), "{:?}", after.result);
    let asked = questions(&after);
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert!(asked.iter().any(|found| found.contains("FAILED: /bin/rm -f")), "{asked:?}");

    let (after, done) = run_accepting(&guide, &next, &[UNCLEAR], &install);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let (after, done) = run(&guide, &done, &install);
    assert!(after.result.is_ok() && questions(&after).is_empty(), "{:?}", after.result);
    let (after, told) = verified(&guide, &done);
    assert!(after.result.is_ok() && told.is_empty(), "{told:?}");
}

#[test]
fn a_log_that_is_not_there_is_a_question() {
    for mode in ["attended", "operator"] {
        let (guide, start) = fresh(mode);
        let (after, mut done) = run(&guide, &start, &install);
        after.result.unwrap_or_else(|stop| panic!("{mode}: {stop:#?}"));
        for log in logs(&mut done) {
            typed(&mut done, &format!("/usr/bin/rm {LOGS}/{log}"));
        }
        let (after, told) = verified(&guide, &done);
        assert!(after.result.is_ok() && told.len() == 1, "{mode}: {told:?}");
        assert!(told[0].contains("no log is of this run"), "{told:?}");
    }
}

/// A kill before, while and after somebody answers the program: an attempt that did not end is done
/// again, and then its log alone counts.
#[test]
fn after_a_kill_the_log_of_the_run_that_ended_counts() {
    let (guide, start) = fresh("attended");
    let (all, result, _) = points(&guide, &start, &install);
    result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let begins = all.iter().position(|p| p.label.contains("configure-primary")).unwrap();
    let ends = all.iter().rposition(|p| p.label.contains("configure-primary")).unwrap();
    let around = &all[begins..=ends];
    assert!(around.iter().any(|p| p.label.contains("at work")), "{}", around.len());

    for point in around.iter().step_by(if thorough() { 1 } else { 3 }) {
        let mut killed = point.start.clone();
        // Nobody goes on within the minute.
        killed.rack.lab.cluster_mut().clock += 60;
        let (after, done) = run(&guide, &killed, &install);
        after.result.unwrap_or_else(|stop| panic!("{}: {stop:#?}", point.label));
        let (after, told) = verified(&guide, &done);
        assert!(after.result.is_ok() && told.is_empty(), "{}: {told:?}", point.label);
    }
}
