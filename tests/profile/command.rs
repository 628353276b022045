//! What an administrator sees of `calha profile check`, `schema` and `settings`.

use std::process::{Command, Output, Stdio};

fn calha(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_calha"))
        .args(args)
        .env_clear()
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn the_committed_profile_has_no_problem() {
    let output = calha(&["profile", "check", "profiles/asymmetric.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
    assert!(said(&output.stdout).contains("no problem") && output.stderr.is_empty());
}

#[test]
fn every_problem_is_told_at_once_and_the_status_is_2() {
    let output = calha(&[
        "profile",
        "check",
        "profiles/asymmetric.toml",
        "--set",
        "instance.cal.logical-host-address=123.45.67.890",
        "--set",
        "instance.cal.share-dir=cal",
        "--set",
        "instance.cal.prot=80",
    ]);
    let stderr = said(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(output.stdout.is_empty());
    for word in ["890", "not an absolute path", "instance.cal.port", "hint: ", "3 problems"] {
        assert!(stderr.contains(word), "no {word:?} in\n{stderr}");
    }
}

#[test]
fn a_file_that_is_not_there_and_a_wrong_flag_end_with_2() {
    for args in
        [&["profile", "check", "nowhere.toml"][..], &["profile", "check"], &["--frobnicate"], &[]]
    {
        let output = calha(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(!output.stderr.is_empty() && output.stdout.is_empty(), "{args:?}");
    }
}

#[test]
fn the_schema_is_json_and_the_settings_name_every_key() {
    let schema: serde_json::Value = serde_json::from_slice(&calha(&["schema"]).stdout).unwrap();
    assert!(schema.get("$schema").is_some());
    let settings = said(&calha(&["settings"]).stdout);
    for setting in calha::setting::registry() {
        assert!(settings.contains(setting.key), "{} is missing", setting.key);
    }
}

#[test]
fn a_profile_is_looked_at_until_a_hundred_problems() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("many.toml");
    let lines = |line: &dyn Fn(usize) -> String, count: usize| -> String {
        (0..count).map(|n| line(n) + "\n").collect()
    };
    for (text, told) in [
        (lines(&|n| format!("x{n} = 1"), 20_000), "there may be more problems"),
        (lines(&|_| "a = 1".into(), 30_000), "there may be more problems"),
        (lines(&|_| "a == \"".into(), 30_000), "there may be more problems"),
        (lines(&|n| format!("[instance.n{n}]"), 10_000), "10000 instances"),
    ] {
        std::fs::write(&file, text).unwrap();
        let begun = std::time::Instant::now();
        let output = calha(&["profile", "check", file.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2));
        let said = said(&output.stderr);
        assert!(said.contains(told), "{said}");
        assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    }
}
