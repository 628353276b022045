//! What changed between two versions, and every row of table 4-1.

use std::path::Path;
use std::process::Command;

use calha::resource_type::{
    Answers, Diff, Packaging, Path as Place, RegistrationFile, Subject, Tunability, packaging,
};

use super::{path, text};

fn diff(old: &str, new: &str) -> Diff {
    Diff::of(&RegistrationFile::parse(old.as_bytes()), &RegistrationFile::parse(new.as_bytes()))
}

fn subjects(diff: &Diff) -> Vec<Subject> {
    diff.changes.iter().map(|change| change.subject).collect()
}

/// The later version of hand.rt with something replaced.
fn next(find: &str, put: &str) -> (String, String) {
    let old = text("hand.rt");
    assert!(old.contains(find), "{find}");
    let new = old.replace("RT_version = \"5\"", "RT_version = \"6\"").replacen(find, put, 1);
    (old, new)
}

#[test]
fn comments_capitals_and_order_are_no_change() {
    for name in super::CLEAN {
        let text = text(name);
        assert!(!diff(&text, &text).is_registered(), "{name}");
        let other = format!("# another head\n{}", text.replace("EXTENSION", "Extension"));
        assert!(!diff(&text, &other).is_registered(), "{name}");
    }
    let (old, new) = next("Default = \"Auto\"", "DEFAULT = AUTO");
    assert!(diff(&old, &new).changes.is_empty());
}

#[test]
fn each_kind_of_change_is_told_with_what_follows() {
    for (find, put, subject, means) in [
        ("DEFAULT = 750", "DEFAULT = 300", Subject::Default, "explicit values stay"),
        ("minlength=1", "minlength=3", Subject::Constraint, "narrower"),
        ("MAX = 3600", "MAX = 60", Subject::Constraint, "narrower"),
        ("MAX = 3600", "MAX = 9000", Subject::Constraint, "nothing, for values that stand"),
        ("Timeout, Auto, Cluster", "Timeout, Auto", Subject::Constraint, "literal that is gone"),
        (
            "TUNABLE = WHEN_DISABLED; DESCRIPTION",
            "TUNABLE = ANYTIME; DESCRIPTION",
            Subject::Tunability,
            "values stay",
        ),
        ("Init = disk_init", "Init = disk_init2", Subject::MethodPath, "old path"),
        ("Init = disk_init; ", "", Subject::MethodSet, "code may need a change"),
        ("Failover = true", "Failover = false", Subject::Type, "holds for all resources"),
        (
            "{ PROPERTY = FailOver_Mode; DEFAULT = SOFT; TUNABLE = ANYTIME; }",
            "",
            Subject::Removed,
            "deleted from every resource",
        ),
        (
            "{ PROPERTY = FailOver_Mode",
            "{ PROPERTY = New; EXTENSION; STRING; TUNABLE = ANYTIME; DESCRIPTION = \"n\"; }\n{ PROPERTY = FailOver_Mode",
            Subject::AddedRequired,
            "has no default",
        ),
        (
            "{ PROPERTY = FailOver_Mode",
            "{ PROPERTY = New; EXTENSION; INT; DEFAULT = 1; TUNABLE = ANYTIME; DESCRIPTION = \"n\"; }\n{ PROPERTY = FailOver_Mode",
            Subject::Added,
            "takes the default",
        ),
    ] {
        let (old, new) = next(find, put);
        let diff = diff(&old, &new);
        assert_eq!(subjects(&diff), [subject], "{find} -> {put}: {:?}", diff.changes);
        assert!(diff.changes[0].means.contains(means), "{find}: {}", diff.changes[0].means);
    }
}

#[test]
fn another_name_is_another_type() {
    let (old, new) = next("Vendor_id = ACME", "Vendor_id = OTHER");
    assert_eq!(diff(&old, &new).renamed, Some(("ACME.disk".into(), "OTHER.disk".into())));
}

/// Answers from their names: `+method-code -monitor-code`.
fn answers(words: &str) -> Answers {
    let mut answers = Answers::default();
    for word in words.split_whitespace() {
        let (sign, name) = word.split_at(1);
        *answers.get(name).unwrap() = Some(sign == "+");
    }
    answers
}

const UNCHANGED: (&str, &str) = ("# a comment before", "# the comment before");
const DEFAULT: (&str, &str) = ("DEFAULT = 750", "DEFAULT = 300");
const ADDED: (&str, &str) = (
    "{ PROPERTY = FailOver_Mode",
    "{ PROPERTY = New; EXTENSION; INT; DEFAULT = 1; TUNABLE = ANYTIME; DESCRIPTION = \"n\"; }\n{ PROPERTY = FailOver_Mode",
);
const PATHS: (&str, &str) =
    ("RT_basedir = /opt/ACMEdisk/sc/bin", "RT_basedir = /opt/ACMEdisk/sc6/bin");

fn of((find, put): (&str, &str), said: &str) -> Packaging {
    let (old, new) = next(find, put);
    packaging(&diff(&old, &new), &answers(said))
}

#[test]
fn every_row_of_table_4_1_is_there() {
    let no_fails = "-stop-fails-with-new-defaults -fini-fails-with-new-defaults";
    for (change, said, tunability, methods) in [
        // Properties in the registration file only.
        (DEFAULT, "-method-code -monitor-code", Tunability::Anytime, Place::Nothing),
        // Methods that fit.
        (
            PATHS,
            "+method-code -monitor-code +stop-fits-old-start +fini-fits-old-init",
            Tunability::Anytime,
            Place::Own,
        ),
        // A new monitor.
        (PATHS, "-method-code +monitor-code", Tunability::WhenUnmonitored, Place::Overwrite),
        // Update and Stop do not fit the old Start.
        (
            PATHS,
            "+method-code -monitor-code -stop-fits-old-start +fini-fits-old-init",
            Tunability::WhenOffline,
            Place::Own,
        ),
        // New properties that the new methods need.
        (
            ADDED,
            "+method-code -monitor-code +stop-fits-old-start +fini-fits-old-init +methods-need-new-properties",
            Tunability::WhenDisabled,
            Place::Overwrite,
        ),
        // New properties that they do not need.
        (
            ADDED,
            "+method-code -monitor-code +stop-fits-old-start +fini-fits-old-init -methods-need-new-properties",
            Tunability::Anytime,
            Place::Overwrite,
        ),
        // Fini does not fit the old Init.
        (
            PATHS,
            "+method-code -monitor-code +stop-fits-old-start -fini-fits-old-init",
            Tunability::WhenUnmanaged,
            Place::Own,
        ),
    ] {
        let found = of(change, &format!("{said} {no_fails}"));
        assert_eq!((found.tunability, found.methods), (Some(tunability), methods), "{said}");
        assert!(found.register && found.open.is_empty(), "{said}: {:?}", found.open);
    }

    // Only code, the registration file as it was.
    let same = text("hand.rt");
    let other = same.replace(UNCHANGED.0, UNCHANGED.1);
    let found = packaging(&diff(&same, &other), &answers("+method-code -monitor-code"));
    assert!(!found.register && found.tunability.is_none(), "{found:?}");
    assert_eq!(found.methods, Place::Overwrite);
}

#[test]
fn a_default_under_which_a_method_fails_restricts_the_upgrade() {
    let code = "-method-code -monitor-code";
    let stop =
        of(DEFAULT, &format!("{code} +stop-fails-with-new-defaults -fini-fails-with-new-defaults"));
    assert_eq!(stop.tunability, Some(Tunability::WhenOffline));
    let fini =
        of(DEFAULT, &format!("{code} -stop-fails-with-new-defaults +fini-fails-with-new-defaults"));
    assert_eq!(fini.tunability, Some(Tunability::WhenUnmanaged));
}

/// Two texts give a floor, and the floor is what no vendor can be below.
#[test]
fn without_answers_there_is_a_floor_and_open_questions() {
    let found = of(DEFAULT, "");
    assert_eq!((found.tunability, found.floor), (None, Tunability::Anytime));
    assert!(found.open.contains(&"method-code") && found.open.contains(&"monitor-code"));

    // A version that is not aware of upgrades lets no resource move.
    let (old, new) = next("#$upgrade\n", "\n");
    let new = new.lines().filter(|line| !line.starts_with("#$")).collect::<Vec<_>>().join("\n");
    let found = packaging(&diff(&old, &new), &answers(""));
    assert_eq!(found.floor, Tunability::AtCreation);
}

fn rt(words: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_calha")).arg("rt").args(words).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

#[test]
fn directories_of_methods_answer_whether_code_changed() {
    let home = tempfile::tempdir().unwrap();
    let write = |directory: &str, name: &str, text: &str| {
        let directory = home.path().join(directory);
        std::fs::create_dir_all(&directory).unwrap();
        std::fs::write(directory.join(name), text).unwrap();
    };
    let names = [
        "svc_start",
        "svc_stop",
        "validate",
        "update",
        "monitor_start",
        "monitor_stop",
        "monitor_check",
    ];
    for name in names {
        write("old", &format!("queue_{name}"), name);
        write("new", &format!("queue_{name}"), name);
    }
    write("new", "queue_monitor_start", "another");
    let new = home.path().join("new.rt");
    std::fs::write(
        &new,
        text("builder.rt").replace("\"1.2\"", "\"1.3\"").replace("FAILOVER", "#$upgrade\nFAILOVER"),
    )
    .unwrap();

    let at = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let file = path("builder.rt");
    let words = [
        "diff",
        file.to_str().unwrap(),
        new.to_str().unwrap(),
        "--old-methods",
        &at("old"),
        "--new-methods",
        &at("new"),
    ];
    let (status, said) = rt(&words);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("table 4-1:  a new monitor"), "{said}");
    assert!(said.contains("tunability: WHEN_UNMONITORED"), "{said}");

    std::fs::remove_file(home.path().join("new/queue_update")).unwrap();
    let (status, said) = rt(&words);
    assert!(status == Some(2) && said.contains("Update queue_update is not in"), "{said}");
}

#[test]
fn a_file_of_answers_is_read_and_its_mistakes_are_named() {
    let home = tempfile::tempdir().unwrap();
    let good = home.path().join("a.toml");
    std::fs::write(&good, "method-code = false\nmonitor-code = false\nstop-fails-with-new-defaults = false\nfini-fails-with-new-defaults = false\n").unwrap();
    let (old, new) = next(DEFAULT.0, DEFAULT.1);
    let write = |name: &str, text: &str| {
        let place = home.path().join(name);
        std::fs::write(&place, text).unwrap();
        place
    };
    let (old, new) = (write("old.rt", &old), write("new.rt", &new));
    let words = |answers: &Path| {
        vec![
            "diff".to_owned(),
            old.display().to_string(),
            new.display().to_string(),
            "--answers".to_owned(),
            answers.display().to_string(),
        ]
    };
    let run = |answers: &Path| rt(&words(answers).iter().map(String::as_str).collect::<Vec<_>>());
    let (status, said) = run(&good);
    assert!(status == Some(0) && said.contains("tunability: ANYTIME"), "{said}");
    assert!(said.lines().all(|line| line.chars().count() <= 80), "{said}");

    let (status, said) = run(&write("b.toml", "method_code = true\n"));
    assert!(status == Some(2) && said.contains("method-code"), "{said}");
}

/// Of two declarations with one name the first counts, in both files.
#[test]
fn a_file_with_a_property_twice_does_not_differ_from_itself() {
    let twice = format!(
        "{}{{ PROPERTY = probe_TIMEOUT; EXTENSION; INT; DEFAULT = 7; DESCRIPTION = \"x\"; }}\n",
        text("builder.rt")
    );
    let file = RegistrationFile::parse(twice.as_bytes());
    assert_eq!(Diff::of(&file, &file).changes, []);
    let once = RegistrationFile::parse(text("builder.rt").as_bytes());
    assert_eq!(Diff::of(&once, &file).changes, []);
}
