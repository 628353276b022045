//! The symmetric and the N+1 model as somebody goes them: from nothing but the cluster to an
//! installation that runs, and back.

use super::agree_until;
use super::thorough::thorough;
use super::walk::Walk;

/// The other models: from nothing but the cluster to an installation that runs, and back.
fn whole_way(model: &str, answers: &[(&str, &str)]) {
    if !thorough() {
        return;
    }
    let walk = Walk::of(model);
    let mut pty = walk.new_profile(80);
    for (question, typed) in answers {
        pty.waits_for(question);
        pty.waits_for("> ");
        pty.types(&format!("{typed}\n"));
    }
    assert_eq!(pty.ends().code(), Some(0), "{}", pty.screen());
    walk.is_the_examples_site();

    walk.fails_once();
    let mut pty = walk.start(&["install", "new.toml"], 80);
    pty.waits_for("go on with these steps?");
    pty.types("y");
    pty.waits_for("[q]uit > ");
    pty.types("a\n");
    if model == "n-plus-one" {
        agree_until(&mut pty, "is it done?");
        let words = ["-nodisplay", "-noconsole", "-state", "/var/tmp/calha-installer-spare.state"];
        let done = walk.site.types("Node4", "/cdrom/cdrom0/Solaris_sparc/installer", &words);
        assert_eq!(done.status, 0, "{}{}", done.out, done.err);
        pty.types("y");
    }
    agree_until(&mut pty, "the validate method timed out");
    assert_eq!(pty.ends().code(), Some(1), "{}", pty.screen());
    // It is left where something cannot be undone, and gone on with.
    let mut pty = walk.start(&["resume", "new.toml"], 60);
    pty.waits_for("go on with these steps?");
    pty.types("y");
    pty.waits_for("[q]uit > ");
    pty.types("q\n");
    assert_eq!(pty.ends().code(), Some(3), "{}", pty.screen());
    let mut pty = walk.start(&["resume", "new.toml"], 80);
    pty.waits_for("go on with these steps?");
    pty.types("y");
    pty.waits_for("[q]uit > ");
    pty.types("a\n");
    agree_until(&mut pty, "operations carried out");
    assert_eq!(pty.ends().code(), Some(0), "{}", pty.screen());
    let verify = walk.calha(&["verify", walk.profile().to_str().unwrap()]);
    assert_eq!(verify.status, 0, "{}{}", verify.out, verify.err);
    let mut pty = walk.start(&["uninstall", "new.toml"], 80);
    pty.waits_for("undo these?");
    pty.types("y");
    pty.waits_for("[q]uit > ");
    pty.types("a\n");
    assert_eq!(pty.ends().code(), Some(0), "{}", pty.screen());
}

#[test]
fn the_symmetric_model_from_questions_to_removal() {
    whole_way(
        "symmetric",
        &[
            ("cluster.model", "two"),
            ("is not one of the choices", "2"),
            ("can be asked now", "Node2"),
            ("node 1", "Node1"),
            ("cs1.block-device", "/dev/md/penguin/dsk/d400"),
            ("cs1.install-root-device", "/dev/md/penguin/dsk/d500"),
            ("cs1.var-dir-device", "/dev/md/penguin/dsk/d600"),
            ("cs1.logical-host", "cal-host1"),
            ("cs2.block-device", "/dev/md/polarbear/dsk/d300"),
            ("cs2.install-root-device", "/dev/md/polarbear/dsk/d200"),
            ("cs2.var-dir-device", "/dev/md/polarbear/dsk/d700"),
            ("cs2.logical-host", "cal-host2"),
            ("account.uid", ""),
            ("account.gid", ""),
            ("directory.host", "ldap"),
            ("Enter writes new.toml", ""),
        ],
    );
}

#[test]
fn the_n_plus_one_model_from_questions_to_removal() {
    whole_way(
        "n-plus-one",
        &[
            ("cluster.model", "n-plus-one"),
            ("can be asked now", "Node3"),
            ("node 1", ""),
            ("node 2", ""),
            ("node 3", ""),
            // Going back takes the last node only.
            ("node 4", "<"),
            ("node 3", ""),
            ("node 4", ""),
            ("node 5", "."),
            ("cs1.block-device", "/dev/md/penguin/dsk/d400"),
            ("cs1.install-root-device", "/dev/md/penguin/dsk/d500"),
            ("cs1.var-dir-device", "/dev/md/penguin/dsk/d600"),
            ("cs1.logical-host", "cal-host1"),
            ("cs2.block-device", "/dev/md/polarbear/dsk/d400"),
            ("cs2.install-root-device", "/dev/md/polarbear/dsk/d500"),
            ("cs2.var-dir-device", "/dev/md/polarbear/dsk/d600"),
            ("cs2.logical-host", "cal-host2"),
            ("cs3.block-device", "/dev/md/seal/dsk/d400"),
            ("cs3.install-root-device", "/dev/md/seal/dsk/d500"),
            ("cs3.var-dir-device", "/dev/md/seal/dsk/d600"),
            ("cs3.logical-host", "cal-host3"),
            ("account.uid", "0"),
            ("the id of root", "5001"),
            ("account.gid", ""),
            ("directory.host", "ldap"),
            ("Enter writes new.toml", ""),
        ],
    );
}
