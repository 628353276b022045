//! The member that is asked for what belongs to the cluster dies in the middle of it: another one
//! goes on, if the cluster says that it is dead.

use std::sync::{Arc, Mutex};

use calha::engine::{Engine, Event, Outcome, Stop};
use calha::guide::Guide;
use calha::host::{Applied, Due, Host, Hosts};
use calha::journal::{Journal, MemoryStore, RunCommand};
use calha::lab::{MemoryHost, Rack};
use calha::node::{Command, Entry, HostError, Inspect, NodeName, NodePath, Output};
use calha::op::OpId;
use calha::step::{Site, service_restart};

use crate::bench::{
    Hands, Start, Work, difference, install, node, options, resolved, run, visible,
};

/// What happens to a node at one operation.
#[derive(Clone, Copy, PartialEq)]
enum Trouble {
    /// Its power goes before the operation begins.
    DiesBefore,
    /// Its power goes when the operation is done, before anybody hears of it.
    DiesAfter,
    /// It lives, and cannot be reached any more.
    Unheard,
}

/// A node to which something happens at one operation of a step.
struct Mortal {
    inner: MemoryHost,
    rack: Arc<Mutex<Rack>>,
    step: &'static str,
    trouble: Trouble,
    gone: Mutex<bool>,
}

impl Mortal {
    fn there(&self) -> Result<&MemoryHost, HostError> {
        if *self.gone.lock().unwrap() {
            return Err(HostError::Unreachable {
                node: self.inner.name().0.clone(),
                why: "no route to host".into(),
            });
        }
        Ok(&self.inner)
    }
}

impl Inspect for Mortal {
    fn name(&self) -> &NodeName {
        self.inner.name()
    }
    fn stat(&self, path: &NodePath) -> Result<Entry, HostError> {
        self.there()?.stat(path)
    }
    fn read(&self, path: &NodePath) -> Result<Vec<u8>, HostError> {
        self.there()?.read(path)
    }
    fn query(&self, command: &Command) -> Result<Output, HostError> {
        self.there()?.query(command)
    }
}

impl Host for Mortal {
    fn apply(&self, due: &Due) -> Result<Applied, HostError> {
        let here = self.there()?;
        if due.id.step != self.step {
            return here.apply(due);
        }
        if self.trouble == Trouble::DiesAfter {
            here.apply(due)?;
        }
        if self.trouble != Trouble::Unheard {
            self.rack.lock().unwrap().lab.kill_node(self.inner.name());
        }
        *self.gone.lock().unwrap() = true;
        Err(HostError::Lost {
            node: self.inner.name().0.clone(),
            why: "the connection was closed".into(),
        })
    }
    fn wait(&self, id: &OpId, within: u64) -> Result<(), HostError> {
        self.there()?.wait(id, within)
    }
    fn take(&self, holder: &str) -> Result<Option<String>, HostError> {
        self.there()?.take(holder)
    }
    fn release(&self, holder: &str) -> Result<(), HostError> {
        self.there()?.release(holder)
    }
    fn remove_record(&self) -> Result<(), HostError> {
        self.there()?.remove_record()
    }
}

/// Does something while something happens to a node at an operation of a step; what came of it,
/// what was told, and where it ended.
fn troubled(
    guide: &Guide,
    start: &Start,
    (on, step, trouble): (&str, &'static str, Trouble),
    act: Work<'_>,
) -> (Result<(), Stop>, Vec<Event>, Start) {
    let (rack, hosts) = start.rack.clone().hosts(&guide.record, None);
    let mut mortal = None;
    let mut others = Vec::new();
    for host in hosts.into_iter().filter(|h| guide.hosts.contains(h.name())) {
        match host.name().as_str() {
            name if name == on => {
                mortal = Some(Mortal {
                    inner: host,
                    rack: Arc::clone(&rack),
                    step,
                    trouble,
                    gone: Mutex::new(false),
                });
            }
            _ => others.push(host),
        }
    }
    let mortal = mortal.unwrap();
    let mut all: Hosts<'_> = others.iter().map(|h| (h.name().clone(), h as &dyn Host)).collect();
    all.insert(mortal.name().clone(), &mortal);
    let store = MemoryStore::holding(start.journal.clone(), Vec::new());
    let mut journal = Journal::open(Box::new(store.clone()), || "now".into()).unwrap();
    let mut events: Vec<Event> = Vec::new();
    let mut prompt = Hands { rack: Arc::clone(&rack), work: true };
    let options = options();
    let result =
        act(&mut Engine::new(guide, all, &mut journal, &mut events, &mut prompt, &options));
    let end = Start { rack: Rack::snapshot(&rack), journal: store.contents().open };
    (result, events, end)
}

fn said(events: &[Event], code: &str) -> bool {
    events.iter().any(|e| matches!(e, Event::Notice { problem, .. } if problem.code == code))
}

#[test]
fn another_member_goes_on_when_the_one_that_was_asked_is_dead() {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let fresh = Start::fresh(&resolved);
    let (whole, _) = run(&guide, &fresh, &install);
    // The last step that can be done without that node.
    let cases = [
        ("Node1", "resource-types", "hasp-enable"),
        ("Node1", "resource-group", "hasp-enable"),
        ("Node1", "hasp-resource", "hasp-enable"),
        ("Node2", "service-resource", "prove"),
        ("Node2", "service-enable", "prove"),
    ];
    for (on, step, last) in cases {
        for trouble in [Trouble::DiesBefore, Trouble::DiesAfter] {
            let (result, events, mut end) = troubled(&guide, &fresh, (on, step, trouble), &install);
            let Err(Stop::Unreachable(problem)) = &result else { panic!("{step}: {result:?}") };
            assert_eq!(
                (problem.code.as_str(), problem.node.as_deref()),
                ("host.missing", Some(on)),
                "{step}"
            );
            assert!(problem.what.contains("is down"), "{step}: {}", problem.what);
            assert!(said(&events, "member.lost") && said(&events, "member.down"), "{step}");
            let ended = events.iter().rev().find_map(|e| {
                if let Event::StepEnds { id } = e { Some(id.as_str()) } else { None }
            });
            assert_eq!(ended, Some(last), "{step}: the other member has not gone on");
            end.rack.lab.boot_node(&node(on));
            let (resumed, _) = run(&guide, &end, &install);
            assert!(resumed.result.is_ok(), "{step}: {:?}", resumed.result);
            // Which node keeps what of the way there is the only difference, and what a
            // resource said when it last stopped on the node that died.
            let seen = |rack: &Rack| {
                let mut rack = rack.clone();
                rack.lab.cluster_mut().resources.iter_mut().for_each(|r| r.status.clear());
                visible(&rack, &[guide.record.as_str()])
            };
            let (mut now, mut then) = (seen(&resumed.rack), seen(&whole.rack));
            [&mut now, &mut then]
                .into_iter()
                .for_each(|d| d.entries.retain(|_, line| !line.contains("\"booted\"")));
            assert!(now == then, "{step}: {}", difference(&now, &then));
        }
    }
}

#[test]
fn what_belongs_to_the_cluster_is_taken_back_on_another_member() {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let (_, installed) = run(&guide, &Start::fresh(&resolved), &install);
    let back: Work<'_> = &|engine| engine.undo(RunCommand::Undo, None);
    let (undisturbed, _) = run(&guide, &installed, back);
    assert!(undisturbed.result.is_ok(), "{:?}", undisturbed.result);
    for (on, step) in [("Node2", "undo-service-enable-1"), ("Node2", "undo-service-resource-1")] {
        for trouble in [Trouble::DiesBefore, Trouble::DiesAfter] {
            let (result, events, mut end) = troubled(&guide, &installed, (on, step, trouble), back);
            let Err(Stop::Unreachable(problem)) = &result else { panic!("{step}: {result:?}") };
            assert_eq!(
                (problem.code.as_str(), problem.node.as_deref()),
                ("host.missing", Some(on)),
                "{step}"
            );
            assert!(said(&events, "member.lost") && said(&events, "member.down"), "{step}");
            let gone = |e: &Event| matches!(e, Event::OpEnds { step, outcome: Outcome::Undone, .. } if step == "service-resource");
            assert!(events.iter().any(gone), "{step}: the other member has not gone on");
            end.rack.lab.boot_node(&node(on));
            let (again, _) = run(&guide, &end, back);
            assert!(again.result.is_ok(), "{step}: {:?}", again.result);
            let (mut now, mut then) = (visible(&again.rack, &[]), visible(&undisturbed.rack, &[]));
            [&mut now, &mut then]
                .into_iter()
                .for_each(|d| d.entries.retain(|_, line| !line.contains("\"booted\"")));
            assert!(now == then, "{step}: {}", difference(&now, &then));
        }
    }
}

#[test]
fn a_restart_goes_on_where_the_service_is_when_the_asked_member_dies() {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let (_, installed) = run(&guide, &Start::fresh(&resolved), &install);
    let site = Site::new(&resolved.settings, &resolved.settings.instances[0], "cal").unwrap();
    let restart: Work<'_> =
        &|engine| engine.serve(RunCommand::ServiceRestart, &[service_restart(&site)], Vec::new());
    let stops = |start: &Start| {
        let calls = start.rack.lab.changing_calls();
        calls
            .into_iter()
            .filter(|c| c.program == "scswitch" && c.args.first().is_some_and(|a| a == "-n"))
            .count()
    };
    for trouble in [Trouble::DiesBefore, Trouble::DiesAfter] {
        let (result, events, end) =
            troubled(&guide, &installed, ("Node1", "service-restart", trouble), restart);
        assert!(result.is_ok(), "{result:?}");
        assert!(said(&events, "member.lost") && said(&events, "member.down"));
        let begun = events.iter().filter(|e| matches!(e, Event::StepBegins { .. })).count();
        assert_eq!((begun, stops(&end)), (1, stops(&installed) + 1));
    }
}

#[test]
fn a_member_that_only_cannot_be_heard_may_be_at_work_still() {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let (result, events, _) = troubled(
        &guide,
        &Start::fresh(&resolved),
        ("Node1", "resource-group", Trouble::Unheard),
        &install,
    );
    let Err(Stop::Unreachable(problem)) = result else { panic!("{result:?}") };
    assert_eq!((problem.code.as_str(), problem.node.as_deref()), ("host.lost", Some("Node1")));
    assert!(said(&events, "member.lost") && !said(&events, "member.down"));
    assert!(
        !events.iter().any(|e| matches!(e, Event::StepBegins { id, .. } if id == "logical-host"))
    );
}
