//! Passwords with which a connection's user becomes the superuser: read late, refused when others
//! can read them, never shown.

use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt;

use super::site::Site;

#[test]
fn a_password_comes_from_where_the_profile_says_and_is_never_shown() {
    let site = Site::new();
    let profile = std::fs::read_to_string(&site.profile).unwrap();
    let file = site.dir.path().join("password");
    std::fs::write(&file, "open sesame\n").unwrap();
    let mode =
        |mode| std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
    let with = |lines: &str| {
        std::fs::write(
            &site.profile,
            profile.replace("[node.Node1]\n", &format!("[node.Node1]\n{lines}\n")),
        )
        .unwrap();
        site.run("check", &[])
    };
    let from_file =
        format!("become = \"sudo\"\nbecome-password = {{ file = \"{}\" }}", file.display());

    mode(0o644);
    let open = with(&from_file);
    assert!(
        open.status == 1
            && open.err.contains("can be read by others")
            && open.err.contains("chmod 0600"),
        "{} {}",
        open.status,
        open.err
    );
    mode(0o600);
    // The node has no such program: that is what is said, and the password is not.
    let none = with(&from_file);
    assert!(none.out.contains("sudo") || none.err.contains("sudo"), "{}{}", none.out, none.err);
    assert!(
        none.status != 0 && !format!("{}{}", none.out, none.err).contains("sesame"),
        "{}{}",
        none.out,
        none.err
    );

    let unset = with("become = \"su\"\nbecome-password = { env = \"CALHA_NO_SUCH_VARIABLE\" }");
    assert!(
        unset.status == 1 && unset.err.contains("CALHA_NO_SUCH_VARIABLE is not set"),
        "{} {}",
        unset.status,
        unset.err
    );
    // A password from a Latin-1 terminal is passed on as it is.
    let mut latin_1 = site.program(&["check", site.profile.to_str().unwrap()]);
    latin_1.env("CALHA_NO_SUCH_VARIABLE", std::ffi::OsStr::from_bytes(b"gr\xfcn"));
    let latin_1 = String::from_utf8(latin_1.output().unwrap().stderr).unwrap();
    assert!(latin_1.contains("su") && !latin_1.contains("is not set"), "{latin_1}");

    let nobody = with("become = \"su\"\nbecome-password = \"ask\"");
    assert!(
        nobody.status == 3 && nobody.err.contains("there is no terminal to ask on"),
        "{} {}",
        nobody.status,
        nobody.err
    );
    // The secret itself is refused, and not repeated.
    let written = with("become = \"su\"\nbecome-password = \"hunter2\"");
    assert!(
        written.status == 2 && written.err.contains("never stands in a profile"),
        "{} {}",
        written.status,
        written.err
    );
    assert!(
        !written.err.lines().filter(|l| !l.contains('|')).any(|l| l.contains("hunter2")),
        "{}",
        written.err
    );
}
