//! An interview about a new profile: what was answered, which question comes next, and how many
//! there are. It can be written down and resumed, so an interrupted one loses nothing. Taking an
//! answer is in `answer`, what follows from it in `follow`, the way back in `back`.

use serde::{Deserialize, Serialize};

use super::{Known, Topic};
use crate::setting::{Answer, Answers, Group, Origin, evaluate, lookup};

/// The order of the questions: the cluster, each instance by tables 6-3 to 6-7, what is equal
/// everywhere, the directory.
const ORDER: [Group; 12] = [
    Group::Cluster,
    Group::Node,
    Group::Directories,
    Group::FileSystem,
    Group::Panels,
    Group::Resources,
    Group::Address,
    Group::Account,
    Group::Installer,
    Group::Configurator,
    Group::Directory,
    Group::Limit,
];

/// What was answered so far, and the way there. Without the answers, which are kept as a profile,
/// it can be written down and read again.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Interview {
    #[serde(skip)]
    pub(super) answers: Answers,
    /// In the order of answering; going back takes the last away.
    pub(super) asked: Vec<Topic>,
    /// Answers that were taken away by going back, to be offered again.
    pub(super) earlier: Vec<(Topic, String)>,
    pub(super) known: Option<Known>,
    /// Whether the question after a node that can be asked is settled.
    pub(super) live_settled: bool,
    /// Whether no further node follows.
    pub(super) nodes_complete: bool,
    /// The model whose instances are described.
    pub(super) named_for: Option<String>,
    /// The instance that is added to a profile; it alone is asked about, and a node for it.
    #[serde(skip)]
    pub(super) added: Option<String>,
}

impl Interview {
    /// Begins with what is answered already: on the command line, or in an interrupted interview.
    pub fn new(answers: Answers) -> Self {
        let mut new = Self { answers, ..Self::default() };
        new.nodes_complete = new.nodes().len() >= new.node_count();
        if new.answers.get("cluster.model").is_some() {
            let model = new.model();
            if new.answers.instances().is_empty() {
                new.describe_instances(&model);
            }
            new.named_for = Some(model);
        }
        new.asked = new.given();
        // Who knows the nodes does not need one to tell them.
        new.live_settled = new.nodes_complete;
        new.follow();
        new
    }

    /// Asks only for what another instance of a profile needs, and for its node if none is free.
    pub fn of_added(mut answers: Answers, name: &str) -> Self {
        answers.add_instance(name);
        let added = Some(name.to_owned());
        let mut new = Self { answers, added, live_settled: true, ..Self::default() };
        new.nodes_complete = new.nodes().len() > new.answers.instances().len();
        new
    }

    /// The instance that is added to a profile, if this is about one.
    pub fn added(&self) -> Option<&str> {
        self.added.as_deref()
    }

    /// Whether a setting is one that this interview is about.
    pub fn is_about(&self, key: &str) -> bool {
        self.added().is_none_or(|name| key.starts_with(&format!("instance.{name}.")))
    }

    /// Goes on with an interview that was interrupted, and the answers it had.
    #[must_use]
    pub fn resumed(mut self, answers: Answers) -> Self {
        self.answers = answers;
        // Who names the nodes on the command line names all of them.
        self.nodes_complete |=
            self.answers.get("cluster.nodes").is_some_and(|a| a.origin == Origin::Set);
        self.follow();
        self
    }

    /// The settings that were answered, in the order of the questions.
    fn given(&self) -> Vec<Topic> {
        // What the command line says was not asked.
        let was_asked = |a: &Answer| a.origin.is_given() && a.origin != Origin::Set;
        let mut keys: Vec<&str> =
            self.answers.iter().filter(|(_, a)| was_asked(a)).map(|(key, _)| key).collect();
        keys.sort_by_key(|key| self.rank(key));
        keys.into_iter()
            .flat_map(|key| match key {
                "cluster.nodes" => (0..self.nodes().len()).map(Topic::Node).collect(),
                key => vec![Topic::Setting(key.to_owned())],
            })
            .collect()
    }

    /// The answers so far.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// What a node said.
    pub fn known(&self) -> Option<&Known> {
        self.known.as_ref()
    }

    /// The nodes that were named.
    pub fn nodes(&self) -> Vec<String> {
        let texts =
            self.answers.get("cluster.nodes").and_then(|a| a.value.as_texts()).unwrap_or_default();
        texts.into_iter().map(str::to_owned).collect()
    }

    /// The text of an answer or of a default that follows from the answers.
    pub fn text(&self, key: &str) -> Option<String> {
        evaluate(&self.answers).get(key).map(|answer| answer.value.plain())
    }

    /// Whether some answer is this.
    pub(super) fn is_given(&self, value: &str) -> bool {
        self.answers.iter().any(|(_, answer)| answer.value.as_text() == Some(value))
    }

    /// What was answered here before somebody went back.
    pub(super) fn earlier(&self, topic: &Topic) -> Option<String> {
        self.earlier.iter().rev().find(|(known, _)| known == topic).map(|(_, text)| text.clone())
    }

    /// What comes next; nothing when everything needed is there.
    pub fn next(&self) -> Option<Topic> {
        self.open().into_iter().next()
    }

    /// Which question this is, from 1, and how many there are as far as can be seen.
    pub fn position(&self) -> (usize, usize) {
        (self.asked.len() + 1, self.asked.len() + self.open().len())
    }

    /// Everything still to be asked.
    fn open(&self) -> Vec<Topic> {
        let mut open = Vec::new();
        if self.answers.get("cluster.model").is_none() {
            open.push(Topic::Setting("cluster.model".into()));
        }
        if !self.live_settled {
            open.push(Topic::Live);
        }

        let mut missing: Vec<String> = evaluate(&self.answers).missing;
        if !self.nodes_complete {
            missing.retain(|key| key != "cluster.nodes");
            missing.push("cluster.nodes".into());
        }

        missing.retain(|key| {
            self.will_be_asked(key) && (key == "cluster.nodes" || self.is_about(key))
        });
        missing.sort_by_key(|key| self.rank(key));

        for key in missing {
            if key == "cluster.nodes" {
                let first = self.nodes().len();
                if self.added.is_some() {
                    // Before the spare.
                    open.push(Topic::Node(first.saturating_sub(1)));
                    continue;
                }
                open.extend((first..self.node_count().max(first + 1)).map(Topic::Node));
            } else {
                open.push(Topic::Setting(key));
            }
        }
        open
    }

    /// Whether a missing setting will have to be asked: the domain of one instance's logical host
    /// is that of the others.
    fn will_be_asked(&self, key: &str) -> bool {
        let of_domain = |key: &str| key.ends_with(".logical-host-fqdn");
        !of_domain(key) || !self.answers.iter().any(|(given, _)| of_domain(given))
    }

    /// How many nodes the model has at least.
    pub(super) fn node_count(&self) -> usize {
        if self.model() == "n-plus-one" { 3 } else { 2 }
    }

    pub(super) fn model(&self) -> String {
        self.text("cluster.model").unwrap_or_default()
    }

    /// Whether an empty answer, or a dot, ends the list of nodes.
    pub fn may_end(&self, topic: &Topic) -> bool {
        self.added.is_none()
            && self.model() == "n-plus-one"
            && matches!(topic, Topic::Node(at) if *at >= self.node_count())
    }

    /// The place of a key in the order of the questions.
    fn rank(&self, key: &str) -> (usize, usize, usize) {
        let Some(found) = lookup(key) else { return (usize::MAX, 0, 0) };
        let place = ORDER.iter().position(|g| *g == found.setting.group).unwrap_or(ORDER.len());

        let of_instance = found.setting.placeholder() == Some("<instance>");
        let instance = self
            .answers
            .instances()
            .iter()
            .position(|i| Some(i.as_str()) == found.part)
            .unwrap_or(0);

        let at = crate::setting::registry().position(|s| s.key == found.setting.key).unwrap_or(0);
        // All of one instance before the next.
        if of_instance { (2, instance, at) } else { (place, 0, at) }
    }
}
