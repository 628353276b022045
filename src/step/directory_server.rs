//! Prepares the directory with comm_dssetup.pl, and verifies it by the schema that this adds.
//! calha runs the program where it has a connection to the directory's host; else it tells an
//! operator what to run. It does not look at the indexes, and it never undoes the schema.

use super::{Citation, Scope, Site, Step, StepKind, private_file};
use crate::node::{Command, NodePath};
use crate::op::{Check, Leftover, Op, Run, Stdin, Touches, Undo};
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
    let guards = guards.collect();

    Step::new(
        StepKind::DirectoryServer,
        format!("schema and indexes for Calendar Server in the directory on {}", directory.host),
        Citation { section: "6.6.3", errata: &["E10"] },
        scope,
        "The configurator stops when the directory does not know Calendar Server's attributes.",
    )
    .needing(&[StepKind::Record, StepKind::Preflight])
    .guarded(guards)
    .doing(move |_| vec![setup(&site, runs_there)])
}

/// The directory knows Calendar Server's attributes.
fn has_schema(d: &Directory) -> Check {
    let port = d.port.to_string();
    Check::Says {
        command: Command::new(
            "/usr/bin/ldapsearch",
            [
                "-h",
                d.host.as_str(),
                "-p",
                &port,
                "-b",
                "cn=schema",
                "-s",
                "base",
                "objectclass=*",
                "attributeTypes",
            ],
        ),
        text: "icsCalendar".into(),
    }
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
        let because = "a directory's schema is not taken back".into();
        Run::new(command, schema.clone(), Undo::Irreversible { because })
            .within(site.settings.limits.vendor)
            .touching([Touches::Path(d.server_root.clone())])
            .leaving(leaves.clone())
    };

    match d.mode {
        RunMode::Silent if runs_there => Op::Run(run(command)),
        RunMode::Attended if runs_there => {
            let asking = Command::new("/usr/bin/perl", [d.program.as_str()]);
            let instructions = format!(
                "It asks for what stands in the profile below [directory], and for the password \
                 of {}.\n\
                 Users of the directory may notice the new indexes.",
                d.manager_dn
            );
            Op::Run(run(asking).stdin(Stdin::Terminal { instructions }))
        }
        _ => Op::Operator {
            on: Some(d.host.clone()),
            command: Some(command.clone()),
            instructions: format!(
                "On {host}, once for this directory, as root:\n  \
                 {line}\n\
                 and answer the questions (it asks for the password of {dn}; never give it with \
                 -w, ps shows it).\n\
                 Users of the directory may notice the new indexes. Then look at the index, which \
                 needs that password too:\n  \
                 ldapsearch -h {host} -p {port} -D '{dn}' -b \
                 'cn=icsCalendar,cn=index,cn=userRoot,cn=ldbm database,cn=plugins,cn=config' -s \
                 base 'objectclass=*'",
                host = d.host,
                port = d.port,
                line = command.line(),
                dn = d.manager_dn,
            ),
            done_when: schema,
            leaves,
        },
    }
}
