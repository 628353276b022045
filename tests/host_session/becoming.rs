//! A connection that leads to somebody who has to become the superuser first.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use calha::host::{Becoming, Connector, Session};
use calha::node::{BecomeProgram, HostError};

use crate::support::Root;
use crate::{SOON, root};

/// Programs that ask as the real ones do: sudo with the prompt it is given, su in its own words;
/// both take "open sesame".
const SUDO: &str = "#!/bin/sh
quiet=
while :; do
  case $1 in
  -k | -S) ;;
  -n) quiet=yes ;;
  -p) shift; mark=$1 ;;
  *) break ;;
  esac
  shift
done
CALHA_BECAME=sudo
export CALHA_BECAME
if test -f \"$0.free\"; then exec \"$@\"; fi
if test -n \"$quiet\"; then echo 'sudo: a password is required' >&2; exit 1; fi
for try in 1 2 3; do
  printf '%s' \"$mark\" >&2
  IFS= read -r given || exit 1
  if test \"x$given\" = 'xopen sesame'; then exec \"$@\"; fi
  echo 'Sorry, try again.' >&2
done
exit 1
";
const SU: &str = "#!/bin/sh
printf 'Password: ' >&2
IFS= read -r given
if test \"x$given\" = 'xopen sesame'; then :; else echo 'su: Sorry' >&2; exit 1; fi
CALHA_BECAME=su
export CALHA_BECAME
exec /bin/sh -c \"$3\"
";
const PFEXEC: &str = "#!/bin/sh
CALHA_BECAME=pfexec
export CALHA_BECAME
exec \"$@\"
";

fn programs(dir: &Path) {
    for (name, text) in [("sudo", SUDO), ("su", SU), ("pfexec", PFEXEC)] {
        std::fs::write(dir.join(name), text).unwrap();
        std::fs::set_permissions(dir.join(name), std::fs::Permissions::from_mode(0o755)).unwrap();
    }
}

fn start(
    root: &Root,
    path: &str,
    program: BecomeProgram,
    password: Option<&str>,
) -> Result<Session, HostError> {
    let env = vec![
        ("CALHA_LAB_ROOT".into(), root.dir.path().to_str().unwrap().to_owned()),
        ("PATH".into(), format!("{path}:/usr/bin:/bin:/usr/sbin:/sbin")),
    ];
    let becoming =
        Some(Becoming { program, password: password.map(|word| word.as_bytes().to_vec()) });
    Session::start(
        &Connector { env, clean: true, becoming, ..Connector::new(root.name.clone(), ["/bin/sh"]) },
        SOON,
    )
}

#[test]
fn each_program_gives_a_shell_of_the_superuser_and_takes_the_password() {
    let (root, fakes) = (Root::new(), tempfile::tempdir().unwrap());
    programs(fakes.path());
    let path = fakes.path().to_str().unwrap();
    let free = fakes.path().join("sudo.free");
    for (program, password, asks) in [
        (BecomeProgram::Sudo, Some("open sesame"), true),
        // Nothing is asked: what would be answered must not become a command.
        (BecomeProgram::Sudo, Some("open sesame"), false),
        (BecomeProgram::Sudo, None, false),
        (BecomeProgram::Su, Some("open sesame"), true),
        (BecomeProgram::Pfexec, None, false),
    ] {
        if asks {
            drop(std::fs::remove_file(&free))
        } else {
            std::fs::write(&free, "").unwrap()
        }
        let mut session =
            start(&root, path, program, password).unwrap_or_else(|e| panic!("{program:?}: {e}"));
        let output = session.ask("echo $CALHA_BECAME; echo aside >&2", SOON).unwrap();
        assert_eq!(
            (output.text().trim(), String::from_utf8_lossy(&output.stderr).trim()),
            (program.name(), "aside")
        );
        // The password is nowhere in what the shell knows or its processes were started with.
        let seen =
            session.ask("set; cat /proc/$$/environ /proc/$$/cmdline 2>/dev/null", SOON).unwrap();
        assert!(!String::from_utf8_lossy(&seen.stdout).contains("sesame"), "{program:?}");
    }
}

#[test]
fn a_password_that_is_wrong_or_missing_is_said_and_not_shown() {
    let (root, fakes) = (Root::new(), tempfile::tempdir().unwrap());
    programs(fakes.path());
    let path = fakes.path().to_str().unwrap();
    for (program, password, wanted) in [
        (BecomeProgram::Sudo, Some("wrong"), "sudo does not take the password"),
        (BecomeProgram::Sudo, None, "a password is required"),
        (BecomeProgram::Su, Some("wrong"), "su: Sorry"),
        (BecomeProgram::Su, None, "none is given (become-password)"),
    ] {
        let error = start(&root, path, program, password).unwrap_err();
        let said = error.to_string();
        assert!(
            matches!(error, HostError::Unreachable { .. }) && said.contains(wanted),
            "{program:?} {password:?}: {said}"
        );
        assert!(!said.contains("wrong") && !said.contains("calha-"), "{said}");
    }
    assert!(
        !format!("{:?}", Becoming { program: BecomeProgram::Su, password: Some("secret".into()) })
            .contains("secret")
    );
}

#[test]
fn the_real_su_lets_the_superuser_through() {
    if !root::is_root("not the superuser, whom su does not ask") {
        return;
    }
    let root = Root::new();
    let mut session = start(&root, "/bin", BecomeProgram::Su, None).unwrap();
    assert!(session.ask("id", SOON).is_ok());
}
