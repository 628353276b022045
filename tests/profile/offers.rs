//! What is offered in an interview: what a node knows, and ids that are free.

use std::path::Path;

use calha::interview::{Interview, Known, KnownHost, Offer, Topic};
use calha::lab::{Memory, Personality, Rack};
use calha::node::Inspect as _;
use calha::setting::resolve;

use super::interview::name;

fn known() -> Known {
    let host = |address: &str, names: &[&str]| KnownHost {
        address: address.into(),
        names: names.iter().map(|n| (*n).to_owned()).collect(),
    };
    Known {
        node: "Node2".into(),
        cluster: Some("penguin".into()),
        nodes: vec!["Node1".into(), "Node2".into()],
        devices: vec![Offer::new("/dev/md/penguin/dsk/d400", "disk set penguin")],
        hosts: vec![
            host("192.0.2.1", &["Node1", "Node1.example.com"]),
            host("192.0.2.2", &["Node2", "Node2.example.com", "loghost"]),
            host("192.0.2.10", &["cal-host", "cal-host.example.com"]),
        ],
        users: [("root".into(), 0), ("icsuser".into(), 5001)].into(),
        groups: [("root".into(), 0)].into(),
        ..Known::default()
    }
}

#[test]
fn what_a_node_knows_is_not_asked() {
    let mut interview = Interview::default();
    let mut asked = Vec::new();
    while let Some(topic) = interview.next() {
        asked.push(name(&topic));
        if topic == Topic::Live {
            interview.answer(&topic, "Node2").unwrap();
            interview.learn(known());
            continue;
        }
        // An empty line, wherever it is taken.
        let first = if name(&topic) == "cluster.model" { "asymmetric" } else { "ldap" };
        let text = interview.presumed(&topic).unwrap_or_else(|| first.into());
        interview.answer(&topic, &text).unwrap_or_else(|p| panic!("{topic:?}: {p}"));
    }
    assert_eq!(
        asked,
        [
            "cluster.model",
            "a node to ask",
            "node 1",
            "instance.cal.block-device",
            "instance.cal.logical-host",
            "account.gid",
            "directory.host"
        ]
    );
    let resolved = resolve(interview.answers()).unwrap();
    let (uid, origin) = &resolved.values["account.uid"];
    assert_eq!(
        (uid.as_str(), origin.to_string().as_str()),
        ("5001", "read from Node2"),
        "the user is there with this id"
    );
    assert_eq!(resolved.values["account.gid"].0, "5002", "5001 is a user's id");
    assert_eq!(resolved.values["instance.cal.logical-host-address"].0, "192.0.2.10");
    let nodes: Vec<&str> = resolved.settings.cluster.nodes.iter().map(|n| n.as_str()).collect();
    assert_eq!(nodes, ["Node1", "Node2"]);
}

/// Where preflight and the accounts step ask: an id that only the name service has is not free.
#[test]
fn ids_are_offered_that_neither_files_nor_the_name_service_have() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles/asymmetric.toml");
    let set = ["account.uid=5001", "account.gid=5002"].map(String::from);
    let resolved = calha::profile::load(&file, &set).unwrap();
    let guide = calha::guide::Guide::of(&resolved, "cal").unwrap();
    let read = |personality| {
        let lab = Memory::on(personality, &resolved.settings);
        let (_, hosts) = Rack::new(lab).hosts(&guide.record, None);
        let host = hosts.iter().find(|h| h.name().as_str() == "Node1").unwrap();
        Known::read(host).unwrap()
    };
    let plain = read(Personality::Plain);
    assert_eq!((plain.free_id(), plain.users.get("icsuser")), (5001, None));
    let odd = read(Personality::Odd);
    assert_eq!(odd.users.get("icsuser"), Some(&5001));
    assert_eq!(odd.groups.get("icsgroup"), Some(&5002));
    assert_eq!(odd.free_id(), 5003);

    // A directory that lists nothing answers for an id by itself; a draft of before knows of none.
    let silent = Known { taken: [5001, 5003].into(), ..Known::default() };
    assert_eq!(silent.free_id(), 5002);
    let mut older = serde_json::to_value(Known::default()).unwrap();
    older.as_object_mut().unwrap().remove("taken");
    assert_eq!(serde_json::from_value::<Known>(older).unwrap(), Known::default());
}
