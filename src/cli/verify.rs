//! `calha verify` on the command line: what is not as the profile says, in a line each. The engine
//! looks; nothing is changed and no lock is taken.

use std::process::ExitCode;

use clap::Args;

use super::many::Many;
use super::work::look;
use super::{Form, RunArguments, complain, print, status};
use crate::engine::{Decision, Finding, Stop, Survey};
use crate::exit;
use crate::guide::Guide;
use crate::journal::State;
use crate::op::Reality;
use crate::problem::Problem;

/// `calha verify`: would anything change? Changes nothing.
#[derive(Args)]
#[command(after_help = "Example: calha verify profiles/asymmetric.toml\n\
                        Exit status: 0 nothing would change, 3 something would.")]
pub struct Verify {
    #[command(flatten)]
    run: RunArguments,
    #[command(flatten)]
    many: Many,
}

impl Verify {
    pub fn run(&self) -> ExitCode {
        if self.many.is_needed(&self.run.profile.file) || self.many.format == Form::Json {
            let mut options = self.run.profile.options();
            options.extend(self.run.accept.iter().flat_map(|c| ["--accept".to_owned(), c.clone()]));
            return self.many.run("verify", &self.run.profile.file, &options);
        }

        let mut found: Option<(Survey, Vec<Problem>)> = None;
        let mut odd = Vec::new();
        let status = look(&self.run, status::connect_or_tell, &mut |engine| -> Result<(), Stop> {
            let (survey, problems) = engine.verify()?;
            let is_odd = |f: &&Finding| survey.is_odd(f, &problems);
            odd =
                survey.findings.iter().filter(is_odd).map(|f| describe(engine.guide, f)).collect();
            found = Some((survey, problems));
            Ok(())
        });
        let Some((survey, problems)) = found else { return status };

        for finding in &odd {
            complain(finding);
        }

        if odd.is_empty() && problems.is_empty() {
            let mut waived: Vec<&str> = survey
                .findings
                .iter()
                .filter(|f| f.state == State::Waived)
                .map(|f| f.key.step.as_str())
                .collect();
            waived.dedup();
            let waived: String = waived
                .iter()
                .map(|step| format!("  {step} was skipped, or accepted as it is\n"))
                .collect();
            return print(&format!("nothing to do: every step is as the profile says\n{waived}"));
        }
        complain(&format!(
            "{} operations are not as the profile says, {} other problems",
            odd.len(),
            problems.len()
        ));
        ExitCode::from(exit::UNANSWERED)
    }
}

/// What is odd, in one line, with what is wanted and what was found.
fn describe(guide: &Guide, finding: &Finding) -> String {
    let what = match &finding.decision {
        Decision::Do | Decision::Replace | Decision::RedoUndo | Decision::MarkUndone => {
            "would be done"
        }
        Decision::Adopt => "is there, but no run of calha from here did it",
        Decision::Ask(what) => what,
        Decision::Stuck => "is stuck",
        Decision::Skip | Decision::MarkDone => "is as it should be",
    };

    let ops = guide.step(&finding.key.step).map(|step| step.named_ops(&finding.id.node));
    let op = ops.into_iter().flatten().find(|(id, _)| *id == finding.id).map(|(_, op)| op);
    let wanted = op
        .filter(|_| matches!(finding.decision, Decision::Ask(_)))
        .map_or_else(String::new, |op| format!("; wanted: {}", op.proof()));

    let seen = match &finding.reality {
        Ok(Reality::Differs { found }) => format!(" (found: {found}{wanted})"),
        Ok(Reality::Absent | Reality::Present) if !wanted.is_empty() => {
            format!(" ({})", wanted.trim_start_matches("; "))
        }
        Ok(Reality::Absent | Reality::Present) => String::new(),
        Err(why) => format!(" ({why})"),
    };

    format!("{}: {}: {what}{seen}", finding.id.node, finding.key.step)
}
