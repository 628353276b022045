//! The types that upgrades are tried with: versions of ACME's print queue on a simulated cluster.

use std::collections::BTreeMap;

use calha::guide::Guide;
use calha::host::{Host, Hosts, views};
use calha::lab::{ClusterRelease, Digest, Memory, Personality, Solaris};
use calha::node::{Command, Inspect as _, NodePath};
use calha::problem::Problem;
use calha::setting::Members;
use calha::step::{file_of_version, found_of_type, lacking};
use calha::type_upgrade::{Found, Request, UpgradePlan, plan};

use super::bench::{Start, install, node, resolved, run, visible};
use super::print_queue::deliver;

pub(super) const UPGRADE: &str = "#$upgrade\n";
pub(super) const BASE: &str = "ACME.queue";
pub(super) const LEVEL: &str = "{ PROPERTY = Level; EXTENSION; INT; MIN = 1; MAX = 9; DEFAULT = 3;\n\
                     TUNABLE = ANYTIME; DESCRIPTION = \"What is told\"; }\n";

/// A version of ACME's print queue.
pub(super) fn queue(version: &str, directives: &str, entries: &str) -> String {
    format!(
        "RESOURCE_TYPE = \"queue\";\nVENDOR_ID = ACME;\nRT_DESCRIPTION = \"print queue\";\n\
         RT_VERSION = \"{version}\";\nAPI_VERSION = 2;\nFAILOVER = TRUE;\n\
         RT_BASEDIR = /opt/ACMEqueue/{version};\nSTART = start;\nSTOP = stop;\n\
         VALIDATE = validate;\nMONITOR_START = mon_start;\nMONITOR_STOP = mon_stop;\n\
         {directives}{entries}"
    )
}

pub(super) fn from(version: &str, tunability: &str) -> String {
    format!("{UPGRADE}#$upgrade_from \"{version}\" {tunability}\n")
}

pub(super) fn file(version: &str) -> String {
    format!("/opt/ACMEqueue/etc/queue.{version}")
}

/// A command of the cluster, typed on Node1.
pub(super) fn typed(lab: &mut Memory, line: &str) -> String {
    let mut words = line.split(' ');
    let program = format!("/usr/cluster/bin/{}", words.next().unwrap());
    let command = Command::new(&program, words);
    let said = lab.exec(&node("Node1"), &command, b"").unwrap();
    assert!(said.success(), "{line}: {}", String::from_utf8_lossy(&said.stderr));
    said.text()
}

/// Version 1 with a resource `q` in `q-rg`, and `front` in the same group, which depends on it and
/// is of another type; versions 2 and on are delivered.
pub(super) fn fresh(personality: Personality, later: &[(&str, String, &str)]) -> Start {
    let mut lab = Memory::on(personality, &resolved(&[]).settings);
    deliver(&mut lab, "1", &queue("1", UPGRADE, ""));
    let other = queue("1", "", "").replace("\"queue\"", "\"front\"");
    deliver(&mut lab, "front", &other);
    for line in [
        &format!("scrgadm -a -t ACME.front -f {}", file("front")),
        &format!("scrgadm -a -t {BASE} -f {}", file("1")),
        "scrgadm -a -g q-rg -h Node1,Node2",
        "scrgadm -a -j q -g q-rg -t ACME.queue:1",
        "scrgadm -a -j front -g q-rg -t ACME.front -y Resource_dependencies=q",
        "scswitch -Z -g q-rg",
        "scswitch -z -g q-rg -h Node2",
    ] {
        typed(&mut lab, line);
    }
    for (version, directives, entries) in later {
        deliver(&mut lab, version, &queue(version, directives, entries));
    }
    Start { rack: calha::lab::Rack::new(lab), journal: Vec::new() }
}

pub(super) fn members() -> Members {
    Members {
        cluster: "penguin".into(),
        nodes: vec![node("Node1"), node("Node2")],
        connections: BTreeMap::new(),
        becomes: BTreeMap::new(),
        query: 60,
        within: 600,
    }
}

pub(super) fn to(version: &str) -> Request {
    Request { base: BASE.into(), to: version.into(), ..Request::default() }
}

/// What the cluster says, and the plan that follows with what is lacking on the nodes.
pub(super) fn planned(
    start: &Start,
    request: &Request,
) -> Result<(UpgradePlan, Found), Vec<Problem>> {
    let record = Guide::upgrade_record("penguin", "site.upgrade.x").unwrap();
    let (_, all) = start.rack.clone().hosts(&record, None);
    let hosts: Hosts<'_> = all.iter().map(|h| (h.name().clone(), h as &dyn Host)).collect();
    let first = hosts[&node("Node1")];
    let found = found_of_type(first, BASE).unwrap();
    let mut versions = BTreeMap::new();
    for wanted in ["1", "2", "3"] {
        let named = [NodePath::new(file(wanted)).unwrap()];
        if let Some(version) = file_of_version(first, BASE, wanted, &named).unwrap() {
            versions.insert(wanted.to_owned(), version);
        }
    }
    let plan = plan(request, &found, &versions)?;
    let hosts: Hosts<'_> =
        hosts.into_iter().filter(|(name, _)| name.as_str().starts_with("Node")).collect();
    let lacking = lacking(&views(&hosts), &plan, &found, &versions).unwrap();
    if lacking.is_empty() { Ok((plan, found)) } else { Err(lacking) }
}

pub(super) fn guide(start: &Start, request: &Request) -> Guide {
    let (plan, _) = planned(start, request).unwrap_or_else(|problems| panic!("{problems:?}"));
    Guide::type_upgrade(&members(), "site", &plan).unwrap()
}

/// States and versions, and everything else that an administrator sees.
pub(super) fn seen(start: &Start) -> Digest {
    visible(&start.rack, &[])
}

pub(super) fn kind(start: &Start) -> String {
    typed(&mut start.rack.lab.clone(), "scha_resource_get -O TYPE -R q").trim().to_owned()
}

/// Commands of the cluster that changed something.
pub(super) fn changes(start: &Start, after: &Start) -> Vec<String> {
    let before = start.rack.lab.changing_calls().len();
    let all = after.rack.lab.changing_calls();
    all[before..].iter().map(|c| format!("{} {}", c.program, c.args.join(" "))).collect()
}

pub(super) fn upgraded(start: &Start, guide: &Guide) -> Start {
    let (after, end) = run(guide, start, &install);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    end
}

pub(super) fn three_one() -> Personality {
    Personality::Releases(Solaris::Nine, ClusterRelease::ThreeOne)
}

/// Whether a group that is managed again goes online by itself is played both ways.
pub(super) fn both() -> [Personality; 2] {
    [three_one(), Personality::Odd]
}

/// The states of groups and resources, apart from the type of a resource.
pub(super) fn states(start: &Start) -> Vec<(String, bool, bool, String)> {
    let cluster = start.rack.lab.cluster();
    let groups =
        cluster.groups.iter().map(|g| (g.name.clone(), g.managed, true, format!("{:?}", g.states)));
    let resources = cluster
        .resources
        .iter()
        .map(|r| (r.name.clone(), r.enabled, r.monitored, format!("{:?}", r.states)));
    groups.chain(resources).collect()
}

pub(super) const ALL: [&str; 6] =
    ["ANYTIME", "WHEN_UNMONITORED", "WHEN_OFFLINE", "WHEN_DISABLED", "WHEN_UNMANAGED", ""];

pub(super) fn directive(tunability: &str) -> String {
    if tunability.is_empty() { UPGRADE.to_owned() } else { from("1", tunability) }
}
