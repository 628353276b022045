//! A user who becomes the superuser by su, which asks on a terminal and nowhere else.

use std::time::{Duration, Instant};

use crate::{Far, installed, same, visible};

#[test]
fn su_is_answered_on_a_terminal_and_the_installation_is_the_same() {
    if !installed() {
        return;
    }
    let plain = Far::new();
    let said = plain.site.run("install", &["--yes"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    let far = Far::new();
    far.becomes_by_su(&["Node1", "Node2", "ldap"]);
    far.password_is("open sesame");
    let begun = Instant::now();
    let said = far.site.run("install", &["--yes"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    let mut end = visible(&far.site);
    end.entries.retain(|path, _| !path.ends_with("/usr/bin/su"));
    same(&end, &visible(&plain.site), "by su it is different");
    assert!(!format!("{}{}", said.out, said.err).contains("sesame"));
    assert!(begun.elapsed() < Duration::from_secs(60), "its connections do not end");
    let again = far.site.run("install", &["--yes"]);
    assert!(again.status == 0 && again.out.contains("nothing to do"), "{}{}", again.out, again.err);
    far.password_is("open barley");
    let wrong = far.site.run("check", &[]);
    assert!(
        wrong.status == 5 && wrong.err.contains("su: Sorry"),
        "{} {}{}",
        wrong.status,
        wrong.out,
        wrong.err
    );
    assert!(!format!("{}{}", wrong.out, wrong.err).contains("barley"));
}
