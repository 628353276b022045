//! Every pair of releases that existed, and nodes that answer as unkindly as they may: each model is installed, verified and undone.

use calha::guide::Guide;
use calha::journal::Record;
use calha::lab::Personality;
use calha::node::{Command, Files, Owner};

use super::bench::{Start, install, node, of_model, path, rollback, run};
use super::mutations::rewritten;
use super::whole::{calls, once_and_back_on};

#[test]
fn each_model_is_installed_verified_and_taken_back_on_every_pair_of_releases() {
    for personality in Personality::pairs().chain([Personality::Odd]) {
        for model in ["asymmetric", "symmetric", "n-plus-one"] {
            println!("{model} on {personality}");
            once_and_back_on(personality, &of_model(model, &[]));
        }
    }
}

/// Nothing that calha makes belongs to whatever root's group is.
#[test]
fn what_is_made_has_the_owner_that_was_meant() {
    let resolved = of_model("asymmetric", &[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let start = Start::on(Personality::Odd, &resolved);
    let (after, mut done) = run(&guide, &start, &install);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));

    let record = guide.record.clone();
    let files = done.rack.lab.files(&node("Node1"));
    let touch = path("/tmp/touched");
    let made = files.stat(&record).unwrap();
    assert!(made.describe().contains(" 0:1"), "the record is root's own: {}", made.describe());
    for place in ["/cal", "/cal/config"] {
        let found = files.stat(&path(place)).unwrap().describe();
        assert!(!found.contains(":1,") && !found.ends_with(":1"), "{place}: {found}");
    }
    drop(files);
    let command = Command::new("/usr/bin/touch", [touch.as_str()]);
    assert!(done.rack.lab.exec(&node("Node1"), &command, b"").unwrap().success());
    let found = done.rack.lab.files(&node("Node1")).stat(&touch).unwrap();
    assert!(found.describe().contains(&Owner { uid: 0, gid: 1 }.to_string()));
}

/// An earlier calha looked for accounts in files of the node: what its journal says of them stands.
#[test]
fn an_installation_of_an_earlier_calha_goes_on() {
    let resolved = of_model("asymmetric", &[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let (after, done) = run(&guide, &Start::fresh(&resolved), &install);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let step = guide.steps.iter().find(|s| s.id == *"accounts").unwrap();
    let mut rewrote = 0;
    let journal = rewritten(&done.journal, |mut records| {
        for intent in &mut records {
            let Record::Intent { key, node, digest, op, undo, .. } = intent else { continue };
            if key.step != "accounts" {
                continue;
            }
            rewrote += 1;
            let (id, then) = step.former_ops(node).remove(key.number as usize - 1);
            assert_ne!(then.identity(), *digest);
            assert_eq!(then.inverse(&id).unwrap().len(), undo.len());
            (*digest, *undo) = (then.identity(), then.inverse(&id).unwrap());
            if !op.is_null() {
                *op = then.without_contents();
            }
        }
        records
    });
    assert_eq!(rewrote, 4, "two operations on two nodes");
    let start = Start { rack: done.rack.clone(), journal };

    let (again, _) = run(&guide, &start, &install);
    again.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    assert_eq!(calls(&again.rack), calls(&done.rack), "it changed something");
    let (back, _) = run(&guide, &start, &rollback);
    back.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
}
