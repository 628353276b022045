//! The printed script of an upgrade of resources, run by hand on a lab: it leaves what the upgrade
//! itself leaves, goes on where it was stopped, and its result becomes a journal.

use std::path::{Path, PathBuf};
use std::process::Command;

use calha::guide::Guide;
use calha::lab::{Digest, Disk};
use calha::node::NodeName;
use calha::plan::{Script, scripts};
use calha::profile;
use calha::type_upgrade::UpgradePlan;

use super::queue_on_disk::deliver;
use super::stopped::{already_there, run, stoppable};
use super::{lab, resolved, thorough, visible};

/// A lab with version 1 of a type and a resource of it that is online, its next version delivered
/// on both nodes; the profile has the members alone.
struct Site {
    dir: tempfile::TempDir,
    lab: Disk,
    profile: PathBuf,
}

impl Site {
    fn new(tunability: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let lab = lab(&resolved(&[]), &dir.path().join("lab"));
        deliver(&lab, "1", "#$upgrade\n");
        deliver(&lab, "2", &format!("#$upgrade\n#$upgrade_from \"1\" {tunability}\n"));
        deliver(&lab, "3", "#$upgrade\n#$upgrade_from \"2\" WHEN_DISABLED\n");

        let connection = |node: &str| {
            let env = lab.environment(&NodeName(node.into()));
            let words: Vec<String> = env.iter().map(|(k, v)| format!("\"{k}={v}\"")).collect();
            format!("{{ command = [\"/usr/bin/env\", \"-i\", {}, \"/bin/sh\"] }}", words.join(", "))
        };
        let of = |node: &&str| format!("[node.{node}]\nconnection = {}\n", connection(node));
        let nodes: String = ["Node1", "Node2"].iter().map(of).collect();
        let profile = dir.path().join("site.toml");
        let text = format!("[cluster]\nname = \"c\"\nnodes = [\"Node1\", \"Node2\"]\n{nodes}");
        std::fs::write(&profile, text).unwrap();

        let site = Self { dir, lab, profile };
        for line in [
            "scrgadm -a -t ACME.queue -f /opt/ACMEqueue/etc/queue.1",
            "scrgadm -a -g q-rg -h Node1,Node2",
            "scrgadm -a -j q -g q-rg -t ACME.queue:1",
            "scrgadm -a -j front -g q-rg -t ACME.queue:1 -y Resource_dependencies=q",
            "scswitch -Z -g q-rg",
        ] {
            site.typed(line);
        }
        site
    }

    fn typed(&self, line: &str) -> String {
        let node = NodeName("Node1".into());
        let mut words = line.split(' ');
        let program = self.lab.root(&node).join("usr/cluster/bin").join(words.next().unwrap());
        let mut command = Command::new(program);
        command.args(words).env_clear().envs(self.lab.environment(&node));
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{line}: {said}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn calha(&self, words: &[&str]) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_calha"));
        command.args(words).env("XDG_STATE_HOME", self.dir.path().join("state"));
        let output = command.stdin(std::process::Stdio::null()).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.code().unwrap(), String::from_utf8_lossy(&said).into_owned())
    }

    fn upgrade(&self, version: &str, more: &[&str]) -> (i32, String) {
        let file = format!("/opt/ACMEqueue/etc/queue.{version}");
        let site = self.profile.to_str().unwrap();
        let words = ["rt", "upgrade", site, "--type", "ACME.queue", "--to", version];
        self.calha(&[&words[..], &["--file", &file], more].concat())
    }

    /// The scripts as they are printed now, and the plan that stands beside them.
    fn printed(&self, version: &str) -> (Vec<Script>, PathBuf) {
        let out = self.dir.path().join(format!("scripts-{version}"));
        let form = ["--plan", "--format", "sh", "--out", out.to_str().unwrap()];
        let (status, said) = self.upgrade(version, &form);
        assert_eq!(status, 0, "{said}");
        let kept = out.join("plan.json");
        let plan: UpgradePlan =
            serde_json::from_str(&std::fs::read_to_string(&kept).unwrap()).unwrap();
        let members = profile::load_members(&self.profile, &[]).unwrap();
        let guide = Guide::type_upgrade(&members, "site", &plan).unwrap().by_hand();
        let all = scripts(&guide);
        for script in &all {
            let text = std::fs::read_to_string(out.join(&script.name)).unwrap();
            assert_eq!(text, script.text, "what is printed is what the plan says");
        }
        (all, kept)
    }

    /// What an administrator sees, without what calha writes about its own work.
    fn seen(&self) -> Digest {
        let mut digest = visible(&self.lab);
        digest.entries.retain(|path, _| !path.contains("/var/opt/calha"));
        digest
    }
}

fn result(site: &Site, script: &Script) -> PathBuf {
    let line = script.text.lines().find(|l| l.starts_with("CALHA_RECORD=/")).unwrap();
    let record = line.trim_start_matches("CALHA_RECORD=/");
    site.lab.root(&script.node).join(record).join("script-1.result")
}

fn operations(script: &Script) -> Vec<String> {
    let lines = script.text.lines().filter_map(|line| line.strip_prefix("calha_do "));
    lines.map(|words| words.split(' ').next().unwrap().to_owned()).collect()
}

#[test]
fn a_script_leaves_what_the_upgrade_itself_leaves() {
    let all = ["WHEN_UNMONITORED", "WHEN_UNMANAGED", "ANYTIME", "WHEN_OFFLINE", "WHEN_DISABLED"];
    for tunability in all.into_iter().take(if thorough() { 5 } else { 2 }) {
        let itself = Site::new(tunability);
        let (status, said) = itself.upgrade("2", &["--yes"]);
        assert_eq!(status, 0, "{tunability}: {said}");

        let site = Site::new(tunability);
        let before = site.lab.changing_calls().unwrap().len();
        let (all, _) = site.printed("2");
        assert_eq!(site.lab.changing_calls().unwrap().len(), before, "printing changes nothing");
        let (status, said) = run(&site.lab, &all[0], &all[0].text, &[("CALHA_CHECK", "1")]);
        assert!(status == Some(0) && !said.contains("differs"), "{tunability}: {said}");
        for script in &all {
            let (status, said) = run(&site.lab, script, &script.text, &[]);
            assert_eq!(status, Some(0), "{tunability}: {said}");
        }
        assert_eq!(site.seen().differences(&itself.seen()), Vec::<String>::new(), "{tunability}");
        let calls = |site: &Site| {
            let calls = site.lab.changing_calls().unwrap();
            let told = |c: &calha::lab::CallRecord| format!("{} {}", c.program, c.args.join(" "));
            calls.iter().map(told).collect::<Vec<_>>()
        };
        assert_eq!(calls(&site), calls(&itself), "{tunability}: the commands are not the same");

        // Again: nothing is changed, and nobody is brought down.
        let (status, said) = run(&site.lab, &all[0], &all[0].text, &[]);
        assert!(status == Some(0) && !said.contains(": done\n"), "{tunability}: {said}");
        assert_eq!(calls(&site), calls(&itself), "{tunability}");
    }
}

#[test]
fn a_script_that_was_stopped_goes_on_and_leaves_the_states_before() {
    let undisturbed = Site::new("WHEN_UNMANAGED");
    let (all, _) = undisturbed.printed("2");
    let there = already_there(&undisturbed.lab, &all);
    let wanted = undisturbed.seen();

    let site = Site::new("WHEN_UNMANAGED");
    let (all, _) = site.printed("2");
    let script = &all[0];
    let text = stoppable(&script.text);
    for (at, op) in operations(script).iter().enumerate() {
        let is_there = there.iter().any(|(_, known)| known == op);
        let early = ["before", "intent", "unborn", "fails"];
        let late = ["running", "lost", "seen", "noted"][at % 4];
        let early = if thorough() { &early[..] } else { &early[at % 4..][..1] };
        for point in early.iter().copied().chain([late]) {
            let stop = format!("{op}:{point}");
            let (status, said) = run(&site.lab, script, &text, &[("STOP", &stop), ("LAST", op)]);
            let fails = point == "fails" && !is_there;
            assert!(status.is_none() || fails && status == Some(1), "{stop}: {status:?} {said}");
            assert!(!said.contains("differs"), "{stop}: {said}");
        }
        if at == 2 {
            // States in the middle are not the states before: no plan is made of them.
            let (status, said) = site.upgrade("2", &["--plan"]);
            assert!(status == 2 && said.contains("run that script again"), "{said}");
        }
    }
    let (status, said) = run(&site.lab, script, &script.text, &[]);
    assert_eq!(status, Some(0), "{said}");
    assert_eq!(site.seen().differences(&wanted), Vec::<String>::new());
}

#[test]
fn the_result_of_a_script_becomes_a_journal_and_the_next_script_is_another_plan() {
    let site = Site::new("WHEN_DISABLED");
    let before = site.seen();
    let (all, plan) = site.printed("2");
    assert_eq!(run(&site.lab, &all[0], &all[0].text, &[]).0, Some(0));

    let import = |plan: &Path, result: &Path| {
        let words = ["import-results", site.profile.to_str().unwrap(), "--plan"];
        let files = [plan.to_str().unwrap(), result.to_str().unwrap(), "--yes"];
        site.calha(&[&words[..], &files].concat())
    };
    let (status, said) = import(&plan, &result(&site, &all[0]));
    assert!(status == 0 && said.contains("1 of 1 scripts came to their end"), "{said}");
    let (status, said) = site.upgrade("2", &["--yes"]);
    assert!(status == 0 && said.contains("nothing to do"), "{said}");

    // Another upgrade by scripts: what the first one left is not taken for its own.
    let at_two = site.seen();
    let (next, next_plan) = site.printed("3");
    let (status, said) = run(&site.lab, &next[0], &next[0].text, &[]);
    assert_eq!(status, Some(0), "{said}");
    assert_eq!(site.typed("scha_resource_get -O TYPE -R q"), "ACME.queue:3\n");
    let (status, said) = import(&plan, &result(&site, &next[0]));
    assert!(status == 1 && said.contains("import.other-settings"), "{said}");
    let (status, said) = import(&next_plan, &result(&site, &next[0]));
    assert_eq!(status, 0, "{said}");

    let back = ["rt", "upgrade", site.profile.to_str().unwrap(), "--type", "ACME.queue"];
    let (status, said) = site.calha(&[&back[..], &["--rollback", "--yes"]].concat());
    assert_eq!(status, 0, "{said}");
    assert_eq!(site.seen().differences(&at_two), Vec::<String>::new());
    assert_ne!(at_two.differences(&before), Vec::<String>::new());
}

#[test]
fn a_playbook_needs_a_directory_and_connections_that_ansible_knows() {
    let site = Site::new("ANYTIME");
    let (status, said) = site.upgrade("2", &["--plan", "--format", "ansible"]);
    assert!(status == 2 && said.contains("--out DIR"), "{said}");
    let out = site.dir.path().join("playbook");
    let form = ["--plan", "--format", "ansible", "--out", out.to_str().unwrap()];
    let (status, said) = site.upgrade("2", &form);
    assert!(status == 2 && said.contains("Ansible has no connection"), "{said}");
    assert!(!out.exists());
}
