//! The exported playbook under the real engine: looks, does the whole installation, finds nothing
//! to do.

use std::path::Path;
use std::process::Command;

use calha::node::NodeName;

use super::{Far, same, visible};
use crate::foreign_places::PLACES;
use crate::in_the_way::{InTheWay, labs};
use crate::queue_on_disk::deliver;
use crate::site::Site;
use crate::sshd;
use crate::thorough::thorough;

/// Whether ansible-core is there; missing it fails where CI is set.
fn is_there() -> bool {
    let there = Command::new("ansible-playbook")
        .arg("--version")
        .output()
        .is_ok_and(|o| o.status.success());
    assert!(
        there || std::env::var_os("CI").is_none(),
        "ansible-core is not installed; tests/run installs it"
    );
    if !there {
        println!("skipped: ansible-core is not installed");
    }
    there
}

/// Runs the playbook; what it printed.
fn plays(home: &Path, dir: &Path, more: &[&str]) -> (bool, String) {
    let output = Command::new("ansible-playbook")
        .current_dir(dir)
        .args(["-i", "inventory.yml", "site.yml"])
        .args(more)
        .env("HOME", home)
        .env("ANSIBLE_LOCAL_TEMP", home.join("ansible"))
        .env("ANSIBLE_NOCOLOR", "1")
        .env("ANSIBLE_SSH_CONTROL_PATH_DIR", home.join("cp"))
        .output()
        .unwrap();
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    (output.status.success(), text)
}

/// The numbers behind `changed=` in the summary, one for each host.
fn changed(said: &str) -> Vec<u32> {
    let after = |line: &str| line.split("changed=").nth(1)?.split_whitespace().next()?.parse().ok();
    said.lines().filter_map(after).collect()
}

#[test]
fn the_exported_playbook_looks_installs_and_finds_nothing_to_do() {
    if !(thorough() && sshd::installed() && is_there()) {
        return;
    }
    let near = Site::new();
    let said = near.run("install", &["--yes"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);

    let far = Far::new();
    let fresh = visible(&far.site);
    let dir = far.site.dir.path().join("playbook");
    let profile = far.site.profile.to_str().unwrap();
    let export = far.site.calha(&["export", "ansible", profile, dir.to_str().unwrap()]);
    assert_eq!(export.status, 0, "{}", export.err);
    // The path of a control socket must be short.
    let home = tempfile::Builder::new().prefix("ca").tempdir_in("/tmp").unwrap();

    let (ok, looked) = plays(home.path(), &dir, &["--check"]);
    assert!(ok && looked.contains("vfstab-entry.1: would be done"), "{looked}");
    assert!(changed(&looked).iter().all(|n| *n > 0), "{looked}");
    same(&visible(&far.site), &fresh, "a run that only looks has changed something");

    let (ok, done) = plays(home.path(), &dir, &[]);
    assert!(ok, "{done}");
    same(&visible(&far.site), &visible(&near), "the playbook makes other nodes");
    let calls = far.site.changing_calls();
    let (ok, again) = plays(home.path(), &dir, &[]);
    assert!(ok && changed(&again).iter().all(|n| *n == 0), "{again}");
    assert_eq!(far.site.changing_calls(), calls);

    // What cannot be exported is named.
    let local = near.calha(&[
        "export",
        "ansible",
        near.profile.to_str().unwrap(),
        home.path().join("none").to_str().unwrap(),
    ]);
    assert!(
        local.status == 2 && local.err.contains("export.connection")
            || local.err.contains("no connection that runs any command"),
        "{}",
        local.err
    );
}

#[test]
fn a_playbook_stops_before_its_first_change_where_two_versions_of_a_type_are_registered() {
    if !(thorough() && sshd::installed() && is_there()) {
        return;
    }
    let far = Far::new();
    let node = NodeName("Node1".into());
    let text = "RESOURCE_TYPE = \"scics\";\nVENDOR_ID = SUNW;\nRT_VERSION = \"2\";\n\
                RT_BASEDIR = /opt/x;\nSTART = start;\nSTOP = stop;\n#$upgrade\n";
    std::fs::write(far.site.lab.root(&node).join("var/tmp/rtr"), text).unwrap();
    for words in [&["-f", "/var/tmp/rtr"][..], &[]] {
        let registered = Command::new(far.site.lab.root(&node).join("usr/cluster/bin/scrgadm"))
            .args(["-a", "-t", "SUNW.scics"])
            .args(words)
            .env_clear()
            .envs(far.site.lab.environment(&node))
            .status();
        assert!(registered.unwrap().success());
    }
    let dir = far.site.dir.path().join("playbook");
    let profile = far.site.profile.to_str().unwrap();
    let export = far.site.calha(&["export", "ansible", profile, dir.to_str().unwrap()]);
    assert_eq!(export.status, 0, "{}", export.err);
    let fresh = visible(&far.site);
    let home = tempfile::Builder::new().prefix("ca").tempdir_in("/tmp").unwrap();
    for more in [&["--check"][..], &[]] {
        let (ok, said) = plays(home.path(), &dir, more);
        assert!(!ok && said.contains("several versions of SUNW.scics are registered"), "{said}");
        same(&visible(&far.site), &fresh, "the playbook has changed something");
    }
}

/// A sample of the places: early and late, a file, data, a link, packages.
#[test]
fn a_playbook_touches_no_calendar_server_of_somebody_else() {
    if !(thorough() && sshd::installed() && is_there()) {
        return;
    }
    for at in [1, 5, 6, 8, 10] {
        let place = &PLACES[at];
        let far = Far::new();
        let lab = &far.site.lab;
        place.stage(lab);

        let dir = far.site.dir.path().join("playbook");
        let profile = far.site.profile.to_str().unwrap();
        let set: Vec<&str> = place.set.iter().flat_map(|set| ["--set", set]).collect();
        let export = ["export", "ansible", profile, dir.to_str().unwrap()];
        let export = far.site.calha(&[&export[..], &set].concat());
        assert_eq!(export.status, 0, "{}", export.err);
        let home = tempfile::Builder::new().prefix("ca").tempdir_in("/tmp").unwrap();
        let calls = far.site.changing_calls();
        let (ok, said) = plays(home.path(), &dir, &[]);
        // An operation that finds something else says so itself.
        let told = place.code.strip_prefix("drift.");
        let told = told.map_or(format!("[{}]", place.code), |step| format!("{step}.1: differs: "));
        assert!(!ok && said.contains(&told), "{}: {said}", place.name);
        place.is_untouched(lab);
        let changed = far.site.changing_calls() != calls;
        assert!(!(place.early && changed), "{}: something was changed", place.name);
    }
}

/// What is in the way is found as the other ways find it (`cli_run each_way`), before the first
/// change. The play of the first node that finds something is the last.
#[test]
fn a_playbook_stops_before_its_first_change_where_something_is_in_the_way() {
    if !(thorough() && sshd::installed() && is_there()) {
        return;
    }
    // What is in the way of the last of them stands on the second node alone.
    for lab in [0, 1, 5] {
        let findings = &labs()[lab];
        let far = Far::new();
        findings.iter().for_each(|finding| (finding.stage)(&far.site.lab));
        let fresh = visible(&far.site);
        let dir = far.site.dir.path().join("playbook");
        let profile = far.site.profile.to_str().unwrap();
        let set = findings.iter().flat_map(|finding| finding.set);
        let set: Vec<&str> = set.flat_map(|set| ["--set", set]).collect();
        let export = ["export", "ansible", profile, dir.to_str().unwrap()];
        let export = far.site.calha(&[&export[..], &set].concat());
        assert_eq!(export.status, 0, "{}", export.err);

        let home = tempfile::Builder::new().prefix("ca").tempdir_in("/tmp").unwrap();
        let (ok, said) = plays(home.path(), &dir, &[]);
        let told = |code: &str| said.contains(&format!("[{code}]"));
        let found = findings.iter().filter(|finding| told(finding.code));
        let found: Vec<String> = found.map(InTheWay::name).collect();
        assert!(!ok && !found.is_empty(), "{lab}: {found:?} {said}");
        same(&visible(&far.site), &fresh, "the playbook has changed something");
    }
}

#[test]
fn the_playbook_of_an_upgrade_looks_changes_the_version_and_finds_nothing_to_do() {
    if !(thorough() && sshd::installed() && is_there()) {
        return;
    }
    let far = Far::new();
    deliver(&far.site.lab, "1", "#$upgrade\n");
    deliver(&far.site.lab, "2", "#$upgrade\n#$upgrade_from \"1\" WHEN_DISABLED\n");
    let typed = |line: &str| {
        let (program, words) = line.split_once(' ').unwrap();
        let words: Vec<&str> = words.split(' ').collect();
        let said = far.site.types("Node1", &format!("/usr/cluster/bin/{program}"), &words);
        assert_eq!(said.status, 0, "{line}: {}", said.err);
        said.out
    };
    for line in [
        "scrgadm -a -t ACME.queue -f /opt/ACMEqueue/etc/queue.1",
        "scrgadm -a -g q-rg -h Node1,Node2",
        "scrgadm -a -j q -g q-rg -t ACME.queue:1",
        "scswitch -Z -g q-rg",
    ] {
        typed(line);
    }

    let dir = far.site.dir.path().join("playbook");
    let upgrade = ["rt", "upgrade", far.site.profile.to_str().unwrap(), "--type", "ACME.queue"];
    let to = ["--to", "2", "--file", "/opt/ACMEqueue/etc/queue.2"];
    let form = ["--plan", "--format", "ansible", "--out", dir.to_str().unwrap()];
    let export = far.site.calha(&[&upgrade[..], &to, &form].concat());
    assert_eq!(export.status, 0, "{}", export.err);

    let home = tempfile::Builder::new().prefix("ca").tempdir_in("/tmp").unwrap();
    let calls = far.site.changing_calls();
    let (ok, looked) = plays(home.path(), &dir, &["--check"]);
    assert!(ok && looked.contains("type-register.1: would be done"), "{looked}");
    assert_eq!(far.site.changing_calls(), calls, "a run that only looks has changed something");
    let (ok, done) = plays(home.path(), &dir, &[]);
    assert!(ok, "{done}");
    assert_eq!(typed("scha_resource_get -O TYPE -R q"), "ACME.queue:2\n");
    assert_eq!(typed("scha_resource_get -O RESOURCE_STATE -R q"), "ONLINE\n");
    let calls = far.site.changing_calls();
    let (ok, again) = plays(home.path(), &dir, &[]);
    assert!(ok && changed(&again).iter().all(|n| *n == 0), "{again}");
    assert_eq!(far.site.changing_calls(), calls);
}
