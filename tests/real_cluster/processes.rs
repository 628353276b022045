//! What the machine's process table says, for processes in namespaces: a namespace is entered by
//! way of a process of it, and the machine knows that process by another number.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// The number of a process, as the machine counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pid(pub u32);

impl Pid {
    /// A file of the process below /proc.
    pub fn file(self, name: &str) -> PathBuf {
        PathBuf::from(format!("/proc/{}/{name}", self.0))
    }

    /// The only child, as soon as there is one.
    pub fn child(self) -> Option<Self> {
        until(Duration::from_secs(10), || all().into_iter().find(|p| p.parent() == Some(self)))
    }

    fn parent(self) -> Option<Self> {
        let stat = fs::read_to_string(self.file("stat")).ok()?;
        // The name, in parentheses, may hold anything.
        let (_, rest) = stat.rsplit_once(')')?;
        rest.split_whitespace().nth(1)?.parse().ok().map(Self)
    }

    /// Ends it, and with it a process namespace whose first process it is.
    pub fn kill(self) {
        if let Some(pid) = rustix::process::Pid::from_raw(self.0.cast_signed()) {
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
        }
    }
}

/// Every process of the machine.
pub fn all() -> Vec<Pid> {
    let entries = fs::read_dir("/proc").unwrap().flatten();
    entries.filter_map(|e| e.file_name().to_str()?.parse().ok().map(Pid)).collect()
}

/// Asks every few milliseconds until there is an answer, or the time is up.
pub fn until<T>(limit: Duration, ask: impl Fn() -> Option<T>) -> Option<T> {
    let begun = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return Some(answer);
        }
        if begun.elapsed() > limit {
            return None;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}
