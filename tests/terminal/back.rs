//! An undo goes step by step as an installation does: each step is shown with what undoes it, and
//! nothing is undone that somebody has not agreed to.

use super::site::Site;
use super::{agree_until, start};

const STEP: &str = "Enter undoes; [s]how [e]xplain [a]ll [q]uit > ";

#[test]
fn an_uninstallation_goes_step_by_step_and_is_gone_on_with() {
    let site = Site::new();
    let installed = site.run("install", &["--yes"]);
    assert_eq!(installed.status, 0, "{}{}", installed.out, installed.err);
    let calls = site.changing_calls();

    // Who ends it at the first step has undone nothing, and is led into no uninstallation.
    let mut pty = start(&site, &["uninstall"], &[]);
    pty.waits_for("undo these? [s]how [y/N] ");
    pty.types("y");
    pty.waits_for(STEP);
    pty.types("q\n");
    assert_eq!(pty.ends().code(), Some(3), "{}", pty.screen());
    for (command, told) in [("status", "healthy   yes"), ("verify", "nothing to do")] {
        let said = site.run(command, &[]);
        assert_eq!(said.status, 0, "{}{}", said.out, said.err);
        assert!(said.out.contains(told) && !said.out.contains("calha resume"), "{}", said.out);
    }

    let mut pty = start(&site, &["uninstall"], &[]);
    pty.waits_for("13 of 23 steps to undo, from complete back to mount-directory");
    pty.waits_for("CAL-SVR-RS: it runs on Node1");
    pty.waits_for("undo these? [s]how [y/N] ");
    pty.types("s");
    pty.waits_for("-local.server.ha.enabled");
    pty.waits_for("undo these? [s]how [y/N] ");
    pty.types("y");

    pty.waits_for("[ 1/23] undo complete (");
    pty.waits_for("rm -f /var/opt/calha/");
    pty.waits_for(STEP);
    // Nothing can be left out below what stands on it.
    pty.types("k\n");
    pty.waits_for("k is not an answer here: Enter undoes it");
    pty.waits_for(STEP);
    pty.types("s\n");
    pty.waits_for("s once more");
    pty.waits_for(STEP);
    pty.types("s\n");
    pty.waits_for("calha_do undo-complete");
    pty.waits_for(STEP);
    pty.types("\n");
    // What has no undo is not asked about.
    pty.waits_for("[ 4/23] undo service-enable (");
    pty.waits_for("scswitch -n -j CAL-SVR-RS");
    pty.waits_for(STEP);
    assert_eq!(site.changing_calls(), calls, "{}", pty.written());
    pty.types("q\n");
    assert_eq!(pty.ends().code(), Some(3), "{}", pty.screen());
    assert!(pty.written().contains("next: calha resume "), "{}", pty.written());
    assert_eq!(site.changing_calls(), calls, "{}", pty.written());

    let mut pty = start(&site, &["resume"], &[]);
    pty.waits_for("12 of 20 steps to undo, from service-enable back to");
    pty.waits_for("undo these? [s]how [y/N] ");
    pty.types("y");
    pty.waits_for(STEP);
    pty.types("\n");
    // Disabled by the step before: it is not shown as something to do.
    pty.waits_for("undo service-resource (");
    pty.waits_for(STEP);
    let shown = "\n          /usr/cluster/bin/scswitch -n -j CAL-SVR-RS";
    assert_eq!(pty.written().matches(shown).count(), 1, "{}", pty.written());
    pty.types("a\n");
    agree_until(&mut pty, "operations undone");
    assert_eq!(pty.ends().code(), Some(0), "{}", pty.screen());
    assert_eq!(pty.written().matches(STEP).count(), 2, "{}", pty.written());
}
