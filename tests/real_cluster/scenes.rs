//! What is done to a cluster on which calha has installed the asymmetric model, in words that both
//! clusters understand: the simulated one and the real one.

use std::time::Instant;

/// A cluster, as an administrator and an accident have it before them.
pub trait Cluster {
    /// Types a command of the cluster on a node; its exit status and what it prints.
    fn types(&self, node: &str, program: &str, args: &[&str]) -> (i32, String);
    /// The server does not start on this node, or on any, until it is mended.
    fn start_fails(&self, node: Option<&str>);
    /// The server does not stop, until it is mended.
    fn stop_fails(&self);
    fn mend(&self);
    fn dies(&self, node: &str);
    fn comes_back(&self, node: &str);
    /// Whether the cluster has come to rest, as far as it can be asked.
    fn rests(&self) {}
}

/// A scene: what happens, and the status of the command in it.
pub type Scene = (&'static str, fn(&dyn Cluster) -> i32);

const SCSWITCH: &str = "/usr/cluster/bin/scswitch";
const NODES: [&str; 2] = ["Node1", "Node2"];
const RESOURCES: [&str; 3] = ["LOG-HOST-RS", "CAL-HASP-RS", "CAL-SVR-RS"];

fn switches(cluster: &dyn Cluster, args: &[&str]) -> i32 {
    cluster.types("Node1", SCSWITCH, args).0
}

/// The scenes, each from where the one before ended.
pub const SCENES: [Scene; 18] = [
    ("installed", |_| 0),
    ("moved to Node2", |c| switches(c, &["-z", "-g", "CAL-RG", "-h", "Node2"])),
    ("moved to where it is", |c| switches(c, &["-z", "-g", "CAL-RG", "-h", "Node2"])),
    ("service disabled", |c| switches(c, &["-n", "-j", "CAL-SVR-RS"])),
    ("moved without the service", |c| switches(c, &["-z", "-g", "CAL-RG", "-h", "Node1"])),
    ("service enabled", |c| switches(c, &["-e", "-j", "CAL-SVR-RS"])),
    ("group offline", |c| switches(c, &["-F", "-g", "CAL-RG"])),
    ("group online again", |c| switches(c, &["-z", "-g", "CAL-RG", "-h", "Node2"])),
    ("the holder dies", |c| {
        c.dies("Node2");
        0
    }),
    ("it comes back", |c| {
        c.comes_back("Node2");
        0
    }),
    ("another node dies", |c| {
        c.dies("Node2");
        0
    }),
    ("the other comes back", |c| {
        c.comes_back("Node2");
        0
    }),
    ("start fails where it is moved to", |c| {
        c.start_fails(Some("Node2"));
        switches(c, &["-z", "-g", "CAL-RG", "-h", "Node2"])
    }),
    ("moved there, mended", |c| {
        c.mend();
        switches(c, &["-z", "-g", "CAL-RG", "-h", "Node2"])
    }),
    ("start fails everywhere", |c| {
        switches(c, &["-n", "-j", "CAL-SVR-RS"]);
        c.start_fails(None);
        switches(c, &["-e", "-j", "CAL-SVR-RS"])
    }),
    ("moved again, mended", |c| {
        c.mend();
        switches(c, &["-z", "-g", "CAL-RG", "-h", "Node1"])
    }),
    ("stop fails", |c| {
        c.stop_fails();
        switches(c, &["-n", "-j", "CAL-SVR-RS"])
    }),
    ("cleared, mended", |c| {
        c.mend();
        let clear = ["-c", "-h", "Node1", "-j", "CAL-SVR-RS", "-f", "STOP_FAILED"];
        switches(c, &clear)
    }),
];

/// One thing that can be seen of a cluster after a scene.
#[derive(Debug, PartialEq, Eq)]
pub struct Fact {
    pub scene: &'static str,
    pub what: &'static str,
    pub said: String,
}

/// How group and resources stand, in the cluster's own words, by a node that lives.
fn standing(cluster: &dyn Cluster) -> [(&'static str, String); 4] {
    cluster.rests();
    let ask = |program: &str, args: &[&str]| {
        NODES
            .iter()
            .map(|node| cluster.types(node, &format!("/usr/cluster/bin/{program}"), args))
            .find(|(status, _)| *status == 0)
            .map_or("no answer".to_owned(), |(_, said)| said.trim().to_owned())
    };
    let on_each = |program: &str, args: &[&str]| {
        NODES.map(|node| ask(program, &[args, &[node]].concat())).join("/")
    };

    let resource = |name: &str| {
        let switch = ask("scha_resource_get", &["-O", "ON_OFF_SWITCH", "-R", name]);
        let state = on_each("scha_resource_get", &["-O", "RESOURCE_STATE_NODE", "-R", name]);
        format!("{switch} {state}")
    };
    let group = on_each("scha_resourcegroup_get", &["-O", "RG_STATE_NODE", "-G", "CAL-RG"]);
    let [address, storage, service] = RESOURCES.map(resource);
    [("group", group), ("address", address), ("storage", storage), ("service", service)]
}

/// Plays all scenes, and tells what can be seen after each.
pub fn play(cluster: &dyn Cluster) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (scene, act) in SCENES {
        let begun = Instant::now();
        let word = if act(cluster) == 0 { "done" } else { "failed" };
        println!("{scene}: {word} after {:.1} s", begun.elapsed().as_secs_f32());
        facts.push(Fact { scene, what: "command", said: word.to_owned() });
        facts.extend(standing(cluster).map(|(what, said)| Fact { scene, what, said }));
    }
    facts
}
