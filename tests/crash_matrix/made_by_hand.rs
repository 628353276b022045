//! What calha never makes: file systems on new volumes, and the agent's package. Somebody is told
//! the command, and it is seen whether that has worked. The directory's schema, of which nobody can
//! see the release.

use std::sync::Arc;

use calha::engine::{Engine, Event, Options, Question, Stop};
use calha::guide::Guide;
use calha::host::{Host, Hosts};
use calha::journal::{Journal, MemoryStore};
use calha::lab::{Personality, Rack};
use calha::node::Inspect;

use super::bench::{Hands, Start, install, node, options, resolved, run, run_accepting};

/// What a run stops for when nobody does it by hand, or nobody does what has no command, and where
/// things stand then.
fn asked(guide: &Guide, start: &Start, work: bool) -> (Question, Start) {
    let store = MemoryStore::holding(start.journal.clone(), Vec::new());
    let (rack, hosts) = start.rack.clone().hosts(&guide.record, None);
    let named = hosts.iter().map(|h| (h.name().clone(), h as &dyn Host));
    let hosts: Hosts<'_> = named.filter(|(name, _)| guide.hosts.contains(name)).collect();
    let mut prompt = Hands { rack: Arc::clone(&rack), work };
    let options = Options { accept: Vec::new(), ..options() };
    let mut events: Vec<Event> = Vec::new();
    let mut journal = Journal::open(Box::new(store.clone()), || "now".into()).unwrap();
    let result =
        install(&mut Engine::new(guide, hosts, &mut journal, &mut events, &mut prompt, &options));
    let Err(Stop::Unanswered(questions)) = result else { panic!("{result:?}") };
    let [question] = &questions[..] else { panic!("{questions:?}") };
    let next = Start { rack: Rack::snapshot(&rack), journal: store.contents().open };
    (question.clone(), next)
}

fn newfs(start: &Start) -> usize {
    start.rack.lab.calls().iter().filter(|call| call.program == "newfs").count()
}

/// Only on a volume without one: where fstyp cannot say nothing is made, and that is said.
#[test]
fn a_file_system_is_made_once_by_hand_and_never_where_fstyp_cannot_say() {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let mut fresh = Start::fresh(&resolved);
    fresh.rack.lab.cluster_mut().volumes.iter_mut().for_each(|v| v.fs_type.clear());

    let (question, stopped) = asked(&guide, &fresh, false);
    let line = "\n  /usr/sbin/newfs /dev/md/penguin/rdsk/d400\n";
    assert!(
        question.code == "operator.file-system" && question.found.contains(line),
        "{question:?}"
    );
    assert_eq!(newfs(&stopped), 0);

    let (after, end) = run(&guide, &stopped, &install);
    assert!(after.result.is_ok() && newfs(&end) == 1, "{:?}", after.result);
    let (again, end) = run(&guide, &end, &install);
    assert!(again.result.is_ok() && newfs(&end) == 1, "{:?}", again.result);

    let odd = Start::on(Personality::Odd, &resolved);
    let (after, end) = run(&guide, &odd, &install);
    assert!(after.result.is_ok() && newfs(&end) == 0, "{:?}", after.result);
    let unknown = |event: &Event| match event {
        Event::Notice { problem, .. } => problem.to_string().contains("not known: whether /dev/md"),
        _ => false,
    };
    assert!(after.events.iter().any(unknown), "{:?}", after.events);
}

/// The step names the package, and says that its line is not proved.
#[test]
fn the_agent_is_installed_by_hand_and_looked_for_ever_after() {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let mut fresh = Start::fresh(&resolved);
    let packages = |start: &mut Start, name: &str| {
        let hosts = &mut start.rack.lab.cluster_mut().hosts;
        std::mem::take(&mut hosts.get_mut(&node(name)).unwrap().packages)
    };
    let mut all = packages(&mut fresh, "Node2");
    let agent = all.remove("SUNWscics").unwrap();
    fresh.rack.lab.cluster_mut().hosts.get_mut(&node("Node2")).unwrap().packages = all;

    let (question, mut stopped) = asked(&guide, &fresh, true);
    assert!(question.code == "operator.agent" && question.node == Some(node("Node2")));
    let line = question.found.contains("\n  pkgadd -d DIRECTORY SUNWscics\n");
    assert!(line && question.found.contains("not proved"), "{}", question.found);

    let machine = stopped.rack.lab.cluster_mut().hosts.get_mut(&node("Node2")).unwrap();
    machine.packages.insert("SUNWscics".into(), agent);
    let (after, mut end) = run(&guide, &stopped, &install);
    assert!(after.result.is_ok(), "{:?}", after.result);

    packages(&mut end, "Node1");
    let (after, _) = run(&guide, &end, &|engine: &mut Engine<'_>| {
        let (survey, _) = engine.verify()?;
        assert!(survey.has_work("agent"));
        Ok(())
    });
    assert!(after.result.is_ok(), "{:?}", after.result);
}

/// What comm_dssetup.pl of another release has left is not taken for this one's work: calha runs
/// it, or asks somebody.
#[test]
fn a_schema_that_is_there_already_is_no_run_of_this_release() {
    let there = |set: &[&str]| {
        let resolved = resolved(set);
        let mut start = Start::fresh(&resolved);
        start.rack.lab.cluster_mut().directory_prepared = true;
        (Guide::of(&resolved, "cal").unwrap(), start)
    };
    let not_proved = |event: &Event| match event {
        Event::Fact { text, .. } => text.contains("not proved: of which release"),
        _ => false,
    };

    let (guide, start) = there(&[]);
    let (question, _) = asked(&guide, &start, false);
    assert_eq!(question.code, "directory.release");
    let (after, _) = run_accepting(&guide, &start, &["directory.release"], &install);
    assert!(after.result.is_ok(), "{:?}", after.result);
    assert!(after.events.iter().any(not_proved), "{:?}", after.events);

    let silent = [
        "directory.mode=silent",
        "directory.connection=local",
        "directory.password-file-option=-j",
        "directory.password-file=/etc/passwd",
    ];
    let (guide, start) = there(&silent);
    let runs =
        |start: &Start| start.rack.lab.calls().iter().filter(|c| c.program == "perl").count();
    let (after, end) = run(&guide, &start, &install);
    assert!(after.result.is_ok() && runs(&end) == 1, "{:?}", after.result);
    assert!(after.events.iter().any(not_proved), "{:?}", after.events);
    let (again, end) = run(&guide, &end, &install);
    assert!(again.result.is_ok() && runs(&end) == 1, "{:?}", again.result);
}
