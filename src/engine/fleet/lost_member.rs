//! Whether a member that does not answer is down. The word of the cluster alone counts: a lost line
//! is not enough, since something may still be at work on that node (scha_cluster_get(1HA)). It is
//! asked directly, past everything that is known. What follows is left to `another_member`.

use std::time::Duration;

use super::Fleet;
use crate::cluster::{NodeState, queries};
use crate::engine::Stop;
use crate::node::{HostError, Inspect, NodeName, NodePath};

/// How often another member is asked for the state of one that does not answer: a cluster is sure
/// of a death after 3 to 10 seconds, as a real one of Pacemaker showed, and is given twice that.
const ASKED: u32 = 10;
/// From one time to the next.
const PAUSE: Duration = Duration::from_secs(2);

impl Fleet<'_> {
    /// Whether a node that is connected does not answer any more.
    pub fn is_lost(&self, node: &NodeName) -> bool {
        let root = NodePath::new("/").expect("a fixed path");
        self.hosts.get(node).is_some_and(|host| host.exists(&root).is_err())
    }

    /// The member that says of another that it is down; `None` when nobody says so in time.
    ///
    /// # Errors
    /// [`Stop::Interrupted`].
    pub fn witness(
        &self,
        members: &[NodeName],
        dead: &NodeName,
        interrupted: &dyn Fn() -> bool,
    ) -> Result<Option<NodeName>, Stop> {
        let others: Vec<_> = members
            .iter()
            .filter(|member| *member != dead)
            .filter_map(|member| Some((member, *self.hosts.get(member)?)))
            .collect();

        for attempt in 0..ASKED {
            if interrupted() {
                return Err(Stop::Interrupted);
            }
            let asked =
                others.iter().find_map(|(name, host)| Some((*name, says_down(*host, dead).ok()?)));
            let Some((witness, is_down)) = asked else { return Ok(None) };
            if is_down {
                return Ok(Some(witness.clone()));
            }
            if attempt + 1 < ASKED && others.iter().any(|(_, host)| host.is_far()) {
                std::thread::sleep(PAUSE);
            }
        }
        Ok(None)
    }

    /// Leaves a node that is down out of the rest of the run.
    pub fn without(&mut self, dead: NodeName) {
        self.cache.forget();
        self.hosts.remove(&dead);
        self.down.push(dead);
    }
}

/// Whether the cluster takes a node for down, by a member.
fn says_down(asked: &dyn Inspect, node: &NodeName) -> Result<bool, HostError> {
    let command = queries::node_state(node);
    let output = asked.query(&command)?;
    if !output.success() {
        return Err(HostError::Io {
            path: command.program.to_string(),
            why: format!("status {}", output.status),
        });
    }
    Ok(NodeState::parse(&output.text()) == Some(NodeState::Down))
}
