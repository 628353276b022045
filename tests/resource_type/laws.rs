//! What holds for any bytes.

use calha::resource_type::{RegistrationFile, Severity, Shown, lint, mended};
use proptest::prelude::*;

use super::{CLEAN, text};

/// Pieces that registration files are made of, whole and damaged.
pub const PIECES: [&[u8]; 30] = [
    b"RESOURCE_TYPE",
    b" = ",
    b"\"x\"",
    b"\"x",
    b";",
    b"{",
    b"}",
    b"\n",
    b"\r\n",
    b"#",
    b"#$",
    b"#$upgrade",
    b"#$upgrade_from \"1\" ANYTIME",
    b"#$Id$",
    b"PROPERTY = A;",
    b"EXTENSION;",
    b"ENUM { A, B };",
    b",",
    b"\xe2\x80\x9c",
    b"\xe2\x80\x9d",
    b"\x93",
    b"\xe9",
    b"\0",
    b"TUNABLE = ANYTIME;",
    b"DEFAULT = ;",
    b"RT_VERSION = \"1\";",
    b"MIN = 0;",
    b" ",
    b"Start_timeout",
    b"(DIR)",
];

pub fn check(bytes: &[u8]) {
    let file = RegistrationFile::parse(bytes);
    assert_eq!(file.render(), bytes);

    let found = lint(&file, None, None);
    let source = file.source();
    for finding in &found.findings {
        assert!(finding.span.end() <= bytes.len() && finding.span.start() <= finding.span.end());
        assert!(!source.describe(finding, "f").contains('\0'));
    }
    let _ = Shown::of(&file);

    let (once, _) = mended(bytes);
    assert_eq!(mended(&once), (once.clone(), 0), "a second time changes something");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_bytes_come_back_and_nothing_fails(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check(&bytes);
    }

    #[test]
    fn any_pieces_come_back_and_nothing_fails(at in prop::collection::vec(0..PIECES.len(), 0..60)) {
        check(&at.iter().flat_map(|at| PIECES[*at]).copied().collect::<Vec<u8>>());
    }

    #[test]
    fn a_file_with_a_stretch_cut_out_comes_back(file in 0..CLEAN.len(), start in 0usize..2000, length in 0usize..60) {
        let mut bytes = text(CLEAN[file]).into_bytes();
        let start = start.min(bytes.len());
        let end = (start + length).min(bytes.len());
        bytes.drain(start..end);
        check(&bytes);
    }
}

#[test]
fn a_clean_file_has_neither_errors_nor_warnings() {
    for name in CLEAN {
        let found = lint(&RegistrationFile::parse(text(name).as_bytes()), None, None);
        let heavy = found.findings.iter().find(|f| f.rule.severity > Severity::Note);
        assert!(heavy.is_none(), "{name}: {heavy:?}");
    }
}

/// Time and room grow with the size of the file, whatever stands in it.
#[test]
fn long_and_odd_files_are_read_at_once() {
    let odd: [&[u8]; 8] =
        [b"a b,", b"\"x", b"\xe2\x80\x9c", b"{", b"}", b"x = {", b"ENUM { A ", b"#$\n"];
    for piece in odd {
        let bytes = piece.repeat(60_000);
        let begun = std::time::Instant::now();
        let file = RegistrationFile::parse(&bytes);
        assert_eq!(file.render().len(), bytes.len());
        assert!(begun.elapsed().as_secs() < 20, "{:?}", String::from_utf8_lossy(piece));
    }
}

/// Nobody reads so much, and nobody may take what is listed for all.
#[test]
fn what_is_not_listed_any_more_is_said_at_the_end() {
    let entries = b"{ X }\n".repeat(12_000);
    let quotes = "A = \u{201c}b\u{201d};\n".repeat(21_000);
    let many: [(&[u8], &str); 5] = [
        (&b";".repeat(2_001), "was not read"),
        (quotes.as_bytes(), "are not listed"),
        (&entries, "was not read"),
        (&b"a;".repeat(21_000), "are not listed"),
        (&b"#$\n".repeat(21_000), "are not listed"),
    ];
    for (bytes, wanted) in many {
        let found = lint(&RegistrationFile::parse(bytes), None, None).findings;
        let last = found.last().unwrap();
        assert_eq!(last.rule.code, "rtr.too-many");
        assert!(last.what.contains(wanted), "{}", last.what);
    }

    let found = lint(&RegistrationFile::parse(&b";".repeat(2_000)), None, None).findings;
    assert!(found.iter().all(|finding| finding.rule.code != "rtr.too-many"));
}

/// A line may be as long as the file, and have a finding at every byte.
#[test]
fn findings_on_one_long_line_are_placed_at_once() {
    let bytes = b"; ".repeat(20_000);
    let file = RegistrationFile::parse(&bytes);
    let found = lint(&file, None, None).findings;
    assert!(found.len() > 1_900, "{}", found.len());
    let begun = std::time::Instant::now();
    let source = file.source();
    for finding in &found {
        let at = source.position(finding.span.start());
        assert_eq!((at.line, at.column), (1, finding.span.start() + 1));
    }
    assert!(begun.elapsed().as_secs() < 2, "{:?}", begun.elapsed());
}
