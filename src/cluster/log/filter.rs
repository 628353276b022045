//! Which messages of a log somebody wants. All conditions must hold; times are compared as moments,
//! since a log has no years. What is read and printed is decided by the command.

use super::{Message, Moment, Severity};

/// Which messages are wanted: all that is given must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub resource_type: Option<String>,
    pub group: Option<String>,
    pub resource: Option<String>,
    pub method: Option<String>,
    /// This severity and worse.
    pub level: Option<Severity>,
    /// From this time on.
    pub since: Option<Moment>,
    /// Up to this time.
    pub until: Option<Moment>,
}

impl Filter {
    /// Whether the message, of that moment, is wanted. One without a severity counts as the least.
    /// A type is meant in every version unless one is given.
    pub fn takes(&self, message: &Message, at: Moment) -> bool {
        let same = |wanted: &Option<String>, is: &str| wanted.as_ref().is_none_or(|w| w == is);
        let resource_type = message.resource_type.as_str();
        let bare = resource_type.split(':').next().unwrap_or_default();
        (same(&self.resource_type, resource_type) || same(&self.resource_type, bare))
            && same(&self.group, &message.group)
            && same(&self.resource, &message.resource)
            && same(&self.method, &message.method)
            && self.level.is_none_or(|level| message.severity.unwrap_or(Severity::Debug) <= level)
            && self.since.is_none_or(|since| at >= since)
            && self.until.is_none_or(|until| at <= until)
    }
}

#[cfg(test)]
mod tests {
    use super::Filter;
    use crate::cluster::log::{Message, Moment, Severity};

    #[test]
    fn each_part_of_a_filter_counts() {
        let log = "Dec 11 18:24:46 n1 SC[SUNW.scics:2,CAL-RG,CAL-SVR-RS,ics_svc_start]: \
                   [ID 1 daemon.debug] x";
        let message = Message::parse(log).unwrap();
        let at = Moment::new(0, message.at);
        let text = |t: &str| Some(t.to_owned());
        let time = |t: &str| Some(Moment::new(0, t.parse().unwrap()));

        let takes = [
            Filter::default(),
            Filter {
                resource_type: text("SUNW.scics"),
                group: text("CAL-RG"),
                ..Filter::default()
            },
            Filter { resource_type: text("SUNW.scics:2"), ..Filter::default() },
            Filter {
                level: Some(Severity::Debug),
                since: time("Dec 11 18:24"),
                until: time("Dec 11 18:24:46"),
                ..Filter::default()
            },
        ];

        assert!(takes.iter().all(|f| f.takes(&message, at)));

        let refuses = [
            Filter { resource_type: text("SUNW.scics:3"), ..Filter::default() },
            Filter { resource_type: text("SUNW.sc"), ..Filter::default() },
            Filter { group: text("CAL-CS1-RG"), ..Filter::default() },
            Filter { resource: text("CAL-SVR"), ..Filter::default() },
            Filter { method: text("ics_svc_stop"), ..Filter::default() },
            Filter { level: Some(Severity::Info), ..Filter::default() },
            Filter { since: time("Dec 11 18:25"), ..Filter::default() },
            Filter { until: time("Nov 30 23:59"), ..Filter::default() },
        ];
        assert!(refuses.iter().all(|f| !f.takes(&message, at)));
    }
}
