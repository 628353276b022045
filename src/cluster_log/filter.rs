use super::{Message, Severity, Stamp};

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
    pub since: Option<Stamp>,
    /// Up to this time.
    pub until: Option<Stamp>,
}

impl Filter {
    /// Whether the message is wanted. One without a severity counts as the least.
    pub fn takes(&self, message: &Message) -> bool {
        let same = |wanted: &Option<String>, is: &str| wanted.as_ref().is_none_or(|w| w == is);
        same(&self.resource_type, message.resource_type.split(':').next().unwrap_or_default())
            && same(&self.group, &message.group)
            && same(&self.resource, &message.resource)
            && same(&self.method, &message.method)
            && self.level.is_none_or(|level| message.severity.unwrap_or(Severity::Debug) <= level)
            && self.since.is_none_or(|since| message.at >= since)
            && self.until.is_none_or(|until| message.at <= until)
    }
}

#[cfg(test)]
mod tests {
    use super::Filter;
    use crate::cluster_log::{Message, Severity};

    #[test]
    fn each_part_of_a_filter_counts() {
        let log = "Dec 11 18:24:46 n1 SC[SUNW.scics:2,CAL-RG,CAL-SVR-RS,ics_svc_start]: [ID 1 daemon.debug] x";
        let message = &Message::all(log)[0];
        let text = |t: &str| Some(t.to_owned());
        let time = |t: &str| Some(t.parse().unwrap());
        let takes = [
            Filter::default(),
            Filter {
                resource_type: text("SUNW.scics"),
                group: text("CAL-RG"),
                ..Filter::default()
            },
            Filter {
                level: Some(Severity::Debug),
                since: time("Dec 11 18:24"),
                until: time("Dec 11 18:24:46"),
                ..Filter::default()
            },
        ];
        assert!(takes.iter().all(|f| f.takes(message)));
        let refuses = [
            Filter { group: text("CAL-CS1-RG"), ..Filter::default() },
            Filter { resource: text("CAL-SVR"), ..Filter::default() },
            Filter { method: text("ics_svc_stop"), ..Filter::default() },
            Filter { level: Some(Severity::Info), ..Filter::default() },
            Filter { since: time("Dec 11 18:25"), ..Filter::default() },
            Filter { until: time("Nov 30 23:59"), ..Filter::default() },
        ];
        assert!(refuses.iter().all(|f| !f.takes(message)));
    }
}
