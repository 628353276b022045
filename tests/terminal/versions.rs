//! Several versions of a resource type: which one is asked once, before the first change, and kept.

use calha::node::NodeName;

use super::site::Site;
use super::{agree_until, start};

const LATER: &str = "SUNW.HAStoragePlus:6";

/// What a release of the cluster would bring along.
const FILE: &str = "RESOURCE_TYPE = \"HAStoragePlus\";\nVENDOR_ID = SUNW;\nRT_VERSION = \"6\";\n\
    RT_BASEDIR = /opt/x;\nPRENET_START = start;\nPOSTNET_STOP = stop;\nFAILOVER = TRUE;\n\
    #$upgrade\n\
    { PROPERTY = FilesystemMountPoints; EXTENSION; STRINGARRAY; TUNABLE = WHEN_DISABLED; }\n\
    { PROPERTY = AffinityOn; EXTENSION; BOOLEAN; DEFAULT = TRUE; TUNABLE = WHEN_DISABLED; }\n";

/// A site with two versions of the storage's type.
fn with_two() -> Site {
    let site = Site::new();
    let file = site.lab.root(&NodeName("Node1".into())).join("var/tmp/later");
    std::fs::write(&file, FILE).unwrap();
    for more in [&[][..], &["-f", "/var/tmp/later"]] {
        let args = [&["-a", "-t", "SUNW.HAStoragePlus"], more].concat();
        let said = site.types("Node1", "/usr/cluster/bin/scrgadm", &args);
        assert_eq!(said.status, 0, "{}", said.err);
    }
    site
}

/// What the storage's resource was made of.
fn made_of(site: &Site) -> String {
    let args = ["-O", "TYPE", "-R", "CAL-HASP-RS"];
    site.types("Node1", "/usr/cluster/bin/scha_resource_get", &args).out.trim().to_owned()
}

#[test]
fn somebody_chooses_once_and_every_command_knows_it() {
    let site = with_two();
    let begun = site.changing_calls();
    let mut pty = start(&site, &["install"], &[]);
    pty.waits_for("which one? 1 to 2; Enter ends here > ");
    pty.types("7\n");
    pty.waits_for("7 is not an answer here: type a number from 1 to 2.");
    pty.waits_for("Enter ends here > ");
    pty.types("\n");
    assert_eq!(pty.ends().code(), Some(3), "{}", pty.screen());
    assert_eq!(site.changing_calls(), begun);

    let mut pty = start(&site, &["install"], &[]);
    pty.waits_for("2 SUNW.HAStoragePlus:6");
    pty.waits_for("Enter ends here > ");
    pty.types("2\n");
    pty.waits_for("go on with these steps? [s]how [y/N] ");
    pty.types("y");
    agree_until(&mut pty, "operations carried out");
    assert_eq!(pty.ends().code(), Some(0), "{}", pty.screen());
    assert_eq!(made_of(&site), LATER);

    // A part that is made again is made of the same, and nobody is asked.
    let back = site.run("rollback", &["--yes", "--from", "hasp-resource"]);
    assert_eq!(back.status, 0, "{}{}", back.out, back.err);
    for command in ["resume", "install", "verify"] {
        let yes: &[&str] = if command == "verify" { &[] } else { &["--yes"] };
        let said = site.run(command, yes);
        assert_eq!(said.status, 0, "{command}: {}{}", said.out, said.err);
    }
    assert_eq!(made_of(&site), LATER);
    let gone = site.run("uninstall", &["--yes"]);
    assert_eq!(gone.status, 0, "{}{}", gone.out, gone.err);
}

#[test]
fn where_nobody_is_there_the_run_ends_and_names_the_setting() {
    let site = with_two();
    let begun = site.changing_calls();
    let said = site.run("install", &["--yes"]);
    assert_eq!(said.status, 3, "{}{}", said.out, said.err);
    let line = format!("cluster.hasp-type = \"{LATER}\"");
    assert!(said.err.contains(&line), "{}", said.err);
    assert!(!said.err.contains("--accept CODE"), "{}", said.err);
    assert_eq!(site.changing_calls(), begun);

    let set = ["--yes", "--set", &format!("cluster.hasp-type={LATER}")];
    let said = site.run("install", &set);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    assert_eq!(made_of(&site), LATER);
    // What it was made of it keeps, whoever says nothing of it now.
    for command in ["verify", "install"] {
        let said = site.run(command, if command == "verify" { &[] } else { &["--yes"] });
        assert_eq!(said.status, 0, "{command}: {}{}", said.out, said.err);
    }
}
