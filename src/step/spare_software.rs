//! What the installer puts outside its install root, on a node that only runs programs from shared
//! disks.
//!
//! The programs move with their group; packages, shared components and entries below /etc and /var
//! stay on the node that they were installed on. The operator runs the installer on such a node
//! once. Promise: the step is done when the package is seen there. Not for nodes on which an
//! instance is installed: these have all of it.

use super::{Citation, Scope, Seen, Site, Step, StepKind, Views, query};
use crate::node::{Command, HostError, Inspect, NodeName, NodePath};
use crate::op::{Check, Leftover, Op};
use crate::problem::{Problem, codes};

/// The package whose presence tells that the installer has run on a node.
const PACKAGE: &str = "SUNWics5";

/// The kind of what stays, as journals have it.
pub const SPARE_PACKAGES: &str = "the packages of Calendar Server, if this root was chosen";

/// One installation on each spare node, never configured; no step where every node has one of its
/// own.
pub fn spare_software(site: &Site) -> Option<Step> {
    let spares = site.settings.spares();
    if spares.is_empty() {
        return None;
    }
    let site = site.clone();
    let step = Step::new(
        StepKind::SpareSoftware,
        "what the installer puts outside its install root, on nodes on standby",
        Citation { section: "6.1.3, 6.7.2", errata: &["E09"] },
        Scope::EachNode(spares),
        "Programs move with their disks; packages, shared components and what is below /etc and \
         /var do not.",
    );
    Some(
        step.needing(&[StepKind::Record, StepKind::Preflight])
            .doing(move |node| vec![install(&site, node)]),
    )
}

fn install(site: &Site, node: &NodeName) -> Op {
    let served = site.settings.instances.iter().filter(|i| i.nodes.contains(node));
    let shared: Vec<&str> = served.map(|i| i.install_root.as_str()).collect();
    let instructions = format!(
        "Run the Communications Suite installer once on {node}, for Calendar Server 6.3:\n  \
         install root: a directory of this node's own, such as /opt/{node};\n  \
         not {}: shared disks are mounted there.\n  \
         Choose \"Configure Later\", and never run csconfigurator.sh there.\n\
         It puts on {node} what an active node has outside of its install root:\n  \
         the records of the packages ({PACKAGE} and others, see pkginfo),\n  \
         the shared components, and its files below /etc and /var.",
        shared.join(", not ")
    );

    let leaves = vec![
        Leftover { path: fixed(&format!("/opt/{node}")), what: SPARE_PACKAGES.into() },
        Leftover {
            path: fixed("/var/sadm"),
            what: "the vendor's installation records and logs".into(),
        },
    ];

    Op::Operator {
        on: None,
        command: site.settings.installer.command(site.spare_state_file.as_ref()),
        instructions,
        done_when: Check::Succeeds(Command::new("/usr/bin/pkginfo", ["-q", PACKAGE])),
        leaves,
    }
}

fn fixed(text: &str) -> NodePath {
    NodePath::new(text).expect("a node's name makes a path")
}

/// Packages that the node of an installation has and a spare node lacks, each by its name: said,
/// since a node may have packages of its own.
pub(super) fn lacking(site: &Site, hosts: &Views<'_>, seen: &mut Seen) -> Result<(), HostError> {
    let (active, spare) = (site.primary(), site.secondary());
    let both = hosts.get(&active).zip(hosts.get(&spare));
    let Some((there, here)) = both.filter(|_| site.settings.spares().contains(&spare)) else {
        return Ok(());
    };
    let (there, here) = (packages(*there)?, packages(*here)?);
    let missing: Vec<String> = there.into_iter().filter(|p| !here.contains(p)).collect();
    if missing.is_empty() {
        seen.facts.push(format!("{spare}: has every package that {active} has"));
        return Ok(());
    }
    let what = format!("lacks packages that {active} has: {}", missing.join(", "));
    seen.notices.push(
        Problem::new(codes::SPARE_PACKAGES, what)
            .on(spare.as_str())
            .hint(format!(
                "what the installer put on {active} belongs on {spare} too: pkgadd -d MEDIUM \
                 PACKAGE"
            ))
            .section("6.1.3"),
    );
    Ok(())
}

/// Names of the installed packages by pkginfo(1): category, name, title.
fn packages(host: &dyn Inspect) -> Result<Vec<String>, HostError> {
    let lines = query::lines(host, &Command::new("/usr/bin/pkginfo", [""; 0]))?;
    let name = |line: &String| line.split_whitespace().nth(1).map(str::to_owned);
    Ok(lines.iter().filter_map(name).collect())
}
