//! What checks, and what shows what they looked at, get from a host. It decides nothing.

use super::Flaw;
use crate::node::{Command, Entry, HostError, Inspect, NodePath, resolve};

/// The file's bytes; none where it cannot be read.
pub(super) fn file(host: &dyn Inspect, path: &NodePath) -> Result<Option<Vec<u8>>, HostError> {
    match host.read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(HostError::Io { .. }) => Ok(None),
        Err(other) => Err(other),
    }
}

/// The flaws of a table for an entry, with their lines; the line of what the whole file has is 0.
pub(super) fn flaws(
    host: &dyn Inspect,
    path: &NodePath,
    entry: &str,
) -> Result<Vec<(usize, Flaw)>, HostError> {
    let Some(bytes) = file(host, path)? else { return Ok(vec![(0, Flaw::Unreadable)]) };
    let mut found = Flaw::in_table(&bytes, entry);
    let real = resolve(&|at| host.stat(at), path)?;
    if let Entry::File { links: 2.., .. } = host.stat(&real)? {
        found.push((0, Flaw::HardLink));
    }
    Ok(found)
}

/// The lines about which another command says one of these words, or none of them, each with the
/// word, `CAL-RG is ONLINE`.
pub(super) fn told_about(
    host: &dyn Inspect,
    list: &Command,
    asked: &Command,
    words: &[String],
    among: bool,
) -> Result<Vec<String>, HostError> {
    let listed = host.query(list)?;
    let text = if listed.success() { listed.text() } else { String::new() };
    let mut told = Vec::new();
    for line in text.split_whitespace() {
        let own = |word: &String| if word == "{}" { line.to_owned() } else { word.clone() };
        let about = Command { args: asked.args.iter().map(own).collect(), ..asked.clone() };
        let answer = host.query(&about)?;
        let text = if answer.success() { answer.text() } else { String::new() };
        let word = text.split_whitespace().next().unwrap_or("in no state");
        if words.iter().any(|known| known == word) == among {
            told.push(format!("{line} is {word}"));
        }
    }
    Ok(told)
}
