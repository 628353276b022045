//! Resources get another version of their type, by the real program on a lab's disk: the plan
//! first, then the change, states as before, and everything back.

use super::queue_on_disk::deliver;
use super::site::{Said, Site};

/// A profile that has the cluster and its nodes, and nothing of an installation.
fn members(site: &Site) -> String {
    let text = std::fs::read_to_string(&site.profile).unwrap();
    let connections = text.lines().filter(|line| line.starts_with("connection = {"));
    let of = |(node, line): (&str, &str)| format!("[node.{node}]\n{line}\n");
    let nodes: String = ["Node1", "Node2"].into_iter().zip(connections).map(of).collect();
    let profile = site.dir.path().join("members.toml");
    let text = format!("[cluster]\nname = \"c\"\nnodes = [\"Node1\", \"Node2\"]\n{nodes}");
    std::fs::write(&profile, text).unwrap();
    profile.to_str().unwrap().to_owned()
}

/// Version 1 with an online resource, version 2 delivered with this directive.
pub fn site(tunability: &str) -> (Site, String) {
    let site = Site::new();
    let profile = members(&site);
    deliver(&site.lab, "1", "#$upgrade\n");
    deliver(&site.lab, "2", &format!("#$upgrade\n#$upgrade_from \"1\" {tunability}\n"));
    for line in [
        "scrgadm -a -t ACME.queue -f /opt/ACMEqueue/etc/queue.1",
        "scrgadm -a -g q-rg -h Node1,Node2",
        "scrgadm -a -j q -g q-rg -t ACME.queue:1",
        "scswitch -Z -g q-rg",
    ] {
        assert_eq!(typed(&site, line).status, 0, "{line}");
    }
    (site, profile)
}

fn typed(site: &Site, line: &str) -> Said {
    let words: Vec<&str> = line.split(' ').collect();
    site.types("Node1", &format!("/usr/cluster/bin/{}", words[0]), &words[1..])
}

pub fn kind(site: &Site) -> String {
    typed(site, "scha_resource_get -O TYPE -R q").out
}

pub fn upgrade(site: &Site, profile: &str, more: &[&str]) -> Said {
    let first = ["rt", "upgrade", profile, "--type", "ACME.queue"];
    site.calha(&[&first[..], more].concat())
}

pub const FILE: [&str; 2] = ["--file", "/opt/ACMEqueue/etc/queue.2"];

#[test]
fn a_resource_gets_another_version_and_the_old_one_again() {
    let (site, profile) = site("WHEN_OFFLINE");
    let states = || typed(&site, "scha_resource_get -O RESOURCE_STATE -R q").out;
    let calls = site.changing_calls();
    let to = [&["--to", "2"][..], &FILE].concat();

    let plan = upgrade(&site, &profile, &[&to[..], &["--plan"]].concat());
    assert_eq!(plan.status, 0, "{}", plan.err);
    let (outage, command) = (plan.out.find("q is stopped"), plan.out.find("Type_version=2"));
    assert!(outage.is_some() && outage < command, "{}", plan.out);
    let told = plan.out.lines().filter(|line| !line.trim_start().starts_with('/'));
    assert!(told.clone().all(|line| line.chars().count() <= 80), "{}", plan.out);
    assert_eq!(site.changing_calls(), calls, "a plan changes nothing");

    let unanswered = upgrade(&site, &profile, &to);
    assert_eq!((unanswered.status, site.changing_calls()), (3, calls), "{}", unanswered.err);

    let done = upgrade(&site, &profile, &[&to[..], &["--yes"]].concat());
    assert_eq!(done.status, 0, "{}{}", done.out, done.err);
    assert_eq!((kind(&site).as_str(), states().as_str()), ("ACME.queue:2\n", "ONLINE\n"));
    let calls = site.changing_calls();
    let again = upgrade(&site, &profile, &[&to[..], &["--yes"]].concat());
    assert!(again.status == 0 && again.out.contains("nothing to do"), "{}", again.out);
    assert_eq!(site.changing_calls(), calls);

    let back = upgrade(&site, &profile, &["--rollback", "--yes"]);
    assert_eq!(back.status, 0, "{}{}", back.out, back.err);
    assert_eq!((kind(&site).as_str(), states().as_str()), ("ACME.queue:1\n", "ONLINE\n"));
    let listed = typed(&site, "scha_cluster_get -O ALL_RESOURCETYPES").out;
    assert!(!listed.contains("ACME.queue:2"), "{listed}");
    let nothing = upgrade(&site, &profile, &["--rollback", "--yes"]);
    assert!(nothing.status == 0 && nothing.out.contains("no upgrade"), "{}", nothing.out);
}

#[test]
fn a_validate_method_that_refuses_takes_everything_back() {
    let (site, profile) = site("WHEN_UNMANAGED");
    let fault = r#"{"fault":"validate-refuses","resource":"q","version":"2"}"#;
    let lab = site.dir.path().join("lab");
    let set = site.calha(&["lab", "fault", lab.to_str().unwrap(), fault]);
    assert_eq!(set.status, 0, "{}", set.err);
    let to = [&["--to", "2", "--yes"][..], &FILE].concat();
    let refused = upgrade(&site, &profile, &to);
    assert_eq!(refused.status, 1, "{}{}", refused.out, refused.err);
    assert!(refused.err.contains("VALIDATE failed"), "{}", refused.err);
    let state = typed(&site, "scha_resource_get -O RESOURCE_STATE -R q").out;
    assert_eq!((kind(&site).as_str(), state.as_str()), ("ACME.queue:1\n", "ONLINE\n"));
}

#[test]
fn what_cannot_be_begun_is_said_with_a_remedy() {
    let (site, profile) = site("ANYTIME");
    let calls = site.changing_calls();
    for (words, code) in [
        (&["--to", "7"][..], "version 7 of ACME.queue"),
        (&["--to", "2", "--property", "x"], "NAME=VALUE"),
        (&["--to", "2", "--resource", "none"], "there is no resource none"),
        (&["--to", "2", "--property", "Color=red"], "no version on the way declares"),
        (&["--to", "2", "--via", "9"], "version 9 of ACME.queue"),
    ] {
        let said = upgrade(&site, &profile, &[words, &FILE].concat());
        assert!(said.status == 2 && said.err.contains(code), "{words:?}: {}", said.err);
    }
    let versioned = site.calha(&["rt", "upgrade", &profile, "--type", "ACME.queue:1", "--to", "2"]);
    assert!(versioned.status == 2 && versioned.err.contains("--to"), "{}", versioned.err);
    assert_eq!(site.changing_calls(), calls);
}

#[test]
fn one_that_was_cut_off_is_gone_on_with_and_a_finished_one_makes_room_for_the_next() {
    let (site, profile) = site("WHEN_DISABLED");
    deliver(&site.lab, "3", "#$upgrade\n#$upgrade_from \"2\" ANYTIME\n");
    let lab = site.dir.path().join("lab").display().to_string();
    let fault = r#"{"fault":"start-fails","resource":"q"}"#;
    assert_eq!(site.calha(&["lab", "fault", &lab, fault]).status, 0);
    let to = [&["--to", "2", "--yes"][..], &FILE].concat();
    let failed = upgrade(&site, &profile, &to);
    assert_eq!((failed.status, kind(&site).as_str()), (1, "ACME.queue:2\n"), "{}", failed.err);
    assert!(failed.err.contains("--type ACME.queue --rollback"), "{}", failed.err);

    let other = upgrade(&site, &profile, &["--to", "3", "--yes"]);
    assert_eq!(other.status, 2);
    assert!(other.err.contains("--type ACME.queue --to 2; or undo it"), "{}", other.err);

    assert_eq!(site.calha(&["lab", "fault", &lab, "--clear"]).status, 0);
    let on = upgrade(&site, &profile, &["--to", "2", "--yes"]);
    let state = || typed(&site, "scha_resource_get -O RESOURCE_STATE -R q").out;
    assert_eq!((on.status, state().as_str()), (0, "ONLINE\n"), "{}{}", on.out, on.err);

    let next = ["--to", "3", "--yes", "--file", "/opt/ACMEqueue/etc/queue.3"];
    let third = upgrade(&site, &profile, &next);
    assert_eq!((third.status, kind(&site).as_str()), (0, "ACME.queue:3\n"), "{}", third.err);
    // Only the last one is undone.
    let back = upgrade(&site, &profile, &["--rollback", "--yes"]);
    assert_eq!((back.status, kind(&site).as_str()), (0, "ACME.queue:2\n"), "{}", back.err);
    assert_eq!(state(), "ONLINE\n");
}
