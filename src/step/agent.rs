//! The agent's package on every node. Somebody installs it: which medium there is, and whether the
//! line that is shown fits it, only the administrator knows. It is never removed here.

use super::{Citation, Scope, Site, Step, StepKind};
use crate::node::{Command, NodePath};
use crate::op::{Check, Leftover, Op};

/// The package of the agent.
pub(super) const AGENT: &str = "SUNWscics";

/// The step, on every member: the cluster may start methods of the agent on each.
pub fn agent(site: &Site) -> Step {
    Step::new(
        StepKind::Agent,
        format!("the agent {AGENT} on every node"),
        Citation { section: "6.3, 6.7.1.1", errata: &["E09", "E73"] },
        Scope::EachNode(site.members()),
        "Its type cannot be registered without its files; 6.6 forgets to install it.",
    )
    .needing(&[StepKind::Record, StepKind::Preflight])
    .doing(|_| {
        vec![Op::Operator {
            on: None,
            command: None,
            instructions: format!(
                "Install {AGENT} on this node, as root, from the Java ES media, not from those of \
                 Calendar Server 6.3 (bug 6560681):\n  \
                 pkgadd -d DIRECTORY {AGENT}\n\
                 DIRECTORY is where the package lies on the medium. Confirm this line with the \
                 manual of your release: it is not proved."
            ),
            done_when: Check::Succeeds(Command::new("/usr/bin/pkginfo", ["-q", AGENT])),
            leaves: vec![Leftover {
                path: NodePath::new("/var/sadm/pkg").expect("a fixed path").join(AGENT),
                what: "the agent's package, installed".into(),
            }],
        }]
    })
}
