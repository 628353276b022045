//! A run of calha that is followed while it goes on: every line with its moment, so that an outage
//! can be laid beside what the plan announced, and a failure can come at a chosen step.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::client::Outage;
use crate::processes::{Pid, until};
use crate::site::Site;

type Lines = Arc<Mutex<Vec<(Instant, String)>>>;

pub struct Run {
    command: String,
    started: Instant,
    child: Child,
    lines: Lines,
    readers: Vec<JoinHandle<()>>,
}

/// A run that has ended.
pub struct Ended {
    command: String,
    pub status: i32,
    /// What it printed, in the order in which it came.
    pub lines: Vec<(Instant, String)>,
    pub begun: Instant,
    pub took: Duration,
    started: Instant,
}

fn follow(stream: impl std::io::Read + Send + 'static, lines: &Lines) -> JoinHandle<()> {
    let lines = Arc::clone(lines);
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            lines.lock().unwrap().push((Instant::now(), line));
        }
    })
}

impl Run {
    pub fn begin(site: &Site, command: &str, more: &[&str]) -> Self {
        Self::of(command, site.start(command, more))
    }

    /// The same by another administrator, on a machine of his own.
    pub fn by_another(site: &Site, command: &str, more: &[&str]) -> Self {
        let mut program = site.start(command, more);
        program.env("XDG_STATE_HOME", site.state_of("another"));
        Self::of(command, program)
    }

    fn of(command: &str, mut program: Command) -> Self {
        let started = Instant::now();
        let mut child = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = Lines::default();
        let readers = vec![
            follow(child.stdout.take().unwrap(), &lines),
            follow(child.stderr.take().unwrap(), &lines),
        ];
        Self { command: command.to_owned(), started, child, lines, readers }
    }

    /// Waits until it has printed this, or has ended.
    pub fn comes_to(&self, text: &str) {
        let there = || self.lines.lock().unwrap().iter().any(|(_, l)| l.contains(text));
        let come = until(Duration::from_secs(120), || {
            (there() || self.readers.iter().all(JoinHandle::is_finished)).then_some(())
        });
        let said = || -> Vec<String> {
            self.lines.lock().unwrap().iter().map(|(_, line)| line.clone()).collect()
        };
        assert!(come.is_some() && there(), "no {text}:\n{}", said().join("\n"));
    }

    /// Lets it go on for so long, or to its end.
    pub fn lasts(&self, moment: Duration) {
        let ended = || self.readers.iter().all(JoinHandle::is_finished).then_some(());
        until(moment, ended);
    }

    /// The node of the last operation that it printed.
    pub fn node_at_work(&self) -> Option<String> {
        let lines = self.lines.lock().unwrap();
        let named = |line: &String| {
            let (node, rest) = line.strip_prefix("        ")?.split_once(": ")?;
            (!["proof", "before"].contains(&node) && !node.contains(' ') && !rest.is_empty())
                .then(|| node.to_owned())
        };
        lines.iter().rev().find_map(|(_, line)| named(line)).filter(|n| n.starts_with("Node"))
    }

    /// kill -9.
    pub fn strike_dead(&self) {
        Pid(self.child.id()).kill();
    }

    /// kill -9, and what it had printed.
    pub fn kill(self) -> Ended {
        self.strike_dead();
        self.end()
    }

    pub fn end(mut self) -> Ended {
        let status = self.child.wait().unwrap();
        self.readers.into_iter().for_each(|r| r.join().unwrap());
        let lines = std::mem::take(&mut *self.lines.lock().unwrap());
        let now = Instant::now();
        let begun = lines.first().map_or(now, |(at, _)| *at);
        let Self { command, started, .. } = self;
        let status = status.code().unwrap_or(137);
        Ended { command, status, lines, begun, took: now - begun, started }
    }
}

impl Ended {
    pub fn text(&self) -> String {
        self.lines.iter().map(|(_, line)| format!("{line}\n")).collect()
    }

    /// From its start to its end.
    pub fn lasted(&self) -> Duration {
        self.begun + self.took - self.started
    }

    /// How long it took until it had printed this.
    pub fn after(&self, text: &str) -> Option<Duration> {
        let line = self.lines.iter().find(|(_, line)| line.contains(text));
        line.map(|(at, _)| *at - self.started)
    }

    /// The first problem that it named, or its last line.
    pub fn last_problem(&self) -> &str {
        let named = |l: &&str| l.starts_with('[') && l.contains('.') && !l.contains("] record:");
        let mut lines = self.lines.iter().map(|(_, line)| line.as_str());
        let problem = lines.clone().find(|l| named(l) || l.starts_with("step "));
        problem.or_else(|| lines.next_back()).unwrap_or_default()
    }

    /// The command of calha that it told to type next: its words before the profile, and the
    /// options behind it.
    pub fn next(&self, profile: &Path) -> Option<(String, Vec<String>)> {
        let text = self.text();
        // What status says first may not be its last word.
        let text = text.rfind("\nnext").map_or("", |at| &text[at + 1..]);
        let leads_on = |line: &&str| line.starts_with("next") || line.starts_with("      then ");
        let lines = text.lines().filter(leads_on);
        lines.filter_map(|l| l.split_once("calha ")).find_map(|(_, command)| {
            let (words, options) = command.split_once(&format!(" {}", profile.display()))?;
            let is_option = |word: &&str| !word.starts_with(['(', ',']);
            let options = options.split_whitespace().take_while(is_option);
            Some((words.to_owned(), options.map(str::to_owned).collect()))
        })
    }

    /// Fails with everything that was said, when it ended otherwise.
    pub fn with(self, status: i32) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// When the plan said that users are not served: while these steps run, and from a stop on.
    pub fn announced(&self) -> Vec<Outage> {
        let ended = self.begun + self.took;
        // Who types one of these wants it.
        let wanted = ["service restart", "service failover", "service stop"];
        if wanted.contains(&self.command.as_str()) {
            return vec![Outage { from: self.begun, to: ended }];
        }
        let warned = self.lines.iter().filter_map(|(_, l)| l.strip_prefix("    ! "));
        let mut announced = Vec::new();
        for line in warned {
            let step = line.split_whitespace().next().unwrap_or_default();
            let head = |l: &str| l.starts_with('[');
            let own = |l: &str| l.contains(&format!("] {step}:")) && head(l);
            let begins = self.lines.iter().position(|(_, l)| own(l));
            let from = begins.map_or(self.begun, |at| self.lines[at].0);
            let rest = begins.map_or(&[][..], |at| &self.lines[at + 1..]);
            let next = rest.iter().find(|(_, l)| head(l)).map_or(ended, |(at, _)| *at);
            // What an undo stops stays so.
            let to = if line.contains("users are not served until") { ended } else { next };
            announced.push(Outage { from, to });
        }
        announced
    }
}

/// What a client missed that nobody had announced. A question is under way for a moment before and
/// after, and a service that has just been moved needs a moment to accept.
pub fn unannounced(outages: &[Outage], announced: &[Outage]) -> Vec<Outage> {
    let moment = Duration::from_millis(1500);
    let covered = |outage: &Outage| {
        announced.iter().any(|a| outage.from + moment >= a.from && outage.to <= a.to + moment)
    };
    outages.iter().copied().filter(|o| !covered(o)).collect()
}
