//! Goes on without a member that has gone down, where another member can do the step. What has to
//! be done on the lost node itself is left to a later run. Whether it is down, `fleet` finds out.

use super::{Engine, Event, Stop};
use crate::node::NodeName;
use crate::problem::{Problem, codes};
use crate::step::{Scope, Step};

impl Engine<'_> {
    /// Whether a step that belongs to the whole cluster can be gone on with on another member,
    /// since the one that was asked is down. That a line is lost is not enough: only when the
    /// cluster itself says so is nothing at work on that node any more.
    ///
    /// The node is left out of the rest of the run.
    pub(super) fn goes_on_without(&mut self, step: &Step, lost: &Problem) -> Result<bool, Stop> {
        let Scope::Member(members) = &step.scope else { return Ok(false) };
        let named = lost.node.as_deref().map(|name| NodeName(name.into()));
        let Some(dead) = named.filter(|node| members.contains(node)) else { return Ok(false) };

        let has_others = members.iter().any(|member| *member != dead && self.fleet.has(member));
        if !has_others || !self.fleet.is_lost(&dead) {
            return Ok(false);
        }

        let what = format!("{dead} does not answer: {}", lost.what);
        let problem = Problem::new(codes::MEMBER_LOST, what).on(dead.as_str());
        let problem = problem.hint("calha asks another member what the cluster says of it");
        self.sink.tell(&Event::Notice { step: step.id.to_string(), problem });

        let witness = self.fleet.witness(members, &dead, self.interrupted)?;
        let Some(witness) = witness else { return Ok(false) };

        let what =
            format!("{witness} says that {dead} is down; from here it does what any member can do");
        let resume = self.commands().resume();
        let hint = format!(
            "what has to be done on {dead} itself stays to be done: {resume}, when it is back"
        );
        let problem = Problem::new(codes::MEMBER_DOWN, what).on(dead.as_str()).hint(hint);
        self.sink.tell(&Event::Notice { step: step.id.to_string(), problem });

        self.fleet.without(dead);
        Ok(true)
    }
}
