//! A password that is looked for everywhere, after every command and every failure: on the screen,
//! in arguments and environments of children, in journals, logs, reports, scripts, records.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use calha::node::NodeName;

use super::site::{Said, Site, said};

/// It has what a shell, JSON and a line could take for something else.
const CANARY: &str = "it's \"a\" Qanary4711";
/// As much of it as no quoting changes.
const TRACE: &str = "Qanary4711";

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
        let trial = Self { site, dir };
        trial.let_it_be("right");
        trial
    }

    /// What sudo does with what it reads.
    fn let_it_be(&self, how: &str) {
        std::fs::write(self.dir.join("how"), format!("{how}\n")).unwrap();
    }

    fn run(&self, words: &[&str]) -> Said {
        let mut command = self.site.program(words);
        said(command.env("CANARY_PASSWORD", CANARY).output().unwrap())
    }

    fn of_profile(&self, command: &str, more: &[&str]) -> Said {
        let words = command.split(' ').chain([self.site.profile.to_str().unwrap()]);
        let words: Vec<&str> = words.chain(more.iter().copied()).collect();
        self.run(&words)
    }

    /// Every place below the site that has the password in it, besides where it was heard.
    fn places(&self) -> Vec<String> {
        let mut found = Vec::new();
        traces(&self.dir, &mut found);
        found.retain(|path| !path.ends_with("/heard"));
        found
    }
}

fn traces(directory: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let kind = std::fs::symlink_metadata(&path).unwrap().file_type();
        if kind.is_dir() {
            traces(&path, found);
        } else if kind.is_file() {
            let bytes = std::fs::read(&path).unwrap_or_default();
            if bytes.windows(TRACE.len()).any(|w| w == TRACE.as_bytes()) {
                found.push(path.display().to_string());
            }
        }
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
    let commands: [(&str, &[&str]); 17] = [
        ("check", &[]),
        ("check", &["--format", "json"]),
        ("plan", &[]),
        ("plan", &["--format", "sh", "--out", scripts.to_str().unwrap()]),
        ("install", &["--yes", "--only", "no-such-step"]),
        ("install", &["--yes", "--events", "json"]),
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
    let mut command = trial.site.program(&["check", trial.site.profile.to_str().unwrap()]);
    command.env("CANARY_PASSWORD", CANARY).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    std::thread::sleep(Duration::from_secs(1));
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
    rustix::process::kill_process(
        rustix::process::Pid::from_child(&child),
        rustix::process::Signal::ABORT,
    )
    .unwrap();
    child.wait().unwrap();

    // A core file would have it.
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().nth(4), Some("0"), "{core}");
    assert_eq!(trial.places(), [""; 0]);
}

#[test]
fn the_search_for_a_password_finds_one_that_is_shown() {
    let trial = Trial::new();
    // A profile that gives the password as something else shows it: there it is no secret.
    let said = trial.of_profile("plan", &["--set", "instance.cal.service-resource=Qanary4711"]);
    assert!(format!("{}{}", said.out, said.err).contains(TRACE), "{}", said.err);
    std::fs::write(trial.dir.join("left"), CANARY).unwrap();
    assert!(trial.places().contains(&trial.dir.join("left").display().to_string()));
}
