//! What to type next: commands that work as they are printed, each with the node that it is typed
//! on, and what no command does before them. What asks for it is another's affair.

use serde::Serialize;

use crate::node::NodeName;
use crate::problem::{Ending, Problem, WayOut};
use crate::step::Remedy;

/// What to do next, in one way, or in one of several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Next(pub Vec<Way>);

/// One way: what no command does, and then the commands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// What no command does; of a second way, what its commands are for.
    pub what: Option<String>,
    /// In this order.
    pub commands: Vec<Typed>,
}

/// A command to type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Typed {
    /// The node that it is typed on; none: this machine.
    pub node: Option<NodeName>,
    pub command: String,
}

impl Next {
    /// A command on this machine.
    pub fn typed(command: impl Into<String>) -> Self {
        Self::default().then(command)
    }

    /// What no command does.
    pub fn first(what: impl Into<String>) -> Self {
        Self(vec![Way { what: Some(what.into()), commands: Vec::new() }])
    }

    /// A command on a node.
    pub fn on(node: &NodeName, command: impl Into<String>) -> Self {
        Self::default().then_on(node, command)
    }

    /// The same, and a command on this machine.
    pub fn then(self, command: impl Into<String>) -> Self {
        self.then_typed(Typed { node: None, command: command.into() })
    }

    /// The same, and a command on a node.
    pub fn then_on(self, node: &NodeName, command: impl Into<String>) -> Self {
        self.then_typed(Typed { node: Some(node.clone()), command: command.into() })
    }

    /// The same, or else another way; the commands that follow are its own.
    pub fn or(mut self, what: impl Into<String>) -> Self {
        self.0.push(Way { what: Some(what.into()), commands: Vec::new() });
        self
    }

    fn then_typed(mut self, typed: Typed) -> Self {
        match self.0.last_mut() {
            Some(way) => way.commands.push(typed),
            None => self.0.push(Way { what: None, commands: vec![typed] }),
        }
        self
    }

    /// The way out of a failed method; `restart` is calha's own command that starts a service.
    pub fn of_remedy(remedy: &Remedy, restart: impl FnOnce(&str) -> String) -> Self {
        let first = Self::first(format!("{}: read {}", remedy.first, remedy.logs.join(", ")));
        match &remedy.restart {
            Some(instance) => first.then(restart(instance)),
            None => {
                let of = |command: &String| Typed {
                    node: remedy.node.clone(),
                    command: command.clone(),
                };
                remedy.commands.iter().map(of).fold(first, Self::then_typed)
            }
        }
    }

    /// What a problem's hint says; nothing where it ends in no command.
    pub fn of_problem(problem: &Problem) -> Option<Self> {
        let node = problem.node.as_deref().map(|node| NodeName(node.to_owned()));
        if let Some(ways) = &problem.ways {
            let of = |way: &WayOut| Way {
                what: Some(way.what.clone()),
                commands: way
                    .command
                    .iter()
                    .map(|command| Typed {
                        node: node.clone().filter(|_| way.is_on_its_node),
                        command: command.clone(),
                    })
                    .collect(),
            };
            return Some(Self(ways.iter().map(of).collect()));
        }

        let Ending { before, command, is_on_its_node } = problem.command()?;
        let before = before.trim_end_matches([',', ';', ':', ' ']);
        let typed = Typed { node: node.filter(|_| is_on_its_node), command: command.to_owned() };
        let what = Some(before.to_owned()).filter(|before| !before.is_empty());
        Some(Self(vec![Way { what, commands: vec![typed] }]))
    }

    /// All commands, in their order.
    pub fn commands(&self) -> impl Iterator<Item = &Typed> {
        self.0.iter().flat_map(|way| &way.commands)
    }

    /// In one line.
    pub fn told(&self) -> String {
        self.told_by(|way, before| {
            let commands: Vec<String> = way.commands.iter().map(Typed::told).collect();
            let blank = if before.is_empty() || commands.is_empty() { "" } else { " " };
            format!("{before}{blank}{}", commands.join("; "))
        })
        .join("; ")
    }

    /// Each way as `tell` has it, which is given what stands before its commands. What is done
    /// first and what is typed then are told apart from several ways, each with its commands.
    pub fn told_by<T>(&self, tell: impl Fn(&Way, String) -> T) -> Vec<T> {
        let joint = if self.0.len() > 1 { ":" } else { "; then type" };
        let before = |way: &Way| match &way.what {
            Some(what) if way.commands.is_empty() => what.clone(),
            Some(what) => format!("{what}{joint}"),
            None => String::new(),
        };
        self.0.iter().map(|way| tell(way, before(way))).collect()
    }
}

impl Typed {
    /// As it is printed: "on Node1: /usr/sbin/umount /cal".
    pub fn told(&self) -> String {
        match &self.node {
            Some(node) => format!("on {node}: {}", self.command),
            None => self.command.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::codes;

    #[test]
    fn of_two_ways_the_commands_of_one_do_not_follow_the_other() {
        // Words that join sentences decide nothing.
        let one = Next::first("see, or, look at it; otherwise wait").then("calha verify p");
        assert_eq!(one.told(), "see, or, look at it; otherwise wait; then type calha verify p");

        let two = Next::first("nothing").or("to go forward again").then("calha install p");
        assert_eq!(two.told(), "nothing; to go forward again: calha install p");

        let away = WayOut::on_its_node("otherwise remove it", "rm x".to_owned());
        let problem = Problem::new(codes::VFSTAB_OTHER_ENTRY, "another entry").on("Node1");
        let problem = problem.choice([WayOut::by_hand("keep it"), away]);
        assert_eq!(
            problem.remedy.as_deref(),
            Some("keep it; otherwise remove it, on this node: rm x")
        );
        let next = Next::of_problem(&problem).unwrap();
        assert_eq!(next.told(), "keep it; otherwise remove it: on Node1: rm x");
        assert_eq!(next.commands().count(), 1);
    }
}
