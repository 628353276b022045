//! A registration file: every byte comes back, findings lie within it, mending has an end, and what
//! changes a file touches nothing but what it is about.

use calha::resource_type::{
    Diff, Earlier, RegistrationFile, Shown, Tunability, bump, lint, mended,
};

use super::Target;

pub const TARGET: Target = Target {
    name: "registration",
    law: check,
    seeds: &["tests/resource_type/files"],
    pieces: &[
        "RESOURCE_TYPE",
        " = ",
        "\"x\"",
        "\"x",
        ";",
        "{",
        "}",
        "\n",
        "\r\n",
        "#",
        "#$",
        "#$upgrade",
        "#$upgrade_from \"1\" ANYTIME",
        "#$Id$",
        "PROPERTY = A;",
        "EXTENSION;",
        "ENUM { A, B };",
        ",",
        "\u{201c}",
        "\u{201d}",
        "\0",
        "TUNABLE = ANYTIME;",
        "DEFAULT = ;",
        "RT_VERSION = \"1\";",
        "MIN = 0;",
        " ",
        "Start_timeout",
        "(DIR)",
    ],
};

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
    changed(&file);
}

fn changed(file: &RegistrationFile) {
    assert!(Diff::of(file, file).changes.is_empty(), "it differs from itself");
    let from = [Earlier { version: "1.2".into(), tunability: Tunability::Anytime }];
    let Ok(bumped) = bump(file, "9.9", &from) else { return };
    let after = RegistrationFile::parse(&bumped.bytes);
    assert_eq!(after.render(), bumped.bytes);
    let diff = Diff::of(file, &after);
    assert!(diff.changes.is_empty(), "{:?}", diff.changes);
    assert_eq!(diff.new_version, "9.9");
    assert_eq!(after.entries.len(), file.entries.len());
}
