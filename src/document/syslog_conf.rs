//! /etc/syslog.conf as calha sees it: what makes it wrong for an entry of ours, and what is worth
//! knowing of the rest. Not for what syslogd does with it.

use super::lines::{carriage_returns, lines_end, listed, not_text, numbered};
use super::m4_opening::m4_opening;
use super::shown::printable;
use crate::op::Likeness;
use crate::problem::{Code, Problem, codes};

/// /etc/syslog.conf, read: entries of a selector and an action (syslog.conf(4)), and lines for
/// m4(1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyslogConf {
    bytes: Vec<u8>,
}

impl SyslogConf {
    /// Takes any bytes; what is wrong with them is said by [`problems_for`](Self::problems_for).
    pub fn parse(bytes: &[u8]) -> Self {
        Self { bytes: bytes.to_vec() }
    }

    /// Why the entry `line` must not be appended, or is wrong where it stands; each with its line
    /// as `{place}:{line}`.
    ///
    /// Codes: `syslog-conf.duplicate` (it stands more than once), `file.not-text`.
    pub fn problems_for(&self, line: &str, place: &str) -> Vec<Problem> {
        let mut problems = not_text(&self.bytes, place);
        let same: Vec<usize> = self
            .entries()
            .filter(|(_, entry)| Likeness::of(entry, line) == Likeness::Same)
            .map(|(number, _)| number)
            .collect();
        if let [_, second, ..] = same[..] {
            let what = format!("the entry stands more than once: {}", listed(&same));
            problems.push(
                Problem::new(codes::SYSLOG_CONF_DUPLICATE, what)
                    .at(format!("{place}:{second}"))
                    .hint("leave one of these lines and remove the others")
                    .section("syslog.conf(4)"),
            );
        }
        Problem::sort(&mut problems);
        problems
    }

    /// What is worth showing and no reason to stop, in the form of problems.
    ///
    /// Codes: `syslog-conf.other` (another line has the same file), `syslog-conf.blanks`,
    /// `syslog-conf.crlf`, `syslog-conf.open-macro` (m4(1) takes what is appended for a part of a
    /// macro).
    pub fn notices_for(&self, line: &str, place: &str) -> Vec<Problem> {
        let mut notices = Vec::new();
        let mut add = |code: Code, line: usize, what: String, remedy: &str, section: &str| {
            notices.push(
                Problem::new(code, what)
                    .at(format!("{place}:{line}"))
                    .hint(remedy)
                    .section(section),
            );
        };

        for (number, entry) in self.entries() {
            let words: Vec<&[u8]> =
                entry.split(|b| b" \t\r".contains(b)).filter(|word| !word.is_empty()).collect();
            let [selector, .., file] = words[..] else { continue };

            if Likeness::of(entry, line) == Likeness::Related {
                let what = format!("{} goes to {} already", printable(selector), printable(file));
                let remedy =
                    "calha leaves that line as it is; what both lines select is written twice";
                add(codes::SYSLOG_CONF_OTHER, number, what, remedy, "6.10");
            }

            if !entry.contains(&b'\t') {
                let what = "selector and action are separated by blanks; syslogd wants a TAB";
                let remedy = "the entry may be without effect; calha leaves it as it is";
                add(codes::SYSLOG_CONF_BLANKS, number, what.into(), remedy, "6.10, E61");
            }
        }

        if let Some((first, count)) = carriage_returns(&self.bytes, |_| true) {
            let what = format!(
                "{} in a carriage return, which syslogd may take for a part of the file's name",
                lines_end(count)
            );
            let remedy = "remove them, for example with dos2unix -ascii; calha leaves them";
            add(codes::SYSLOG_CONF_CRLF, first, what, remedy, "syslog.conf(4)");
        }

        if let Some(open) = m4_opening(&self.bytes) {
            let what = "what m4(1) reads from here on is not closed: it would take in calha's \
                        entry, which is appended";
            let remedy = "close the parenthesis or the quote, then kill -HUP syslogd";
            add(codes::SYSLOG_CONF_OPEN_MACRO, open, what.into(), remedy, "syslog.conf(4)");
        }

        Problem::sort(&mut notices);
        notices
    }

    /// Lines that are neither blank nor comments nor for m4(1) alone, with their numbers.
    fn entries(&self) -> impl Iterator<Item = (usize, &[u8])> {
        numbered(&self.bytes).filter(|(_, line)| {
            let text = line.trim_ascii();
            !text.is_empty()
                && !line.starts_with(b"#")
                && !line.starts_with(b"ifdef")
                && !line.starts_with(b")")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::SyslogConf;
    use crate::problem::Problem;

    const ENTRY: &str = "daemon.debug\t/var/adm/clusterlog";
    const PLACE: &str = "/etc/syslog.conf";

    fn said(problems: Vec<Problem>) -> Vec<String> {
        problems
            .into_iter()
            .map(|p| format!("{} {}", p.place.map(String::from).unwrap_or_default(), p.code))
            .collect()
    }

    fn notices(text: &str) -> Vec<String> {
        said(SyslogConf::parse(text.as_bytes()).notices_for(ENTRY, PLACE))
    }

    #[test]
    fn entries_that_meet_ours_and_entries_without_a_tab_are_told() {
        let text = "#ident\n\
                    *.err;kern.notice\t\t/dev/sysmsg\n\
                    daemon.debug /var/adm/clusterlog\n\
                    ifdef(`LOGHOST', ,\n\
                    user.err\t\t/dev/sysmsg\n\
                    )\n";
        let expected =
            ["/etc/syslog.conf:3 syslog-conf.other", "/etc/syslog.conf:3 syslog-conf.blanks"];
        assert_eq!(notices(text), expected);
        for own in [ENTRY, "daemon.debug\t\t/var/adm/clusterlog "] {
            assert!(notices(&format!("{own}\n")).is_empty(), "{own:?}: our own line");
        }
    }

    #[test]
    fn what_would_take_the_entry_in_is_told() {
        let open = "*.err\t/dev/sysmsg\nifdef(`LOGHOST', ,\nuser.err\t/dev/sysmsg\n";
        assert_eq!(notices(open), ["/etc/syslog.conf:2 syslog-conf.open-macro"]);
        assert_eq!(notices("#\n*.err\t/x\r\n"), ["/etc/syslog.conf:2 syslog-conf.crlf"]);
    }

    #[test]
    fn an_entry_that_stands_twice_is_a_problem() {
        let problems =
            |text: &str| said(SyslogConf::parse(text.as_bytes()).problems_for(ENTRY, PLACE));
        let twice = format!("{ENTRY}\nx\t/y\ndaemon.debug\t\t/var/adm/clusterlog\n");
        assert_eq!(problems(&twice), ["/etc/syslog.conf:3 syslog-conf.duplicate"]);
        assert!(
            problems(&format!("{ENTRY}\n#{ENTRY}\ndaemon.info\t/var/adm/clusterlog\n")).is_empty()
        );
        assert_eq!(problems("\0\n"), ["/etc/syslog.conf:1 file.not-text"]);
    }
}
