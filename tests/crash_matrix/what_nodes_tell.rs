//! What nodes say, or do not say, of a release, of mirrors and of files that only one of them has.

use std::cell::RefCell;

use calha::engine::{Engine, Event, Stop};
use calha::guide::Guide;
use calha::node::{Files, Mode, Owner};

use super::bench::{Start, install, node, of_model, path, resolved, run, run_accepting};

#[test]
fn a_release_without_its_update_is_asked_about_where_the_type_is_not_seen() {
    let guide = Guide::of(&resolved(&[]), "cal").unwrap();
    let mut start = Start::fresh(&resolved(&[]));
    let file = path("/usr/cluster/lib/rgm/rtreg/SUNW.HAStoragePlus");
    start.rack.lab.files(&node("Node2")).remove(&file).unwrap();

    let (after, _) = run(&guide, &start, &install);
    let Err(Stop::Unanswered(questions)) = after.result else { panic!("{:?}", after.result) };
    let told: Vec<_> = questions.iter().map(|q| (q.code.to_string(), q.node.clone())).collect();
    assert_eq!(told, [("preflight.storage-plus".to_owned(), Some(node("Node2")))]);

    let (after, _) = run_accepting(&guide, &start, &["preflight.storage-plus"], &install);
    assert!(after.result.is_ok(), "{:?}", after.result);
}

/// Nothing here has a volume manager to ask, so that it is not known is what is told.
#[test]
fn whether_disks_are_mirrored_is_told_of_the_symmetric_model_alone() {
    for (model, volumes) in [("asymmetric", 0), ("symmetric", 6)] {
        let resolved = of_model(model, &[]);
        let guide = Guide::of(&resolved, "cal").unwrap();
        let (after, _) = run(&guide, &Start::fresh(&resolved), &install);
        assert!(after.result.is_ok(), "{model}: {:?}", after.result);
        let told = |event: &&Event| match event {
            Event::Fact { text, .. } => {
                text.starts_with("Node1: not known: whether /dev/") && text.ends_with("is mirrored")
            }
            _ => false,
        };
        assert_eq!(after.events.iter().filter(told).count(), volumes, "{model}");
    }
}

#[test]
fn files_that_only_the_configured_node_has_are_asked_about() {
    let resolved = of_model("symmetric", &[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let (after, mut end) = run(&guide, &Start::fresh(&resolved), &install);
    assert!(after.result.is_ok(), "{:?}", after.result);

    let file = path("/etc/opt/Node1/SUNWics5/config/watcher.cnf");
    let said = |start: &Start| {
        let found = RefCell::new(Vec::new());
        let verify = |engine: &mut Engine<'_>| {
            found.borrow_mut().extend(engine.verify()?.1.iter().map(ToString::to_string));
            Ok(())
        };
        run(&guide, start, &verify).0.result.unwrap();
        found.into_inner()
    };
    assert!(said(&end).is_empty(), "{:?}", said(&end));

    for (name, lacking) in [("Node1", true), ("Node2", false)] {
        let mut files = end.rack.lab.files(&node(name));
        let mut above = vec![file.parent().unwrap()];
        while let Some(up) = above.last().and_then(|p| p.parent()).filter(|p| p.as_str() != "/") {
            above.push(up);
        }
        for directory in above.iter().rev() {
            if !files.stat(directory).unwrap().exists() {
                files.mkdir(directory, Mode(0o755), Owner::ROOT).unwrap();
            }
        }
        files.write(&file, b"cshttpd\n", Mode(0o644), Owner::ROOT).unwrap();
        drop(files);

        let said = said(&end);
        let asked = said.iter().filter(|p| p.contains("links.node-files")).count();
        assert!(said.len() == usize::from(lacking) && asked == said.len(), "{name}: {said:?}");
        if lacking {
            assert!(said[0].contains("tar cf") && said[0].contains("watcher.cnf"), "{said:?}");
        }
    }
}
