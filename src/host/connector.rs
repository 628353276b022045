//! How to reach the shell of a node: a program on this machine, ssh or the shell of a simulated
//! node, with its arguments and environment. It describes and builds the process, and starts
//! nothing: `Line` and `terminal` do.

use std::path::Path;
use std::process::Command;

use super::Becoming;
use crate::node::{HostError, NodeName};

/// What is said of something that a connection names.
pub const GONE: &str = ", which is not on this machine";

/// A program on this machine that gives a shell on its standard input and output.
///
/// `ssh -T node exec env LC_ALL=C /bin/sh`, the shell of a simulated node, or anything else that
/// behaves so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connector {
    /// The node it leads to.
    pub node: NodeName,
    /// Program and arguments.
    pub argv: Vec<String>,
    /// Variables set for it.
    pub env: Vec<(String, String)>,
    /// Whether `env` is its whole environment.
    pub clean: bool,
    /// Variables of calha's that it must not see: they hold secrets.
    pub without: Vec<String>,
    /// When what answers may be another shell (csh as login shell): the Bourne shell it is told to
    /// become, `/bin/sh`.
    pub enter: Option<String>,
    /// Whether what answers has a terminal of its own there, not calha's (ssh -tt).
    pub pty: bool,
    /// How the shell that answers becomes the superuser's, where it is not.
    pub becoming: Option<Becoming>,
    /// Program and arguments that run a script of the node, whose path is put behind them, on
    /// calha's own terminal. `None`: as `argv`.
    pub terminal: Option<Vec<String>>,
}

impl Connector {
    /// A connector that inherits calha's environment and gives a Bourne shell at once.
    pub fn new<A: Into<String>>(node: NodeName, argv: impl IntoIterator<Item = A>) -> Self {
        Self {
            node,
            argv: argv.into_iter().map(Into::into).collect(),
            env: Vec::new(),
            clean: false,
            without: Vec::new(),
            enter: None,
            pty: false,
            becoming: None,
            terminal: None,
        }
    }

    /// The program for a session.
    pub(super) fn command(&self) -> Result<Command, HostError> {
        self.started(&self.argv)
    }

    /// The program that runs `script`, a path as the node's shell spells it, on this terminal.
    pub(super) fn terminal_command(&self, script: &str) -> Result<Command, HostError> {
        let mut command = self.started(self.terminal.as_ref().unwrap_or(&self.argv))?;
        command.arg(script);
        Ok(command)
    }

    /// Why there was no shell, where its words lead to what is not on this machine any more. What
    /// the shell then says is of no use: that it finds no program.
    pub(super) fn explained(&self, error: HostError) -> HostError {
        let HostError::Unreachable { node, why } = error else { return error };
        let gone = self.gone().map(|word| format!("its connection leads to {word}{GONE}"));
        HostError::Unreachable { node, why: gone.unwrap_or(why) }
    }

    /// A variable, given to env(1), with a path that is not there.
    fn gone(&self) -> Option<&str> {
        let (program, words) = self.argv.split_first()?;
        let values = words.iter().filter_map(|word| word.split_once('='));
        let mut paths = values.map(|(_, value)| value).filter(|value| value.starts_with('/'));
        let is_env = Path::new(program).file_name().is_some_and(|name| name == "env");
        is_env.then(|| paths.find(|path| !path.contains(':') && !Path::new(path).exists()))?
    }

    fn started(&self, argv: &[String]) -> Result<Command, HostError> {
        let Some((program, args)) = argv.split_first() else {
            return Err(HostError::Invalid(format!(
                "{}: no program is given that reaches it",
                self.node
            )));
        };
        let mut command = Command::new(program);
        if self.clean {
            command.env_clear();
        }
        for name in &self.without {
            command.env_remove(name);
        }
        command.args(args).envs(self.env.iter().map(|(k, v)| (k, v)));
        Ok(command)
    }
}
