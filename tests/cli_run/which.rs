//! Which of its two names a version of a resource type has on a cluster.

use super::site::Site;

/// A profile that has the cluster and its nodes, and nothing of an installation.
fn members(site: &Site, more: &str) -> String {
    let text = std::fs::read_to_string(&site.profile).unwrap();
    let connections = text.lines().filter(|line| line.starts_with("connection = {"));
    let of = |(node, line): (&str, &str)| format!("[node.{node}]\n{line}\n");
    let nodes: String = ["Node1", "Node2"].into_iter().zip(connections).map(of).collect();
    let profile = site.dir.path().join("members.toml");
    let text = format!("[cluster]\nname = \"c\"\nnodes = [\"Node1\", \"Node2\"]\n{nodes}{more}");
    std::fs::write(&profile, text).unwrap();
    profile.to_str().unwrap().to_owned()
}

#[test]
fn a_cluster_is_asked_for_the_name_that_a_version_has_there() {
    let site = Site::new();
    let profile = members(&site, "");
    let scrgadm = |words: &[&str]| {
        let said = site.types("Node1", "/usr/cluster/bin/scrgadm", words);
        assert_eq!(said.status, 0, "{words:?}: {}", said.err);
    };
    let which = |words: &[&str]| site.calha(&[&["rt", "which", profile.as_str()], words].concat());

    let missing = which(&["SUNW.scics", "1.0"]);
    assert_eq!((missing.status, missing.out.as_str()), (1, ""), "{}", missing.err);
    assert!(missing.err.contains("scrgadm -p"), "{}", missing.err);

    scrgadm(&["-a", "-t", "SUNW.scics"]);
    scrgadm(&["-a", "-t", "SUNW.HAStoragePlus"]);
    for (name, version, full) in [
        ("SUNW.scics", "1.0", "SUNW.scics\n"),
        ("SUNW.HAStoragePlus", "2", "SUNW.HAStoragePlus:2\n"),
    ] {
        let said = which(&[name, version]);
        assert_eq!((said.status, said.out.as_str()), (0, full), "{}", said.err);
    }
    let other = which(&["SUNW.HAStoragePlus", "8"]);
    assert_eq!(other.status, 1);
    assert!(other.err.contains("registered are: SUNW.HAStoragePlus:2"), "{}", other.err);

    scrgadm(&["-a", "-g", "rg"]);
    scrgadm(&["-a", "-j", "hasp", "-g", "rg", "-t", "SUNW.HAStoragePlus"]);
    let said = which(&["--resource", "hasp"]);
    assert_eq!((said.status, said.out.as_str()), (0, "SUNW.HAStoragePlus:2\n"), "{}", said.err);
    assert_eq!(which(&["--resource", "nothing"]).status, 1);
}

#[test]
fn another_member_is_asked_when_the_first_is_down_and_a_wrong_profile_is_told() {
    let site = Site::new();
    let profile = members(&site, "");
    let which = |words: &[&str]| site.calha(&[&["rt", "which", profile.as_str()], words].concat());
    let lab = site.dir.path().join("lab");
    site.calha(&["lab", "down", lab.to_str().unwrap(), "Node1"]);
    let said = which(&["SUNW.LogicalHostname", "2"]);
    assert_eq!((said.status, said.out.as_str()), (0, "SUNW.LogicalHostname:2\n"), "{}", said.err);

    let nobody = site.calha(&[
        "rt",
        "which",
        &profile,
        "SUNW.scics",
        "1",
        "--set",
        "node.Node1.connection=none",
        "--set",
        "node.Node2.connection=none",
    ]);
    assert_eq!(nobody.status, 5, "{}", nobody.err);
    assert_eq!(which(&["SUNW.scics"]).status, 2, "the version is missing");
    let wrong = members(&site, "[node.Node9]\nconnection = \"ssh\"\n");
    let said = site.calha(&["rt", "which", &wrong, "SUNW.scics", "1"]);
    assert!(said.status == 2 && said.err.contains("Node9"), "{}", said.err);
}
