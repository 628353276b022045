//! Checks and commands as shell: a status is the answer.

use super::ShellText;
use crate::node::{Command, NodePath};
use crate::op::Check;

impl Check {
    /// The check as a shell command whose status is the answer.
    pub fn to_shell(&self) -> ShellText {
        let of = |function, text: &str, command: &Command| {
            ShellText::fixed(function).word(text).then(" ").with(&invocation(command))
        };

        let in_file = |function, text: &str, path: &NodePath| {
            ShellText::fixed(function).word(text).then(" \"$R\"").word(path.as_str())
        };
        let two_in_file = |function, one: &str, other: &str, path: &NodePath| {
            let words = ShellText::fixed(function).word(one).then(" ").word(other);
            words.then(" \"$R\"").word(path.as_str())
        };

        match self {
            Self::Succeeds(command) => {
                ShellText::fixed("calha_succeeds ").with(&invocation(command))
            }
            Self::Status { command, status } => ShellText::fixed("calha_as_told ")
                .word(&status.to_string())
                .then(" ")
                .with(&invocation(command)),
            Self::Prints { command, text } => of("calha_prints ", text, command),
            Self::Says { command, text } => of("calha_says ", text, command),
            Self::Line { command, line } => of("calha_line ", line, command),
            Self::Versions { command, name, least } => versions(command, name, *least),
            Self::Starts { command, text } => of("calha_starts ", text, command),
            Self::Words { command, words } => of("calha_words ", &words.join(" "), command),
            Self::Other { command, than } => of("calha_other ", &than.join("\n"), command),

            Self::About { list, asked, words, among } => about(list, asked, words, *among),

            Self::Exists(path) => ShellText::fixed("calha_exists \"$R\"").word(path.as_str()),
            Self::Leads { path, to } => in_file("calha_leads ", to, path),
            Self::Begins { path, text } => in_file("calha_begins ", text, path),
            Self::Ends { path, text } => in_file("calha_ends ", text, path),
            Self::Holds { path, text } => in_file("calha_holds ", text, path),
            Self::Sets { path, name, value } => two_in_file("calha_sets ", name, value, path),
            Self::Names { path, besides, region } => {
                in_file("calha_names ", &region.heading(besides), path)
            }
            Self::Flawed { path, entry, flaw } => ShellText::fixed("calha_flawed ")
                .word(flaw.word())
                .then(" ")
                .word(entry)
                .then(" ")
                .word(path.as_str()),
            Self::LeadsInto { path, region } => {
                let above = path.parent();
                let above = above.as_ref().map_or("", NodePath::as_str);
                two_in_file("calha_leads_into ", &region.heading(&[]), above, path)
            }
            Self::Owned { path, directory, uid } => owned(path, *directory, *uid),
            Self::Mounted(path) => ShellText::fixed("calha_mounted ").word(path.as_str()),
            Self::Not(check) => {
                ShellText::fixed("if ").with(&check.to_shell()).then("; then false; else :; fi")
            }
            Self::All(checks) => joined(checks, " && ", ":"),
            Self::Any(checks) => joined(checks, " || ", "false"),
            Self::Always => ShellText::fixed(":"),
            Self::Never => ShellText::fixed("false"),
        }
    }
}

fn versions(command: &Command, name: &str, least: usize) -> ShellText {
    let words = ShellText::fixed("calha_versions ").plain(least).then(" ").word(name);
    words.then(" ").with(&invocation(command))
}

/// The command that asks is one word, which the node's shell reads once more for each line.
fn about(list: &Command, asked: &Command, words: &[String], among: bool) -> ShellText {
    let program = ShellText::fixed("\"$R\"").word(asked.program.as_str());
    let line = asked.args.iter().fold(program, |text, argument| match argument.as_str() {
        "{}" => text.then(" \"$each\""),
        other => text.then(" ").word(other),
    });
    let text = ShellText::fixed(if among { "calha_about among " } else { "calha_about other " });
    let text = text.word(&words.join(" ")).then(" ").word(line.as_str());
    text.then(" ").with(&invocation(list))
}

fn owned(path: &NodePath, directory: bool, uid: u32) -> ShellText {
    let kind = if directory { "directory" } else { "file" };
    let words = ShellText::fixed("calha_owned ").word(kind).then(" ").plain(uid);
    words.then(" \"$R\"").word(path.as_str())
}

/// The states of groups and resources that a wait looks at, each asked once, as shell.
pub(super) fn states(done_when: &Check, never: &Check) -> ShellText {
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
        Some(ShellText::fixed("calha_state ").word(&place).then(" ").with(&invocation(command)))
    };
    let all: Vec<ShellText> = asked.iter().filter_map(state).collect();
    if all.is_empty() { ShellText::fixed(":") } else { ShellText::joined(&all, "; ") }
}

/// Groups in braces keep `&&` and `||` from mixing: both have the same precedence in the shell.
fn joined(checks: &[Check], with: &'static str, none: &'static str) -> ShellText {
    if checks.is_empty() {
        return ShellText::fixed(none);
    }
    let braced = |check: &Check| ShellText::fixed("{ ").with(&check.to_shell()).then("; }");
    ShellText::joined(&checks.iter().map(braced).collect::<Vec<_>>(), with)
}

/// The program word gets the root, its arguments never do.
fn invocation(command: &Command) -> ShellText {
    let program = ShellText::fixed("\"$R\"").word(command.program.as_str());
    command.args.iter().fold(program, |text, argument| text.then(" ").word(argument))
}

impl Command {
    /// The command as shell, from the directory it wants to be started in; a subshell then, so that
    /// nothing after it is moved.
    pub fn to_shell(&self) -> ShellText {
        match &self.cwd {
            Some(cwd) => ShellText::fixed("(cd \"$R\"")
                .word(cwd.as_str())
                .then(" && ")
                .with(&invocation(self))
                .then(")"),
            None => invocation(self),
        }
    }
}
