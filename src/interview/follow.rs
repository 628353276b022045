//! What follows from the answers: the instances that the guide has, and what a node said where it
//! is certain. An answer that somebody gave always stands. What is only likely is offered instead
//! (`offers`).

use super::{Interview, Known};
use crate::setting::{Origin, Value, evaluate};

impl Interview {
    /// What a node said is taken over where it is certain.
    pub fn learn(&mut self, known: Known) -> Vec<String> {
        self.known = Some(known);
        self.follow()
    }

    /// What follows from the answers and from what the node said; told in words where somebody
    /// would else have been asked.
    pub(super) fn follow(&mut self) -> Vec<String> {
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
    pub(super) fn describe_instances(&mut self, model: &str) {
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

    /// With several instances: each is called as the guide calls it, one for each active node.
    /// What else follows from that are defaults of the profile.
    fn name_instances(&mut self) {
        if self.added.is_some() {
            return;
        }
        let several = match (self.model().as_str(), self.nodes().len()) {
            ("symmetric", 2) => 2,
            ("n-plus-one", nodes @ 1..) if self.nodes_complete => nodes - 1,
            _ => return,
        };

        // An instance that only followed from a node that is gone goes with it.
        for name in self.answers.instances().to_vec() {
            let number = name.strip_prefix("cs").and_then(|n| n.parse::<usize>().ok()).unwrap_or(0);
            let prefix = format!("instance.{name}.");
            let said =
                self.answers.iter().any(|(key, a)| key.starts_with(&prefix) && a.origin.is_given());
            if number > several && !said {
                self.answers.remove_instance(&name);
            }
        }

        for number in 1..=several {
            self.answers.add_instance(&format!("cs{number}"));
        }
    }
}
