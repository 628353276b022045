//! Going back to the question before. The answer is kept, to be offered again; what was read from
//! a node because of it goes with it. Answers from the command line were never asked and stay.

use super::{Interview, Topic};
use crate::setting::{Origin, Value};

impl Interview {
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
                if self.added.is_none() {
                    nodes.truncate(*at);
                } else if *at < nodes.len() {
                    nodes.remove(*at);
                }
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
