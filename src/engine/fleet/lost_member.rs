//! Goes on without a member that has gone down, where another member can do the step. The word of
//! the cluster alone counts: a lost line is not enough. What has to be done on the lost node itself
//! is left to a later run.

use std::time::Duration;

use crate::engine::{Engine, Event, Stop};
use crate::host::Host;
use crate::node::{Command, HostError, Inspect, NodeName, NodePath};
use crate::problem::{Problem, codes};
use crate::step::{Scope, Step};

/// How often another member is asked for the state of one that does not answer: a cluster is sure
/// of a death after some ten seconds.
const ASKED: u32 = 10;
/// From one time to the next.
const PAUSE: Duration = Duration::from_secs(2);

impl Engine<'_> {
    /// Whether a step that belongs to the whole cluster can be gone on with on another member,
    /// since the one that was asked is down. That a line is lost is not enough: only when the
    /// cluster itself says so is nothing at work on that node any more (scha_cluster_get(1HA)).
    ///
    /// The node is left out of the rest of the run.
    pub(in crate::engine) fn goes_on_without(
        &mut self,
        step: &Step,
        lost: &Problem,
    ) -> Result<bool, Stop> {
        let Scope::Member(members) = &step.scope else { return Ok(false) };

        let Some(dead) = lost
            .node
            .as_deref()
            .map(|name| NodeName(name.into()))
            .filter(|node| members.contains(node))
        else {
            return Ok(false);
        };

        let others: Vec<(NodeName, &dyn Host)> = members
            .iter()
            .filter(|n| **n != dead)
            .filter_map(|n| Some((n.clone(), *self.hosts.get(n)?)))
            .collect();
        let Some(asked) = self.hosts.get(&dead).filter(|_| !others.is_empty()) else {
            return Ok(false);
        };
        if asked.exists(&NodePath::new("/").expect("a fixed path")).is_ok() {
            // Only the line was lost.
            return Ok(false);
        }

        let notice = |problem: Problem| Event::Notice { step: step.id.to_string(), problem };
        let told =
            Problem::new(codes::MEMBER_LOST, format!("{dead} does not answer: {}", lost.what))
                .on(dead.as_str());
        self.sink.tell(&notice(told.hint("another member is asked what the cluster says of it")));

        for attempt in 0..ASKED {
            if (self.interrupted)() {
                return Err(Stop::Interrupted);
            }
            let Some((witness, is_down)) =
                others.iter().find_map(|(name, host)| Some((name, says_down(*host, &dead).ok()?)))
            else {
                return Ok(false);
            };

            if is_down {
                let what = format!(
                    "{witness} says that {dead} is down; from here it does what any member can do"
                );
                let resume = self.commands().resume();
                let hint = format!(
                    "what has to be done on {dead} itself stays to be done: {resume}, \
                    when it is back"
                );
                self.sink.tell(&notice(
                    Problem::new(codes::MEMBER_DOWN, what).on(dead.as_str()).hint(hint),
                ));
                self.hosts.remove(&dead);
                self.down.push(dead);
                self.known.forget();
                return Ok(true);
            }

            if attempt + 1 < ASKED && others.iter().any(|(_, host)| host.is_far()) {
                std::thread::sleep(PAUSE);
            }
        }
        Ok(false)
    }
}

/// Whether the cluster takes a node for down, by a member.
fn says_down(asked: &dyn Inspect, node: &NodeName) -> Result<bool, HostError> {
    let command =
        Command::new("/usr/cluster/bin/scha_cluster_get", ["-O", "NODESTATE_NODE", node.as_str()]);
    let output = asked.query(&command)?;
    if !output.success() {
        return Err(HostError::Io {
            path: command.program.to_string(),
            why: format!("status {}", output.status),
        });
    }
    Ok(output.text().trim() == "DOWN")
}
