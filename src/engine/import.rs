//! Takes over what printed scripts did on nodes that calha never reached, from the results that
//! were carried back. It asks no host, and refuses results that do not belong here or leave a gap
//! before it writes to the journal. Reading one result is left to `script_result`.

use std::collections::BTreeMap;

use super::fleet::Task;
use super::{During, Engine, Event, Outcome, ScriptOutcome, ScriptResult, Stop};
use crate::journal::{Record, RunCommand, State};
use crate::node::NodeName;
use crate::problem::{Problem, codes};
use crate::step::Lifespan;
use crate::text::counted;

impl Engine<'_> {
    /// Notes what these results say, each operation once.
    ///
    /// `scripts` are the nodes that the profile's scripts run on, in their order. What a script did
    /// is ours and can be undone; what held before it came is not.
    ///
    /// # Errors
    /// A journal that knows of other runs; results of other settings, of scripts or operations that
    /// this profile has not, or with one missing in between.
    pub fn import(&mut self, scripts: &[NodeName], results: &[ScriptResult]) -> Result<(), Stop> {
        if self.journal.history().runs.iter().any(|run| run.command != RunCommand::ImportResults) {
            let what = "there is a journal of this work here already, made by other runs";
            let hint = format!(
                "{} says what it knows; results are for what was never begun from here",
                self.commands().status()
            );
            let problem = Problem::new(codes::IMPORT_JOURNAL, what).hint(hint);
            return Err(Stop::Blocked(vec![problem]));
        }

        let ordered = self.in_order(scripts, results)?;
        self.begin(RunCommand::ImportResults, None)?;

        let guide = self.guide;
        let mut taken = 0;
        for step in &guide.steps {
            let tasks = step.nodes().into_iter().flat_map(|node| Task::all(step, &node));
            for one in tasks.collect::<Vec<_>>() {
                let mut said = ordered.values().filter(|r| r.node == one.id.node.as_str());
                let outcome = said.find_map(|r| r.outcome(&one.id.file_stem()));
                if let Some(outcome) = outcome {
                    taken += usize::from(self.import_one(&one, outcome)?);
                }
            }

            for cleaned in &step.cleans {
                if self.journal.history().has_begun(step.id.as_str()) {
                    self.note_cleaned(cleaned.as_str())?;
                }
            }
        }

        let ended = ordered.values().filter(|r| r.ended).count();
        let summary = format!(
            "{} taken over; {ended} of {} scripts came to their end",
            counted(taken, "operation"),
            scripts.len()
        );
        self.end(0, &summary)
    }

    /// Notes what a result says of an operation; whether that was new.
    fn import_one(&mut self, one: &Task<'_>, outcome: ScriptOutcome) -> Result<bool, Stop> {
        let Task { step, key, id, op } = one;
        let state = self.journal.history().state(key);
        let (key, at) = (key.clone(), self.journal.now());

        let (record, outcome, detail) = match outcome {
            // Known already; what a later step has cleaned away counts as undone.
            ScriptOutcome::Done if matches!(state, State::Done | State::Undone) => {
                return Ok(false);
            }
            ScriptOutcome::Done => {
                self.intend(step, &key, id, op)?;
                (Record::Done { key, at }, Outcome::Done, None)
            }
            ScriptOutcome::Already
                if state == State::Never && step.lifespan == Lifespan::Lasting =>
            {
                let (leaves, digest) = (self.journal.left_before(&key), op.identity());
                let node = id.node.clone();
                (Record::Adopted { key, node, digest, leaves, at }, Outcome::Adopted, None)
            }
            ScriptOutcome::Failed if matches!(state, State::Never | State::Failed) => {
                self.intend(step, &key, id, op)?;
                let detail = "the script says that it failed";
                let why = Some(detail.to_owned());
                (Record::Failed { key, status: None, at, why }, Outcome::Left, Some(detail))
            }
            // Nothing was done, and nothing is known that was not known before.
            ScriptOutcome::Already | ScriptOutcome::Failed | ScriptOutcome::Differs => {
                return Ok(false);
            }
        };

        self.journal.append(record)?;
        self.sink.tell(&Event::OpEnds {
            proof: None,
            step: step.id.to_string(),
            node: id.node.clone(),
            number: id.number,
            outcome,
            detail: detail.map(str::to_owned),
        });
        Ok(true)
    }

    /// The results by their numbers, if they belong here and none is missing in between.
    fn in_order<'r>(
        &mut self,
        scripts: &[NodeName],
        results: &'r [ScriptResult],
    ) -> Result<BTreeMap<usize, &'r ScriptResult>, Stop> {
        let mut problems = Vec::new();
        let mut ordered: BTreeMap<usize, &ScriptResult> = BTreeMap::new();

        for result in results {
            let name = format!("the result of script {}", result.number);
            let script = result.number.checked_sub(1).and_then(|at| scripts.get(at));
            if result.settings != self.guide.digest {
                problems.push(
                    Problem::new(
                        codes::IMPORT_OTHER_SETTINGS,
                        format!("{name} was made from other settings"),
                    )
                    .on(result.node.as_str())
                    .hint("use the profile as it was when the scripts were printed"),
                );
            } else if script.is_none_or(|node| node.as_str() != result.node) {
                problems.push(
                    Problem::new(
                        codes::IMPORT_UNKNOWN,
                        format!("{name} belongs to no script of this profile"),
                    )
                    .on(result.node.as_str()),
                );
            } else if ordered.insert(result.number, result).is_some_and(|other| other != result) {
                problems.push(
                    Problem::new(
                        codes::IMPORT_TWICE,
                        format!("{name} is there twice, and the two differ"),
                    )
                    .on(result.node.as_str()),
                );
            }
        }

        let last = ordered.keys().next_back().copied().unwrap_or(0);
        for number in (1..last).filter(|n| ordered.get(n).is_none_or(|r| !r.ended)) {
            let what = if ordered.contains_key(&number) {
                "did not come to its end"
            } else {
                "is missing"
            };
            problems.push(
                Problem::new(
                    codes::IMPORT_MISSING,
                    format!("the result of script {number} {what}, and a later one is there"),
                )
                .hint("bring the results of all scripts that were run, each as it was at the end"),
            );
        }
        if results.is_empty() {
            problems.push(Problem::new(codes::IMPORT_NOTHING, "no result of a script was given"));
        }
        let left = self.tell_problems(During::Importing, problems);
        if left.is_empty() { Ok(ordered) } else { Err(Stop::Blocked(left)) }
    }
}
