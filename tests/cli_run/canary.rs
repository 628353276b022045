//! A password that is looked for everywhere, during and after every command and every failure: on
//! the screen, in arguments and environments of processes, in journals, logs, reports, scripts,
//! temporary files here and on nodes, records. `traces` is the search.

use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use calha::node::NodeName;

use super::site::{Said, Site, said};
use super::traces::{TRACE, files, processes};

/// It has what a shell, JSON and a line could take for something else.
const CANARY: &str = "it's \"a\" Qanary4711";

/// A sudo that is as careless as a program can be: it repeats what it reads, on both outputs.
const SUDO: &str = "#!/bin/sh
while :; do
  case $1 in -p) shift; mark=$1 ;; -*) ;; *) break ;; esac
  shift
done
printf '%s' \"$mark\" >&2
IFS= read -r given
echo \"you said $given\" >&2
echo \"you said $given\"
read how <HOW
case $how in
wrong) echo \"sudo: $given is wrong\" >&2; exit 1 ;;
hangs) exec sleep 5 ;;
dies) kill -9 $$ ;;
esac
echo \"$given\" >HEARD
exec \"$@\"
";

struct Trial {
    site: Site,
    dir: std::path::PathBuf,
}

impl Trial {
    fn new() -> Self {
        let site = Site::through(&|dir, _| {
            let argv = format!("cat /proc/$$/environ /proc/$$/cmdline >{}/child", dir.display());
            vec!["/bin/sh".into(), "-c".into(), format!("{argv}; exec \\\"$@\\\""), "x".into()]
        });
        let dir = site.dir.path().to_owned();
        let how = dir.join("how");
        let text = SUDO.replace("HOW", how.to_str().unwrap());
        let text = text.replace("HEARD", dir.join("heard").to_str().unwrap());
        for node in ["Node1", "Node2"] {
            let sudo = site.lab.root(&NodeName(node.into())).join("usr/bin/sudo");
            std::fs::write(&sudo, &text).unwrap();
            std::fs::set_permissions(&sudo, std::fs::Permissions::from_mode(0o755)).unwrap();
        }

        let profile = std::fs::read_to_string(&site.profile).unwrap();
        let become_root = "become = \"sudo\"\nbecome-password = { env = \"CANARY_PASSWORD\" }\n";
        let profile = profile
            .replace("[node.Node1]\n", &format!("[node.Node1]\n{become_root}"))
            .replace("[node.Node2]\n", &format!("[node.Node2]\n{become_root}"));
        std::fs::write(&site.profile, profile).unwrap();
        std::fs::create_dir(dir.join("tmp")).unwrap();
        let trial = Self { site, dir };
        trial.let_it_be("right");
        trial
    }

    /// What sudo does with what it reads.
    fn let_it_be(&self, how: &str) {
        std::fs::write(self.dir.join("how"), format!("{how}\n")).unwrap();
    }

    fn program(&self, words: &[&str]) -> Command {
        let mut command = self.site.program(words);
        command.env("CANARY_PASSWORD", CANARY).env("TMPDIR", self.dir.join("tmp"));
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs it, and searches everywhere while it is at work.
    fn run(&self, words: &[&str]) -> Said {
        let child = self.program(words).spawn().unwrap();
        let id = child.id();
        let output = std::thread::spawn(|| child.wait_with_output().unwrap());
        while !output.is_finished() {
            let (left, shown) = (self.places(), processes(id));
            assert!(left.is_empty() && shown.is_empty(), "{words:?}: {left:?} {shown:?}");
            std::thread::sleep(Duration::from_millis(50));
        }
        said(output.join().unwrap())
    }

    fn of_profile(&self, command: &str, more: &[&str]) -> Said {
        let words = command.split(' ').chain([self.site.profile.to_str().unwrap()]);
        let words: Vec<&str> = words.chain(more.iter().copied()).collect();
        self.run(&words)
    }

    /// Every place below the site that has the password in it, besides where it was heard.
    fn places(&self) -> Vec<String> {
        let mut found = files(&self.dir);
        found.retain(|path| !path.ends_with("/heard"));
        found
    }
}

fn assert_unseen(what: &str, said: &Said) {
    let all = format!("{}{}", said.out, said.err);
    assert!(!all.contains(TRACE), "{what} (status {}): {all}", said.status);
}

#[test]
fn a_password_is_nowhere_after_every_command_and_every_failure() {
    let trial = Trial::new();
    let report = trial.dir.join("report.html");
    let playbook = trial.dir.join("playbook");
    let scripts = trial.dir.join("scripts");

    for how in ["wrong", "dies"] {
        trial.let_it_be(how);
        for command in ["check", "install", "status", "verify"] {
            let said = trial.of_profile(command, &[]);
            assert_unseen(&format!("{command}, {how}"), &said);
            let told = if how == "wrong" { "you said ****" } else { "sudo" };
            let all = format!("{}{}", said.out, said.err);
            assert!(all.contains(told), "{command}, {how}: {all}");
        }
    }

    trial.let_it_be("right");
    let commands: [(&str, &[&str]); 18] = [
        ("check", &[]),
        ("check", &["--format", "json"]),
        ("plan", &[]),
        ("plan", &["--format", "sh", "--out", scripts.to_str().unwrap()]),
        ("install", &["--yes", "--only", "no-such-step"]),
        ("install", &["--yes", "--only", "accounts"]),
        ("resume", &["--yes", "--events", "json"]),
        ("verify", &["--format", "json"]),
        ("status", &[]),
        ("service restart", &["cal"]),
        ("debug on", &["--yes"]),
        ("debug log", &[]),
        ("report", &["--format", "html", "--out", report.to_str().unwrap()]),
        ("rehearse", &[]),
        ("worksheet", &[]),
        ("restore", &[]),
        ("adopt", &["--from-nodes"]),
        ("uninstall", &["--yes"]),
    ];
    for (command, more) in commands {
        assert_unseen(command, &trial.of_profile(command, more));
    }
    assert_unseen("export", &trial.of_profile("export ansible", &[playbook.to_str().unwrap()]));
    assert!(trial.dir.join("heard").exists(), "nobody has heard the password");
    assert!(trial.dir.join("child").exists(), "nobody has looked at the children");
    assert_eq!(trial.places(), [""; 0]);
}

#[test]
fn a_connection_that_hangs_or_a_run_that_is_killed_keeps_no_password() {
    let trial = Trial::new();
    trial.let_it_be("hangs");
    let mut command = trial.program(&["check", trial.site.profile.to_str().unwrap()]);
    let child = command.spawn().unwrap();
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(processes(child.id()), [""; 0]);
    assert_eq!(trial.places(), [""; 0]);
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
    rustix::process::kill_process(
        rustix::process::Pid::from_child(&child),
        rustix::process::Signal::ABORT,
    )
    .unwrap();
    assert_unseen("killed", &said(child.wait_with_output().unwrap()));

    // A core file would have it.
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().nth(4), Some("0"), "{core}");
    assert_eq!(trial.places(), [""; 0]);
}

/// Otherwise it could not fail: one that is put into each kind of place is found there.
#[test]
fn the_search_for_a_password_finds_one_that_is_shown() {
    let trial = Trial::new();
    // A profile that gives the password as something else shows it: there it is no secret.
    let profile = trial.site.profile.to_str().unwrap();
    let shows = ["plan", profile, "--set", "instance.cal.service-resource=Qanary4711"];
    let said = said(trial.program(&shows).output().unwrap());
    assert!(format!("{}{}", said.out, said.err).contains(TRACE), "{}", said.err);

    let trial = Trial::new();
    let node = trial.site.lab.root(&NodeName("Node2".into()));
    assert_eq!(trial.of_profile("install", &["--yes", "--only", "accounts"]).status, 0);
    let binary = [b"\0\xff".as_slice(), TRACE.as_bytes(), b"\0"].concat();
    for place in [
        trial.dir.join("state/calha/left.jsonl"),
        trial.dir.join("state/calha/left/runs/left.log"),
        trial.dir.join("report.html"),
        trial.dir.join("scripts/left.sh"),
        trial.dir.join("tmp/calha-left/left"),
        node.join("tmp/calha.left/left"),
        node.join("var/opt/calha/calendar-cluster/site/left.out"),
        trial.dir.join(format!("named-{TRACE}")),
    ] {
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::write(&place, &binary).unwrap();
        assert_eq!(trial.places(), [place.display().to_string()]);
        std::fs::remove_file(&place).unwrap();
    }

    let script = trial.dir.join("given");
    std::fs::write(&script, format!("X={TRACE} sleep 5; :\n")).unwrap();
    for (words, place) in [
        (vec![script.to_str().unwrap()], "environment"),
        (vec!["-c", "sleep 5; :", TRACE], "arguments"),
    ] {
        let mut child = Command::new("/bin/sh").args(words).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(300));
        let found = processes(child.id());
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(found.len() == 1 && found[0].starts_with(place), "{place}: {found:?}");
    }
}
