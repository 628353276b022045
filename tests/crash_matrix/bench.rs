//! An engine over nodes in memory, started from any state of nodes and journal.

use std::path::Path;
use std::sync::{Arc, Mutex};

use calha::engine::{Engine, Event, Options, Prompt, Question, Reply, Stop};
use calha::guide::Guide;
use calha::host::{Host, Hosts};
use calha::journal::{Journal, MemoryStore, RunCommand, Store};
use calha::lab::{Digest, Fault, Memory, Personality, Rack, Trouble, Watch};
use calha::node::{Command, Inspect, NodeName, NodePath};
use calha::op::OpId;
use calha::profile;
use calha::setting::Resolved;

/// The guide's profile with some settings changed.
pub fn resolved(set: &[&str]) -> Resolved {
    of_model("asymmetric", set)
}

/// The example profile of a model with some settings changed.
pub fn of_model(model: &str, set: &[&str]) -> Resolved {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("profiles/{model}.toml"));
    let set: Vec<String> = set.iter().map(|s| (*s).to_owned()).collect();
    profile::load(&file, &set).unwrap_or_else(|p| panic!("{p:?}"))
}

/// The example profiles of all models, each with both kinds of file system.
pub fn every_model() -> Vec<Resolved> {
    let models: [(&str, &[&str]); 3] = [
        ("asymmetric", &["cal"]),
        ("symmetric", &["cs1", "cs2"]),
        ("n-plus-one", &["cs1", "cs2", "cs3"]),
    ];
    let mut all = Vec::new();
    for (model, instances) in models {
        for kind in ["failover", "cluster"] {
            let set = instances.iter().map(|name| format!("instance.{name}.file-system={kind}"));
            let set: Vec<String> = set.collect();
            let set: Vec<&str> = set.iter().map(String::as_str).collect();
            all.push(of_model(model, &set));
        }
    }
    all
}

/// Somebody who agrees to everything that has to be agreed to, answers no question, and does the
/// handwork on the lab: what a program of it says is not looked at, and it is called done.
pub struct Hands {
    pub rack: Arc<Mutex<Rack>>,
    /// Whether the handwork is done at all.
    pub work: bool,
}

impl Prompt for Hands {
    fn consent(&mut self, _: &str) -> Reply {
        Reply::Yes
    }

    fn accept(&mut self, _: &Question) -> Reply {
        Reply::Nobody
    }

    fn attends(&self) -> bool {
        self.rack.lock().unwrap().attendant.is_some()
    }

    fn operator(&mut self, _: &OpId, on: &NodeName, run: Option<&Command>, told: &str) -> Reply {
        let Some(command) = run.filter(|_| self.work) else { return Reply::Nobody };
        let mut command = command.clone();
        if command.args.len() > 1 && command.line().contains("comm_dssetup.pl") {
            // It asks for the password alone; typing it is what the option with a file does here.
            command.args.extend(["-j".to_owned(), "/etc/passwd".to_owned()]);
        }
        let mut rack = self.rack.lock().unwrap();
        let output = rack.lab.exec(on, &command, types(&command, told).as_bytes()).unwrap();
        let faultless = rack.lab.cluster().faults.is_empty();
        assert!(
            output.success() || !faultless,
            "{}{}",
            output.text(),
            String::from_utf8_lossy(&output.stderr)
        );
        Reply::Yes
    }
}

/// What somebody types at a program of the vendor, who does what he is told.
pub fn types(command: &Command, told: &str) -> String {
    let is = |name: &str| command.line().contains(name);
    if is("comm_dssetup.pl") {
        return "y\n\n\n\nsecret\n\n\n2\n\n\n\ny\n".into();
    }
    if is("-noconsole") {
        return String::new();
    }
    if !is("csconfigurator.sh") {
        return "\n\n\n\n".into();
    }

    let value = |name: &str| {
        let line = told.lines().find_map(|line| line.trim().strip_prefix(name));
        line.unwrap_or_else(|| panic!("{name} in {told}")).trim().to_owned()
    };
    let account = value("user and group");
    let (user, group) = account.split_once(' ').unwrap();
    let directories =
        ["Config directory", "Database directory", "Attachment store", "Logs directory"]
            .map(value)
            .join("\n");
    let (port, tmp) = (value("service port"), value("Temporary files"));
    let (archive, backup) = (value("Archive directory"), value("Hot backup directory"));
    format!(
        "ldap\n\n\nsecret\n\n{port}\n{user}\n{group}\nno\nno\n{directories}\n{tmp}\nyes\n\
         {archive}\n{backup}\nyes\n"
    )
}

/// A node by its name.
pub fn node(name: &str) -> NodeName {
    NodeName(name.into())
}

/// A path on a node.
pub fn path(text: &str) -> NodePath {
    NodePath::new(text).unwrap()
}

/// What a run came to.
pub struct After {
    pub result: Result<(), Stop>,
    pub rack: Rack,
    /// What was told, in its order.
    pub events: Vec<Event>,
}

/// Nodes and journal, from which a run can start.
#[derive(Clone)]
pub struct Start {
    pub rack: Rack,
    pub journal: Vec<u8>,
}

impl Start {
    pub fn fresh(resolved: &Resolved) -> Self {
        Self::on(Personality::Plain, resolved)
    }

    /// The same, of nodes of another kind.
    pub fn on(personality: Personality, resolved: &Resolved) -> Self {
        let lab = Memory::on(personality, &resolved.settings);
        Self { rack: Rack::new(lab), journal: Vec::new() }
    }

    /// The first call of a program from now on goes wrong, on a node or anywhere, with an argument
    /// that contains this text or with any.
    pub fn first_call(
        &mut self,
        program: &str,
        on: Option<&str>,
        argument: Option<&str>,
        trouble: Trouble,
    ) {
        let (program, argument) = (program.to_owned(), argument.map(str::to_owned));
        let (host, nth, seen) = (on.map(node), 1, 0);
        self.rack.lab.inject(Fault::Call { program, host, argument, nth, seen, trouble });
    }
}

pub fn options() -> Options {
    Options {
        place: "root on admin with memory".into(),
        process: "process 1".into(),
        // Of a directory that is prepared already somebody has to say that.
        accept: vec!["directory.release".into()],
        ..Options::default()
    }
}

pub type Work<'w> = &'w dyn Fn(&mut Engine<'_>) -> Result<(), Stop>;

/// Runs an engine on a copy of the nodes, with this store as its journal.
pub fn run_on(
    guide: &Guide,
    start: &Start,
    store: impl FnOnce(&Arc<Mutex<Rack>>) -> Box<dyn Store>,
    watch: Option<Watch>,
    options: &Options,
    work: Work<'_>,
) -> After {
    let (rack, hosts) = start.rack.clone().hosts(&guide.record, watch);
    let store = store(&rack);
    let hosts: Hosts<'_> = hosts
        .iter()
        .filter(|h| guide.hosts.contains(h.name()))
        .map(|h| (h.name().clone(), h as &dyn Host))
        .collect();
    let mut events: Vec<Event> = Vec::new();
    let mut prompt = Hands { rack: Arc::clone(&rack), work: true };
    let result = match Journal::open(store, || "now".into()) {
        Ok(mut journal) => {
            work(&mut Engine::new(guide, hosts, &mut journal, &mut events, &mut prompt, options))
        }
        Err(error) => Err(error.into()),
    };
    After { result, rack: Rack::snapshot(&rack), events }
}

/// The same with a journal in memory; the journal's bytes afterwards.
pub fn run(guide: &Guide, start: &Start, work: Work<'_>) -> (After, Start) {
    run_accepting(guide, start, &[], work)
}

/// The same, with these codes accepted besides.
pub fn run_accepting(
    guide: &Guide,
    start: &Start,
    accept: &[&str],
    work: Work<'_>,
) -> (After, Start) {
    let mut options = options();
    options.accept.extend(accept.iter().map(|code| (*code).to_owned()));
    let store = MemoryStore::holding(start.journal.clone(), Vec::new());
    let after = run_on(guide, start, |_| Box::new(store.clone()), None, &options, work);
    let next = Start { rack: after.rack.clone(), journal: store.contents().open };
    (after, next)
}

pub fn install(engine: &mut Engine<'_>) -> Result<(), Stop> {
    engine.install(RunCommand::Install)
}

pub fn rollback(engine: &mut Engine<'_>) -> Result<(), Stop> {
    engine.undo(RunCommand::Undo, None)
}

/// What an administrator can see, without vendors' logs and times that follow the history.
pub fn visible(rack: &Rack, except: &[&str]) -> Digest {
    let mut all = vec!["/var/sadm/install/logs", "/var/adm/messages", "/etc/mnttab"];
    all.extend(except);
    let mut digest = rack.lab.digest(&all);
    digest.entries.retain(|path, _| {
        !path.contains("/var/tmp/dssetup_") && !path.starts_with("configuration:")
    });
    let mut facts = rack.lab.cluster().facts();
    facts.mounts.iter_mut().for_each(|m| m.since = 0);
    facts.mounts.sort_by_key(|m| (m.host.clone(), m.point.clone()));
    // Where a device group is mastered is a position, not configuration.
    facts.device_groups.iter_mut().for_each(|d| d.primary = None);
    if !except.is_empty() {
        // Packages and the directory's schema are leftovers that are no files.
        facts
            .hosts
            .values_mut()
            .for_each(|m| m.packages.retain(|name, _| !name.starts_with("SUNWic")));
        facts.directory_prepared = false;
    }
    for (at, line) in serde_json::to_string_pretty(&facts).unwrap().lines().enumerate() {
        digest.entries.insert(format!("configuration:{at:04}"), line.to_owned());
    }
    digest
}

/// What is different, for a message.
pub fn difference(a: &Digest, b: &Digest) -> String {
    let mut lines = a.differences(b);
    let more = lines.len().saturating_sub(12);
    lines.truncate(12);
    format!("{}\n… and {more} more", lines.join("\n"))
}
