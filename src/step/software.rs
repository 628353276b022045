//! Installs Calendar Server's packages with the vendor's installer, run by calha or by an
//! operator, and looks whether the tree is whole. Where each node has its own programs, the
//! package has to be known there too. Removing packages is the vendor's uninstaller's, and nodes
//! that only run programs from shared disks are `spare_software`'s.

use super::{
    Asked, Citation, Guard, Scope, Seen, Site, Step, StepKind, Views, Weight, When, private_file,
};
use crate::node::{Command, HostError, NodeName, NodePath};
use crate::op::{Check, Leftover, Op, Run, Stdin, Touches, Undo};
use crate::problem::{Problem, codes};
use crate::setting::RunMode;

/// What 6.6.3 lists below cal-svr-base after the installation and before the configuration.
const TREE: [&str; 6] = ["csapi", "html", "lib", "sbin", "share", "tools"];

const AGAIN: &str = "run the installer again on this node, with the same install root on all nodes";

/// Calendar Server's packages on every node, under the same install root, "Configure Later".
pub fn software(site: &Site) -> Step {
    let site = site.clone();
    let nodes = if site.instance.shares_programs() { vec![site.primary()] } else { site.nodes() };
    let installer = &site.settings.installer;
    let file = installer.state_file.iter().filter(|_| installer.mode == RunMode::Silent);
    let mut guards: Vec<Guard> = file
        .flat_map(|file| private_file::guards("installer.state-file", file, nodes.clone()))
        .collect();
    guards.push(whole(&site));

    Step::new(
        StepKind::Software,
        format!("Calendar Server below {}, not configured yet", site.instance.install_root),
        if site.instance.shares_programs() {
            Citation { section: "6.7.2", errata: &["E48", "E49", "E50", "E51"] }
        } else {
            Citation { section: "6.6.3", errata: &["E09", "E10"] }
        },
        scope(&site),
        if site.instance.shares_programs() {
            "The programs are on a shared disk: installed once, while it is mounted on the first \
             node, they move with the group."
        } else {
            "The programs are on the own disk of each node."
        },
    )
    .needing(if site.instance.shares_programs() {
        &[StepKind::Record, StepKind::Preflight, StepKind::HaspEnable, StepKind::HoldPrimary]
    } else {
        &[StepKind::Record, StepKind::Preflight]
    })
    .guarded(guards)
    .doing(move |_| vec![install(&site)])
}

/// The tree is whole where the installer has run: sessions ask it in a step of its own, which says
/// what is there instead.
fn whole(site: &Site) -> Guard {
    let base = &site.instance.cal_svr_base;
    let list = Command::new("/usr/bin/ls", [base.as_str()]);
    let holds = |entry: &str| Check::Line { command: list.clone(), line: entry.to_owned() };
    let all = Check::All(TREE.map(holds).to_vec());
    let what = format!("{base} does not hold all of {}", TREE.join(" "));
    Guard::new(codes::SOFTWARE_INCOMPLETE, Asked::Each(site.nodes()), all.negated(), what)
        .when(When::After)
        .weighing(Weight::Look)
        .hint(AGAIN, "6.6.3")
}

/// Each node of its own, or where the shared install root is mounted.
fn scope(site: &Site) -> Scope {
    if site.instance.shares_programs() {
        Scope::Holding { mount: site.instance.install_root.clone(), expected: site.primary() }
    } else {
        Scope::EachNode(site.nodes())
    }
}

/// When it is installed, and when nothing of it is there.
fn done_and_absent(site: &Site) -> (Check, Check) {
    let base = &site.instance.cal_svr_base;
    let package = Check::Succeeds(Command::new("/usr/bin/pkginfo", ["-q", "SUNWics5"]));
    let program = Check::Exists(base.join("sbin/csconfigurator.sh"));

    // A shared tree moves without the package records of the node it was installed on; a
    // neighbour's packages have the same names.
    let done = if site.instance.shares_programs() {
        program.clone()
    } else {
        Check::All(vec![package.clone(), program.clone()])
    };
    let absent = if site.instance.shares_programs() || site.neighbours().next().is_some() {
        program.negated()
    } else {
        Check::All(vec![package.negated(), program.negated()])
    };
    (done, absent)
}

/// The kind of what stays, as journals have it.
pub const PACKAGES: &str = "the packages of Calendar Server, installed";

fn leaves(site: &Site) -> Vec<Leftover> {
    let base = &site.instance.cal_svr_base;
    // The installer makes the root it is given, where that is not a directory of the system's own.
    let below = base.parent().unwrap_or_else(|| base.clone());
    let made = if site.instance.install_root.as_str() == "/opt" {
        below
    } else {
        site.instance.install_root.clone()
    };

    vec![
        Leftover { path: made, what: PACKAGES.into() },
        Leftover {
            path: path("/var/sadm"),
            what: "the vendor's installation records and logs".into(),
        },
    ]
}

fn install(site: &Site) -> Op {
    let ((done, absent), leaves) = (done_and_absent(site), leaves(site));
    let (installer, given) = (&site.settings.installer, &site.instance.install_root);
    let command = installer.command(installer.state_file.as_ref());
    let disk = if site.instance.shares_programs() {
        "on the shared disk that is mounted there"
    } else {
        "on this node's own disk"
    };
    let what = format!(
        "  install root {given}, {disk}; choose \"Configure Later\".\n\
         Do not run csconfigurator.sh yet."
    );

    match (installer.mode, command) {
        (RunMode::Silent | RunMode::Attended, Some(command)) => Op::Run(
            Run::new(
                command,
                done,
                Undo::irreversible("packages are removed with the vendor's uninstaller"),
            )
            .absent_when(absent)
            .stdin(if installer.mode == RunMode::Silent {
                Stdin::Closed
            } else {
                Stdin::Terminal { instructions: what }
            })
            .within(site.settings.limits.vendor)
            .touching([given.clone(), path("/var/sadm")].map(Touches::Path))
            .leaving(leaves),
        ),
        (_, command) => Op::Operator {
            on: None,
            command,
            instructions: format!(
                "Install Calendar Server 6.3 from the Communications Suite installer on this \
                 node:\n\
                 {what}"
            ),
            done_when: done,
            leaves,
        },
    }
}

fn path(text: &str) -> NodePath {
    NodePath::new(text).expect("a path fixed in the code")
}

/// The listing of 6.6.3, entry by entry.
pub fn installed_tree(site: &Site) -> Step {
    let look = site.clone();
    Step::new(
        StepKind::InstalledTree,
        format!("{} holds {}", site.instance.cal_svr_base, TREE.join(" ")),
        Citation { section: "6.6.3", errata: &["E22"] },
        scope(site),
        "A tree that lacks an entry was not installed whole; the configurator would fail half way.",
    )
    .proving(Box::new(move |at| examine(&look, at.hosts, at.node)))
}

fn examine(site: &Site, hosts: &Views<'_>, only: Option<&NodeName>) -> Result<Seen, HostError> {
    let mut seen = Seen::default();
    super::spare_software::lacking(site, hosts, &mut seen)?;

    let base = &site.instance.cal_svr_base;
    for (name, host) in
        hosts.iter().filter(|(n, _)| only.map_or(site.nodes().contains(n), |o| o == *n))
    {
        if site.instance.shares_programs() && !host.mounted(&site.instance.install_root)? {
            continue;
        }

        let there = super::query::lines(*host, &Command::new("/usr/bin/ls", [base.as_str()]))?;
        let missing: Vec<&str> =
            TREE.into_iter().filter(|t| !there.iter().any(|l| l == t)).collect();
        if missing.is_empty() {
            seen.facts.push(format!("{name}: {base} holds {}", TREE.join(" ")));
        } else {
            let found = if there.is_empty() { "nothing".to_owned() } else { there.join(" ") };
            seen.problems.push(
                Problem::new(
                    codes::SOFTWARE_INCOMPLETE,
                    format!("{base} lacks {}; it holds {found}", missing.join(" ")),
                )
                .on(name.as_str())
                .hint(AGAIN)
                .section("6.6.3"),
            );
        }
    }
    Ok(seen)
}
