//! What a request costs; `cargo test --release --test lab_cluster -- --ignored --nocapture speed`.

use std::time::Instant;

use calha::guide::Guide;
use calha::host::{Connector, Session, ShellHost};
use calha::node::{Command, Inspect};

use crate::disk::Typed;
use crate::site::*;

fn measure(what: &str, mut work: impl FnMut()) {
    work();
    let mut times: Vec<f64> = (0..100)
        .map(|_| {
            let began = Instant::now();
            work();
            began.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{what}: {:.2} ms (fastest {:.2}, 95 % {:.2})", times[50], times[0], times[95]);
}

#[test]
#[ignore = "a measurement"]
fn speed() {
    let soon = std::time::Duration::from_secs(30);
    for shell in ["dash", "bash", "ksh93"] {
        let mut session = Session::start(&Connector::new(node("here"), [shell]), soon).unwrap();
        measure(&format!("{shell}: nothing"), || drop(session.ask(":", soon).unwrap()));
        measure(&format!("{shell}: echo"), || drop(session.ask("echo x", soon).unwrap()));
        measure(&format!("{shell}: ls"), || drop(session.ask("ls -ld /etc", soon).unwrap()));
    }
    let host = ShellHost::connect(
        Connector::new(node("here"), ["dash"]),
        &path("/var/opt/calha/none/none"),
    )
    .unwrap();
    measure("here: stat of a directory", || drop(host.stat(&path("/etc")).unwrap()));
    measure("here: stat of a file", || drop(host.stat(&path("/etc/passwd")).unwrap()));
    measure("here: read", || drop(host.read(&path("/etc/passwd")).unwrap()));
    let typed = Typed::new();
    let guide = Guide::new(&settings(), "cal").unwrap();
    let host = ShellHost::connect(typed.lab.connector(&node("Node1")), &guide.record).unwrap();
    measure("lab: stat of nothing", || drop(host.stat(&path("/cal")).unwrap()));
    measure("lab: stat of a directory", || drop(host.stat(&path("/etc")).unwrap()));
    measure("lab: stat of a file", || drop(host.stat(&path("/etc/vfstab")).unwrap()));
    measure("lab: read", || drop(host.read(&path("/etc/vfstab")).unwrap()));
    measure("lab: query true", || {
        drop(host.query(&Command::new("/usr/bin/true", [""; 0])).unwrap())
    });
    let state = Command::new("/usr/cluster/bin/scha_cluster_get", ["-O", "ALL_NODENAMES"]);
    measure("lab: query scha_cluster_get", || drop(host.query(&state).unwrap()));
}
