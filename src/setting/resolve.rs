//! Settings out of answers, and what of them tells one profile from another.

use std::collections::BTreeMap;

use super::{
    Answers, Become, Connection, Fallback, MOST_PROBLEMS, Members, Origin, Settings, Value, build,
    check, digest, evaluate, lookup, rule,
};
use crate::problem::{Problem, codes};

/// Settings that an earlier calha did not know, as the registry writes their keys: it did what
/// their defaults say. There they are no difference to a journal or a printed script of its.
const CAME_LATER: [&str; 1] = ["installer.kind"];

/// Nodes, and instances, that a profile may have.
const MOST_PARTS: usize = 100;

/// Settings, and where each of their values came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    pub settings: Settings,
    /// Every effective setting by key: its value as text, and its origin.
    pub values: BTreeMap<String, (String, Origin)>,
}

impl Resolved {
    /// The values alone: what a journal keeps to tell whether a later profile asks for something
    /// else.
    pub fn canonical(&self) -> BTreeMap<String, String> {
        self.values
            .iter()
            .filter(|(key, (text, _))| !is_as_before(&CAME_LATER, key, text))
            .map(|(key, (text, _))| (key.clone(), text.clone()))
            .collect()
    }

    /// The digest of [`canonical`](Self::canonical), in hexadecimal.
    pub fn digest(&self) -> String {
        digest(&self.canonical())
    }
}

/// Whether an earlier calha, which did not know the settings that came later, did the same.
fn is_as_before(came_later: &[&str], key: &str, text: &str) -> bool {
    lookup(key).is_some_and(|found| {
        let default = matches!(found.setting.fallback, Fallback::Fixed(now) if now == text);
        default && came_later.contains(&found.setting.key)
    })
}

/// Makes settings of answers.
///
/// # Errors
/// Everything that is missing or wrong, sorted by line.
pub fn resolve(answers: &Answers) -> Result<Resolved, Vec<Problem>> {
    let mut problems = answers.problems().to_vec();
    problems.extend(too_many(answers));
    if !answers.is_unreadable() && problems.len() == answers.problems().len() {
        let evaluation = evaluate(answers);
        problems.extend(evaluation.problems.iter().cloned());
        problems.extend(rule::all(&evaluation));

        if problems.is_empty() {
            match build::settings(&evaluation) {
                Ok(settings) => {
                    let value = |(key, answer): (&str, &super::Answer)| {
                        (key.to_string(), (answer.value.plain(), answer.origin.clone()))
                    };
                    return Ok(Resolved {
                        settings,
                        values: evaluation.iter().map(value).collect(),
                    });
                }
                Err(problem) => problems.push(problem),
            }
        }
    }

    Problem::sort(&mut problems);
    // And that there may be more.
    problems.truncate(MOST_PROBLEMS + 1);
    Err(problems)
}

/// More nodes or instances than any cluster has: comparing all of them would not end.
fn too_many(answers: &Answers) -> Option<Problem> {
    let nodes = answers.get("cluster.nodes").and_then(|given| given.value.as_texts());
    let nodes = nodes.map_or(0, |nodes| nodes.len());
    let instances = answers.instances().len();
    if nodes <= MOST_PARTS && instances <= MOST_PARTS {
        return None;
    }
    let what = format!("this profile has {nodes} nodes and {instances} instances");
    let problem = Problem::new(codes::PROFILE_TOO_LARGE, what);
    Some(
        problem
            .at(answers.file().unwrap_or("--set"))
            .hint("no cluster has more than 100 of either"),
    )
}

/// How a node is reached by the answers so far, whatever else they lack.
///
/// # Errors
/// A name that no node can have, or an answer about its connection that cannot be taken.
pub fn reached(answers: &Answers, node: &str) -> Result<(Connection, Option<Become>), Problem> {
    check::host::short(node)
        .map_err(|fault| Problem::new(fault.code, fault.what).hint(fault.remedy))?;

    let mut alone = answers.clone();
    alone.insert("cluster.nodes", Value::texts([node]), Origin::Prompt);
    let evaluation = evaluate(&alone);
    let about = format!("node.{node}.");
    match evaluation.problems.iter().find(|p| p.what.starts_with(&about)) {
        Some(problem) => Err(problem.clone()),
        None => build::reached(&evaluation, node),
    }
}

/// The members, by the answers.
///
/// # Errors
/// What is missing or wrong about the cluster and its nodes, and what cannot be read at all.
pub fn members(answers: &Answers) -> Result<Members, Vec<Problem>> {
    if let Some(problem) = too_many(answers) {
        return Err(vec![problem]);
    }
    let mut problems = answers.problems().to_vec();
    let evaluation = evaluate(answers);
    let needed = |p: &&Problem| Members::need(&p.what);
    if !answers.is_unreadable() {
        problems.extend(evaluation.problems.iter().filter(needed).cloned());
    }
    if !problems.is_empty() {
        Problem::sort(&mut problems);
        // And that there may be more.
        problems.truncate(MOST_PROBLEMS + 1);
        return Err(problems);
    }

    build::members(&evaluation).map_err(|problem| vec![problem])
}

/// What is wrong with the answers so far; that something is missing is no problem yet.
pub fn conflicts(answers: &Answers) -> Vec<Problem> {
    let evaluation = evaluate(answers);
    let wrong = evaluation.problems.iter().filter(|p| p.code != codes::SETTING_MISSING).cloned();
    wrong.chain(rule::all(&evaluation)).collect()
}

impl Settings {
    /// Makes settings of answers, without keeping where they came from.
    ///
    /// # Errors
    /// Everything that is missing or wrong, sorted by line.
    pub fn from_answers(answers: &Answers) -> Result<Self, Vec<Problem>> {
        resolve(answers).map(|resolved| resolved.settings)
    }
}

#[cfg(test)]
mod tests {
    use super::is_as_before;

    /// A key of an instance has its name where the registry has a placeholder.
    #[test]
    fn a_setting_of_each_instance_can_come_later() {
        let later = ["instance.<instance>.port"];
        assert!(is_as_before(&later, "instance.cal.port", "80"));
        assert!(!is_as_before(&later, "instance.cal.port", "8080"));
        assert!(!is_as_before(&[], "instance.cal.port", "80"));
    }
}
