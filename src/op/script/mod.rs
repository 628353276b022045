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
mod reality;
mod text;

use std::fmt::Write as _;

use super::{Change, Op, OpId, Stdin, quote};
use check::states;
use text::indented;
pub(crate) use text::printed;

/// Functions and variables that every operation's text relies on. Wants `CALHA_RECORD` set to
/// calha's directory on the node.
pub const PRELUDE: &str = include_str!("../prelude.sh");

impl Op {
    /// The operation as Bourne shell: what it looks at, what it does, its intent, and the call that
    /// carries it out.
    pub fn to_shell(&self, id: &OpId) -> String {
        let stem = id.file_stem();
        let mut text = format!("# {id}\n");
        for line in self.commands() {
            let _ = writeln!(text, "#   {}", line.replace(|c: char| c.is_control(), " "));
        }
        let _ = writeln!(text, "calha_reality() {{\n{}}}", indented(&self.reality_text()));
        text.push_str(&self.preparation());
        text.push_str(&self.of_command());
        let _ = writeln!(text, "calha_effect() {{\n{}}}", indented(&self.effect_text()));
        let intent = super::intent::line(id, self) + "\n";
        let _ = writeln!(text, "calha_intent() {{ {}; }}", printed(&intent));
        let _ = match self {
            Self::Run { command, within, stdin: Stdin::Closed, .. } => {
                writeln!(text, "calha_do {stem} {within} {}", quote(&command.line()))
            }
            _ => writeln!(text, "calha_do {stem}"),
        };
        text
    }

    /// What is kept before it begins, the lines that it is about, and what an attempt that was
    /// killed had prepared beside the file.
    fn preparation(&self) -> String {
        let keep = match self {
            Self::Edit { path, .. } => format!("calha_keep_file {}", quote(path.as_str())),
            _ => ":".into(),
        };
        let mut text = format!("calha_keep() {{ {keep}; }}\n");
        if let Self::Edit { changes, .. } = self {
            let entries: Vec<&str> = changes.iter().filter_map(Change::entry).collect();
            if !entries.is_empty() {
                let all: String = entries.iter().map(|entry| format!("{entry}\n")).collect();
                let _ = writeln!(text, "calha_wanted() {{ {}; }}", printed(&all));
                let _ = writeln!(text, "calha_entries={}", entries.len());
            }
        }
        let clean = match self {
            Self::Edit { path, .. } => {
                format!("calha_resolve {}; calha_drop \"$p.calha\"", quote(path.as_str()))
            }
            Self::Mkdir { path, .. }
            | Self::Rmdir { path }
            | Self::Install { path, .. }
            | Self::Copy { to: path, .. }
            | Self::Remove { path, .. } => {
                format!("calha_drop \"$R\"{}.calha", quote(path.as_str()))
            }
            _ => ":".into(),
        };
        let _ = writeln!(text, "calha_clean() {{ {clean}; }}");
        text
    }

    /// A command, and the states in which nothing is waited for any more or is told.
    fn of_command(&self) -> String {
        let Self::Run { command, done_when, never, .. } = self else { return String::new() };
        let behind = self.asked_behind().map(|c| format!(" && {}", c.to_shell()));
        let command = command.to_shell() + &behind.unwrap_or_default();
        format!(
            "calha_command() {{ {command}; }}\ncalha_never() {{ {}; }}\ncalha_states() {{ {}; }}\n",
            never.to_shell(),
            states(done_when, never)
        )
    }

    /// For records: texts of files and blocks are replaced by their sums, since records are no
    /// place for contents.
    pub fn without_contents(&self) -> serde_json::Value {
        let mut value = serde_json::json!(self);
        hide(&mut value, "content");
        if let Some(changes) = value.get_mut("changes").and_then(serde_json::Value::as_array_mut) {
            changes.iter_mut().for_each(|change| hide(change, "text"));
        }
        value
    }
}

/// Puts the sum of a text in its place.
fn hide(value: &mut serde_json::Value, field: &str) {
    let Some(fields) = value.as_object_mut() else { return };
    if let Some(serde_json::Value::String(text)) = fields.remove(field) {
        fields.insert("sum".into(), serde_json::json!(super::Sum::of(text.as_bytes())));
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
