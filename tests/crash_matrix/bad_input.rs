//! Hostile nodes and accidents: a clear code, nothing changed, or everything consistent and the way
//! on open.

use calha::engine::{Options, Stop};
use calha::guide::Guide;
use calha::journal::MemoryStore;
use calha::lab::{Fault, Trouble};
use calha::node::{Command, Files, Mode, Owner};

use super::bench::{
    After, Start, difference, install, node, options, path, resolved, rollback, run, run_accepting,
    run_on, visible,
};
use super::matrix::Matrix;

struct Bench {
    guide: Guide,
    fresh: Start,
}

impl Bench {
    fn new() -> Self {
        Self::with(&[])
    }

    fn with(set: &[&str]) -> Self {
        let resolved = resolved(set);
        let guide = Guide::of(&resolved, "cal").unwrap();
        let fresh = Start::fresh(&resolved);
        Self { guide, fresh }
    }

    /// The configurator fails on the second node; then nothing is wrong any more.
    fn stopped_half_way(&self) -> Start {
        let mut start = self.fresh.clone();
        start.first_call("csconfigurator.sh", Some("Node2"), None, Trouble::TaskFails { task: 4 });
        let (after, mut end) = run(&self.guide, &start, &install);
        assert!(matches!(after.result, Err(Stop::Failed(_))), "{:?}", after.result);
        end.rack.lab.clear_faults();
        end
    }

    fn with_files(mut self, on: &str, work: impl FnOnce(&mut dyn Files)) -> Self {
        work(&mut self.fresh.rack.lab.files(&node(on)));
        self
    }

    fn typed(mut self, on: &str, program: &str, args: &[&str]) -> Self {
        let output = self
            .fresh
            .rack
            .lab
            .exec(&node(on), &Command::new(program, args.iter().copied()), b"")
            .unwrap();
        assert!(output.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
        self
    }

    /// The run stops under one of these codes, and nobody sees a difference on any node.
    fn refuses(self, code: &str) {
        let before = self.fresh.rack.lab.changing_calls().len();
        let (after, end) = run(&self.guide, &self.fresh, &install);
        let codes = codes(&after);
        assert!(codes.iter().any(|c| c == code), "{code} expected; {codes:?} {:?}", after.result);
        let (now, then) = (
            visible(&end.rack, &["/var/opt/calha"]),
            visible(&self.fresh.rack, &["/var/opt/calha"]),
        );
        assert!(now == then, "{code}: something was changed:\n{}", difference(&now, &then));
        assert_eq!(
            end.rack.lab.changing_calls().len(),
            before,
            "{code}: a command changed something"
        );
    }

    /// After an accident and its repair: resume ends as an undisturbed run, rollback as if nothing
    /// had been.
    fn recovers(&self, name: &str, fault: Fault, expected: fn(&Stop) -> bool) {
        self.recovers_by(name, fault, expected, &[]);
    }

    /// The same when somebody has to type something besides.
    fn recovers_by(&self, name: &str, fault: Fault, expected: fn(&Stop) -> bool, repair: &[&str]) {
        let (undisturbed, wanted) = run(&self.guide, &self.fresh, &install);
        undisturbed.result.unwrap();
        let mut start = self.fresh.clone();
        start.rack.lab.inject(fault);
        let (after, mut end) = run(&self.guide, &start, &install);
        let stop = after.result.expect_err(name);
        assert!(expected(&stop), "{name}: {stop:?}");
        end.rack.lab.clear_faults();
        if let [program, args @ ..] = repair {
            let output = end
                .rack
                .lab
                .exec(&node("Node1"), &Command::new(program, args.iter().copied()), b"")
                .unwrap();
            assert!(output.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        }
        let (resumed, done) = run(&self.guide, &end, &install);
        resumed.result.unwrap_or_else(|s| panic!("{name}: resume: {s:?}"));
        let (now, should) =
            (visible(&done.rack, &["/var/opt/calha"]), visible(&wanted.rack, &["/var/opt/calha"]));
        assert!(now == should, "{name}: {}", difference(&now, &should));
        let left = Matrix::leftovers(&end.journal);
        let left: Vec<&str> = left.iter().map(String::as_str).chain(["/nowhere"]).collect();
        let (back, gone) = run(&self.guide, &end, &rollback);
        back.result.unwrap_or_else(|s| panic!("{name}: rollback: {s:?}"));
        let (now, should) = (visible(&gone.rack, &left), visible(&self.fresh.rack, &left));
        assert!(now == should, "{name}: {}", difference(&now, &should));
    }
}

fn codes(after: &After) -> Vec<String> {
    match &after.result {
        Err(Stop::Blocked(problems) | Stop::Stuck(problems)) => {
            problems.iter().map(|p| p.code.clone()).collect()
        }
        Err(Stop::Unanswered(questions)) => questions.iter().map(|q| q.code.clone()).collect(),
        _ => Vec::new(),
    }
}

fn put(files: &mut dyn Files, at: &str, text: &str) {
    files.write(&path(at), text.as_bytes(), Mode(0o644), Owner::ROOT).unwrap();
}

fn add(files: &mut dyn Files, at: &str, line: &str) {
    let mut text = String::from_utf8(files.read(&path(at)).unwrap()).unwrap();
    text.push_str(line);
    put(files, at, &text);
}

#[test]
fn what_stands_in_the_way_is_named_before_anything_is_changed() {
    Bench::new()
        .with_files("Node2", |f| {
            add(f, "/etc/vfstab", "/dev/dsk/x\t/dev/rdsk/x\t/cal\tufs\t2\tno\t-\n")
        })
        .refuses("vfstab.other-entry");
    Bench::new()
        .with_files("Node1", |f| put(f, "/cal", "a file\n"))
        .refuses("drift.mount-directory");
    Bench::new()
        .with_files("Node1", |f| f.remove(&path("/etc/vfstab")).unwrap())
        .refuses("vfstab.unreadable");
    Bench::new()
        .with_files("Node2", |f| {
            f.mkdir(&path("/opt/SUNWics5"), Mode(0o755), Owner::ROOT).unwrap();
            f.mkdir(&path("/opt/SUNWics5/cal"), Mode(0o755), Owner::ROOT).unwrap();
            f.symlink(&path("/opt/SUNWics5/cal/config"), "/etc/opt/SUNWics5/config").unwrap();
        })
        .refuses("calendar.configured");
    Bench::new()
        .typed("Node2", "/usr/sbin/groupadd", &["-g", "77", "icsgroup"])
        .refuses("preflight.account");
    Bench::new()
        .typed("Node1", "/usr/sbin/groupadd", &["-g", "5001", "others"])
        .refuses("preflight.id-taken");
    Bench::new()
        .with_files("Node2", |f| put(f, "/etc/hosts", "127.0.0.1 localhost\n192.0.2.99 cal-host\n"))
        .refuses("preflight.host-address");
    Bench::new()
        .typed("Node1", "/usr/cluster/bin/scrgadm", &["-a", "-g", "CAL-RG", "-h", "Node1,Node2"])
        .refuses("group.not-ours");
    Bench::new()
        .typed("Node1", "/usr/cluster/bin/scrgadm", &["-a", "-g", "CAL-RG", "-h", "Node2,Node1"])
        .refuses("drift.resource-group");
}

/// The volume is in somebody else's hands, on a directory of his.
#[test]
fn a_device_that_is_mounted_elsewhere_is_found() {
    let line = "/dev/md/penguin/dsk/d400\t/mnt\tufs\tlogging\t0\n";
    let bench = Bench::new().with_files("Node2", |files| {
        let table = path("/etc/mnttab");
        let text = String::from_utf8(files.read(&table).unwrap()).unwrap();
        put(files, table.as_str(), &(text + line));
    });
    bench.refuses("preflight.mounted");
}

#[test]
fn what_the_cluster_lacks_is_named_before_anything_is_changed() {
    // rpcbind has port 111 everywhere.
    Bench::with(&["instance.cal.port=111"]).refuses("preflight.port-taken");
    Bench::with(&["instance.cal.netiflist=nafo0@Node1,nafo0@Node2"]).refuses("preflight.adapters");
}

#[test]
fn a_group_of_somebody_elses_is_used_when_accepted_and_never_removed() {
    let bench = Bench::new().typed(
        "Node1",
        "/usr/cluster/bin/scrgadm",
        &["-a", "-g", "CAL-RG", "-h", "Node1,Node2"],
    );
    let store = MemoryStore::default();
    let accepting = Options { accept: vec!["group.not-ours".into()], ..options() };
    let after =
        run_on(&bench.guide, &bench.fresh, |_| Box::new(store.clone()), None, &accepting, &install);
    after.result.unwrap();
    let (back, end) =
        run(&bench.guide, &Start { rack: after.rack, journal: store.contents().open }, &rollback);
    back.result.unwrap();
    let cluster = end.rack.lab.cluster();
    assert!(cluster.group("CAL-RG").is_some() && cluster.resources.is_empty());
}

/// Nobody can accept that a program has failed: only another run of it helps.
#[test]
fn a_failed_configurator_is_not_accepted() {
    let bench = Bench::new();
    let mut start = bench.fresh.clone();
    start.first_call("csconfigurator.sh", Some("Node1"), None, Trouble::TaskFails { task: 6 });

    let accepting = ["configurator.failed", "step.failed"];
    let (after, _) = run_accepting(&bench.guide, &start, &accepting, &install);
    let failed = |s: &Stop| matches!(s, Stop::Failed(f) if f.step == "configure-primary");
    assert!(after.result.as_ref().is_err_and(failed), "{:?}", after.result);
}

#[test]
fn an_accident_in_the_middle_leaves_the_way_on_and_the_way_back() {
    let bench = Bench::new();
    let call = |program: &str, host: &str, trouble: Trouble| Fault::Call {
        program: program.into(),
        host: Some(node(host)),
        argument: None,
        nth: 1,
        seen: 0,
        trouble,
    };
    let failed: fn(&Stop) -> bool =
        |s| matches!(s, Stop::Failed(f) if f.step.starts_with("configure"));
    bench.recovers(
        "a failed task",
        call("csconfigurator.sh", "Node1", Trouble::TaskFails { task: 6 }),
        failed,
    );
    bench.recovers(
        "a failed task on the second node",
        call("csconfigurator.sh", "Node2", Trouble::TaskFails { task: 9 }),
        failed,
    );
    bench.recovers(
        "a killed configurator",
        call("csconfigurator.sh", "Node2", Trouble::Dies { after: 3 }),
        failed,
    );
    bench.recovers(
        "a configurator that hangs",
        call("csconfigurator.sh", "Node1", Trouble::Hangs { seconds: 9 }),
        |s| matches!(s, Stop::LeftRunning { step, .. } if step == "configure-primary"),
    );
    bench.recovers(
        "a full disk",
        Fault::DiskFull { host: node("Node2"), path: "/etc".into() },
        |s| matches!(s, Stop::Failed(_)),
    );
    bench.recovers(
        "a full record",
        Fault::DiskFull { host: node("Node1"), path: "/var".into() },
        |s| matches!(s, Stop::Failed(_) | Stop::Blocked(_)),
    );
    // Enabled and not started: switched off it can be switched on again.
    let off = ["/usr/cluster/bin/scswitch", "-n", "-j", "CAL-SVR-RS"];
    let fails = Fault::StartFails { resource: "CAL-SVR-RS".into(), host: None };
    bench.recovers_by(
        "a service that does not start",
        fails,
        |s| matches!(s, Stop::Failed(f) if f.step == "service-enable"),
        &off,
    );
}

#[test]
fn a_group_that_stays_pending_stops_the_run() {
    let bench = Bench::new();
    let mut start = bench.fresh.clone();
    start.rack.lab.inject(Fault::StaysPending { group: "CAL-RG".into() });
    let (after, end) = run(&bench.guide, &start, &install);
    assert!(
        matches!(&after.result, Err(Stop::Failed(f)) if f.step == "online"),
        "{:?}",
        after.result
    );
    let (again, _) = run(&bench.guide, &end, &install);
    assert_eq!(codes(&again), ["preflight.group-state"], "{:?}", again.result);
}

#[test]
fn success_in_korean_is_success() {
    let bench = Bench::new();
    let mut start = bench.fresh.clone();
    start.rack.lab.cluster_mut().site.language = "ko".into();
    run(&bench.guide, &start, &install).0.result.unwrap();
}

#[test]
fn a_resource_that_does_not_stop_is_stuck_until_it_is_cleared() {
    let bench = Bench::new();
    let (after, mut done) = run(&bench.guide, &bench.fresh, &install);
    after.result.unwrap();
    done.rack.lab.inject(Fault::StopFails { resource: "CAL-SVR-RS".into() });
    let (stuck, mut end) = run(&bench.guide, &done, &rollback);
    let Err(Stop::Stuck(problems)) = &stuck.result else { panic!("{:?}", stuck.result) };
    assert!(problems[0].remedy.as_ref().unwrap().contains("scswitch"), "{problems:?}");
    let (refused, _) = run(&bench.guide, &end, &install);
    assert!(matches!(refused.result, Err(Stop::Stuck(_))), "only the way back is open");
    let clear = ["-c", "-h", "Node1", "-j", "CAL-SVR-RS", "-f", "STOP_FAILED"];
    let cleared = end
        .rack
        .lab
        .exec(&node("Node1"), &Command::new("/usr/cluster/bin/scswitch", clear), b"")
        .unwrap();
    assert!(cleared.success(), "{}", String::from_utf8_lossy(&cleared.stderr));
    let (back, gone) = run(&bench.guide, &end, &rollback);
    back.result.unwrap();
    assert!(gone.rack.lab.cluster().groups.is_empty());
}

#[test]
fn a_profile_may_change_what_has_not_begun() {
    let bench = Bench::new();
    let end = bench.stopped_half_way();
    let begun =
        Guide::of(&resolved(&["instance.cal.port=8080", "instance.cal.share-dir=/other"]), "cal")
            .unwrap();
    let (refused, same) = run(&begun, &end, &install);
    assert_eq!(codes(&refused), ["profile.changed"], "{:?}", refused.result);
    assert_eq!(visible(&same.rack, &[]), visible(&end.rack, &[]));
    let patient = Guide::of(&resolved(&["limit.cluster=7000"]), "cal").unwrap();
    run(&patient, &end, &install).0.result.unwrap();
}

#[test]
fn a_failover_in_the_middle_does_not_matter() {
    let bench = Bench::new();
    let mut end = bench.stopped_half_way();
    end.rack.lab.kill_node(&node("Node2"));
    let (down, mut end) = run(&bench.guide, &end, &install);
    assert!(matches!(down.result, Err(Stop::Unreachable(_))), "{:?}", down.result);
    end.rack.lab.boot_node(&node("Node2"));
    run(&bench.guide, &end, &install).0.result.unwrap();
}

#[test]
fn a_journal_cut_at_any_line_never_leads_astray() {
    let bench = Bench::new();
    let (after, done) = run(&bench.guide, &bench.fresh, &install);
    after.result.unwrap();
    let ends = done.journal.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at + 1);
    for cut in ends.step_by(7) {
        let start = Start { rack: done.rack.clone(), journal: done.journal[..cut].to_vec() };
        // What the lost lines said is not known any more: what stands is adopted or asked about,
        // never redone or removed blindly.
        let (after, end) = run(&bench.guide, &start, &install);
        if let Err(stop) = &after.result {
            assert!(
                matches!(stop, Stop::Unanswered(_) | Stop::Blocked(_)),
                "cut at {cut}: {stop:?}"
            );
        }
        let ics = |s: &Start| {
            visible(&s.rack, &["/var/opt/calha"]).entries.get("Node1:/cal/config/ics.conf").cloned()
        };
        assert_eq!(ics(&end), ics(&done), "cut at {cut}: ics.conf was written again");
    }
    let mut edited = done.journal.clone();
    let at = edited.len() / 2;
    edited[at] ^= 1;
    let (after, _) =
        run(&bench.guide, &Start { rack: done.rack.clone(), journal: edited }, &install);
    assert!(matches!(after.result, Err(Stop::Journal(_))), "{:?}", after.result);
}
