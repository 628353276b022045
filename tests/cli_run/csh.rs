use std::path::Path;

use super::site::Site;

/// A program that reaches a node may give somebody's login shell; it is told to become the Bourne shell before anything else.
#[test]
fn a_connection_that_gives_a_c_shell_works_like_any_other() {
    let Some(tcsh) = ["/usr/bin/tcsh", "/bin/tcsh"].into_iter().find(|p| Path::new(p).exists())
    else {
        assert!(std::env::var_os("CI").is_none(), "tcsh is not installed; tests/run installs it");
        println!("skipped: tcsh is not installed");
        return;
    };
    let site = Site::new();
    let text = std::fs::read_to_string(&site.profile).unwrap();
    let changed = text.replace("\"/bin/sh\"]", &format!("\"{tcsh}\"]"));
    assert_ne!(text, changed);
    std::fs::write(&site.profile, changed).unwrap();
    let check = site.run("check", &[]);
    assert_eq!(check.status, 0, "{}{}", check.out, check.err);
    let install = site.run("install", &["--yes", "--only", "accounts", "--only", "record"]);
    assert_eq!(install.status, 0, "{}{}", install.out, install.err);
    let back = site.run("rollback", &["--yes"]);
    assert_eq!(back.status, 0, "{}{}", back.out, back.err);
}
