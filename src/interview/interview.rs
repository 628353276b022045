use serde::{Deserialize, Serialize};

use super::{Known, Topic};
use crate::problem::{Problem, codes};
use crate::profile::names_of;
use crate::setting::{
    Answer, Answers, Group, Kind, Origin, Value, conflicts, evaluate, lookup, typed,
};

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
    answers: Answers,
    /// In the order of answering; going back takes the last away.
    asked: Vec<Topic>,
    /// Answers that were taken away by going back, to be offered again.
    earlier: Vec<(Topic, String)>,
    known: Option<Known>,
    /// Whether the question after a node that can be asked is settled.
    live_settled: bool,
    /// Whether no further node follows.
    nodes_complete: bool,
    /// The model whose instances are described.
    named_for: Option<String>,
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
        missing.retain(|key| self.will_be_asked(key));
        missing.sort_by_key(|key| self.rank(key));
        for key in missing {
            if key == "cluster.nodes" {
                let first = self.nodes().len();
                open.extend((first..self.node_count().max(first + 1)).map(Topic::Node));
            } else {
                open.push(Topic::Setting(key));
            }
        }
        open
    }

    /// Whether a missing setting will have to be asked: what follows from the nodes need not once
    /// they are known.
    fn will_be_asked(&self, key: &str) -> bool {
        let follows = lookup(key)
            .is_some_and(|found| matches!(found.setting.name(), "nodes" | "watcher-port"));
        key == "cluster.nodes" || !follows || self.nodes_complete
    }

    /// How many nodes the model has at least.
    fn node_count(&self) -> usize {
        if self.model() == "n-plus-one" { 3 } else { 2 }
    }

    fn model(&self) -> String {
        self.text("cluster.model").unwrap_or_default()
    }

    /// Whether an empty answer, or a dot, ends the list of nodes.
    pub fn may_end(&self, topic: &Topic) -> bool {
        matches!(topic, Topic::Node(at) if self.model() == "n-plus-one" && *at >= self.node_count())
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

    /// Takes what was typed. What else follows from it comes back in words.
    ///
    /// # Errors
    /// Why it cannot be taken; nothing has changed then.
    pub fn answer(&mut self, topic: &Topic, text: &str) -> Result<Vec<String>, Problem> {
        let text = self.picked(topic, text.trim());
        match topic {
            Topic::Live => self.live_settled = true,
            Topic::Node(_) if matches!(text.as_str(), "" | ".") && self.may_end(topic) => {
                self.nodes_complete = true
            }
            Topic::Node(at) => self.add_node(*at, &text)?,
            Topic::Setting(key) => self.set(key, &text)?,
        }
        let told = self.follow();
        self.asked.retain(|known| known != topic);
        self.asked.push(topic.clone());
        Ok(told)
    }

    /// The offer that a number stands for; other text as it is.
    fn picked(&self, topic: &Topic, text: &str) -> String {
        let offers = self.offers(topic);
        let numbered = !matches!(
            topic.found().map(|f| f.setting.kind),
            None | Some(Kind::AccountId | Kind::Integer { .. })
        );
        // A value that is a number itself is meant.
        if !numbered || offers.iter().any(|o| o.value == text) {
            return text.to_owned();
        }
        let at = text.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        at.and_then(|at| offers.get(at))
            .map_or_else(|| text.to_owned(), |offer| offer.value.clone())
    }

    fn add_node(&mut self, at: usize, name: &str) -> Result<(), Problem> {
        let mut nodes = self.nodes();
        nodes.truncate(at);
        nodes.push(name.to_owned());
        self.insert(
            "cluster.nodes",
            Value::texts(nodes.iter().map(String::as_str)),
            Origin::Prompt,
        )?;
        let several = self.model() == "n-plus-one";
        self.nodes_complete = !several && nodes.len() >= self.node_count();
        // Two members and one of them named: there is no other.
        if let Some(known) = &self.known
            && !several
            && nodes.len() == 1
            && known.nodes.len() == 2
        {
            let rest: Vec<String> = known.nodes.iter().filter(|n| *n != name).cloned().collect();
            if let [other] = rest.as_slice() {
                let both = Value::texts([name, other.as_str()]);
                let origin = Origin::Node { node: known.node.clone() };
                self.insert("cluster.nodes", both, origin)?;
                self.nodes_complete = true;
            }
        }
        Ok(())
    }

    /// Answers a setting anew, asked or not; what follows from it comes back in words.
    ///
    /// # Errors
    /// Why it cannot be taken.
    pub fn change(&mut self, key: &str, text: &str) -> Result<Vec<String>, Problem> {
        let topic = Topic::Setting(key.to_owned());
        // A list of nodes is typed, not picked.
        let text = if key == "cluster.nodes" { text.to_owned() } else { self.picked(&topic, text) };
        self.set(key, &text)?;
        Ok(self.follow())
    }

    fn set(&mut self, key: &str, text: &str) -> Result<(), Problem> {
        let Some(found) = lookup(key) else {
            return Err(Problem::new(codes::SETTING_UNKNOWN, format!("{key} is not a setting")));
        };
        let value = typed(&found.setting.kind, text).map_err(|why| {
            Problem::new(codes::SETTING_SYNTAX, format!("{key}: {why}"))
                .hint(found.setting.kind.describe())
        })?;
        let before = self.clone();
        if key == "cluster.model" {
            self.describe_instances(text);
        }
        if let Err(problem) = self.insert(key, value, Origin::Prompt) {
            // Instances of a model that cannot be taken are no reason to forget those that are
            // described.
            *self = before;
            return Err(problem);
        }
        if key == "cluster.nodes" {
            self.nodes_complete = self.nodes().len() >= self.node_count();
        }
        Ok(())
    }

    /// Puts an answer to a setting back to what follows without it.
    pub fn forget(&mut self, key: &str) {
        self.answers.remove(key);
        self.asked.retain(|topic| topic.key() != Some(key));
    }

    fn insert(&mut self, key: &str, value: Value, origin: Origin) -> Result<(), Problem> {
        let before = self.answers.clone();
        self.answers.insert(key, value, origin);
        let about = format!("{key} ");
        // What belongs to it is asked next.
        let against =
            |p: &Problem| p.what.starts_with(&about) && p.code != codes::SETTING_INCOMPLETE;
        match conflicts(&self.answers).into_iter().find(against) {
            Some(problem) => {
                self.answers = before;
                Err(Problem { place: None, ..problem })
            }
            None => Ok(()),
        }
    }

    /// What a node said is taken over where it is certain.
    pub fn learn(&mut self, known: Known) -> Vec<String> {
        self.known = Some(known);
        self.follow()
    }

    /// What follows from the answers and from what the node said; told in words where somebody
    /// would else have been asked.
    fn follow(&mut self) -> Vec<String> {
        self.name_instances();
        let Some(known) = self.known.clone() else { return Vec::new() };
        let mut told = Vec::new();
        let mut take = |this: &mut Self, key: String, value: Value| {
            if this.answers.get(&key).is_none()
                && this
                    .insert(&key, value.clone(), Origin::Node { node: known.node.clone() })
                    .is_ok()
            {
                told.push(format!("{key} = {} (read from {})", value.plain(), known.node));
            }
        };
        if let Some(name) = &known.cluster {
            take(self, "cluster.name".into(), Value::text(name.as_str()));
        }
        let account =
            |key: &str, fallback: &str| self.text(key).unwrap_or_else(|| fallback.to_owned());
        let (user, group) =
            (account("account.user", "icsuser"), account("account.group", "icsgroup"));
        if let Some(id) = known.users.get(&user) {
            take(self, "account.uid".into(), Value::Integer(i64::from(*id)));
        }
        if let Some(id) = known.groups.get(&group) {
            take(self, "account.gid".into(), Value::Integer(i64::from(*id)));
        }
        for instance in evaluate(&self.answers).instances().to_vec() {
            let key = |name: &str| format!("instance.{instance}.{name}");
            let Some(host) =
                self.text(&key("logical-host")).and_then(|name| known.host(&name).cloned())
            else {
                continue;
            };
            if let Some(qualified) = host.qualified() {
                take(self, key("logical-host-fqdn"), Value::text(qualified));
            }
            take(self, key("logical-host-address"), Value::text(host.address.as_str()));
        }
        told
    }

    /// The instances that the model has, before anything is known of them. Another model has
    /// others, which are asked about anew.
    fn describe_instances(&mut self, model: &str) {
        if self.named_for.as_deref() == Some(model) {
            return;
        }
        if self.named_for.is_some() {
            for name in self.answers.instances().to_vec() {
                self.answers.remove_instance(&name);
                let prefix = format!("instance.{name}.");
                self.asked.retain(|topic| topic.key().is_none_or(|key| !key.starts_with(&prefix)));
            }
        }
        self.named_for = Some(model.to_owned());
        if model == "symmetric" || model == "n-plus-one" {
            for number in 1..=2 {
                self.answers.add_instance(&format!("cs{number}"));
            }
        }
    }

    /// With several instances: each is called as the guide calls it, on the nodes in their order.
    fn name_instances(&mut self) {
        let nodes = self.nodes();
        let placed: Vec<[&str; 2]> = match (self.model().as_str(), nodes.as_slice()) {
            ("symmetric", [one, two]) => vec![[one, two], [two, one]],
            ("n-plus-one", [active @ .., spare]) if self.nodes_complete => {
                active.iter().map(|n| [n.as_str(), spare.as_str()]).collect()
            }
            _ => return,
        };
        // An instance that only followed from a node that is gone goes with it.
        for name in self.answers.instances().to_vec() {
            let number = name.strip_prefix("cs").and_then(|n| n.parse::<usize>().ok()).unwrap_or(0);
            let prefix = format!("instance.{name}.");
            let said =
                self.answers.iter().any(|(key, a)| key.starts_with(&prefix) && a.origin.is_given());
            if number > placed.len() && !said {
                self.answers.remove_instance(&name);
            }
        }
        for (at, nodes) in placed.iter().enumerate() {
            for (key, value) in names_of(at as i64 + 1, *nodes) {
                // What somebody said stands.
                if self.answers.get(&key).is_none_or(|answer| !answer.origin.is_given()) {
                    self.answers.insert(
                        key,
                        value,
                        Origin::Derived { from: vec!["cluster.nodes".into()] },
                    );
                }
            }
        }
    }

    /// Takes the last answer away; its question comes next. False: there is none.
    pub fn back(&mut self) -> bool {
        let Some(topic) = self.asked.pop() else { return false };
        match &topic {
            Topic::Live => {
                self.live_settled = false;
                // What it said goes with it.
                let read: Vec<String> = self.read_keys();
                read.iter().for_each(|key| drop(self.answers.remove(key)));
                self.known = None;
            }
            Topic::Node(at) => {
                let mut nodes = self.nodes();
                if let Some(name) = nodes.get(*at) {
                    self.earlier.push((topic.clone(), name.clone()));
                }
                nodes.truncate(*at);
                self.nodes_complete = false;
                if nodes.is_empty() {
                    self.answers.remove("cluster.nodes");
                } else {
                    self.answers.insert(
                        "cluster.nodes",
                        Value::texts(nodes.iter().map(String::as_str)),
                        Origin::Prompt,
                    );
                }
            }
            Topic::Setting(key) => {
                if let Some(answer) = self.answers.remove(key) {
                    self.earlier.push((topic.clone(), answer.value.plain()));
                }
                // What was read because of it goes with it.
                if key.ends_with(".logical-host") {
                    for ending in ["-fqdn", "-address"] {
                        let follower = format!("{key}{ending}");
                        if self.read_keys().contains(&follower) {
                            self.answers.remove(&follower);
                        }
                    }
                }
            }
        }
        true
    }

    fn read_keys(&self) -> Vec<String> {
        let read = self.answers.iter().filter(|(_, a)| matches!(a.origin, Origin::Node { .. }));
        read.map(|(key, _)| key.to_owned()).collect()
    }
}
