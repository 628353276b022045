//! Laws: every byte comes back, an edit touches its own entry alone, a diff tells the whole change.

use calha::document::{HaBlock, IcsConf, Vfstab, diff};
use calha::op::effect::edit;
use calha::op::{Change, Reality};
use proptest::prelude::*;

use crate::findings::{
    assert_helps, codes, ics_notices, ics_problems, syslog_notices, syslog_problems,
    vfstab_notices, vfstab_problems,
};
use crate::wanted::{VFSTAB, add_line, block, remove_block, set_block, wanted};

fn vfstab_line() -> impl Strategy<Value = Vec<u8>> {
    let ours = wanted().line();
    let field = prop_oneof![
        Just("/cal"),
        Just("/cal/"),
        Just("/dev/md/penguin/dsk/d400"),
        Just("/dev/md/penguin/rdsk/d400"),
        Just("-"),
        Just("ufs"),
        Just("no"),
        Just("#"),
        Just("/other")
    ];
    prop_oneof![
        3 => prop::collection::vec(field, 0..9).prop_map(|fields| fields.join(" ").into_bytes()),
        1 => Just(ours.clone().into_bytes()),
        1 => Just(format!(" {ours}").into_bytes()),
        1 => Just(format!("#{ours}").into_bytes()),
        1 => Just(VFSTAB.trim_end().as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..12),
    ]
}

fn ics_line() -> impl Strategy<Value = Vec<u8>> {
    let HaBlock { begin, end, text } = block();
    let lines: Vec<String> = text.lines().map(String::from).collect();
    prop_oneof![
        2 => prop::sample::select(lines).prop_map(String::into_bytes),
        1 => Just(begin.into_bytes()),
        1 => Just(end.into_bytes()),
        1 => Just(text.trim_end().as_bytes().to_vec()),
        4 => prop::sample::select(vec![
            "local.hostname=\"node1\"", "a = \"open", "closes\"", "b=\"\"", " local.hostname=\"x\"",
            "!c=\"d", "a=unquoted", "=\"", "x=\"1\" \"",
        ]).prop_map(|line| line.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..12),
    ]
}

/// Lines put together with any line ends, the last one possibly unfinished.
fn soup(line: impl Strategy<Value = Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let line_end = prop_oneof![6 => Just("\n"), 1 => Just("\r\n"), 1 => Just("")];
    prop::collection::vec((line, line_end), 0..9).prop_map(|lines| {
        lines
            .into_iter()
            .flat_map(|(line, line_end)| [line, line_end.as_bytes().to_vec()])
            .flatten()
            .collect()
    })
}

/// What an edit that was undone leaves: the original, its last line finished.
fn finished(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    if bytes.last().is_some_and(|&b| b != b'\n') {
        bytes.push(b'\n');
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_bytes_come_back(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert_eq!(&Vfstab::parse(&bytes).render(), &bytes);
        prop_assert_eq!(&IcsConf::parse(&bytes).render(), &bytes);
        assert_helps(&vfstab_problems(&bytes));
        assert_helps(&vfstab_notices(&bytes));
        assert_helps(&syslog_problems(&bytes));
        assert_helps(&syslog_notices(&bytes));
        assert_helps(&ics_problems(&bytes));
        assert_helps(&ics_notices(&bytes));
    }

    #[test]
    fn any_lines_come_back(vfstab in soup(vfstab_line()), ics in soup(ics_line())) {
        prop_assert_eq!(&Vfstab::parse(&vfstab).render(), &vfstab);
        prop_assert_eq!(&IcsConf::parse(&ics).render(), &ics);
        assert_helps(&vfstab_problems(&vfstab));
        assert_helps(&vfstab_notices(&vfstab));
        assert_helps(&ics_problems(&ics));
        assert_helps(&ics_notices(&ics));
    }

    /// Without a problem the node's guard agrees, the entry stands once afterwards, and the rest is
    /// as it was, also when it is gone again.
    #[test]
    fn an_entry_touches_nothing_else(bytes in soup(vfstab_line())) {
        let change = add_line();
        let reality = change.reality(&bytes);
        if vfstab_problems(&bytes).is_empty() {
            let differs = matches!(reality, Reality::Differs { .. });
            prop_assert!(!differs, "{reality:?} without a problem");
        }
        if reality == Reality::Absent {
            let added = edit(&bytes, std::slice::from_ref(&change));
            let removed = edit(&added, &[Change::RemoveLine { line: wanted().line() }]);
            prop_assert_eq!(&removed, &finished(&bytes));
            let before = Vfstab::parse(&bytes);
            let after = Vfstab::parse(&added);
            let texts = |file: &Vfstab| file.entries().map(|e| e.text.to_vec()).collect::<Vec<_>>();
            let mut entries = texts(&before);
            entries.push(wanted().line().into_bytes());
            prop_assert_eq!(texts(&after), entries);
            prop_assert_eq!(codes(&vfstab_problems(&added)), codes(&vfstab_problems(&bytes)));
        }
    }

    /// The same for the block; and without a problem the server takes every value from it.
    #[test]
    fn a_block_touches_nothing_else_and_is_what_counts(bytes in soup(ics_line())) {
        let change = set_block();
        let reality = change.reality(&bytes);
        let problems = ics_problems(&bytes);
        if problems.is_empty() {
            let differs = matches!(reality, Reality::Differs { .. });
            prop_assert!(!differs, "{reality:?} without a problem");
            let now = match reality {
                Reality::Absent => edit(&bytes, std::slice::from_ref(&change)),
                _ => bytes.clone(),
            };
            let (now, ours) = (IcsConf::parse(&now), IcsConf::parse(block().text.as_bytes()));
            for parameter in ours.parameters() {
                let counts = now.value(parameter.name);
                prop_assert_eq!(counts, Some(parameter.value), "{}", parameter.name);
            }
        }
        if reality == Reality::Absent {
            let added = edit(&bytes, &[change]);
            prop_assert_eq!(edit(&added, &[remove_block()]), bytes);
            if problems.is_empty() {
                prop_assert_eq!(codes(&ics_problems(&added)), Vec::<String>::new());
            }
        }
    }

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
