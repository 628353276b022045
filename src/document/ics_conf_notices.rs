//! What an administrator should know of an ics.conf before the HA block goes in, though it keeps
//! nobody from it.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::ics_conf::Stray;
use super::lines::{carriage_returns, lines_end, listed};
use super::shown::printable;
use super::{IcsConf, Parameter, mask};
use crate::problem::{Code, Problem, codes};

impl IcsConf {
    /// What is worth showing and no reason to stop, in the form of problems; the arguments are
    /// those of [`problems_for_block`](Self::problems_for_block), `physical` the names and
    /// addresses of the nodes.
    ///
    /// Codes: `ics-conf.superseded` (set before the block, which wins), `ics-conf.not-an-option`
    /// (an indented or capitalised line, which is no parameter), `ics-conf.physical-host` (another
    /// parameter speaks of a node), `ics-conf.long-quote` (a quote closes on a later line only),
    /// `ics-conf.crlf`, `ics-conf.byte-order-mark`, `ics-conf.typographic-quote`,
    /// `ics-conf.value-elsewhere` (nothing behind the `=`, and the next line is no parameter).
    pub fn notices_for_block(
        &self,
        begin: &str,
        end: &str,
        text: &str,
        physical: &[&str],
        place: &str,
    ) -> Vec<Problem> {
        let ours = Self::parse(text.as_bytes());
        let block = self.block_lines(begin, end);

        // Once the block stands a parameter before it is meant to be there.
        let mut notices = if block.is_none() { self.superseded(&ours, place) } else { Vec::new() };
        notices.extend(self.stray_lines(place));
        notices.extend(self.nodes_by_name(&ours, block.as_ref(), physical, place));
        notices.extend(self.long_quotes(place));
        notices.extend(self.dos_lines(place));
        notices.extend(self.misspelt(place));
        Problem::sort(&mut notices);
        notices
    }

    fn stray_lines(&self, place: &str) -> Vec<Problem> {
        let remedy = "remove the blanks if it is meant, or put '!' before it";
        let told = |stray: &Stray| {
            let what = format!(
                "{} is not a parameter here: one starts in the first column, in lower case",
                printable(stray.name.as_bytes())
            );
            notice(codes::ICS_CONF_NOT_AN_OPTION, place, stray.line, what, remedy)
        };
        self.strays.iter().map(told).collect()
    }

    /// Parameters that name a node, except those of the block or that it sets again.
    fn nodes_by_name(
        &self,
        ours: &Self,
        block: Option<&RangeInclusive<usize>>,
        physical: &[&str],
        place: &str,
    ) -> Vec<Problem> {
        let remedy = "write the logical host there if the value must follow the service";
        let inside = |line: usize| block.is_some_and(|block| block.contains(&line));
        let named = self.physical_names(physical).into_iter();
        named
            .filter(|(line, name, _)| !inside(*line) && ours.value(name).is_none())
            .map(|(line, name, value)| {
                let text = format!("{name} = \"{}\"", String::from_utf8_lossy(value));
                let shown = printable(mask(&text).as_bytes());
                let what = format!("speaks of a node where the logical host may be meant: {shown}");
                notice(codes::ICS_CONF_PHYSICAL_HOST, place, line, what, remedy)
            })
            .collect()
    }

    fn long_quotes(&self, place: &str) -> Vec<Problem> {
        let remedy = "close it on its line; the lines between are not parameters as they stand";
        let long = self.parameters().filter(|parameter| parameter.last_line > parameter.line);
        long.map(|Parameter { line, last_line, name, .. }| {
            let what = format!("the quote of {name} closes on line {last_line} only");
            notice(codes::ICS_CONF_LONG_QUOTE, place, line, what, remedy)
        })
        .collect()
    }

    fn dos_lines(&self, place: &str) -> Option<Problem> {
        let (line, count) = carriage_returns(&self.bytes, |_| true)?;
        let what = format!("{} in a carriage return; the block's lines do not", lines_end(count));
        let remedy = "remove them, for example with dos2unix -ascii, if the server takes them for \
                      a part of values";
        Some(notice(codes::ICS_CONF_CRLF, place, line, what, remedy))
    }

    fn superseded(&self, ours: &Self, place: &str) -> Vec<Problem> {
        let mut before: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for parameter in self.parameters().filter(|p| ours.value(p.name).is_some()) {
            before.entry(parameter.name).or_default().push(parameter.line);
        }

        let notice = |(name, lines): (&str, Vec<usize>)| {
            let what = format!(
                "{name} is also set before the block, on {}; the block wins",
                listed(&lines)
            );
            let remedy = "nothing need be done: the last one counts, and with the block gone this \
                          one counts again";
            let first = lines.first().copied().unwrap_or_default();
            Problem::new(codes::ICS_CONF_SUPERSEDED, what)
                .at(format!("{place}:{first}"))
                .hint(remedy)
                .section("6.6.3")
        };
        before.into_iter().map(notice).collect()
    }
}

fn notice(code: Code, place: &str, line: usize, what: String, remedy: &str) -> Problem {
    Problem::new(code, what).at(format!("{place}:{line}")).hint(remedy).section("appendix E")
}
