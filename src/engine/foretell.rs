//! Tells what another guide will do once this work has ended, before anybody agrees to either. It
//! only looks; doing it is another run's.

use super::back::instance::keys_of_instance;
use super::{During, Engine, Event, Stop, Summary, stopped};
use crate::guide::Guide;
use crate::journal::RunCommand;
use crate::node::HostError;
use crate::step::{Seen, Views};

impl Engine<'_> {
    /// Tells the steps that follow with their commands, and what is seen beforehand.
    ///
    /// # Errors
    /// A host that cannot be asked.
    pub fn foretell(
        &mut self,
        command: RunCommand,
        guide: &Guide,
        look: &dyn Fn(&Views<'_>) -> Result<Seen, HostError>,
    ) -> Result<(), Stop> {
        let steps = guide.steps.iter().map(Summary::of_step).collect();
        let (leftovers, outages) = (Vec::new(), Vec::new());
        self.sink.tell(&Event::Announced { command, steps, leftovers, outages });

        let seen = self.fleet.look(look)?;
        let seen = seen.map_err(|error| stopped(During::Looking, None, error))?;
        let step = During::Looking.to_string();
        for problem in seen.notices {
            self.sink.tell(&Event::Notice { step: step.clone(), problem });
        }
        Ok(())
    }

    /// Whether anything of an instance stands.
    pub fn stands(&self, instance: &str) -> bool {
        !keys_of_instance(self.guide, self.journal.history(), instance, self.to_undo()).is_empty()
    }
}
