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

/// What `--set` says of another instance, with its node.
const ANOTHER: [&str; 6] = [
    "cluster.nodes=Node1,Node2,Node3,Node5,Node4",
    "instance.cs4.block-device=/dev/md/walrus/dsk/d400",
    "instance.cs4.install-root-device=/dev/md/walrus/dsk/d500",
    "instance.cs4.var-dir-device=/dev/md/walrus/dsk/d600",
    "instance.cs4.logical-host=cal-host4",
    "instance.cs4.logical-host-address=192.0.2.14",
];

fn add_instance(file: &std::path::Path, set: &[&str]) -> Output {
    let set = set.iter().flat_map(|one| ["--set", one]);
    let file = file.to_str().unwrap();
    calha(&["new", "--add-instance", file].into_iter().chain(set).collect::<Vec<_>>())
}

#[test]
fn another_instance_changes_no_other_byte_of_a_profile() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("site.toml");
    let before = std::fs::read_to_string("profiles/n-plus-one.toml").unwrap();
    for before in [before.clone(), before.trim_end().to_owned(), before.replace('\n', "\r\n")] {
        std::fs::write(&file, &before).unwrap();
        let output = add_instance(&file, &ANOTHER);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
        assert!(said(&output.stdout).contains("CAL-CS4-RG on Node5, then Node4"));

        let after = std::fs::read_to_string(&file).unwrap();
        let end = if before.contains('\r') { "\r\n" } else { "\n" };
        let kept = before.trim_end().replacen("\"Node4\"]", "\"Node5\", \"Node4\"]", 1);
        let table = after.strip_prefix(&kept).expect("what was there is there");
        assert!(table.starts_with(&format!("{end}{end}[instance.cs4]{end}block-device = ")));
        assert_eq!(table.matches('=').count(), 5, "{table}");
        assert_eq!(calha(&["profile", "check", file.to_str().unwrap()]).status.code(), Some(0));
    }
}

#[test]
fn another_instance_is_added_whole_or_not_at_all() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("site.toml");
    let address = ["instance.cs4.logical-host-address=192.0.2.10"];
    for (model, set, status, word) in [
        ("n-plus-one", &ANOTHER[1..], 2, "names 4 node(s) for 4 instances"),
        ("n-plus-one", &ANOTHER[..5], 3, "instance.cs4.logical-host-address has no answer"),
        ("n-plus-one", &address[..], 2, "192.0.2.10\" is also that of cs1"),
        (
            "n-plus-one",
            &["limit.query=5"][..],
            2,
            "limit.query is not a setting of the new instance",
        ),
        ("symmetric", &[][..], 2, "only a profile of the model n-plus-one"),
    ] {
        let before = std::fs::read(format!("profiles/{model}.toml")).unwrap();
        std::fs::write(&file, &before).unwrap();
        let output = add_instance(&file, set);
        let stderr = said(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{set:?}: {stderr}");
        assert!(stderr.contains(word), "no {word:?} in\n{stderr}");
        assert_eq!(std::fs::read(&file).unwrap(), before, "{set:?}");
    }
}
