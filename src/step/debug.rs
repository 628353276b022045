//! The steps that turn the agent's debugging on: its level, a file for the messages, the line of
//! syslog.conf, and syslogd told to read it. Their undo turns it off again and leaves the
//! messages. Reading syslog.conf is `document::SyslogConf`'s, editing it is `op`'s.

use super::{Citation, LookContext, Scope, Seen, Site, Step, StepKind, Views, document};
use crate::cluster::queries::registered_types;
use crate::cluster::versions;
use crate::document::SyslogConf;
use crate::node::{Command, HostError, Mode, NodeName, NodePath, Owner};
use crate::op::{Change, Check, Format, Leftover, Op, Run, Touches, Undo};
use crate::problem::{Problem, codes};

/// Where every message of the cluster's data services goes while debugging is on (6.10).
pub const CLUSTER_LOG: &str = "/var/adm/clusterlog";

/// The line of syslog.conf: selector and file, separated by a TAB (syslog.conf(4), E61).
const LINE: &str = "daemon.debug\t/var/adm/clusterlog";

/// The type of the agent, without a version.
const SERVICE_TYPE: &str = "SUNW.scics";

fn path(text: &str) -> NodePath {
    NodePath::new(text).expect("a fixed path")
}

fn syslog_conf() -> NodePath {
    path("/etc/syslog.conf")
}

/// How much the agent says: a number from 0 to 9 in a file of its own directory on each node.
pub fn debug_level(site: &Site, level: u8) -> Step {
    let directory = path("/var/cluster/rgm/rt/SUNW.scics");
    let file = directory.join("loglevel");

    Step::new(
        StepKind::DebugLevel,
        format!("{level} in {file}"),
        Citation { section: "6.10", errata: &["E60"] },
        Scope::EachNode(site.members()),
        "It rules what the agent writes by scds_syslog_debug; what it writes by scds_syslog always \
         comes. A method reads the file on its own node, so each node has one.",
    )
    .looking(Box::new(|at| named_by_type(at.hosts, at.node)))
    .doing(move |_| {
        let mut ops: Vec<Op> = ["/var/cluster", "/var/cluster/rgm", "/var/cluster/rgm/rt"]
            .map(path)
            .into_iter()
            .chain([directory.clone()])
            .map(|path| Op::Mkdir {
                path,
                mode: Mode(0o755),
                owner: Owner::ROOT,
                mount_point: true,
            })
            .collect();

        ops.push(Op::Install {
            path: file.clone(),
            mode: Mode(0o644),
            owner: Owner::ROOT,
            content: format!("{level}\n"),
        });
        ops
    })
}

/// The directory is named after the type. Which name it has for a type that is registered with a
/// version is not known.
fn named_by_type(hosts: &Views<'_>, only: Option<&NodeName>) -> Result<Seen, HostError> {
    let mut seen = Seen::default();
    // All members say the same: one is asked.
    let first = hosts.iter().next().filter(|(node, _)| only.is_none_or(|o| o == *node));
    let Some((node, host)) = first else { return Ok(seen) };

    let listed = host.query(&registered_types())?.text();
    let found: Vec<&str> = versions(&listed, SERVICE_TYPE).collect();
    let bare = found.is_empty() || found.contains(&SERVICE_TYPE);

    if !bare {
        let what = format!(
            "the agent is registered as {}; whether it reads the level in {SERVICE_TYPE} is not \
             known",
            found.join(" and ")
        );
        let hint =
            "if its messages do not get more, write the level into a directory of the full name";
        seen.notices.push(
            Problem::new(codes::DEBUG_TYPE_VERSION, what)
                .on(node.as_str())
                .hint(hint)
                .section("6.10"),
        );
    }
    Ok(seen)
}

/// The file for the messages: syslogd writes to no file that is not there.
pub fn debug_file(site: &Site) -> Step {
    let limit = site.settings.limits.query;

    Step::new(
        StepKind::DebugFile,
        format!("{CLUSTER_LOG} for the messages"),
        Citation { section: "6.10", errata: &["E61"] },
        Scope::EachNode(site.members()),
        "syslogd writes only to a file that exists.",
    )
    .doing(move |_| {
        let exists = Check::Exists(path(CLUSTER_LOG));
        vec![Op::Run(
            Run::new(
                Command::new("/usr/bin/touch", [CLUSTER_LOG]),
                exists.clone(),
                Undo::irreversible("a log that was asked for is worth keeping"),
            )
            .absent_when(exists.negated())
            .within(limit)
            .touching([Touches::Path(path(CLUSTER_LOG))])
            .leaving(vec![Leftover {
                path: path(CLUSTER_LOG),
                what: "messages written while debugging was on".into(),
            }]),
        )]
    })
}

/// Does nothing now; undone after the line is gone from syslog.conf, it tells syslogd so.
pub fn debug_retell(site: &Site) -> Step {
    let site = site.clone();
    Step::new(
        StepKind::DebugRetell,
        "syslogd is told when debugging ends",
        Citation { section: "6.10", errata: &["E62"] },
        Scope::EachNode(site.members()),
        "Undone last: then the line is out of the file, and syslogd has to read it again.",
    )
    .doing(move |_| {
        each_way(&site, StepKind::DebugRetell, |number, tell| {
            let told = site.record_file(&format!("undo-debug-retell-{number}.1"), "rc");
            let commands = vec![(tell, Check::Begins { path: told, text: "0".into() })];
            (Command::new("/usr/bin/true", [""; 0]), Undo::by(commands))
        })
    })
}

/// The line of syslog.conf.
pub fn debug_syslog(site: &Site) -> Step {
    Step::new(
        StepKind::DebugSyslog,
        format!("messages of daemons to {CLUSTER_LOG} in /etc/syslog.conf"),
        Citation { section: "6.10", errata: &["E61"] },
        Scope::EachNode(site.members()),
        "Only errors and notices of daemons are kept otherwise.",
    )
    .needing(&[StepKind::DebugFile, StepKind::DebugRetell])
    .looking_early(Box::new(examine))
    .doing(|_| {
        vec![Op::Edit {
            path: syslog_conf(),
            format: Format::SyslogConf,
            changes: vec![Change::AddLine { line: LINE.into(), key: CLUSTER_LOG.into() }],
            undoes: None,
        }]
    })
}

fn examine(at: &LookContext<'_>) -> Result<Seen, HostError> {
    let LookContext { hosts, node: only, .. } = *at;
    let mut seen = Seen::default();
    for (name, host) in hosts.iter().filter(|(n, _)| only.is_none_or(|o| o == *n)) {
        let unreadable =
            Problem::new(codes::SYSLOG_CONF_UNREADABLE, "/etc/syslog.conf cannot be read")
                .hint("restore it; syslogd needs it");
        let Some(bytes) = document::read(*host, &syslog_conf(), &mut seen, unreadable)? else {
            continue;
        };
        let conf = SyslogConf::parse(&bytes);
        let on = |problem: Problem| problem.on(name.as_str());
        seen.problems.extend(conf.problems_for(LINE, "/etc/syslog.conf").into_iter().map(on));
        seen.notices.extend(conf.notices_for(LINE, "/etc/syslog.conf").into_iter().map(on));
    }
    Ok(seen)
}

/// syslogd reads its file again.
pub fn debug_reload(site: &Site) -> Step {
    let site = site.clone();
    Step::new(
        StepKind::DebugReload,
        "syslogd reads /etc/syslog.conf again",
        Citation { section: "6.10", errata: &["E62"] },
        Scope::EachNode(site.members()),
        "It reads the file at its start and when it is told.",
    )
    .needing(&[StepKind::DebugSyslog])
    .doing(move |_| {
        let because = "the step before tells it again when debugging ends";
        each_way(&site, StepKind::DebugReload, |_, tell| {
            (tell, Undo::Nothing { because: because.into() })
        })
    })
}

/// An operation for the service of Solaris 10 and one for the daemon of Solaris 8 and 9: on each
/// node one of the two has nothing to do (E62).
fn each_way(
    site: &Site,
    step: StepKind,
    what: impl Fn(u32, Command) -> (Command, Undo),
) -> Vec<Op> {
    let smf = Check::Exists(path("/usr/sbin/svcadm"));
    let ways = [
        (Command::new("/usr/sbin/svcadm", ["refresh", "system/system-log"]), smf.clone().negated()),
        (Command::new("/usr/bin/pkill", ["-HUP", "syslogd"]), smf),
    ];

    let op = |(at, (tell, useless)): (usize, (Command, Check))| {
        let number = at as u32 + 1;
        let ended = Check::Begins {
            path: site.record_file(&format!("{step}.{number}"), "rc"),
            text: "0".into(),
        };

        let (command, undo) = what(number, tell);
        Op::Run(
            Run::new(command, Check::Any(vec![useless, ended]), undo)
                .within(site.settings.limits.query)
                .touching([Touches::Path(site.record.clone())]),
        )
    };

    ways.into_iter().enumerate().map(op).collect()
}
