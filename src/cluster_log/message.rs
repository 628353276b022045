use serde::Serialize;

use super::{Severity, Stamp};

/// A message of a data service's method: `SC[type,group,resource,method]` (6.10, scds_syslog(3HA)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    pub at: Stamp,
    /// The host that wrote it, as syslogd names it.
    pub host: String,
    /// `SUNW.scics`
    pub resource_type: String,
    pub group: String,
    pub resource: String,
    /// `ics_svc_start`
    pub method: String,
    /// The message's number in the catalogue, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<u32>,
    /// Absent where the line says none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    pub text: String,
}

impl Message {
    /// The messages in a log; whatever else stands there is passed over. A line that begins with a blank goes on with the one before it,
    /// as logs do that were folded for mail or print.
    pub fn all(log: &str) -> Vec<Self> {
        let mut lines: Vec<String> = Vec::new();
        for line in log.lines() {
            let line = line.trim_end();
            match lines.last_mut() {
                Some(last) if line.starts_with([' ', '\t']) && !line.trim().is_empty() => {
                    // A name that was cut before its bracket belongs to it.
                    let glue = if line.trim_start().starts_with('[') && last.ends_with("SC") {
                        ""
                    } else {
                        " "
                    };
                    last.push_str(glue);
                    last.push_str(line.trim_start());
                }
                _ => lines.push(line.to_owned()),
            }
        }
        lines.iter().filter_map(|line| Self::parse(line)).collect()
    }

    /// One line.
    fn parse(line: &str) -> Option<Self> {
        // `Dec 11 18:24:46` has a fixed width.
        let (at, rest) = line.split_at_checked(15)?;
        let at: Stamp = at.parse().ok()?;
        let (host, rest) = rest.trim_start().split_once(' ')?;
        let rest = rest.trim_start().strip_prefix("SC")?.trim_start().strip_prefix('[')?;
        let (names, rest) = rest.split_once(']')?;
        let names: Vec<&str> = names.split(',').map(str::trim).collect();
        let [resource_type, group, resource, method] = names[..] else { return None };
        let mut text = rest.strip_prefix(':').unwrap_or(rest).trim_start();
        let (mut id, mut severity) = (None, None);
        if let Some((head, after)) = text.strip_prefix("[ID ").and_then(|t| t.split_once(']')) {
            let mut words = head.split_whitespace();
            id = words.next().and_then(|n| n.parse().ok());
            severity = words.next().and_then(|p| p.rsplit('.').next()?.parse().ok());
            text = after.trim_start();
        }
        let own = |s: &str| s.to_owned();
        Some(Self {
            at,
            host: own(host),
            resource_type: own(resource_type),
            group: own(group),
            resource: own(resource),
            method: own(method),
            id,
            severity,
            text: own(text),
        })
    }

    /// The message as one line for people.
    pub fn line(&self) -> String {
        let severity = self.severity.map_or_else(|| "-".to_owned(), |s| s.to_string());
        format!(
            "{} {} {severity} {} {} {}: {}",
            self.at, self.host, self.group, self.resource, self.method, self.text
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Message;
    use crate::cluster_log::Severity;

    /// The samples of 6.10, folded as they are printed there.
    const PRINTED: &str = "Dec 11 18:24:46 mars SC[SUNW.scics,CAL-RG,cal-rs,ics_svc_start]: \n     [ID 831728 daemon.debug] Groupname icsgroup exists.\n\
        Dec 11 18:24:46 mars SC[SUNW.scics,CAL-RG,LOG-HOST-RS,ics_svc_start]: \n     [ID 244341 daemon.debug] ICS_serverroot = /cal-svr-base\n\
        Dec 11 18:24:47 mars genunix: [ID 1 kern.notice] something else\n\
        Dec 11 15:55:52 Node1 SC\n      [SUNW.scics,CAL-RG,CalendarResource,ics_svc_validate]:\n      [ID 855581 daemon.error] Failed to get the configuration info\n\
        Dec  1 18:24:46 Node1 SC\n      [SUNW.scics,CAL-RG,LOG-HOST-RS,ics_svc_start]:\n      [ID 833212 daemon.info] Attempting to start the data service under \n      process monitor facility.\n";

    #[test]
    fn the_printed_samples_are_read_with_their_folds_undone() {
        let all = Message::all(PRINTED);
        let lines: Vec<String> = all.iter().map(Message::line).collect();
        assert_eq!(
            lines,
            [
                "Dec 11 18:24:46 mars debug CAL-RG cal-rs ics_svc_start: Groupname icsgroup exists.",
                "Dec 11 18:24:46 mars debug CAL-RG LOG-HOST-RS ics_svc_start: ICS_serverroot = /cal-svr-base",
                "Dec 11 15:55:52 Node1 error CAL-RG CalendarResource ics_svc_validate: Failed to get the configuration info",
                "Dec  1 18:24:46 Node1 info CAL-RG LOG-HOST-RS ics_svc_start: Attempting to start the data service under process monitor facility.",
            ]
        );
        assert_eq!(
            (all[2].id, all[2].severity, all[2].resource_type.as_str()),
            (Some(855_581), Some(Severity::Error), "SUNW.scics")
        );
    }

    #[test]
    fn what_is_no_message_of_a_method_is_passed_over() {
        for line in [
            "",
            "SC[a,b,c,d]: x",
            "Dec 11 18:24:46 n SC[a,b,c]: x",
            "Dec 32 18:24:46 n SC[a,b,c,d]: x",
            "Dec 11 18:24:46 n SC[a,b,c,d",
            "\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}",
        ] {
            assert!(Message::all(line).is_empty(), "{line:?}");
        }
        // Without a number or a severity it is a message all the same.
        assert_eq!(
            Message::all("Dec 11 18:24:46 n SC[a,b,c,d]: plain")[0].line(),
            "Dec 11 18:24:46 n - b c d: plain"
        );
    }
}
