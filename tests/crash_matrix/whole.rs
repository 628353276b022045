use calha::guide::Guide;
use calha::lab::{Personality, Rack};
use calha::setting::Resolved;

use super::bench::{Start, difference, install, resolved, rollback, run, visible};

/// Everything that a rollback may leave: what irreversible operations declare.
pub fn leftovers(guide: &Guide) -> Vec<String> {
    guide.leftovers(|_| true).into_iter().map(|(_, l)| l.path.to_string()).collect()
}

pub fn calls(rack: &Rack) -> usize {
    rack.lab.changing_calls().len()
}

#[test]
fn an_installation_is_done_once_and_taken_back() {
    for set in [&[][..], &["instance.cal.file-system=cluster"][..]] {
        once_and_back(&resolved(set));
    }
}

/// Installed, found in order by a second run, undone to the last byte outside what is declared to stay.
pub fn once_and_back(resolved: &Resolved) {
    once_and_back_on(Personality::Plain, resolved);
}

/// The same on nodes of this kind.
pub fn once_and_back_on(personality: Personality, resolved: &Resolved) {
    let guide = Guide::of(resolved, "cal").unwrap();
    let start = Start::on(personality, resolved);
    let (after, done) = run(&guide, &start, &install);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    assert!(calls(&after.rack) >= 10, "the counter counts: {}", calls(&after.rack));

    let (again, same) = run(&guide, &done, &install);
    again.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    assert_eq!(calls(&again.rack), calls(&after.rack), "the second run changed something");
    assert_eq!(visible(&done.rack, &[]), visible(&same.rack, &[]));

    let (back, end) = run(&guide, &done, &rollback);
    back.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let left = leftovers(&guide);
    let left: Vec<&str> = left.iter().map(String::as_str).collect();
    let (now, before) = (visible(&end.rack, &left), visible(&start.rack, &left));
    assert!(now == before, "{}", difference(&now, &before));
    assert!(end.journal.is_empty(), "the journal is put away");
}
