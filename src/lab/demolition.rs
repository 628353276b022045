//! The end of a lab: its processes are ended, then its files are removed.
//!
//! It works on a lab that is broken as well, because it goes by the marker, the lab's directory
//! names and the machine's list of processes alone. What somebody else put into the directory
//! stays, and so does the directory then.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::disk::MARKER;
use super::machine_link::MACHINE;
use super::machine_paths::{CALHA, LOADER};
use crate::file;

/// What a lab consists of. The marker goes last: until then a lab whose removal was interrupted is
/// still known as one.
const PARTS: [&str; 11] = [
    "nodes",
    "volumes",
    "services",
    "hidden",
    MACHINE,
    "state.json",
    "state.json.new",
    "owners",
    "owners.new",
    "calls.jsonl",
    "lock",
];

/// How long a process has to end by itself.
const GRACE: Duration = Duration::from_secs(1);

/// A lab that is to be removed.
#[derive(Debug)]
pub struct Demolition {
    lab: PathBuf,
}

/// A process that belongs to a lab: a service, a shell on a node, or what such a shell started.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tenant {
    pub pid: i32,
    pub name: String,
}

impl Demolition {
    /// Looks at the directory and changes nothing.
    ///
    /// # Errors
    /// When it is no lab, when somebody else could put another thing in the place of what is
    /// removed, or removing it would reach into something else.
    pub fn of(directory: &Path) -> io::Result<Self> {
        let lab = file::place(directory)?;
        file::closed(&lab)?;
        let marker = fs::read_to_string(lab.join(MARKER)).unwrap_or_default();
        if !marker.starts_with("a simulated cluster of calha") {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "not a simulated cluster: it has no file calha-lab",
            ));
        }
        if let Some(mount) = mounts_below(&lab).into_iter().next() {
            return Err(io::Error::new(
                io::ErrorKind::ResourceBusy,
                format!("{} is mounted there by this machine; unmount it first", mount.display()),
            ));
        }
        Ok(Self { lab })
    }

    /// The directory, as it is spelled without links.
    pub fn directory(&self) -> &Path {
        &self.lab
    }

    /// The processes that belong to it now, as far as this user may see them.
    pub fn tenants(&self) -> Vec<Tenant> {
        let Ok(processes) = fs::read_dir("/proc") else { return Vec::new() };
        let number =
            |entry: io::Result<fs::DirEntry>| entry.ok()?.file_name().to_str()?.parse().ok();
        let own = std::process::id().cast_signed();
        let mut found: Vec<Tenant> = processes
            .filter_map(number)
            .filter(|pid| *pid != own && self.holds(*pid))
            .map(|pid| Tenant { pid, name: name(pid) })
            .collect();
        found.sort();
        found
    }

    /// A real root is a process's root directory; elsewhere the environment names the node's.
    fn holds(&self, pid: i32) -> bool {
        let nodes = self.lab.join("nodes");
        let process = Path::new("/proc").join(pid.to_string());
        if fs::read_link(process.join("root")).is_ok_and(|root| root.starts_with(&nodes)) {
            return true;
        }
        let environment = fs::read(process.join("environ")).unwrap_or_default();
        environment.split(|byte| *byte == 0).any(|variable| {
            let value = variable.strip_prefix(b"CALHA_LAB_ROOT=".as_slice());
            value.is_some_and(|v| Path::new(&*String::from_utf8_lossy(v)).starts_with(&nodes))
        })
    }

    /// Ends every process of the lab, and gives those that were there.
    ///
    /// # Errors
    /// When one of them does not end.
    pub fn evict(&self) -> io::Result<Vec<Tenant>> {
        let mut ended: Vec<Tenant> = Vec::new();

        // An interactive shell takes no notice of TERM, and a process may start another one
        // meanwhile.
        for signal in [Signal::TERM, Signal::KILL, Signal::KILL] {
            let there = self.tenants();
            for tenant in &there {
                if let Some(pid) = Pid::from_raw(tenant.pid) {
                    // It may have ended by itself.
                    let _ = kill_process(pid, signal);
                }
            }
            ended.extend(there);
            let begin = Instant::now();
            while begin.elapsed() < GRACE && !self.tenants().is_empty() {
                std::thread::sleep(Duration::from_millis(20));
            }
        }

        ended.sort();
        ended.dedup();
        match self.tenants().first() {
            None => Ok(ended),
            Some(Tenant { pid, name }) => Err(io::Error::new(
                io::ErrorKind::ResourceBusy,
                format!("process {pid} ({name}) does not end; nothing was removed"),
            )),
        }
    }

    /// Removes the lab's files, and gives what stays because it is not the lab's.
    ///
    /// # Errors
    /// When something cannot be removed; what is left is a lab still.
    pub fn raze(&self) -> io::Result<Vec<String>> {
        for part in PARTS {
            let path = self.lab.join(part);
            remove(&path)
                .map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", path.display())))?;
        }
        let mut strange = Vec::new();
        for entry in fs::read_dir(&self.lab)? {
            strange.push(entry?.file_name().to_string_lossy().into_owned());
        }
        strange.retain(|name| name != MARKER);
        strange.sort();
        remove(&self.lab.join(MARKER))?;
        if strange.is_empty() {
            fs::remove_dir(&self.lab)?;
        }
        Ok(strange)
    }
}

/// What a process is called. In a real root every program is run by the loader.
fn name(pid: i32) -> String {
    let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    let line = String::from_utf8_lossy(&line).into_owned();
    let words: Vec<&str> = line.split('\0').collect();
    match words[..] {
        [LOADER, _, _, "--argv0", name, ..] => name.to_owned(),
        [LOADER, CALHA, path, ..] => path.rsplit('/').next().unwrap_or(path).to_owned(),
        _ => {
            let name = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
            name.trim_end().to_owned()
        }
    }
}

/// What this machine has mounted below a directory.
fn mounts_below(lab: &Path) -> Vec<PathBuf> {
    let table = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    let points = table.lines().filter_map(|line| line.split(' ').nth(4));
    // Blanks in a name are written as octal numbers there.
    let points = points.map(|point| PathBuf::from(point.replace("\\040", " ")));
    points.filter(|point| point.starts_with(lab)).collect()
}

/// Removes a file or a directory, whatever its mode is; missing is fine.
fn remove(path: &Path) -> io::Result<()> {
    let found = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        other => other?,
    };
    if !found.is_dir() {
        return fs::remove_file(path);
    }

    // A directory of a node may forbid its owner here what root may do there.
    fs::set_permissions(path, fs::Permissions::from_mode(0o700))?;
    for entry in fs::read_dir(path)? {
        remove(&entry?.path())?;
    }
    fs::remove_dir(path)
}
