use super::printable::printable;
use crate::problem::Problem;

/// /etc/syslog.conf, read: entries of a selector and an action (syslog.conf(4)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyslogConf {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    line: usize,
    selector: String,
    action: String,
    /// Only blanks separate the two, no TAB.
    blanks: bool,
}

impl SyslogConf {
    /// Reads the text. Comments and the lines of m4(1) that this file may have are no entries.
    pub fn parse(text: &str) -> Self {
        let mut entries = Vec::new();
        for (at, line) in text.lines().enumerate() {
            let line = line.trim_end_matches('\r');
            let about_nothing = line.trim().is_empty()
                || line.starts_with('#')
                || line.starts_with("ifdef")
                || line.starts_with(')');
            let Some(cut) = line.find(['\t', ' ']).filter(|_| !about_nothing) else { continue };
            let (selector, rest) = line.split_at(cut);
            let action = rest.trim_start();
            let between = &rest[..rest.len() - action.len()];
            entries.push(Entry {
                line: at + 1,
                selector: selector.to_owned(),
                action: action.trim_end().to_owned(),
                blanks: !between.contains('\t'),
            });
        }
        Self { entries }
    }

    /// What is worth knowing before messages of daemons are sent to `file`.
    pub fn notices_for(&self, file: &str) -> Vec<Problem> {
        let mut notices = Vec::new();
        for entry in &self.entries {
            let place = format!("/etc/syslog.conf:{}", entry.line);
            if entry.action == file && (entry.blanks || entry.selector != "daemon.debug") {
                let what =
                    format!("{} goes to {file} already", printable(entry.selector.as_bytes()));
                notices.push(Problem::new("syslog-conf.other", what).at(place.clone()).hint(
                    "calha leaves that line as it is; what both lines select is written twice",
                ));
            }
            if entry.blanks {
                notices.push(
                    Problem::new(
                        "syslog-conf.blanks",
                        "selector and action are separated by blanks; syslogd wants a TAB",
                    )
                    .at(place)
                    .hint("the entry may be without effect; calha leaves it as it is")
                    .section("6.10, E61"),
                );
            }
        }
        notices
    }
}

#[cfg(test)]
mod tests {
    use super::SyslogConf;

    #[test]
    fn entries_that_meet_ours_and_entries_without_a_tab_are_told() {
        let text = "#ident\n*.err;kern.notice\t\t/dev/sysmsg\ndaemon.debug /var/adm/clusterlog\nifdef(`LOGHOST', ,\nuser.err\t\t/dev/sysmsg\n)\n";
        let notices = SyslogConf::parse(text).notices_for("/var/adm/clusterlog");
        let said: Vec<(String, String)> = notices
            .into_iter()
            .map(|p| (p.code, p.place.map(String::from).unwrap_or_default()))
            .collect();
        assert_eq!(
            said,
            [
                ("syslog-conf.other".to_owned(), "/etc/syslog.conf:3".to_owned()),
                ("syslog-conf.blanks".to_owned(), "/etc/syslog.conf:3".to_owned())
            ]
        );
        let own = SyslogConf::parse("daemon.debug\t/var/adm/clusterlog\n");
        assert!(own.notices_for("/var/adm/clusterlog").is_empty(), "our own line");
    }
}
