//! Text from outside (profiles, names of files, answers of nodes, the environment) that moves the
//! cursor, changes colours, turns the direction of writing or is seen by nobody: no command sends
//! it to the screen.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use calha::node::NodeName;

use super::site::Site;

/// Escape, carriage return, bell, backspace, delete, a control of eight bits, bidirectional marks,
/// a zero width space, a tag.
pub const EVIL: &str =
    "a\u{1b}[2J\u{1b}]0;t\u{7}\r\u{8}\u{7f}\u{9b}31m\u{202e}\u{2066}\u{200b}\u{e0041}z";

/// What of it must not be shown.
pub fn is_evil(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || EVIL.chars().any(|evil| evil == c && !c.is_ascii_graphic())
}

/// Runs it, and looks at each byte that it prints.
fn assert_tame(what: &str, command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.code().is_some_and(|status| status < 101), "{what}: {output:?}");
    let mut all = String::new();
    for bytes in [output.stdout, output.stderr] {
        let text = String::from_utf8(bytes).unwrap_or_else(|e| panic!("{what}: {e}"));
        if let Some(at) = text.find(is_evil) {
            let from = text[..at].char_indices().rev().nth(40).map_or(0, |(at, _)| at);
            panic!("{what}: {:?}", text[from..].chars().take(80).collect::<String>());
        }
        all.push_str(&text);
    }
    all
}

/// Every command that takes a profile, with this one behind it.
const COMMANDS: [&str; 15] = [
    "profile check",
    "plan",
    "plan --offline --format sh",
    "plan --offline --format json",
    "check",
    "check --format json",
    "install --yes",
    "install --yes --events json",
    "verify --format json",
    "status",
    "status --format json",
    "report",
    "restore",
    "worksheet",
    "export ansible",
];

#[test]
fn nothing_of_a_profile_or_of_its_name_moves_the_cursor() {
    let site = Site::new();
    let text = std::fs::read_to_string(&site.profile).unwrap();
    let quoted: String = EVIL.chars().map(|c| format!("\\U{:08x}", c as u32)).collect();
    let profiles = [
        ("unknown key", format!("{text}\n[\"{quoted}\"]\nx = 1\n")),
        ("value", text.replace("share-dir = \"/cal\"", &format!("share-dir = \"/{quoted}\""))),
        ("syntax", format!("{text}\nx = {EVIL}\n")),
        ("comment", format!("# {EVIL}\n{text}\nx = 1\n")),
        ("name of a node", format!("{text}\n[node.\"{quoted}\"]\nconnection = \"ssh\"\n")),
    ];
    for (what, text) in profiles {
        let file = site.dir.path().join("evil.toml");
        std::fs::write(&file, text).unwrap();
        for command in COMMANDS {
            let mut words: Vec<&str> = command.split(' ').collect();
            words.push(file.to_str().unwrap());
            assert_tame(&format!("{what}: {command}"), &mut site.program(&words));
        }
    }

    let file = site.dir.path().join(format!("{EVIL}.toml").replace('/', ""));
    std::fs::copy(&site.profile, &file).unwrap();
    for command in COMMANDS {
        let mut given = site.program(&command.split(' ').collect::<Vec<_>>());
        assert_tame(&format!("name of the file: {command}"), given.arg(&file));
    }
    assert_tame("rehearse", site.program(&["rehearse"]).arg(&file));
    for words in [vec![EVIL], vec!["plan", "--set", EVIL], vec!["explain", EVIL]] {
        assert_tame(&format!("{words:?}"), &mut site.program(&words));
    }
}

#[test]
fn nothing_of_the_environment_moves_the_cursor() {
    let site = Site::new();
    let profile = site.profile.to_str().unwrap();
    let state = site.dir.path().join(EVIL);
    for command in COMMANDS {
        let words = command.split(' ').chain([profile]);
        let mut given = site.program(&words.collect::<Vec<_>>());
        given.env("XDG_STATE_HOME", &state).env("USER", OsStr::from_bytes(b"\xff\x1b[1m"));
        for name in ["LOGNAME", "TERM", "HOME", "LANG"] {
            given.env(name, EVIL);
        }
        assert_tame(command, &mut given);
    }
    // A shell that asks for completion.
    assert_tame("completion", site.program(&[]).env("CALHA_COMPLETE", EVIL));
}

#[test]
fn nothing_that_a_node_answers_moves_the_cursor() {
    let site = Site::new();
    let root = site.lab.root(&NodeName("Node2".into()));
    let script = format!("#!/bin/sh\nprintf '%s\\n' '{EVIL}'\nprintf '%s' '{EVIL}' >&2\nexit 1\n");
    for program in ["usr/bin/uname", "usr/cluster/bin/scstat"] {
        replaced(&root.join(program), &script);
        for command in COMMANDS {
            let words: Vec<&str> =
                command.split(' ').chain([site.profile.to_str().unwrap()]).collect();
            assert_tame(&format!("{program}: {command}"), &mut site.program(&words));
        }
    }
    // What the connection says itself.
    let said = Site::connected(&|_, _, node| {
        let escape = "\\\\033[2J\\\\r\\\\302\\\\233";
        format!("{{ command = [\"/bin/sh\", \"-c\", \"printf '{escape}{node}' >&2; exit 255\"] }}")
    });
    let all = assert_tame("connection", &mut said.program(&["check", path(&said.profile)]));
    assert!(all.contains("^[[2J"), "{all}");
}

/// Registration files, labs, logs and words of the commands that take no profile alone.
#[test]
fn nothing_of_a_file_a_lab_a_log_or_a_word_moves_the_cursor() {
    let site = Site::new();
    let (dir, profile) = (site.dir.path(), path(&site.profile));
    let evil = EVIL.replace('/', "");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/resource_type/files/later.rt");
    let right = std::fs::read_to_string(source).unwrap();
    let name = dir.join(format!("{evil}.rt"));
    let files = [
        right.clone(),
        right.replace("Web service", EVIL),
        right.replace("RT_VERSION = \"9\"", &format!("RT_VERSION = \"{EVIL}\"")),
        format!("{right}\n{{ PROPERTY = {EVIL}; }}\n"),
        format!("{EVIL} = \"{EVIL}\";\n"),
    ];
    for text in files {
        std::fs::write(&name, &text).unwrap();
        let file = path(&name);
        for words in [
            &["rt", "lint", file][..],
            &["rt", "lint", file, "--format", "json"],
            &["rt", "show", file],
            &["rt", "diff", file, file],
            &["rt", "bump", file, "--to", EVIL],
            &["rt", "bump", file, "--to", "10"],
            &["rt", "document", file, file],
            &["rt", "rehearse", file, file],
            &["rt", "upgrade", profile, "--type", EVIL, "--to", EVIL],
            &["rt", "upgrade", profile, "--type", "SUNW.scics", "--to", "2", "--file", EVIL],
            &["rt", "which", profile, EVIL, EVIL],
        ] {
            assert_tame(&format!("{words:?}"), &mut site.program(words));
        }
    }

    let lab = dir.join("lab");
    let log = site.lab.root(&NodeName("Node1".into())).join("var/tmp/log");
    let line = "Dec 11 18:30:00 Node1 SC[SUNW.scics,CAL-RG,CAL-SVR-RS,ics_svc_start]: ";
    std::fs::write(log, format!("{EVIL}\n{line}[ID 2 daemon.error] {EVIL}\n")).unwrap();
    for words in [
        &["debug", "log", profile, "--node", "Node1", "--file", "/var/tmp/log"][..],
        &["debug", "log", profile, "--node", EVIL],
        &["debug", "log", profile, "--resource", EVIL],
        &["debug", "on", profile, "--level", EVIL],
        &["service", EVIL, profile, "cal"],
        &["service", "restart", profile, EVIL],
        &["resume", profile, "--yes", "--only", EVIL],
        &["rollback", profile, "--yes", "--from", EVIL],
        &["uninstall", profile, "--yes", "--instance", EVIL],
        &["restore", profile, "--file", EVIL],
        &["new", "--set", EVIL],
        &["new", path(&dir.join(&evil))],
        &["new", &format!("{EVIL}/new.toml")],
        &["lab", "create", path(&dir.join(&evil)), profile],
        &["lab", "status", path(&dir.join(&evil))],
        &["lab", "shell", path(&dir.join(&evil)), "Node1", "true"],
        &["lab", "shell", path(&dir.join(format!("other{evil}"))), "Node1", "true"],
        &["lab", "shell", path(&lab), EVIL],
        &["lab", "down", path(&lab), EVIL],
        &["lab", "fault", path(&lab), EVIL],
        &["lab", "destroy", path(&dir.join(&evil)), "--yes"],
        &["import-results", profile, EVIL],
        &["completions", EVIL],
        &["downtime", EVIL],
        &["man", EVIL],
    ] {
        assert_tame(&format!("{words:?}"), &mut site.program(words));
    }
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A program of the lab, which is a link, with this text instead.
fn replaced(program: &Path, text: &str) {
    std::fs::remove_file(program).unwrap();
    std::fs::write(program, text).unwrap();
    std::fs::set_permissions(program, std::fs::Permissions::from_mode(0o755)).unwrap();
}
