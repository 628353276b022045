//! Documents keep every byte, an edit touches nothing but its own entry, and what would make it wrong is said beforehand.

use std::time::Duration;

use calha::document::{HaBlock, IcsConf, SyslogConf, Vfstab, VfstabEntry, diff, mask};
use calha::op::effect::edit;
use calha::op::{Change, Reality};
use calha::problem::Problem;
use calha::profile::guide_values;
use calha::setting::{Instance, Model, resolve};
use proptest::prelude::*;

const VFSTAB: &str = "#device\t\tdevice\t\tmount\n#\nfd\t-\t/dev/fd\tfd\t-\tno\t-\n/dev/dsk/c0t0d0s1\t-\t-\tswap\t-\tno\t-\n\n\
                      /dev/did/dsk/d1s3 /dev/did/rdsk/d1s3 /global/.devices/node@1 ufs 2 no global\n";

const ICS_CONF: &str = "!\n! Calendar Server\n!\nlocal.hostname = \"node1\"\nservice.http.port=\"80\"\nservice.http.port=\"8080\"\n\
                        !!service.listenaddr = \"INADDR_ANY\"\n!local.servername=\"x\"\nlocal.enduseradmincred = \"geheim\"\n";

/// Nothing may be quadratic in the size of a file. Without optimisation, on a busy machine, linear is slow too.
const SOON: Duration = Duration::from_millis(if cfg!(debug_assertions) { 3000 } else { 300 });

fn guide() -> Instance {
    resolve(&guide_values(Model::Asymmetric))
        .expect("the guide's values are valid")
        .settings
        .instances
        .remove(0)
}

fn wanted() -> VfstabEntry {
    VfstabEntry::of(&guide().file_system)
}

fn block() -> HaBlock {
    HaBlock::of(&guide()).expect("the guide's values fit")
}

fn add_line() -> Change {
    Change::AddLine { line: wanted().line(), key: wanted().mount_point }
}

fn set_block() -> Change {
    let HaBlock { begin, end, text } = block();
    Change::SetBlock { begin, end, text }
}

fn remove_block() -> Change {
    let HaBlock { begin, end, text } = block();
    let lines = text.lines().filter(|l| !l.starts_with('!')).map(String::from).collect();
    Change::RemoveBlock { begin, end, sum: calha::node::Sum::of(text.as_bytes()), lines }
}

/// Codes with their places, as `file:line code`.
fn codes(problems: &[Problem]) -> Vec<String> {
    problems
        .iter()
        .map(|problem| format!("{} {}", problem.place.as_deref().unwrap_or("-"), problem.code))
        .collect()
}

fn vfstab_problems(bytes: &[u8]) -> Vec<Problem> {
    Vfstab::parse(bytes).problems_for(&wanted(), "vfstab")
}

fn vfstab_notices(bytes: &[u8]) -> Vec<Problem> {
    Vfstab::parse(bytes).notices_for(&[wanted()], "vfstab")
}

fn ics_problems(bytes: &[u8]) -> Vec<Problem> {
    let HaBlock { begin, end, text } = block();
    IcsConf::parse(bytes).problems_for_block(&begin, &end, &text, "ics.conf")
}

fn ics_notices(bytes: &[u8]) -> Vec<Problem> {
    let HaBlock { begin, end, text } = block();
    IcsConf::parse(bytes).notices_for_block(
        &begin,
        &end,
        &text,
        &["Node1", "192.0.2.1"],
        "ics.conf",
    )
}

const SYSLOG_ENTRY: &str = "daemon.debug\t/var/adm/clusterlog";

fn syslog_problems(bytes: &[u8]) -> Vec<Problem> {
    SyslogConf::parse(bytes).problems_for(SYSLOG_ENTRY, "syslog.conf")
}

fn syslog_notices(bytes: &[u8]) -> Vec<Problem> {
    SyslogConf::parse(bytes).notices_for(SYSLOG_ENTRY, "syslog.conf")
}

/// Every problem must help: a place, a remedy and a source.
fn assert_helps(problems: &[Problem]) {
    for problem in problems {
        assert!(
            problem.place.is_some() && problem.remedy.is_some() && problem.section.is_some(),
            "{problem:?}"
        );
        assert!(
            !problem.to_string().chars().any(|c| c.is_control() && c != '\n' && c != '\t'),
            "{problem:?}"
        );
    }
}

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
            "local.hostname=\"node1\"", "a = \"open", "closes\"", "b=\"\"", " local.hostname=\"x\"", "!c=\"d", "a=unquoted", "=\"", "x=\"1\" \"",
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

/// What an edit that was taken back leaves: the original, its last line finished.
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

    /// Without a problem the node's guard agrees, the entry stands once afterwards, and the rest is as it was, also when it is gone again.
    #[test]
    fn an_entry_touches_nothing_else(bytes in soup(vfstab_line())) {
        let change = add_line();
        let reality = change.reality(&bytes);
        if vfstab_problems(&bytes).is_empty() {
            prop_assert!(!matches!(reality, Reality::Differs { .. }), "{reality:?} without a problem");
        }
        if reality == Reality::Absent {
            let added = edit(&bytes, std::slice::from_ref(&change));
            let removed = edit(&added, &[Change::RemoveLine { line: wanted().line() }]);
            prop_assert_eq!(&removed, &finished(&bytes));
            let before = Vfstab::parse(&bytes);
            let after = Vfstab::parse(&added);
            let mut entries: Vec<Vec<u8>> = before.entries().map(|entry| entry.text.to_vec()).collect();
            entries.push(wanted().line().into_bytes());
            prop_assert_eq!(after.entries().map(|entry| entry.text.to_vec()).collect::<Vec<_>>(), entries);
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
            prop_assert!(!matches!(reality, Reality::Differs { .. }), "{reality:?} without a problem");
            let now = if reality == Reality::Absent { edit(&bytes, std::slice::from_ref(&change)) } else { bytes.clone() };
            let (now, ours) = (IcsConf::parse(&now), IcsConf::parse(block().text.as_bytes()));
            for parameter in ours.parameters() {
                prop_assert_eq!(now.value(parameter.name), Some(parameter.value), "{}", parameter.name);
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

    /// Applying a diff's added and kept lines to what it starts from is the other file; nothing raw gets to the terminal.
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
        before in prop::collection::vec(any::<u8>(), 0..200), after in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let shown = diff(&before, &after, "x\u{1b}[2J");
        prop_assert_eq!(shown.is_empty(), before == after);
        prop_assert!(!shown.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
    }
}

/// patch(1), as far as unified diffs of plain text need it; positions and lengths must be right.
fn apply(before: &str, diff: &str) -> String {
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

#[test]
fn the_entry_of_the_guide() {
    assert_eq!(
        wanted().line(),
        "/dev/md/penguin/dsk/d400\t/dev/md/penguin/rdsk/d400\t/cal\tufs\t2\tno\tlogging"
    );
    assert_eq!(VfstabEntry { mount_at_boot: true, ..wanted() }.fields()[5], "yes");
}

#[test]
fn entries_are_active_lines_with_their_numbers() {
    let vfstab = Vfstab::parse(b"# c\n\n \t\n a\tb  c\r\n  #x y\n1 2 3 4 5 6 7 8");
    let entries: Vec<_> = vfstab
        .entries()
        .map(|entry| (entry.number, entry.field_count(), entry.fields[0]))
        .collect();
    assert_eq!(entries, [(4, 3, &b"a"[..]), (6, 8, b"1")]);
}

#[test]
fn every_problem_of_a_vfstab_and_its_opposite() {
    let ours = wanted().line();
    let (block, raw) = ("/dev/md/penguin/dsk/d400", "/dev/md/penguin/rdsk/d400");
    let long = |n: usize| format!("# {}\n", "x".repeat(n - 2));
    let cases: Vec<(String, &[&str])> = vec![
        (String::new(), &[]),
        (ours.clone(), &[]),
        (format!("{ours}\n#{ours}\n  # {ours}\n"), &[]),
        (format!("{block} {raw} /cal ufs 2 yes logging\n"), &["1 vfstab.other-entry"]),
        (format!("{ours} \n"), &[]),
        (format!(" {}\n", ours.replace('\t', "  ")), &[]),
        (format!("{ours}\n{}\n", ours.replace('\t', " ")), &["2 vfstab.duplicate"]),
        (ours.replace("/cal\t", "/cal/\t"), &["1 vfstab.other-entry"]),
        (ours.replace("/cal\t", "//cal\t"), &["1 vfstab.other-entry"]),
        (format!("nas:/x - /cal/ nfs - yes rw\n{ours}\n"), &["1 vfstab.other-entry"]),
        ("nas:/x - /calendar nfs - yes rw\nnas:/x - /cal/db nfs - yes rw\n".into(), &[]),
        (format!("{ours}\n{ours}\n{ours}"), &["2 vfstab.duplicate"]),
        (format!("{block} {raw} /other ufs 2 no -\n"), &["1 vfstab.device-in-use"]),
        (format!("{block} - - swap - no -\n"), &["1 vfstab.device-in-use"]),
        ("/dev/md/penguin/dsk/d40 /dev/md/penguin/rdsk/d40 /other ufs 2 no -\n".into(), &[]),
        (
            format!("/dev/md/penguin/dsk/d600 {raw} /other ufs 2 no -\n"),
            &["1 vfstab.device-in-use", "1 vfstab.raw-device"],
        ),
        (
            format!("{block} /dev/md/penguin/rdsk/d300 /cal ufs 2 no logging\n"),
            &["1 vfstab.other-entry", "1 vfstab.raw-device"],
        ),
        ("/dev/md/penguin/dsk/d600 /dev/md/penguin/rdsk/d300 /other ufs 2 no -\n".into(), &[]),
        (format!("{block} {raw} /cal ufs 2 no\n"), &["1 vfstab.fields"]),
        (format!("{ours} x\n"), &["1 vfstab.fields"]),
        ("/cal\n".into(), &["1 vfstab.fields"]),
        ("three other fields\n".into(), &[]),
        (format!("#\r\n{ours}\r\n"), &["2 vfstab.crlf"]),
        (format!("#\r\n\r\n{ours}\n"), &[]),
        (format!("#\n{ours}\r\n{ours}\n"), &["2 vfstab.crlf", "3 vfstab.duplicate"]),
        ("# \rx\n".into(), &[]),
        ("#\n# \0\n".into(), &["2 file.not-text"]),
        (format!("{}{}", long(2048), long(2049)), &["2 file.not-text"]),
        (long(2048), &[]),
    ];
    for (rest, expected) in cases {
        let text = format!("{VFSTAB}{rest}");
        let problems = vfstab_problems(text.as_bytes());
        assert_helps(&problems);
        let expected: Vec<String> = expected
            .iter()
            .map(|problem| {
                let (line, code) = problem.split_once(' ').expect("line and code");
                let line = line.parse::<usize>().expect("a line") + VFSTAB.lines().count();
                format!("vfstab:{line} {code}")
            })
            .collect();
        assert_eq!(codes(&problems), expected, "{rest:?}");
    }
}

#[test]
fn another_entry_is_compared_field_by_field() {
    let problems = vfstab_problems(
        b"/dev/dsk/c1\x1b[2J /dev/md/penguin/rdsk/d400 /cal ufs 3 yes logging,noatime\n",
    );
    assert_eq!(
        problems[0].what,
        "another entry for /cal: block device '/dev/dsk/c1^[[2J' instead of '/dev/md/penguin/dsk/d400', fsck pass '3' instead of '2', \
         mount at boot 'yes' instead of 'no', options 'logging,noatime' instead of 'logging'"
    );
}

#[test]
fn a_password_among_the_options_is_not_shown() {
    let problems = vfstab_problems(b"//nas/x - /cal smbfs - yes user=me,password=geheim\n");
    assert!(
        problems[0].what.ends_with("options 'user=me,password=\"****\"' instead of 'logging'"),
        "{problems:?}"
    );
}

#[test]
fn an_entry_that_the_node_cannot_carry_is_refused() {
    let long = |length: usize| {
        let rest = wanted().line().len() - wanted().options.len();
        VfstabEntry { options: "x".repeat(length - rest), ..wanted() }
    };
    assert_eq!(
        codes(&Vfstab::parse(b"").problems_for(&long(1022), "vfstab")),
        Vec::<String>::new()
    );
    assert_eq!(
        codes(&Vfstab::parse(b"").problems_for(&long(1023), "vfstab")),
        ["vfstab vfstab.too-long"]
    );
}

#[test]
fn lines_of_others_that_end_the_reading_of_a_vfstab_are_named_and_no_problem() {
    let ours = wanted().line();
    for (line, stops) in [
        ("nas:/export - /import nfs - yes", true),
        ("nas:/export - /import nfs - yes rw,soft timeo=30", true),
        ("nas:/export - /import nfs - yes -", false),
        ("# nas:/export - /import nfs - yes", false),
        ("", false),
        (&format!("# {}", "x".repeat(1021)), true),
        (&format!("# {}", "x".repeat(1020)), false),
    ] {
        for text in [format!("{VFSTAB}{line}\n"), format!("{VFSTAB}{line}\n{ours}\n")] {
            let expected: &[&str] = if stops { &["vfstab:7 vfstab.unread"] } else { &[] };
            assert_eq!(codes(&vfstab_notices(text.as_bytes())), expected, "{line:?}");
            assert_eq!(codes(&vfstab_problems(text.as_bytes())), Vec::<String>::new(), "{line:?}");
        }
    }
    let two = vfstab_notices(b"one\nnas:/x - /x nfs - yes -\ntwo\n");
    assert!(two[0].what.starts_with("lines 1 and 3 have not seven fields"), "{two:?}");
    // What is about our entry is a problem, and said once.
    let about = format!("{} x\n", ours);
    assert_eq!(codes(&vfstab_problems(about.as_bytes())), ["vfstab:1 vfstab.fields"]);
    assert_eq!(codes(&vfstab_notices(about.as_bytes())), Vec::<String>::new());
}

#[test]
fn a_carriage_return_in_a_comment_is_no_problem() {
    for comment in ["# pasted from a mail", "", "  \t", "  # x"] {
        let text = format!("{comment}\r\n{VFSTAB}");
        assert_eq!(codes(&vfstab_problems(text.as_bytes())), Vec::<String>::new(), "{comment:?}");
        assert_eq!(codes(&vfstab_notices(text.as_bytes())), ["vfstab:1 vfstab.comment-crlf"]);
    }
}

#[test]
fn what_a_word_processor_makes_of_an_ics_conf_is_told() {
    let notices = |text: &str| {
        let all = codes(&ics_notices(text.as_bytes()));
        all.into_iter().filter(|c| !c.ends_with("superseded")).collect::<Vec<_>>()
    };
    for (line, code) in [
        ("a = \u{201c}b\u{201d}", Some("typographic-quote")),
        ("a=\u{201e}b\u{201c}", Some("typographic-quote")),
        ("a=\u{2018}b\u{2019}", Some("typographic-quote")),
        ("a=\"it\u{2019}s\"", None),
        ("a =\n\"b\"", Some("value-elsewhere")),
        ("a = \n  b", Some("value-elsewhere")),
        ("a =\n\n\"b\"", None),
        ("a =\n! b", None),
        ("a =\nb=\"c\"", None),
        ("a=\"\"\nx", None),
        ("a =", None),
    ] {
        let expected: Vec<String> =
            code.iter().map(|code| format!("ics.conf:10 ics-conf.{code}")).collect();
        assert_eq!(notices(&format!("{ICS_CONF}{line}\n")), expected, "{line:?}");
        assert_eq!(codes(&ics_problems(format!("{ICS_CONF}{line}\n").as_bytes())).len(), 0);
    }
    let marked = format!("\u{feff}{ICS_CONF}");
    assert_eq!(notices(&marked), ["ics.conf:1 ics-conf.byte-order-mark"]);
    let latin = [ICS_CONF.as_bytes(), b"a=\x93b\x94\n"].concat();
    assert_eq!(
        codes(&ics_notices(&latin)).last().unwrap(),
        "ics.conf:10 ics-conf.typographic-quote"
    );
}

#[test]
fn each_key_of_the_block_that_is_set_again_is_named_with_what_is_wanted_and_found() {
    let text = block().text;
    let ours = IcsConf::parse(text.as_bytes());
    let last = ICS_CONF.lines().count() + text.lines().count();
    let mut keys = 0;
    for parameter in ours.parameters() {
        keys += 1;
        let file = format!("{ICS_CONF}{text}! mine\n{} = \"other\"\n", parameter.name);
        let problems = ics_problems(file.as_bytes());
        assert_eq!(codes(&problems), [format!("ics.conf:{} ics-conf.overridden", last + 2)]);
        let wanted = String::from_utf8_lossy(parameter.value);
        let said = format!("{}=\"other\" instead of \"{wanted}\"", parameter.name);
        assert!(problems[0].what.contains(&said), "{}", problems[0].what);
    }
    assert_eq!(keys, 9);
}

#[test]
fn what_is_a_parameter_and_what_is_not() {
    let text = b"a=\"1\"\r\n!b=\"2\"\n!!c = \"3\"\n d=\"4\"\nE=\"5\"\na \t= \t\"6\" rest\nf=\"7\n!g=\"8\"\nh=\"\xe9\xff\"\ni= 9 \nj k=\"10\"\n\
                 caldb.dwp.server.Node1.ip=\"11\"\n=\"12\"\nl\nm=\"";
    let file = IcsConf::parse(text);
    let found: Vec<_> = file.parameters().map(|p| (p.line, p.last_line, p.name, p.value)).collect();
    let expected: [(usize, usize, &str, &[u8]); 7] = [
        (1, 1, "a", b"1"),
        (6, 6, "a", b"6"),
        (7, 8, "f", b"7\n!g="),
        (9, 9, "h", b"\xe9\xff"),
        (10, 10, "i", b"9"),
        (12, 12, "caldb.dwp.server.Node1.ip", b"11"),
        (15, 15, "m", b""),
    ];
    assert_eq!(found, expected);
    assert_eq!(file.value("a"), Some(&b"6"[..]), "the last duplicate wins");
    for none in ["b", "c", "d", "E", "e", "g", "j", "k", ""] {
        assert_eq!(file.value(none), None, "{none}");
    }
}

#[test]
fn every_problem_of_an_ics_conf_and_its_opposite() {
    let HaBlock { begin, end, text } = block();
    let changed = text.replace("SUNWscics", "SUNWscIcs");
    let longer = text.replace(&end, &format!("! more\n{end}"));
    let shorter = text.replace("local.autorestart=\"yes\"\n", "");
    let after = "! later\nservice.ens.port=\"1\"\n local.hostname=\"x\"\n!local.hostname=\"x\"\n";
    let last = text.lines().count();
    let at = |line: usize, code: &str| vec![format!("{line} {code}")];
    let cases: Vec<(String, Vec<String>)> = vec![
        (String::new(), vec![]),
        (text.clone(), vec![]),
        (text.trim_end().to_string(), vec![]),
        (format!("{text}{after}"), vec![]),
        (format!("! BEGIN calha HA block cal2\n{text}"), vec![]),
        (begin.clone(), at(1, "ics-conf.markers")),
        (end.clone(), at(1, "ics-conf.markers")),
        (format!("{end}\n{begin}\n"), at(1, "ics-conf.markers")),
        (format!("{text}{text}"), at(last + 1, "ics-conf.markers")),
        (format!("{text}{end}\n"), at(last + 1, "ics-conf.markers")),
        (format!("{text} {end}\n"), at(last + 1, "ics-conf.markers")),
        (text.replace('\n', "\r\n"), at(1, "ics-conf.markers")),
        (changed, at(6, "ics-conf.block-changed")),
        (longer, at(last, "ics-conf.block-changed")),
        (shorter, at(last - 1, "ics-conf.block-changed")),
        (
            format!("{text}local.hostname=\"x\"\n\nlocal.hostname = \"y\"\n"),
            at(last + 3, "ics-conf.overridden"),
        ),
        ("a=\"b\nc=d\n".into(), at(1, "ics-conf.open-quote")),
        ("a=\"b\nc=\"d\n".into(), vec![]),
        ("!a=\"b\n b=\"c\n".into(), vec![]),
        (format!("a=\"b\n{text}"), at(1, "ics-conf.open-quote")),
        (format!("a=\"b\nc\"\n{text}"), vec![]),
        ("!\0\n".into(), at(1, "file.not-text")),
        (format!("!\nx=\"{}\"\n", "y".repeat(2045)), at(2, "file.not-text")),
        (format!("!\nx=\"{}\"\n", "y".repeat(2044)), vec![]),
        ("! \u{d55c}\u{ae00}\nx=\"\u{e9}\"\n".into(), vec![]),
    ];
    for (rest, expected) in cases {
        let problems = ics_problems(format!("{ICS_CONF}{rest}").as_bytes());
        assert_helps(&problems);
        let base = ICS_CONF.lines().count();
        let expected: Vec<String> = expected
            .iter()
            .map(|problem| {
                let (line, code) = problem.split_once(' ').expect("line and code");
                format!("ics.conf:{} {code}", line.parse::<usize>().expect("a line") + base)
            })
            .collect();
        assert_eq!(codes(&problems), expected, "{rest:?}");
    }
}

#[test]
fn an_ics_conf_without_parameters_is_not_the_configurators() {
    let text = block().text;
    for empty in ["", "\n", "! only\n!a=\"b\"\n", &text] {
        assert_eq!(
            codes(&ics_problems(empty.as_bytes())),
            ["ics.conf ics-conf.empty"],
            "{empty:?}"
        );
    }
    assert_eq!(codes(&ics_problems(b"a=\"b\"\n")), Vec::<String>::new());
    let binary: Vec<u8> = (0..=255).cycle().take(4096).collect();
    assert_eq!(codes(&ics_problems(&binary))[0], "ics.conf:1 file.not-text");
}

#[test]
fn notices_say_what_the_block_supersedes_and_what_it_cannot() {
    let text = format!(
        "{ICS_CONF} service.indented=\"x\"\nService.capital=\"x\"\nlocal.hostname=\"again\"\nservice.smtp.host=\"NODE1.example.com\"\n\
         service.x=\"node10\"\nservice.y=\"192.0.2.10\"\nservice.z=\"ldap://192.0.2.1:389\"\ncaldb.dwp.server.node1.ip=\"\"\n\
         local.bindcred=\"node1\"\nlong=\"1\n2\"\r\n{}",
        block().text
    );
    let notices = ics_notices(text.as_bytes());
    assert_helps(&notices);
    assert_eq!(
        codes(&notices),
        [
            "ics.conf:10 ics-conf.not-an-option",
            "ics.conf:11 ics-conf.not-an-option",
            "ics.conf:13 ics-conf.physical-host",
            "ics.conf:16 ics-conf.physical-host",
            "ics.conf:17 ics-conf.physical-host",
            "ics.conf:18 ics-conf.physical-host",
            "ics.conf:19 ics-conf.long-quote",
            "ics.conf:20 ics-conf.crlf",
        ]
    );
    // Before the block is there.
    let text = text.strip_suffix(&block().text).unwrap();
    assert_eq!(
        ics_notices(text.as_bytes())[0].what,
        "local.hostname is also set before the block, on lines 4 and 12; the block wins"
    );
    let shown = notices.iter().map(ToString::to_string).collect::<String>();
    assert!(
        shown.contains("local.bindcred = \"****\"")
            && shown.contains("service.smtp.host = \"NODE1.example.com\""),
        "{shown}"
    );
    assert_eq!(
        codes(&ics_notices(format!("a=\"b\"\n{}", block().text).as_bytes())),
        Vec::<String>::new()
    );
}

#[test]
fn physical_names_are_whole_names() {
    let file = IcsConf::parse(
        b"a=\"node1\"\nb=\"xnode1\"\nc=\"node1-x\"\nd=\"x,Node1:80\"\n!e=\"node1\"\n",
    );
    let expected: [(usize, &str, &[u8]); 2] = [(1, "a", b"node1"), (4, "d", b"x,Node1:80")];
    assert_eq!(file.physical_names(&["node1"]), expected);
    assert_eq!(file.physical_names(&["", "node2"]), []);
}

#[test]
fn the_ha_block_of_the_guide() {
    let HaBlock { begin, end, text } = block();
    assert_eq!(
        text,
        r#"! BEGIN calha HA block cal
! Written by calha, which also removes it; own changes go before this block.
! Of a parameter that is set twice the last one counts, so the block stays last.
! The server runs under Sun Cluster and is started and stopped by this agent.
local.server.ha.enabled="yes"
local.server.ha.agent="SUNWscics"
! Address of the logical host: what cshttpd and the other daemons listen on.
service.http.listenaddr="192.0.2.10"
service.listenaddr="192.0.2.10"
! Name of the logical host in place of the node's own name.
local.hostname="cal-host"
local.servername="cal-host"
service.ens.host="cal-host"
! Fully qualified, as it stands in the URLs of calendars.
service.http.calendarhostname="cal-host.example.com"
! The watcher restarts a daemon that failed; the cluster does the rest.
local.autorestart="yes"
! END calha HA block cal
"#
    );
    assert_eq!(
        (begin.as_str(), end.as_str()),
        ("! BEGIN calha HA block cal", "! END calha HA block cal")
    );
    assert!(text.is_ascii());
    let parameters = text.lines().filter(|line| !line.starts_with("! ")).count();
    assert_eq!((parameters, IcsConf::parse(text.as_bytes()).parameters().count()), (9, 9));
}

#[test]
fn no_value_breaks_out_of_the_ha_block() {
    for bad in ["", "a\"b", "a\nb", "a\r", "{{ host }}", "h\u{f6}st", "a b", "a\\", "a/b", "a*b"] {
        let mut instance = guide();
        instance.logical_host.fqdn = bad.to_string();
        assert_eq!(
            HaBlock::of(&instance).map_err(|problem| problem.code),
            Err("ha-block.value".to_string()),
            "{bad:?}"
        );
        let instance = Instance { name: bad.to_string(), ..guide() };
        assert!(HaBlock::of(&instance).is_err(), "{bad:?} as a name");
    }
}

#[test]
fn values_of_credentials_are_masked() {
    for (line, masked) in [
        ("local.enduseradmincred = \"x\"", "local.enduseradmincred = \"****\""),
        ("!local.ugldapbindcred=\"x\"y\"\r", "!local.ugldapbindcred=\"****\"\r"),
        ("ldap.bindpw=x # y", "ldap.bindpw=\"****\""),
        ("userPassword:: eA==", "userPassword:\"****\""),
        ("rw,user=me,passwd=x,ro", "rw,user=me,passwd=\"****\""),
        ("{\"client_secret\": \"x\"}", "{\"client_secret\": \"****\""),
        ("admin.PASSWORD\t=\tx", "admin.PASSWORD\t=\t\"****\""),
        ("\u{e9}pw=x", "\u{e9}pw=\"****\""),
        ("local.hostname = \"password\"", "local.hostname = \"password\""),
        ("! the password is set elsewhere", "! the password is set elsewhere"),
        ("service.http.port=\"80\"", "service.http.port=\"80\""),
        ("password=", "password="),
        ("", ""),
    ] {
        assert_eq!(mask(line), masked, "{line:?}");
    }
}

#[test]
fn a_diff_masks_every_line_it_prints() {
    let before = b"a=\"1\"\n!x\nlocal.cred = \"kept\"\nb=\"2\x1b[0m\"\r\nlocal.bindpw=\"runs\non\"\nf=\"\xff\"\ng=\"7\"\nh=\"8\"\ni=\"9\"\nj=\"10\"\nlast=\"old\"";
    let after = b"a=\"1\"\n!x\nlocal.cred = \"kept\"\nb=\"3\"\nlocal.bindpw=\"goes\noff\"\nf=\"\xff\"\ng=\"7\"\nh=\"8\"\ni=\"9\"\nj=\"10\"\nlast=\"new\"\n";
    assert_eq!(
        diff(before, after, "/cal/config/ics.conf"),
        r#"--- /cal/config/ics.conf
+++ /cal/config/ics.conf
@@ -1,12 +1,12 @@
 a="1"
 !x
 local.cred = "****"
-b="2^[[0m"^M
-local.bindpw="****"
-****
+b="3"
+local.bindpw="****"
+****
 f="�"
 g="7"
 h="8"
 i="9"
 j="10"
-last="old"
\ No newline at end of file
+last="new"
"#
    );
    assert_eq!(diff(before, before, "x"), "");
}

#[test]
fn a_diff_of_appending_shows_the_end_only() {
    let after = edit(ICS_CONF.as_bytes(), &[set_block()]);
    let shown = diff(ICS_CONF.as_bytes(), &after, "ics.conf");
    let added: String = block().text.lines().map(|line| format!("+{line}\n")).collect();
    let head = "--- ics.conf\n+++ ics.conf\n@@ -7,3 +7,21 @@\n !!service.listenaddr = \"INADDR_ANY\"\n !local.servername=\"x\"\n \
                local.enduseradmincred = \"****\"\n";
    assert_eq!(shown, format!("{head}{added}"));
}

/// How long this thread has had a processor: what else the machine has to do does not count.
fn processor_time() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), now.tv_nsec.unsigned_abs() as u32)
}

#[test]
fn big_files_do_not_take_long() {
    let big = |line: &str| line.repeat(10_000_000 / line.len()).into_bytes();
    let lines: Vec<u8> = (0..300_000)
        .flat_map(|n| format!("service.option{n} = \"{n} of very many\"\n").into_bytes())
        .collect();
    let timed = |what: &str, run: &dyn Fn()| {
        let start = processor_time();
        run();
        let took = processor_time() - start;
        eprintln!("{what}: {took:?}");
        assert!(took < SOON, "{what} took {took:?}");
    };
    let after = edit(&lines, &[set_block()]);
    let mut both_ends = b"first=\"1\"\n".to_vec();
    both_ends.extend(&after);
    let (short_lines, one_line, open_quotes) =
        (big("x\n"), big("x"), [b"a=\"".to_vec(), big("b\n")].concat());
    timed("diff of an appended block", &|| {
        assert_eq!(diff(&lines, &after, "x").lines().count(), 3 + 3 + 18)
    });
    timed("diff at both ends", &|| {
        assert!(diff(&lines, &both_ends, "x").contains("too many to compare"))
    });
    timed("diff of everything", &|| {
        assert!(diff(&lines, &short_lines, "x").contains("too many to compare"))
    });
    timed("one line", &|| {
        assert_eq!(codes(&ics_problems(&one_line))[0], "ics.conf:1 file.not-text")
    });
    timed("problems", &|| assert_eq!(codes(&ics_problems(&after)), Vec::<String>::new()));
    timed("notices", &|| assert_eq!(codes(&ics_notices(&after)), Vec::<String>::new()));
    timed("open quotes", &|| {
        assert_eq!(codes(&ics_problems(&open_quotes)), ["ics.conf:1 ics-conf.open-quote"])
    });
    let vfstab = edit(&big("/dev/dsk/c0 - - swap - no -\n"), &[add_line()]);
    timed("vfstab", &|| assert_eq!(codes(&vfstab_problems(&vfstab)), Vec::<String>::new()));
    let (left, right): (String, String) =
        (0..2990).map(|n| (format!("a{n}\n"), format!("b{n}\n"))).unzip();
    timed("as many different lines as are compared", &|| {
        assert_eq!(diff(left.as_bytes(), right.as_bytes(), "x").lines().count(), 3 + 2 * 2990);
    });
}
