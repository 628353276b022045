//! A unified diff of a document for people. Values of credentials are masked and control characters
//! spelt out, because what stands in a file is not trusted. It is never applied to anything: edits
//! are operations.

use std::fmt::Write;
use std::ops::Range;

use similar::{Algorithm, ChangeTag, DiffOp, capture_diff_slices, group_diff_ops};

use super::mask::is_credential;
use super::{IcsConf, mask};
use crate::text::on_one_line;

/// Lines of context around a change.
const CONTEXT: usize = 3;

/// With more lines than these between the first and the last difference, comparing them one by one
/// takes longer than anybody waits.
const MOST_LINES: usize = 6000;

/// A unified diff for people: values of credentials are masked, control characters spelt out, other
/// bytes than UTF-8 replaced. Empty when nothing differs. Lines are compared as bytes, so that two
/// lines may look the same here and differ.
///
/// Files that differ all over are not compared line by line; the diff says so, and from which line
/// on.
pub fn diff(before: &[u8], after: &[u8], path: &str) -> String {
    if before == after {
        return String::new();
    }
    let path = on_one_line(path);
    let mut out = format!("--- {path}\n+++ {path}\n");

    let start = with_context_before(before, common_start(before, after));
    let tail = common_end(&before[start..], &after[start..]);
    let tail = with_context_after(before, tail);
    let (old, new) = (start..before.len() - tail, start..after.len() - tail);

    let first = newlines(&before[..start]);
    let (removed, added) = (newlines(&before[old.clone()]), newlines(&after[new.clone()]));

    if removed + added > MOST_LINES {
        // Writing into a String cannot fail, here and below.
        let _ = writeln!(
            out,
            "# from line {} on {removed} lines become {added}: too many to compare one by one",
            first + 1
        );
        return out;
    }

    let (old, new) = (Side::of(before, old, first), Side::of(after, new, first));
    let ops = capture_diff_slices(Algorithm::Myers, &old.lines, &new.lines);
    for group in group_diff_ops(ops, CONTEXT) {
        hunk(&mut out, &group, &old, &new);
    }
    out
}

/// The part of one file that is compared.
struct Side<'a> {
    /// With their newlines.
    lines: Vec<&'a [u8]>,
    /// How many lines stand before them.
    first: usize,
    /// Lines, counted from 0 in the file, that a value of a credential runs on to.
    hidden: Vec<Range<usize>>,
}

impl<'a> Side<'a> {
    fn of(bytes: &'a [u8], part: Range<usize>, first: usize) -> Self {
        let conf = IcsConf::parse(bytes);
        let runs_on = |p: &super::Parameter<'_>| p.last_line > p.line && is_credential(p.name);
        let hidden = conf.parameters().filter(runs_on).map(|p| p.line..p.last_line).collect();
        Self { lines: bytes[part].split_inclusive(|&b| b == b'\n').collect(), first, hidden }
    }

    /// The line as it may be shown, without newline.
    fn show(&self, index: usize) -> String {
        if self.hidden.iter().any(|lines| lines.contains(&(self.first + index))) {
            return "****".to_string();
        }
        let line = self.lines[index];
        on_one_line(&mask(&String::from_utf8_lossy(line.strip_suffix(b"\n").unwrap_or(line))))
    }
}

fn hunk(out: &mut String, ops: &[DiffOp], old: &Side<'_>, new: &Side<'_>) {
    let (Some(first), Some(last)) = (ops.first(), ops.last()) else { return };
    let from = first.old_range().start + old.first..last.old_range().end + old.first;
    let to = first.new_range().start + new.first..last.new_range().end + new.first;
    let _ = writeln!(out, "@@ -{} +{} @@", extent(&from), extent(&to));
    for op in ops {
        if let DiffOp::Equal { .. } = op {
            op.old_range().for_each(|index| print(out, ChangeTag::Equal, old, index));
            continue;
        }
        op.old_range().for_each(|index| print(out, ChangeTag::Delete, old, index));
        op.new_range().for_each(|index| print(out, ChangeTag::Insert, new, index));
    }
}

fn print(out: &mut String, tag: ChangeTag, side: &Side<'_>, index: usize) {
    let _ = writeln!(out, "{tag}{}", side.show(index));
    if !side.lines[index].ends_with(b"\n") {
        out.push_str("\\ No newline at end of file\n");
    }
}

/// As diff(1) writes it: an empty extent is said to follow the line before it.
fn extent(lines: &Range<usize>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => (lines.start + 1).to_string(),
        count => format!("{},{count}", lines.start + 1),
    }
}

fn newlines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&b| b == b'\n').count()
}

/// How many bytes are equal at the start, in whole lines.
fn common_start(a: &[u8], b: &[u8]) -> usize {
    let equal = longest(a.len().min(b.len()), |n| a[..n] == b[..n]);
    a[..equal].iter().rposition(|&c| c == b'\n').map_or(0, |at| at + 1)
}

/// How many bytes are equal at the end, in whole lines.
fn common_end(a: &[u8], b: &[u8]) -> usize {
    let equal = longest(a.len().min(b.len()), |n| a[a.len() - n..] == b[b.len() - n..]);
    a[a.len() - equal..].iter().position(|&c| c == b'\n').map_or(0, |at| equal - at - 1)
}

/// The largest `n` up to `most` for which `holds`, which holds for everything below it; comparing
/// halves is faster than bytes.
fn longest(most: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, most);
    while low < high {
        let middle = high - (high - low) / 2;
        if holds(middle) { low = middle } else { high = middle - 1 }
    }
    low
}

fn with_context_before(bytes: &[u8], start: usize) -> usize {
    let mut newlines =
        bytes[..start].iter().enumerate().rev().filter(|(_, b)| **b == b'\n').map(|(at, _)| at + 1);
    newlines.nth(CONTEXT).unwrap_or(0)
}

fn with_context_after(bytes: &[u8], tail: usize) -> usize {
    let rest = &bytes[bytes.len() - tail..];
    let used: usize = rest.split_inclusive(|&b| b == b'\n').take(CONTEXT).map(<[u8]>::len).sum();
    tail - used
}
