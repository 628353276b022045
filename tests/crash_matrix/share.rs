//! Nothing is done underneath a mount point: what works on a shared file system begins only while that is mounted where it is done.

use std::sync::{Arc, Mutex};

use calha::engine::{Engine, Stop};
use calha::guide::Guide;
use calha::host::{Applied, Due, Host, Hosts};
use calha::journal::{Journal, MemoryStore};
use calha::lab::{Fault, MemoryHost, Rack};
use calha::node::{Command, Entry, HostError, Inspect, NodeName, NodePath, Output};
use calha::op::OpId;
use calha::step::Step;

use super::bench::{
    Hands, Start, Work, difference, every_model, install, options, path, resolved, rollback, run,
    visible,
};

use super::thorough::thorough;

/// A node from which somebody takes the shared file systems between the engine's look and the first operation of a step.
struct Unmounting {
    inner: MemoryHost,
    rack: Arc<Mutex<Rack>>,
    step: String,
    points: Vec<NodePath>,
    met: Mutex<bool>,
}

impl Inspect for Unmounting {
    fn name(&self) -> &NodeName {
        self.inner.name()
    }
    fn stat(&self, path: &NodePath) -> Result<Entry, HostError> {
        self.inner.stat(path)
    }
    fn read(&self, path: &NodePath) -> Result<Vec<u8>, HostError> {
        self.inner.read(path)
    }
    fn query(&self, command: &Command) -> Result<Output, HostError> {
        self.inner.query(command)
    }
}

impl Host for Unmounting {
    fn apply(&self, due: &Due) -> Result<Applied, HostError> {
        let mut met = self.met.lock().unwrap();
        if due.id.step == self.step && !*met {
            *met = true;
            for point in &self.points {
                unmount(&mut self.rack.lock().unwrap(), self.name(), point);
            }
        }
        drop(met);
        self.inner.apply(due)
    }
    fn wait(&self, id: &OpId, within: u64) -> Result<(), HostError> {
        self.inner.wait(id, within)
    }
    fn take(&self, holder: &str) -> Result<Option<String>, HostError> {
        self.inner.take(holder)
    }
    fn release(&self, holder: &str) -> Result<(), HostError> {
        self.inner.release(holder)
    }
    fn remove_record(&self) -> Result<(), HostError> {
        self.inner.remove_record()
    }
}

fn unmount(rack: &mut Rack, node: &NodeName, point: &NodePath) {
    let umount = Command::new("/usr/sbin/umount", [point.as_str()]);
    assert!(rack.lab.exec(node, &umount, b"").unwrap().success(), "{point} on {node}");
}

/// Does something while the shared file systems go away at a step; whether they did, what came of it, and where it ended.
fn unmounting(
    guide: &Guide,
    start: &Start,
    step: &str,
    points: &[NodePath],
    act: Work<'_>,
) -> (Option<NodeName>, Result<(), Stop>, Start) {
    let (rack, hosts) = start.rack.clone().hosts(&guide.record, None);
    let hosts: Vec<Unmounting> = hosts
        .into_iter()
        .filter(|h| guide.hosts.contains(h.name()))
        .map(|inner| Unmounting {
            inner,
            rack: Arc::clone(&rack),
            step: step.to_owned(),
            points: points.to_vec(),
            met: Mutex::new(false),
        })
        .collect();
    let all: Hosts<'_> = hosts.iter().map(|h| (h.name().clone(), h as &dyn Host)).collect();
    let store = MemoryStore::holding(start.journal.clone(), Vec::new());
    let mut journal = Journal::open(Box::new(store.clone()), || "now".into()).unwrap();
    let mut events = Vec::new();
    let mut prompt = Hands { rack: Arc::clone(&rack), work: true };
    let options = options();
    let result =
        act(&mut Engine::new(guide, all, &mut journal, &mut events, &mut prompt, &options));
    let end = Start { rack: Rack::snapshot(&rack), journal: store.contents().open };
    let met = hosts.iter().find(|h| *h.met.lock().unwrap());
    (met.map(|h| h.name().clone()), result, end)
}

fn mount_again(end: &mut Start, node: &NodeName, points: &[NodePath]) {
    for point in points {
        let mount = Command::new("/usr/sbin/mount", [point.as_str()]);
        assert!(end.rack.lab.exec(node, &mount, b"").unwrap().success(), "{point}");
    }
}

fn refused(result: &Result<(), Stop>, step: &str) {
    let Err(Stop::Failed(failure)) = result else { panic!("{step}: {result:?}") };
    assert!(failure.tail.contains("is not mounted on this node"), "{step}: {}", failure.tail);
}

#[test]
fn what_works_on_a_shared_file_system_does_not_begin_once_that_is_gone() {
    let sample = if thorough() { 6 } else { 3 };
    for resolved in every_model().into_iter().take(sample) {
        let guide = Guide::of(&resolved, "cal").unwrap();
        let fresh = Start::fresh(&resolved);
        let (whole, _) = run(&guide, &fresh, &install);
        let (mut done, mut configured) = (0, 0);
        // Of several instances one will do.
        let first = &resolved.settings.instances[0].name;
        let about = |s: &&Step| s.id.instance.as_ref().is_none_or(|name| name == first);
        for step in guide.steps.iter().filter(|s| !s.share().is_empty()).filter(about) {
            let points = step.share();
            let (node, result, mut end) =
                unmounting(&guide, &fresh, step.id.as_str(), &points, &install);
            let Some(node) = node else { continue };
            refused(&result, step.id.as_str());
            done += 1;
            configured += usize::from(step.id.kind.as_str().starts_with("configure"));
            // Nothing lies underneath the mount points, and what is mounted again is as it was.
            let files = end.rack.lab.files(&node);
            for point in &points {
                let below = calha::node::Files::list(&files, point).unwrap();
                assert_eq!(below, [""; 0], "{}: below {point}", step.id);
            }
            drop(files);
            mount_again(&mut end, &node, &points);
            let (resumed, _) = run(&guide, &end, &install);
            assert!(resumed.result.is_ok(), "{}: {:?}", step.id, resumed.result);
            let record = [guide.record.as_str()];
            let (now, then) = (visible(&resumed.rack, &record), visible(&whole.rack, &record));
            assert!(now == then, "{}: {}", step.id, difference(&now, &then));
        }
        assert!(done >= 4 && configured >= 1, "{done} steps, {configured} of the configurator");
    }
}

#[test]
fn what_lies_on_a_shared_file_system_is_not_gone_because_that_is_not_mounted() {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let fresh = Start::fresh(&resolved);
    let (_, installed) = run(&guide, &fresh, &install);
    let (undisturbed, _) = run(&guide, &installed, &rollback);
    let points = [path("/cal")];
    let (node, result, mut end) =
        unmounting(&guide, &installed, "undo-ha-block-1", &points, &rollback);
    refused(&result, "ha-block");
    mount_again(&mut end, &node.unwrap(), &points);
    let (again, _) = run(&guide, &end, &rollback);
    assert!(again.result.is_ok(), "{:?}", again.result);
    let (now, then) = (visible(&again.rack, &[]), visible(&undisturbed.rack, &[]));
    assert!(now == then, "{}", difference(&now, &then));
}

/// Codes of what a run ended with that an option of the command line may accept.
fn codes(stop: &Stop) -> Vec<String> {
    match stop {
        Stop::Blocked(problems) => problems.iter().map(|p| p.code.clone()).collect(),
        Stop::Unanswered(questions) => questions.iter().map(|q| q.code.clone()).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn nothing_that_can_be_accepted_configures_underneath_a_mount_point() {
    for resolved in every_model() {
        let guide = Guide::of(&resolved, "cal").unwrap();
        let mut start = Start::fresh(&resolved);
        for instance in &resolved.settings.instances {
            let resource = instance.hasp_resource.clone();
            start.rack.lab.inject(Fault::StartFails { resource, host: None });
            // Cluster file systems are mounted by hand, and may be unmounted so as well.
            let group = instance.resource_group.clone();
            start.rack.lab.inject(Fault::StaysPending { group });
        }
        let mut options = options();
        for _ in 0..8 {
            let store = MemoryStore::holding(start.journal.clone(), Vec::new());
            let after = super::bench::run_on(
                &guide,
                &start,
                |_| Box::new(store.clone()),
                None,
                &options,
                &install,
            );
            let stop = after.result.expect_err("it cannot go on");
            start = Start { rack: after.rack, journal: store.contents().open };
            options.accept.extend(codes(&stop));
        }
        let ran =
            |program: &str| start.rack.lab.calls().iter().filter(|c| c.program == program).count();
        let global = start.rack.lab.cluster().mounts.iter().any(|m| m.options.contains("global"));
        assert!(global || ran("csconfigurator.sh") == 0, "{:?}", options.accept);
    }
}
