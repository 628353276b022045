//! What the cluster is told: scrgadm(1M) for its configuration, scswitch(1M) for its states.
//!
//! Each function names what is to come about and gives the command that does it. A command is made
//! of settings alone and is compared with what a journal holds, so its words and their order stay.

use super::Property;
use crate::node::{Command, NodeName};

const SCRGADM: &str = program!("scrgadm");

fn scrgadm<'w>(words: impl IntoIterator<Item = &'w str>) -> Command {
    Command::new(SCRGADM, words)
}

/// Whether a command brings a group or a resource to a state: another command may have done so.
pub fn is_switch(command: &Command) -> bool {
    command.program.as_str() == program!("scswitch")
}

fn scswitch<'w>(words: impl IntoIterator<Item = &'w str>) -> Command {
    Command::new(program!("scswitch"), words)
}

fn joined<'n>(nodes: impl IntoIterator<Item = &'n NodeName>) -> String {
    nodes.into_iter().map(NodeName::as_str).collect::<Vec<_>>().join(",")
}

fn set(mut command: Command, properties: &[Property]) -> Command {
    command.args.extend(properties.iter().flat_map(Property::words));
    command
}

// Groups.

/// A group on these nodes, the preferred first.
pub fn create_group(group: &str, nodes: &[NodeName]) -> Command {
    scrgadm(["-a", "-g", group, "-h", &joined(nodes)])
}

pub fn remove_group(group: &str) -> Command {
    scrgadm(["-r", "-g", group])
}

/// The group online on these nodes; one, but for a scalable group.
pub fn switch_to<'n>(group: &str, nodes: impl IntoIterator<Item = &'n NodeName>) -> Command {
    scswitch(["-z", "-g", group, "-h", &joined(nodes)])
}

/// The group managed, its resources enabled, and online.
pub fn bring_online(group: &str) -> Command {
    scswitch(["-Z", "-g", group])
}

pub fn take_offline(group: &str) -> Command {
    scswitch(["-F", "-g", group])
}

pub fn manage(group: &str) -> Command {
    scswitch(["-o", "-g", group])
}

pub fn unmanage(group: &str) -> Command {
    scswitch(["-u", "-g", group])
}

/// The group offline and online again on a node.
pub fn restart_group(group: &str, node: &NodeName) -> Command {
    scswitch(["-R", "-h", node.as_str(), "-g", group])
}

/// The group as it stands: the cluster brings it up or down no further, also where it would go on
/// trying.
pub fn quiesce(group: &str) -> Command {
    scswitch(["-Q", "-g", group])
}

// Resources.

/// A resource that brings the address of a host name up with its group. `adapters`: the groups of
/// adapters to use, where the cluster is not to choose.
pub fn add_logical_host(
    resource: &str,
    group: &str,
    host: &str,
    adapters: Option<&str>,
    properties: &[Property],
) -> Command {
    let mut words = vec!["-a", "-L", "-g", group, "-l", host, "-j", resource];
    words.extend(adapters.into_iter().flat_map(|list| ["-n", list]));
    set(scrgadm(words), properties)
}

/// A resource of a registered type.
pub fn add_resource(
    resource: &str,
    group: &str,
    of_type: &str,
    properties: &[Property],
) -> Command {
    set(scrgadm(["-a", "-j", resource, "-g", group, "-t", of_type]), properties)
}

pub fn change_resource(resource: &str, properties: &[Property]) -> Command {
    set(scrgadm(["-c", "-j", resource]), properties)
}

pub fn remove_resource(resource: &str) -> Command {
    scrgadm(["-r", "-j", resource])
}

/// Enables a resource: `scswitch -e`, never `scrgadm -e` (E34).
pub fn enable(resource: &str) -> Command {
    scswitch(["-e", "-j", resource])
}

/// Disables a resource, or several with a comma between them: the dependents first.
pub fn disable(resource: &str) -> Command {
    scswitch(["-n", "-j", resource])
}

/// Whether the cluster watches a resource.
pub fn watch(resource: &str, on: bool) -> Command {
    scswitch([if on { "-e" } else { "-n" }, "-M", "-j", resource])
}

/// Says that nothing of a resource runs any more whose stop method has failed.
pub fn clear_stop_failed(resource: &str, node: &NodeName) -> Command {
    scswitch(["-c", "-h", node.as_str(), "-j", resource, "-f", "STOP_FAILED"])
}

// Types.

/// The type of this name, from the registration file of the same name.
pub fn register_type(name: &str) -> Command {
    scrgadm(["-a", "-t", name])
}

/// A version of a type, from its own file. On these nodes; none: on all.
pub fn register_version(name: &str, file: &str, nodes: &[NodeName]) -> Command {
    let list = joined(nodes);
    let mut words = vec!["-a", "-t", name, "-f", file];
    if !nodes.is_empty() {
        words.extend(["-h", &list]);
    }
    scrgadm(words)
}

/// The type of this full name is not registered any more.
pub fn unregister_type(full: &str) -> Command {
    scrgadm(["-r", "-t", full])
}

pub fn change_type(full: &str, properties: &[Property]) -> Command {
    set(scrgadm(["-c", "-t", full]), properties)
}

// What a command says, read again from a journal.

/// The type that a command unregisters.
pub fn unregisters(command: &Command) -> Option<&str> {
    match command.args.as_slice() {
        [remove, of_type, name] if remove == "-r" && of_type == "-t" => {
            (command.program.as_str() == SCRGADM).then_some(name.as_str())
        }
        _ => None,
    }
}

/// A command that makes a resource, with the type named without a version.
pub fn without_version(mut command: Command) -> Command {
    let makes = command.program.as_str() == SCRGADM && command.args.iter().any(|a| a == "-j");
    let at = command.args.iter().position(|a| a == "-t").filter(|_| makes);

    if let Some(full) = at.and_then(|at| command.args.get_mut(at + 1))
        && let Some((name, _)) = full.split_once(':')
    {
        *full = name.to_owned();
    }
    command
}

/// What a command is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    Group(String),
    Resource(String),
}

/// The node that a command brings a group to: one, and no other will do.
pub fn destination(command: &Command) -> Option<NodeName> {
    match command.args.as_slice() {
        [to, group, _, on, node] if to == "-z" && group == "-g" && on == "-h" => {
            (is_switch(command) && !node.contains(',')).then(|| NodeName(node.clone()))
        }
        _ => None,
    }
}

/// The group or the resource that a command of the cluster names.
pub fn subject(command: &Command) -> Option<Subject> {
    let behind = |option: &str| {
        let at = command.args.iter().position(|a| a == option)?;
        command.args.get(at + 1).cloned()
    };
    if !super::is_command(command) {
        return None;
    }
    behind("-g").map(Subject::Group).or_else(|| behind("-j").map(Subject::Resource))
}
