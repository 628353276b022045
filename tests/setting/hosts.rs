//! Names, addresses and connections of nodes and hosts: what is taken and what is refused.

use calha::setting::{Answers, Value, reached};

use super::values::{refused, text, with};

/// What somebody types behind ssh is no name of a node, and each part has its place.
#[test]
fn a_node_is_named_without_domain_user_or_address() {
    let nodes = |name: &str| Value::texts([name, "Node2"]);
    refused("cluster.nodes", nodes("node1.example.com"), "setting.name", "dot, 'node1'");
    refused("cluster.nodes", nodes("root@node1"), "setting.name", "write 'node1'; user and host");
    refused("cluster.nodes", nodes("root@node1.example.com"), "setting.name", "has a user");
    for address in ["192.0.2.1", "root@192.0.2.1", "2001:db8::1", "[2001:db8::1]"] {
        refused("cluster.nodes", nodes(address), "setting.name", "is an address, not a name");
    }

    for typed in ["node1.example.com", "root@node1", "192.0.2.1", "", "node 1"] {
        let problem = reached(&Answers::new(), typed).expect_err(typed);
        assert_eq!(problem.code, "setting.name", "{problem}");
        assert!(problem.remedy.is_some(), "{problem}");
    }
}

#[test]
fn addresses_are_checked_octet_by_octet() {
    let key = "instance.cal.logical-host-address";
    refused(
        key,
        Value::text("123.45.67.890"),
        "setting.address",
        "octet 4 is 890, more than 255 (E20)",
    );
    refused(key, Value::text("123.321.12.2"), "setting.address", "octet 2 is 321");
    for bad in [
        "0.0.0.0",
        "127.0.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.",
        "1.2.3.04",
        "a.b.c.d",
        "::1",
        "1.2.3.4 ",
        "",
    ] {
        refused(key, Value::text(bad), "setting.address", "");
    }
    text(key, "10.0.0.1").expect("an address");
}

#[test]
fn names_of_resources_are_not_names_of_hosts() {
    for key in ["resource-group", "logical-host-resource", "hasp-resource", "service-resource"] {
        let key = format!("instance.cal.{key}");
        refused(&key, Value::text("cal.example.com"), "setting.name", "E18");
        for bad in ["1CAL", "-CAL", "_CAL", "CAL RG", "CAL;RG", "CAL,RG", "CÁL", ""] {
            refused(&key, Value::text(bad), "setting.name", "");
        }
        refused(&key, Value::text("x".repeat(256)), "setting.name", "255");
    }
    refused("instance.cal.hasp-resource", Value::text("CAL-SVR-RS"), "setting.conflict", "also");
    refused(
        "instance.cal.hasp-resource",
        Value::text("cal-svr-rs"),
        "setting.conflict",
        "upper and lower case",
    );
}

#[test]
fn hosts_and_nodes_have_legal_and_different_names() {
    refused("instance.cal.logical-host", Value::text("cal.example.com"), "setting.name", "'cal'");
    refused("instance.cal.logical-host", Value::text("node2"), "setting.conflict", "Node2");
    refused(
        "instance.cal.logical-host-fqdn",
        Value::text("cal-host"),
        "setting.name",
        "fully qualified",
    );
    refused(
        "instance.cal.logical-host-fqdn",
        Value::text("node1.example.com"),
        "setting.conflict",
        "Node1",
    );
    for bad in [
        "cal_host.example.com",
        "-cal.example.com",
        "cal..com",
        "cal.example.com.",
        "cal.example.123",
        "cal host.com",
        "cal$.com",
    ] {
        refused("instance.cal.logical-host-fqdn", Value::text(bad), "setting.name", "");
    }
    text("instance.cal.logical-host-fqdn", "calendar.example.com")
        .expect("its first label need not be the short name");
    refused("cluster.nodes", Value::texts(["Node1", "node1"]), "setting.conflict", "E28");
    refused("cluster.nodes", Value::texts(["Node1"]), "setting.incomplete", "two");
    refused("cluster.nodes", Value::texts(["a", "b", "c"]), "setting.conflict", "3 node(s)");
    refused("cluster.nodes", Value::texts(["a", "b;c"]), "setting.name", "b;c");
    refused("cluster.nodes", Value::text("Node1,Node2"), "setting.type", "list");
    refused("cluster.nodes", Value::List(vec![Value::Integer(1)]), "setting.type", "an integer");
    refused("cluster.nodes", Value::List(Vec::new()), "setting.name", "empty");
}

#[test]
fn each_node_is_reached_in_its_own_way() {
    refused(
        "node.Node2.connection",
        Value::Table([("ssh".to_string(), Value::text("Node1"))].into()),
        "setting.conflict",
        "same machine",
    );
    refused("node.node2.connection", Value::text("ssh"), "setting.unknown", "write Node2");
    refused("node.Node9.connection", Value::text("ssh"), "setting.unknown", "Node1, Node2");
    for bad in [
        Value::text("telnet"),
        Value::Integer(1),
        Value::Table([].into()),
        Value::Table([("ssh".to_string(), Value::text("-oProxyCommand=x"))].into()),
        Value::Table(
            [("ssh".to_string(), Value::text("a")), ("port".to_string(), Value::Integer(22))]
                .into(),
        ),
        Value::Table(
            [
                ("ssh".to_string(), Value::text("a")),
                ("options".to_string(), Value::List(vec![Value::Integer(22)])),
            ]
            .into(),
        ),
        Value::Table([("command".to_string(), Value::List(Vec::new()))].into()),
        Value::Table(
            [("ssh".to_string(), Value::text("a")), ("command".to_string(), Value::texts(["a"]))]
                .into(),
        ),
    ] {
        assert!(with(&[("node.Node1.connection", bad.clone())]).is_err(), "{bad:?} was taken");
    }
}
