//! Every setting gets its effective value: the answer if there is one, else the default. Each wrong
//! or missing value becomes one problem, and what would only follow from it is not reported. Rules
//! between settings are in `rule`; types are made by `build`.

use std::collections::BTreeMap;

use super::registry::{Setting, fill, registry};
use super::{Among, Answer, Answers, Fallback, Fault, Need, Origin, check};
use crate::problem::{Problem, codes};

/// The instance that is asked for when a profile describes none.
const ONLY_INSTANCE: &str = "cal";

/// Every setting with its effective value as far as there is one, and everything that is wrong.
#[derive(Clone, Debug)]
pub struct Evaluation {
    values: BTreeMap<String, Answer>,
    nodes: Vec<String>,
    instances: Vec<String>,
    /// Where a problem with something that nobody gave is reported.
    pub(super) file: Option<Box<str>>,
    pub problems: Vec<Problem>,
    /// Keys that need a value and have none, in the order of the registry.
    pub missing: Vec<String>,
}

/// Works out every effective value: what was given, else the default. Wrong answers have no value
/// and a problem.
///
/// Rules between settings are not looked at; [`resolve`](super::resolve) does that.
pub fn evaluate(answers: &Answers) -> Evaluation {
    let mut evaluation = Evaluation {
        values: BTreeMap::new(),
        nodes: Vec::new(),
        instances: answers.instances().to_vec(),
        file: answers.file().map(Into::into),
        problems: Vec::new(),
        missing: Vec::new(),
    };
    if evaluation.instances.is_empty() {
        evaluation.instances.push(ONLY_INSTANCE.to_string());
    }

    for setting in registry() {
        for part in evaluation.parts(setting) {
            evaluation.add(setting, &part, answers);
        }
        if setting.key == "cluster.nodes" {
            evaluation.nodes =
                evaluation.texts("cluster.nodes").into_iter().map(str::to_string).collect();
            evaluation.refuse_unknown_nodes(answers);
        }
    }

    evaluation.ask_for_new(answers);
    evaluation.refuse_instance_names(answers);
    evaluation
}

impl Evaluation {
    /// The effective value of `key`, if it has one that can be taken.
    pub fn get(&self, key: &str) -> Option<&Answer> {
        self.values.get(key)
    }

    /// All effective values, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.values.iter().map(|(key, answer)| (key.as_str(), answer))
    }

    /// The nodes, in the order of preference; empty while they are unknown.
    pub fn nodes(&self) -> &[String] {
        &self.nodes
    }

    /// The instances, in the order of the profile; never empty.
    pub fn instances(&self) -> &[String] {
        &self.instances
    }

    /// The text of a setting that is text.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.value.as_text()
    }

    /// The texts of a setting that is a list; empty when it has no value.
    pub fn texts(&self, key: &str) -> Vec<&str> {
        self.get(key).and_then(|answer| answer.value.as_texts()).unwrap_or_default()
    }

    /// The names that stand for the placeholder of a setting; one empty name when it has none.
    pub fn parts(&self, setting: &Setting) -> Vec<String> {
        match setting.placeholder() {
            None => vec![String::new()],
            Some("<node>") => self.nodes.clone(),
            Some(_) => self.instances.clone(),
        }
    }

    /// Where `key` was answered; the profile when nobody did.
    pub(super) fn place(&self, key: &str) -> Option<Box<str>> {
        match self.get(key) {
            Some(answer) if answer.origin.is_given() => Some(answer.origin.to_string().into()),
            _ => self.file.clone(),
        }
    }

    fn add(&mut self, setting: &Setting, part: &str, answers: &Answers) {
        let key = setting.key_for(part);
        if let Some(answer) = answers.get(&key) {
            match setting.kind.check(&answer.value) {
                Ok(value) => {
                    self.values.insert(key, Answer { value, origin: answer.origin.clone() });
                }
                Err(fault) => self.problems.push(
                    problem(&key, fault, Some(answer.origin.to_string().into()))
                        .section(setting.source),
                ),
            }
        } else if !answers.is_broken(&key) {
            self.fall_back(setting, part, key, answers);
        }
    }

    fn fall_back(&mut self, setting: &Setting, part: &str, key: String, answers: &Answers) {
        let (text, origin) = match setting.fallback {
            Fallback::None => return self.report_missing(setting, &key, None),
            Fallback::Fixed(text) => (text.to_string(), Origin::Default),
            Fallback::Derived { from, rule, compute } => {
                let from: Vec<String> = from.iter().map(|pattern| fill(pattern, part)).collect();
                // What it is derived from is wrong or missing: that has been reported, and this
                // would only repeat it.
                let Some(inputs) =
                    from.iter().map(|key| self.text(key)).collect::<Option<Vec<_>>>()
                else {
                    return;
                };
                match compute(&inputs) {
                    Some(text) => (text, Origin::Derived { from }),
                    None => return self.report_missing(setting, &key, Some(rule)),
                }
            }
            Fallback::Each { alone: Some(text), .. } if !self.has_several() => {
                (text.to_string(), Origin::Default)
            }
            Fallback::Each { .. } if !self.has_several() => {
                return self.report_missing(setting, &key, None);
            }
            Fallback::Each { from, compute, rule, .. } => {
                match self.among(part, answers).and_then(|among| compute(&among)) {
                    Some(text) => {
                        let from = from.iter().map(|pattern| fill(pattern, part)).collect();
                        (text, Origin::Derived { from })
                    }
                    // Nodes that do not suffice are told once, by a rule between settings.
                    None if self.waits_for_nodes(setting, from, part) => return,
                    None => return self.report_missing(setting, &key, Some(rule)),
                }
            }
        };

        match setting.kind.check(&setting.kind.read(&text)) {
            Ok(value) => {
                self.values.insert(key, Answer { value, origin });
            }
            Err(fault) => {
                let mut problem = problem(&key, fault, self.file.clone());
                problem.what = format!("{} ({origin})", problem.what);
                self.problems.push(problem);
            }
        }
    }

    /// Whether the model has several instances.
    fn has_several(&self) -> bool {
        matches!(self.text("cluster.model"), Some("symmetric" | "n-plus-one"))
    }

    /// Whether a value follows from nodes that are wrong or not there.
    fn waits_for_nodes(&self, setting: &Setting, from: &[&str], instance: &str) -> bool {
        let of_nodes = setting.name() == "nodes" || from.contains(&"instance.<instance>.nodes");
        of_nodes && self.get(&format!("instance.{instance}.nodes")).is_none()
    }

    /// This instance among the others, as far as the profile has come.
    fn among<'a>(&'a self, name: &'a str, answers: &'a Answers) -> Option<Among<'a>> {
        let given = |name: &'a String| {
            let answer = answers.get(&format!("instance.{name}.nodes"))?;
            Some((name.as_str(), answer.value.as_texts()?))
        };
        let domain = |instance: &'a String| {
            let answer = answers.get(&format!("instance.{instance}.logical-host-fqdn"))?;
            Some(answer.value.as_text()?.split_once('.')?.1)
        };
        Some(Among {
            name,
            instances: &self.instances,
            cluster: &self.nodes,
            symmetric: self.text("cluster.model")? == "symmetric",
            placed: self.instances.iter().filter_map(given).collect(),
            nodes: self.texts(&format!("instance.{name}.nodes")),
            logical_host: self.text(&format!("instance.{name}.logical-host")),
            domain: self.instances.iter().find_map(domain),
        })
    }

    fn report_missing(&mut self, setting: &Setting, key: &str, rule: Option<&str>) {
        let mut what = format!("{key} is missing");
        match setting.need {
            Need::Always => {}
            // Whether it is asked can only be told once everything has its value.
            Need::Optional | Need::Asked { .. } => return,
            Need::When { key, is } => match self.text(key) {
                Some(value) if is.contains(&value) => {
                    what = format!("{what}; it is needed because {key} is {value}")
                }
                _ => return,
            },
        }

        if let Some(rule) = rule {
            what = format!("{what}; the default does not cover this case ({rule})");
        }

        let remedy = format!(
            "{}: {}; add it to the profile or give --set {key}=...",
            setting.help,
            setting.kind.describe()
        );

        let problem =
            Problem::new(codes::SETTING_MISSING, what).hint(remedy).section(setting.source);

        self.missing.push(key.to_owned());
        self.problems.push(Problem { place: self.file.clone(), ..problem });
    }

    /// Adds what a new profile is asked for, and nobody answered.
    fn ask_for_new(&mut self, answers: &Answers) {
        for setting in registry() {
            let Need::Asked { when } = setting.need else { continue };
            let holds =
                |(key, is): &(&str, &[&str])| self.text(key).is_some_and(|v| is.contains(&v));
            if !when.iter().all(holds) {
                continue;
            }
            let keys = self.parts(setting).into_iter().map(|part| setting.key_for(&part));
            let open = keys.filter(|key| answers.get(key).is_none() && !answers.is_broken(key));
            self.missing.extend(open.collect::<Vec<_>>());
        }
    }

    fn refuse_unknown_nodes(&mut self, answers: &Answers) {
        if self.nodes.is_empty() {
            return;
        }

        for (key, answer) in answers.iter() {
            let Some(node) = key.strip_prefix("node.").and_then(|rest| rest.split('.').next())
            else {
                continue;
            };
            if self.nodes.iter().any(|known| known == node) {
                continue;
            }

            let similar = self.nodes.iter().find(|known| known.eq_ignore_ascii_case(node));
            let remedy = match similar {
                Some(known) => format!("write {known}: names are compared letter by letter (E28)"),
                None => format!("the nodes are {}", self.nodes.join(", ")),
            };

            let what = format!("{key}: {node} is not one of cluster.nodes");
            self.problems.push(
                Problem::new(codes::SETTING_UNKNOWN, what)
                    .at(answer.origin.to_string())
                    .hint(remedy),
            );
        }
    }

    fn refuse_instance_names(&mut self, answers: &Answers) {
        // One that was refused where it stands is told already.
        let told = |name: &String| answers.is_broken(&format!("instance.{name}"));
        for name in self.instances.clone().into_iter().filter(|name| !told(name)) {
            if let Err(fault) = check::name::instance(&name) {
                let prefix = format!("instance.{name}.");

                let lines = answers
                    .iter()
                    .filter(|(key, _)| key.starts_with(&prefix))
                    .map(|(_, answer)| answer.origin.clone());

                let first = lines.min_by_key(|origin| match origin {
                    Origin::Profile { line, .. } => *line,
                    _ => usize::MAX,
                });
                let place = first.map(|origin| origin.to_string().into()).or(self.file.clone());
                self.problems.push(problem(&format!("instance.{name}"), fault, place));
            }
        }
    }
}

fn problem(key: &str, fault: Fault, place: Option<Box<str>>) -> Problem {
    Problem {
        place,
        ..Problem::new(fault.code, format!("{key} {}", fault.what)).hint(fault.remedy)
    }
}
