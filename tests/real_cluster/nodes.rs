//! The nodes of a rack: their power, their cables, shells on them, and what the cluster that they
//! form says of itself.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::cluster_files;
use crate::processes::{Pid, until};

/// How long a cluster may take to form.
const TO_FORM: Duration = Duration::from_secs(90);

/// The nodes, without what makes them one cluster: what the power switch may touch.
pub struct Nodes {
    /// The rack's directory. It is empty for the machine, and full in the rack's namespace.
    pub dir: PathBuf,
    pub rack: Pid,
    pub names: Vec<String>,
    /// What runs each node that has power. The process ends when all of the node has ended.
    running: Mutex<BTreeMap<String, (Child, Pid)>>,
}

/// A file of these tests.
pub fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real_cluster").join(name)
}

/// The text of what a program printed, with its complaints.
pub fn text(output: &Output) -> String {
    let all = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8_lossy(&all).into_owned()
}

impl Nodes {
    /// Nodes without power.
    pub fn new(dir: PathBuf, rack: Pid, names: &[&str]) -> Self {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        Self { dir, rack, names, running: Mutex::default() }
    }

    /// A program in some of the rack's namespaces.
    pub fn in_rack(&self, namespaces: &[&str], program: &str) -> Command {
        let mut command = Command::new("nsenter");
        command.arg(format!("--target={}", self.rack.0)).args(namespaces).arg(program);
        command
    }

    /// A program where the clients of the cluster are: on its switch, on the machine's own files.
    pub fn client(&self, program: &str) -> Command {
        self.in_rack(&["--net"], program)
    }

    /// Runs a program in the rack, on its files and its network.
    pub fn rack_runs(&self, program: &str, args: &[&str]) -> String {
        let output = self.in_rack(&["--net", "--mount"], program).args(args).output().unwrap();
        assert!(output.status.success(), "{program} {args:?}: {}", text(&output));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// The nodes that run. One whose cluster daemons have ended has ended with them.
    fn running(&self) -> MutexGuard<'_, BTreeMap<String, (Child, Pid)>> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.retain(|_, (child, _)| matches!(child.try_wait(), Ok(None)));
        running
    }

    /// The first process of a node, while it has power.
    pub fn init(&self, node: &str) -> Option<Pid> {
        self.running().get(node).map(|(_, init)| *init)
    }

    pub fn powered(&self) -> Vec<String> {
        self.running().keys().cloned().collect()
    }

    /// A file of a node's root, as the machine reaches it; the node has to have power.
    pub fn file(&self, node: &str, path: &str) -> Option<PathBuf> {
        self.init(node).map(|init| init.file(&format!("root{path}")))
    }

    /// Power on. Says nothing of whether the node is in the cluster.
    pub fn boot(&self, node: &str) {
        let mut running = self.running();
        if running.contains_key(node) {
            return;
        }

        let namespaces = ["--net", "--mount", "--uts", "--ipc", "--pid"];
        let mut child = self
            .in_rack(&["--net", "--mount", "--pid"], "unshare")
            .args(namespaces)
            .args(["--fork", "--kill-child=KILL"])
            .arg(source("boot.sh"))
            .args([&self.dir.display().to_string(), node, &cluster_files::address(node)])
            .stdin(Stdio::null())
            .stdout(fs::File::create(self.dir.with_extension(node)).unwrap())
            .stderr(fs::File::create(self.dir.with_extension(format!("{node}.err"))).unwrap())
            .spawn()
            .unwrap();

        // nsenter has unshare as its child, and that the node.
        let init = Pid(child.id()).child().and_then(Pid::child);
        let Some(init) = init else {
            let _ = child.kill();
            panic!("{node} does not boot");
        };

        self.plug_in(node, init);
        running.insert(node.to_owned(), (child, init));
        // Published last: who finds the number finds a whole node.
        let number = init.0.to_string();
        fs::write(self.dir.with_extension(format!("{node}.pid")), number).unwrap();
    }

    /// Gives a node its network card.
    fn plug_in(&self, node: &str, init: Pid) {
        let card = format!("to-{node}");
        let peer = init.0.to_string();
        let ip = |args: &[&str]| self.client("ip").args(args).output().unwrap();
        // The kernel takes the card of a node that has ended away a moment later.
        ip(&["link", "delete", &card]);
        let add = ["link", "add", &card, "type", "veth", "peer", "name", "eth0", "netns", &peer];
        for args in [&add[..], &["link", "set", &card, "master", "switch", "up"]] {
            let output = ip(args);
            assert!(output.status.success(), "ip {args:?}: {}", text(&output));
        }
    }

    /// Power off: returns when every process of the node has ended.
    pub fn power_off(&self, node: &str) {
        let mut running = self.running();
        let Some((mut child, init)) = running.remove(node) else { return };
        let _ = fs::remove_file(self.dir.with_extension(format!("{node}.pid")));
        init.kill();
        child.wait().unwrap();
    }

    /// Pulls a node's network cable, or plugs it in again.
    pub fn cable(&self, node: &str, plugged: bool) {
        let card = format!("to-{node}");
        let state = if plugged { "up" } else { "down" };
        self.client("ip").args(["link", "set", &card, state]).output().unwrap();
    }

    /// The program that gives a shell on a node, with the name of the node behind it.
    pub fn shell(&self) -> PathBuf {
        self.dir.with_extension("shell")
    }

    /// How long the line to a node without power hangs before it ends.
    pub fn lines_hang(&self, hang: Duration) {
        fs::write(self.dir.with_extension("hangs"), format!("{}\n", hang.as_secs())).unwrap();
    }

    /// A command on a node; status 255 when the node has no power.
    pub fn on(&self, node: &str, words: &[&str]) -> Output {
        Command::new(self.shell()).arg(node).args(words).stdin(Stdio::null()).output().unwrap()
    }

    /// What a command on a node prints; it has to succeed.
    pub fn says(&self, node: &str, words: &[&str]) -> String {
        let output = self.on(node, words);
        assert!(output.status.success(), "{node}: {words:?}: {}", text(&output));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// What Pacemaker says of the cluster, asked of any node that answers.
    pub fn monitor(&self) -> Option<String> {
        let ask = ["crm_mon", "--one-shot", "--inactive", "--output-as=xml"];
        self.powered().iter().find_map(|node| {
            let output = self.on(node, &ask);
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            output.status.success().then_some(said)
        })
    }

    /// Whether every one of these nodes is online, in a cluster with quorum.
    fn are_online(&self, nodes: &[String]) -> bool {
        let Some(said) = self.monitor() else { return false };
        let Ok(document) = roxmltree::Document::parse(&said) else { return false };
        let all = |tag: &str| document.descendants().filter(move |n| n.has_tag_name(tag)).collect();
        let quorum: Vec<roxmltree::Node<'_, '_>> = all("current_dc");
        let members: Vec<roxmltree::Node<'_, '_>> = all("node");
        let online = |node: &String| {
            members.iter().any(|n| {
                n.attribute("name") == Some(node)
                    && n.attribute("online") == Some("true")
                    && n.attribute("pending") == Some("false")
            })
        };
        quorum.iter().any(|dc| dc.attribute("with_quorum") == Some("true"))
            && nodes.iter().all(online)
    }

    /// Waits until the nodes that have power are one cluster.
    pub fn settle(&self) {
        let formed = until(TO_FORM, || self.are_online(&self.powered()).then_some(()));
        assert!(formed.is_some(), "no cluster in {TO_FORM:?}: {:?}", self.monitor());
    }

    /// Waits until the others have seen that a node is gone, which they have when it was fenced, and
    /// have counted their votes anew.
    pub fn end_of(&self, node: &str) {
        let gone = |said: &str| {
            let document = roxmltree::Document::parse(said).ok()?;
            let known = document.descendants().find(|n| {
                n.has_tag_name("node")
                    && n.attribute("name") == Some(node)
                    && n.attribute("online").is_some()
            })?;
            let word = |name| known.attribute(name);
            (word("online") == Some("false") && word("unclean") == Some("false")).then_some(())
        };
        let powered = self.powered();
        let Some(other) = powered.first() else { return };
        until(TO_FORM, || self.monitor().and_then(|said| gone(&said)));
        if self.names.len() > 2 {
            let votes = format!("Expected votes:   {}\n", powered.len());
            let recounted = || {
                let said = self.on(other, &["corosync-quorumtool", "-s"]);
                String::from_utf8_lossy(&said.stdout).contains(&votes).then_some(())
            };
            until(Duration::from_secs(10), recounted);
        }
    }

    /// Waits until some node has no power any more.
    pub fn loses_one(&self) {
        let lost = || (self.powered().len() < self.names.len()).then_some(());
        until(TO_FORM, lost).expect("no node was lost");
    }

    /// Waits until all nodes have power and are one cluster; a cut node may yet be fenced.
    pub fn all_back(&self) {
        loop {
            let powered = self.powered();
            let missing: Vec<&String> =
                self.names.iter().filter(|node| !powered.contains(node)).collect();
            missing.iter().for_each(|node| self.start(node));
            self.settle();
            if missing.is_empty() && self.powered().len() == self.names.len() {
                return;
            }
        }
    }

    /// Power on, until the node is back in the cluster.
    pub fn start(&self, node: &str) {
        self.end_of(node);
        self.boot(node);
        self.settle();
    }
}
