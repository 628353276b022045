//! `calha verify` on the command line: what is not as the profile says, wanted beside found. The
//! engine looks; nothing is changed and no lock is taken.

use std::process::ExitCode;

use clap::Args;

use super::debug_level::DebugLevel;
use super::many::Many;
use super::work::look;
use super::{Form, RunArguments, complain, print, status};
use crate::engine::{
    Contrast, Decision, Engine, Finding, Question, Stop, Survey, is_undo_cut_off, open_steps,
};
use crate::exit;
use crate::guide::Guide;
use crate::journal::{History, State};
use crate::op::Reality;
use crate::problem::Problem;
use crate::text::{counted, wrapped};
use crate::ui::{before_going_on, width};

/// `calha verify`: would anything change? Changes nothing.
#[derive(Args)]
#[command(after_help = "Example: calha verify profiles/asymmetric.toml\n\
                        Exit status: 0 all is as the profile says, 3 something is not, or is not \
                        proved, 5 a node\ncannot be reached.")]
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
        let (mut odd, mut goes_on, mut is_other) = (Vec::new(), false, false);
        let status = look(&self.run, status::connect_or_tell, &mut |engine| -> Result<(), Stop> {
            is_other = engine.has_other_settings();
            let (survey, problems) = engine.verify()?;
            let is_odd = |f: &&Finding| survey.is_odd(f, &problems);
            let described =
                survey.findings.iter().filter(is_odd).map(|f| describe(engine, &survey, f));
            odd = described.collect::<Result<Vec<String>, Stop>>()?;
            goes_on = is_gone_on_with(engine.guide, engine.journal.history());
            found = Some((survey, problems));
            Ok(())
        });
        let Some((survey, problems)) = found else {
            return if is_other { ExitCode::from(exit::UNANSWERED) } else { status };
        };

        // Of several operations of a step the same may be said.
        let mut once = odd.clone();
        once.dedup();
        for finding in &once {
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
            let text = format!("nothing to do: every step is as the profile says\n{waived}");
            return print(&(text + &self.debugging()));
        }
        let mut sum = String::new();
        wrapped(&mut sum, "", &summary(odd.len(), problems.len()), width());
        // What a run that was cut off was to do, or to take away, is done by the same run.
        let next = match goes_on && !survey.meets_failed_method() {
            true => self.run.profile.commands().resume(),
            false => self.next(&survey, odd.is_empty(), &problems),
        };
        complain(&format!("{}{sum}next: {next}", self.debugging()));
        ExitCode::from(exit::UNANSWERED)
    }

    fn debugging(&self) -> String {
        let debugging = DebugLevel::of(&self.run.profile);
        debugging.map_or_else(String::new, |on| on.told("debugging ", width()))
    }

    /// What is typed next: an installation does what is not done, or asks; no operation mends the
    /// other problems.
    fn next(&self, survey: &Survey, is_done: bool, problems: &[Problem]) -> String {
        let commands = self.run.profile.commands();
        if survey.findings.iter().any(|finding| finding.decision == Decision::Stuck) {
            return commands.of("status");
        }
        // An installation would ask what starting the service settles.
        if !is_done && !survey.meets_failed_method() {
            return commands.of("install");
        }
        let hinted = problems.iter().find_map(|problem| {
            let ending = problem.command()?;
            let node = problem.node.as_ref().filter(|_| ending.is_on_its_node);
            let on = node.map_or_else(String::new, |node| format!("on {node}: "));
            Some(on + ending.command)
        });
        let first = before_going_on(problems);
        hinted.unwrap_or_else(|| format!("{first}, then {}", commands.of("verify")))
    }
}

/// Whether a run of all steps, forward or back, has not come to its end.
fn is_gone_on_with(guide: &Guide, history: &History) -> bool {
    let is_forward = history.is_underway() && history.undo.is_none() && history.chosen.is_all();
    is_undo_cut_off(guide, history) || (is_forward && !open_steps(guide, history).is_empty())
}

/// How much is wrong: at least one of both numbers is not 0.
fn summary(odd: usize, problems: usize) -> String {
    let is = if odd == 1 { "is" } else { "are" };
    let operations = format!("{} {is} not as the profile says", counted(odd, "operation"));
    match (odd, problems) {
        (0, problems) => format!("every step is done, but {} above", counted(problems, "problem")),
        (_, 0) => operations,
        (_, problems) => format!("{operations}; {}", counted(problems, "other problem")),
    }
}

/// What is odd: its node, step and what would become of it, and behind that line by line what is
/// wanted and what was found.
fn describe(engine: &Engine<'_>, survey: &Survey, finding: &Finding) -> Result<String, Stop> {
    let is_left = || !engine.journal.left_before(&finding.key).is_empty();
    let what = match &finding.decision {
        Decision::Ask(_) if survey.waiting.contains(&finding.key.step) => "would be done",
        Decision::Do | Decision::Replace | Decision::RedoUndo | Decision::MarkUndone => {
            "would be done"
        }
        Decision::Adopt if is_left() => "is there still, an earlier installation left it",
        Decision::Adopt => "is there, but no run of calha from here did it",
        Decision::Ask(what) => what,
        Decision::Stuck => "is stuck",
        Decision::Skip | Decision::MarkDone => "is as it should be",
    };

    let (node, step) = (&finding.id.node, &finding.key.step);
    // Where a method has failed, what the group says is more than what each check wants.
    let of_finding = |q: &&Question| q.is_of(step) && q.node.as_ref() == Some(node);
    if let Some(failed) = survey.questions.iter().find(|q| of_finding(q) && q.remedy.is_some()) {
        return Ok(format!("{node}: {step}: {}\n  found: {}", failed.what, failed.found));
    }
    let mut out = format!("{node}: {step}: {what}");
    let found = match &finding.reality {
        Ok(Reality::Present) => return Ok(out),
        Ok(Reality::Absent) => "nothing of it",
        Ok(Reality::Differs { found }) => found,
        Err(why) => return Ok(format!("{out} ({why})")),
    };

    let ops = engine.guide.step(step).map(|step| step.named_ops(node));
    let op = ops.into_iter().flatten().find(|(id, _)| *id == finding.id).map(|(_, op)| op);
    let Some(op) = op else { return Ok(format!("{out} (found: {found})")) };

    let parts = engine.look(|hosts| hosts.get(node).map(|host| Contrast::of(*host, &op)))?;
    let parts = parts.and_then(Result::ok).filter(|parts| !parts.is_empty());
    let whole = || vec![Contrast { wanted: op.proof(), found: found.to_owned() }];
    for Contrast { wanted, found } in parts.unwrap_or_else(whole) {
        out.push_str(&format!("\n  wanted: {wanted}"));
        for (at, line) in found.lines().enumerate() {
            let word = if at == 0 { "found: " } else { "" };
            out.push_str(&format!("\n  {word:<7} {line}"));
        }
    }
    Ok(out)
}
