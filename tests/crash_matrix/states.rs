//! Words of the cluster for states of groups and resources: what moves is named, and what calha
//! does not know is a question or no proof, never up and never down.

use std::cell::RefCell;

use calha::engine::{Event, Stop};
use calha::guide::Guide;
use calha::lab::Fault;
use calha::node::Command;

use super::bench::{Start, install, node, resolved, rollback, run, run_accepting};

/// A word that no manual has.
const WORD: &str = "RECONSIDERING";

fn reads(start: &mut Start, of: &str, word: &str) {
    start.rack.lab.inject(Fault::StateReads { of: of.into(), word: word.into() });
}

fn types(start: &mut Start, program: &str, line: &str) {
    let command = Command::new(&format!("/usr/cluster/bin/{program}"), line.split(' '));
    let said = start.rack.lab.exec(&node("Node1"), &command, b"").unwrap();
    assert!(said.success(), "{line}: {}", String::from_utf8_lossy(&said.stderr));
}

fn installed(guide: &Guide) -> Start {
    let (after, start) = run(guide, &Start::fresh(&resolved(&[])), &install);
    after.result.unwrap();
    start
}

#[test]
fn a_group_in_a_state_that_nobody_knows_is_a_question_before_the_first_change() {
    let guide = Guide::of(&resolved(&[]), "cal").unwrap();
    let mut start = Start::fresh(&resolved(&[]));
    types(&mut start, "scrgadm", "-a -g OTHER-RG -h Node1,Node2");
    let calls = start.rack.lab.changing_calls().len();
    reads(&mut start, "OTHER-RG", WORD);
    let (after, _) = run(&guide, &start, &install);
    let Err(Stop::Unanswered(questions)) = &after.result else { panic!("{:?}", after.result) };
    for (question, on) in questions.iter().zip(["Node1", "Node2"]) {
        assert_eq!(
            (question.code.as_str(), question.node.as_ref().expect("a node").as_str()),
            ("preflight.group-unknown", on)
        );
        assert!(question.found.contains(WORD), "{question:?}");
    }
    assert_eq!((questions.len(), after.rack.lab.changing_calls().len()), (2, calls));
    let (after, _) = run_accepting(&guide, &start, &["preflight.group-unknown"], &install);
    after.result.unwrap();
}

#[test]
fn a_group_that_moves_is_named_with_its_node() {
    let guide = Guide::of(&resolved(&[]), "cal").unwrap();
    for word in ["PENDING_ONLINE", "PENDING_OFFLINE", "PENDING_ONLINE_BLOCKED"] {
        let mut start = Start::fresh(&resolved(&[]));
        types(&mut start, "scrgadm", "-a -g OTHER-RG -h Node1,Node2");
        reads(&mut start, "OTHER-RG", word);
        let (after, _) = run(&guide, &start, &install);
        let Err(Stop::Blocked(problems)) = &after.result else { panic!("{:?}", after.result) };
        let begins = format!("group OTHER-RG is {word} on Node1");
        assert!(problems[0].what.starts_with(&begins), "{problems:?}");
        assert!(problems.iter().all(|p| p.code == "preflight.group-state"), "{problems:?}");
    }
}

/// Only OFFLINE and UNMANAGED are down: in any other state something of it may run.
#[test]
fn a_group_that_is_not_seen_down_is_not_removed() {
    let guide = Guide::of(&resolved(&[]), "cal").unwrap();
    let start = installed(&guide);
    for word in [WORD, "PENDING_OFFLINE", "ONLINE_FAULTED"] {
        let mut start = start.clone();
        reads(&mut start, "CAL-RG", word);
        let (after, mut stuck) = run(&guide, &start, &rollback);
        let Err(Stop::Stuck(problems)) = &after.result else {
            panic!("{word}: {:?}", after.result)
        };
        assert!(problems[0].what.contains("resource-group"), "{word}: {problems:?}");
        let groups = &stuck.rack.lab.cluster().groups;
        assert!(groups.iter().any(|g| g.name == "CAL-RG"), "{word}");
        stuck.rack.lab.clear_faults();
        run(&guide, &stuck, &rollback).0.result.unwrap();
    }
}

#[test]
fn a_stop_that_does_not_end_keeps_what_it_is_about() {
    let guide = Guide::of(&resolved(&[]), "cal").unwrap();
    let mut start = installed(&guide);
    start.rack.lab.inject(Fault::StaysStopping { resource: "CAL-SVR-RS".into() });
    let (after, mut stuck) = run(&guide, &start, &rollback);
    let Err(stop) = &after.result else { panic!("it was undone") };
    assert!(matches!(stop, Stop::Stuck(_)), "{stop:?}");
    assert!(stuck.rack.lab.cluster().resource("CAL-SVR-RS").is_some());
    stuck.rack.lab.clear_faults();
    run(&guide, &stuck, &rollback).0.result.unwrap();
}

#[test]
fn that_a_resource_runs_is_not_proved_by_a_word_that_nobody_knows() {
    let guide = Guide::of(&resolved(&[]), "cal").unwrap();
    let start = installed(&guide);
    for of in ["CAL-SVR-RS", "CAL-RG"] {
        let mut start = start.clone();
        reads(&mut start, of, WORD);
        let told = RefCell::new(Vec::new());
        let (after, _) = run(&guide, &start, &|engine| {
            told.borrow_mut().extend(engine.verify()?.1);
            Ok(())
        });
        after.result.unwrap();
        let told = told.into_inner();
        assert!(!told.is_empty(), "{of}");
        for problem in told {
            assert_eq!(problem.code, "service.state-unknown", "{problem:?}");
            assert!(problem.what.contains(of) && problem.what.ends_with(WORD), "{problem:?}");
        }
    }
}

/// Nobody watches it, and its users are served.
#[test]
fn a_service_whose_monitor_has_failed_is_announced_to_be_cut_off() {
    let guide = Guide::of(&resolved(&[]), "cal").unwrap();
    let mut start = installed(&guide);
    reads(&mut start, "CAL-SVR-RS", "MONITOR_FAILED");
    let (after, _) = run(&guide, &start, &rollback);
    after.result.unwrap();
    let outage = |event: &Event| format!("{event:?}").contains("it runs on Node1 and is stopped");
    assert!(after.events.iter().any(outage), "{:?}", after.events);
}
