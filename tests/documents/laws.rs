//! Laws of a diff: it tells the whole change. Those of documents are in `fuzz/src`.

use calha::document::diff;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Applying a diff's added and kept lines to what it starts from is the other file; nothing raw
    /// gets to the terminal.
    #[test]
    fn a_diff_tells_the_whole_change(
        before in prop::collection::vec(prop::sample::select(vec!["a", "b", "c", "d"]), 0..30),
        after in prop::collection::vec(prop::sample::select(vec!["a", "b", "c", "d"]), 0..30),
        (open_before, open_after) in any::<(bool, bool)>(),
    ) {
        let join = |lines: &[&str], open: bool| {
            let text = lines.iter().map(|line| format!("{line}\n")).collect::<String>();
            if open { text.trim_end().to_string() } else { text }
        };
        let (before, after) = (join(&before, open_before), join(&after, open_after));
        let shown = diff(before.as_bytes(), after.as_bytes(), "x");
        prop_assert_eq!(apply(&before, &shown), after, "{}", shown);
    }

    #[test]
    fn a_diff_of_any_bytes_is_fit_for_a_terminal(
        before in prop::collection::vec(any::<u8>(), 0..200),
        after in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let shown = diff(&before, &after, "x\u{1b}[2J");
        prop_assert_eq!(shown.is_empty(), before == after);
        prop_assert!(!shown.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
    }
}

/// patch(1), as far as unified diffs of plain text need it; positions and lengths must be right.
pub fn apply(before: &str, diff: &str) -> String {
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let (mut out, mut at, mut lines) = (Vec::<String>::new(), 0, diff.lines().skip(2).peekable());
    while let Some(header) = lines.next() {
        let mut parts = header
            .strip_prefix("@@ -")
            .and_then(|h| h.strip_suffix(" @@"))
            .expect("a hunk")
            .split(" +")
            .map(|extent| {
                let (start, count) = extent.split_once(',').unwrap_or((extent, "1"));
                let (start, count): (usize, usize) =
                    (start.parse().unwrap(), count.parse().unwrap());
                (if count == 0 { start } else { start - 1 }, count)
            });
        let ((from, removed), (to, added)) = (parts.next().unwrap(), parts.next().unwrap());
        out.extend(old[at..from].iter().map(ToString::to_string));
        assert_eq!(out.len(), to, "the hunk's place in the new file");
        let (mut old_lines, mut new_lines) = (0, 0);
        while let Some(line) = lines.next_if(|line| !line.starts_with("@@")) {
            let unfinished = lines.next_if(|next| next.starts_with('\\')).is_some();
            let text = format!("{}{}", &line[1..], if unfinished { "" } else { "\n" });
            if !line.starts_with('+') {
                assert_eq!(old[from + old_lines], text);
                old_lines += 1;
            }
            if !line.starts_with('-') {
                out.push(text);
                new_lines += 1;
            }
        }
        assert_eq!((old_lines, new_lines), (removed, added), "the hunk's lengths");
        at = from + removed;
    }
    out.extend(old[at..].iter().map(ToString::to_string));
    out.concat()
}
