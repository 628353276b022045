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
const EVIL: &str =
    "a\u{1b}[2J\u{1b}]0;t\u{7}\r\u{8}\u{7f}\u{9b}31m\u{202e}\u{2066}\u{200b}\u{e0041}z";

/// What of it must not be shown.
fn is_evil(c: char) -> bool {
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

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A program of the lab, which is a link, with this text instead.
fn replaced(program: &Path, text: &str) {
    std::fs::remove_file(program).unwrap();
    std::fs::write(program, text).unwrap();
    std::fs::set_permissions(program, std::fs::Permissions::from_mode(0o755)).unwrap();
}
