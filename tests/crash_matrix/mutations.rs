//! What the matrix is for: each of these mistakes, made on purpose, must show.

use calha::guide::Guide;
use calha::journal::{Journal, MemoryStore, OpKey, Record};
use calha::node::{Command, NodePath};
use calha::op::{Check, Op, Run, Undo};

use super::bench::{Start, install, resolved, rollback};
use super::matrix::Matrix;
use super::points::Point;
use super::round_trips::{Model, Way};

fn whole() -> (Guide, Start) {
    let resolved = resolved(&[]);
    (Guide::of(&resolved, "cal").unwrap(), Start::fresh(&resolved))
}

pub fn records(journal: &[u8]) -> Vec<Record> {
    let text = String::from_utf8(journal.to_vec()).unwrap();
    text.lines().filter_map(|l| serde_json::from_str(l.split_once(' ')?.1).ok()).collect()
}

/// The journal with other records in it, as calha would have written them.
pub fn rewritten(journal: &[u8], change: impl FnOnce(Vec<Record>) -> Vec<Record>) -> Vec<u8> {
    let store = MemoryStore::default();
    let mut journal_of = Journal::open(Box::new(store.clone()), String::new).unwrap();
    for record in change(records(journal)) {
        journal_of.append(record).unwrap();
    }
    store.contents().open
}

/// How many points fail when every journal is first changed so.
fn caught(matrix: &Matrix, change: &dyn Fn(Vec<Record>) -> Vec<Record>) -> usize {
    let fails = |point: &&Point| {
        let journal = rewritten(&point.start.journal, change);
        let start = Start { rack: point.start.rack.clone(), journal };
        let mutated = Point { label: point.label.clone(), start };
        matrix.rolled_back(&mutated, &rollback).is_some()
            || matrix.resumed(&mutated, &install).is_some()
    };
    matrix.points.iter().step_by(3).filter(fails).count()
}

#[test]
fn a_receipt_written_only_at_the_end_is_caught() {
    let (guide, fresh) = whole();
    let matrix = Matrix::of(guide, fresh);
    assert!(caught(&matrix, &|_| Vec::new()) > 20);
}

#[test]
fn an_intent_written_after_its_effect_is_caught() {
    let (guide, fresh) = whole();
    let matrix = Matrix::of(guide, fresh);
    let late = |mut records: Vec<Record>| {
        if matches!(records.last(), Some(Record::Intent { .. })) {
            records.pop();
        }
        records
    };
    assert!(caught(&matrix, &late) > 5);
}

#[test]
fn taking_what_was_there_for_ours_is_caught() {
    let (guide, mut fresh) = whole();
    // Somebody made these before calha came.
    for node in guide.hosts.clone() {
        let mkdir = Command::new("/usr/bin/mkdir", ["/cal"]);
        assert!(fresh.rack.lab.exec(&node, &mkdir, b"").unwrap().success());
    }
    let register = Command::new("/usr/cluster/bin/scrgadm", ["-a", "-t", "SUNW.scics"]);
    assert!(fresh.rack.lab.exec(&guide.hosts[0], &register, b"").unwrap().success());
    let matrix = Matrix::of(guide, fresh);
    let honest = caught(&matrix, &|records| records);
    assert_eq!(honest, 0, "without the mistake there is nothing to catch");
    let ours = |records: Vec<Record>| {
        let take = |record: Record| match record {
            Record::Adopted { key, node, digest, leaves, at } => {
                let undo = match key.step.as_str() {
                    "mount-directory" => vec![Op::Rmdir { path: NodePath::new("/cal").unwrap() }],
                    _ => Vec::new(),
                };
                let intent = Record::Intent {
                    key: key.clone(),
                    node,
                    op: serde_json::json!({ "op": "mkdir" }),
                    digest,
                    undo,
                    may_stay: None,
                    when_stuck: None,
                    kept_once: Vec::new(),
                    irreversible: None,
                    leaves,
                    at: at.clone(),
                };
                vec![intent, Record::Done { key, at }]
            }
            other => vec![other],
        };
        records.into_iter().flat_map(take).collect()
    };
    assert!(caught(&matrix, &ours) > 5);
}

#[test]
fn an_undo_that_does_not_look_first_is_caught() {
    let (guide, fresh) = whole();
    let record = guide.record.clone();
    let matrix = Matrix::of(guide, fresh);
    let blind = |mut records: Vec<Record>| {
        for intent in &mut records {
            let Record::Intent { key, undo, .. } = intent else { continue };
            for (number, op) in (1..).zip(undo) {
                blinded(&record, key, number, op);
            }
        }
        records
    };
    assert!(caught(&matrix, &blind) > 0);
}

/// Runs whatever is there, and is content when the command is.
fn blinded(record: &NodePath, key: &OpKey, number: usize, op: &mut Op) {
    let Op::Run(run) = op else { return };
    let rc = record.join(&format!("undo-{}-{}.{number}.rc", key.step, key.number));
    run.done_when = Check::Begins { path: rc, text: "0".into() };
}

#[test]
fn an_undo_in_the_order_of_doing_is_caught() {
    let (guide, fresh) = whole();
    let mut matrix = Matrix::of(guide, fresh);
    matrix.guide.steps.reverse();
    assert!(caught(&matrix, &|records| records) > 20);
}

/// The guide with each command of some steps changed.
fn with_commands(mut guide: Guide, steps: &[&str], change: fn(Run) -> Run) -> Guide {
    let changed = move |op| match op {
        Op::Run(run) => Op::Run(change(run)),
        other => other,
    };
    for step in guide.steps.iter_mut().filter(|s| steps.contains(&s.id.as_str())) {
        let own = std::mem::replace(&mut step.ops, Box::new(|_| Vec::new()));
        step.ops = Box::new(move |node| own(node).into_iter().map(changed).collect());
    }
    guide
}

#[test]
fn a_half_run_configurator_taken_as_done_is_caught() {
    let (guide, fresh) = whole();
    let guide = with_commands(guide, &["configure-primary"], |run| {
        let done_when = Check::Exists(NodePath::new("/cal/config/ics.conf").unwrap());
        Run { done_when, ..run }
    });
    assert!(caught(&Matrix::of(guide, fresh), &|records| records) > 0);
}

#[test]
fn a_switch_that_is_undone_is_caught() {
    let (guide, fresh) = whole();
    let guide = with_commands(guide, &["switch-secondary", "switch-back"], |run| {
        let back = Command::new("/usr/cluster/bin/scswitch", ["-z", "-g", "CAL-RG", "-h", "Node1"]);
        // Its check does not hold already, or nothing would be run.
        let commands = vec![(back, Check::Exists(NodePath::new("/nowhere").unwrap()))];
        let undo = Undo::Run { commands, may_stay: Some("a position".into()), when_stuck: None };
        Run { undo, ..run }
    });
    let matrix = Matrix::of(guide, fresh);
    assert!(caught(&matrix, &|records| records) > 5);
}

/// How many of these round trips fail where the guide is first changed so.
fn caught_on_round_trips(change: impl Fn(Guide) -> Guide, cells: &[(&str, Way)]) -> usize {
    let (guide, fresh) = whole();
    let model = Model::with("mutated", change(guide), fresh);
    let fails = |(step, way): &&(&str, Way)| {
        let found = model.tried(model.guide.step(step).unwrap(), *way);
        !found.unwrap_or_default().is_empty()
    };
    cells.iter().filter(fails).count()
}

const CELLS: [(&str, Way); 4] = [
    ("logical-host", Way::From),
    ("logical-host", Way::Removed),
    ("service-resource", Way::From),
    ("ha-block", Way::Restore),
];

#[test]
fn round_trips_without_a_mistake_have_nothing_to_catch() {
    assert_eq!(caught_on_round_trips(|guide| guide, &CELLS), 0);
}

#[test]
fn a_logical_host_that_is_made_again_and_not_enabled_is_caught() {
    let forgotten = |guide: Guide| {
        with_commands(guide, &["online"], |run| match run.command.args[0].as_str() {
            "-e" => Run { done_when: Check::Always, ..run },
            _ => run,
        })
    };
    assert_eq!(caught_on_round_trips(forgotten, &CELLS[..2]), 2);
}

#[test]
fn a_resource_that_a_way_back_leaves_is_caught() {
    let left = |guide: Guide| {
        with_commands(guide, &["service-resource"], |run| Run {
            undo: Undo::nothing("a mistake"),
            ..run
        })
    };
    assert_eq!(caught_on_round_trips(left, &CELLS[2..3]), 1);
}

#[test]
fn a_service_that_is_cut_off_without_a_word_is_caught() {
    let (guide, fresh) = whole();
    let mut model = Model::with("silent", guide, fresh);
    model.guide.placements.iter_mut().for_each(|of| of.service = "ANOTHER-RS".into());
    // Every one of them ends with an uninstallation, which stops the service.
    for (step, way) in CELLS {
        let found = model.tried(model.guide.step(step).unwrap(), way).unwrap_or_default();
        let told = found.iter().any(|fault| fault.contains("cut off unannounced"));
        assert!(told, "{step} {way:?}: {found:?}");
    }
}
