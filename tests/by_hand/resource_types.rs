//! Resource types that are registered in several versions, in one, or under the bare name: a script
//! never picks one.

use std::path::Path;
use std::process::Command;

use calha::guide::Guide;
use calha::lab::Disk;
use calha::node::NodeName;
use calha::plan::{Script, scripts};

use super::{by_hand, handwork, lab, of_model, with};

const HASP: &str = "SUNW.HAStoragePlus";
const SCICS: &str = "SUNW.scics";
const ADDRESS: &str = "SUNW.LogicalHostname";

/// A registration file of a type with the properties that calha sets: without a version it is
/// registered bare.
fn file(full: &str) -> String {
    let (name, version) = full.split_once(':').unwrap_or((full, ""));
    let base = name.trim_start_matches("SUNW.");
    let mut text = format!("RESOURCE_TYPE = \"{base}\";\nVENDOR_ID = SUNW;\n");
    let declared = if version.is_empty() { "1" } else { version };
    text += &format!("RT_VERSION = \"{declared}\";\nRT_BASEDIR = /opt/SUNWscics/bin;\n");
    text += "START = start;\nSTOP = stop;\nFAILOVER = TRUE;\n";
    text += if version.is_empty() { "" } else { "#$upgrade\n" };
    text += if name == ADDRESS {
        "{ PROPERTY = HostnameList; EXTENSION; STRINGARRAY; TUNABLE = AT_CREATION; }\n\
         { PROPERTY = NetIfList; EXTENSION; STRINGARRAY; DEFAULT = \"\"; TUNABLE = ANYTIME; }\n"
    } else if name == HASP {
        "{ PROPERTY = FilesystemMountPoints; EXTENSION; STRINGARRAY; TUNABLE = WHEN_DISABLED; }\n\
         { PROPERTY = AffinityOn; EXTENSION; BOOLEAN; DEFAULT = TRUE; TUNABLE = WHEN_DISABLED; }\n"
    } else {
        "{ PROPERTY = ICS_serverroot; EXTENSION; STRING; TUNABLE = AT_CREATION; }\n"
    };
    text
}

fn register(lab: &Disk, full: &str) {
    let name = full.split(':').next().unwrap();
    let rtr = lab.root(&node()).join("var/tmp/rtr");
    std::fs::write(&rtr, file(full)).unwrap();
    let text =
        format!("\"$CALHA_LAB_ROOT\"/usr/cluster/bin/scrgadm -a -t {name} -f /var/tmp/rtr\n");
    let said = by_hand(lab, &node(), "/bin/sh", &text);
    assert!(said.status.success(), "{full}: {}", String::from_utf8_lossy(&said.stderr));
    std::fs::remove_file(rtr).unwrap();
}

fn node() -> NodeName {
    NodeName("Node1".into())
}

/// A lab in which these are registered.
fn having(model: &str, types: &[&str], dir: &Path) -> Disk {
    let lab = lab(&of_model(model, &[]), dir);
    types.iter().for_each(|full| register(&lab, full));
    lab
}

/// The status of a script and what it said, with looking only or not.
fn run(lab: &Disk, script: &Script, looks: bool) -> (Option<i32>, String) {
    let variables: &[(&str, &str)] = if looks { &[("CALHA_CHECK", "1")] } else { &[] };
    let output = with(lab, &script.node, "/bin/sh", &script.text, &[], variables);
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn a_script_that_meets_several_versions_of_a_type_changes_nothing() {
    let second = format!("{SCICS}:2");
    let third = format!("{HASP}:9");
    for (model, types, name, choice) in [
        ("asymmetric", [SCICS, &second], SCICS, "cluster.service-type=SUNW.scics:2"),
        ("symmetric", [SCICS, &second], SCICS, "cluster.service-type=SUNW.scics:2"),
        ("asymmetric", [HASP, &third], HASP, "cluster.hasp-type=SUNW.HAStoragePlus:9"),
        (
            "asymmetric",
            ["SUNW.HAStoragePlus:4", &third],
            HASP,
            "cluster.hasp-type=SUNW.HAStoragePlus:4",
        ),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let lab = having(model, &types, &dir.path().join("lab"));
        let before = lab.digest_all(&[]).unwrap();
        let question = format!("several versions of {name} are registered");
        // Whichever of them is begun with, and when it only looks: that it would not go on is a
        // finding.
        let all = scripts(&Guide::of(&of_model(model, &[]), model).unwrap());
        for (script, looks) in [(&all[0], false), (&all[0], true), (all.last().unwrap(), true)] {
            let (status, said) = run(&lab, script, looks);
            assert!(status == Some(3) && said.contains(&question), "{types:?}: {status:?} {said}");
        }
        assert_eq!(lab.digest_all(&[]).unwrap(), before, "{types:?}: something was changed");

        let chosen = Guide::of(&of_model(model, &[choice]), model).unwrap();
        let (status, said) = run(&lab, &scripts(&chosen)[0], true);
        assert!(status == Some(0) && !said.contains("several"), "{types:?}: {status:?} {said}");
    }
}

/// No setting says which version a logical host is made of; once it stands the script goes on.
#[test]
fn a_script_that_meets_several_versions_of_the_logical_host_begins_when_it_is_made() {
    let dir = tempfile::tempdir().unwrap();
    let lab = having("asymmetric", &["SUNW.LogicalHostname:9"], &dir.path().join("lab"));
    let before = lab.digest_all(&[]).unwrap();
    let resolved = of_model("asymmetric", &[]);
    let all = scripts(&Guide::of(&resolved, "asymmetric").unwrap());
    let (status, said) = run(&lab, &all[0], false);
    let question = "several versions of SUNW.LogicalHostname are registered";
    assert!(status == Some(3) && said.contains(question), "{status:?} {said}");
    assert_eq!(lab.digest_all(&[]).unwrap(), before, "something was changed");

    let instance = &resolved.settings.instances[0];
    let (host, group) = (&instance.logical_host, &instance.resource_group);
    let nodes: Vec<&str> = instance.nodes.iter().map(NodeName::as_str).collect();
    let bin = "\"$CALHA_LAB_ROOT\"/usr/cluster/bin/scrgadm";
    let text = format!(
        "{bin} -a -g {group} -h {}\n\
         {bin} -a -L -g {group} -l {} -j {} -y R_description='{}'\n",
        nodes.join(","),
        host.name,
        host.resource,
        host.description
    );
    let made = by_hand(&lab, &node(), "/bin/sh", &text);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let accepted = [("CALHA_CHECK", "1"), ("CALHA_ACCEPT", "group.not-ours resource.not-ours")];
    let output = with(&lab, &all[0].node, "/bin/sh", &all[0].text, &[], &accepted);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && !said.contains(question), "{said}");
}

#[test]
fn a_second_version_that_comes_between_two_scripts_stops_the_next() {
    let dir = tempfile::tempdir().unwrap();
    let lab = having("asymmetric", &[], &dir.path().join("lab"));
    let guide = Guide::of(&of_model("asymmetric", &[]), "asymmetric").unwrap();
    handwork(&lab, &guide);
    let all = scripts(&guide);
    assert_eq!(run(&lab, &all[0], false).0, Some(0));
    [SCICS, "SUNW.scics:2"].iter().for_each(|full| register(&lab, full));
    let before = lab.digest_all(&[]).unwrap();
    let output = with(&lab, &all[1].node, "/bin/sh", &all[1].text, &[&all[0].code], &[]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.code() == Some(3) && said.contains("several versions"), "{said}");
    assert_eq!(lab.digest_all(&[]).unwrap(), before, "something was changed");
}

#[test]
fn a_type_that_is_registered_once_is_used_as_it_is_named() {
    for types in [[HASP, SCICS], ["SUNW.HAStoragePlus:9", "SUNW.scics:2"]] {
        let dir = tempfile::tempdir().unwrap();
        let lab = having("asymmetric", &types, &dir.path().join("lab"));
        let guide = Guide::of(&of_model("asymmetric", &[]), "asymmetric").unwrap();
        handwork(&lab, &guide);
        let mut code = String::new();
        for script in scripts(&guide) {
            let output = with(&lab, &script.node, "/bin/sh", &script.text, &[&code], &[]);
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(output.status.success(), "{types:?}: {said}");
            code = script.code;
        }
        let cluster = lab.cluster().unwrap();
        for (resource, wanted) in [("CAL-HASP-RS", types[0]), ("CAL-SVR-RS", types[1])] {
            let used = cluster.resources.iter().find(|r| r.name == resource).unwrap();
            assert_eq!(used.type_name, wanted);
        }
    }
}

/// Ansible plays the printed scripts, so they ask the same there; and it fails by their status.
#[test]
fn the_exported_scripts_are_the_printed_ones() {
    let dir = tempfile::tempdir().unwrap();
    let profile = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles/asymmetric.toml");
    let output = Command::new(env!("CARGO_BIN_EXE_calha"))
        .args(["export", "ansible"])
        .arg(&profile)
        .arg(dir.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let guide = Guide::of(&of_model("asymmetric", &[]), "asymmetric").unwrap();
    let all = scripts(&guide);
    for script in &all {
        let file = dir.path().join("scripts").join(&script.name);
        assert_eq!(std::fs::read_to_string(file).unwrap(), script.text, "{}", script.name);
    }
    let playbook = std::fs::read_to_string(dir.path().join("site.yml")).unwrap();
    assert_eq!(playbook.matches("failed_when: calha.rc != 0").count(), all.len());
}
