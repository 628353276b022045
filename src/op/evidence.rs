//! What a check looked at, in a few words: what whoever reads of a difference wants to see beside
//! what was wanted. It decides nothing. In a script the same stands in `got` after the check.

use super::Check;
use super::asked::{file, flaws, told_about};
use super::region::last_value;
use crate::node::{HostError, Inspect};

impl Check {
    /// What stands where it looks, as far as one of its parts says so; of several the last.
    ///
    /// # Errors
    /// A host that cannot be asked.
    pub fn evidence(&self, host: &dyn Inspect) -> Result<Option<String>, HostError> {
        Ok(match self {
            Self::Not(check) => check.evidence(host)?,
            Self::All(checks) | Self::Any(checks) => match checks.last() {
                Some(last) => last.evidence(host)?,
                None => None,
            },

            Self::Sets { path, name, .. } => {
                let bytes = file(host, path)?.unwrap_or_default();
                last_value(&bytes, name)
            }
            Self::Names { path, besides, region } => {
                let bytes = file(host, path)?.unwrap_or_default();
                Some(region.named_in(&bytes, besides).join(", "))
            }
            Self::Leads { path, .. } | Self::LeadsInto { path, .. } | Self::Owned { path, .. } => {
                Some(host.stat(path)?.describe())
            }

            Self::Flawed { path, entry, flaw } => {
                let found = flaws(host, path, entry)?;
                let of_it = found.iter().filter(|(line, found)| found == flaw && *line > 0);
                let lines: Vec<String> = of_it.map(|(line, _)| format!("line {line}")).collect();
                Some(lines.join(", "))
            }
            Self::About { list, asked, words, among } => {
                Some(told_about(host, list, asked, words, *among)?.join(", "))
            }

            Self::Says { command, text } => {
                let output = host.query(command)?.text();
                let lines = output.lines().filter(|line| line.contains(text.as_str()));
                let mut lines: Vec<&str> = lines.map(str::trim).collect();
                lines.dedup();
                Some(lines.join(", "))
            }
            _ => None,
        })
    }

    /// What a line of `got` has to have in it to be shown.
    pub fn shown_with(&self) -> &str {
        match self {
            Self::Not(check) => check.shown_with(),
            Self::All(checks) | Self::Any(checks) => checks.last().map_or("", Self::shown_with),
            Self::Says { text, .. } => text,
            _ => "",
        }
    }
}
