//! One instance more, one instance less, while the others run.

use std::path::Path;

use calha::guide::Guide;
use calha::journal::RunCommand;
use calha::lab::{CallRecord, Rack};
use calha::setting::{Resolved, resolve};

use super::bench::{Start, difference, install, node, of_model, rollback, run, visible};
use super::matrix::next;
use super::points::points;
use super::thorough::thorough;
use super::whole::leftovers;

/// The N+1 profile without its third instance and that one's node.
fn two() -> Resolved {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles/n-plus-one.toml");
    let whole = std::fs::read_to_string(file).unwrap();
    let (mut text, mut skip) = (String::new(), false);
    for line in whole.lines() {
        if line.starts_with('[') {
            skip = line == "[node.Node3]" || line == "[instance.cs3]";
        }
        if !skip {
            text.push_str(&line.replace("\"Node3\", ", ""));
            text.push('\n');
        }
    }
    resolve(&calha::profile::parse("two.toml", &text))
        .unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn guide(resolved: &Resolved) -> Guide {
    Guide::of(resolved, "cal").unwrap()
}

/// A cluster of four nodes on which two of three instances are installed.
fn with_two() -> Start {
    let start = Start::fresh(&of_model("n-plus-one", &[]));
    let (after, done) = run(&guide(&two()), &start, &install);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    done
}

/// What the cluster was told about the instances cs1 and cs2 since.
fn about_the_others(since: usize, rack: &Rack) -> Vec<&CallRecord> {
    let names = |c: &&CallRecord| {
        c.changed
            && c.args
                .iter()
                .any(|a| a.contains("CS1") || a.contains("CS2") || a.contains("/cal/Node1"))
    };
    rack.lab.calls()[since..].iter().filter(names).collect()
}

fn serves(rack: &mut Rack, on: &str, address: &str) {
    let said = rack
        .lab
        .exec(&node(on), &calha::node::Command::new("/usr/bin/netstat", ["-an"]), b"")
        .unwrap();
    assert!(
        said.text().lines().any(|l| l.starts_with(address) && l.ends_with("LISTEN")),
        "{address} on {on}: {}",
        said.text()
    );
}

#[test]
fn an_instance_is_added_and_taken_away_without_touching_the_others() {
    let (before, three) = (with_two(), guide(&of_model("n-plus-one", &[])));
    let calls = before.rack.lab.calls().len();
    let (added, mut with) = run(&three, &before, &install);
    added.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    assert!(
        about_the_others(calls, &with.rack).is_empty(),
        "{:?}",
        about_the_others(calls, &with.rack)
    );
    for (on, address) in
        [("Node1", "192.0.2.10.80"), ("Node2", "192.0.2.11.80"), ("Node3", "192.0.2.12.80")]
    {
        serves(&mut with.rack, on, address);
    }

    let calls = with.rack.lab.calls().len();
    let (removed, without) =
        run(&three, &with, &|engine| engine.undo_instance(RunCommand::Uninstall, "cs3"));
    removed.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    assert!(
        about_the_others(calls, &without.rack).is_empty(),
        "{:?}",
        about_the_others(calls, &without.rack)
    );
    let left = leftovers(&three);
    let left: Vec<&str> = left.iter().map(String::as_str).chain(["/var/opt/calha"]).collect();
    let (now, then) = (visible(&without.rack, &left), visible(&before.rack, &left));
    assert!(now == then, "{}", difference(&now, &then));
    let record = without.rack.clone().lab.exec(
        &node("Node3"),
        &calha::node::Command::new("/usr/bin/ls", ["/var/opt/calha"]),
        b"",
    );
    assert!(
        !record.unwrap().success(),
        "calha's own directory is gone from the node that is free again"
    );

    // The profile without it finds everything in order, and takes the rest back to the last byte.
    let smaller = guide(&two());
    let calls = without.rack.lab.changing_calls().len();
    let (again, same) = run(&smaller, &without, &install);
    again.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    assert_eq!(same.rack.lab.changing_calls().len(), calls);
    let (back, end) = run(&smaller, &same, &rollback);
    back.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let fresh = Start::fresh(&of_model("n-plus-one", &[]));
    let (now, then) = (visible(&end.rack, &left), visible(&fresh.rack, &left));
    assert!(now == then, "{}", difference(&now, &then));
}

#[test]
fn the_first_instance_may_go_while_the_others_stay() {
    let three = guide(&of_model("n-plus-one", &[]));
    let fresh = Start::fresh(&of_model("n-plus-one", &[]));
    let (_, all) = run(&three, &fresh, &install);
    let (removed, mut without) =
        run(&three, &all, &|engine| engine.undo_instance(RunCommand::Uninstall, "cs1"));
    removed.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    serves(&mut without.rack, "Node2", "192.0.2.11.80");
    serves(&mut without.rack, "Node3", "192.0.2.12.80");
    // What it made for all of them stays until the last one goes.
    let (back, end) = run(&three, &without, &rollback);
    back.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let left = leftovers(&three);
    let left: Vec<&str> = left.iter().map(String::as_str).collect();
    let (now, then) = (visible(&end.rack, &left), visible(&fresh.rack, &left));
    assert!(now == then, "{}", difference(&now, &then));
}

#[test]
fn a_removal_of_one_instance_killed_anywhere_is_gone_on_with() {
    let three = guide(&of_model("n-plus-one", &[]));
    let (_, all) = run(&three, &Start::fresh(&of_model("n-plus-one", &[])), &install);
    let remove =
        |engine: &mut calha::engine::Engine<'_>| engine.undo_instance(RunCommand::Uninstall, "cs3");
    let (points, result, done) = points(&three, &all, &remove);
    result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let mut seed = 6_560_681;
    let chosen: Vec<usize> = if thorough() {
        (0..points.len()).collect()
    } else {
        (0..12).map(|_| next(&mut seed) % points.len()).collect()
    };
    println!("{} of {} points", chosen.len(), points.len());
    let wanted = visible(&done.rack, &["/var/opt/calha"]);
    for at in chosen {
        let (after, end) = run(&three, &points[at].start, &remove);
        after.result.unwrap_or_else(|stop| panic!("{}: {stop:?}", points[at].label));
        let now = visible(&end.rack, &["/var/opt/calha"]);
        assert!(now == wanted, "{}:\n{}", points[at].label, difference(&now, &wanted));
    }
}
