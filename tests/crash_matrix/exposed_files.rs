//! State files and password files that somebody else may have written, or can replace: nothing is
//! begun with them.

use calha::node::{Command, Files as _, Mode, Owner};
use calha::setting::Resolved;

use super::bench::{Start, install, node, path, resolved, run};
use super::models::refuses;

use calha::guide::Guide;

/// Settings with all three files below this directory.
fn below(directory: &str) -> Resolved {
    let installer = format!("installer.state-file={directory}/installer");
    let configurator = format!("configurator.state-file={directory}/configurator");
    let password = format!("directory.password-file={directory}/pw");
    resolved(&[
        &installer,
        &configurator,
        "directory.mode=silent",
        "directory.password-file-option=-j",
        &password,
        r#"directory.connection={ command = ["sh"] }"#,
    ])
}

/// Nodes as the lab makes them, on one of which root has run this.
fn with(resolved: &Resolved, host: &str, line: &str) -> Start {
    let mut start = Start::fresh(resolved);
    let mut words = line.split(' ').map(str::to_owned);
    let program = format!("/usr/bin/{}", words.next().unwrap());
    let command = Command::new(&program, words);
    let said = start.rack.lab.exec(&node(host), &command, b"").unwrap();
    assert!(said.success(), "{line}: {}", String::from_utf8_lossy(&said.stderr));
    start
}

#[test]
fn a_file_that_others_can_read_or_have_made_is_refused_before_the_first_change() {
    let resolved = below("/kept/here");
    let files = [("Node2", "installer"), ("Node1", "configurator"), ("ldap", "pw")];
    for (host, name) in files {
        for wrong in ["chmod 640", "chmod 604", "chmod 620", "chown 25"] {
            let line = format!("{wrong} /kept/here/{name}");
            refuses(&resolved, |r| with(r, host, &line), "file.exposed");
        }
        let linked = |r: &Resolved| {
            let mut start = with(r, host, &format!("mv /kept/here/{name} /kept/theirs"));
            let line =
                Command::new("/usr/bin/ln", ["-s", "/kept/theirs", &format!("/kept/here/{name}")]);
            assert!(start.rack.lab.exec(&node(host), &line, b"").unwrap().success());
            start
        };
        refuses(&resolved, linked, "file.exposed");
    }
}

#[test]
fn a_file_that_others_can_replace_is_refused_by_every_directory_above_it() {
    let resolved = below("/kept/here");
    for wrong in ["chmod 757 /kept/here", "chmod 777 /kept", "chown 25 /kept"] {
        for host in ["Node1", "Node2", "ldap"] {
            refuses(&resolved, |r| with(r, host, wrong), "file.exposed");
        }
    }
}

#[test]
fn a_file_of_roots_is_taken_from_a_directory_with_the_sticky_bit() {
    let resolved = below("/var/tmp");
    let mut start = Start::fresh(&resolved);
    let password = path("/var/tmp/pw");
    let text = b"simulated\n";
    start.rack.lab.files(&node("ldap")).write(&password, text, Mode(0o400), Owner::ROOT).unwrap();
    let (after, _) = run(&Guide::of(&resolved, "cal").unwrap(), &start, &install);
    assert!(after.result.is_ok(), "{:?}", after.result);
}
