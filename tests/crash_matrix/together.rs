//! Steps whose operations go to the nodes together: told, noted and gone on with as if they had been done one after the other.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use calha::engine::{Event, Outcome, Stop};
use calha::guide::Guide;
use calha::journal::{Journal, MemoryStore, OpKey, State};
use calha::lab::{Fault, Trouble, Watch};
use calha::node::{Command, Files};
use calha::step::Place;

use crate::bench::{
    Start, difference, install, node, options, path, resolved, rollback, run, run_on, visible,
};

/// Steps in the order in which they were told to begin. Everything that is told of a step stands between its beginning and its end.
fn told(events: &[Event]) -> Vec<String> {
    let (mut begun, mut open): (Vec<String>, Option<String>) = (Vec::new(), None);
    let at = events.iter().position(|e| matches!(e, Event::StepBegins { .. })).unwrap();
    for event in &events[at..] {
        match event {
            Event::StepBegins { id, .. } => {
                begun.push(id.clone());
                open = Some(id.clone());
            }
            Event::StepEnds { id } => assert_eq!(open.take().as_ref(), Some(id)),
            other => {
                if let Some(step) = other.step() {
                    assert_eq!(open.as_deref(), Some(step), "{other:?}");
                }
            }
        }
    }
    begun
}

fn states(journal: &[u8]) -> BTreeMap<OpKey, State> {
    let journal =
        Journal::open(Box::new(MemoryStore::holding(journal.to_vec(), Vec::new())), || {
            "now".into()
        })
        .unwrap();
    journal.history().entries.iter().map(|(key, entry)| (key.clone(), entry.state)).collect()
}

#[test]
fn every_step_is_told_from_its_beginning_to_its_end() {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let (after, _) = run(&guide, &Start::fresh(&resolved), &install);
    assert!(after.result.is_ok(), "{:?}", after.result);
    let begun = told(&after.events);
    let guided: Vec<String> = guide.steps.iter().map(|s| s.id.to_string()).collect();
    assert_eq!(begun[..guided.len()], guided[..]);
    // An operation that is told to begin is told to end, after it.
    for event in &after.events {
        let Event::OpBegins { step, node, number, .. } = event else { continue };
        let same = |e: &Event| matches!(e, Event::OpEnds { step: s, node: n, number: k, .. } if (s, n, k) == (step, node, number));
        let (from, to) =
            (after.events.iter().position(|e| e == event), after.events.iter().position(same));
        assert!(from < to, "{step}.{number} on {node}");
    }
}

#[test]
fn behind_a_failure_nothing_was_begun_and_the_other_node_has_done_its_part() {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let mut start = Start::fresh(&resolved);
    let (whole, _) = run(&guide, &start, &install);
    start.rack.lab.inject(useradd_fails());
    let (after, mut end) = run(&guide, &start, &install);
    let Err(Stop::Failed(failure)) = &after.result else { panic!("{:?}", after.result) };
    assert_eq!(
        (failure.step.as_str(), failure.node.as_str(), failure.status),
        ("accounts", "Node2", Some(9))
    );
    let states = states(&end.journal);
    let state = |step: &str, on: &str, number: u32| {
        let key = OpKey { step: step.into(), place: Place::Node(node(on)), number };
        states.get(&key).copied().unwrap_or(State::Never)
    };
    for (step, number) in [("accounts", 2), ("mount-directory", 1), ("vfstab-entry", 1)] {
        assert_eq!(state(step, "Node1", number), State::Done, "{step}");
    }
    assert_eq!(state("accounts", "Node2", 1), State::Done);
    assert_eq!(state("accounts", "Node2", 2), State::Failed);
    for step in ["mount-directory", "vfstab-entry"] {
        assert_eq!(state(step, "Node2", 1), State::Undone, "{step}");
    }
    // The step that failed is not told to have ended well, and what the other node has done is told under its own step.
    told(
        &after
            .events
            .iter()
            .filter(|e| !matches!(e, Event::StepEnds { .. }))
            .cloned()
            .collect::<Vec<_>>(),
    );
    assert!(
        !after.events.iter().any(
            |e| matches!(e, Event::StepEnds { id } if id == "accounts" || id == "vfstab-entry")
        )
    );
    let done = |step: &str| {
        after.events.iter().any(
            |e| matches!(e, Event::OpEnds { step: s, outcome: Outcome::Done, .. } if s == step),
        )
    };
    assert!(done("vfstab-entry") && done("mount-directory"));

    end.rack.lab.clear_faults();
    let (resumed, _) = run(&guide, &end, &install);
    assert!(resumed.result.is_ok(), "{:?}", resumed.result);
    let (now, then) = (visible(&resumed.rack, &[]), visible(&whole.rack, &[]));
    assert!(now == then, "{}", difference(&now, &then));
}

/// A kill left a copy beside the file; the next run does not come that far, and rollback takes the copy away all the same.
#[test]
fn what_an_earlier_run_began_keeps_its_intent_behind_a_failure() {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let fresh = Start::fresh(&resolved);
    let store = MemoryStore::holding(Vec::new(), Vec::new());
    let seen: Arc<Mutex<Option<Start>>> = Arc::default();
    let (kept, journal) = (Arc::clone(&seen), store.clone());
    let watch: Watch = Arc::new(move |what, rack| {
        let beside = path("/etc/vfstab.calha");
        let on_second =
            rack.clone().lab.files(&node("Node2")).stat(&beside).is_ok_and(|e| e.exists());
        if what == "edited copy beside the file" && on_second {
            kept.lock()
                .unwrap()
                .get_or_insert(Start { rack: rack.clone(), journal: journal.contents().open });
        }
    });
    run_on(&guide, &fresh, |_| Box::new(store.clone()), Some(watch), &options(), &install);
    let mut killed = seen.lock().unwrap().clone().unwrap();
    let gone = killed
        .rack
        .lab
        .exec(&node("Node2"), &Command::new("/usr/sbin/userdel", ["icsuser"]), b"")
        .unwrap();
    assert!(gone.success());
    killed.rack.lab.inject(useradd_fails());
    let (after, mut end) = run(&guide, &killed, &install);
    assert!(matches!(after.result, Err(Stop::Failed(_))), "{:?}", after.result);
    let key = OpKey { step: "vfstab-entry".into(), place: Place::Node(node("Node2")), number: 1 };
    assert_eq!(states(&end.journal)[&key], State::Intent);
    end.rack.lab.clear_faults();
    let (back, _) = run(&guide, &end, &rollback);
    assert!(back.result.is_ok(), "{:?}", back.result);
    let (now, then) = (
        visible(&back.rack, &[guide.record.as_str()]),
        visible(&fresh.rack, &[guide.record.as_str()]),
    );
    assert!(now == then, "{}", difference(&now, &then));
}

fn useradd_fails() -> Fault {
    Fault::Call {
        program: "useradd".into(),
        host: Some(node("Node2")),
        argument: None,
        nth: 1,
        seen: 0,
        trouble: Trouble::Fails { status: 9, text: "useradd: name service is away".into() },
    }
}
