//! Files and streams that are not what one expects: names and secrets that are no UTF-8, a full
//! disk behind standard output, pipes and endless devices for a profile, a journal of somebody
//! else. Each is worked with or refused with a sentence; nothing panics, hangs or passes for done.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::process::CommandExt as _;
use std::process::Stdio;

use super::root;
use super::site::{Said, Site, said};

#[test]
fn a_profile_whose_name_is_no_utf_8_is_worked_with_and_named_again() {
    let site = Site::new();
    let name = OsStr::from_bytes(b"caf\xe9.toml");
    fs::rename(&site.profile, site.dir.path().join(name)).unwrap();
    let run = |words: &[&str]| {
        let mut command = site.program(&words[..1]);
        command.arg(name).args(&words[1..]).current_dir(site.dir.path());
        said(command.output().unwrap())
    };

    let installed = run(&["install", "--yes"]);
    assert_eq!(installed.status, 0, "{}", installed.err);
    assert!(installed.err.contains(r"calha report $'caf\351.toml' "), "{}", installed.err);
    assert_eq!(run(&["verify"]).status, 0);

    let mut offered = site.program(&["--", "calha", "install"]);
    let offered = offered.arg(name).args(["--only", ""]).current_dir(site.dir.path()).envs([
        ("CALHA_COMPLETE", "bash"),
        ("_CLAP_COMPLETE_INDEX", "4"),
        ("_CLAP_IFS", "\n"),
    ]);
    let offered = said(offered.output().unwrap());
    assert_eq!((offered.status, offered.err.as_str()), (0, ""));
    assert!(offered.out.lines().any(|line| line.starts_with("ha-block")), "{}", offered.out);
}

/// Runs a command whose standard output is a disk without room.
fn full(site: &Site, words: &[&str]) -> Said {
    let mut command = site.program(words);
    command.stdout(Stdio::from(File::options().write(true).open("/dev/full").unwrap()));
    said(command.stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap())
}

#[test]
fn an_answer_that_did_not_arrive_is_a_failure_of_whoever_only_answers() {
    let site = Site::new();
    let profile = site.profile.to_str().unwrap();
    let installed = full(&site, &["install", profile, "--yes"]);
    assert_eq!(installed.status, 0, "the work is done: {}", installed.err);
    assert!(installed.err.contains("the output is not complete"), "{}", installed.err);

    let log = site.lab.root(&calha::node::NodeName("Node1".into())).join("var/tmp/log");
    let line = "Dec 11 18:30:00 Node1 SC[SUNW.scics,CAL-RG,CAL-SVR-RS,ics_svc_start]: \
                [ID 2 daemon.error] x\n";
    fs::write(log, line).unwrap();
    let directory = site.dir.path().join("all");
    fs::create_dir(&directory).unwrap();
    fs::copy(&site.profile, directory.join("a.toml")).unwrap();

    for words in [
        &["verify", profile][..],
        &["verify", profile, "--format", "json"],
        &["verify", profile, "--events", "json"],
        &["check", profile],
        &["check", profile, "--format", "json"],
        &["status", profile],
        &["status", profile, directory.to_str().unwrap()],
        &["plan", profile],
        &["report", profile],
        &["restore", profile],
        &["rehearse", profile],
        &["debug", "log", profile, "--node", "Node1", "--file", "/var/tmp/log"],
        &["profile", "check", profile],
        &["models"],
        &["worksheet"],
        &["schema"],
        &["lab", "status", site.dir.path().join("lab").to_str().unwrap()],
    ] {
        let said = full(&site, words);
        let whys = said.err.matches("standard output: No space left on device").count();
        assert_eq!((said.status, whys), (1, 1), "{words:?}: {}", said.err);
    }
}

#[test]
fn a_profile_is_read_once_and_no_more_of_it_than_a_profile_has() {
    let site = Site::new();
    let right = fs::read_to_string(&site.profile).unwrap();
    let wrong = right.replacen("uid = 5001", "uid = \"x\"", 1);
    assert_ne!(right, wrong);

    // Through a pipe the bytes come one time.
    let piped = |text: &str, words: &[&str]| {
        let mut child = site
            .program(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        said(child.wait_with_output().unwrap())
    };
    let refused = piped(&wrong, &["profile", "check", "/dev/stdin"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("| uid = \"x\""), "{}", refused.err);
    let planned = piped(&right, &["plan", "/dev/stdin"]);
    assert_eq!(planned.status, 0, "{}", planned.err);

    let endless = site.calha(&["profile", "check", "/dev/zero"]);
    assert_eq!(endless.status, 2);
    assert!(endless.err.contains("larger than 256 KiB"), "{}", endless.err);
}

#[test]
fn a_journal_of_somebody_else_is_named_with_its_owner() {
    if !root::is_root("another user can be played by root alone") {
        return;
    }
    let site = Site::new();
    assert_eq!(site.run("install", &["--yes"]).status, 0);
    let open = |path| {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(path, mode).unwrap();
    };
    open(site.dir.path());
    let program = site.dir.path().join("calha");
    fs::copy(env!("CARGO_BIN_EXE_calha"), &program).unwrap();
    let foreign = |words: &[&str]| {
        let mut command = std::process::Command::new(&program);
        command.args(words).env("XDG_STATE_HOME", site.dir.path().join("state"));
        said(command.uid(65534).gid(65534).stdin(Stdio::null()).output().unwrap())
    };

    let profile = site.profile.to_str().unwrap();
    for words in [&["status", profile][..], &["verify", profile], &["install", profile, "--yes"]] {
        let said = foreign(words);
        assert_eq!(said.status, 1, "{words:?}: {}", said.err);
        let state = site.dir.path().join("state/calha");
        assert!(said.err.contains(state.to_str().unwrap()), "{words:?}: {}", said.err);
        assert!(said.err.contains("next: as root, calha "), "{words:?}: {}", said.err);
        assert!(!said.err.contains("make room"), "{words:?}: {}", said.err);
    }
}

#[test]
fn what_is_read_is_a_regular_file_within_bounds() {
    let site = Site::new();
    let profile = site.profile.to_str().unwrap();
    let at = |name: &str| site.dir.path().join(name).to_str().unwrap().to_owned();
    let fifo = at("fifo.result");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let huge = at("huge.result");
    File::create(&huge).unwrap().set_len(1 << 40).unwrap();

    for (file, why) in [
        (fifo.as_str(), "not a regular file"),
        ("/dev/zero", "not a regular file"),
        (huge.as_str(), "larger than 16 MiB"),
    ] {
        for words in [
            &["import-results", profile, "--yes", file][..],
            &["import-results", profile, "--yes", "--plan", file, "/dev/null"],
        ] {
            let said = said(site.program(words).output().unwrap());
            assert!(said.status == 2 && said.err.contains(why), "{words:?}: {}", said.err);
        }
    }
}
