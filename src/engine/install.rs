//! The way forward: from wherever the last run ended to what the profile says. What can be refused
//! or asked beforehand is refused or asked before the first operation. Doing an operation is left
//! to `carry_out`, undoing to `back`.

use std::collections::BTreeSet;

use super::forward::Numbered;
use super::sight::Sight;
use super::{Document, During, Engine, Event, Question, Reply, Stop, Summary, Survey};
use crate::journal::{Entry, OpKey, RunCommand, State};
use crate::node::NodeName;
use crate::op::Op;
use crate::problem::{Problem, WayOut, codes};
use crate::step::{GroupCondition, Lifespan, Step};
use crate::text::counted;

impl<'e> Engine<'e> {
    /// Does what is left to do, from wherever the last run ended. `command` is its name in the
    /// journal.
    ///
    /// # Errors
    /// Why it did not come to its end; the journal says how far it came.
    pub fn install(&mut self, command: RunCommand) -> Result<(), Stop> {
        self.refuse_stuck()?;
        if self.journal.history().closed {
            self.finish_closing()?;
        }
        self.refuse_other_settings()?;

        let mut survey = self.survey_and_look()?;
        let elsewhere = self.elsewhere()?;
        if !elsewhere.is_empty() {
            return Err(Stop::Blocked(elsewhere));
        }

        let mut chosen = self.chosen(&survey)?;
        // The steps follow from the settings, so what is open of them comes before anything is told
        // of the steps.
        let open = self.choose_settings(&survey, &chosen)?;
        self.announce(command.clone(), &survey, &chosen)?;

        if self.is_idle(&survey, &chosen) && survey.documents.iter().all(Document::is_silent) {
            return self.end_idle(&survey, &chosen);
        }
        (survey, chosen) = self.look_until_right(survey, chosen)?;
        if self.is_idle(&survey, &chosen) {
            return self.end_idle(&survey, &chosen);
        }

        self.need_a_terminal(&survey, &chosen)?;
        self.ask_besides(open, open_questions(&survey, &chosen))?;
        if survey.wanted.iter().any(|id| chosen.contains(id)) {
            self.need_consent("go on with these steps?")?;
        }

        // The journal comes before the locks: whatever stands on a node, a journal says whose it
        // is.
        self.begin(command, None)?;
        let due = self.due_of(&survey, &chosen);
        let steps: Vec<&Step> = due.iter().map(|numbered| numbered.step).collect();
        self.lock(&steps)?;
        self.looks_back = true;
        let result = self.run_steps(&survey, &due).map_err(|stop| self.having_seen(stop));
        let synced = self.journal.sync();
        self.unlock();
        result?;
        synced?;
        self.still_stands(&steps)?;

        let summary = format!("{} carried out", counted(self.changed, "operation"));
        self.end(self.changed, &summary)
    }

    /// What can be seen before the first change; as long as somebody puts right what is in its way,
    /// everything is looked at again.
    fn look_until_right(
        &mut self,
        mut survey: Survey,
        mut chosen: BTreeSet<String>,
    ) -> Result<(Survey, BTreeSet<String>), Stop> {
        // A look says more of what is odd than a question can, so it comes first.
        while let Err(stop) = self.look_early(&survey, &chosen) {
            let Stop::Blocked(problems) = &stop else { return Err(stop) };
            match self.person().look_again(problems) {
                Reply::Yes => {}
                Reply::Interrupted => return Err(Stop::Interrupted),
                Reply::No | Reply::Nobody => return Err(stop),
            }
            // What was put right may have been more than a problem.
            survey = self.survey_and_look()?;
            chosen = self.chosen(&survey)?;
        }
        Ok((survey, chosen))
    }

    /// Whether these steps have nothing to do, to note or to ask.
    pub(super) fn is_idle(&self, survey: &Survey, chosen: &BTreeSet<String>) -> bool {
        let news = self
            .guide
            .steps
            .iter()
            .any(|s| chosen.contains(s.id.as_str()) && survey.has_news(s.id.as_str()));
        let asked = survey.questions.iter().any(|q| q.is_of_any(chosen));
        chosen.iter().all(|id| !survey.wanted.contains(id)) && !news && !asked
    }

    /// Steps of this run: all, or those that the options name.
    pub(super) fn chosen(&self, survey: &Survey) -> Result<BTreeSet<String>, Stop> {
        let all: Vec<&str> = self.guide.steps.iter().map(|s| s.id.as_str()).collect();
        let options = &self.options.chosen;
        let named = options.only.iter().chain(&options.from);
        let unknown = unknown_steps(&all, named.map(String::as_str));
        if !unknown.is_empty() {
            return Err(Stop::Blocked(unknown));
        }

        let mut chosen: BTreeSet<String> =
            options.of(&all).into_iter().map(str::to_owned).collect();

        // Positions may be taken up for a chosen step; what stays must stand already.
        let mut problems = Vec::new();
        let mut open: Vec<String> =
            chosen.iter().filter(|s| survey.wanted.contains(*s)).cloned().collect();
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            let Some(step) = self.guide.step(&id).filter(|_| seen.insert(id.clone())) else {
                continue;
            };
            for need in &step.needs {
                let Some(needed) = self.guide.step(need.as_str()) else { continue };
                if needed.lifespan == Lifespan::Lasting
                    && !chosen.contains(need.as_str())
                    && survey.has_work(need.as_str())
                {
                    problems.push(
                        Problem::new(
                            codes::STEP_NEEDS,
                            format!("{id} needs {need}, which is not done"),
                        )
                        .hint(format!("add --only {need}, or run without --only and --from")),
                    );
                } else if needed.lifespan == Lifespan::Passing {
                    chosen.insert(need.to_string());
                    open.push(need.to_string());
                }
            }
        }

        if problems.is_empty() { Ok(chosen) } else { Err(Stop::Blocked(problems)) }
    }

    fn announce(
        &mut self,
        command: RunCommand,
        survey: &Survey,
        chosen: &BTreeSet<String>,
    ) -> Result<(), Stop> {
        // Of an installation calha plan shows the commands.
        let is_planned = !matches!(command, RunCommand::DebugOn | RunCommand::KeepServer);
        let summary = |s: &Step| {
            let todo = chosen.contains(s.id.as_str()) && survey.wanted.contains(s.id.as_str());
            let all = Summary::of_step(s);
            let commands = if is_planned || !todo { Vec::new() } else { all.commands };
            Summary { todo, commands, ..all }
        };

        let mut steps: Vec<Summary> = self.guide.steps.iter().map(summary).collect();
        for told in steps.iter_mut().filter(|told| told.todo && !is_planned) {
            if let Some(step) = self.guide.step(&told.id) {
                told.diffs = self.diffs(step)?;
            }
        }

        let work: Vec<String> = steps.iter().filter(|s| s.todo).map(|s| s.id.clone()).collect();
        let leftovers = self.guide.leftovers(|step| work.iter().any(|id| *id == step.id));
        let outages = self.outages(survey, chosen)?;
        self.sink.tell(&Event::Announced { command, steps, leftovers, outages });
        Ok(())
    }

    /// What each file that a step edits will be.
    fn diffs(&self, step: &Step) -> Result<Vec<(NodeName, String)>, Stop> {
        let mut all = Vec::new();
        for node in step.nodes() {
            for (id, op) in step.named_ops(&node) {
                if let Op::Edit { .. } = op {
                    let seen = self.fleet.look_at(&node, &id.step, |host| Sight::of(host, &op))?;
                    all.extend(seen.diff.map(|diff| (node.clone(), diff)));
                }
            }
        }
        Ok(all)
    }

    /// Programs that ask need somebody to answer them; that nobody is there is better said before
    /// the first change.
    fn need_a_terminal(&self, survey: &Survey, chosen: &BTreeSet<String>) -> Result<(), Stop> {
        if self.prompt.attends() {
            return Ok(());
        }

        let due = |s: &&Step| {
            chosen.contains(s.id.as_str())
                && survey.wanted.contains(s.id.as_str())
                && survey.has_work(s.id.as_str())
        };

        let mut questions = Vec::new();
        for step in self.guide.steps.iter().filter(due) {
            let asks = |node: &NodeName| {
                (step.ops)(node).iter().any(|op| matches!(op, Op::Run(_)) && op.is_attended())
            };
            if let Some(node) = step.nodes().into_iter().find(asks) {
                questions.push(Question {
                    code: codes::ATTENDED.of(step.id.as_str()),
                    step: Some(step.id.to_string()),
                    node: Some(node),
                    what: format!(
                        "{}: its program asks, and calha has no terminal for it",
                        step.title
                    ),
                    found: "standard input is not a terminal".into(),
                    remedy: None,
                    accepting: format!(
                        "run calha on a terminal, or set {} to \"silent\" or \"operator\"",
                        step.id.kind.mode().unwrap_or("its mode")
                    ),
                });
            }
        }

        if questions.is_empty() { Ok(()) } else { Err(Stop::Unanswered(questions)) }
    }

    /// The steps of this run.
    fn due_of(&self, survey: &Survey, chosen: &BTreeSet<String>) -> Vec<Numbered<'e>> {
        let asked: BTreeSet<&str> =
            survey.questions.iter().filter_map(|q| q.step.as_deref()).collect();
        self.numbered(|step| {
            let due = survey.wanted.contains(step.id.as_str())
                || survey.has_news(step.id.as_str())
                || asked.contains(step.id.as_str());
            chosen.contains(step.id.as_str()) && due
        })
    }

    pub(super) fn refuse_stuck(&self) -> Result<(), Stop> {
        let stuck = self.journal.history().in_state(State::Stuck);
        let problems: Vec<Problem> =
            stuck.into_iter().map(|(key, entry)| self.stuck_problem(key, entry)).collect();
        if problems.is_empty() { Ok(()) } else { Err(Stop::Stuck(problems)) }
    }

    /// An undo that did not work, and what is to be typed now: the cluster may have been helped
    /// since, or stand otherwise.
    fn stuck_problem(&self, key: &OpKey, entry: &Entry) -> Problem {
        let why = entry.why.clone().unwrap_or_default();
        let asked = entry.node.iter().flat_map(|node| entry.undo.iter().map(move |op| (node, op)));
        let condition = asked
            .map(|(node, op)| self.condition(node, op))
            .find(|condition| !condition.states.is_empty());
        // What is down is what the undo wants; only what has not stopped is in its way.
        let in_the_way = |c: &GroupCondition| c.remedy().filter(|remedy| remedy.stopped.is_some());
        let next = match (condition.as_ref().map(in_the_way), &entry.next) {
            (Some(Some(remedy)), _) => Some(self.guide.remedy(remedy).told()),
            // Nothing of its group is odd any more.
            (Some(None), Some(next)) if next.contains("scswitch -c ") => None,
            (_, next) => next.clone(),
        };
        // What goes on after it stands at the end of what is told: it depends on what is stuck.
        let next = next.map_or_else(String::new, |next| format!("{next}; then go on; "));
        let resolve = self.commands().resolve();
        let problem = Problem::new(codes::UNDO_STUCK, format!("calha could not undo {key}: {why}"));
        let problem = match &entry.node {
            Some(node) => problem.on(node.as_str()),
            None => problem,
        };
        problem.hint(format!("{next}{resolve} notes what is settled by hand"))
    }

    /// Whether something stands that was begun with other settings than the guide's.
    pub fn has_other_settings(&self) -> bool {
        !self.begun_otherwise().is_empty()
    }

    /// A changed profile is welcome as long as it changes nothing that has begun.
    pub(super) fn refuse_other_settings(&mut self) -> Result<(), Stop> {
        match self.other_settings() {
            None => Ok(()),
            Some(problem) => Err(Stop::Blocked(self.tell_problems(During::Profile, vec![problem]))),
        }
    }

    /// What was begun with other settings, and the way out.
    pub(super) fn other_settings(&self) -> Option<Problem> {
        let history = self.journal.history();
        let mut steps: Vec<(usize, String)> = Vec::new();
        for (key, entry) in self.begun_otherwise() {
            if !steps.iter().any(|(_, s)| *s == key.step) {
                steps.push((entry.seq, key.step.clone()));
            }
        }

        if steps.is_empty() {
            return None;
        }

        steps.sort();
        let keys = crate::setting::differences(&history.values, &self.guide.values);
        let names: Vec<&str> = steps.iter().map(|(_, s)| s.as_str()).collect();
        let was = keys.iter().map(|key| match history.values.get(key) {
            Some(value) => format!("{key} was {value}"),
            None => format!("{key} was not set"),
        });
        let was = was.collect::<Vec<_>>().join(", ");

        let problem = Problem::new(
            codes::PROFILE_CHANGED,
            format!(
                "the profile was changed, and these steps began with the old settings: {}",
                names.join(", ")
            ),
        )
        .at(format!("settings {}", keys.join(", ")))
        .choice([
            WayOut::by_hand(format!("put these settings back ({was})")),
            WayOut::typed(
                "or, to keep the new ones, undo those steps and what followed",
                self.commands().back_from(names[0]),
            ),
        ]);
        Some(problem)
    }
}

/// What is asked of these steps before the first change.
pub(super) fn open_questions(survey: &Survey, chosen: &BTreeSet<String>) -> Vec<Question> {
    survey.questions.iter().filter(|q| q.is_of_any(chosen)).cloned().collect()
}

/// Those of these names that are no step, each with what was meant perhaps and what there is.
pub fn unknown_steps<'n>(known: &[&str], named: impl IntoIterator<Item = &'n str>) -> Vec<Problem> {
    let unknown = named.into_iter().filter(|name| !known.contains(name));
    let problem = |name: &str| {
        let meant = crate::text::nearest(name, known.iter().copied())
            .map_or_else(String::new, |near| format!("did you mean {near}? "));
        let hint = format!("{meant}the steps are {}", known.join(", "));
        Problem::new(codes::STEP_UNKNOWN, format!("there is no step {name}")).hint(hint)
    };
    unknown.map(problem).collect()
}
