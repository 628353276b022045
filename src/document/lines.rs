//! Lines of a document as bytes, and what the node's tools cannot carry.

use std::ops::RangeInclusive;

use crate::node::Sum;
use crate::op::{Flaw, quote};
use crate::problem::{Problem, codes};

/// Lines with their numbers from 1, without newline. A carriage return belongs to its line; nothing
/// follows a last newline.
pub(super) fn numbered(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    bytes
        .split_inclusive(|&b| b == b'\n')
        .map(|line| line.strip_suffix(b"\n").unwrap_or(line))
        .enumerate()
        .map(|(i, line)| (i + 1, line))
}

/// The command, typed on the node, that takes these lines out of the file; owner and mode stay, and
/// so does a link that leads to it. Only where that fails a copy is left, in a directory that
/// nobody else can have made. A file that is not any more what these bytes are has other lines
/// under these numbers, so nothing is done to it: `seen` is the sum of the file that was read.
pub(super) fn without(seen: Sum, path: &str, lines: &[RangeInclusive<usize>]) -> String {
    let of = |lines: &RangeInclusive<usize>| match (lines.start(), lines.end()) {
        (first, last) if first == last => format!("{first}d"),
        (first, last) => format!("{first},{last}d"),
    };
    let gone: Vec<String> = lines.iter().map(|lines| format!(" -e {}", of(lines))).collect();
    let path = quote(path);
    let is_seen = format!("test `cksum {path} | awk '{{ print $1 }}'` = {}", seen.crc);
    // A shell puts its own number for $$, csh as well.
    let (directory, old) = ("/tmp/calha.$$", "/tmp/calha.$$/old");
    format!(
        "{is_seen} && mkdir -m 700 {directory} && cp -p {path} {old} && sed{} {old} >{path} && \
         rm -r {directory}",
        gone.concat()
    )
}

/// `file.not-text` where the shell form of an edit could not copy the file exactly: the first NUL
/// and the first overlong line.
pub(super) fn not_text(bytes: &[u8], place: &str) -> Vec<Problem> {
    const LONGEST: usize = Flaw::LONGEST_LINE;
    let mut problems = Vec::new();
    let mut add = |line: usize, what: String, remedy: &str| {
        problems.push(
            Problem::new(codes::FILE_NOT_TEXT, what)
                .at(format!("{place}:{line}"))
                .hint(remedy)
                .section("sed(1)"),
        );
    };

    if bytes.contains(&0)
        && let Some((number, _)) = numbered(bytes).find(|(_, line)| line.contains(&0))
    {
        add(
            number,
            "the line has a NUL byte, which no text tool of the node copies".into(),
            "see what put it there, and restore the file",
        );
    }

    if let Some((number, line)) = numbered(bytes).find(|(_, line)| line.len() > LONGEST) {
        let what =
            format!("the line has {} bytes; the node's sed copies {LONGEST} exactly", line.len());
        add(number, what, "make the line shorter, or edit the file by hand");
    }

    problems
}

/// The number of the first line of this kind that ends in a carriage return, and how many do.
pub(super) fn carriage_returns(
    bytes: &[u8],
    kind: impl Fn(&[u8]) -> bool,
) -> Option<(usize, usize)> {
    if !bytes.contains(&b'\r') {
        return None;
    }
    let mut lines = numbered(bytes).filter(|(_, line)| line.ends_with(b"\r") && kind(line));
    let (first, _) = lines.next()?;
    Some((first, 1 + lines.count()))
}

/// `one line ends` or `4 lines end`.
pub(super) fn lines_end(count: usize) -> String {
    if count == 1 { "one line ends".into() } else { format!("{count} lines end") }
}

/// `line 4`, `lines 4 and 9`, `lines 1, 2, 3 and 97 more`: for messages.
pub(super) fn listed(lines: &[usize]) -> String {
    const SHOWN: usize = 8;
    let text =
        |lines: &[usize]| lines.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    match lines {
        [] => "no line".into(),
        [one] => format!("line {one}"),
        [first @ .., last] if first.len() < SHOWN => format!("lines {} and {last}", text(first)),
        _ => format!("lines {} and {} more", text(&lines[..SHOWN]), lines.len() - SHOWN),
    }
}
