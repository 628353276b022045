//! What the guide promises of each model once it is installed (6.1): whatever node dies, every
//! instance is served.

use std::collections::BTreeMap;

use calha::engine::Event;
use calha::guide::Guide;
use calha::journal::RunCommand;
use calha::lab::Rack;
use calha::node::{Command, NodeName};
use calha::setting::{Instance, Resolved};
use calha::step::{Site, service_failover};

use super::bench::{
    Start, difference, install, node, of_model, options, resolved, rollback, run, run_on, visible,
};
use super::whole::leftovers;

struct Cluster {
    resolved: Resolved,
    guide: Guide,
    at: Start,
}

impl Cluster {
    fn installed(resolved: Resolved) -> Self {
        let guide = Guide::of(&resolved, "cal").unwrap();
        let (after, at) = run(&guide, &Start::fresh(&resolved), &install);
        after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
        Self { resolved, guide, at }
    }

    fn instances(&self) -> Vec<Instance> {
        self.resolved.settings.instances.clone()
    }

    /// Where each instance is served: the one node on which its socket listens.
    fn served(&mut self) -> BTreeMap<String, Vec<NodeName>> {
        let nodes = self.resolved.settings.cluster.nodes.clone();
        let mut all = BTreeMap::new();
        for instance in self.instances() {
            let socket = format!("{}.{} ", instance.logical_host.address, instance.port);
            let listens = |rack: &mut Rack, on: &NodeName| {
                let said = rack.lab.exec(on, &Command::new("/usr/bin/netstat", ["-an"]), b"");
                said.is_ok_and(|o| {
                    o.text().lines().any(|l| l.starts_with(&socket) && l.ends_with("LISTEN"))
                })
            };
            all.insert(
                instance.name.clone(),
                nodes.iter().filter(|n| listens(&mut self.at.rack, n)).cloned().collect(),
            );
        }
        all
    }

    fn expect(&mut self, why: &str, wanted: impl Fn(&Instance) -> NodeName) {
        for (name, on) in self.served() {
            let instance = self.instances().into_iter().find(|i| i.name == name).unwrap();
            assert_eq!(on, [wanted(&instance)], "{why}: {name}");
        }
    }

    fn move_to(&mut self, instance: &Instance, to: &NodeName) {
        let site = Site::new(&self.resolved.settings, instance, "cal").unwrap();
        let (after, next) = run(&self.guide, &self.at, &|engine| {
            engine.serve(RunCommand::ServiceFailover, &[service_failover(&site, to)], Vec::new())
        });
        after.result.unwrap_or_else(|stop| panic!("{to}: {stop:#?}"));
        self.at = next;
    }
}

#[test]
fn every_instance_is_served_after_each_failover_each_death_and_each_return() {
    let mut all = vec![resolved(&[])];
    for kind in ["failover", "cluster"] {
        for (model, count) in [("symmetric", 2), ("n-plus-one", 3)] {
            let set: Vec<String> =
                (1..=count).map(|n| format!("instance.cs{n}.file-system={kind}")).collect();
            all.push(of_model(model, &set.iter().map(String::as_str).collect::<Vec<_>>()));
        }
    }
    for resolved in all {
        let mut cluster = Cluster::installed(resolved);
        cluster.expect("installed", |i| i.nodes[0].clone());
        // Each in turn to its standby; at the end the standby of N+1 runs all of them.
        for moved in cluster.instances() {
            cluster.move_to(&moved, &moved.nodes[1]);
        }
        cluster.expect("all moved", |i| i.nodes[1].clone());
        for moved in cluster.instances() {
            cluster.move_to(&moved, &moved.nodes[0]);
        }
        cluster.expect("all back", |i| i.nodes[0].clone());
        for dies in cluster.resolved.settings.cluster.nodes.clone() {
            cluster.at.rack.lab.kill_node(&dies);
            cluster.expect(&format!("{dies} is dead"), |i| {
                if i.nodes[0] == dies { i.nodes[1].clone() } else { i.nodes[0].clone() }
            });
            cluster.at.rack.lab.boot_node(&dies);
            // Where a group stands is no affair of the installation's; moved back, everything is as
            // it was.
            for moved in cluster.instances() {
                cluster.move_to(&moved, &moved.nodes[0]);
            }
            cluster.expect(&format!("{dies} is back"), |i| i.nodes[0].clone());
            let calls = cluster.at.rack.lab.changing_calls().len();
            let (after, next) = run(&cluster.guide, &cluster.at, &install);
            after.result.unwrap_or_else(|stop| panic!("{dies}: {stop:#?}"));
            assert_eq!(
                next.rack.lab.changing_calls().len(),
                calls,
                "{dies}: an installation after it found something to do"
            );
        }
    }
}

/// Section 6.9 by hand, with its missing commands (E38, E40): then calha undoes what is left.
#[test]
fn what_was_removed_by_hand_is_no_obstacle_to_an_uninstallation() {
    let mut cluster = Cluster::installed(resolved(&[]));
    let fresh = Start::fresh(&cluster.resolved);
    for (program, words) in [
        ("scswitch", "-F -g CAL-RG"),
        ("scswitch", "-n -j CAL-SVR-RS"),
        ("scswitch", "-n -j CAL-HASP-RS"),
        ("scswitch", "-n -j LOG-HOST-RS"),
        ("scrgadm", "-r -j CAL-SVR-RS"),
        ("scrgadm", "-r -j CAL-HASP-RS"),
        ("scrgadm", "-r -j LOG-HOST-RS"),
        ("scrgadm", "-r -g CAL-RG"),
        ("scrgadm", "-r -t SUNW.scics"),
    ] {
        let command = Command::new(&format!("/usr/cluster/bin/{program}"), words.split(' '));
        let said = cluster.at.rack.lab.exec(&node("Node1"), &command, b"").unwrap();
        assert!(said.success(), "{program} {words}: {}", String::from_utf8_lossy(&said.stderr));
    }
    // The block in ics.conf is where nothing is mounted any more: that has to be accepted, or the
    // disk mounted first.
    let (stopped, half) = run(&cluster.guide, &cluster.at, &rollback);
    let asked = stopped.result.unwrap_err();
    assert!(format!("{asked:?}").contains("ha-block.unreachable"), "{asked:?}");
    let store = calha::journal::MemoryStore::holding(half.journal.clone(), Vec::new());
    let accepting =
        calha::engine::Options { accept: vec!["ha-block.unreachable".into()], ..options() };
    let after =
        run_on(&cluster.guide, &half, |_| Box::new(store.clone()), None, &accepting, &rollback);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let left = leftovers(&cluster.guide);
    let left: Vec<&str> = left.iter().map(String::as_str).collect();
    let (now, before) = (visible(&after.rack, &left), visible(&fresh.rack, &left));
    assert!(now == before, "{}", difference(&now, &before));
}

/// Nothing is sent by an undo that was not announced, to the node that it was announced for.
#[test]
fn an_undo_sends_what_it_has_announced() {
    for model in ["asymmetric", "symmetric", "n-plus-one"] {
        let cluster = Cluster::installed(of_model(model, &[]));
        let (after, _) = run(&cluster.guide, &cluster.at, &rollback);
        after.result.unwrap_or_else(|stop| panic!("{model}: {stop:#?}"));

        let announced: Vec<(NodeName, String)> = after.events.iter().flat_map(announced).collect();
        let mut sent = 0;
        for event in &after.events {
            let Event::OpBegins { node, commands, .. } = event else { continue };
            for command in commands {
                let pair = (node.clone(), command.clone());
                assert!(announced.contains(&pair), "{model}: {pair:?} of {announced:#?}");
                sent += 1;
            }
        }
        assert!(sent > 10, "{model}: {sent} commands");
    }
}

fn announced(event: &Event) -> Vec<(NodeName, String)> {
    match event {
        Event::Announced { steps, .. } => steps.iter().flat_map(|s| s.commands.clone()).collect(),
        _ => Vec::new(),
    }
}
