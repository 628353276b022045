//! The page for administrators.

use std::process::Command;

use calha::resource_type::{AuthorFacts, RegistrationFile, UpgradePage};

use super::text;

/// Version 2.0 of the agent builder's file: another default, a required property, one that is
/// gone, and methods in the old place or in one of their own.
fn later(tunability: &str, basedir: &str) -> String {
    let spool = "{\n\tPROPERTY = Spool;\n\tEXTENSION;\n\tSTRING;\n\tTUNABLE = ANYTIME;\n\
                 \tDESCRIPTION = \"where\";\n}\n";
    let text = text("builder.rt")
        .replace("\"1.2\"", "\"2.0\"")
        .replace("DEFAULT = 30;", "DEFAULT = 60;")
        .replace("/opt/ACMEqueue/bin", basedir)
        .replace("Child_mon_level", "Watch_level")
        .replace(
            "# The paramtable",
            &format!("#$upgrade\n#$upgrade_from \"1.2\" {tunability}\n# The paramtable"),
        );
    format!("{text}{spool}")
}

fn page(new: &str, facts: &str) -> UpgradePage {
    let old = text("builder.rt").replace("# The paramtable", "#$upgrade\n# The paramtable");
    let olds = [RegistrationFile::parse(old.as_bytes())];
    let facts = AuthorFacts::read(facts).unwrap();
    UpgradePage::of(&olds, &RegistrationFile::parse(new.as_bytes()), &facts).unwrap()
}

const OWN: &str = "/opt/ACMEqueue/2.0";
const SHARED: &str = "/opt/ACMEqueue/bin";

#[test]
fn what_is_done_before_the_package_is_installed_depends_on_what_it_overwrites() {
    for (basedir, facts, says) in [
        (OWN, "", "overwrites no method"),
        (SHARED, "", "is not known"),
        (SHARED, "[from.\"1.2\"]\nmethod-code = true", "boot -x"),
        (SHARED, "[from.\"1.2\"]\nmethod-code = false", "is not known"),
        (
            SHARED,
            "[from.\"1.2\"]\nmethod-code = false\nmonitor-code = true",
            "overwrites the fault monitor only",
        ),
        (
            SHARED,
            "[from.\"1.2\"]\nmethod-code = false\nmonitor-code = false",
            "overwrites no method",
        ),
        // What is said of another version is not said of this one.
        (SHARED, "[from.\"1.1\"]\nmethod-code = false\nmonitor-code = false", "is not known"),
    ] {
        let page = page(&later("ANYTIME", basedir), facts);
        let before = page.from[0].before.join(" ");
        assert!(before.contains(says), "{basedir} {facts}: {before}");
        assert_eq!(page.open().next().is_some(), says == "is not known", "{facts}");
    }
}

#[test]
fn methods_that_two_versions_share_are_named_with_what_that_means() {
    let changed = page(&later("ANYTIME", SHARED), "[from.\"1.2\"]\nmethod-code = true");
    let before = changed.from[0].before.join(" ");
    assert!(before.contains("the same path for Start, Stop, "), "{before}");
    assert!(before.contains("a resource that has not moved yet runs the new one"), "{before}");
    assert!(!before.contains("Monitor_start"), "a monitor stops nothing: {before}");

    let apart = page(&later("ANYTIME", OWN), "").from[0].before.join(" ");
    assert!(!apart.contains("the same path"), "{apart}");
}

#[test]
fn directories_of_methods_say_what_the_package_overwrites() {
    let home = tempfile::tempdir().unwrap();
    let place = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let old = text("builder.rt");
    let methods = old.split_whitespace().filter(|word| word.starts_with("queue_"));
    let methods: Vec<&str> = methods.map(|word| word.trim_end_matches(';')).collect();
    for version in ["old", "new"] {
        std::fs::create_dir(place(version)).unwrap();
        for method in &methods {
            let code = if *method == "queue_svc_stop" { version } else { "same" };
            std::fs::write(home.path().join(version).join(method), code).unwrap();
        }
    }
    std::fs::write(place("old.rt"), &old).unwrap();
    std::fs::write(place("new.rt"), later("ANYTIME", SHARED)).unwrap();

    let run = |more: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_calha"))
            .args(["rt", "document", &place("old.rt"), &place("new.rt"), "--new-methods"])
            .arg(place("new"))
            .args(more)
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (status, said) = run(&["--old-methods", &place("old")]);
    assert_eq!(status, Some(0));
    assert!(said.contains("boot -x") && !said.contains("is not known"), "{said}");
    let (_, said) = run(&["--old-methods", &place("new")]);
    assert!(said.contains("The package overwrites no method."), "{said}");
    let twice = ["--old-methods", &place("old"), "--old-methods", &place("new")];
    assert_eq!(run(&twice).0, Some(2));
}

#[test]
fn the_steps_bring_a_resource_to_what_its_tunability_demands_and_back() {
    for (tunability, first, last) in [
        ("ANYTIME", None, None),
        (
            "WHEN_UNMONITORED",
            Some("scswitch -n -M -j RESOURCE"),
            Some("scswitch -e -M -j RESOURCE"),
        ),
        ("WHEN_OFFLINE", Some("scswitch -n -j RESOURCE"), Some("scswitch -e -j RESOURCE")),
        ("WHEN_DISABLED", Some("scswitch -n -j RESOURCE"), Some("scswitch -e -j RESOURCE")),
        (
            "WHEN_UNMANAGED",
            Some("scswitch -n -j RESOURCES-OF-THE-GROUP"),
            Some("scswitch -z -g GROUP"),
        ),
    ] {
        let page = page(&later(tunability, OWN), "");
        let from = &page.from[0];
        assert!(!from.recreate);
        assert_eq!(from.prepare.first().map(String::as_str), first);
        assert_eq!(from.restore.last().map(String::as_str), last);
        assert_eq!(from.command, "scrgadm -c -j RESOURCE -y Type_version=2.0 -x Spool=VALUE");
        assert_eq!(from.unregister, "scrgadm -r -t ACME.queue:1.2");
        assert!(from.back.concat().contains("Type_version=1.2"));
        assert!(from.back.concat().contains("Child_mon_level"), "it is gone in the new version");
    }
    for new in [later("AT_CREATION", OWN), later("ANYTIME", OWN).replace("#$upgrade", "# upgrade")]
    {
        assert!(page(&new, "").from[0].recreate);
    }
}

#[test]
fn both_forms_say_what_the_files_and_the_author_say() {
    let facts = "file = \"/opt/x/ACME.queue\"\nall-nodes-first = true\ncarries = [\"1.2\"]\n\
                 notes = [\"Empty <the> queue.\"]\n[conform]\nspool = \"Name the old directory.\"\n\
                 [[other-resource]]\nof = \"SUNW.HAStoragePlus\"\nchange = \"Set AffinityOn.\"\n";
    let page = page(&later("WHEN_OFFLINE", OWN), facts);
    let (markdown, html) = (page.markdown().unwrap(), page.html().unwrap());
    for said in [
        "Upgrading ACME.queue to version 2.0",
        "ACME.queue:2.0",
        "only while the resource is offline",
        "only while the resource group is unmanaged",
        "Install the new version on all nodes",
        "Name the old directory.",
        "SUNW.HAStoragePlus: Set AffinityOn.",
        "scrgadm -a -t ACME.queue -f /opt/x/ACME.queue",
        "scrgadm -c -j RESOURCE -y Type_version=2.0 -x Spool=VALUE",
        "The package also has the files of: 1.2.",
    ] {
        assert!(markdown.contains(said) && html.contains(said), "{said}\n{markdown}");
    }
    assert!(markdown.contains("Probe_timeout, default: 30 -> 60"));
    assert!(markdown.contains("* Empty <the> queue."), "{markdown}");
    assert!(html.contains("Empty &lt;the&gt; queue."), "{html}");
    let body = html.replace("<!DOCTYPE html>", "");
    roxmltree::Document::parse(&body).unwrap_or_else(|error| panic!("{error}\n{html}"));
}

#[test]
fn files_of_two_types_and_unknown_facts_are_refused() {
    let home = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        let file = home.path().join(name);
        std::fs::write(&file, text).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let (old, new) = (put("old", &text("builder.rt")), put("new", &later("ANYTIME", SHARED)));
    let other = put("other", &text("hand.rt"));
    let wrong = put("facts", "method-code = true\n");
    let run = |words: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_calha"));
        command.args(["rt", "document"]).args(words).output().unwrap()
    };
    assert_eq!(run(&[&other, &new]).status.code(), Some(2));
    assert_eq!(run(&[&old, &new, "--facts", &wrong]).status.code(), Some(2));
    assert_eq!(run(&[&old, "/nowhere"]).status.code(), Some(2));
    assert_eq!(run(&[&new]).status.code(), Some(2), "an earlier version is missing");

    let made = run(&[&old, &new, "--format", "html"]);
    assert_eq!(made.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&made.stderr).contains("method-code"), "it is not known");
}
