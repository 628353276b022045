//! The models with several instances: everything that holds for one instance holds for them.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use calha::engine::{Engine, Event};
use calha::guide::Guide;
use calha::host::Host;
use calha::journal::{Journal, MemoryStore, RunCommand};
use calha::node::{Files, Inspect, Mode, Owner};
use calha::setting::Resolved;

use super::bench::{
    Hands, Start, difference, install, node, of_model, options, path, run, run_accepting, visible,
};
use super::matrix::{Matrix, check};
use super::thorough::thorough;
use super::whole::once_and_back;

/// Both models with both kinds of file system.
fn all() -> Vec<Resolved> {
    let mut all = Vec::new();
    for (model, count) in [("symmetric", 2), ("n-plus-one", 3)] {
        for kind in ["failover", "cluster"] {
            let set: Vec<String> =
                (1..=count).map(|n| format!("instance.cs{n}.file-system={kind}")).collect();
            let set: Vec<&str> = set.iter().map(String::as_str).collect();
            all.push(of_model(model, &set));
        }
    }
    all
}

#[test]
fn each_model_is_installed_once_and_taken_back() {
    all().iter().for_each(once_and_back);
}

#[test]
fn ports_that_would_meet_on_one_node_are_found_there() {
    // rpcbind has port 111 on every node.
    refuses(
        &of_model("symmetric", &["instance.cs1.watcher-port=111"]),
        Start::fresh,
        "preflight.port-taken",
    );

    // Somebody gives both watchers one port again, behind the block; the run that proves the
    // service says so.
    let resolved = of_model("symmetric", &[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let (_, done) = run(&guide, &Start::fresh(&resolved), &install);
    let (_, mut done) =
        run(&guide, &done, &|engine| engine.undo(RunCommand::Undo, Some("complete-cs2")));
    let conf = path("/cal/Node2/config/ics.conf");
    let mut files = done.rack.lab.files(&node("Node2"));
    let mut text = files.read(&conf).unwrap();
    text.extend_from_slice(b"local.watcher.port=\"49994\"\n");
    files.write(&conf, &text, Mode(0o644), Owner { uid: 5001, gid: 5001 }).unwrap();
    drop(files);
    let (after, _) = run_accepting(&guide, &done, &["ics-conf.overridden"], &install);
    assert!(format!("{:?}", after.result).contains("ports.watcher"), "{:?}", after.result);
}

/// How many addresses have been tried so far.
static TRIED: AtomicUsize = AtomicUsize::new(0);

/// Answers once all three are being tried; a silent one would keep the others waiting.
fn with_the_others(_: SocketAddr) -> Result<(), String> {
    TRIED.fetch_add(1, Ordering::SeqCst);
    let begin = Instant::now();
    while TRIED.load(Ordering::SeqCst) < 3 {
        if begin.elapsed() > Duration::from_secs(20) {
            return Err("the others are not tried meanwhile".into());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    Ok(())
}

#[test]
fn the_addresses_of_all_instances_are_tried_at_once() {
    let resolved = of_model("n-plus-one", &[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let (_, done) = run(&guide, &Start::fresh(&resolved), &install);
    let (after, _) = run(&guide, &done, &|engine| {
        engine.reach = &with_the_others;
        engine.verify().map(drop)
    });
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let told = format!("{:?}", after.events);
    assert_eq!(told.matches("accepts a connection").count(), 3, "{told}");
}

#[test]
fn a_file_that_every_instance_edits_is_restored_as_it_was() {
    let resolved = of_model("symmetric", &[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let mut fresh = Start::fresh(&resolved);
    let (_, done) = run(&guide, &fresh, &install);
    let steps = ["vfstab-entry-cs1".to_owned(), "vfstab-entry-cs2".to_owned()];
    let (after, mut end) =
        run(&guide, &done, &|engine| engine.undo_steps(RunCommand::Restore, &steps));
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    for name in ["Node1", "Node2"] {
        let read = |start: &mut Start| {
            start.rack.lab.files(&node(name)).read(&path("/etc/vfstab")).unwrap()
        };
        assert_eq!(read(&mut end), read(&mut fresh), "{name}");
    }
}

#[test]
fn a_state_file_of_another_instance_is_refused() {
    let start = |resolved: &Resolved| {
        let mut start = Start::fresh(resolved);
        let mut text = start
            .rack
            .lab
            .files(&node("Node1"))
            .read(&path("/var/tmp/calha-configurator-cs1.state"))
            .unwrap();
        text.extend_from_slice(b"# copied\n");
        let to = path("/var/tmp/calha-configurator-cs2.state");
        start.rack.lab.files(&node("Node2")).write(&to, &text, Mode(0o600), Owner::ROOT).unwrap();
        start
    };
    refuses(&of_model("symmetric", &[]), start, "configurator.state-of-another");
    let none = |resolved: &Resolved| {
        let mut start = Start::fresh(resolved);
        start
            .rack
            .lab
            .files(&node("Node2"))
            .remove(&path("/var/tmp/calha-configurator-cs2.state"))
            .unwrap();
        start
    };
    refuses(&of_model("n-plus-one", &[]), none, "configurator.state-missing");
}

/// The run stops under this code before it has changed anything.
pub fn refuses(resolved: &Resolved, start: impl Fn(&Resolved) -> Start, code: &str) {
    let start = start(resolved);
    let (after, end) = run(&Guide::of(resolved, "cal").unwrap(), &start, &install);
    assert!(format!("{:?}", after.result).contains(code), "{code}: {:?}", after.result);
    let (now, then) = (visible(&end.rack, &[]), visible(&start.rack, &[]));
    assert!(now == then, "{code}:\n{}", difference(&now, &then));
}

#[test]
fn the_spare_is_told_what_it_must_carry() {
    let resolved = of_model("n-plus-one", &[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let (rack, hosts) = Start::fresh(&resolved).rack.hosts(&guide.record, None);
    let mut events: Vec<Event> = Vec::new();
    let mut journal =
        Journal::open(Box::new(MemoryStore::holding(Vec::new(), Vec::new())), || "now".into())
            .unwrap();
    let mut prompt = Hands { rack, work: true };
    let hosts = hosts.iter().map(|h| (h.name().clone(), h as &dyn Host)).collect();
    Engine::new(&guide, hosts, &mut journal, &mut events, &mut prompt, &options())
        .install(RunCommand::Install)
        .unwrap();
    let said: Vec<&String> = events
        .iter()
        .filter_map(|e| if let Event::Fact { text, .. } = e { Some(text) } else { None })
        .collect();
    for wanted in [
        "Node4: on standby for cs1, cs2, cs3; it must be able to run them all at once",
        "Node4: 2048 megabytes of memory",
    ] {
        assert!(said.iter().any(|s| *s == wanted), "{wanted}: {said:?}");
    }
}

/// Every point of one model, or some of them: a full run takes every point of the symmetric model
/// with failover file systems, every third of the same with cluster file systems, every fifth of
/// N+1, whose instances go through the same; all of them with CALHA_POINTS=all.
fn killed_at_every_point(at: usize) {
    killed_at_points(&all()[at], [1, 3, 5, 5][at]);
}

/// With this stride in a full run.
fn killed_at_points(resolved: &Resolved, stride: usize) {
    let mut matrix = Matrix::of(Guide::of(resolved, "cal").unwrap(), Start::fresh(resolved));
    let every = std::env::var("CALHA_POINTS").is_ok_and(|points| points == "all");
    let stride = match (every, thorough()) {
        (true, _) => 1,
        (_, true) => stride,
        _ => 97,
    };
    let all = matrix.points.len();
    matrix.points = matrix.points.into_iter().step_by(stride).collect();
    println!("{} of {all} points", matrix.points.len());
    check(&matrix.failures(), matrix.points.len() * 2);
}

#[test]
fn symmetric_with_failover_file_systems_killed_at_every_point() {
    killed_at_every_point(0);
}

#[test]
#[ignore = "tests/slow runs it"]
fn symmetric_with_cluster_file_systems_killed_at_every_point() {
    killed_at_every_point(1);
}

#[test]
fn n_plus_one_with_failover_file_systems_killed_at_every_point() {
    killed_at_every_point(2);
}

#[test]
#[ignore = "tests/slow runs it"]
fn n_plus_one_with_cluster_file_systems_killed_at_every_point() {
    killed_at_every_point(3);
}

/// One instance whose programs move with its disks (6.7.1).
#[test]
fn asymmetric_with_shared_programs_killed_at_points() {
    let devices = [
        "instance.cal.install-root-device=/dev/md/penguin/dsk/d401",
        "instance.cal.var-dir-device=/dev/md/penguin/dsk/d402",
    ];
    let resolved = of_model("asymmetric", &devices);
    once_and_back(&resolved);
    killed_at_points(&resolved, 9);
}

#[test]
#[ignore = "tests/slow runs it"]
fn a_rollback_of_each_model_killed_at_random_pairs_of_points_rolls_back() {
    let mut seed =
        std::env::var("CALHA_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(6_560_681);
    println!("seed {seed}; another one with CALHA_SEED");
    for resolved in all() {
        let matrix = Matrix::of(Guide::of(&resolved, "cal").unwrap(), Start::fresh(&resolved));
        let count = if thorough() { 20 } else { 5 };
        check(&matrix.pairs(count, 5, &mut seed), count);
    }
}
