//! Checks and commands as shell: a status is the answer.

use crate::op::{Check, Command, quote};

impl Check {
    /// The check as a shell command whose status is the answer.
    pub fn to_shell(&self) -> String {
        match self {
            Self::Succeeds(command) => format!("calha_succeeds {}", invocation(command)),
            Self::Prints { command, text } => {
                format!("calha_prints {} {}", quote(text), invocation(command))
            }
            Self::Says { command, text } => {
                format!("calha_says {} {}", quote(text), invocation(command))
            }
            Self::Line { command, line } => {
                format!("calha_line {} {}", quote(line), invocation(command))
            }
            Self::Versions { command, name, least } => {
                format!("calha_versions {least} {} {}", quote(name), invocation(command))
            }
            Self::Exists(path) => format!("calha_exists \"$R\"{}", quote(path.as_str())),
            Self::Begins { path, text } => {
                format!("calha_begins {} \"$R\"{}", quote(text), quote(path.as_str()))
            }
            Self::Holds { path, text } => {
                format!("calha_holds {} \"$R\"{}", quote(text), quote(path.as_str()))
            }
            Self::Mounted(path) => format!("calha_mounted {}", quote(path.as_str())),
            Self::Not(check) => format!("if {}; then false; else :; fi", check.to_shell()),
            Self::All(checks) => joined(checks, " && ", ":"),
            Self::Any(checks) => joined(checks, " || ", "false"),
            Self::Always => ":".into(),
            Self::Never => "false".into(),
        }
    }
}

/// The states of groups and resources that a wait looks at, each asked once, as shell.
pub(super) fn states(done_when: &Check, never: &Check) -> String {
    let mut asked: Vec<&Command> = Vec::new();
    let mut open = vec![never, done_when];
    while let Some(check) = open.pop() {
        match check {
            Check::Prints { command, .. } if !asked.contains(&command) => asked.push(command),
            Check::Not(check) => open.push(check),
            Check::All(checks) | Check::Any(checks) => open.extend(checks.iter().rev()),
            _ => {}
        }
    }
    let state = |command: &&Command| {
        let place = match &command.args[..] {
            [_, tag, _, _, node] if tag == "RG_STATE_NODE" => format!("on {node}"),
            [_, tag, _, resource, node] if tag == "RESOURCE_STATE_NODE" => {
                format!("of {resource} on {node}")
            }
            _ => return None,
        };
        Some(format!("calha_state {} {}", quote(&place), invocation(command)))
    };
    let all: Vec<String> = asked.iter().filter_map(state).collect();
    if all.is_empty() { ":".into() } else { all.join("; ") }
}

/// Groups in braces keep `&&` and `||` from mixing: both have the same precedence in the shell.
fn joined(checks: &[Check], with: &str, none: &str) -> String {
    if checks.is_empty() {
        return none.into();
    }
    checks.iter().map(|c| format!("{{ {}; }}", c.to_shell())).collect::<Vec<_>>().join(with)
}

/// The program word gets the root, its arguments never do.
fn invocation(command: &Command) -> String {
    let mut words: Vec<String> = Vec::new();
    words.push(format!("\"$R\"{}", quote(command.program.as_str())));
    words.extend(command.args.iter().map(|a| quote(a)));
    words.join(" ")
}

impl Command {
    /// The command as shell, from the directory it wants to be started in; a subshell then, so that
    /// nothing after it is moved.
    pub fn to_shell(&self) -> String {
        match &self.cwd {
            Some(cwd) => format!("(cd \"$R\"{} && {})", quote(cwd.as_str()), invocation(self)),
            None => invocation(self),
        }
    }
}
