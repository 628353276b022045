//! What a shell is offered for values of `calha rt`: types and versions of the registration files
//! that are at hand, the ones on the command line or else those of this directory.
//!
//! A completion asks no node and says nothing: what cannot be read is left out.

use std::path::{Path, PathBuf};

use clap::builder::StyledStr;
use clap_complete::engine::CompletionCandidate;

use super::input;
use crate::cli::words;
use crate::resource_type::{DRAFT_QUESTIONS, Shown, Tunability};

/// Nobody waits for more files, or larger ones, at a prompt.
const MOST: usize = 100;
const LARGEST: u64 = 1 << 20;

fn candidate(value: impl Into<String>, help: impl Into<String>) -> CompletionCandidate {
    CompletionCandidate::new(value.into()).help(Some(StyledStr::from(help.into())))
}

/// What the registration files at hand declare.
fn declared() -> Vec<Shown> {
    let named = words::to_complete().into_iter().map(PathBuf::from);
    let named: Vec<Shown> = named.filter_map(|path| shown(&path)).collect();
    if !named.is_empty() {
        return named;
    }
    let Ok(here) = Path::new(".").read_dir() else { return Vec::new() };
    let here = here.filter_map(Result::ok).map(|entry| entry.path());
    here.take(MOST).filter_map(|path| shown(&path)).collect()
}

fn shown(path: &Path) -> Option<Shown> {
    let is_profile = path.extension().is_some_and(|e| e == "toml");
    let about = path.metadata().ok().filter(|about| about.is_file() && about.len() <= LARGEST)?;
    if is_profile || about.len() == 0 {
        return None;
    }
    Shown::of(&input::read(path).ok()?)
}

/// Names of types, without their versions.
pub fn types() -> Vec<CompletionCandidate> {
    let mut all: Vec<Shown> = declared();
    all.sort_by(|one, other| one.name.cmp(&other.name));
    all.dedup_by(|one, other| one.name == other.name);
    let help = |shown: &Shown| shown.description.clone().unwrap_or_else(|| "type".to_owned());
    all.iter().map(|shown| candidate(&shown.name, help(shown))).collect()
}

/// Versions of the type on the command line, else of all types at hand.
pub fn versions() -> Vec<CompletionCandidate> {
    let words = words::to_complete();
    let all = declared();
    let is_named = |shown: &&Shown| words.iter().any(|word| *word == *shown.name);
    let named: Vec<&Shown> = all.iter().filter(is_named).collect();
    let named = if named.is_empty() { all.iter().collect() } else { named };

    let mut versions: Vec<(String, &str)> = named
        .into_iter()
        .flat_map(|shown| known_versions(shown).into_iter().map(|v| (v, shown.name.as_str())))
        .collect();
    versions.sort();
    versions.dedup();
    versions.into_iter().map(|(version, name)| candidate(version, name)).collect()
}

/// Its own version, and those that it lets resources come from.
fn known_versions(shown: &Shown) -> Vec<String> {
    let listed = shown.upgrades.iter().filter_map(|upgrade| upgrade.version.clone());
    shown.version.clone().into_iter().chain(listed).filter(|v| !v.is_empty()).collect()
}

/// An earlier version with each tunability.
pub fn moves() -> Vec<CompletionCandidate> {
    let mut versions: Vec<String> = declared().iter().flat_map(known_versions).collect();
    versions.sort();
    versions.dedup();
    let of = |version: String| {
        Tunability::ALL.map(|one| candidate(format!("{version}={}", one.word()), one.when()))
    };
    versions.into_iter().flat_map(of).collect()
}

/// Keys of the answers that a new file is made of, with their equals sign.
pub fn answers() -> Vec<CompletionCandidate> {
    DRAFT_QUESTIONS.iter().map(|q| candidate(format!("{}=", q.key), q.help)).collect()
}
