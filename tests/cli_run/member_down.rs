//! A member that cannot be reached, or that has left the cluster: the others still say who serves.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use calha::node::NodeName;

use crate::site::Site;

const UNREACHABLE: &str = "node.Node1.connection={command=[\"/bin/false\"]}";
const HOLDER: &str = "CAL-RG             Node2        ONLINE, /cal mounted";
const DOWN: &str = "node      Node1        DOWN ";

/// An installation whose first node has lost its power: the group is on the second.
fn failed_over() -> Site {
    let site = Site::new();
    let installed = site.run("install", &["--yes"]);
    assert_eq!(installed.status, 0, "{}{}", installed.out, installed.err);
    let lab = site.dir.path().join("lab").display().to_string();
    assert_eq!(site.calha(&["lab", "down", &lab, "Node1"]).status, 0);
    site
}

#[test]
fn status_and_verify_name_the_holder_without_a_member() {
    let site = failed_over();
    let status = site.run("status", &["--set", UNREACHABLE]);
    assert_eq!(status.status, 3, "{}{}", status.out, status.err);
    for told in [DOWN, "node      Node2        UP     answers", HOLDER, "cannot reach Node1"] {
        assert!(status.out.contains(told), "{told}\n{}", status.out);
    }

    let verify = site.run("verify", &["--set", UNREACHABLE]);
    assert_eq!(verify.status, 5, "{}{}", verify.out, verify.err);
    for told in ["cannot reach Node1", DOWN, HOLDER] {
        assert!(verify.err.contains(told), "{told}\n{}", verify.err);
    }
}

/// A node that is dead answers nothing, not even that it is not there: its line hangs for a while.
#[test]
fn verify_names_the_holder_before_the_dead_are_given_up() {
    const HANGS: Duration = Duration::from_secs(6);
    let site = failed_over();
    let dead = site.dir.path().join("dead");
    fs::write(&dead, format!("#!/bin/sh\nsleep {}\nexit 255\n", HANGS.as_secs())).unwrap();
    fs::set_permissions(&dead, fs::Permissions::from_mode(0o755)).unwrap();
    let hangs = format!("node.Node1.connection={{command=[\"{}\"]}}", dead.display());

    let mut asked = site.program(&["verify", site.profile.to_str().unwrap()]);
    asked.args(["--set", &hangs]).stdout(Stdio::null()).stderr(Stdio::piped());
    let begun = Instant::now();
    let mut child = asked.spawn().unwrap();
    let said = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    let said: Vec<(Duration, String)> = said.map(|line| (begun.elapsed(), line)).collect();
    assert_eq!(child.wait().unwrap().code(), Some(5), "{said:?}");
    assert!(begun.elapsed() >= HANGS, "the dead were not waited for: {said:?}");

    let told = said.iter().find(|(_, line)| line.contains(HOLDER));
    assert!(told.is_some_and(|(after, _)| *after < HANGS), "{said:?}");
    let again = said.iter().filter(|(_, line)| line.contains(HOLDER)).count();
    assert_eq!(again, 1, "{said:?}");
}

/// The node leaves the cluster and still answers a shell: none of its questions is answered.
fn leaves_the_cluster(site: &Site, node: &str) {
    let programs = site.lab.root(&NodeName(node.into())).join("usr/cluster/bin");
    for name in ["scha_cluster_get", "scha_resource_get", "scha_resourcegroup_get"] {
        let program = programs.join(name);
        fs::remove_file(&program).unwrap();
        fs::write(&program, "#!/bin/sh\nexit 1\n").unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

#[test]
fn a_node_that_has_left_the_cluster_is_not_the_one_that_is_asked() {
    let site = Site::new();
    assert_eq!(site.run("install", &["--yes"]).status, 0);
    leaves_the_cluster(&site, "Node1");
    let status = site.run("status", &[]);
    let holder = "CAL-RG             Node1        ONLINE, /cal mounted";
    assert!(status.out.contains(holder), "{}{}", status.out, status.err);

    // Where no node is in the cluster any more, nobody says that anything is well.
    leaves_the_cluster(&site, "Node2");
    let status = site.run("status", &[]);
    assert_eq!(status.status, 3, "{}{}", status.out, status.err);
    let told = "healthy   NO: no node that answers is in the cluster";
    assert!(status.out.contains(told), "{}", status.out);
}
