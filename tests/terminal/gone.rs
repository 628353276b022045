//! A terminal that goes away, as a closed window or a lost line: at a question, and in the
//! middle of what is drawn. The run ends as an interrupted one, gives its
//! locks back, and can be gone on with.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use calha::node::NodeName;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use super::CALHA;
use super::site::Site;

/// A program on a terminal that nobody but the test holds open.
struct Window {
    terminal: File,
    child: Child,
    written: String,
}

impl Window {
    fn new(site: &Site, words: &[&str]) -> Self {
        let terminal =
            openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
        grantpt(&terminal).unwrap();
        unlockpt(&terminal).unwrap();
        let name = ptsname(&terminal, Vec::new()).unwrap().into_string().unwrap();
        let user = || Stdio::from(File::options().read(true).write(true).open(&name).unwrap());
        let mut command = Command::new("setsid");
        command.args(["--ctty", CALHA, words[0]]).arg(&site.profile).args(&words[1..]);
        command.env("XDG_STATE_HOME", site.dir.path().join("state")).env("TERM", "xterm");
        command.stdin(user()).stdout(user()).stderr(user());
        let child = command.spawn().expect("setsid of util-linux");
        // What the command holds of the terminal goes, too.
        drop(command);
        Self { terminal: File::from(terminal), child, written: String::new() }
    }

    fn waits_for(&mut self, text: &str) {
        let mut bytes = [0; 512];
        while !self.written.contains(text) {
            let count = self.terminal.read(&mut bytes).unwrap_or(0);
            assert!(count > 0, "{text} did not appear:\n{}", self.written);
            self.written.push_str(&String::from_utf8_lossy(&bytes[..count]));
        }
        self.written.clear();
    }

    /// Closes it in this moment; the status of what ran in it.
    fn goes(self) -> Option<i32> {
        let Self { terminal, mut child, .. } = self;
        drop(terminal);
        let begun = Instant::now();
        loop {
            if let Some(status) = child.try_wait().unwrap() {
                return status.code();
            }
            if begun.elapsed() > Duration::from_secs(30) {
                child.kill().unwrap();
                panic!("it goes on without a terminal");
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// Nobody holds a lock, here or on a node.
fn assert_free(what: &str, site: &Site) {
    for node in ["Node1", "Node2"] {
        let root = site.lab.root(&NodeName(node.into()));
        let lock = root.join("var/opt/calha/calendar-cluster/site/lock");
        assert!(!lock.exists(), "{what}: {node} is locked");
    }
}

#[test]
fn a_terminal_that_goes_away_ends_the_run_and_leaves_no_lock() {
    let site = Site::new();
    let mut window = Window::new(&site, &["install"]);
    window.waits_for("go on with these steps?");
    assert_eq!(window.goes(), Some(130), "at a question");
    assert_free("at a question", &site);
    assert_eq!(site.changing_calls(), 0);

    for (words, text) in [
        (&["install", "--yes"][..], "accounts"),
        (&["resume", "--yes"], "resource-group"),
        (&["resume"], "[q]uit > "),
    ] {
        let mut window = Window::new(&site, words);
        if words.len() == 1 {
            window.waits_for("go on with these steps?");
            window.terminal.write_all(b"y").unwrap();
        }
        window.waits_for(text);
        assert_eq!(window.goes(), Some(130), "{words:?}");
        assert_free(&format!("{words:?}"), &site);
    }

    let resumed = site.run("resume", &["--yes"]);
    assert_eq!(resumed.status, 0, "{}{}", resumed.out, resumed.err);
    assert_eq!(site.run("verify", &[]).status, 0);
}
