//! What an administrator could see of a lab, in a form that two labs can be compared by. Labs
//! with the same history have equal digests, on disk as in memory; faults, the clock and the
//! position of device groups are left out. Which paths do not count, the caller says.

use std::collections::BTreeMap;
use std::fmt;

use super::Cluster;
use super::storage::Raw;
use super::view::View;
use crate::node::Sum;

/// What stands before the number of a line of the configuration.
const CONFIGURATION: &str = "configuration:";

/// What an administrator could see: a line for every path, or for every line of the cluster's
/// configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Digest {
    pub entries: BTreeMap<String, String>,
}

impl Digest {
    pub(crate) fn add(&mut self, prefix: &str, other: &Self) {
        self.entries.extend(
            other.entries.iter().map(|(path, what)| (format!("{prefix}:{path}"), what.clone())),
        );
    }

    pub(crate) fn add_configuration(&mut self, cluster: &Cluster) {
        let mut facts = cluster.facts();
        // Where a device group is mastered is a position, not configuration: it stays where the
        // file system was last.
        for group in &mut facts.device_groups {
            group.primary = None;
        }
        let text = serde_json::to_string_pretty(&facts).unwrap_or_default();
        for (at, line) in text.lines().enumerate() {
            self.entries.insert(format!("{CONFIGURATION}{at:05}"), line.to_string());
        }
    }

    /// Where two digests differ, a line each: `path: this | that`.
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let keys: std::collections::BTreeSet<_> =
            self.entries.keys().chain(other.entries.keys()).collect();
        let show = |d: &Self, key: &String| {
            d.entries.get(key).cloned().unwrap_or_else(|| "nothing".into())
        };
        keys.into_iter()
            .filter(|k| self.entries.get(*k) != other.entries.get(*k))
            .map(|k| format!("{k}: {} | {}", show(self, k), show(other, k)))
            .collect()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The numbers keep the lines in their order. Printed, one line more would make all that
        // follow it different for diff(1).
        self.entries.iter().try_for_each(|(path, what)| match path.starts_with(CONFIGURATION) {
            true => writeln!(f, "{CONFIGURATION} {what}"),
            false => writeln!(f, "{path} {what}"),
        })
    }
}

/// Every path of one host, mounted volumes included.
pub(crate) fn of_host(view: &View<'_>, except: &[&str]) -> Digest {
    let mut digest = Digest::default();
    walk(view, "/", except, &mut digest);
    digest
}

fn walk(view: &View<'_>, path: &str, except: &[&str], digest: &mut Digest) {
    if except
        .iter()
        .any(|e| path == *e || path.starts_with(&format!("{}/", e.trim_end_matches('/'))))
    {
        return;
    }

    let spot = view.spot(path);
    let Ok(Some(raw)) = view.storage.stat(&spot) else { return };
    let (mode, owner) = (raw.mode(), raw.owner());
    let line = match (&raw, view.device(path)) {
        (_, Some(letter)) => format!("device {letter}"),
        (Raw::Directory { .. }, _) => format!("directory {mode} {owner}"),
        (Raw::Link { target }, _) => format!("link {target}"),
        (Raw::Program { name }, _) => format!("program {name}"),
        (Raw::File { .. }, _) => {
            let sum = view
                .storage
                .read(&spot)
                .map_or_else(|_| "unreadable".into(), |b| Sum::of(&b).to_string());
            format!("file {mode} {owner} {sum}")
        }
    };
    digest.entries.insert(path.into(), line);
    if matches!(raw, Raw::Directory { .. }) {
        for name in view.storage.list(&spot).unwrap_or_default() {
            let below = if path == "/" { format!("/{name}") } else { format!("{path}/{name}") };
            walk(view, &below, except, digest);
        }
    }
}
