//! What an installation would find before its first change, found by who changes nothing: the
//! dry run and the check of prerequisites. It begins nothing, takes no lock and leaves the journal
//! as it is.

use super::install::open_questions;
use super::{Document, Engine, Event, Stop, Summary};
use crate::journal::RunCommand;
use crate::problem::Problem;
use crate::step::Step;

impl Engine<'_> {
    /// Tells everything that `install` would tell before its first change.
    ///
    /// # Errors
    /// Why `install` would end there.
    pub fn foresee(&mut self) -> Result<(), Stop> {
        self.refuse_stuck()?;
        if self.journal.history().closed {
            return Ok(());
        }
        self.refuse_other_settings()?;

        let survey = self.survey_and_look()?;
        let elsewhere: Vec<Problem> = self.elsewhere()?;
        if !elsewhere.is_empty() {
            return Err(Stop::Blocked(elsewhere));
        }

        let chosen = self.chosen(&survey)?;
        let open = self.choose_settings(&survey, &chosen)?;
        if self.is_idle(&survey, &chosen) && survey.documents.iter().all(Document::is_silent) {
            let ended = self.end_idle(&survey, &chosen);
            if ended.is_err() {
                // What is wrong has been told: no step would do anything about it.
                self.end(0, "no step has anything to do")?;
            }
            return ended;
        }
        let is_wanted = |id: &str| chosen.contains(id) && survey.wanted.contains(id);
        let summary = |step: &Step| Summary {
            todo: is_wanted(step.id.as_str()),
            commands: Vec::new(),
            ..Summary::of_step(step)
        };
        let steps = self.guide.steps.iter().map(summary).collect();
        let (command, leftovers) = (RunCommand::Install, Vec::new());
        let outages = self.outages(&survey, &chosen)?;
        self.sink.tell(&Event::Announced { command, steps, leftovers, outages });
        self.look_early(&survey, &chosen)?;
        self.ask_besides(open, open_questions(&survey, &chosen))
    }
}
