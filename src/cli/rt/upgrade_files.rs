//! The plan of an upgrade as files: the printed scripts, and the playbook around them. They are the
//! ones that an installation has; which commands an upgrade needs is decided in the plan.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::cli::export::{Reached, ansible, write};
use crate::cli::{complain, print, refuse};
use crate::exit;
use crate::guide::Guide;
use crate::plan::scripts;
use crate::problem::{Problem, codes};
use crate::setting::Members;
use crate::type_upgrade::UpgradePlan;

/// Beside the scripts, for calha import-results.
const PLAN: &str = "plan.json";

/// The form of the plan of an upgrade.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Outage and commands, for people.
    #[default]
    Text,
    /// Bourne scripts, to be run by hand.
    Sh,
    /// A playbook that runs these scripts; with --out.
    Ansible,
    /// The plan itself, for programs and for calha import-results.
    Json,
}

/// In which form a plan is written, and where.
#[derive(Args, Clone, Default)]
pub struct PlanForm {
    /// The form of the plan.
    #[arg(long, value_enum, default_value = "text", requires = "plan")]
    format: Form,
    /// Write files into this directory, which is made.
    #[arg(long, value_name = "DIR", requires = "plan")]
    out: Option<PathBuf>,
}

impl PlanForm {
    /// Writes the plan. `by_hand` has its steps for scripts, `text` is the plan for people.
    pub fn give(
        &self,
        members: &Members,
        plan: &UpgradePlan,
        by_hand: &Guide,
        text: &str,
    ) -> ExitCode {
        match self.files(members, plan, by_hand, text) {
            Err(problems) => refuse(&problems),
            Ok(files) => match &self.out {
                Some(dir) => written(dir, &files),
                None => print(&files.into_iter().next().map(|(_, text)| text).unwrap_or_default()),
            },
        }
    }

    /// The files, the one that is printed first.
    fn files(
        &self,
        members: &Members,
        plan: &UpgradePlan,
        by_hand: &Guide,
        text: &str,
    ) -> Result<Vec<(String, String)>, Vec<Problem>> {
        // A plan is made of words and lists.
        let json = format!("{:#}\n", serde_json::json!(plan));
        let kept = (PLAN.to_owned(), json);
        let scripts = scripts(by_hand);

        Ok(match self.format {
            Form::Text => vec![("plan.txt".to_owned(), text.to_owned())],
            Form::Json => vec![kept],
            Form::Sh => {
                let all = scripts.into_iter().map(|script| (script.name, script.text));
                all.chain([kept]).collect()
            }
            Form::Ansible if self.out.is_none() => {
                let what = "a playbook is several files, and --out is not given";
                let problem = Problem::new(codes::EXPORT_NOWHERE, what);
                return Err(vec![problem.hint("add --out DIR")]);
            }
            Form::Ansible => {
                let by = "calha rt upgrade --plan --format ansible";
                let connection =
                    |node: &_| Reached::of_node(node, members.connections.get(node).cloned());
                let mut all = ansible(by_hand, scripts, by, &connection)?;
                all.push(kept);
                all
            }
        })
    }
}

fn written(dir: &Path, files: &[(String, String)]) -> ExitCode {
    match write(dir, files, None) {
        Ok(names) => print(&names),
        Err(error) => {
            complain(&format!("{}: {error}", dir.display()));
            ExitCode::from(exit::FAILED)
        }
    }
}
