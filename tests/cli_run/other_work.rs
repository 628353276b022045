//! Work with a journal of its own, debugging and an upgrade of resources: what is printed as the
//! next command is typed as it stands, its report is written, and a profile of the members alone
//! is enough to check connections.

use calha::lab::{Fault, Trouble};

use super::next::{next, typed};
use super::site::{Said, Site};
use super::upgrade::{FILE, kind, site, upgrade};

/// The command in this text that begins so, to the end of what a shell is given.
fn command(told: &Said, begins: &str) -> String {
    let at = told.err.find(begins).unwrap_or_else(|| panic!("{begins}: {}", told.err));
    let rest = &told.err[at..];
    let end = rest.find(" notes what").or_else(|| rest.find('\n')).unwrap_or(rest.len());
    rest[..end].to_owned()
}

#[test]
fn a_stuck_undo_of_an_upgrade_is_settled_by_what_is_printed() {
    let (site, profile) = site("ANYTIME");
    let to = [&["--to", "2", "--yes"][..], &FILE].concat();
    assert_eq!(upgrade(&site, &profile, &to).status, 0);

    let fault = Fault::ValidateRefuses {
        resource: "q".into(),
        version: Some("1".into()),
        property: None,
        value: None,
    };
    site.lab.inject(fault).unwrap();
    let stuck = upgrade(&site, &profile, &["--rollback", "--yes"]);
    assert_eq!((stuck.status, kind(&site).as_str()), (4, "ACME.queue:2\n"), "{}", stuck.err);
    let resolve = command(&stuck, "calha resolve");
    assert!(resolve.ends_with("--upgrade ACME.queue"), "{resolve}");
    let settles = typed(&site, &resolve, "state");
    assert_eq!(settles.status, 4, "nothing was settled: {}{}", settles.out, settles.err);

    // Somebody does what the undo could not, and all that came behind it.
    site.lab.clear_faults().unwrap();
    for line in [
        "scrgadm -c -j q -y Type_version=1",
        "scswitch -o -g q-rg",
        "scswitch -z -g q-rg -h Node1",
        "scswitch -e -j q",
    ] {
        let (program, words) = line.split_once(' ').unwrap();
        let words: Vec<&str> = words.split(' ').collect();
        let said = site.types("Node1", &format!("/usr/cluster/bin/{program}"), &words);
        assert_eq!(said.status, 0, "{line}: {}", said.err);
    }
    let settled = typed(&site, &resolve, "state");
    assert_eq!(settled.status, 0, "{}{}", settled.out, settled.err);
    let back = typed(&site, &format!("{} --yes", next(&stuck, "calha ")), "state");
    assert_eq!((back.status, kind(&site).as_str()), (0, "ACME.queue:1\n"), "{}", back.err);
}

#[test]
fn a_stuck_undo_of_an_upgrade_goes_on_once_its_cause_is_gone() {
    let (site, profile) = site("WHEN_OFFLINE");
    let to = [&["--to", "2", "--yes"][..], &FILE].concat();
    assert_eq!(upgrade(&site, &profile, &to).status, 0);
    let fault = r#"{"fault":"validate-refuses","resource":"q","version":"1"}"#;
    let lab = site.dir.path().join("lab").display().to_string();
    assert_eq!(site.calha(&["lab", "fault", &lab, fault]).status, 0);
    let stuck = upgrade(&site, &profile, &["--rollback", "--yes"]);
    assert_eq!(stuck.status, 4, "{}{}", stuck.out, stuck.err);
    site.lab.clear_faults().unwrap();
    let back = typed(&site, &format!("{} --yes", next(&stuck, "calha ")), "state");
    assert_eq!((back.status, kind(&site).as_str()), (0, "ACME.queue:1\n"), "{}", back.err);
    let state = ["-O", "RESOURCE_STATE", "-R", "q"];
    let state = site.types("Node1", "/usr/cluster/bin/scha_resource_get", &state);
    assert_eq!(state.out, "ONLINE\n");
}

#[test]
fn a_stuck_undo_of_debugging_is_settled_by_what_is_printed() {
    let site = Site::new();
    let profile = site.profile.to_str().unwrap().to_owned();
    let installed = site.run("install", &["--yes"]);
    assert_eq!(installed.status, 0, "{}{}", installed.out, installed.err);
    let on = site.calha(&["debug", "on", &profile, "--yes"]);
    assert_eq!(on.status, 0, "{}{}", on.out, on.err);

    let fault = Fault::Call {
        program: "pkill".into(),
        host: None,
        argument: None,
        nth: 1,
        seen: 0,
        trouble: Trouble::Fails { status: 1, text: "no such process".into() },
    };
    site.lab.inject(fault).unwrap();
    let stuck = site.calha(&["debug", "off", &profile, "--yes"]);
    assert_eq!(stuck.status, 4, "{}{}", stuck.out, stuck.err);
    let resolve = command(&stuck, "calha resolve");
    assert!(resolve.ends_with("--debug"), "{resolve}");
    site.lab.clear_faults().unwrap();
    let settled = typed(&site, &format!("{resolve} --keep"), "state");
    assert_eq!(settled.status, 0, "{}{}", settled.out, settled.err);
    let off = next(&stuck, "calha ");
    assert!(off.starts_with("calha debug off "), "{off}");
    let off = typed(&site, &format!("{off} --yes"), "state");
    assert_eq!(off.status, 0, "{}{}", off.out, off.err);
}

#[test]
fn a_lost_node_is_checked_with_the_profile_that_an_upgrade_has() {
    let (site, profile) = site("ANYTIME");
    let lost = ["--set", "node.Node2.connection={command=[\"/bin/false\"]}"];
    let to = [&["--to", "2", "--yes"][..], &FILE, &lost].concat();
    let told = upgrade(&site, &profile, &to);
    assert_eq!(told.status, 5, "{}{}", told.out, told.err);
    let check = typed(&site, &command(&told, "calha check /"), "state");
    assert_eq!(check.status, 5, "{}{}", check.out, check.err);
    assert!(check.out.contains("Node2  cannot be reached"), "{}", check.out);

    let which = ["rt", "which", &profile, "ACME.queue", "1"];
    let both = ["--set", "node.Node1.connection={command=[\"/bin/false\"]}"];
    let told = site.calha(&[&which[..], &lost, &both].concat());
    assert_eq!(told.status, 5);
    assert_eq!(typed(&site, &command(&told, "calha check /"), "state").status, 5);
}

#[test]
fn an_upgrade_has_a_report_of_its_own() {
    let (site, profile) = site("WHEN_DISABLED");
    let report = |more: &[&str]| {
        let words = ["report", &profile, "--upgrade", "ACME.queue"];
        site.calha(&[&words[..], more].concat())
    };
    let none = report(&[]);
    assert!(none.status == 2 && none.err.contains("no upgrade of ACME.queue"), "{}", none.err);

    let to = [&["--to", "2", "--yes"][..], &FILE].concat();
    assert_eq!(upgrade(&site, &profile, &to).status, 0);
    let told = report(&[]);
    assert_eq!(told.status, 0, "{}", told.err);
    for wanted in [
        "# Hand-over report: c, ACME.queue to version 2",
        "**It is finished.**",
        "/usr/cluster/bin/scrgadm -c -j q -y Type_version=2",
        "--type ACME.queue --rollback` undoes",
        "| rt upgrade |",
    ] {
        assert!(told.out.contains(wanted), "{wanted}: {}", told.out);
    }
    for absent in ["calha uninstall", "## Settings", "How to operate", "![The cluster"] {
        assert!(!told.out.contains(absent), "{absent}: {}", told.out);
    }
    let page = report(&["--format", "html"]);
    assert!(page.status == 0 && page.out.contains("It is finished."), "{}", page.err);
    assert!(!page.out.contains("#operate") && !page.out.contains("#settings"), "{}", page.out);
}
