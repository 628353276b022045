//! A user who becomes the superuser by su, which asks on a terminal and nowhere else.

use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use calha::node::NodeName;

use crate::{Far, installed, same, visible};

/// As getpass(3C) does it: on the controlling terminal, or not at all.
const SU: &str = "#!/bin/sh
if (: </dev/tty) 2>/dev/null; then :; else echo 'su: Sorry' >&2; exit 1; fi
exec 3</dev/tty 4>/dev/tty
/usr/bin/stty -echo <&3
printf 'Password: ' >&4
IFS= read -r given <&3
if test \"x$given\" = 'xopen sesame'; then :; else echo 'su: Sorry' >&4; exit 1; fi
exec 3<&- 4>&-
exec /bin/sh -c \"$3\"
";

#[test]
fn su_is_answered_on_a_terminal_and_the_installation_is_the_same() {
    if !installed() {
        return;
    }
    let plain = Far::new();
    let said = plain.site.run("install", &["--yes"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    let far = Far::new();
    for host in ["Node1", "Node2", "ldap"] {
        let su = far.site.lab.root(&NodeName(host.into())).join("usr/bin/su");
        std::fs::write(&su, SU).unwrap();
        std::fs::set_permissions(&su, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let file = far.site.dir.path().join("password");
    let profile = std::fs::read_to_string(&far.site.profile).unwrap();
    let lines = format!("become = \"su\"\nbecome-password = {{ file = \"{}\" }}\n", file.display());
    let mut text = profile;
    for section in ["[node.Node1]\n", "[node.Node2]\n", "[directory]\n"] {
        assert!(text.contains(section), "{text}");
        text = text.replace(section, &format!("{section}{lines}"));
    }
    std::fs::write(&far.site.profile, text).unwrap();
    let password = |text: &str| {
        std::fs::write(&file, text).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    };
    password("open sesame\n");
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
    password("open barley\n");
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
