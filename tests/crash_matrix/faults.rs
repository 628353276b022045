//! Every step with everything that may befall it: the run ends with a documented status, the
//! journal can be read, what somebody else wrote stays; a run after it ends as one without a fault,
//! and an uninstallation leaves what was there before.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

use calha::engine::{Engine, Event, Stop};
use calha::exit;
use calha::guide::Guide;
use calha::host::{Host, Hosts};
use calha::journal::{Journal, MemoryStore, Store};
use calha::lab::{MemoryHost, Rack};
use calha::node::{Command, Entry, Files as _, NodeName, NodePath};
use calha::op::Op;

use super::bench::{
    Hands, Start, Work, difference, install, options, rollback, run, run_accepting, visible,
};
use super::court::silent;
use super::faulty_host::{BY_HAND, FaultyHost, FaultyStore, Moment, Plan, target};
use super::matrix::Matrix;
use super::mishap::Mishap;

/// An installation that things befall, and how it ends where nothing does.
pub struct Trials {
    pub guide: Arc<Guide>,
    pub fresh: Start,
    pub done: Start,
}

/// A mishap that has befallen an operation, until it is put right.
pub struct Befallen {
    mishap: Mishap,
    on: NodeName,
    op: Op,
}

/// What came of a run that was to meet a mishap.
pub struct Met {
    /// Nodes and journal then, of a run that was killed as they stood at that moment.
    pub after: Start,
    pub befallen: Option<Befallen>,
    /// Nothing of a run that was killed.
    status: Option<u8>,
    /// How the run of a second operator ended.
    second: Option<u8>,
}

impl Met {
    /// Whether the run came to its end.
    pub fn ended_well(&self) -> bool {
        self.status == Some(exit::DONE)
    }

    /// What befell which operation, and how the run ended.
    pub fn told(&self) -> String {
        let what = self
            .befallen
            .as_ref()
            .map_or("nothing".to_owned(), |one| format!("{} on {}", one.op.kind(), one.on));
        let how = self.status.map_or("killed".to_owned(), |status| status.to_string());
        format!(" ({what}: {how})")
    }
}

/// What came of a mishap.
pub enum Trial {
    /// It cannot befall this step.
    None,
    Killed,
    Ended(u8),
}

/// How often somebody accepts what is asked before that counts as no way on.
const TIMES: usize = 4;

impl Trials {
    pub fn new() -> Self {
        let resolved = silent();
        let guide = Arc::new(Guide::of(&resolved, "cal").unwrap());
        let fresh = Start::fresh(&resolved);
        let (after, done) = run(&guide, &fresh, &install);
        after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
        Self { guide, fresh, done }
    }

    /// What a mishap at a step comes to, and every law that it breaks.
    pub fn tried(&self, step: &str, mishap: Mishap) -> (Trial, Vec<String>) {
        let label = format!("{step} / {}", mishap.told().0);
        let met = self.met(&self.fresh, false, Moment::Step(step.to_owned()), mishap);
        let Some(befallen) = met.befallen else { return (Trial::None, Vec::new()) };

        let mut broken = Vec::new();
        let trial = met.second.or(met.status).map_or(Trial::Killed, Trial::Ended);
        if mishap == Mishap::Another
            && (met.status != Some(exit::DONE) || met.second == Some(exit::DONE))
        {
            let (first, second) = (met.status, met.second);
            broken.push(format!("{label}: the first ends with {first:?}, the second: {second:?}"));
        }

        let mut after = met.after;
        let store = MemoryStore::holding(after.journal.clone(), Vec::new());
        if let Err(error) = Journal::open(Box::new(store), String::new) {
            broken.push(format!("{label}: the journal cannot be read: {error}"));
        }
        befallen.cleared(&mut after, &label, &mut broken);

        broken.extend(self.resumed(&label, &after));
        let left = Matrix::leftovers(&after.journal);
        broken.extend(self.removed(&label, &after, left));
        (trial, broken)
    }

    /// Runs the installation, or its undoing, with the mishap in it.
    pub fn met(&self, start: &Start, back: bool, moment: Moment, mishap: Mishap) -> Met {
        let store = MemoryStore::holding(start.journal.clone(), Vec::new());
        let (rack, hosts) = start.rack.clone().hosts(&self.guide.record, None);
        let second: Arc<Mutex<Option<u8>>> = Arc::default();
        let another = {
            let (guide, rack, hosts) = (Arc::clone(&self.guide), Arc::clone(&rack), hosts.clone());
            let second = Arc::clone(&second);
            move || *second.lock().unwrap() = Some(somebody_else(&guide, &rack, &hosts))
        };
        let plan = Arc::new(Plan::new(moment, mishap, store.clone(), Box::new(another)));
        let faulty = |inner: MemoryHost| FaultyHost {
            inner,
            rack: Arc::clone(&rack),
            plan: Arc::clone(&plan),
        };
        let faulty: Vec<FaultyHost> = hosts.into_iter().map(faulty).collect();
        let hosts = faulty.iter().map(|host| host as &dyn Host);
        let now = if mishap == Mishap::ClockJumps { jumping } else { steady };
        let store_of_run = Box::new(FaultyStore(Arc::clone(&plan)));
        let work: Work<'_> = if back { &rollback } else { &install };
        let result = worked(&self.guide, &rack, hosts, store_of_run, now, "admin", work);

        let killed = plan.killed.lock().unwrap().take();
        let status =
            killed.is_none().then(|| result.map_or_else(|e| exit::of(&e), |()| exit::DONE));
        let end = || Start { rack: Rack::snapshot(&rack), journal: store.contents().open };
        let befallen = plan.befallen.lock().unwrap().take();
        let befallen = befallen.map(|(on, op)| Befallen { mishap, on, op });
        let second = *second.lock().unwrap();
        Met { after: killed.unwrap_or_else(end), befallen, status, second }
    }

    pub fn resumed(&self, label: &str, after: &Start) -> Option<String> {
        match self.ended(after, &install) {
            Err(stop) => Some(format!("{label}: resume stops: {stop}")),
            Ok(mut end) => {
                let mut done = self.done.clone();
                settle(&mut end);
                settle(&mut done);
                unlike(label, "resume", &end, &done, &["/var/opt/calha"])
            }
        }
    }

    /// `left` is what no uninstallation removes.
    pub fn removed(&self, label: &str, after: &Start, left: Vec<String>) -> Option<String> {
        let left: Vec<&str> = left.iter().map(String::as_str).collect();
        match self.ended(after, &rollback) {
            Err(stop) => Some(format!("{label}: uninstall stops: {stop}")),
            Ok(end) => unlike(label, "uninstall", &end, &self.fresh, &left),
        }
    }

    /// The end of the work, where somebody accepts what they are asked.
    fn ended(&self, start: &Start, work: Work<'_>) -> Result<Start, String> {
        let mut accepted: Vec<String> = Vec::new();
        let mut start = start.clone();
        for _ in 0..TIMES {
            let accept: Vec<&str> = accepted.iter().map(String::as_str).collect();
            let (after, next) = run_accepting(&self.guide, &start, &accept, work);
            start = next;
            match after.result {
                Ok(()) => return Ok(start),
                Err(Stop::Unanswered(questions)) => {
                    accepted.extend(questions.into_iter().map(|q| q.code));
                }
                // Before anything else an undo that is stuck is tried again.
                Err(Stop::Stuck(_)) => start = run(&self.guide, &start, &rollback).1,
                Err(stop) => return Err(format!("{stop:?}")),
            }
        }
        Err(format!("it asks on and on: {accepted:?}"))
    }
}

fn steady() -> String {
    "2026-01-01T00:00:00Z".to_owned()
}

/// A clock that goes back or forward by decades at each look.
fn jumping() -> String {
    static LOOKS: AtomicUsize = AtomicUsize::new(0);
    ["2026-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2038-01-19T03:14:08Z"]
        [LOOKS.fetch_add(1, SeqCst) % 3]
        .to_owned()
}

/// Runs an engine over these hosts.
fn worked<'h>(
    guide: &Guide,
    rack: &Arc<Mutex<Rack>>,
    hosts: impl Iterator<Item = &'h dyn Host>,
    store: Box<dyn Store>,
    now: fn() -> String,
    place: &str,
    work: Work<'_>,
) -> Result<(), Stop> {
    let hosts: Hosts<'_> = hosts
        .filter(|host| guide.hosts.contains(host.name()))
        .map(|host| (host.name().clone(), host))
        .collect();
    let mut events: Vec<Event> = Vec::new();
    let mut prompt = Hands { rack: Arc::clone(rack), work: true };
    let mut options = options();
    options.place = format!("root on {place} with memory");
    let mut journal = Journal::open(store, now)?;
    work(&mut Engine::new(guide, hosts, &mut journal, &mut events, &mut prompt, &options))
}

/// The status of somebody who installs the same with a journal of their own.
fn somebody_else(guide: &Guide, rack: &Arc<Mutex<Rack>>, hosts: &[MemoryHost]) -> u8 {
    let changes = || rack.lock().unwrap().lab.changing_calls().len();
    let before = changes();
    let hosts = hosts.iter().map(|host| host as &dyn Host);
    let store = Box::new(MemoryStore::holding(Vec::new(), Vec::new()));
    let result = worked(guide, rack, hosts, store, steady, "another", &install);
    assert_eq!(changes(), before, "the second operator changed something");
    result.map_or_else(|stop| exit::of(&stop), |()| exit::DONE)
}

impl Befallen {
    /// Whether it is seen no more once an uninstallation has taken the shared file system away.
    pub fn is_of_share(&self) -> bool {
        let share = NodePath::new("/cal").expect("a path");
        self.mishap == Mishap::Edited && target(&self.op).is_some_and(|p| p.is_within(&share))
    }

    /// Takes the mishap away, as an administrator does before the next run.
    pub fn cleared(&self, start: &mut Start, label: &str, broken: &mut Vec<String>) {
        let lab = &mut start.rack.lab;
        lab.clear_faults();
        if self.mishap == Mishap::Reboots {
            lab.boot_node(&self.on);
            settle(start);
        }
        if self.mishap == Mishap::Edited {
            let path = target(&self.op).expect("it names a file");
            let stays =
                take_away(start, path) || self.is_of_share() && take_off_the_disk(start, path);
            if !stays {
                broken.push(format!("{label}: what somebody wrote into {path} is gone"));
            }
        }
    }
}

/// Takes what was written by hand out of the file, on whichever node it is seen.
fn take_away(start: &mut Start, path: &NodePath) -> bool {
    let hosts: Vec<NodeName> = start.rack.lab.cluster().hosts.keys().cloned().collect();
    let mut found = false;
    for host in hosts {
        let mut files = start.rack.lab.files(&host);
        let bytes = files.read(path).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Ok(Entry::File { mode, owner, .. }) = files.stat(path) else { continue };
        if !text.contains(BY_HAND) {
            continue;
        }
        found = true;
        match text.replace(BY_HAND, "") {
            rest if rest.is_empty() => files.remove(path).unwrap(),
            rest => files.write(path, rest.as_bytes(), mode, owner).unwrap(),
        }
    }
    found
}

/// The same on the shared disk, where an undo has come to its end and no node has it mounted.
fn take_off_the_disk(start: &mut Start, path: &NodePath) -> bool {
    let node = NodeName("Node1".into());
    let rest = path.as_str().strip_prefix("/cal").expect("it is on the share");
    let on_mnt = NodePath::new(format!("/mnt{rest}")).expect("a path");
    let types = |start: &mut Start, program: &str, words: &[&str]| {
        let command = Command::new(program, words.iter().copied());
        start.rack.lab.exec(&node, &command, b"").is_ok_and(|output| output.success())
    };

    let disk = ["-F", "ufs", "/dev/md/penguin/dsk/d400", "/mnt"];
    let found = types(start, "/usr/sbin/mount", &disk) && take_away(start, &on_mnt);
    types(start, "/usr/sbin/umount", &["/mnt"]);
    found
}

/// Moves the group to the other node and back: where it has been is no difference then.
fn settle(start: &mut Start) {
    let lab = &mut start.rack.lab;
    let Some(group) = lab.cluster().groups.first().map(|group| group.name.clone()) else { return };
    for to in ["Node2", "Node1"] {
        let words = ["-z", "-g", group.as_str(), "-h", to];
        let command = Command::new("/usr/cluster/bin/scswitch", words);
        drop(lab.exec(&NodeName("Node1".into()), &command, b""));
    }
}

fn unlike(label: &str, what: &str, end: &Start, wanted: &Start, except: &[&str]) -> Option<String> {
    let facts = |start: &Start| {
        let mut facts = visible(&start.rack, except);
        // When a node was started is history.
        facts.entries.retain(|_, line| !line.contains("\"booted\":"));
        facts
    };
    let (now, then) = (facts(end), facts(wanted));
    (now != then).then(|| format!("{label}: {what} ends elsewhere:\n{}", difference(&now, &then)))
}
