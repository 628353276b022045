//! What to type next: commands that work as they are printed, each with the node that it is typed
//! on, and what no command does before them. What asks for it is another's affair.

use serde::Serialize;

use crate::node::NodeName;
use crate::problem::{Ending, Problem};
use crate::step::Remedy;

/// What to do next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Next {
    /// What no command does.
    pub first: Option<String>,
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
        Self { first: Some(what.into()), ..Self::default() }
    }

    /// A command on a node.
    pub fn on(node: &NodeName, command: impl Into<String>) -> Self {
        Self::default().then_on(node, command)
    }

    /// The same, and a command on this machine.
    pub fn then(mut self, command: impl Into<String>) -> Self {
        self.commands.push(Typed { node: None, command: command.into() });
        self
    }

    /// The same, and a command on a node.
    pub fn then_on(mut self, node: &NodeName, command: impl Into<String>) -> Self {
        self.commands.push(Typed { node: Some(node.clone()), command: command.into() });
        self
    }

    /// The way out of a failed method; `restart` is calha's own command that starts a service.
    pub fn of_remedy(remedy: &Remedy, restart: impl FnOnce(&str) -> String) -> Self {
        let first = format!("{}: read {}", remedy.first, remedy.logs.join(", "));
        match &remedy.restart {
            Some(instance) => Self::first(first).then(restart(instance)),
            None => {
                let of = |command: &String| Typed {
                    node: remedy.node.clone(),
                    command: command.clone(),
                };
                Self { first: Some(first), commands: remedy.commands.iter().map(of).collect() }
            }
        }
    }

    /// What a problem's hint says; nothing where it ends in no command.
    pub fn of_problem(problem: &Problem) -> Option<Self> {
        let Ending { before, command, is_on_its_node } = problem.command()?;
        let node = problem.node.as_deref().map(|node| NodeName(node.to_owned()));
        let before = before.trim_end_matches([',', ';', ':', ' ']);
        let typed = Typed { node: node.filter(|_| is_on_its_node), command: command.to_owned() };
        let first = Some(before.to_owned()).filter(|before| !before.is_empty());
        Some(Self { first, commands: vec![typed] })
    }

    /// In one line.
    pub fn told(&self) -> String {
        let commands: Vec<String> = self.commands.iter().map(Typed::told).collect();
        match &self.first {
            Some(first) if commands.is_empty() => first.clone(),
            Some(first) => format!("{first}{} {}", joint(first), commands.join("; ")),
            None => commands.join("; "),
        }
    }
}

/// What stands between what is done first and what is typed. Of two ways out the command is the
/// second: whoever takes the first must not type it, too.
pub fn joint(first: &str) -> &'static str {
    let is_choice = [", or, ", "; otherwise "].iter().any(|word| first.contains(word));
    if is_choice { ":" } else { "; then type" }
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
