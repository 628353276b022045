//! Taking an answer. One that cannot be taken changes nothing, and the reason is that of the same
//! checks and rules which a profile meets; whatever merely is not there yet is no reason. A number
//! may stand for the offer beside it, but never where a number is itself an answer.

use super::{Interview, Topic};
use crate::problem::{Problem, codes};
use crate::setting::{Kind, Origin, Value, conflicts, lookup, typed};

impl Interview {
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
        if self.added.is_none() {
            nodes.truncate(at);
        }
        nodes.insert(at.min(nodes.len()), name.to_owned());
        self.insert(
            "cluster.nodes",
            Value::texts(nodes.iter().map(String::as_str)),
            Origin::Prompt,
        )?;

        if self.added.is_some() {
            self.nodes_complete = true;
            return Ok(());
        }

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

    pub(super) fn insert(
        &mut self,
        key: &str,
        value: Value,
        origin: Origin,
    ) -> Result<(), Problem> {
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
}
