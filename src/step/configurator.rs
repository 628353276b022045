//! Runs csconfigurator.sh on the first node, and on the second from the state file that the
//! shared disk carries. Before a run the looks refuse an enabled service, and a configuration or
//! data that calha did not make; a silent run is done by its own output, any other by its
//! effects. Reading the output is `ConfiguratorReport`'s, and nothing here undoes what the
//! configurator wrote.

use super::configured_before::{foreign_state, not_ours, running};
use super::{Citation, ConfiguratorReport, Scope, Seen, Site, Step, StepKind, Views};
use crate::node::{Command, HostError, Mode, NodeName, NodePath, Owner};
use crate::op::{Check, Leftover, Op, Run, Stdin, Touches, Undo};
use crate::problem::{Problem, codes};
use crate::setting::RunMode;

/// What the configurator says at its end when every task passed (6.11): English, and Korean as the
/// guide's own sample.
const ALL_PASSED: [&str; 2] = ["All Tasks Passed", "모든 작업이 성공했습니다"];

/// A directory on the shared disk that only the superuser can look into.
fn carried(site: &Site) -> NodePath {
    site.mount().join(".calha")
}

fn carried_file(site: &Site) -> NodePath {
    carried(site).join("configurator.state")
}

/// The run's own status file and output say that it ended and passed; an ics.conf that exists says
/// nothing (E65).
fn passed(site: &Site, step: StepKind, attended: bool) -> Check {
    let stem = format!("{}.1", site.step(step));
    let (rc, out) = (site.record_file(&stem, "rc"), site.record_file(&stem, "out"));

    if attended {
        // What it says stands on the administrator's terminal; here its end and its effects are
        // looked at.
        let base = &site.instance.cal_svr_base;
        return Check::All(vec![
            Check::Exists(rc),
            site.mounted(),
            Check::Exists(site.instance.directories.ics_conf()),
            Check::Exists(base.join("config")),
            Check::Exists(base.join("data")),
        ]);
    }

    Check::All(vec![
        Check::Exists(rc),
        Check::Begins { path: out.clone(), text: "PASSED: ".into() },
        Check::Begins { path: out.clone(), text: "FAILED".into() }.negated(),
        Check::Any(
            ALL_PASSED
                .iter()
                .map(|s| Check::Holds { path: out.clone(), text: (*s).into() })
                .collect(),
        ),
    ])
}

fn leaves(site: &Site) -> Vec<Leftover> {
    let base = &site.instance.cal_svr_base;
    let below = |path: NodePath, what: &str| Leftover { path, what: what.into() };
    let mut all = vec![
        below(base.join("config"), "link to the configuration directory"),
        below(base.join("data"), "link to the data directory"),
        below(NodePath::new("/var/sadm").expect("a fixed path"), "the vendor's logs"),
    ];
    let d = &site.instance.directories;
    for directory in [&d.config, &d.database, &d.store, &d.logs, &d.tmp, &d.archive, &d.hotbackup] {
        all.push(below(
            directory.clone(),
            "Calendar Server's configuration and data on the shared disk",
        ));
    }
    for file in ["/etc/passwd", "/etc/group"] {
        all.push(below(
            NodePath::new(file).expect("a fixed path"),
            "user and group, which its files belong to",
        ));
    }
    all
}

fn run(site: &Site, step: StepKind, mode: RunMode, state: &NodePath) -> Op {
    let c = &site.settings.configurator;
    let program = site.instance.cal_svr_base.join("sbin/csconfigurator.sh");
    let mut args: Vec<String> = Vec::new();
    match mode {
        RunMode::Silent => {
            args.extend(c.silent_options.iter().cloned());
            args.extend([c.state_option.clone(), state.to_string()]);
        }
        _ => args.extend(["-nodisplay".into(), c.record_option.clone(), state.to_string()]),
    }

    if mode == RunMode::Operator {
        let base = &site.instance.cal_svr_base;
        let command = Command::new(program.as_str(), args);
        return Op::Operator {
            on: None,
            instructions: format!(
                "Run on this node, as root, in one line:\n  {}{}\n{}",
                only_mounted(site),
                command.line(),
                answers(site)
            ),
            command: Some(command),
            done_when: Check::All(vec![
                site.mounted(),
                Check::Exists(site.instance.directories.ics_conf()),
                Check::Exists(base.join("config")),
                Check::Exists(base.join("data")),
            ]),
            leaves: leaves(site),
        };
    }

    Op::Run(
        Run::new(
            Command::new(program.as_str(), args),
            passed(site, step, mode != RunMode::Silent),
            Undo::irreversible("what the configurator writes is Calendar Server's own"),
        )
        .stdin(if mode == RunMode::Silent {
            Stdin::Closed
        } else {
            Stdin::Terminal { instructions: answers(site) }
        })
        .within(site.settings.limits.vendor)
        .touching(
            [site.mount(), &site.instance.cal_svr_base].map(|path| Touches::Path(path.clone())),
        )
        .leaving(leaves(site)),
    )
}

/// What a line begins with that is to do nothing where a shared file system is not mounted.
fn only_mounted(site: &Site) -> String {
    let asked = |point: &NodePath| {
        format!("/usr/sbin/df -k {point} | /usr/bin/grep ' {point}$' >/dev/null && ")
    };
    site.mount_points().iter().map(asked).collect()
}

/// What the panels are to be given, for a run that a human answers.
fn answers(site: &Site) -> String {
    let (i, d) = (&site.instance, &site.instance.directories);
    let account = &site.settings.account;

    format!(
        "Answer the panels so:\n  \
         user and group         {} {}\n  \
         service port           {}\n  \
         start after the configuration, start at system startup: both off\n  \
         Config directory       {}\n  \
         Database directory     {}\n  \
         Attachment store       {}\n  \
         Logs directory         {}\n  \
         Temporary files        {}\n  \
         Archive directory      {}\n  \
         Hot backup directory   {}\n  \
         \"Create directory\" where it is offered.\n\
         It ends with \"All Tasks Passed\", or it has failed.",
        account.user,
        account.group,
        i.port,
        d.config,
        d.database,
        d.store,
        d.logs,
        d.tmp,
        d.archive,
        d.hotbackup
    )
}

/// csconfigurator.sh on the first node, with the shared directory mounted there.
pub fn configure_primary(site: &Site) -> Step {
    let (site, after) = (site.clone(), site.clone());
    let primary = site.primary();
    let mut guards = not_ours(&site);
    guards.extend(foreign_state(&site));
    guards.push(running(&site, primary.clone()));

    let mut why = "It writes ics.conf and the seven directories on the shared disk; both start \
                   options stay off.";
    if site.settings.configurator.mode != RunMode::Silent {
        why = "It writes ics.conf and the seven directories on the shared disk; both start options \
               must be switched off.";
    }

    Step::new(
        StepKind::ConfigurePrimary,
        format!("csconfigurator.sh on {primary}"),
        if site.instance.shares_programs() {
            Citation { section: "6.7.2", errata: &["E14", "E56", "E58", "E65", "E66", "E67"] }
        } else {
            Citation { section: "6.6.3", errata: &["E65", "E66", "E67"] }
        },
        Scope::One(primary),
        why,
    )
    .needing(&[
        StepKind::Record,
        StepKind::Preflight,
        StepKind::InstalledTree,
        StepKind::DirectoryServer,
        StepKind::Online,
        StepKind::HoldPrimary,
    ])
    .invalidating(&[StepKind::CarryState, StepKind::Backup, StepKind::HaBlock])
    .working_on(site.mount_points())
    .guarded(guards)
    .proving(Box::new(move |at| {
        proof(&after, StepKind::ConfigurePrimary, &after.primary(), at.hosts)
    }))
    .doing(move |_| {
        let c = &site.settings.configurator;
        vec![run(&site, StepKind::ConfigurePrimary, c.mode, &c.state_file)]
    })
}

/// The recorded state file, carried to the other node on the shared disk in a directory of its own,
/// 0700.
pub fn carry_state(site: &Site) -> Step {
    let site = site.clone();

    Step::new(
        StepKind::CarryState,
        format!("the configurator's state file, copied to {}", carried_file(&site)),
        Citation { section: "6.6.3", errata: &["E32"] },
        Scope::Holding { mount: site.mount().clone(), expected: site.primary() },
        "After the switch the first node's own files cannot be seen; the shared disk moves along.",
    )
    .passing()
    .needing(&[
        StepKind::Record,
        StepKind::Preflight,
        StepKind::HoldPrimary,
        StepKind::ConfigurePrimary,
    ])
    .doing(move |_| {
        vec![
            Op::Mkdir {
                path: carried(&site),
                mode: Mode(0o700),
                owner: Owner::ROOT,
                mount_point: false,
            },
            Op::Copy {
                from: site.settings.configurator.state_file.clone(),
                to: carried_file(&site),
                mode: Some(Mode(0o600)),
            },
        ]
    })
}

/// csconfigurator.sh on the second node, from the state file of the first.
pub fn configure_secondary(site: &Site) -> Step {
    let (site, after) = (site.clone(), site.clone());
    let secondary = site.secondary();
    let mode = match site.settings.configurator.mode {
        RunMode::Operator => RunMode::Operator,
        _ => RunMode::Silent,
    };

    Step::new(
        StepKind::ConfigureSecondary,
        format!("csconfigurator.sh on {secondary}, from the state file of {}", site.primary()),
        Citation { section: "6.6.3", errata: &["E32", "E33", "E65"] },
        Scope::One(secondary),
        "Without the state file it would configure local directories.",
    )
    .needing(&[
        StepKind::Record,
        StepKind::Preflight,
        StepKind::CarryState,
        StepKind::SwitchSecondary,
        StepKind::LinkSecondary,
    ])
    .invalidating(&[StepKind::LinkSecondary, StepKind::Backup, StepKind::HaBlock])
    .working_on(site.mount_points())
    .guarded(vec![running(&site, site.secondary())])
    .proving(Box::new(move |at| {
        proof(&after, StepKind::ConfigureSecondary, &after.secondary(), at.hosts)
    }))
    .doing(move |_| vec![run(&site, StepKind::ConfigureSecondary, mode, &carried_file(&site))])
}

/// What a silent run said, task by task, as proof.
fn proof(
    site: &Site,
    step: StepKind,
    node: &NodeName,
    hosts: &Views<'_>,
) -> Result<Seen, HostError> {
    let mut seen = Seen::default();
    let Some(host) = hosts.get(node) else { return Ok(seen) };
    let bytes = match host.read(&site.record_file(&format!("{}.1", site.step(step)), "out")) {
        // A run on a terminal left nothing to read.
        Err(HostError::Io { .. }) => return Ok(seen),
        other => other?,
    };

    let report = ConfiguratorReport::parse(&bytes);
    let log = report.log.clone().unwrap_or_else(|| "not named".into());
    if report.is_success() {
        seen.facts.push(format!(
            "{node}: {} tasks of the configurator passed; log {log}",
            report.passed.len()
        ));
    } else {
        let what = match report.failed.first() {
            Some(task) => format!("{} tasks failed, the first: {task}", report.failed.len()),
            None => "it did not come to its end".into(),
        };
        seen.problems.push(
            Problem::new(codes::CONFIGURATOR_FAILED, what)
                .on(node.as_str())
                .hint(format!(
                    "look at {log} on this node, put it right, and go on: it is run again"
                ))
                .section("6.11, E65"),
        );
    }
    Ok(seen)
}

/// The carried copy, removed again.
pub fn drop_state(site: &Site) -> Step {
    let site = site.clone();
    Step::new(
        StepKind::DropState,
        format!("{} removed again", carried_file(&site)),
        Citation { section: "6.6.3", errata: &["E32"] },
        Scope::Holding { mount: site.mount().clone(), expected: site.secondary() },
        "A state file may hold passwords.",
    )
    .passing()
    .cleaning(&[StepKind::CarryState])
    .needing(&[StepKind::Record, StepKind::Preflight])
    .doing(move |_| {
        vec![
            Op::Remove { path: carried_file(&site), sum: None },
            Op::Rmdir { path: carried(&site) },
        ]
    })
}
