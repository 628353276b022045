//! One message of a data service's method, in the forms of Sun Cluster 3.0 to 3.2 and later. A line
//! of anybody else is no message and no error.

use serde::Serialize;

use super::{Severity, Stamp};

/// A message of a data service's method: `SC[type,group,resource,method]` (6.10, scds_syslog(3HA)).
/// Sun Cluster 3.2 puts a field before these, `SC[,type:version,group,resource,method]`, that names
/// a zone cluster where the method runs in one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    pub at: Stamp,
    /// The host that wrote it, as syslogd names it.
    pub host: String,
    /// The zone cluster whose method wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone_cluster: Option<String>,
    /// `SUNW.scics`, `SUNW.HAStoragePlus:8`
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
    /// When a line was written, whoever wrote it.
    pub fn time(line: &str) -> Option<Stamp> {
        // `Dec 11 18:24:46` has a fixed width.
        line.split_at_checked(15)?.0.parse().ok()
    }

    /// A whole line; nothing where it is no message of a method.
    pub fn parse(line: &str) -> Option<Self> {
        let at = Self::time(line)?;
        let (_, rest) = line.split_at_checked(15)?;
        let (host, rest) = rest.trim_start().split_once(' ')?;
        let rest = rest.trim_start().strip_prefix("SC")?.trim_start().strip_prefix('[')?;
        let (names, rest) = rest.split_once(']')?;

        let names: Vec<&str> = names.split(',').map(str::trim).collect();
        let (zone_cluster, resource_type, group, resource, method) = match names[..] {
            [resource_type, group, resource, method] => {
                ("", resource_type, group, resource, method)
            }
            [zone_cluster, resource_type, group, resource, method] => {
                (zone_cluster, resource_type, group, resource, method)
            }
            _ => return None,
        };

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
            zone_cluster: Some(own(zone_cluster)).filter(|name| !name.is_empty()),
            resource_type: own(resource_type),
            group: own(group),
            resource: own(resource),
            method: own(method),
            id,
            severity,
            text: own(text),
        })
    }

    /// The message as one line for people; a zone cluster's group as its commands call it.
    pub fn line(&self) -> String {
        let zone = self.zone_cluster.as_ref().map(|name| format!("{name}:")).unwrap_or_default();
        let severity = self.severity.map_or_else(|| "-".to_owned(), |s| s.to_string());
        format!(
            "{} {} {severity} {zone}{} {} {}: {}",
            self.at, self.host, self.group, self.resource, self.method, self.text
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Message;
    use crate::cluster::log::{Lines, Severity};

    fn all(log: &str) -> Vec<Message> {
        let (mut lines, mut all) = (Lines::default(), Vec::new());
        let mut take = |line: &str| all.extend(Message::parse(line));
        lines.feed(log.as_bytes(), &mut take);
        lines.close(&mut take);
        all
    }

    /// The samples of 6.10, folded as they are printed there.
    const PRINTED: &str = "Dec 11 18:24:46 mars SC[SUNW.scics,CAL-RG,cal-rs,ics_svc_start]: \
                           \n     [ID 831728 daemon.debug] Groupname icsgroup exists.\n\
                           Dec 11 18:24:46 mars SC[SUNW.scics,CAL-RG,LOG-HOST-RS,ics_svc_start]: \
                           \n     [ID 244341 daemon.debug] ICS_serverroot = /cal-svr-base\n\
                           Dec 11 18:24:47 mars genunix: [ID 1 kern.notice] something else\n\
                           Dec 11 15:55:52 Node1 SC\n      \
                           [SUNW.scics,CAL-RG,CalendarResource,ics_svc_validate]:\n      \
                           [ID 855581 daemon.error] Failed to get the configuration info\n\
                           Dec  1 18:24:46 Node1 SC\n      \
                           [SUNW.scics,CAL-RG,LOG-HOST-RS,ics_svc_start]:\n      \
                           [ID 833212 daemon.info] Attempting to start the data service under \
                           \n      process monitor facility.\n";

    #[test]
    fn the_printed_samples_are_read_with_their_folds_undone() {
        let all = all(PRINTED);
        let lines: Vec<String> = all.iter().map(Message::line).collect();
        assert_eq!(
            lines,
            [
                "Dec 11 18:24:46 mars debug CAL-RG cal-rs ics_svc_start: Groupname icsgroup \
                 exists.",
                "Dec 11 18:24:46 mars debug CAL-RG LOG-HOST-RS ics_svc_start: ICS_serverroot = \
                 /cal-svr-base",
                "Dec 11 15:55:52 Node1 error CAL-RG CalendarResource ics_svc_validate: Failed to \
                 get the configuration info",
                "Dec  1 18:24:46 Node1 info CAL-RG LOG-HOST-RS ics_svc_start: Attempting to start \
                 the data service under process monitor facility.",
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
            "Dec 11 18:24:46 n SC[z,a,b,c,d,e]: x",
            "Dec 32 18:24:46 n SC[a,b,c,d]: x",
            "Dec 11 18:24:46 n SC[a,b,c,d",
            "\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}",
        ] {
            assert!(Message::parse(line).is_none(), "{line:?}");
        }
        // Without a number or a severity it is a message all the same.
        assert_eq!(
            Message::parse("Dec 11 18:24:46 n SC[a,b,c,d]: plain").unwrap().line(),
            "Dec 11 18:24:46 n - b c d: plain"
        );
    }

    #[test]
    fn a_release_that_names_zone_clusters_is_read_as_well() {
        let read = |names: &str| {
            let line = format!("Aug 17 22:23:28 node1 SC[{names}]: [ID 148650 daemon.notice] text");
            Message::parse(&line).unwrap()
        };
        let global = read(",SUNW.HAStoragePlus:8,cal-rg,cal-hasp,hastorageplus_prenet_start");
        assert_eq!(
            (global.zone_cluster.as_deref(), global.resource_type.as_str(), global.group.as_str()),
            (None, "SUNW.HAStoragePlus:8", "cal-rg")
        );
        let zone = read("zc1,SUNW.scics:1,cal-rg,cal-svr,ics_svc_start");
        assert_eq!(zone.zone_cluster.as_deref(), Some("zc1"));
        assert_eq!(
            zone.line(),
            "Aug 17 22:23:28 node1 notice zc1:cal-rg cal-svr ics_svc_start: text"
        );
    }
}
