//! Hosts that are asked all at once, each in a thread of its own. Who waits decides for how long:
//! what some have answered can be used while others are silent.

use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::complain;
use crate::host::Connector;
use crate::node::{HostError, NodeName};

/// After so long somebody who waits is told for whom.
const SILENT: Duration = Duration::from_secs(10);

/// A host, and what it answered.
pub struct HostAnswer<T> {
    pub host: NodeName,
    pub answer: Result<T, HostError>,
}

/// The hosts that were asked, and what they have answered so far.
pub struct Waiting<T> {
    pub hosts: Vec<NodeName>,
    pub told: Vec<HostAnswer<T>>,
    receiver: Receiver<HostAnswer<T>>,
    begun: Instant,
}

impl<T: Send + 'static> Waiting<T> {
    /// Nobody is asked.
    pub fn nobody(hosts: Vec<NodeName>) -> Self {
        let (_, receiver) = channel();
        Self { hosts, told: Vec::new(), receiver, begun: Instant::now() }
    }

    /// Asks every host. A thread ends with its answer or with the process: nobody has to wait for a
    /// line that hangs.
    pub fn begin(
        connectors: Vec<Connector>,
        ask: impl Fn(Connector) -> Result<T, HostError> + Clone + Send + 'static,
    ) -> Self {
        let (sender, receiver) = channel();
        let hosts = connectors.iter().map(|connector| connector.node.clone()).collect();
        for connector in connectors {
            let (node, sender, ask) = (connector.node.clone(), sender.clone(), ask.clone());
            let (of, told) = (node.clone(), sender.clone());
            let asking = move || {
                let asked = ask(connector);
                // Whoever waited may have gone.
                let _ = told.send(HostAnswer { host: of, answer: asked });
            };
            if let Err(error) = thread::Builder::new().spawn(asking) {
                let why = format!("this machine starts no thread for it: {error}");
                let lost = HostError::Unreachable { node: node.0.clone(), why };
                let _ = sender.send(HostAnswer { host: node, answer: Err(lost) });
            }
        }
        Self { hosts, told: Vec::new(), receiver, begun: Instant::now() }
    }

    /// Waits until every host has answered, at most so long from the beginning.
    pub fn until(&mut self, limit: Duration) {
        self.until_enough(limit, |_| false);
    }

    /// Waits so long for every host, and then for the first that answers well, at most until
    /// `late`.
    pub fn until_some(&mut self, soon: Duration, late: Duration) {
        self.until(soon);
        self.until_enough(late, |told| told.iter().any(|told| told.answer.is_ok()));
    }

    /// Waits until every host has answered, or what they have answered is enough.
    fn until_enough(&mut self, limit: Duration, is_enough: impl Fn(&[HostAnswer<T>]) -> bool) {
        while !self.open().is_empty() && !is_enough(&self.told) {
            match self.receiver.recv_timeout(self.rest(limit)) {
                Ok(told) => self.told.push(told),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Waits for all of them, says which ones are silent, and gives their answers in the order in
    /// which they were asked.
    pub fn all(mut self) -> Vec<HostAnswer<T>> {
        self.until(SILENT);
        for host in self.open() {
            complain(&format!("{host}: no answer for {} seconds; still waiting", SILENT.as_secs()));
        }
        while let Ok(told) = self.receiver.recv() {
            self.told.push(told);
        }

        let mut answer = |node: &NodeName| {
            let at = self.told.iter().position(|told| told.host == *node);
            at.map(|at| self.told.swap_remove(at).answer)
        };
        let lost = |node: &NodeName| HostError::Unreachable {
            node: node.0.clone(),
            why: "its thread ended".into(),
        };
        let hosts = self.hosts.into_iter();
        hosts
            .map(|host| {
                let answer = answer(&host).unwrap_or_else(|| Err(lost(&host)));
                HostAnswer { host, answer }
            })
            .collect()
    }

    /// What is left of so long from the beginning.
    pub fn rest(&self, limit: Duration) -> Duration {
        limit.saturating_sub(self.begun.elapsed())
    }

    /// Hosts that have not answered yet.
    pub fn open(&self) -> Vec<NodeName> {
        let has_told = |node: &NodeName| self.told.iter().any(|told| told.host == *node);
        self.hosts.iter().filter(|node| !has_told(node)).cloned().collect()
    }

    /// Whether some have answered and others are still waited for.
    pub fn is_worth_telling(&self) -> bool {
        !self.open().is_empty() && self.told.iter().any(|told| told.answer.is_ok())
    }
}
