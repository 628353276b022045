//! New registration files from a few answers.

use std::process::{Command, Output};

use calha::resource_type::{
    DRAFT_QUESTIONS, Draft, RegistrationFile, Release, Severity, Shown, lint,
};

fn draft(answers: &[&str]) -> Draft {
    let mut draft = Draft::default();
    for answer in ["vendor=ACME", "name=print-queue"].iter().chain(answers) {
        draft.assign(answer).unwrap_or_else(|problem| panic!("{answer}: {problem}"));
    }
    draft
}

#[test]
fn every_file_that_can_be_made_lints_clean_on_every_release() {
    for template in ["plain", "agent-builder"] {
        for mode in ["failover", "scalable", "multi-master"] {
            for port in ["none", "515/tcp"] {
                for (monitor, upgrade) in [("yes", "no"), ("no", "yes"), ("yes", "yes")] {
                    let words = [
                        format!("template={template}"),
                        format!("mode={mode}"),
                        format!("port={port}"),
                        format!("monitor={monitor}"),
                        format!("upgrade={upgrade}"),
                    ];
                    let words: Vec<&str> = words.iter().map(String::as_str).collect();
                    let text = draft(&words).render().unwrap();
                    assert!(text.is_ascii() && text.lines().all(|line| line.len() <= 100));
                    let file = RegistrationFile::parse(text.as_bytes());
                    for release in std::iter::once(None).chain(Release::ALL.map(Some)) {
                        let found = lint(&file, release, None).findings;
                        let heavy = found.iter().find(|f| f.rule.severity > Severity::Note);
                        assert!(heavy.is_none(), "{words:?} {release:?}: {heavy:?}\n{text}");
                    }
                    let shown = Shown::of(&file).unwrap();
                    let aware = upgrade == "yes";
                    let name = if aware { "ACME.print-queue:1.0" } else { "ACME.print-queue" };
                    assert_eq!(shown.registered_as, name);
                    let listens = shown.properties.iter().any(|p| p.name == "Port_list");
                    assert_eq!(listens, port != "none");
                    assert!(text.contains("# Assumed:"));
                }
            }
        }
    }
}

#[test]
fn an_answer_that_cannot_stand_in_the_file_is_refused() {
    for wrong in [
        "vendor=1ACME",
        "vendor=",
        "name=a.b",
        "name=a b",
        "description=say \"yes\"",
        "description=a;b",
        "description=caf\u{e9}",
        "version=1 0",
        "version=1:0",
        "version=",
        "basedir=opt/x",
        "basedir=/opt/x y",
        "template=other",
        "mode=Failover",
        "port=0/tcp",
        "port=99999/tcp",
        "port=80",
        "monitor=perhaps",
        "nonsense=1",
        "vendor",
    ] {
        assert!(Draft::default().assign(wrong).is_err(), "{wrong}");
    }
    assert_eq!(Draft::default().open().len(), 2);
    assert!(DRAFT_QUESTIONS.iter().all(|question| !question.help.is_empty()));
}

fn new(directory: &std::path::Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_calha"));
    command.args(["rt", "new"]).args(words).current_dir(directory);
    command.stdin(std::process::Stdio::null()).output().unwrap()
}

#[test]
fn the_command_writes_a_new_file_and_says_what_nobody_answered() {
    let home = tempfile::tempdir().unwrap();
    let missing = new(home.path(), &["--set", "vendor=ACME"]);
    assert_eq!(missing.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("--set name=..."));
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);

    let both = ["--set", "vendor=ACME", "--set", "name=queue"];
    let made = new(home.path(), &both);
    assert_eq!(made.status.code(), Some(0), "{}", String::from_utf8_lossy(&made.stderr));
    let text = std::fs::read_to_string(home.path().join("ACME.queue")).unwrap();
    assert!(text.contains("RT_BASEDIR = /opt/ACMEqueue/bin;"), "{text}");
    assert!(String::from_utf8_lossy(&made.stdout).contains("calha rt lint ACME.queue"));

    let again = new(home.path(), &both);
    assert_eq!(again.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(home.path().join("ACME.queue")).unwrap(), text);
    let near = new(home.path(), &["--set", "vender=ACME"]);
    assert!(String::from_utf8_lossy(&near.stderr).contains("did you mean vendor?"));
}
