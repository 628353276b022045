//! What a shell is offered for a value: steps, instances, nodes, codes and keys of the profile that
//! stands on the command line.
//!
//! A completion changes nothing, connects to no node and says nothing: where there is no profile,
//! or a broken one, it offers what is always there.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::builder::StyledStr;
use clap_complete::engine::CompletionCandidate;

use super::{loading, words};
use crate::cluster::state_words;
use crate::guide::{Guide, errata, place, rows};
use crate::lab::Personality;
use crate::problem::{Effect, codes};
use crate::profile::ProfileFile;
use crate::setting::{Resolved, registry};

/// The profile among the words behind `--`, as the shell hands them over, and what it gives.
fn loaded() -> Option<(Resolved, Guide)> {
    let words = words::to_complete();
    let file: PathBuf = words
        .iter()
        .map(PathBuf::from)
        .find(|path| path.extension().is_some_and(|e| e == "toml") && path.is_file())?;
    let is_set = |pair: &&[OsString]| pair[0] == "--set";
    let set = words.windows(2).filter(is_set).filter_map(|pair| pair[1].clone().into_string().ok());
    let set: Vec<String> = set.collect();
    loading::load(&ProfileFile::read(&file), &set, &loading::name(&file)).ok()
}

fn candidate(value: impl Into<String>, help: impl Into<String>) -> CompletionCandidate {
    CompletionCandidate::new(value.into()).help(Some(StyledStr::from(help.into())))
}

/// Ids of the profile's steps.
pub fn steps() -> Vec<CompletionCandidate> {
    let Some((_, guide)) = loaded() else { return Vec::new() };
    guide.steps.iter().map(|step| candidate(step.id.as_str(), step.title.as_str())).collect()
}

/// Names of the profile's instances.
pub fn instances() -> Vec<CompletionCandidate> {
    let Some((resolved, _)) = loaded() else { return Vec::new() };
    let help =
        |i: &crate::setting::Instance| format!("{}, {}", i.resource_group, i.logical_host.fqdn);
    resolved.settings.instances.iter().map(|i| candidate(i.name.as_str(), help(i))).collect()
}

/// Names of the profile's nodes.
pub fn nodes() -> Vec<CompletionCandidate> {
    let Some((resolved, _)) = loaded() else { return Vec::new() };
    resolved.settings.cluster.nodes.iter().map(|node| candidate(node.as_str(), "node")).collect()
}

/// Hosts of the lab whose directory stands on the command line.
pub fn lab_hosts() -> Vec<CompletionCandidate> {
    let words = words::to_complete().into_iter();
    let lab = words.filter_map(|word| crate::lab::Disk::open(Path::new(&word)).ok()).next();
    let hosts = lab.and_then(|lab| lab.nodes().ok()).unwrap_or_default();
    hosts.into_iter().map(|host| candidate(host.0, "host of the lab")).collect()
}

/// Personalities of the lab's nodes.
pub fn personalities() -> Vec<CompletionCandidate> {
    Personality::all().map(|one| candidate(one.to_string(), one.describe())).collect()
}

/// Codes that can be accepted, with the profile's steps in the place of STEP.
pub fn accepted() -> Vec<CompletionCandidate> {
    let steps: Vec<String> = loaded()
        .map(|(_, guide)| guide.steps.iter().map(|s| s.id.to_string()).collect())
        .unwrap_or_default();
    let useful = codes().filter(|c| matches!(c.effect, Effect::Blocks | Effect::Asks));
    // These are no affair of accepting.
    let useful = useful.filter(|c| {
        c.code != codes::CONSENT.as_str()
            && c.code != codes::OPERATOR.as_str()
            && c.code != codes::ATTENDED.as_str()
    });
    let all = useful.flat_map(|code| match code.code.contains("STEP") {
        true => steps
            .iter()
            .map(|step| candidate(code.code.replace("STEP", step), code.cause))
            .collect(),
        false => vec![candidate(code.code, code.cause)],
    });
    all.collect()
}

/// Keys of settings with their equals sign; those of nodes and instances need a profile.
pub fn keys() -> Vec<CompletionCandidate> {
    let known = loaded();
    let mut all = Vec::new();
    for setting in registry() {
        let parts: Vec<String> = match (setting.placeholder(), &known) {
            (None, _) => vec![String::new()],
            (Some(_), None) => Vec::new(),
            (Some("<node>"), Some((resolved, _))) => {
                resolved.settings.cluster.nodes.iter().map(|n| n.0.clone()).collect()
            }
            (Some(_), Some((resolved, _))) => {
                resolved.settings.instances.iter().map(|i| i.name.clone()).collect()
            }
        };
        all.extend(
            parts.iter().map(|part| candidate(format!("{}=", setting.key_for(part)), setting.help)),
        );
    }
    all
}

/// Everything that can be explained.
pub fn topics() -> Vec<CompletionCandidate> {
    let mut all = steps();
    all.extend(rows().iter().map(|row| candidate(row.id, place(row.section))));
    all.extend(errata().iter().map(|e| candidate(e.id, e.printed)));
    all.extend(codes().map(|c| candidate(c.code, c.cause)));
    all.extend(
        state_words().into_iter().map(|word| candidate(word, "state of a group or resource")),
    );
    all.extend(crate::resource_type::RULES.iter().map(|rule| candidate(rule.code, rule.what)));
    all
}

/// Releases of the cluster, as one word each.
pub fn releases() -> Vec<CompletionCandidate> {
    let word = |release: crate::resource_type::Release| release.name().replace(' ', "-");
    let all = crate::resource_type::Release::ALL.into_iter();
    all.map(|release| candidate(word(release), "release of the cluster")).collect()
}
