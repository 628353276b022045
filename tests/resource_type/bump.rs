//! Another version of a type, written without touching anything else.

use std::process::Command;

use calha::resource_type::{Diff, Earlier, RegistrationFile, Severity, Tunability, bump, lint};

use super::{CLEAN, text};

fn earlier(version: &str, tunability: Tunability) -> Earlier {
    Earlier { version: version.into(), tunability }
}

fn bumped(text: &str, to: &str, from: &[Earlier]) -> (String, Vec<String>) {
    let bumped = bump(&RegistrationFile::parse(text.as_bytes()), to, from).unwrap();
    (String::from_utf8(bumped.bytes).unwrap(), bumped.notes)
}

/// Lines that one text has and the other has not.
fn only(one: &str, other: &str) -> Vec<String> {
    one.lines().filter(|line| !other.lines().any(|l| l == *line)).map(str::to_owned).collect()
}

#[test]
fn a_new_version_changes_one_value_and_adds_lines_between_the_parts() {
    let old = text("builder.rt");
    let (new, notes) = bumped(&old, "1.3", &[earlier("1.2", Tunability::WhenOffline)]);
    assert_eq!(only(&old, &new), ["RT_VERSION =\"1.2\";"]);
    assert_eq!(
        only(&new, &old),
        ["RT_VERSION =\"1.3\";", "#$upgrade", "#$upgrade_from \"1.2\" WHEN_OFFLINE"]
    );
    assert!(
        notes.iter().any(|n| n.contains("changes from ACME.queue to ACME.queue:1.3")),
        "{notes:?}"
    );

    let old = text("hand.rt");
    let (new, notes) = bumped(
        &old,
        "6",
        &[earlier("4.6", Tunability::WhenOffline), earlier("5", Tunability::Anytime)],
    );
    assert_eq!(
        only(&old, &new),
        [
            "RT_version = \"5\"; API_version = 3; Failover = true;",
            "#$upgrade_from \"4.6\" When_Unmonitored"
        ]
    );
    assert_eq!(
        only(&new, &old),
        [
            "RT_version = \"6\"; API_version = 3; Failover = true;",
            "#$upgrade_from \"4.6\" WHEN_OFFLINE",
            "#$upgrade_from \"5\" ANYTIME"
        ]
    );
    assert!(notes.is_empty(), "{notes:?}");
}

/// Only the version differs afterwards, nothing is found that was not there, and a second time changes nothing.
#[test]
fn a_bumped_file_is_as_clean_as_before_and_stays_as_it_is() {
    for name in CLEAN {
        for ends in ["\n", "\r\n"] {
            let old = text(name).replace('\n', ends);
            let file = RegistrationFile::parse(old.as_bytes());
            let from = [earlier("0.9", Tunability::WhenUnmanaged)];
            let once = bump(&file, "99", &from).unwrap();
            let new = RegistrationFile::parse(&once.bytes);

            let diff = Diff::of(&file, &new);
            assert!(diff.changes.is_empty() && diff.new_version == "99", "{name}: {diff:?}");
            assert_eq!(new.render(), once.bytes);
            let heavy = lint(&new, None, None).count(Severity::Error);
            assert_eq!(heavy, 0, "{name}");
            assert_eq!(bump(&new, "99", &from).unwrap().bytes, once.bytes, "{name}");
            let text = String::from_utf8(once.bytes).unwrap();
            assert_eq!(text.matches('\n').count(), text.matches(ends).count(), "{name}");
        }
    }
}

#[test]
fn what_cannot_be_a_version_is_refused() {
    let file = RegistrationFile::parse(text("hand.rt").as_bytes());
    for version in ["", "1 2", "1/2", "1;2", "a,b", "[1]", "x*"] {
        assert!(bump(&file, version, &[]).is_err(), "{version:?}");
    }
    assert!(bump(&file, "6", &[earlier("6", Tunability::Anytime)]).is_err());
    let damaged = RegistrationFile::parse(text("damaged.rt").as_bytes());
    assert!(bump(&damaged, "6", &[]).is_err());
}

#[test]
fn the_readings_of_the_empty_version_and_an_unlisted_one_are_told() {
    let (_, notes) = bumped(&text("hand.rt"), "6", &[earlier("", Tunability::Anytime)]);
    assert!(notes.iter().any(|n| n.contains("without a version")), "{notes:?}");
    assert!(notes.iter().any(|n| n.contains("version 5 is not listed")), "{notes:?}");
}

#[test]
fn the_command_shows_the_difference_and_a_dry_run_changes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("a.rt");
    std::fs::write(&file, text("hand.rt")).unwrap();
    let run = |more: &[&str]| {
        let words = ["rt", "bump", file.to_str().unwrap(), "--to", "6", "--from", "5=anytime"];
        let output =
            Command::new(env!("CARGO_BIN_EXE_calha")).args(words).args(more).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (status, shown) = run(&["--dry-run"]);
    assert_eq!(status, Some(0));
    assert!(shown.contains("+#$upgrade_from \"5\" ANYTIME"), "{shown}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text("hand.rt"));

    assert_eq!(run(&[]), (Some(0), shown));
    assert!(std::fs::read_to_string(&file).unwrap().contains("\"5\" ANYTIME"));
    assert_eq!(run(&[]).1, "");
}
