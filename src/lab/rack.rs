//! The nodes of a lab in memory with the commands at work on them: all that survives when calha
//! is killed. A snapshot is a clone, so that a test can begin again at any moment. What a host
//! does with the rack is for `MemoryHost`.

use std::sync::{Arc, Mutex, PoisonError};

use super::Memory;
use crate::node::{Command, NodeName};

/// A command that a node has begun and not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    pub host: NodeName,
    /// The operation's files on the node.
    pub stem: String,
    pub command: Command,
    /// Whether somebody answers it: what it says stands on a terminal.
    pub attended: bool,
    /// What is asked once it has ended well.
    pub behind: Option<Command>,
}

/// Simulated nodes in memory, as calha works on them. A clone is a snapshot, commands at work
/// included.
#[derive(Clone, Debug)]
pub struct Rack {
    pub lab: Memory,
    pub running: Vec<Running>,
    /// Who sits at the terminal of programs that ask. Nobody: their input has ended.
    pub attendant: Option<Attendant>,
}

/// What somebody types at a program that asks, who was told this.
pub type Attendant = fn(&Command, &str) -> String;

/// Whoever wants to see the rack at each moment at which a kill would make a difference.
pub type Watch = Arc<dyn Fn(&str, &Rack) + Send + Sync>;

impl Rack {
    /// A rack with nothing at work.
    pub fn new(lab: Memory) -> Self {
        Self { lab, running: Vec::new(), attendant: None }
    }

    /// What the rack holds now.
    pub fn snapshot(rack: &Mutex<Self>) -> Self {
        rack.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
