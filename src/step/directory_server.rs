//! Prepares the directory with comm_dssetup.pl, and verifies it by the schema that this adds. calha
//! runs the program where it has a connection to the directory's host; else it tells an operator
//! what to run. Each release has to run it anew, and no documented attribute tells whose schema is
//! there: so its own run counts, or the word of somebody who is asked. It does not look at the
//! indexes, and it never undoes the schema.

use super::{Asked, Citation, Guard, Scope, Site, Step, StepKind, Weight, When, private_file};
use crate::node::{Command, NodePath};
use crate::op::{Check, Leftover, Op, Run, Stdin, Touches, Undo};
use crate::problem::codes;
use crate::setting::{Connection, Directory, RunMode};

/// The step, once for each directory.
pub fn directory_server(site: &Site) -> Step {
    let site = site.clone();
    let directory = &site.settings.directory;
    // With a connection calha runs it there; else an operator does, and the first node looks.
    let runs_there =
        directory.mode != RunMode::Operator && directory.connection != Connection::None;
    let scope =
        if runs_there { Scope::One(directory.host.clone()) } else { Scope::Member(site.members()) };
    let silent = runs_there && directory.mode == RunMode::Silent;
    let guards = directory.password_file.iter().filter(|_| silent).flat_map(|file| {
        private_file::guards("directory.password-file", file, vec![directory.host.clone()])
    });
    let mut guards: Vec<Guard> = guards.collect();
    guards.push(unproved(if runs_there {
        Asked::Each(vec![directory.host.clone()])
    } else {
        Asked::Any(site.members())
    }));

    let step = Step::new(
        StepKind::DirectoryServer,
        format!("schema and indexes for Calendar Server in the directory on {}", directory.host),
        Citation { section: "6.6.3", errata: &["E10"] },
        scope,
        "The configurator stops when the directory does not know Calendar Server's attributes.",
    )
    .needing(&[StepKind::Record, StepKind::Preflight])
    .guarded(guards);
    // What calha runs itself is not done by a schema that is there already: it is run.
    let step = if runs_there { step } else { step.asking(codes::DIRECTORY_RELEASE) };
    step.doing(move |_| vec![setup(&site, runs_there)])
}

/// What nobody can show, told with the proof.
fn unproved(asked: Asked) -> Guard {
    Guard::new(codes::DIRECTORY_RELEASE, asked, Check::Never, "the schema is of another release")
        .when(When::After)
        .weighing(Weight::Says)
        .proving(
            "not proved: of which release the directory's schema is, whether it is whole, and \
             whether the entries that are there are in its indexes",
        )
}

/// What comm_dssetup.pl leaves where calha ran it: its own status, beside the schema.
fn was_run(site: &Site, schema: Check) -> Check {
    let rc = site.record_file("directory-server.1", "rc");
    Check::All(vec![schema, Check::Begins { path: rc, text: "0".into() }])
}

/// The attributes that the program's own description names, in the quotes of a schema: half a
/// schema may have one of them.
const ATTRIBUTES: [&str; 2] = ["'icsCalendar'", "'icsCalendarOwned'"];

/// The directory knows Calendar Server's attributes.
fn has_schema(d: &Directory) -> Check {
    let port = d.port.to_string();
    let words = ["-h", d.host.as_str(), "-p", &port, "-b", "cn=schema", "-s", "base"];
    let words = words.into_iter().chain(["objectclass=*", "attributeTypes"]);
    let command = Command::new("/usr/bin/ldapsearch", words);
    let says = |text: &str| Check::Says { command: command.clone(), text: text.to_owned() };
    Check::All(ATTRIBUTES.map(says).to_vec())
}

fn leaves(d: &Directory) -> Vec<Leftover> {
    vec![
        Leftover {
            path: NodePath::new("/var/tmp").expect("a fixed path"),
            what: format!("dssetup_*.sh and dssetup_*.ldif on {}", d.host),
        },
        Leftover {
            path: d.server_root.clone(),
            what: format!("schema and indexes in the directory on {}", d.host),
        },
    ]
}

/// comm_dssetup.pl with answers for all that it would ask.
fn silent(d: &Directory) -> Command {
    let mut args: Vec<String> = vec![
        d.program.to_string(),
        "-i".into(),
        "yes".into(),
        "-R".into(),
        "no".into(),
        "-c".into(),
        d.server_root.to_string(),
        "-d".into(),
        d.instance.clone(),
        "-r".into(),
        d.dc_suffix.clone(),
        "-u".into(),
        d.user_group_suffix.clone(),
        "-s".into(),
        "yes".into(),
        "-D".into(),
        d.manager_dn.clone(),
    ];

    if let (Some(option), Some(file)) = (&d.password_file_option, &d.password_file) {
        args.extend([option.clone(), file.to_string()]);
    }
    args.extend(["-b", "yes", "-t", &d.schema_type, "-m", "yes"].map(String::from));
    Command::new("/usr/bin/perl", args)
}

fn setup(site: &Site, runs_there: bool) -> Op {
    let d = &site.settings.directory;
    let (schema, leaves, command) = (has_schema(d), leaves(d), silent(d));
    let run = |command: Command| {
        let because = "calha cannot undo a change of the directory's schema".into();
        Run::new(command, was_run(site, schema.clone()), Undo::Irreversible { because })
            .within(site.settings.limits.vendor)
            .touching([Touches::Path(d.server_root.clone())])
            .leaving(leaves.clone())
    };

    match d.mode {
        RunMode::Silent if runs_there => Op::Run(run(command)),
        RunMode::Attended if runs_there => {
            let instructions = answers(d);
            Op::Run(run(asking(d)).stdin(Stdin::Terminal { instructions }))
        }
        _ => Op::Operator {
            on: Some(d.host.clone()),
            command: Some(command),
            instructions: by_hand(d),
            done_when: schema,
            leaves,
        },
    }
}

/// comm_dssetup.pl with no option: with some it refuses, so there is nothing between this and the
/// silent form.
fn asking(d: &Directory) -> Command {
    Command::new("/usr/bin/perl", [d.program.as_str()])
}

fn answers(d: &Directory) -> String {
    format!(
        "Answer: directory server root {root}, instance {instance}, manager {dn} and its password, \
         users and groups yes, their suffix {users}, schema type {schema}, DC tree {tree}; update \
         the schema yes, new indexes yes, reindex now no.\n\
         Users of the directory may notice the new indexes. Entries that are there are found by \
         them once they are reindexed: answer yes to that, or reindex later.",
        root = d.server_root,
        instance = d.instance,
        dn = d.manager_dn,
        users = d.user_group_suffix,
        schema = d.schema_type,
        tree = d.dc_suffix,
    )
}

/// What somebody types: the silent form with all options, where the one for the password is known,
/// else the one that asks.
fn by_hand(d: &Directory) -> String {
    let is_whole = d.password_file_option.is_some() && d.password_file.is_some();
    let line = if is_whole { silent(d) } else { asking(d) }.line();
    format!(
        "On {host}, once for this directory and this release, as root:\n  \
         {line}\n\
         {answers}\n\
         Never give the password with -w: ps shows it. Then look at the index, which needs it \
         too:\n  \
         ldapsearch -h {host} -p {port} -D '{dn}' -b \
         'cn=icsCalendar,cn=index,cn=userRoot,cn=ldbm database,cn=plugins,cn=config' -s \
         base 'objectclass=*'",
        host = d.host,
        port = d.port,
        dn = d.manager_dn,
        answers = answers(d),
    )
}
