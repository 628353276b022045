//! One thing that is wrong, with its place, its remedy and the section that says why. It reads the
//! same on a terminal, in JSON and in a journal. A problem is a finding, not a failure of the
//! program: where it was found decides what happens, and the effect of its code whether `--accept`
//! helps.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Code, StepCode, WayOut};

/// Something that keeps calha from going on. Problems are collected and shown together, never one
/// at a time.
///
/// Most of its texts are boxed slices to keep it small enough for the error side of a `Result`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Stable, in kebab case with dots (`setting.missing`): for scripts, and for `--accept`.
    pub code: String,
    /// What is wrong, in one sentence; an excerpt may follow on lines of its own.
    pub what: String,
    /// Where: `profiles/site.toml:14`, `--set`, a path.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub place: Option<Box<str>>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub remedy: Option<Box<str>>,
    /// The ways that the remedy names, where there are several: whoever takes one takes no other.
    #[serde(skip)]
    pub ways: Option<Box<[WayOut; 2]>>,
    /// The node it was seen on.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub node: Option<Box<str>>,
    /// The section, table or erratum that says why.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub section: Option<Box<str>>,
}

/// The end of a remedy: a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending<'r> {
    pub before: &'r str,
    pub command: &'r str,
    /// Whether it is typed on the node of the problem, and not on this machine.
    pub is_on_its_node: bool,
}

impl Problem {
    /// A problem known only by its code and what is wrong.
    pub fn new(code: Code, what: impl Into<String>) -> Self {
        Self::known_as(code.into(), what.into())
    }

    /// The same, of one step.
    pub fn of_step(code: StepCode, step: &str, what: impl Into<String>) -> Self {
        Self::known_as(code.of(step), what.into())
    }

    fn known_as(code: String, what: String) -> Self {
        Self { code, what, place: None, remedy: None, ways: None, node: None, section: None }
    }

    /// The same, found at `place`.
    pub fn at(self, place: impl Into<Box<str>>) -> Self {
        Self { place: Some(place.into()), ..self }
    }

    /// The same, with what to do about it.
    pub fn hint(self, remedy: impl Into<Box<str>>) -> Self {
        Self { remedy: Some(remedy.into()), ways: None, ..self }
    }

    /// What stands before the second of two ways.
    pub const OTHER: &str = "        ";

    /// The same, with two things to do about it, of which somebody chooses one.
    pub fn choice(self, ways: [WayOut; 2]) -> Self {
        let told = ways.iter().map(WayOut::told).collect::<Vec<_>>().join("; ");
        Self { remedy: Some(told.into()), ways: Some(Box::new(ways)), ..self }
    }

    /// The command that the remedy ends in, or the first of its ways that has one, as it is typed,
    /// with what stands before it.
    pub fn command(&self) -> Option<Ending<'_>> {
        if let Some(ways) = &self.ways {
            return ways.iter().find_map(|way| {
                let command = way.command.as_deref()?;
                Some(Ending { before: &way.what, command, is_on_its_node: way.is_on_its_node })
            });
        }
        let remedy = self.remedy.as_deref()?;
        if let Some((before, command)) = remedy.split_once("on this node: ") {
            return Some(Ending { before: before.trim(), command, is_on_its_node: true });
        }
        let at = remedy.find(": calha ")?;
        let (before, command) = (&remedy[..at], &remedy[at + 2..]);
        Some(Ending { before, command, is_on_its_node: false })
    }

    /// The same, seen on `node`.
    pub fn on(self, node: impl Into<Box<str>>) -> Self {
        Self { node: Some(node.into()), ..self }
    }

    /// The same, with the section or erratum that says why.
    pub fn section(self, section: impl Into<Box<str>>) -> Self {
        Self { section: Some(section.into()), ..self }
    }

    /// Puts problems into the order of the files they were found in; those without a line follow,
    /// in the order given.
    pub fn sort(problems: &mut [Self]) {
        problems.sort_by_cached_key(|problem| {
            let mut parts = problem.place.as_deref().unwrap_or("").split(':');
            let file = parts.next().unwrap_or("").to_string();
            let mut number = || parts.next().and_then(|part| part.parse::<usize>().ok());
            let line = number();
            (line.is_none(), file, line, number())
        });
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in [self.place.as_deref(), self.node.as_deref()].into_iter().flatten() {
            write!(f, "{part}: ")?;
        }
        f.write_str(&self.what)?;
        match (&self.ways, &self.remedy) {
            // Each ends in its own command.
            (Some(ways), _) => {
                let [one, other] = ways.each_ref().map(WayOut::told);
                write!(f, "\n  hint: {one}\n{}{other}", Self::OTHER)?;
            }
            (None, Some(remedy)) => write!(f, "\n  hint: {remedy}")?,
            (None, None) => {}
        }
        if let Some(section) = self.section.as_ref().filter(|section| !section.is_empty()) {
            write!(f, "\n  see: {section}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}

#[cfg(test)]
mod tests {
    use super::Problem;
    use crate::problem::codes;

    #[test]
    fn says_where_what_and_what_to_do() {
        let problem = Problem::new(codes::SETTING_MISSING, "account.uid is missing")
            .at("site.toml:3")
            .hint("add it")
            .section("E71");
        assert_eq!(
            problem.to_string(),
            "site.toml:3: account.uid is missing\n  hint: add it\n  see: E71"
        );
    }

    #[test]
    fn what_no_section_says_is_not_announced() {
        let problem = Problem::new(codes::SETTING_NAME, "it is so").section("");
        assert_eq!(problem.to_string(), "it is so");
    }

    #[test]
    fn sorts_by_line_as_a_number_and_keeps_the_rest_last() {
        let at = |place: &str| Problem::new(codes::SETTING_NAME, "y").at(place);
        let mut problems = vec![at("--set"), at("a:10"), at("a:9:2"), at("a:9:1")];
        Problem::sort(&mut problems);
        let places: Vec<_> = problems.iter().filter_map(|p| p.place.as_deref()).collect();
        assert_eq!(places, ["a:9:1", "a:9:2", "a:10", "--set"]);
    }
}
