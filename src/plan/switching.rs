//! What of the states of groups and resources follows from the steps before, so that a plan says
//! whether a switch is to be made, and does not leave that open where it is certain. It asks no
//! node; what stands now, its caller has seen.

use std::collections::{BTreeMap, BTreeSet};

use crate::cluster::commands::{Subject, subject};
use crate::node::Command;
use crate::op::Reality;

/// What a switch comes to when its turn comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It is so now, and stays so.
    Holds,
    /// It is not so by then.
    Due,
    /// Only if this step has not brought it about.
    After(String),
    /// Nobody can tell before.
    Open,
}

/// What the steps so far do with the group of one instance.
#[derive(Default)]
struct Group {
    /// Whether a step makes it.
    is_new: bool,
    /// The step that brings it online wherever it wants, with the resources that it has then.
    brought: Option<String>,
    /// Resources that it gets later.
    later: BTreeSet<String>,
    /// The node that it was last sent to, and the step.
    sent: Option<(String, String)>,
}

/// What the steps so far do with each instance's group.
#[derive(Default)]
pub struct Switching(BTreeMap<Option<String>, Group>);

impl Switching {
    /// What becomes of a switch that is so now, or is not.
    pub fn turn(&self, instance: &Option<String>, command: &Command, now: &Reality) -> Turn {
        let nothing = Group::default();
        let group = self.0.get(instance).unwrap_or(&nothing);
        let otherwise = match now {
            Reality::Present => Turn::Holds,
            Reality::Absent => Turn::Due,
            Reality::Differs { .. } => Turn::Open,
        };

        match (target(command), subject(command)) {
            (Some(node), _) => match &group.sent {
                Some((there, _)) if *there != node => Turn::Due,
                Some((_, step)) => Turn::After(step.clone()),
                None => group.brought.clone().map_or(otherwise, Turn::After),
            },
            // Neither is a new group managed, nor a new resource enabled.
            (None, Some(Subject::Group(_))) if group.is_new && group.brought.is_none() => Turn::Due,
            (None, Some(Subject::Resource(resource))) if group.later.contains(&resource) => {
                Turn::Due
            }
            (None, Some(Subject::Resource(_))) if *now != Reality::Present => {
                group.brought.clone().map_or(otherwise, Turn::After)
            }
            _ => otherwise,
        }
    }

    /// Takes in a command of a step; `is_due`: it is going to be carried out.
    pub fn take(&mut self, instance: &Option<String>, step: &str, command: &Command, is_due: bool) {
        let group = self.0.entry(instance.clone()).or_default();
        let has = |word: &str| command.args.iter().any(|arg| arg == word);
        match (target(command), subject(command)) {
            (Some(node), _) => group.sent = Some((node, step.to_owned())),
            (None, Some(Subject::Group(_))) if has("-Z") && is_due => {
                group.brought = Some(step.to_owned());
                group.later.clear();
                group.sent = None;
            }
            (None, Some(_)) if has("-a") && is_due => {
                let at = command.args.iter().position(|arg| arg == "-j");
                group.is_new |= at.is_none();
                group.later.extend(at.and_then(|at| command.args.get(at + 1)).cloned());
            }
            _ => {}
        }
    }
}

/// The node that a switch sends its group to.
fn target(command: &Command) -> Option<String> {
    let words: Vec<&str> = command.args.iter().map(String::as_str).collect();
    match words[..] {
        ["-z", "-g", _, "-h", node] => Some(node.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::commands;
    use crate::node::NodeName;

    fn to(node: &str) -> Command {
        commands::switch_to("CAL-RG", [&NodeName(node.into())])
    }

    #[test]
    fn a_switch_is_left_open_only_where_an_earlier_one_may_have_made_it() {
        let (absent, present) = (Reality::Absent, Reality::Present);
        let mut switching = Switching::default();
        assert_eq!(switching.turn(&None, &to("Node1"), &present), Turn::Holds);
        assert_eq!(switching.turn(&None, &to("Node1"), &absent), Turn::Due);
        assert_eq!(switching.turn(&None, &commands::bring_online("CAL-RG"), &absent), Turn::Due);

        // Of a group that is not there yet nobody says that it is unmanaged.
        switching.take(&None, "group", &commands::create_group("CAL-RG", &[]), true);
        assert_eq!(switching.turn(&None, &commands::bring_online("CAL-RG"), &present), Turn::Due);

        let add = commands::add_resource("NEW-RS", "CAL-RG", "SUNW.scics", &[]);
        switching.take(&None, "online", &commands::bring_online("CAL-RG"), true);
        switching.take(&None, "resource", &add, true);
        let after = |step: &str| Turn::After(step.to_owned());
        assert_eq!(switching.turn(&None, &to("Node1"), &absent), after("online"));
        assert_eq!(switching.turn(&None, &commands::enable("OLD-RS"), &absent), after("online"));
        assert_eq!(switching.turn(&None, &commands::enable("NEW-RS"), &absent), Turn::Due);

        switching.take(&None, "hold", &to("Node1"), true);
        assert_eq!(switching.turn(&None, &to("Node2"), &absent), Turn::Due);
        switching.take(&None, "away", &to("Node2"), true);
        // It is there now, and will not be by then.
        assert_eq!(switching.turn(&None, &to("Node1"), &present), Turn::Due);
        // Another instance's group goes its own way.
        assert_eq!(switching.turn(&Some("cs2".into()), &to("Node1"), &present), Turn::Holds);
    }
}
