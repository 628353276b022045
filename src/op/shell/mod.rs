//! The one form in which an operation reaches a node: the text that `plan` prints and `install`
//! sends.
//!
//! Depends on nothing but the operation and its name, so the plan and the run cannot differ. Each
//! part of an operation's text has a file: what it looks at, what it does, checks, edited files,
//! and words.

mod change;
mod check;
mod effect;
mod entry;
mod quote;
mod reality;
mod shell_text;
mod text;

use super::{Change, Op, OpId, Run, Stdin};
use crate::node::Sum;
use check::states;
pub use quote::quote;
pub use shell_text::ShellText;
pub(crate) use text::printed;

/// Functions and variables that every operation's text relies on. Wants `CALHA_RECORD` set to
/// calha's directory on the node.
pub const PRELUDE: &str = include_str!("prelude.sh");

impl Op {
    /// The operation as Bourne shell: what it looks at, what it does, its intent, and the call that
    /// carries it out.
    pub fn to_shell(&self, id: &OpId) -> ShellText {
        let mut text = ShellText::default().comment(&id.to_string());
        for line in self.commands() {
            text = text.comment(&format!("  {line}"));
        }
        text = text
            .then("calha_reality() {\n")
            .with(&self.reality_text().indented())
            .then("}\n")
            .with(&self.preparation())
            .with(&self.of_command())
            .then("calha_effect() {\n")
            .with(&self.effect_text().indented())
            .then("}\ncalha_intent() { ")
            .with(&printed(&(super::intent::line(id, self) + "\n")))
            .then("; }\ncalha_do ")
            .word(&id.file_stem());
        if let Self::Run(Run { command, within, stdin: Stdin::Closed, .. }) = self {
            text = text.then(" ").plain(*within).then(" ").word(&command.line());
        }
        text.then("\n")
    }

    /// What is kept before it begins, where it works, the lines that it is about, and what an
    /// attempt that was killed had prepared beside the file.
    fn preparation(&self) -> ShellText {
        let keep = match self {
            Self::Edit { path, .. } => ShellText::fixed("calha_keep_file ").word(path.as_str()),
            Self::Copy { from, to, .. } => ShellText::fixed("calha_beside ")
                .word(to.as_str())
                .then(" && calha_from ")
                .word(from.as_str()),
            Self::Mkdir { path, .. }
            | Self::Rmdir { path }
            | Self::Symlink { path, .. }
            | Self::Unlink { path, .. }
            | Self::Install { path, .. }
            | Self::Remove { path, .. } => ShellText::fixed("calha_beside ").word(path.as_str()),
            Self::Run(_) | Self::Operator { .. } => ShellText::fixed(":"),
        };
        let mut text = ShellText::fixed("calha_keep() { ").with(&keep).then("; }\n");

        if let Self::Edit { changes, .. } = self {
            let entries: Vec<&str> = changes.iter().filter_map(Change::entry).collect();
            if !entries.is_empty() {
                let all: String = entries.iter().map(|entry| format!("{entry}\n")).collect();
                text = text.then("calha_wanted() { ").with(&printed(&all)).then("; }\n");
                text = text.then("calha_entries=").plain(entries.len()).then("\n");
            }
        }

        let clean = match self {
            Self::Edit { path, .. } => ShellText::fixed("calha_resolve ")
                .word(path.as_str())
                .then("; calha_drop \"$p.calha\""),
            Self::Mkdir { path, .. }
            | Self::Rmdir { path }
            | Self::Install { path, .. }
            | Self::Copy { to: path, .. }
            | Self::Remove { path, .. } => {
                ShellText::fixed("calha_drop \"$R\"").word(path.as_str()).then(".calha")
            }
            _ => ShellText::fixed(":"),
        };
        text.then("calha_clean() { ").with(&clean).then("; }\n")
    }

    /// A command, and the states in which nothing is waited for any more or is told.
    fn of_command(&self) -> ShellText {
        let Self::Run(Run { command, done_when, never, .. }) = self else {
            return ShellText::default();
        };

        let mut whole = command.to_shell();
        if let Some(check) = self.asked_behind() {
            whole = whole.then(" && ").with(&check.to_shell());
        }
        ShellText::fixed("calha_command() { ")
            .with(&whole)
            .then("; }\ncalha_never() { ")
            .with(&never.to_shell())
            .then("; }\ncalha_states() { ")
            .with(&states(done_when, never))
            .then("; }\n")
    }

    /// For records: texts of files and blocks are replaced by their sums, since records are no
    /// place for contents.
    pub fn without_contents(&self) -> serde_json::Value {
        let mut value = serde_json::json!(self);
        hide(&mut value, "content");
        if let Some(changes) = value.get_mut("changes").and_then(serde_json::Value::as_array_mut) {
            for change in changes {
                hide(change, "text");
                // What else is looked at says nothing of what is done.
                change.as_object_mut().and_then(|fields| fields.remove("only_here"));
            }
        }
        value
    }
}

/// Puts the sum of a text in its place.
fn hide(value: &mut serde_json::Value, field: &str) {
    let Some(fields) = value.as_object_mut() else { return };
    if let Some(serde_json::Value::String(text)) = fields.remove(field) {
        fields.insert("sum".into(), serde_json::json!(Sum::of(text.as_bytes())));
    }
}

/// The number of each change's entry among those that `calha_wanted` prints.
fn numbers(changes: &[Change]) -> Vec<usize> {
    let mut number = 0;
    let count = |change: &Change| {
        number += usize::from(change.entry().is_some());
        number
    };
    changes.iter().map(count).collect()
}
