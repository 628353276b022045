//! Runs csconfigurator.sh on the first node, and on the second from the state file that the
//! shared disk carries. Before a run the looks refuse an enabled service, and a configuration or
//! data that calha did not make; a run is done when nothing that it said speaks against it and
//! ics.conf names the directories of the profile. What it said and left is proved by
//! `configurator_words`, and nothing here undoes what it wrote.

use super::configurator_words::SOME_FAILED;
use super::configured::names_them;
use super::configured_before::{RECORDED_BEFORE, foreign_state, not_ours, recorded, running};
use super::preflight::has_room;
use super::{
    Asked, Citation, Guard, Scope, Site, Step, StepKind, When, configurator_words, configured,
};
use crate::document::HaBlock;
use crate::node::{Command, Mode, NodePath, Owner};
use crate::op::{Check, Leftover, Op, Run, Stdin, Touches, Undo};
use crate::setting::RunMode;

/// A directory on the shared disk that only the superuser can look into.
fn carried(site: &Site) -> NodePath {
    site.mount().join(".calha")
}

fn carried_file(site: &Site) -> NodePath {
    carried(site).join("configurator.state")
}

/// The run has ended, nothing that it printed says that it failed, and ics.conf names the
/// directories of the profile: an ics.conf that exists says nothing (E65). What is doubtful in its
/// words is asked by its proof.
fn passed(site: &Site, step: StepKind, attended: bool) -> Check {
    let stem = format!("{}.1", site.step(step));
    let (rc, out) = (site.record_file(&stem, "rc"), site.record_file(&stem, "out"));
    let mut all = vec![Check::Exists(rc)];

    if !attended {
        // What it says in an attended run stands on the administrator's terminal.
        all.push(Check::Begins { path: out.clone(), text: "PASSED: ".into() });
        all.push(Check::Begins { path: out.clone(), text: "FAILED".into() }.negated());
        all.extend(
            SOME_FAILED.map(|text| Check::Holds { path: out.clone(), text: text.into() }.negated()),
        );
    }
    all.push(Check::Any(vec![Check::Mounted(site.mount().clone()).negated(), taken(site)]));
    Check::All(all)
}

/// What it left stands, or the parameters of high availability have been added to it: from then on
/// ics.conf is judged where these are, and nobody is told to run the configurator again.
fn taken(site: &Site) -> Check {
    let begin = HaBlock::begins(&site.instance.name);
    let path = site.instance.directories.ics_conf();
    Check::Any(vec![Check::Begins { path, text: begin }, effects(site)])
}

/// What is on the shared file system after a run, as long as the node has it mounted.
fn effects(site: &Site) -> Check {
    let conf = Check::Exists(site.instance.directories.ics_conf());
    Check::All(std::iter::once(conf).chain(names_them(site)).collect())
}

/// The same after a run that leaves no record: both links are there, and the shared file systems
/// are mounted when they are where the links are.
fn effects_by_hand(site: &Site) -> Check {
    let links = ["config", "data"].map(|name| Check::Exists(site.instance.cal_svr_base.join(name)));
    let unmounted = Check::Mounted(site.mount().clone()).negated();
    let shared = if site.instance.shares_programs() {
        Check::All(vec![site.mounted(), taken(site)])
    } else {
        Check::Any(vec![unmounted, taken(site)])
    };
    Check::All(links.into_iter().chain([shared]).collect())
}

/// Kinds of what stays, as journals have them.
pub const CONFIG_LINK: &str = "link to the configuration directory";
pub const DATA_LINK: &str = "link to the data directory";
pub const DATA: &str = "Calendar Server's configuration and data on the shared disk";
pub const ACCOUNTS: &str = "user and group, which its files belong to";

fn leaves(site: &Site) -> Vec<Leftover> {
    let base = &site.instance.cal_svr_base;
    let below = |path: NodePath, what: &str| Leftover { path, what: what.into() };
    let mut all = vec![
        below(base.join("config"), CONFIG_LINK),
        below(base.join("data"), DATA_LINK),
        below(NodePath::new("/var/sadm").expect("a fixed path"), "the vendor's logs"),
    ];
    let d = &site.instance.directories;
    for directory in [&d.config, &d.database, &d.store, &d.logs, &d.tmp, &d.archive, &d.hotbackup] {
        all.push(below(directory.clone(), DATA));
    }
    for file in ["/etc/passwd", "/etc/group"] {
        all.push(below(NodePath::new(file).expect("a fixed path"), ACCOUNTS));
    }
    all
}

/// A run that reads its answers from a state file.
fn reading(site: &Site, state: &NodePath) -> Command {
    let c = &site.settings.configurator;
    let options = c.silent_options.iter().cloned();
    let args = options.chain([c.state_option.clone(), state.to_string()]);
    Command::new(program(site).as_str(), args)
}

/// A run that somebody answers, recorded in a state file.
fn recording(site: &Site, state: &NodePath) -> Command {
    let option = site.settings.configurator.record_option.as_str();
    Command::new(program(site).as_str(), ["-nodisplay", option, state.as_str()])
}

fn program(site: &Site) -> NodePath {
    site.instance.cal_svr_base.join("sbin/csconfigurator.sh")
}

fn run(site: &Site, step: StepKind, mode: RunMode, command: Command) -> Op {
    if mode == RunMode::Operator {
        let asks = command.args.contains(&site.settings.configurator.record_option);
        let answers = if asks { answers(site) } else { ENDS.to_owned() };
        return Op::Operator {
            on: None,
            instructions: format!(
                "Run on this node, as root, in one line:\n  {}{}\n{answers}",
                only_mounted(site),
                command.line(),
            ),
            command: Some(command),
            done_when: effects_by_hand(site),
            leaves: leaves(site),
        };
    }

    Op::Run(
        Run::new(
            command,
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

const ENDS: &str = "It ends with \"All Tasks Passed\", or it has failed.";

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
         {ENDS}",
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

/// How it runs there: on the second node nobody is asked anything.
fn mode(site: &Site, step: StepKind) -> RunMode {
    match (step, site.settings.configurator.mode) {
        (StepKind::ConfigureSecondary, RunMode::Attended) => RunMode::Silent,
        (_, mode) => mode,
    }
}

/// What its run of this step said, as proof.
pub(super) fn said(site: &Site, step: StepKind) -> Vec<Guard> {
    let node = if step == StepKind::ConfigureSecondary { site.secondary() } else { site.primary() };
    configurator_words::proofs(site, step, mode(site, step), &node)
}

/// csconfigurator.sh on the first node, with the shared directory mounted there.
pub fn configure_primary(site: &Site) -> Step {
    let (site, before) = (site.clone(), site.clone());
    let primary = site.primary();
    let mode = mode(&site, StepKind::ConfigurePrimary);
    let mut guards = not_ours(&site);
    guards.extend(foreign_state(&site));
    guards.push(running(&site, primary.clone()));
    guards.extend(said(&site, StepKind::ConfigurePrimary));
    guards.extend(configured::left(&site, &[site.primary()]));
    let (here, mount) = (Asked::Each(vec![site.primary()]), site.mount());
    guards.push(has_room(&here, &[mount.as_str()]).when(When::Before));

    let mut why = "It writes ics.conf and the seven directories on the shared disk; both start \
                   options stay off.";
    if mode != RunMode::Silent {
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
    .doing(move |_| vec![first_run(&site, &site.state_file)])
    .formerly(move |_| vec![first_run(&before, &recorded_before(&before))])
}

fn first_run(site: &Site, state: &NodePath) -> Op {
    let mode = mode(site, StepKind::ConfigurePrimary);
    let command =
        if mode == RunMode::Silent { reading(site, state) } else { recording(site, state) };
    run(site, StepKind::ConfigurePrimary, mode, command)
}

/// The state file of a run that an earlier version began.
fn recorded_before(site: &Site) -> NodePath {
    let named = site.settings.configurator.state_file.as_ref().map(|_| site.state_file.clone());
    named.unwrap_or_else(|| NodePath::new(RECORDED_BEFORE).expect("a fixed path"))
}

/// The carried directory, and the copy of this file in it.
fn carried_copy(site: &Site, from: &NodePath) -> Vec<Op> {
    let directory = Op::Mkdir {
        path: carried(site),
        mode: Mode(0o700),
        owner: Owner::ROOT,
        mount_point: false,
    };
    let (from, to) = (from.clone(), carried_file(site));
    vec![directory, Op::Copy { from, to, mode: Some(Mode(0o600)) }]
}

/// The recorded state file, carried to the other node on the shared disk in a directory of its own,
/// 0700.
pub fn carry_state(site: &Site) -> Step {
    let (site, before) = (site.clone(), site.clone());

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
    .guarded(recorded(&site))
    .doing(move |_| carried_copy(&site, &site.state_file))
    .formerly(move |_| carried_copy(&before, &recorded_before(&before)))
}

/// csconfigurator.sh on the second node, from the state file of the first.
pub fn configure_secondary(site: &Site) -> Step {
    let (site, before) = (site.clone(), site.clone());
    let secondary = site.secondary();
    let mode = mode(&site, StepKind::ConfigureSecondary);
    let mut guards = vec![running(&site, secondary.clone())];
    guards.extend(said(&site, StepKind::ConfigureSecondary));
    guards.extend(configured::left(&site, std::slice::from_ref(&secondary)));

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
    .guarded(guards)
    .doing(move |_| {
        let command = reading(&site, &carried_file(&site));
        vec![run(&site, StepKind::ConfigureSecondary, mode, command)]
    })
    .formerly(move |_| {
        // By hand the second node's run was to be answered as well, over the carried file.
        let command = recording(&before, &carried_file(&before));
        vec![run(&before, StepKind::ConfigureSecondary, mode, command)]
    })
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
