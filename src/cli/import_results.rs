//! `calha import-results`: reads the results that printed scripts left, all of them or none. What
//! they mean for a journal is decided by the engine.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use walkdir::WalkDir;

use super::work::work_with;
use super::{RunArguments, refuse};
use crate::engine::ScriptResult;
use crate::node::NodeName;
use crate::plan::scripts;
use crate::problem::{Problem, codes};
use crate::step::Hosts;

/// `calha import-results`: a journal from what printed scripts did on nodes that calha does not
/// reach.
#[derive(Args)]
#[command(after_help = "Example: calha import-results profiles/asymmetric.toml results/\n\
                        Each script names its result at its end: script-NUMBER.result in the \
                        record of its node.")]
pub struct ImportResults {
    #[command(flatten)]
    run: RunArguments,
    /// Results, or directories with them.
    #[arg(id = "results", value_name = "RESULT", required = true)]
    results: Vec<PathBuf>,
}

impl ImportResults {
    pub fn run(&self) -> ExitCode {
        let (_, guide) = match self.run.profile.load() {
            Ok(loaded) => loaded,
            Err(problems) => return refuse(&problems),
        };
        let (mut results, mut problems) = (Vec::new(), Vec::new());
        for file in self.results.iter().flat_map(|path| files(path)) {
            match read(&file) {
                Ok(result) => results.push(result),
                Err(problem) => problems.push(problem.at(file.display().to_string())),
            }
        }
        if !problems.is_empty() {
            return refuse(&problems);
        }
        let way = self.run.profile.way();
        let scripts: Vec<NodeName> =
            scripts(&guide).into_iter().map(|script| script.node).collect();
        work_with(&self.run, &guide, Hosts::new(), &way, &mut |engine| {
            engine.import(&scripts, &results)
        })
    }
}

/// The file itself, or every result below the directory, in the order of their paths.
fn files(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let entries = WalkDir::new(path).sort_by_file_name().into_iter().flatten();
    entries
        .map(walkdir::DirEntry::into_path)
        .filter(|p| p.extension().is_some_and(|e| e == "result"))
        .collect()
}

fn read(file: &Path) -> Result<ScriptResult, Problem> {
    let text =
        std::fs::read(file).map_err(|e| Problem::new(codes::RESULT_UNREADABLE, e.to_string()))?;
    ScriptResult::parse(&String::from_utf8_lossy(&text))
}
