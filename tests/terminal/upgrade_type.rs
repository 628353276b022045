//! `calha rt upgrade` in front of a human: what the new version wants is asked, and agreed to.

use std::os::unix::fs::PermissionsExt as _;

use calha::node::NodeName;

use super::CALHA;
use super::pty::Pty;
use super::site::Site;

/// Puts a version's registration file and its methods on both nodes.
fn deliver(site: &Site, version: &str, more: &str) {
    for name in ["Node1", "Node2"] {
        let base = site.lab.root(&NodeName(name.into())).join("opt/ACMEqueue");
        std::fs::create_dir_all(base.join(version)).unwrap();
        let text = format!(
            "RESOURCE_TYPE = \"queue\";\nVENDOR_ID = ACME;\nRT_VERSION = \"{version}\";\n\
             API_VERSION = 2;\nFAILOVER = TRUE;\nRT_BASEDIR = /opt/ACMEqueue/{version};\n\
             START = start;\nSTOP = stop;\n{more}"
        );
        std::fs::write(base.join(format!("queue.{version}")), text).unwrap();
        for method in ["start", "stop"] {
            let at = base.join(version).join(method);
            std::fs::write(&at, "#!/bin/sh\n").unwrap();
            std::fs::set_permissions(&at, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
    }
}

#[test]
fn a_value_that_the_new_version_requires_is_asked_for_and_goes_into_the_command() {
    let site = Site::new();
    deliver(&site, "1", "#$upgrade\n");
    let two = "#$upgrade\n#$upgrade_from \"1\" ANYTIME\n\
               { PROPERTY = Level; EXTENSION; INT; MIN = 1; MAX = 9; TUNABLE = ANYTIME; }\n";
    deliver(&site, "2", two);
    for words in [
        &["-a", "-t", "ACME.queue", "-f", "/opt/ACMEqueue/queue.1"][..],
        &["-a", "-g", "q-rg", "-h", "Node1,Node2"],
        &["-a", "-j", "q", "-g", "q-rg", "-t", "ACME.queue:1"],
    ] {
        let said = site.types("Node1", "/usr/cluster/bin/scrgadm", words);
        assert_eq!(said.status, 0, "{}", said.err);
    }

    let state = site.dir.path().join("state");
    let profile = site.profile.to_str().unwrap();
    let words = ["rt", "upgrade", profile, "--type", "ACME.queue", "--to", "2"];
    let words = [&words[..], &["--file", "/opt/ACMEqueue/queue.2"]].concat();
    let env = [("XDG_STATE_HOME", state.to_str().unwrap())];
    let mut pty = Pty::start(CALHA, &words, &env, 50, 100);
    pty.waits_for("q:Level: version 2 requires a value and has no default");
    pty.waits_for("> ");
    pty.types("12\n");
    pty.waits_for("'12' is outside them");
    pty.waits_for("> ");
    pty.types("7\n");
    pty.waits_for("Type_version=2 -x Level=7");
    pty.waits_for("go on with these steps? [s]how [y/N] ");
    pty.types("y");
    super::agree_until(&mut pty, "operations carried out");
    assert_eq!(pty.ends().code(), Some(0), "{}", pty.screen());
    let args = ["-O", "EXTENSION", "-R", "q", "Level"];
    let said = site.types("Node1", "/usr/cluster/bin/scha_resource_get", &args);
    assert_eq!(said.out, "INT\n7\n", "{}", said.err);
}
