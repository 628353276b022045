//! Debugging on and off (6.10): on every node, on the releases of Solaris that tell syslogd in different ways, killed anywhere.

use calha::guide::Guide;
use calha::lab::Rack;

use super::bench::{Start, difference, install, node, resolved, rollback, run, visible};
use super::matrix::Matrix;

/// Node2 runs Solaris 10, Node1 an older one (E62).
fn start() -> Start {
    let mut start = Start::fresh(&resolved(&[]));
    start.rack.lab.make_solaris_10(&node("Node2")).unwrap();
    start
}

fn guide(level: u8) -> Guide {
    Guide::debugging(&resolved(&[]), "cal", level).unwrap()
}

fn syslogd(rack: &Rack, on: &str) -> String {
    rack.lab.cluster().hosts[&node(on)].syslogd.clone()
}

#[test]
fn syslogd_is_told_in_the_way_of_the_release_and_told_again() {
    let start = start();
    let (after, on) = run(&guide(9), &start, &install);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    for name in ["Node1", "Node2"] {
        assert!(syslogd(&on.rack, name).ends_with("daemon.debug\t/var/adm/clusterlog\n"), "{name}");
    }
    let told: Vec<(String, String)> = on
        .rack
        .lab
        .changing_calls()
        .iter()
        .filter(|c| matches!(c.program.as_str(), "pkill" | "svcadm"))
        .map(|c| (c.host.to_string(), format!("{} {}", c.program, c.args.join(" "))))
        .collect();
    assert_eq!(
        told,
        [
            ("Node2".to_owned(), "svcadm refresh system/system-log".to_owned()),
            ("Node1".to_owned(), "pkill -HUP syslogd".to_owned())
        ]
    );
    let (again, same) = run(&guide(9), &on, &install);
    again.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    assert_eq!(same.rack.lab.changing_calls().len(), on.rack.lab.changing_calls().len());

    let (off, end) = run(&guide(9), &on, &rollback);
    off.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let left = ["/var/adm/clusterlog"];
    let (now, before) = (visible(&end.rack, &left), visible(&start.rack, &left));
    assert!(now == before, "{}", difference(&now, &before));
}

#[test]
fn debugging_killed_at_every_point_goes_on_and_off() {
    let matrix = Matrix::of(guide(9), start());
    println!("{} points", matrix.points.len());
    let failures = matrix.failures();
    assert!(failures.is_empty(), "{}", failures[..failures.len().min(5)].join("\n"));
}
