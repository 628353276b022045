//! `calha import-results`: reads the results that printed scripts left, all of them or none. What
//! they mean for a journal is decided by the engine.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use walkdir::WalkDir;

use super::work::work_with;
use super::{RunArguments, refuse};
use crate::engine::{Commands, ScriptResult, Stop, is_finished};
use crate::file::given;
use crate::guide::Guide;
use crate::host::Hosts;
use crate::journal::History;
use crate::node::NodeName;
use crate::plan::scripts;
use crate::problem::{Problem, codes};
use crate::type_upgrade::UpgradePlan;

/// Bytes that a result or a plan may have.
const LONGEST: u64 = 16 << 20;

/// `calha import-results`: a journal from what printed scripts did on nodes that calha does not
/// reach.
#[derive(Args)]
#[command(
    after_help = "Examples: calha import-results profiles/asymmetric.toml results/\n          \
                        calha import-results site.toml --plan scripts/plan.json results/\n\
                        Each script names its result at its end: script-NUMBER.result in the \
                        record of its node."
)]
pub struct ImportResults {
    #[command(flatten)]
    run: RunArguments,
    /// The results are of an upgrade with this plan.json, which calha rt upgrade wrote.
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,
    /// Results, or directories with them.
    #[arg(id = "results", value_name = "RESULT", required = true)]
    results: Vec<PathBuf>,
}

impl ImportResults {
    pub fn run(&self) -> ExitCode {
        let (guide, commands) = match self.guide() {
            Ok(found) => found,
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
        let way = if self.plan.is_some() { way.of(commands) } else { way };
        let scripts: Vec<NodeName> =
            scripts(&guide).into_iter().map(|script| script.node).collect();
        work_with(&self.run, &guide, Hosts::new(), &way, &mut |engine| {
            if self.makes_room(engine.journal.history())? {
                engine.put_away()?;
            }
            engine.import(&scripts, &results)
        })
    }

    /// The steps that the scripts were printed from, and the commands for them.
    fn guide(&self) -> Result<(Guide, Commands), Vec<Problem>> {
        let (profile, commands) = (&self.run.profile, self.run.profile.commands());
        let Some(file) = &self.plan else { return Ok((profile.load()?.1, commands)) };

        let members = profile.text().load_members(&profile.set)?;
        let unreadable = |why: String| {
            let problem = Problem::new(codes::RESULT_UNREADABLE, why);
            let hint = "name the plan.json that stands beside the scripts";
            vec![problem.at(file.display().to_string()).hint(hint)]
        };
        let text = given(file, LONGEST).map_err(|e| unreadable(e.to_string()))?;
        let plan: UpgradePlan = serde_json::from_slice(&text)
            .map_err(|e| unreadable(format!("no plan of an upgrade: {e}")))?;
        let guide = Guide::type_upgrade(&members, &profile.name(), &plan).map_err(|p| vec![p])?;
        Ok((guide, Commands { of: (&plan).into(), ..commands }))
    }

    /// Whether the journal is that of an earlier upgrade, which is at its end.
    ///
    /// # Errors
    /// When it is not.
    fn makes_room(&self, history: &History) -> Result<bool, Stop> {
        let (Some(before), true) = (Guide::kept_plan(&history.values), self.plan.is_some()) else {
            return Ok(false);
        };
        let (guide, commands) = self.guide().map_err(Stop::Blocked)?;
        if guide.digest == history.digest {
            return Ok(false);
        }

        let profile = &self.run.profile;
        let members = profile.text().load_members(&profile.set).map_err(Stop::Blocked)?;
        let earlier = Guide::type_upgrade(&members, &profile.name(), &before);
        if is_finished(&earlier.map_err(|p| Stop::Blocked(vec![p]))?, history) {
            return Ok(true);
        }

        let of = Commands { of: (&before).into(), ..commands };
        let what = format!("an upgrade to {} has begun and is not finished", before.to);
        let hint = format!("go on: {}; or undo it: {}", of.forward(), of.undo());
        Err(Stop::Blocked(vec![Problem::new(codes::UPGRADE_BEGUN, what).hint(hint)]))
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
        given(file, LONGEST).map_err(|e| Problem::new(codes::RESULT_UNREADABLE, e.to_string()))?;
    ScriptResult::parse(&String::from_utf8_lossy(&text))
}
