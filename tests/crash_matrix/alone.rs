//! High availability goes and the server stays on one node (6.9): on either node, with both kinds of file system, killed anywhere,
//! taken back, and refused where another node has the file system.

use calha::engine::{Engine, Event, Stop};
use calha::guide::Guide;
use calha::journal::RunCommand;
use calha::lab::Rack;
use calha::node::Command;
use calha::setting::Resolved;

use super::bench::{
    Start, difference, install, node, of_model, path, resolved, rollback, run, visible,
};
use super::matrix::Matrix;

/// Links of the other node: what leads nowhere is not put back.
const REMOVED: [&str; 2] = ["/opt/SUNWics5/cal/config", "/opt/SUNWics5/cal/data"];

fn keep(engine: &mut Engine<'_>) -> Result<(), Stop> {
    engine.install(RunCommand::KeepServer)
}

fn guide(resolved: &Resolved, on: &str, at_boot: bool) -> Guide {
    let instance = &resolved.settings.instances[0];
    Guide::standing_alone(resolved, "cal", instance, &node(on), at_boot).unwrap()
}

/// An installation that was made and taken back: what the vendor's programs left is there.
fn removed(resolved: &Resolved) -> Start {
    let whole = Guide::of(resolved, "cal").unwrap();
    let (made, made_start) = run(&whole, &Start::fresh(resolved), &install);
    made.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let (gone, end) = run(&whole, &made_start, &rollback);
    gone.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    Start { journal: Vec::new(), ..end }
}

fn says(rack: &Rack, on: &str, program: &str, args: &[&str]) -> (bool, String) {
    let mut lab = rack.lab.clone();
    let command = Command::new(program, args.iter().copied());
    let output = lab.exec(&node(on), &command, b"").unwrap();
    (output.success(), output.text())
}

#[test]
fn a_server_stays_on_either_node_and_the_other_has_no_link_into_the_void() {
    for (kind, stays, goes, at_boot) in
        [("failover", "Node1", "Node2", false), ("cluster", "Node2", "Node1", true)]
    {
        let resolved = resolved(&[&format!("instance.cal.file-system={kind}")]);
        let start = removed(&resolved);
        let (after, end) = run(&guide(&resolved, stays, at_boot), &start, &keep);
        after.result.unwrap_or_else(|stop| panic!("{kind}: {stop:#?}"));

        let listed = |on: &str, file: &str| says(&end.rack, on, "/usr/bin/ls", &["-ldn", file]);
        for link in ["config", "data"] {
            let file = format!("/opt/SUNWics5/cal/{link}");
            assert!(listed(stays, &file).1.contains(" -> /cal"), "{kind}: {file} on {stays}");
            assert!(!listed(goes, &file).0, "{kind}: {file} on {goes}");
        }
        let cluster = end.rack.lab.cluster();
        let mounted: Vec<&str> = cluster.mounts.iter().map(|m| m.host.as_str()).collect();
        assert_eq!(mounted, [stays], "{kind}");
        let vfstab = says(&end.rack, stays, "/usr/bin/cat", &["/etc/vfstab"]).1;
        let entry = format!("/cal\tufs\t2\t{}\tlogging", if at_boot { "yes" } else { "no" });
        assert!(vfstab.contains(&entry), "{kind}: {vfstab}");

        // Whoever starts the server needs the command, and which names it would start with.
        let told = |wanted: &str| {
            after.events.iter().any(|event| match event {
                Event::Fact { text, .. } => text.contains(wanted),
                Event::Notice { problem, .. } => problem.what.contains(wanted),
                _ => false,
            })
        };
        assert!(told("/opt/SUNWics5/cal/sbin/start-cal"), "{kind}: {:#?}", after.events);
        // The second node was configured last, and has its name in ics.conf.
        let name = match stays {
            "Node1" => "speaks of another node: ",
            _ => "no parameter of /cal/config/ics.conf speaks of another host",
        };
        assert!(told(name), "{kind}: {:#?}", after.events);

        let (again, same) = run(&guide(&resolved, stays, at_boot), &end, &keep);
        again.result.unwrap_or_else(|stop| panic!("{kind}: {stop:#?}"));
        assert_eq!(same.rack.lab.changing_calls().len(), end.rack.lab.changing_calls().len());

        let (back, was) = run(&guide(&resolved, stays, at_boot), &end, &rollback);
        back.result.unwrap_or_else(|stop| panic!("{kind}: {stop:#?}"));
        let (now, before) = (visible(&was.rack, &REMOVED), visible(&start.rack, &REMOVED));
        assert!(now == before, "{kind}: {}", difference(&now, &before));
    }
}

#[test]
fn a_server_that_stays_killed_at_every_point_goes_on_and_back() {
    let resolved = resolved(&[]);
    let matrix = Matrix::of(guide(&resolved, "Node2", true), removed(&resolved));
    println!("{} points", matrix.points.len());
    let left = REMOVED.map(str::to_owned);
    let each = |point| {
        let back = matrix.rolled_back_leaving(point, &left, &rollback);
        [matrix.resumed(point, &keep), back]
    };
    let failures: Vec<String> = matrix.points.iter().flat_map(each).flatten().collect();
    assert!(failures.is_empty(), "{}", failures[..failures.len().min(5)].join("\n"));
}

#[test]
fn nothing_is_mounted_twice_and_nothing_beside_a_group() {
    let resolved = resolved(&[]);
    let whole = Guide::of(&resolved, "cal").unwrap();
    let (made, running) = run(&whole, &Start::fresh(&resolved), &install);
    made.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let running = Start { journal: Vec::new(), ..running };
    let (after, _) = run(&guide(&resolved, "Node2", false), &running, &keep);
    let Err(Stop::Blocked(problems)) = after.result else { panic!("{:#?}", after.result) };
    let codes: Vec<&str> = problems.iter().map(|p| p.code.as_str()).collect();
    assert!(codes.contains(&"alone.managed"), "{codes:?}");
    assert!(codes.contains(&"alone.mounted-elsewhere"), "{codes:?}");

    let other = resolved.settings.instances[0].clone();
    let refused = Guide::standing_alone(&resolved, "cal", &other, &node("Node3"), false);
    assert_eq!(refused.unwrap_err().code, "alone.node");
}

/// Programs on shared disks move along: all of an instance's file systems are mounted.
#[test]
fn programs_on_shared_disks_stay_with_their_server() {
    let resolved = of_model("symmetric", &[]);
    let start = removed(&resolved);
    let (after, end) = run(&guide(&resolved, "Node2", false), &start, &keep);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let instance = &resolved.settings.instances[0];
    for system in instance.file_systems() {
        let point = system.mount_point.as_str();
        let cluster = end.rack.lab.cluster();
        let on: Vec<&str> = cluster
            .mounts
            .iter()
            .filter(|m| m.point.as_str() == path(point).as_str())
            .map(|m| m.host.as_str())
            .collect();
        assert_eq!(on, ["Node2"], "{point}");
    }
}
