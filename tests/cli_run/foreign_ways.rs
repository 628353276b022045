//! Ways to a name that a second user lays or changes while calha goes them: directories that are
//! missing on it, a pipe or a file of theirs at its end, a directory of theirs in its middle.
//! Nothing is made in what they have put there, waited for, given rights by them or removed.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::path::Path;
use std::process::Stdio;

use rustix::fs::{CWD, FileType, Mode, mknodat};

use super::foreign_names::{SECOND, foreign, is_root, mode, race, refused, seconds, sticky};
use super::site::{Site, said};

const REGISTRATION: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/resource_type/files/hand.rt");

#[test]
fn nothing_is_made_in_what_somebody_else_has_put_on_the_way_meanwhile() {
    if !is_root() {
        return;
    }
    let site = Site::new();
    let common = sticky(&site, "common");
    let roots = site.dir.path().join("roots");
    fs::create_dir(&roots).unwrap();
    fs::set_permissions(site.dir.path(), Permissions::from_mode(0o711)).unwrap();

    // Missing directories on the way are theirs, or lead to root's, at some moment.
    let script = "mkdir way; ln -s ../../roots way/on; rm -f way/on; rmdir way; \
                  ln -s ../roots way; rm -f way";
    let way = common.join("way");
    let (on, lab) = (way.join("on/pages"), way.join("on/lab"));
    let profile = site.profile.to_str().unwrap();
    race(script, &common, 2 * seconds(), &|| {
        site.calha(&["man", "--out", on.to_str().unwrap()]);
        let made = site.calha(&["lab", "create", lab.to_str().unwrap(), profile]);
        let owner = |path: &Path| fs::symlink_metadata(path).map(|about| about.uid());
        if made.status == 0 {
            assert_eq!(owner(&way).unwrap(), 0, "a cluster in a directory of somebody else");
        }
        if owner(&way).is_ok_and(|owner| owner == 0) {
            fs::remove_dir_all(&way).unwrap();
        }
    });
    assert_eq!(fs::read_dir(&roots).unwrap().count(), 0, "something was made in root's directory");
}

#[test]
fn what_somebody_else_has_made_gives_no_rights_and_is_not_waited_for() {
    if !is_root() {
        return;
    }
    let site = Site::new();
    let common = sticky(&site, "common");
    let text = fs::read(REGISTRATION).unwrap();
    let bump = |path: &Path| site.calha(&["rt", "bump", "--to", "9.1", path.to_str().unwrap()]);

    // Root's own file keeps no right by which somebody else could write or become root.
    let (ours, theirs) = (common.join("ours.rt"), common.join("theirs.rt"));
    for path in [&ours, &theirs] {
        fs::write(path, &text).unwrap();
        fs::set_permissions(path, Permissions::from_mode(0o4777)).unwrap();
    }
    assert_eq!((bump(&ours).status, mode(&ours)), (0, 0o755));
    chown(&theirs, Some(SECOND), None).unwrap();
    fs::set_permissions(&theirs, Permissions::from_mode(0o4777)).unwrap();
    refused(&bump(&theirs), "ID 64123", &theirs);
    assert_eq!((mode(&theirs), fs::read(&theirs).unwrap()), (0o4777, text));

    // A pipe that has no reader.
    let pipe = common.join("pipe");
    mknodat(CWD, &pipe, FileType::Fifo, Mode::from_bits_retain(0o666), 0).unwrap();
    chown(&pipe, Some(SECOND), None).unwrap();
    let out = pipe.to_str().unwrap();
    for words in [["rt", "new", out, "--batch"], ["man", "rt", "--out", out]] {
        assert_ne!(site.calha(&words).status, 0);
    }
    assert_eq!(site.run("install", &["--yes"]).status, 0);
    refused(&site.run("report", &["--out", out]), "ID 64123", &pipe);
    // One's own is for whoever reads it.
    chown(&pipe, Some(0), None).unwrap();
    let mut reader = std::process::Command::new("cat");
    let reader = reader.arg(&pipe).stdout(Stdio::piped()).spawn().unwrap();
    assert_eq!(site.run("report", &["--out", out]).status, 0);
    assert!(said(reader.wait_with_output().unwrap()).out.contains("calendar"));
}

#[test]
fn a_directory_of_somebody_else_is_no_place_for_a_journal_a_profile_or_a_cluster_to_remove() {
    if !is_root() {
        return;
    }
    let site = Site::new();
    let theirs = foreign(site.dir.path(), "theirs");
    let profile = site.profile.to_str().unwrap();

    // sudo may keep the home of whoever calls it.
    for command in ["install", "status", "report", "verify"] {
        let mut of_theirs = site.program(&[command, profile]);
        of_theirs.env_remove("XDG_STATE_HOME").env("HOME", &theirs);
        refused(&said(of_theirs.output().unwrap()), "ID 64123", &theirs);
    }
    assert_eq!(fs::read_dir(&theirs).unwrap().count(), 0);

    let file = theirs.join("site.toml");
    refused(&site.calha(&["new", file.to_str().unwrap()]), "ID 64123", &file);
    let recorded = ["--record", file.to_str().unwrap()];
    refused(&site.run("install", &recorded), "ID 64123", &file);
    let lab = site.dir.path().join("other");
    let made =
        ["lab", "create", lab.to_str().unwrap(), profile, "--profile", file.to_str().unwrap()];
    refused(&site.calha(&made), "ID 64123", &file);
    assert_eq!(fs::read_dir(&theirs).unwrap().count(), 0);

    // What looks like a cluster, and could be another directory by the time that it is removed.
    for (lab, owner) in [(theirs.join("lab"), 0), (site.dir.path().join("lab2"), SECOND)] {
        fs::create_dir_all(lab.join("nodes/kept")).unwrap();
        fs::write(lab.join("calha-lab"), "a simulated cluster of calha\n").unwrap();
        chown(&lab, Some(owner), None).unwrap();
        refused(&site.calha(&["lab", "destroy", lab.to_str().unwrap(), "--yes"]), "", &lab);
        assert!(fs::symlink_metadata(lab.join("nodes/kept")).is_ok_and(|about| about.uid() == 0));
    }
}
