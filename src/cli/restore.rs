//! `calha restore`: lists the copies that were made before edits, or undoes the edits of one file.
//! An undo like any other, it keeps what others have written since.

use std::process::ExitCode;

use clap::Args;

use super::connect::connect;
use super::work::{look, work};
use super::{RunArguments, complain, print};
use crate::engine::{Engine, Stop};
use crate::exit;
use crate::guide::Guide;
use crate::journal::RunCommand;
use crate::op::{Op, OpId};
use crate::problem::{Problem, codes};

/// `calha restore`: puts a file back from the copy that was made before it was edited. Without a
/// file it lists the copies.
#[derive(Args)]
#[command(after_help = "Examples: calha restore profiles/asymmetric.toml\n          \
                        calha restore profiles/asymmetric.toml --file /etc/vfstab")]
pub struct Restore {
    #[command(flatten)]
    run: RunArguments,
    /// The file that calha edited, as the node spells it.
    #[arg(id = "edited", long = "file", value_name = "PATH")]
    edited: Option<String>,
}

impl Restore {
    pub(super) fn of(run: RunArguments, file: String) -> Self {
        Self { run, edited: Some(file) }
    }

    pub fn run(&self) -> ExitCode {
        match &self.edited {
            None => self.list(),
            Some(file) => work(&self.run, &[], None, &mut |engine| restore(engine, file)),
        }
    }

    fn list(&self) -> ExitCode {
        let mut lines = String::new();
        let code = look(&self.run, connect, &mut |engine| {
            let guide = engine.guide;
            lines = engine.look(|hosts| {
                let mut lines = String::new();
                for (id, op) in edits(guide) {
                    let Some(path) = op.path() else { continue };
                    let copy = guide.record.join(&format!("{}.before", id.file_stem()));
                    let host = hosts.get(&id.node);
                    if host.is_some_and(|host| host.exists(&copy).unwrap_or(false)) {
                        lines.push_str(&format!("{} {path}: copy {copy}\n", id.node));
                    }
                }
                lines
            })?;
            Ok(())
        });

        if lines.is_empty() {
            complain("no copies: calha edited nothing in this installation, or has undone it");
            return code;
        }
        let printed = print(&lines);
        if printed == ExitCode::SUCCESS { code } else { ExitCode::from(exit::FAILED) }
    }
}

/// Every edit of the guide.
fn edits(guide: &Guide) -> Vec<(OpId, Op)> {
    guide
        .ops()
        .into_iter()
        .filter(|(.., op)| matches!(op, Op::Edit { .. }))
        .map(|(_, id, op)| (id, op))
        .collect()
}

/// Undoing the edit is what restores the file: to the byte when nobody changed it since, else
/// keeping what others wrote.
fn restore(engine: &mut Engine<'_>, file: &str) -> Result<(), Stop> {
    let steps: Vec<String> = edits(engine.guide)
        .into_iter()
        .filter(|(_, op)| op.path().is_some_and(|p| p.as_str() == file))
        .map(|(id, _)| id.step)
        .collect();
    if steps.is_empty() {
        let mut known: Vec<String> = edits(engine.guide)
            .iter()
            .filter_map(|(_, op)| op.path().map(ToString::to_string))
            .collect();
        known.sort();
        known.dedup();
        let problem = Problem::new(
            codes::RESTORE_UNKNOWN,
            format!("{file} is not edited by this installation"),
        )
        .hint(format!("it edits {}", known.join(", ")));
        return Err(Stop::Blocked(vec![problem]));
    }
    engine.undo_steps(RunCommand::Restore, &steps)
}
