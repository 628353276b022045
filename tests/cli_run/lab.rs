use std::process::Command;

use super::site::Site;

#[test]
fn a_lab_is_entered_looked_at_and_broken() {
    let site = Site::new();
    let dir = site.dir.path().join("lab").display().to_string();
    let shell = site.calha(&["lab", "shell", &dir, "Node1", "-c", "uname -n; exit 7"]);
    assert_eq!((shell.status, shell.out.as_str()), (7, "Node1\n"), "{}", shell.err);
    // Words that are no script are a command of the node, whatever this machine has of that name.
    for way in ["auto", "prefix"] {
        let typed = |words: &[&str]| {
            let words = [&["lab", "shell", "--root", way, &dir, "Node1"], words].concat();
            let said = site.calha(&words);
            (said.status, said.out)
        };
        let local = ["/usr/cluster/bin/scha_cluster_get", "-O", "NODENAME_LOCAL"];
        assert_eq!(typed(&local), (0, "Node1\n".to_owned()), "{way}");
        assert_eq!(typed(&["/usr/bin/uname", "-n"]), (0, "Node1\n".to_owned()), "{way}");
        assert_eq!(typed(&["no-such-command"]).0, 127, "{way}");
    }
    let before = site.calha(&["lab", "digest", &dir]);
    assert!(before.out.contains("Node1:/etc/vfstab file 0644 0:0"), "{}", before.out);
    faults_name_what_there_is(&site, &dir);
    assert_eq!(site.calha(&["lab", "fault", &dir, "--clear"]).out, "");
    assert_eq!(site.calha(&["lab", "down", &dir, "Node2"]).status, 0);
    let status = site.calha(&["lab", "status", &dir]);
    assert!(status.out.contains("host     Node2            down"), "{}", status.out);
    let missing = site.calha(&["lab", "up", &dir, "Node9"]);
    assert!(missing.status == 1 && missing.err.contains("Node1, Node2"), "{}", missing.err);
    let none = site.calha(&["lab", "status", "/nowhere"]);
    assert!(none.status == 1 && none.err.contains("calha lab create"), "{}", none.err);
}

/// The resource is not made yet, but the profile names it.
fn faults_name_what_there_is(site: &Site, lab: &str) {
    let fault = |json: &str| site.calha(&["lab", "fault", lab, json]);
    for json in [
        r#"{"fault":"stop-fails","resource":"CAL-SVR-RS"}"#,
        r#"{"fault":"stays-pending","group":"CAL-RG"}"#,
        r#"{"fault":"state-reads","of":"CAL-RG","word":"DEGRADED"}"#,
        r#"{"fault":"address-taken","address":"cal-host"}"#,
        r#"{"fault":"disk-full","host":"ldap","path":"/var"}"#,
    ] {
        assert_eq!(fault(json).status, 0, "{json}: {}", fault(json).err);
    }
    assert_eq!(site.calha(&["lab", "fault", lab]).out.lines().count(), 5);

    let call = |host: &str, program: &str| {
        format!(
            r#"{{"fault":"call","program":"{program}","host":"{host}","nth":1,
                "trouble":{{"trouble":"garbage"}}}}"#
        )
    };
    for (json, has) in [
        (r#"{"fault":"stop-fails","resource":"CAL-SVR-CS1-RS"}"#.to_owned(), "CAL-SVR-RS"),
        (r#"{"fault":"start-fails","resource":"CAL-SVR-RS","host":"Node9"}"#.to_owned(), "Node1"),
        (r#"{"fault":"validate-refuses","resource":"x"}"#.to_owned(), "CAL-SVR-RS"),
        (r#"{"fault":"stays-pending","group":"CAL-SVR-RS"}"#.to_owned(), "CAL-RG"),
        (r#"{"fault":"state-reads","of":"x","word":"ONLINE"}"#.to_owned(), "CAL-RG"),
        (r#"{"fault":"address-taken","address":"192.0.2.99"}"#.to_owned(), "192.0.2.10"),
        (r#"{"fault":"disk-full","host":"Node9","path":"/var"}"#.to_owned(), "Node2"),
        (call("Node9", "mount"), "Node2"),
        (call("Node1", "mountt"), "mountt: no such program"),
    ] {
        let refused = fault(&json);
        assert!(refused.status == 1 && refused.err.contains(has), "{json}: {}", refused.err);
    }
    assert_eq!(site.calha(&["lab", "fault", lab]).out.lines().count(), 5);
}

#[test]
fn a_file_is_put_back_by_one_command() {
    let site = Site::new();
    let vfstab = site.lab.root(&calha::node::NodeName("Node1".into())).join("etc/vfstab");
    let before = std::fs::read(&vfstab).unwrap();
    let some =
        site.run("install", &["--yes", "--only", "mount-directory", "--only", "vfstab-entry"]);
    assert_eq!(some.status, 0, "{}{}", some.out, some.err);
    assert_ne!(std::fs::read(&vfstab).unwrap(), before);
    let list = site.run("restore", &[]);
    assert!(
        list.out.contains(
            "Node1 /etc/vfstab: copy /var/opt/calha/calendar-cluster/site/vfstab-entry.1.before"
        ),
        "{}{}",
        list.out,
        list.err
    );
    let unknown = site.run("restore", &["--yes", "--file", "/etc/passwd"]);
    assert!(unknown.status == 1 && unknown.err.contains("/etc/vfstab"), "{}", unknown.err);
    let back = site.run("restore", &["--yes", "--file", "/etc/vfstab"]);
    assert_eq!(back.status, 0, "{}{}", back.out, back.err);
    assert_eq!(std::fs::read(&vfstab).unwrap(), before);
    let verify = site.run("verify", &[]);
    assert!(
        verify.status == 3 && verify.err.contains("vfstab-entry: would be done"),
        "{}",
        verify.err
    );
}

/// A path below the scratch directory is longer than the system allows, so the cluster is half made.
#[test]
fn a_rehearsal_that_cannot_make_its_cluster_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    let mut scratch = dir.path().to_owned();
    while scratch.as_os_str().len() < 4040 {
        scratch.push("d".repeat((4039 - scratch.as_os_str().len()).clamp(1, 100)));
    }
    std::fs::create_dir_all(&scratch).unwrap();

    let output = Command::new(env!("CARGO_BIN_EXE_calha"))
        .args(["rehearse", concat!(env!("CARGO_MANIFEST_DIR"), "/profiles/asymmetric.toml")])
        .env("TMPDIR", &scratch)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(1) && said.contains("name too long"), "{said}");
    assert_eq!(std::fs::read_dir(&scratch).unwrap().count(), 0, "{said}");
}
