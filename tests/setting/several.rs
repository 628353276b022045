//! Defaults of several instances: another one by hand is a table with three keys, and changes
//! nothing of those before it.

use std::collections::BTreeMap;
use std::path::Path;

use calha::profile;
use calha::setting::{Answers, resolve};

/// What an instance by hand has to have.
const THREE: &str = "block-device = \"/dev/md/walrus/dsk/d400\"\n\
                     logical-host = \"cal-host9\"\nlogical-host-address = \"192.0.2.19\"\n";

fn text(model: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(root.join(format!("profiles/{model}.toml"))).unwrap()
}

fn values(answers: &Answers) -> BTreeMap<String, String> {
    resolve(answers).unwrap_or_else(|problems| panic!("{problems:?}")).canonical()
}

/// The values of `instance`, as they are with another one called `name`, and Node5.
fn with_another(name: &str, nodes: &str) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    let before = text("n-plus-one");
    let after =
        before.replace("\"Node3\", \"Node4\"]", nodes) + &format!("[instance.{name}]\n{THREE}");
    (values(&profile::parse("site.toml", &before)), values(&profile::parse("site.toml", &after)))
}

#[test]
fn another_instance_is_a_table_with_three_keys() {
    for (name, nodes, port) in [
        ("cs4", "\"Node3\", \"Node5\", \"Node4\"]", "49997"),
        ("mail", "\"Node3\", \"Node5\", \"Node4\"]", "49997"),
    ] {
        let (before, after) = with_another(name, nodes);
        let capitals = name.to_uppercase();
        for (key, value) in [
            ("nodes", "[\"Node5\", \"Node4\"]"),
            ("install-root", "/opt/Node5"),
            ("var-dir", "/var/opt/Node5/SUNWics5"),
            ("share-dir", "/cal/Node5"),
            ("config-dir", "/cal/Node5/config"),
            ("resource-group", &format!("CAL-{capitals}-RG")),
            ("logical-host-resource", &format!("LOG-HOST-{capitals}-RS")),
            ("hasp-resource", &format!("CAL-HASP-{capitals}-RS")),
            ("service-resource", &format!("CAL-SVR-{capitals}-RS")),
            ("logical-host-fqdn", "cal-host9.example.com"),
            ("watcher-port", port),
        ] {
            assert_eq!(after[&format!("instance.{name}.{key}")], value, "{name}: {key}");
        }

        let changed: Vec<_> = before.iter().filter(|(key, was)| after[*key] != **was).collect();
        assert!(changed.iter().all(|(key, _)| *key == "cluster.nodes"), "{changed:?}");
    }
}

/// Whoever names the nodes of some instances leaves the others to those that are free.
#[test]
fn nodes_that_the_profile_gives_stand() {
    let given = "[instance.cs1]\nnodes = [\"Node3\", \"Node1\"]";
    let text = text("n-plus-one").replace("[instance.cs1]", given);
    let values = values(&profile::parse("site.toml", &text));
    assert_eq!(values["instance.cs2.nodes"], "[\"Node2\", \"Node1\"]");
    assert_eq!(values["instance.cs3.nodes"], "[\"Node4\", \"Node1\"]");
    assert_eq!(values["instance.cs3.share-dir"], "/cal/Node4");
}

#[test]
fn the_instances_of_the_symmetric_model_mirror_each_other() {
    let plain = text("symmetric");
    let turned = plain.replace("[instance.cs2]", "[instance.cs2]\nnodes = [\"Node1\", \"Node2\"]");
    for (text, first, second) in [(&plain, "Node1", "Node2"), (&turned, "Node2", "Node1")] {
        let values = values(&profile::parse("site.toml", text));
        assert_eq!(values["instance.cs1.nodes"], format!("[\"{first}\", \"{second}\"]"));
        assert_eq!(values["instance.cs2.nodes"], format!("[\"{second}\", \"{first}\"]"));
    }
}

/// One node too few is one problem.
#[test]
fn an_instance_without_a_node_is_one_problem() {
    let text = text("n-plus-one") + &format!("[instance.cs4]\n{THREE}");
    let problems = resolve(&profile::parse("site.toml", &text)).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].what.contains("names 4 node(s) for 4 instances"), "{problems:?}");
}

/// The asymmetric model keeps the names of table 6-5.
#[test]
fn one_instance_has_the_names_of_the_guide() {
    let values = values(&profile::parse("site.toml", &text("asymmetric")));
    assert_eq!(values["instance.cal.resource-group"], "CAL-RG");
    assert!(!values.contains_key("instance.cal.watcher-port"));
}
