//! From a pristine cluster to an installation and back to a pristine cluster, with clients and a
//! look at the mounts all the while: what holds in every model, whatever fails in between.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use calha::setting::{FileSystem, Instance};

use crate::client::{Client, Outage};
use crate::mounts::{Mounts, is_whole};
use crate::nodes::text;
use crate::run::{Ended, Run, unannounced};
use crate::site::Site;

/// How long the cluster may take until somebody is served again.
pub const SOON: Duration = Duration::from_secs(30);

/// On a machine that is so busy that a look takes longer, no answer comes within two seconds.
const TOO_BUSY: Duration = Duration::from_secs(4);

/// A site, and everybody who watches it.
pub struct Round {
    pub site: Site,
    pub clients: Vec<Client>,
    mounts: Mounts,
    pristine: String,
    story: Mutex<Vec<(Instant, String)>>,
}

impl Round {
    pub fn of(model: &str) -> Self {
        let site = Site::of(model);
        let nodes = &site.rack.nodes;
        let pristine = site.configuration();
        let instances = &site.settings.instances;
        let point = |fs: &FileSystem| fs.mount_point.to_string();
        let points = instances.iter().flat_map(|i| i.file_systems().into_iter().map(point));
        let mounts = Mounts::of(points.collect(), nodes);
        let clients = instances.iter().map(|i| Client::of(i, nodes)).collect();
        Self { site, clients, mounts, pristine, story: Mutex::default() }
    }

    /// Keeps what happens, for the picture.
    pub fn tell(&self, what: &str) {
        self.story.lock().unwrap().push((Instant::now(), what.to_owned()));
    }

    /// What has happened, and when.
    pub fn story(&self) -> Vec<(Instant, String)> {
        self.story.lock().unwrap().clone()
    }

    /// A command that is agreed to beforehand and succeeds. No client misses anything that it did
    /// not announce.
    pub fn done(&self, command: &str, more: &[&str]) -> Ended {
        self.tell(&format!("calha {command}"));
        let ended = Run::begin(&self.site, command, &[more, &["--yes"]].concat()).end().with(0);
        self.announced(&ended);
        ended
    }

    /// Fails when somebody missed what this run had not announced.
    pub fn announced(&self, run: &Ended) {
        for client in &self.clients {
            let during = |o: &Outage| o.from > run.begun;
            let outages: Vec<Outage> = client.outages().into_iter().filter(during).collect();
            let missed = unannounced(&outages, &run.announced());
            assert!(missed.is_empty(), "not announced: {missed:?}\n{}", run.text());
        }
    }

    /// The same of runs of which each goes on with what the one before has begun.
    pub fn announced_by(&self, runs: &[&Ended]) {
        let end = runs.iter().map(|run| run.begun + run.took).max().expect("a run");
        let begun = runs.iter().map(|run| run.begun).min().expect("a run");
        let open = |run: &Ended| {
            let over = run.begun + run.took;
            let goes_on =
                move |a: Outage| Outage { to: if a.to == over { end } else { a.to }, ..a };
            run.announced().into_iter().map(goes_on).collect::<Vec<_>>()
        };
        let announced: Vec<Outage> = runs.iter().flat_map(|run| open(run)).collect();
        for client in &self.clients {
            let outages = client.outages().into_iter().filter(|o| o.from > begun);
            let missed = unannounced(&outages.collect::<Vec<_>>(), &announced);
            let said: String = runs.iter().map(|run| run.text()).collect();
            assert!(missed.is_empty(), "not announced: {missed:?}\n{said}");
        }
    }

    /// What an administrator does who reads what calha says: types the commands of the cluster
    /// that stand on lines of their own, or in a remedy for a method that has failed.
    pub fn types_what_is_printed(&self, said: &str) {
        const SCSWITCH: &str = "/usr/cluster/bin/scswitch -";
        let nodes = &self.site.rack.nodes;
        let mut commands: Vec<&str> = Vec::new();
        for line in said.lines().map(str::trim_start) {
            let Some(at) = line.find(SCSWITCH) else { continue };
            let command = line[at..].split([';', ')']).next().unwrap_or_default().trim();
            let remedy = command.starts_with(&format!("{SCSWITCH}c"))
                || command.starts_with(&format!("{SCSWITCH}R"));
            // Without its address nothing of a group of Pacemaker's can be up.
            let takes_address = command.contains(" -n ");
            if (at == 0 || remedy) && !takes_address && !commands.contains(&command) {
                commands.push(command);
            }
        }
        for command in commands {
            // "See that nothing runs there any more" stands before it.
            if command.starts_with(&format!("{SCSWITCH}c")) {
                for node in nodes.powered() {
                    nodes.on(&node, &["pkill", "-f", "/sbin/serve "]);
                }
            }
            let said = nodes.on(&nodes.powered()[0], &["/bin/sh", "-c", command]);
            println!("  typed: {command}: {}", text(&said).trim());
        }

        // calha's own restart of what has failed stands before what goes on.
        let restart = format!("calha service restart {} ", self.site.profile.display());
        if let Some((_, behind)) = said.split_once(&restart) {
            let instance = behind.split_whitespace().next().unwrap_or_default();
            let ended = Run::begin(&self.site, "service restart", &[instance, "--yes"]).end();
            println!("  typed: {restart}{instance}: status {}", ended.status);
        }
    }

    pub fn is_pristine(&self) {
        assert_eq!(self.site.configuration(), self.pristine);
    }

    pub fn never_mounted_twice(&self) {
        self.mounts.never_twice();
    }

    /// Every instance is served, by the first of its nodes.
    pub fn at_home(&self) {
        for (instance, client) in self.site.settings.instances.iter().zip(&self.clients) {
            let node = client.served_by(SOON);
            assert_eq!(node.as_deref(), Some(instance.nodes[0].as_str()), "{}", instance.name);
        }
    }

    pub fn verified(&self) {
        let said = self.site.calha("verify", &[]).ended(0);
        assert!(said.text.contains("nothing to do"), "{}", said.text);
        println!("verify: {:.1} s", said.took.as_secs_f32());
    }

    /// How long it takes to look while all nodes live.
    pub fn looks(&self) -> Duration {
        self.site.calha("verify", &[]).ended(0).took
    }

    /// With a node dead, status and verify still say who holds what is served, and while the line
    /// to the dead one hangs. How long that takes is printed; how busy this machine is decides it.
    pub fn knows_the_holders(&self, dead: &str, hang: Duration, looks: Duration) {
        if looks > TOO_BUSY {
            return println!("who serves without {dead}: not asked, a look takes {looks:.1?} here");
        }
        self.site.rack.nodes.lines_hang(hang);
        for (command, status) in [("status", 3), ("verify", 5)] {
            let said = Run::begin(&self.site, command, &[]).end().with(status);
            assert!(said.lasted() >= hang, "{}", said.text());
            for holder in self.holders() {
                let told = said.after(&holder).unwrap_or_else(|| panic!("{}", said.text()));
                println!("{command} without {dead}: {:.1} s", told.as_secs_f32());
                assert!(hang.is_zero() || told < hang, "{}", said.text());
            }
            assert!(said.after(&format!("{dead:<12} DOWN")).is_some(), "{}", said.text());
        }
        self.site.rack.nodes.lines_hang(Duration::ZERO);
    }

    /// The beginning of the line of each group that is served, as status has it.
    fn holders(&self) -> Vec<String> {
        let instances = self.site.settings.instances.iter().zip(&self.clients);
        let holder = |(instance, client): (&Instance, &Client)| {
            let node = client.served_by(Duration::from_secs(1))?;
            Some(format!("  {:<18} {node:<12} ONLINE", instance.resource_group))
        };
        instances.filter_map(holder).collect()
    }

    /// Takes the installation back. Nothing of it is left in the cluster, and no file system was
    /// ever mounted twice.
    pub fn taken_back(&self, command: &str) {
        let ended = self.done(command, &[]);
        println!("{command}: {:.1} s", ended.took.as_secs_f32());
        self.is_pristine();
        self.safe();
    }

    /// No file system was mounted twice, and those that rest are whole.
    pub fn safe(&self) {
        self.never_mounted_twice();
        for fs in self.site.settings.instances.iter().flat_map(|i| i.file_systems()) {
            is_whole(&self.site.rack, fs.block_device.as_str());
        }
    }

    /// How long each client waited, each time.
    pub fn told(&self, what: &str) {
        for (instance, client) in self.site.settings.instances.iter().zip(&self.clients) {
            let outages = client.outages();
            let lasted: Vec<String> =
                outages.iter().map(|o| format!("{:.1}", o.lasts().as_secs_f32())).collect();
            println!("{what}: {} not served for [{}] s", instance.name, lasted.join(", "));
        }
    }
}
