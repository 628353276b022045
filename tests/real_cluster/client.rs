//! A client of one instance, on the cluster's switch: it asks the logical address every 100 ms and
//! notes who answered.

use std::io::Read;
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use calha::setting::Instance;
use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};

use crate::nodes::Nodes;
use crate::watch::Watch;

/// After so long a client gives up.
const PATIENCE: Duration = Duration::from_secs(1);

pub struct Client(Watch<Option<String>>);

/// From the first question without an answer to the first with one, or to the last question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outage {
    pub from: Instant,
    pub to: Instant,
}

impl Outage {
    pub fn lasts(&self) -> Duration {
        self.to - self.from
    }
}

/// The node that serves, when there is an answer.
fn ask(address: SocketAddr) -> Option<String> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let node = answer.lines().last().unwrap_or_default().to_owned();
    (!node.is_empty()).then_some(node)
}

impl Client {
    pub fn of(instance: &Instance, nodes: &Nodes) -> Self {
        let address = SocketAddr::new(instance.logical_host.address.into(), instance.port);
        let network = nodes.rack.file("ns/net");
        Self(Watch::begin(move || {
            let network = std::fs::File::open(network).unwrap();
            move_into_link_name_space(
                std::os::fd::AsFd::as_fd(&network),
                Some(LinkNameSpaceType::Network),
            )
            .unwrap();
            move || ask(address)
        }))
    }

    /// Who answered, at each question.
    pub fn seen(&self) -> Vec<(Instant, Option<String>)> {
        self.0.seen()
    }

    /// Who serves now; waits for an answer.
    pub fn served_by(&self, limit: Duration) -> Option<String> {
        let begun = Instant::now();
        crate::processes::until(limit, || {
            self.seen().into_iter().rev().find(|(at, _)| *at > begun).and_then(|(_, node)| node)
        })
    }

    /// When nobody was served, from the first answer on.
    pub fn outages(&self) -> Vec<Outage> {
        let mut outages: Vec<Outage> = Vec::new();
        let mut open = false;
        for (at, node) in self.seen().into_iter().skip_while(|(_, node)| node.is_none()) {
            match (&node, open) {
                (None, false) => outages.push(Outage { from: at, to: at }),
                (_, true) => outages.last_mut().expect("one is open").to = at,
                (Some(_), false) => {}
            }
            open = node.is_none();
        }
        outages
    }
}
