//! Reads what csconfigurator.sh printed: the tasks that passed and failed, its final sentence,
//! its log. It reads any bytes, and output without the final sentence is no success. What
//! follows from a failure is the configurator step's affair.

/// What csconfigurator.sh printed, read (6.11).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfiguratorReport {
    /// Commands of the tasks that passed, whatever their status: 9 of groupadd means that the group
    /// is there (E65).
    pub passed: Vec<String>,
    /// Those that failed.
    pub failed: Vec<String>,
    /// Whether its final sentence says that all passed; `None` when it never came to it.
    pub all_passed: Option<bool>,
    /// The log that it names.
    pub log: Option<String>,
}

/// What it says at its end when a task failed.
pub(super) const SOME_FAILED: [&str; 2] = ["Some Tasks Failed", "일부 작업이 실패했습니다"];

/// What it says at its end: English, and Korean as in the guide's own sample.
const ENDINGS: [(&str, bool); 4] = [
    ("All Tasks Passed", true),
    ("모든 작업이 성공했습니다", true),
    (SOME_FAILED[0], false),
    (SOME_FAILED[1], false),
];

impl ConfiguratorReport {
    /// Reads its output or its log, whatever the bytes. Long lines are folded there: what follows a
    /// verdict belongs to it up to its status.
    pub fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes).replace('\r', "");
        let mut report = Self::default();
        let mut lines = text.lines().peekable();

        while let Some(line) = lines.next() {
            if let Some((list, rest)) = report.verdict(line) {
                let mut words = rest.trim().to_owned();
                let mut looked_at = 0;
                while !has_status(&words.as_bytes()[looked_at..]) {
                    match lines.peek() {
                        Some(next) if !next.trim().is_empty() && !starts_anew(next) => {
                            looked_at = words.len().saturating_sub(STATUS.len());
                            words.push(' ');
                            words.push_str(next.trim());
                            lines.next();
                        }
                        _ => break,
                    }
                }
                list.push(words);
            } else if let Some((_, passed)) =
                ENDINGS.iter().find(|(sentence, _)| line.contains(sentence))
            {
                report.all_passed = Some(*passed);
            }

            if report.log.is_none() && report.all_passed.is_some() {
                report.log = path_in(line);
            }
        }
        report
    }

    /// The list that a line's verdict belongs to, and what follows the word.
    fn verdict<'l>(&mut self, line: &'l str) -> Option<(&mut Vec<String>, &'l str)> {
        if let Some(rest) = line.strip_prefix("PASSED:") {
            return Some((&mut self.passed, rest));
        }
        line.strip_prefix("FAILED:").map(|rest| (&mut self.failed, rest))
    }

    /// Whether anything in it says that it failed.
    pub fn is_failure(&self) -> bool {
        self.all_passed == Some(false) || !self.failed.is_empty()
    }

    /// Whether it came to its end and every task passed.
    pub fn is_success(&self) -> bool {
        self.all_passed == Some(true) && self.failed.is_empty() && !self.passed.is_empty()
    }
}

/// What a task's status follows.
const STATUS: &[u8] = b": status =";

fn has_status(words: &[u8]) -> bool {
    words.windows(STATUS.len()).any(|part| part == STATUS)
}

fn starts_anew(line: &str) -> bool {
    line.starts_with("PASSED:")
        || line.starts_with("FAILED:")
        || ENDINGS.iter().any(|(sentence, _)| line.contains(sentence))
}

/// The first absolute path in a line, up to a blank or what no file name there contains.
fn path_in(line: &str) -> Option<String> {
    let start = line.find("/var/")?;
    let rest = &line[start..];
    let end = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || "/_.-".contains(c)))
        .unwrap_or(rest.len());
    Some(rest[..end].trim_end_matches('.').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of the guide's own sample (6.11) that matter, folded as it folds them.
    const SAMPLE: &str = include_str!("../../tests/fixtures/configurator-ko.txt");

    #[test]
    fn the_guides_own_sample_is_a_success() {
        let report = ConfiguratorReport::parse(SAMPLE.as_bytes());
        assert!(report.is_success(), "{report:?}");
        assert_eq!(report.passed.len(), 6);
        assert_eq!(report.passed[1], "/usr/sbin/groupadd icsgroup : status = 9");
        assert_eq!(
            report.passed[0],
            "/bin/rm -f /opt/Node2/SUNWics5/cal/config /opt/Node2/SUNWics5/cal/data : status = 0"
        );
        assert_eq!(
            report.log.as_deref(),
            Some("/var/sadm/install/logs/Sun_Java_System_Calendar_Server_install.B12181533")
        );
    }

    #[test]
    fn a_failed_task_and_a_missing_end_are_no_success() {
        let failed = SAMPLE.replacen("PASSED:", "FAILED:", 1);
        assert!(!ConfiguratorReport::parse(failed.as_bytes()).is_success());
        let cut = &SAMPLE[..SAMPLE.find("모든").unwrap()];
        assert_eq!(ConfiguratorReport::parse(cut.as_bytes()).all_passed, None);
        assert!(!ConfiguratorReport::parse(b"All Tasks Passed").is_success(), "no task at all");
    }
}
