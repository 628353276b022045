//! What an administrator should know of an ics.conf before the HA block goes in, though it keeps
//! nobody from it.

use std::collections::BTreeMap;

use super::lines::{carriage_returns, lines_end, listed};
use super::shown::printable;
use super::{IcsConf, mask};
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
        let inside = |line: usize| block.as_ref().is_some_and(|block| block.contains(&line));
        let start = block.as_ref().map_or(usize::MAX, |block| *block.start());
        // Once the block stands that is how it is meant to be.
        let mut notices =
            if block.is_none() { self.superseded(&ours, start, place) } else { Vec::new() };
        let mut add = |code: Code, line: usize, what: String, remedy: &str| {
            notices.push(
                Problem::new(code, what)
                    .at(format!("{place}:{line}"))
                    .hint(remedy)
                    .section("appendix E"),
            );
        };
        for stray in &self.strays {
            let what = format!(
                "{} is no parameter here: one starts in the first column, in lower case",
                printable(stray.name.as_bytes())
            );
            add(
                codes::ICS_CONF_NOT_AN_OPTION,
                stray.line,
                what,
                "take the blanks away if it is meant, or put '!' before it",
            );
        }
        for (line, name, value) in self.physical_names(physical) {
            if !inside(line) && ours.value(name).is_none() {
                let shown = printable(
                    mask(&format!("{name} = \"{}\"", String::from_utf8_lossy(value))).as_bytes(),
                );
                let what = format!("speaks of a node where the logical host may be meant: {shown}");
                add(
                    codes::ICS_CONF_PHYSICAL_HOST,
                    line,
                    what,
                    "write the logical host there if the value must follow the service",
                );
            }
        }
        for parameter in self.parameters().filter(|parameter| parameter.last_line > parameter.line)
        {
            let what = format!(
                "the quote of {} closes on line {} only",
                parameter.name, parameter.last_line
            );
            add(
                codes::ICS_CONF_LONG_QUOTE,
                parameter.line,
                what,
                "close it on its line; the lines between are no parameters as they stand",
            );
        }
        if let Some((line, count)) = carriage_returns(&self.bytes, |_| true) {
            let what =
                format!("{} in a carriage return; the block's lines do not", lines_end(count));
            add(
                codes::ICS_CONF_CRLF,
                line,
                what,
                "remove them, for example with dos2unix -ascii, if the server takes them for a \
                 part of values",
            );
        }
        notices.extend(self.misspelt(place));
        Problem::sort(&mut notices);
        notices
    }

    fn superseded(&self, ours: &Self, start: usize, place: &str) -> Vec<Problem> {
        let mut before: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for parameter in
            self.parameters().filter(|p| p.line < start && ours.value(p.name).is_some())
        {
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
