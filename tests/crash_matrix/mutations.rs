//! What the matrix is for: each of these mistakes, made on purpose, must show.

use calha::guide::Guide;
use calha::journal::{Journal, MemoryStore, OpKey, Record};
use calha::op::{Check, Command, NodePath, Op, Undo};

use super::bench::{Start, install, resolved, rollback};
use super::matrix::Matrix;
use super::points::Point;

fn whole() -> (Guide, Start) {
    let resolved = resolved(&[]);
    (Guide::of(&resolved, "cal").unwrap(), Start::fresh(&resolved))
}

fn records(journal: &[u8]) -> Vec<Record> {
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
    store.contents().0
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
            Record::Adopted { key, node, digest, at } => {
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
                    leaves: Vec::new(),
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
    let blind = |records: Vec<Record>| {
        let each = |record_: Record| match record_ {
            Record::Intent {
                key,
                node,
                op,
                digest,
                undo,
                may_stay,
                when_stuck,
                kept_once,
                irreversible,
                leaves,
                at,
            } => {
                let undo = undo
                    .into_iter()
                    .enumerate()
                    .map(|(n, op)| blinded(&record, &key, n + 1, op))
                    .collect();
                Record::Intent {
                    key,
                    node,
                    op,
                    digest,
                    undo,
                    may_stay,
                    when_stuck,
                    kept_once,
                    irreversible,
                    leaves,
                    at,
                }
            }
            other => other,
        };
        records.into_iter().map(each).collect()
    };
    assert!(caught(&matrix, &blind) > 0);
}

/// Runs whatever is there, and is content when the command is.
fn blinded(record: &NodePath, key: &OpKey, number: usize, op: Op) -> Op {
    match op {
        Op::Run {
            command,
            stdin,
            absent_when,
            never,
            within,
            settle,
            touches,
            undo,
            leaves,
            ..
        } => {
            let rc = record.join(&format!("undo-{}-{}.{number}.rc", key.step, key.number));
            let done_when = Check::Begins { path: rc, text: "0".into() };
            Op::Run {
                command,
                stdin,
                done_when,
                absent_when,
                never,
                within,
                settle,
                touches,
                undo,
                leaves,
            }
        }
        other => other,
    }
}

#[test]
fn an_undo_in_the_order_of_doing_is_caught() {
    let (guide, fresh) = whole();
    let matrix = Matrix::of(guide, fresh);
    let forward = |records: Vec<Record>| {
        let (head, rest): (Vec<Record>, Vec<Record>) =
            records.into_iter().partition(|r| r.key().is_none());
        let mut keys: Vec<OpKey> = Vec::new();
        for key in rest.iter().filter_map(Record::key) {
            if !keys.contains(key) {
                keys.push(key.clone());
            }
        }
        let turned = keys
            .iter()
            .rev()
            .flat_map(|key| rest.iter().filter(move |r| r.key() == Some(key)).cloned());
        head.into_iter().chain(turned).collect()
    };
    assert!(caught(&matrix, &forward) > 20);
}

/// The guide with each operation of some steps changed.
fn with_ops(mut guide: Guide, steps: &[&str], change: fn(Op) -> Op) -> Guide {
    for step in guide.steps.iter_mut().filter(|s| steps.contains(&s.id.as_str())) {
        let own = std::mem::replace(&mut step.ops, Box::new(|_| Vec::new()));
        step.ops = Box::new(move |node| own(node).into_iter().map(change).collect());
    }
    guide
}

#[test]
fn a_half_run_configurator_taken_as_done_is_caught() {
    let (guide, fresh) = whole();
    let guide = with_ops(guide, &["configure-primary"], |op| match op {
        Op::Run {
            command,
            stdin,
            absent_when,
            never,
            within,
            settle,
            touches,
            undo,
            leaves,
            ..
        } => {
            let done_when = Check::Exists(NodePath::new("/cal/config/ics.conf").unwrap());
            Op::Run {
                command,
                stdin,
                done_when,
                absent_when,
                never,
                within,
                settle,
                touches,
                undo,
                leaves,
            }
        }
        other => other,
    });
    assert!(caught(&Matrix::of(guide, fresh), &|records| records) > 0);
}

#[test]
fn a_switch_that_is_undone_is_caught() {
    let (guide, fresh) = whole();
    let guide = with_ops(guide, &["switch-secondary", "switch-back"], |op| match op {
        Op::Run {
            command,
            stdin,
            done_when,
            absent_when,
            never,
            within,
            settle,
            touches,
            leaves,
            ..
        } => {
            let back =
                Command::new("/usr/cluster/bin/scswitch", ["-z", "-g", "CAL-RG", "-h", "Node1"]);
            // Its check does not hold already, or nothing would be run.
            let commands = vec![(back, Check::Exists(NodePath::new("/nowhere").unwrap()))];
            let undo =
                Undo::Run { commands, may_stay: Some("a position".into()), when_stuck: None };
            Op::Run {
                command,
                stdin,
                done_when,
                absent_when,
                never,
                within,
                settle,
                touches,
                undo,
                leaves,
            }
        }
        other => other,
    });
    let matrix = Matrix::of(guide, fresh);
    assert!(caught(&matrix, &|records| records) > 5);
}
