//! What makes it wrong to append the HA block to an ics.conf as it stands.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::lines::{listed, not_text, numbered, without};
use super::shown::{printable, shown};
use super::{IcsConf, Parameter};
use crate::node::Sum;
use crate::op::trimmed;
use crate::problem::{Problem, WayOut, codes};

impl IcsConf {
    /// Why the block from the line `begin` to the line `end` must not be appended, or is not what
    /// it must be when it stands; each with its line as `{place}:{line}`. `text` is the whole block
    /// with both lines.
    ///
    /// Codes: `ics-conf.markers` (one of both lines is missing, doubled, in the wrong order or was
    /// changed), `ics-conf.block-changed`, `ics-conf.overridden` (a parameter of the block is set
    /// after it), `ics-conf.open-quote` (a value without closing quote swallows the block),
    /// `ics-conf.empty` (not a file that the configurator left), `file.not-text`.
    pub fn problems_for_block(
        &self,
        begin: &str,
        end: &str,
        text: &str,
        place: &str,
    ) -> Vec<Problem> {
        let at = |line: usize| format!("{place}:{line}");
        let mut problems = not_text(&self.bytes, place);

        let markers = Markers::of(&self.bytes, begin, end);
        if let Some((line, what)) = markers.damage(begin, end) {
            let remedy = "remove what is left of the block with both of its marker lines; calha \
                          writes it again";
            problems.push(
                Problem::new(codes::ICS_CONF_MARKERS, what)
                    .at(at(line))
                    .hint(remedy)
                    .section("6.6.3"),
            );
        }

        let block = markers.block();
        if let Some(block) = &block {
            problems.extend(
                self.changed(block, text, place).map(|(problem, line)| problem.at(at(line))),
            );
            problems.extend(
                self.overridden(block, text, place)
                    .into_iter()
                    .map(|(problem, line)| problem.at(at(line))),
            );
        }

        problems.extend(self.swallowed(block.as_ref()).map(|(problem, line)| problem.at(at(line))));

        if !self
            .parameters()
            .any(|parameter| block.as_ref().is_none_or(|block| !block.contains(&parameter.line)))
        {
            let what = "sets no parameter of its own; the configurator leaves a few hundred \
                        lines, so this is not its file";
            let remedy = "run the configurator, or look whether the shared file system is mounted \
                          and the config link leads there";
            problems.push(
                Problem::new(codes::ICS_CONF_EMPTY, what).at(place).hint(remedy).section("6.6.3"),
            );
        }

        Problem::sort(&mut problems);
        problems
    }

    /// The lines of the block, when both of its lines stand once and in order.
    pub(super) fn block_lines(&self, begin: &str, end: &str) -> Option<RangeInclusive<usize>> {
        Markers::of(&self.bytes, begin, end).block()
    }

    fn changed(
        &self,
        block: &RangeInclusive<usize>,
        text: &str,
        place: &str,
    ) -> Option<(Problem, usize)> {
        let mut found = numbered(&self.bytes).skip(block.start() - 1).take(block.clone().count());
        let mut wanted = numbered(text.as_bytes());

        loop {
            let (line, what) = match (found.next(), wanted.next()) {
                (None, None) => return None,
                (Some((_, found)), Some((_, wanted))) if found == wanted => continue,
                (Some((line, found)), Some((_, wanted))) => {
                    let (found, wanted) = (shown(found), printable(wanted));
                    (line, format!("the block was changed: '{found}' instead of '{wanted}'"))
                }
                (Some((line, found)), None) => {
                    (line, format!("the block was changed: '{}' was added", shown(found)))
                }
                (None, Some(_)) => {
                    (*block.end(), "the block was changed; lines are missing".to_string())
                }
            };

            let ways = [
                WayOut::by_hand("own changes go before the block; put the line back"),
                WayOut::on_its_node(
                    "or remove the block, and calha writes it again",
                    without(Sum::of(&self.bytes), place, std::slice::from_ref(block)),
                ),
            ];
            return Some((
                Problem::new(codes::ICS_CONF_BLOCK_CHANGED, what).choice(ways).section("6.6.3"),
                line,
            ));
        }
    }

    fn overridden(
        &self,
        block: &RangeInclusive<usize>,
        text: &str,
        place: &str,
    ) -> Vec<(Problem, usize)> {
        let ours = Self::parse(text.as_bytes());
        let mut later: BTreeMap<&str, Vec<Parameter<'_>>> = BTreeMap::new();
        for parameter in self.parameters().filter(|parameter| parameter.line > *block.end()) {
            later.entry(parameter.name).or_default().push(parameter);
        }

        let mut problems = Vec::new();
        for (name, set) in later {
            let (Some(last), Some(wanted)) = (set.last(), ours.value(name)) else { continue };

            let gone: Vec<_> = set.iter().map(|of| of.line..=of.last_line).collect();
            let lines: Vec<usize> = set.iter().map(|parameter| parameter.line).collect();
            let found = if last.value == wanted {
                format!("{name} to the same value")
            } else {
                let set = format!("{name}=\"{}\"", String::from_utf8_lossy(last.value));
                format!("{} instead of \"{}\"", shown(set.as_bytes()), printable(wanted))
            };
            let lines = listed(&lines);
            let what = format!("set again after the block, on {lines}: {found}; the last one wins");
            let away = without(Sum::of(&self.bytes), place, &gone);
            let ways =
                [WayOut::by_hand("put '!' before it"), WayOut::on_its_node("or remove it", away)];
            problems.push((
                Problem::new(codes::ICS_CONF_OVERRIDDEN, what).choice(ways).section("6.6.3"),
                last.line,
            ));
        }
        problems
    }

    /// A value that takes in the end of the file, where the block goes, or the block where it
    /// stands.
    fn swallowed(&self, block: Option<&RangeInclusive<usize>>) -> Option<(Problem, usize)> {
        let into = |block: &RangeInclusive<usize>| {
            let begin = *block.start();
            self.parameters().find(|p| p.line < begin && p.last_line >= begin).map(|p| p.line)
        };
        let line = self.open_quote.or_else(|| block.and_then(into))?;
        let what = "the quote that opens here is not closed, so that the HA block would become a \
                    part of the value";
        let remedy = "close the quote at the end of the line";
        Some((
            Problem::new(codes::ICS_CONF_OPEN_QUOTE, what).hint(remedy).section("appendix E"),
            line,
        ))
    }
}

/// Where the block's first and last line stand, and lines that only blanks, a carriage return or
/// the like keep from being one of them.
struct Markers {
    begin: Vec<usize>,
    end: Vec<usize>,
    nearly: Vec<usize>,
}

impl Markers {
    fn of(bytes: &[u8], begin: &str, end: &str) -> Self {
        let (begin, end) = (begin.as_bytes(), end.as_bytes());
        let mut found = Self { begin: Vec::new(), end: Vec::new(), nearly: Vec::new() };
        for (number, line) in numbered(bytes) {
            match line {
                _ if line == begin => found.begin.push(number),
                _ if line == end => found.end.push(number),
                _ if [begin, end].contains(&trimmed(line)) => found.nearly.push(number),
                _ => {}
            }
        }
        found
    }

    fn block(&self) -> Option<RangeInclusive<usize>> {
        match (&self.begin[..], &self.end[..], &self.nearly[..]) {
            ([begin], [end], []) if begin < end => Some(*begin..=*end),
            _ => None,
        }
    }

    /// The line to look at, and what is wrong with the markers.
    fn damage(&self, begin: &str, end: &str) -> Option<(usize, String)> {
        Some(match (&self.begin[..], &self.end[..], &self.nearly[..]) {
            (_, _, [line, ..]) => {
                let what = "the block's marker has blanks, a carriage return or the like around it";
                (*line, what.to_string())
            }
            ([], [], []) => return None,
            ([first], [last], []) if first < last => return None,
            ([first], [last], []) => {
                (*last, format!("the block's last line stands before its first, line {first}"))
            }
            (lines @ [_, second, ..], _, []) => {
                (*second, format!("the line '{begin}' stands on {}", listed(lines)))
            }
            (_, lines @ [_, second, ..], []) => {
                (*second, format!("the line '{end}' stands on {}", listed(lines)))
            }
            ([line], [], []) => (*line, format!("the block begins here and has no line '{end}'")),
            ([], [line], []) => (*line, format!("the block ends here and has no line '{begin}'")),
        })
    }
}
