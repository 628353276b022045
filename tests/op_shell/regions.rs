//! Where paths lie, and whose they are: the shell says what Rust says, also of a file of parameters
//! that is written oddly.

use std::fs;
use std::os::unix::fs::symlink;

use calha::op::{Check, Region};

use crate::agreement::Runs;
use crate::commands::looked_at;
use crate::support::{Root, path, shells};

fn region(within: &[&str], outside: &[&str]) -> Region {
    let owned = |of: &[&str]| of.iter().map(|root| (*root).to_owned()).collect();
    Region { within: owned(within), outside: owned(outside) }
}

/// Under each shell the check says what it says in Rust; that answer.
fn answer(root: &Root, check: &Check) -> bool {
    let held = check.holds(root).unwrap();
    for shell in shells() {
        let said = root.run(&shell, &looked_at(check.clone()));
        assert_eq!(said == "already", held, "{shell}: {check:?}: {said}");
    }
    held
}

#[test]
fn a_path_that_a_file_names_elsewhere_is_found_alike() {
    let elsewhere = || region(&["/"], &["/cal", "/opt/cs"]);
    let another = || region(&["/cal/two", "/two"], &["/cal"]);
    let texts = [
        ("store.path = \"/cal/store\"\n", false, false),
        ("store.path=/var/store", true, false),
        ("store.path\t= '/var/store/'\n", true, false),
        ("a = \"/var/x\"\na = \"/cal/x\"\n", false, false),
        ("a = \"/cal/x\"\na = \"/var/x\"\n", true, false),
        ("A = \"/var/x\"\n a = \"/var/x\"\n! a = \"/var/x\"\n", false, false),
        ("known = \"/var/x\"\n", false, false),
        ("list = \"file:/cal/a,/var/b http://host/c\"\n", true, false),
        ("a = \"/cal/../var\"\n", true, false),
        ("a = \"/calendar/x\"\nb = \"//var\"\nc = \"/\"\n", true, false),
        ("a = \"//var/x\"\n", true, false),
        ("a = \"http://host/x ftp://host\"\n", false, false),
        ("a = \"/cal/x\n/cal/y /var/z\" /tmp\nb = 1\n", true, false),
        ("a = \"open /cal/x\nb = \"/var/y\"\n", false, false),
        ("server.Node1[0].dir = \"/var/x\"\n", true, false),
        ("store.path = \"/two/store\"\n", true, true),
        ("store.path = \"/cal/two/store\"\n", false, true),
        ("store.path = \"/cal/twofold\"\n", false, false),
        ("", false, false),
    ];
    for (text, outside, others) in texts {
        let root = Root::new();
        fs::write(root.here("/d/file"), text).unwrap();
        for (region, expected) in [(elsewhere(), outside), (another(), others)] {
            let besides = vec!["known".to_owned()];
            let check = Check::Names { path: path("/d/file"), besides, region };
            assert_eq!(answer(&root, &check), expected, "{text:?}");
        }
    }
    let none = Check::Names { path: path("/d/none"), besides: Vec::new(), region: elsewhere() };
    assert!(!answer(&Root::new(), &none));
}

#[test]
fn where_a_link_leads_is_found_alike() {
    let targets = [
        ("/cal/data", false),
        ("/cal", false),
        ("/calendar", true),
        ("/var/data", true),
        ("../cal/data", true),
        ("more", true),
        ("/cal/../var", true),
    ];
    for (target, expected) in targets {
        let root = Root::new();
        symlink(target, root.here("/d/data")).unwrap();
        let into = |path, region| Check::LeadsInto { path, region };
        let elsewhere = into(path("/d/data"), region(&["/"], &["/cal"]));
        assert_eq!(answer(&root, &elsewhere), expected, "{target}");
        assert!(answer(&root, &into(path("/d/data"), region(&["/"], &[]))), "{target}");
        assert_eq!(answer(&root, &into(path("/d/data"), region(&["/d"], &[]))), target == "more");
        assert!(!answer(&root, &into(path("/d/full"), region(&["/"], &[]))), "no link");
    }
}

#[test]
fn whose_something_is_is_found_alike() {
    let root = Root::new();
    fs::write(root.here("/d/file"), "x").unwrap();
    symlink("/d/full", root.here("/d/odd")).unwrap();
    let here = fs::metadata(root.here("/d/file")).unwrap();
    let own = std::os::unix::fs::MetadataExt::uid(&here);
    for (at, is_directory) in [("/d/full", Some(true)), ("/d/file", Some(false)), ("/d/odd", None)]
    {
        for directory in [true, false] {
            for uid in [own, own + 1] {
                let check = Check::Owned { path: path(at), directory, uid };
                let expected = is_directory == Some(directory) && uid == own;
                assert_eq!(answer(&root, &check), expected, "{at} {directory} {uid}");
            }
        }
    }
    assert!(!answer(&root, &Check::Owned { path: path("/d/none"), directory: true, uid: own }));
}
