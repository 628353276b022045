//! What holds of clean files, and of long and odd ones. What holds of any bytes is a law of
//! `fuzz/src`.

use calha::resource_type::{RegistrationFile, Severity, lint};

use super::{CLEAN, text};

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
