use std::process::ExitCode;

use clap::Args;

use super::many::Many;
use super::work::look;
use super::{Form, RunArguments, complain, print};
use crate::engine::{Decision, Finding, Stop, Survey};
use crate::exit;
use crate::journal::State;
use crate::op::Reality;
use crate::problem::Problem;

/// `calha verify`: would anything change? Changes nothing.
#[derive(Args)]
#[command(
    after_help = "Example: calha verify profiles/asymmetric.toml\nExit status: 0 nothing would change, 3 something would."
)]
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
        let status = look(&self.run, &mut |engine| -> Result<(), Stop> {
            found = Some(engine.verify()?);
            Ok(())
        });
        let Some((survey, problems)) = found else { return status };
        let odd: Vec<&Finding> = survey
            .findings
            .iter()
            .filter(|f| !matches!(f.decision, Decision::Skip | Decision::MarkDone))
            .collect();
        for finding in &odd {
            complain(&format!("{}: {}: {}", finding.id.node, finding.key.step, describe(finding)));
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
            "{} operations are not as the profile says, {} proofs failed",
            odd.len(),
            problems.len()
        ));
        ExitCode::from(exit::UNANSWERED)
    }
}

fn describe(finding: &Finding) -> String {
    let what = match &finding.decision {
        Decision::Do | Decision::Replace | Decision::RedoUndo | Decision::MarkUndone => {
            "would be done"
        }
        Decision::Adopt => "is there, but no run of calha from here did it",
        Decision::Ask(what) => what,
        Decision::Stuck => "is stuck",
        Decision::Skip | Decision::MarkDone => "is as it should be",
    };
    match &finding.reality {
        Ok(Reality::Differs { found }) => format!("{what} (found: {found})"),
        Ok(Reality::Absent | Reality::Present) => what.to_owned(),
        Err(why) => format!("{what} ({why})"),
    }
}
