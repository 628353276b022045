//! A member that cannot be reached, or that has left the cluster: the others still say who serves.

use crate::site::Site;

const UNREACHABLE: &str = "node.Node1.connection={command=[\"/bin/false\"]}";
const IN_VERIFY: &str = "group    CAL-RG           Node2        ONLINE, /cal mounted";
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
    for told in ["cannot reach Node1", "node     Node1 DOWN", IN_VERIFY] {
        assert!(verify.err.contains(told), "{told}\n{}", verify.err);
    }
}

#[test]
fn a_node_that_has_left_the_cluster_is_not_the_one_that_is_asked() {
    let site = failed_over();
    // It answers a shell, and its cluster commands do not answer.
    let status = site.run("status", &[]);
    assert!(status.out.contains(DOWN), "{}{}", status.out, status.err);
    assert!(status.out.contains(HOLDER), "{}", status.out);
}
