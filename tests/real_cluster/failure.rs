//! The failures that are tried, what each does to the cluster, and how it is put right again.

use crate::round::Round;
use crate::run::{Ended, Run};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// kill -9 of calha.
    Kill,
    /// The node that calha works on loses its power.
    PowerAtWork,
    /// Another node does.
    PowerOfAnother,
    /// A network cable is pulled, and plugged in again later.
    Cable,
    /// The cluster's daemons end in good order, and take the node out of the cluster.
    Daemons,
    /// Calendar Server does not stop, on any node.
    StopFails,
    /// It does not start on one node, or on all.
    StartFails,
    StartFailsEverywhere,
    /// The shared disk takes no writes any more.
    ReadOnly,
    /// A second administrator does the same at the same time, on a machine of his own.
    TwoAdministrators,
}

impl Failure {
    pub const ALL: [Self; 10] = [
        Self::Kill,
        Self::PowerAtWork,
        Self::PowerOfAnother,
        Self::Cable,
        Self::Daemons,
        Self::StopFails,
        Self::StartFails,
        Self::StartFailsEverywhere,
        Self::ReadOnly,
        Self::TwoAdministrators,
    ];

    /// Whether users are cut off by the failure itself, and not by what calha does.
    pub fn cuts_users_off(self) -> bool {
        !matches!(self, Self::Kill | Self::TwoAdministrators)
    }

    /// Strikes while calha runs; `node` is one that was drawn. What else was run by it.
    pub fn strike(self, round: &Round, run: &Run, command: &str, node: &str) -> Option<Ended> {
        let nodes = &round.site.rack.nodes;
        let fails = |program: &str, node: &str| {
            let marker = format!("/run/{program}.fails");
            nodes.on(node, &["touch", &marker]);
        };
        let at_work = run.node_at_work().unwrap_or_else(|| node.to_owned());
        match self {
            Self::Kill => run.strike_dead(),
            Self::PowerAtWork => nodes.power_off(&at_work),
            Self::PowerOfAnother => {
                let other = nodes.names.iter().find(|n| **n != at_work);
                nodes.power_off(other.expect("a cluster has two nodes"));
            }
            // Until one of the two has been fenced: not always the one that was cut.
            Self::Cable => {
                nodes.cable(node, false);
                nodes.loses_one();
            }
            Self::Daemons => {
                nodes.on(node, &["pkill", "-TERM", "-x", "pacemakerd"]);
                nodes.loses_one();
            }
            Self::StopFails => nodes.names.iter().for_each(|n| fails("stop-cal", n)),
            Self::StartFails => fails("start-cal", node),
            Self::StartFailsEverywhere => nodes.names.iter().for_each(|n| fails("start-cal", n)),
            Self::ReadOnly => round.site.rack.takes_writes(false),
            Self::TwoAdministrators => {
                let second = Run::by_another(&round.site, command, &["--yes"]).end();
                println!("  the second: status {}: {}", second.status, second.last_problem());
                assert!([0, 1, 3, 4].contains(&second.status), "{}", second.text());
                return Some(second);
            }
        }
        None
    }

    /// What an administrator puts right outside of calha: power, cables, programs, disks.
    pub fn mend(round: &Round) {
        let nodes = &round.site.rack.nodes;
        round.site.rack.takes_writes(true);
        nodes.names.iter().for_each(|node| nodes.cable(node, true));
        for node in &nodes.names {
            nodes.on(node, &["rm", "-f", "/run/stop-cal.fails", "/run/start-cal.fails"]);
        }
        nodes.all_back();
    }
}
