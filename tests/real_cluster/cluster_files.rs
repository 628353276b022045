//! The files with which Corosync and Pacemaker begin on each node: members, and a cluster that
//! fences, without resources.

use std::fmt::Write;

/// The address of a node on the rack's switch. Logical hosts have 192.0.2.10 and what follows.
pub fn address(node: &str) -> String {
    let number = node.trim_start_matches(|c: char| !c.is_ascii_digit());
    format!("192.0.2.10{number}")
}

pub fn hosts(nodes: &[String]) -> String {
    let mut text = "127.0.0.1 localhost\n".to_owned();
    for node in nodes {
        writeln!(text, "{} {node}", address(node)).unwrap();
    }
    text
}

/// corosync.conf(5). Real-time scheduling and control groups are the machine's affair.
pub fn corosync(nodes: &[String]) -> String {
    // As a quorum disk does it, for nodes that fail one after the other.
    let survive = match nodes.len() {
        2 => "  two_node: 1\n",
        _ => "  last_man_standing: 1\n  last_man_standing_window: 1000\n",
    };
    let mut text = format!(
        "totem {{\n  version: 2\n  cluster_name: calendar-cluster\n  transport: knet\n  \
         crypto_cipher: none\n  crypto_hash: none\n  token: 1000\n}}\n\
         system {{\n  sched_rr: no\n  move_to_root_cgroup: no\n}}\n\
         logging {{\n  to_stderr: yes\n  to_syslog: no\n}}\n\
         quorum {{\n  provider: corosync_votequorum\n{survive}}}\nnodelist {{\n"
    );
    for (at, node) in nodes.iter().enumerate() {
        let address = address(node);
        writeln!(
            text,
            "  node {{\n    name: {node}\n    nodeid: {}\n    ring0_addr: {address}\n  }}",
            at + 1
        )
        .unwrap();
    }
    text + "}\n"
}

/// The first configuration of the cluster. Nodes that lose each other shoot at the same time: the
/// longer the delay of a node, the later it is shot, so the last one wins.
pub fn cib(nodes: &[String]) -> String {
    let delays: Vec<String> =
        nodes.iter().enumerate().map(|(at, node)| format!("{node}:{}s", 2 * at)).collect();
    let property = |name: &str, value: &str| {
        format!("<nvpair id=\"site-{name}\" name=\"{name}\" value=\"{value}\"/>\n")
    };
    format!(
        "<cib crm_feature_set=\"3.0.14\" validate-with=\"pacemaker-3.0\" epoch=\"1\" \
         num_updates=\"0\" admin_epoch=\"0\">\n<configuration><crm_config>\n\
         <cluster_property_set id=\"site\">\n{}{}{}</cluster_property_set></crm_config><nodes/>\n\
         <resources><primitive id=\"fence\" class=\"stonith\" type=\"fence_rack\">\n\
         <instance_attributes id=\"fence-attributes\">\n\
         <nvpair id=\"fence-delay\" name=\"pcmk_delay_base\" value=\"{}\"/>\n\
         </instance_attributes></primitive></resources>\n\
         <constraints/></configuration><status/></cib>\n",
        property("dc-deadtime", "2s"),
        property("stonith-enabled", "true"),
        property("stonith-action", "off"),
        delays.join(";"),
    )
}
