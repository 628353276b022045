//! What is changed behind calha's back once an installation is complete, by whatever program or
//! person: `verify` names each change, with the code of what it is.

use std::cell::RefCell;
use std::sync::{Arc, Mutex};

use calha::engine::{Engine, Event, Sink, Stop};
use calha::host::{Host, Hosts};
use calha::journal::{Journal, MemoryStore};
use calha::lab::{Cluster, Memory, Rack, Status};
use calha::node::{Command, Files, Inspect as _, Mode, Owner};

use super::bench::{Hands, Start, install, node, options, path, run};
use super::court::{Court, silent};

/// A change by somebody else.
enum Change {
    /// A command that is typed on a node.
    Typed(&'static str, &'static str),
    /// Several on the first node.
    TypedAll(&'static [&'static str]),
    /// What the cluster has.
    Cluster(fn(&mut Cluster)),
    /// ics.conf, its text.
    Conf(fn(&str) -> String),
    /// The table of mounts, its text.
    Table(fn(&str) -> String),
    /// A file of the first node.
    File(&'static str, &'static str),
}

use Change::{Cluster as OfCluster, Conf, File, Table, Typed, TypedAll};

/// Each change, and a word of what has to be told of it.
const CHANGES: &[(&str, Change, &str)] = &[
    (
        "another root that begins alike",
        OfCluster(|c| extension(c, "CAL-SVR-RS", "ICS_serverroot", "/opt/SUNWics5/cal2")),
        "service-resource",
    ),
    (
        "a dependency that begins alike",
        OfCluster(|c| {
            property(c, "CAL-SVR-RS", "Resource_dependencies", &["CAL-HASP-RS2", "LOG-HOST-RS"])
        }),
        "service-resource",
    ),
    (
        "a dependency less",
        OfCluster(|c| property(c, "CAL-SVR-RS", "Resource_dependencies", &["LOG-HOST-RS"])),
        "service-resource",
    ),
    (
        "another type",
        OfCluster(|c| resource(c, "LOG-HOST-RS").type_name = "SUNW.SharedAddress".into()),
        "logical-host",
    ),
    (
        "no affinity",
        OfCluster(|c| extension(c, "CAL-HASP-RS", "AffinityOn", "False")),
        "hasp-resource",
    ),
    (
        "another mount point",
        OfCluster(|c| extension(c, "CAL-HASP-RS", "FilesystemMountPoints", "/cal2")),
        "hasp-resource",
    ),
    (
        "another description",
        OfCluster(|c| property(c, "CAL-HASP-RS", "R_description", &["mine"])),
        "hasp-resource",
    ),
    (
        "other adapters",
        OfCluster(|c| extension(c, "LOG-HOST-RS", "NetIfList", "ipmp9@1")),
        "logical-host",
    ),
    (
        "another host name",
        OfCluster(|c| extension(c, "LOG-HOST-RS", "HostnameList", "cal-host2")),
        "logical-host",
    ),
    (
        "another group",
        OfCluster(|c| resource(c, "CAL-SVR-RS").group = "OTHER-RG".into()),
        "service-resource",
    ),
    ("disabled", OfCluster(|c| resource(c, "CAL-SVR-RS").enabled = false), "service-enable"),
    ("faulted", OfCluster(|c| says(c, "CAL-SVR-RS", "Faulted")), "service.status"),
    ("degraded", OfCluster(|c| says(c, "LOG-HOST-RS", "Degraded")), "service.status"),
    ("faulted storage", OfCluster(|c| says(c, "CAL-HASP-RS", "Faulted")), "service.status"),
    (
        "nobody watches",
        OfCluster(|c| resource(c, "CAL-SVR-RS").monitored = false),
        "service.not-watched",
    ),
    ("nodes the other way round", OfCluster(|c| c.groups[0].nodes.reverse()), "resource-group"),
    ("type gone", OfCluster(|c| c.types.retain(|t| t.name != "SUNW.scics")), "resource-types"),
    ("unmounted", OfCluster(|c| c.mounts.retain(|m| m.point != "/cal")), "service.not-mounted"),
    (
        "another volume",
        Table(|t| t.replace("/dev/md/penguin/dsk/d400", "/dev/dsk/c0t0d0s7")),
        "service.not-mounted",
    ),
    (
        "another volume over it",
        Table(|t| format!("{t}/dev/dsk/c0t0d0s7\t/cal\tufs\trw\t1\n")),
        "service.not-mounted",
    ),
    (
        "a volume on a directory",
        Table(|t| format!("{t}/dev/dsk/c0t0d0s7\t/cal/csdb\tufs\trw\t1\n")),
        "configurator.directory",
    ),
    (
        "a database on the node",
        TypedAll(&["mkdir /var/csdb", "mv /cal/csdb /cal/old", "ln -s /var/csdb /cal/csdb"]),
        "configurator.owner",
    ),
    (
        "hot backup on the node",
        TypedAll(&[
            "mkdir /var/hot",
            "chown icsuser /var/hot",
            "mv /cal/csdb/hotbackup /cal/old",
            "ln -s /var/hot /cal/csdb/hotbackup",
        ]),
        "configurator.owner",
    ),
    ("an empty database", TypedAll(&["chown 0 /cal/csdb"]), "configurator.owner"),
    (
        "ics.conf elsewhere",
        TypedAll(&[
            "cp /cal/config/ics.conf /var/ics.conf",
            "rm /cal/config/ics.conf",
            "ln -s /var/ics.conf /cal/config/ics.conf",
        ]),
        "configurator.owner",
    ),
    (
        "a chain of links",
        TypedAll(&[
            "mkdir /var/data",
            "ln -s /var/data /cal/data",
            "rm /opt/SUNWics5/cal/data",
            "ln -s /cal/data /opt/SUNWics5/cal/data",
        ]),
        "links.wrong",
    ),
    (
        "data elsewhere",
        TypedAll(&["rm /opt/SUNWics5/cal/data", "ln -s /var/data /opt/SUNWics5/cal/data"]),
        "links.elsewhere",
    ),
    (
        "data out by dots",
        TypedAll(&["rm /opt/SUNWics5/cal/data", "ln -s /cal/../var /opt/SUNWics5/cal/data"]),
        "links.elsewhere",
    ),
    (
        "config elsewhere",
        TypedAll(&["rm /opt/SUNWics5/cal/config", "ln -s /cal/config2 /opt/SUNWics5/cal/config"]),
        "links.wrong",
    ),
    ("config of the other node", Typed("Node2", "rm /opt/SUNWics5/cal/config"), "link-secondary"),
    ("the other's link", Typed("Node2", "rm /opt/SUNWics5/cal/data"), "links.wrong"),
    ("a mount point gone", Typed("Node2", "rmdir /cal"), "mount-directory"),
    ("a program gone", Typed("Node2", "rm /opt/SUNWics5/cal/sbin/csconfigurator.sh"), "software"),
    (
        "half a tree",
        Typed("Node2", "mv /opt/SUNWics5/cal/lib /var/lib-of-cal"),
        "software.incomplete",
    ),
    ("the user gone", Typed("Node2", "userdel icsuser"), "accounts"),
    ("the database here", Conf(|t| t.replace("\"/cal/csdb\"", "\".\"")), "configurator.directory"),
    (
        "the database elsewhere",
        Conf(|t| t.replace("\"/cal/csdb\"", "\"/var/csdb\"")),
        "configurator.directory",
    ),
    (
        "the database by dots",
        Conf(|t| t.replace("\"/cal/csdb\"", "\"/cal/../cal/csdb\"")),
        "configurator.directory",
    ),
    (
        "another case",
        Conf(|t| t.replace("\"/cal/csdb\"", "\"/CAL/csdb\"")),
        "configurator.directory",
    ),
    (
        "two values",
        Conf(|t| format!("{t}caldb.berkeleydb.homedir.path = \"/var/csdb\"\n")),
        "configurator.directory",
    ),
    (
        "no value",
        Conf(|t| t.replace("caldb.berkeleydb.homedir.path", "!caldb.berkeleydb.homedir.path")),
        "configurator.directory",
    ),
    (
        "a value in a quote",
        Conf(|t| {
            t.replace(
                "caldb.berkeleydb.homedir.path",
                "some.text = \"open\ncaldb.berkeleydb.homedir.path",
            )
        }),
        "configurator.directory",
    ),
    (
        "a value with a capital",
        Conf(|t| t.replace("caldb.berkeleydb.homedir.path", "Caldb.berkeleydb.homedir.path")),
        "configurator.directory",
    ),
    (
        "an indented value",
        Conf(|t| t.replace("caldb.berkeleydb.homedir.path", " caldb.berkeleydb.homedir.path")),
        "configurator.directory",
    ),
    (
        "another path",
        Conf(|t| t.replacen('\n', "\nstore.some.path = \"/var/store\"\n", 1)),
        "configurator.path",
    ),
    (
        "another path by dots",
        Conf(|t| t.replacen('\n', "\nstore.some.path = \"/cal/../var/store\"\n", 1)),
        "configurator.path",
    ),
    (
        "another path by two slashes",
        Conf(|t| t.replacen('\n', "\nstore.some.path = \"//var/store\"\n", 1)),
        "configurator.path",
    ),
    ("CR and LF", Conf(|t| t.replace('\n', "\r\n")), "ics-conf"),
    (
        "a block overridden",
        Conf(|t| format!("{t}local.server.ha.enabled = \"no\"\n")),
        "ics-conf.overridden",
    ),
    (
        "a block less",
        Conf(|t| t.replace("local.server.ha.enabled", "!local.server.ha.enabled")),
        "ics-conf",
    ),
    (
        "started at boot",
        File("/etc/rc3.d/S99x", "/opt/SUNWics5/cal/sbin/start-cal\n"),
        "configurator.starts-at-boot",
    ),
];

fn resource<'c>(cluster: &'c mut Cluster, name: &str) -> &'c mut calha::lab::Resource {
    cluster.resources.iter_mut().find(|r| r.name == name).unwrap()
}

fn extension(cluster: &mut Cluster, of: &str, name: &str, value: &str) {
    resource(cluster, of).extensions.insert(name.into(), vec![value.into()]);
}

fn property(cluster: &mut Cluster, of: &str, name: &str, values: &[&str]) {
    let values = values.iter().map(|v| (*v).to_owned()).collect();
    resource(cluster, of).properties.insert(name.into(), values);
}

fn says(cluster: &mut Cluster, of: &str, keyword: &str) {
    let status = Status { keyword: keyword.into(), message: "probe failed".into() };
    resource(cluster, of).status.insert(node("Node1"), status);
}

fn typed(start: &mut Start, on: &str, line: &str) {
    typed_on(&mut start.rack.lab, on, line);
}

fn typed_on(lab: &mut Memory, on: &str, line: &str) {
    let (program, args) = line.split_once(' ').unwrap();
    let directory = match program {
        "userdel" => "/usr/sbin",
        _ => "/usr/bin",
    };
    let command = Command::new(&format!("{directory}/{program}"), args.split(' '));
    let output = lab.exec(&node(on), &command, b"").unwrap();
    assert!(output.success(), "{line}: {output:?}");
}

impl Change {
    fn make(&self, start: &mut Start) {
        match self {
            Self::Typed(on, line) => typed(start, on, line),
            Self::TypedAll(lines) => lines.iter().for_each(|line| typed(start, "Node1", line)),
            Self::Cluster(change) => change(start.rack.lab.cluster_mut()),
            Self::Conf(change) => {
                let owner = Owner { uid: 5001, gid: 5001 };
                rewrite(start, "/cal/config/ics.conf", owner, *change);
            }
            Self::Table(change) => rewrite(start, "/etc/mnttab", Owner::ROOT, *change),
            Self::File(at, text) => {
                typed(start, "Node1", &format!("mkdir -p {}", at.rsplit_once('/').unwrap().0));
                let mut files = start.rack.lab.files(&node("Node1"));
                files.write(&path(at), text.as_bytes(), Mode(0o644), Owner::ROOT).unwrap();
            }
        }
    }
}

/// Writes a file of the first node anew.
fn rewrite(start: &mut Start, at: &str, owner: Owner, change: fn(&str) -> String) {
    let mut files = start.rack.lab.files(&node("Node1"));
    let text = String::from_utf8(files.read(&path(at)).unwrap()).unwrap();
    let changed = change(&text);
    assert_ne!(changed, text, "nothing was changed");
    files.write(&path(at), changed.as_bytes(), Mode(0o644), owner).unwrap();
}

/// What verify tells: steps whose work is odd, and problems by code.
fn told(court: &Court, start: &Start) -> Vec<String> {
    let told = RefCell::new(Vec::new());
    let (after, _) = run(&court.guide, start, &|engine| {
        let (survey, problems) = engine.verify()?;
        let mut told = told.borrow_mut();
        let odd = survey.findings.iter().filter(|f| survey.is_odd(f, &problems));
        told.extend(odd.map(|f| f.key.step.clone()));
        told.extend(problems.iter().map(|p| format!("{}: {}", p.code, p.what)));
        Ok(())
    });
    let mut told = told.into_inner();
    told.extend(after.result.err().map(|stop| format!("{stop:?}")));
    told
}

#[test]
fn what_is_changed_behind_its_back_is_named() {
    let court = Court::of(&silent());
    assert_eq!(told(&court, &court.done), [""; 0]);
    let mut missed = Vec::new();
    for (what, change, word) in CHANGES {
        let mut start = court.done.clone();
        change.make(&mut start);
        let told = told(&court, &start);
        if !told.iter().any(|line| line.starts_with(word)) {
            missed.push(format!("{what} ({word}): {told:?}"));
        }
    }
    assert!(missed.is_empty(), "{} of {}:\n{}", missed.len(), CHANGES.len(), missed.join("\n"));
}

/// A later program takes away what an earlier step of the same run has done.
struct Undoing {
    rack: Arc<Mutex<Rack>>,
    /// At the beginning of this step.
    at: &'static str,
    on: &'static str,
    line: &'static str,
    done: bool,
}

impl Sink for Undoing {
    fn tell(&mut self, event: &Event) {
        let begins = matches!(event, Event::StepBegins { id, .. } if id == self.at);
        if begins && !std::mem::replace(&mut self.done, true) {
            typed_on(&mut self.rack.lock().unwrap().lab, self.on, self.line);
        }
    }
}

#[test]
fn what_a_later_program_undoes_is_missed_where_the_run_ends() {
    let court = Court::of(&silent());
    let later = [
        ("prove", "Node2", "userdel icsuser", "accounts"),
        ("service-enable", "Node2", "rm /etc/vfstab", "vfstab-entry"),
        ("complete", "Node2", "rm /opt/SUNWics5/cal/sbin/csconfigurator.sh", "software"),
    ];
    for (at, on, line, step) in later {
        let (rack, hosts) = court.fresh.rack.clone().hosts(&court.guide.record, None);
        let hosts: Hosts<'_> = hosts
            .iter()
            .filter(|h| court.guide.hosts.contains(h.name()))
            .map(|h| (h.name().clone(), h as &dyn Host))
            .collect();
        let mut sink = Undoing { rack: Arc::clone(&rack), at, on, line, done: false };
        let mut prompt = Hands { rack: Arc::clone(&rack), work: true };
        let mut journal = Journal::open(Box::new(MemoryStore::default()), || "now".into()).unwrap();
        let options = options();
        let mut engine =
            Engine::new(&court.guide, hosts, &mut journal, &mut sink, &mut prompt, &options);
        let ended = install(&mut engine);
        assert!(sink.done, "{at}");
        let told = match &ended {
            Err(Stop::Blocked(problems)) => {
                problems.iter().find(|p| p.code == "run.undone").map(|p| p.what.clone())
            }
            _ => None,
        };
        assert!(told.as_ref().is_some_and(|told| told.starts_with(step)), "{line}: {ended:?}");
    }
}
