//! An installation after an uninstallation: what calha declared to leave behind is no reason to refuse it.

use calha::engine::Stop;
use calha::guide::Guide;
use calha::node::{Files, Mode, Owner};

use super::bench::{Start, every_model, install, node, path, resolved, rollback, run, run_on};
use super::bench::{difference, options, visible};
use calha::journal::MemoryStore;

#[test]
fn a_new_installation_follows_an_uninstallation() {
    for resolved in every_model() {
        let guide = Guide::of(&resolved, "cal").unwrap();
        let (_, installed) = run(&guide, &Start::fresh(&resolved), &install);
        let (removed, removed_end) = run(&guide, &installed, &rollback);
        removed.result.unwrap();
        let (again, _) = run(&guide, &removed_end, &install);
        assert!(again.result.is_ok(), "{:?}", again.result);
    }
}

#[test]
fn calendars_that_may_be_lost_are_asked_about() {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let (whole, installed) = run(&guide, &Start::fresh(&resolved), &install);
    let mut used = installed;
    let mut files = used.rack.lab.files(&node("Node1"));
    let owner = Owner { uid: 5001, gid: 5001 };
    files.write(&path("/cal/csdb/ics50events.db"), b"events", Mode(0o600), owner).unwrap();
    drop(files);
    let (removed, removed_end) = run(&guide, &used, &rollback);
    removed.result.unwrap();
    let (asked, end) = run(&guide, &removed_end, &install);
    let Err(Stop::Blocked(problems)) = &asked.result else { panic!("{:?}", asked.result) };
    assert_eq!(problems.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(), ["calendar.data"]);
    let mut accepting = options();
    accepting.accept = vec!["calendar.data".into()];
    let store = MemoryStore::holding(end.journal.clone(), Vec::new());
    let again = run_on(&guide, &end, |_| Box::new(store), None, &accepting, &install);
    assert!(again.result.is_ok(), "{:?}", again.result);
    let except = [guide.record.as_str(), "/cal/csdb", "/var/opt/SUNWics5"];
    let (now, then) = (visible(&again.rack, &except), visible(&whole.rack, &except));
    assert!(now == then, "{}", difference(&now, &then));
}
