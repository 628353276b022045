//! vfstab: entries, what would make ours wrong, and what is somebody else's affair.

use calha::document::{Vfstab, VfstabEntry};

use crate::as_they_come::VFSTAB;
use crate::findings::{assert_helps, codes, vfstab_notices, vfstab_problems};
use crate::wanted::wanted;

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
        "another entry for /cal: block device '/dev/dsk/c1^[[2J' instead of '/dev/md/penguin/dsk/d400', \
         fsck pass '3' instead of '2', \
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
