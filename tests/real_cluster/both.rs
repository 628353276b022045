//! The same scenes on the simulated and on the real cluster: what each decides by itself. Where
//! they differ, docs/design/real-cluster.md has what each says, and the reason.

use std::time::Duration;

use calha::lab::{ASSUMPTIONS, Fault, OnRealCluster};
use calha::node::NodeName;

use crate::here;
use crate::nodes::text;
use crate::processes::until;
use crate::scenes::{Cluster, SCENES, play};
use crate::site::Site;

#[path = "../cli_run/site.rs"]
mod lab_site;

struct Simulated(lab_site::Site);

impl Cluster for Simulated {
    fn types(&self, node: &str, program: &str, args: &[&str]) -> (i32, String) {
        let said = self.0.types(node, program, args);
        (said.status, said.out)
    }

    fn start_fails(&self, node: Option<&str>) {
        let host = node.map(|node| NodeName(node.to_owned()));
        self.0.lab.inject(Fault::StartFails { resource: "CAL-SVR-RS".into(), host }).unwrap();
    }

    fn stop_fails(&self) {
        self.0.lab.inject(Fault::StopFails { resource: "CAL-SVR-RS".into() }).unwrap();
    }

    fn mend(&self) {
        self.0.lab.clear_faults().unwrap();
    }

    fn dies(&self, node: &str) {
        self.0.lab.kill_node(&NodeName(node.to_owned())).unwrap();
    }

    fn comes_back(&self, node: &str) {
        self.0.lab.boot_node(&NodeName(node.to_owned())).unwrap();
    }
}

struct Real(Site);

impl Real {
    fn marks(&self, program: &str, node: Option<&str>) {
        let nodes = &self.0.rack.nodes;
        for name in nodes.names.iter().filter(|name| node.is_none_or(|n| n == *name)) {
            nodes.says(name, &["touch", &format!("/run/{program}.fails")]);
        }
    }
}

impl Cluster for Real {
    fn types(&self, node: &str, program: &str, args: &[&str]) -> (i32, String) {
        let output = self.0.rack.nodes.on(node, &[&[program], args].concat());
        (output.status.code().unwrap_or(255), String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn start_fails(&self, node: Option<&str>) {
        self.marks("start-cal", node);
    }

    fn stop_fails(&self) {
        self.marks("stop-cal", None);
    }

    fn mend(&self) {
        let nodes = &self.0.rack.nodes;
        for node in &nodes.names {
            nodes.says(node, &["rm", "-f", "/run/start-cal.fails", "/run/stop-cal.fails"]);
        }
    }

    fn dies(&self, node: &str) {
        self.0.rack.nodes.power_off(node);
        self.0.rack.nodes.end_of(node);
    }

    fn comes_back(&self, node: &str) {
        self.0.rack.nodes.start(node);
    }

    /// Two looks, a second apart, that see the same.
    fn rests(&self) {
        let nodes = &self.0.rack.nodes;
        let node = &nodes.powered()[0];
        let look = || text(&nodes.on(node, &["crm_mon", "--one-shot", "--as-xml"])).len();
        let rest = until(Duration::from_secs(30), || {
            let before = look();
            std::thread::sleep(Duration::from_secs(1));
            (look() == before).then_some(())
        });
        assert!(rest.is_some(), "it does not come to rest: {:?}", nodes.monitor());
    }
}

#[test]
#[ignore = "tests/slow runs it"]
fn both_clusters_decide_the_same() {
    if !here::possible() {
        return;
    }
    let lab = lab_site::Site::new();
    let installed = lab.run("install", &["--yes"]);
    assert_eq!(installed.status, 0, "{}{}", installed.out, installed.err);
    let simulated = play(&Simulated(lab));

    let site = Site::of("asymmetric");
    site.calha("install", &["--yes"]).ended(0);
    let real = play(&Real(site));

    let page = std::fs::read_to_string(page()).unwrap();
    let differ = simulated.iter().zip(&real).filter(|(lab, real)| lab.said != real.said);
    let unknown: Vec<String> = differ
        .map(|(lab, real)| {
            format!("| {} | {} | {} | {} |", lab.scene, lab.what, lab.said, real.said)
        })
        .filter(|row| !page.contains(row.as_str()))
        .collect();
    assert!(unknown.is_empty(), "not in the page:\n{}", unknown.join("\n"));
}

fn page() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/design/real-cluster.md")
}

/// What the page of the lab calls seen is what the scenes here show.
#[test]
fn what_was_seen_on_a_real_cluster_is_a_scene() {
    for assumption in ASSUMPTIONS {
        if let OnRealCluster::Seen(seen) = assumption.on_real_cluster {
            assert!(SCENES.iter().any(|(scene, _)| *scene == seen), "{}", assumption.id);
        }
    }
}
