//! What the cluster is asked: the scha_*_get(1HA) programs, which every release has, and where
//! these do not tell it, scstat(1M), scrgadm(1M) and scinstall(1M). Each function gives the command
//! that asks, and says what it prints.

use crate::node::{Command, NodeName};

fn of_resource(tag: &str, resource: &str, rest: &[&str]) -> Command {
    let words = ["-O", tag, "-R", resource];
    Command::new(program!("scha_resource_get"), words.iter().chain(rest).copied())
}

fn of_group(tag: &str, group: &str, rest: &[&str]) -> Command {
    let words = ["-O", tag, "-G", group];
    Command::new(program!("scha_resourcegroup_get"), words.iter().chain(rest).copied())
}

fn of_cluster(words: &[&str]) -> Command {
    Command::new(program!("scha_cluster_get"), ["-O"].iter().chain(words).copied())
}

// The cluster.

/// Its name.
pub fn cluster_name() -> Command {
    of_cluster(&["CLUSTERNAME"])
}

/// The name that it has for the node which is asked.
pub fn local_node() -> Command {
    of_cluster(&["NODENAME_LOCAL"])
}

/// Its members, one a line.
pub fn nodes() -> Command {
    of_cluster(&["ALL_NODENAMES"])
}

/// Whether a member is up, as its `NodeState`.
pub fn node_state(node: &NodeName) -> Command {
    of_cluster(&["NODESTATE_NODE", node.as_str()])
}

/// All groups, one a line.
pub fn groups() -> Command {
    of_cluster(&["ALL_RESOURCEGROUPS"])
}

/// The full names of all registered types. `scha_resourcetype_get -T` would answer the name without
/// a version only for a type that was registered without one.
pub fn registered_types() -> Command {
    of_cluster(&["ALL_RESOURCETYPES"])
}

/// For `Release::parse`.
pub fn release() -> Command {
    Command::new(program!("scinstall"), ["-p"])
}

/// For `Quorum::parse`.
pub fn quorum() -> Command {
    Command::new(program!("scstat"), ["-q"])
}

/// For `Multipathing::parse`.
pub fn adapters() -> Command {
    Command::new(program!("scstat"), ["-i"])
}

/// Device groups and where they are; the layout differs between releases.
pub fn device_groups() -> Command {
    Command::new(program!("scstat"), ["-D"])
}

/// How groups and resources stand, for people.
pub fn group_table() -> Command {
    Command::new(program!("scstat"), ["-g"])
}

/// How everything stands, for people.
pub fn whole_state() -> Command {
    Command::new(program!("scstat"), [""; 0])
}

/// Everything that is configured, for people.
pub fn configuration() -> Command {
    Command::new(program!("scrgadm"), ["-pvv"])
}

// Groups.

/// Its nodes in the order of preference, one a line.
pub fn group_nodes(group: &str) -> Command {
    of_group("NODELIST", group, &[])
}

/// Its resources, one a line.
pub fn group_resources(group: &str) -> Command {
    of_group("RESOURCE_LIST", group, &[])
}

/// Its `GroupState` on a node.
pub fn group_state(group: &str, node: &NodeName) -> Command {
    of_group("RG_STATE_NODE", group, &[node.as_str()])
}

// Resources.

/// The group that it is in; fails where there is no such resource.
pub fn group_of(resource: &str) -> Command {
    of_resource("GROUP", resource, &[])
}

/// The full name of its type.
pub fn type_of(resource: &str) -> Command {
    of_resource("TYPE", resource, &[])
}

/// The same by the word that the guide writes.
pub fn type_as_in_the_guide(resource: &str) -> Command {
    of_resource("Type", resource, &[])
}

/// Its `ResourceState` on a node.
pub fn resource_state(resource: &str, node: &NodeName) -> Command {
    of_resource("RESOURCE_STATE_NODE", resource, &[node.as_str()])
}

/// What the monitor of a resource tells on a node: a keyword, and behind it a text for people.
pub fn resource_status(resource: &str, node: &NodeName) -> Command {
    of_resource("STATUS_NODE", resource, &[node.as_str()])
}

/// Whether the cluster is to run it, as a `Switch`.
pub fn switch(resource: &str) -> Command {
    of_resource("ON_OFF_SWITCH", resource, &[])
}

/// Whether the cluster is to watch it, as a `Switch`.
pub fn monitor_switch(resource: &str) -> Command {
    of_resource("MONITORED_SWITCH", resource, &[])
}

/// A property that every resource has, by its name in whatever case; each value on a line.
pub fn property(resource: &str, name: &str) -> Command {
    of_resource(&name.to_uppercase(), resource, &[])
}

/// The resources that it depends on, one a line.
pub fn dependencies(resource: &str, group: &str) -> Command {
    of_resource("RESOURCE_DEPENDENCIES", resource, &["-G", group])
}

/// The names of its extension properties, one a line.
pub fn extensions(resource: &str) -> Command {
    of_resource("ALL_EXTENSIONS", resource, &[])
}

/// An extension property: what kind it is, then each value on a line.
pub fn extension(resource: &str, name: &str) -> Command {
    of_resource("EXTENSION", resource, &[name])
}

/// The same, named with its group.
pub fn extension_in(resource: &str, group: &str, name: &str) -> Command {
    of_resource("EXTENSION", resource, &["-G", group, name])
}

/// What [`extension`] prints of a list with these values.
pub fn list_of_values<'v>(values: impl IntoIterator<Item = &'v str>) -> String {
    let lines: Vec<&str> = ["STRINGARRAY"].into_iter().chain(values).collect();
    lines.join("\n")
}

// Types.

/// The version that a type was registered with.
pub fn type_version(full: &str) -> Command {
    type_property(full, "RT_VERSION")
}

/// Whether a type is protected from being unregistered: TRUE or FALSE.
pub fn type_is_system(full: &str) -> Command {
    type_property(full, "RT_SYSTEM")
}

/// A property of a type, or the path of one of its methods.
pub fn type_property(full: &str, tag: &str) -> Command {
    Command::new(program!("scha_resourcetype_get"), ["-O", tag, "-T", full])
}
