//! The search for a password: in every file below a directory, and in what everybody or root sees
//! of a process. It follows no links.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// As much of the password as no quoting changes.
pub const TRACE: &str = "Qanary4711";

fn holds(bytes: &[u8]) -> bool {
    bytes.windows(TRACE.len()).any(|w| w == TRACE.as_bytes())
}

/// Every file below it with the password in its bytes or name. What goes away meanwhile is passed
/// over.
pub fn files(directory: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let path = entry.path();
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            found.extend(files(&path));
        }
        let bytes = if kind.is_file() { fs::read(&path).unwrap_or_default() } else { Vec::new() };
        if holds(&bytes) || holds(entry.file_name().as_encoded_bytes()) {
            found.push(path.display().to_string());
        }
    }
    found
}

/// What shows the password of a process and of those that it has begun: the arguments of each, and
/// the environment of all but the first's own program, which was given it there.
pub fn processes(first: u32) -> Vec<String> {
    let read = |id, name: &str| fs::read(format!("/proc/{id}/{name}")).unwrap_or_default();
    let program = |id| fs::read_link(format!("/proc/{id}/exe")).ok();
    let mut found = Vec::new();
    for id in family(first) {
        let arguments = read(id, "cmdline");
        if holds(&arguments) {
            found.push(format!("arguments of {id}"));
        }
        // The same program looks at another profile, or is about to become another one.
        let environment = read(id, "environ");
        if program(id) != program(first) && holds(&environment) {
            let words = String::from_utf8_lossy(&arguments).replace('\0', " ");
            found.push(format!("environment of {id}: {words}"));
        }
    }
    found
}

/// The process and its descendants.
fn family(first: u32) -> BTreeSet<u32> {
    let names = fs::read_dir("/proc").unwrap().flatten().map(|entry| entry.file_name());
    let ids: Vec<u32> = names.filter_map(|name| name.to_str()?.parse().ok()).collect();
    let parents: Vec<(u32, u32)> =
        ids.into_iter().filter_map(|id| Some((id, parent(id)?))).collect();
    let mut family = BTreeSet::from([first]);
    loop {
        let before = family.len();
        let children = parents.iter().filter(|(_, parent)| family.contains(parent));
        let children: Vec<u32> = children.map(|(id, _)| *id).collect();
        family.extend(children);
        if family.len() == before {
            return family;
        }
    }
}

fn parent(id: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // Behind the name of the program, which may hold anything: state, parent.
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}
