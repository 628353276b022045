//! What is offered for a question, and what an empty line takes. An empty line takes only what is
//! not dangerous to accept unread: never a volume that something else mounts. Nothing is offered
//! that was given for another setting.

use super::known::IN_VFSTAB;
use super::{Interview, Offer, Topic};
use crate::setting::{Choice, Kind};

/// How many offers are worth a list.
const MOST: usize = 20;

impl Interview {
    /// What can be taken for an answer as it is, the first to be numbered 1.
    pub fn offers(&self, topic: &Topic) -> Vec<Offer> {
        let Some(found) = topic.found() else { return Vec::new() };
        if let Kind::Choice(choices) = found.setting.kind {
            return choices
                .iter()
                .map(|Choice { value, means }| Offer::new(*value, *means))
                .collect();
        }

        let Some(known) = self.known() else { return Vec::new() };

        let mut offers: Vec<Offer> = match (found.setting.kind, found.setting.name()) {
            (Kind::NodeNames, _) => {
                let free = known.nodes.iter().filter(|n| !self.nodes().contains(n));
                free.map(|n| {
                    Offer::new(
                        n.as_str(),
                        format!("member of {}", known.cluster.as_deref().unwrap_or("it")),
                    )
                })
                .collect()
            }
            (Kind::Device, _) => {
                known.devices.iter().filter(|d| !self.is_given(&d.value)).cloned().collect()
            }
            (_, "logical-host") => {
                let others = known
                    .hosts
                    .iter()
                    .filter(|h| !known.nodes.iter().any(|n| h.is(n)) && !self.is_given(h.short()));
                others
                    .map(|h| Offer::new(h.short(), format!("{} in /etc/hosts", h.address)))
                    .collect()
            }
            _ => Vec::new(),
        };

        offers.truncate(MOST);
        offers
    }

    /// What an empty line takes, if anything.
    pub fn presumed(&self, topic: &Topic) -> Option<String> {
        if let Some(earlier) = self.earlier(topic) {
            return Some(earlier);
        }

        let key = topic.key()?;
        let found = topic.found()?;

        match found.setting.name() {
            // The two are different name spaces, and usually the same number.
            "gid" => {
                return self
                    .known()
                    .map(|k| k.free_id().to_string())
                    .or_else(|| self.text("account.uid"));
            }
            "uid" => return self.known().map(|k| k.free_id().to_string()),
            "logical-host-fqdn" => {
                let host = self.text(&key.replace("-fqdn", ""))?;
                return self.domain().map(|domain| format!("{host}.{domain}"));
            }
            _ => {}
        }

        // A volume that something else mounts is no guess.
        let likely: Vec<Offer> = self
            .offers(topic)
            .into_iter()
            .filter(|offer| !offer.note.contains(IN_VFSTAB))
            .collect();

        match likely.as_slice() {
            [only] => Some(only.value.clone()),
            [first, ..] if matches!(topic, Topic::Node(_)) => Some(first.value.clone()),
            _ => None,
        }
    }

    /// The domain of the cluster as far as it was said or read: that of another instance's logical
    /// host, the node's, the directory's.
    fn domain(&self) -> Option<String> {
        let given = self
            .answers()
            .iter()
            .filter(|(key, _)| key.ends_with(".logical-host-fqdn") || *key == "directory.host");
        let of_given = given.filter_map(|(_, answer)| {
            answer.value.as_text()?.split_once('.').map(|(_, domain)| domain.to_owned())
        });
        of_given.last().or_else(|| self.known()?.domain().map(str::to_owned))
    }
}
