//! How the N+1 model grows with N, from 2 to 15 active nodes: reading the profile and planning without a connection, planning on a
//! simulated cluster in memory, installing there and finding everything in order again.
//!
//! Run with `cargo bench --bench n_plus_one`.

use std::fmt::Write as _;
use std::time::Instant;

use calha::engine::{Engine, Event, Options, Prompt, Question, Reply};
use calha::guide::Guide;
use calha::host::{Host, Hosts};
use calha::journal::{Journal, MemoryStore, RunCommand};
use calha::lab::{Memory, Rack};
use calha::node::{Command, Inspect, NodeName};
use calha::op::OpId;
use calha::plan::{Plan, text};
use calha::step::Views;

/// Agrees, and says that handwork is done: the lab's directory is prepared beforehand.
struct Agrees;

impl Prompt for Agrees {
    fn consent(&mut self, _: &str) -> Reply {
        Reply::Yes
    }

    fn accept(&mut self, _: &Question) -> Reply {
        Reply::Nobody
    }

    fn attends(&self) -> bool {
        false
    }

    fn operator(&mut self, _: &OpId, _: &NodeName, _: Option<&Command>, _: &str) -> Reply {
        Reply::Yes
    }
}

fn profile(n: usize) -> String {
    let nodes: Vec<String> = (1..=n + 1).map(|i| format!("\"Node{i}\"")).collect();
    let mut text = format!(
        "[cluster]\nname = \"calendar-cluster\"\nmodel = \"n-plus-one\"\nnodes = [{}]\n[account]\nuid = 5001\ngid = 5001\n",
        nodes.join(", ")
    );
    for i in 1..=n {
        let spare = n + 1;
        write!(
            text,
            "[instance.cs{i}]\nnodes = [\"Node{i}\", \"Node{spare}\"]\ninstall-root = \"/opt/Node{i}\"\nshare-dir = \"/cal/Node{i}\"\n\
             block-device = \"/dev/md/set{i}/dsk/d400\"\nresource-group = \"CAL-CS{i}-RG\"\nlogical-host-resource = \"LOG-HOST-CS{i}-RS\"\n\
             hasp-resource = \"CAL-HASP-CS{i}-RS\"\nservice-resource = \"CAL-SVR-CS{i}-RS\"\nlogical-host = \"cal-host{i}\"\n\
             logical-host-fqdn = \"cal-host{i}.example.com\"\nlogical-host-address = \"192.0.2.{}\"\nwatcher-port = {}\n",
            i + 9,
            49_993 + i
        )
        .unwrap();
    }
    text.push_str(
        "[installer]\nmode = \"silent\"\nprogram = \"/cdrom/installer\"\nstate-file = \"/var/tmp/installer-%i.state\"\n\
         [configurator]\nmode = \"silent\"\nstate-file = \"/var/tmp/configurator-%i.state\"\n\
         [directory]\nhost = \"ldap\"\nmode = \"operator\"\ninstance = \"slapd-ldap\"\n",
    );
    text
}

/// Median of five, in milliseconds.
fn median(mut work: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..5)
        .map(|_| {
            let from = Instant::now();
            work();
            from.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[2]
}

fn install(guide: &Guide, rack: Rack, journal: &MemoryStore) -> (Rack, usize) {
    let (rack, hosts) = rack.hosts(&guide.record, None);
    let hosts: Hosts<'_> = hosts
        .iter()
        .filter(|h| guide.hosts.contains(h.name()))
        .map(|h| (h.name().clone(), h as &dyn Host))
        .collect();
    let mut events: Vec<Event> = Vec::new();
    let options =
        Options { place: "bench".into(), process: "process 1".into(), ..Options::default() };
    let mut journal = Journal::open(Box::new(journal.clone()), || "now".into()).unwrap();
    let mut prompt = Agrees;
    let mut engine = Engine::new(guide, hosts, &mut journal, &mut events, &mut prompt, &options);
    engine.install(RunCommand::Install).unwrap_or_else(|stop| panic!("{stop:#?}"));
    let changed = engine.changed();
    (Rack::snapshot(&rack), changed)
}

fn main() {
    println!(
        "{:>3} {:>6} {:>18} {:>20} {:>14} {:>14}",
        "N", "steps", "plan offline, ms", "plan in memory, ms", "install, ms", "again, ms"
    );
    for n in [2, 3, 5, 8, 11, 15] {
        let source = profile(n);
        let read = || {
            calha::setting::resolve(&calha::profile::parse("bench.toml", &source))
                .unwrap_or_else(|p| panic!("{p:?}"))
        };
        let resolved = read();
        let guide = Guide::of(&resolved, "bench").unwrap();
        let offline = median(|| {
            let guide = Guide::of(&read(), "bench").unwrap();
            assert!(!text(&Plan::of(&guide, &Views::new()).unwrap(), false, 80).is_empty());
        });
        let mut lab = Memory::new(&resolved.settings);
        lab.cluster_mut().directory_prepared = true;
        let (_rack, hosts) = Rack::new(lab.clone()).hosts(&guide.record, None);
        let looked: Views<'_> =
            hosts.iter().map(|h| (h.name().clone(), h as &dyn Inspect)).collect();
        let online =
            median(|| assert!(!text(&Plan::of(&guide, &looked).unwrap(), false, 80).is_empty()));
        let journal = MemoryStore::holding(Vec::new(), Vec::new());
        let from = Instant::now();
        let (done, changed) = install(&guide, Rack::new(lab), &journal);
        let first = from.elapsed().as_secs_f64() * 1000.0;
        assert!(changed > n * 20, "{changed}");
        let from = Instant::now();
        let (_, changed) = install(&guide, done, &journal);
        let again = from.elapsed().as_secs_f64() * 1000.0;
        assert_eq!(changed, 0);
        println!(
            "{n:>3} {:>6} {offline:>18.1} {online:>20.1} {first:>14.1} {again:>14.1}",
            guide.steps.len()
        );
    }
    let peak = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = peak
        .lines()
        .find_map(|l| l.strip_prefix("VmHWM:"))
        .map(|l| l.trim().trim_end_matches(" kB").trim().parse::<f64>());
    match peak {
        Some(Ok(kilobytes)) => {
            println!("peak memory of all of it: {:.1} MB (limit: 60 MB)", kilobytes / 1024.0)
        }
        _ => println!("peak memory: not measured, there is no /proc here"),
    }
}
