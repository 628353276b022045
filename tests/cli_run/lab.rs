use std::io::Write as _;
use std::process::{Command, Stdio};

use calha::node::NodeName;

use super::site::Site;

const CALHA: &str = env!("CARGO_BIN_EXE_calha");

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
    a_pipe_means_the_node(&site, &dir);
    let before = site.calha(&["lab", "digest", &dir]);
    assert!(before.out.contains("Node1:/etc/vfstab file 0644 0:0"), "{}", before.out);
    let configuration = before.out.lines().filter(|line| line.starts_with("configuration:"));
    let (named, numbered): (Vec<&str>, Vec<&str>) =
        configuration.partition(|line| line.starts_with("configuration: "));
    assert!(!named.is_empty() && numbered.is_empty(), "{numbered:?}");
    faults_name_what_there_is(&site, &dir);
    assert_eq!(site.calha(&["lab", "fault", &dir, "--clear"]).out, "");
    // One that has struck does not wait any more.
    let once = r#"{"fault":"call","program":"uname","host":"Node1","nth":1,
                   "trouble":{"trouble":"fails","status":9,"text":"no"}}"#;
    assert_eq!(site.calha(&["lab", "fault", &dir, once]).out.lines().count(), 1);
    let struck = site.calha(&["lab", "shell", &dir, "Node1", "-c", "uname -n"]);
    assert_eq!(struck.status, 9, "{}", struck.err);
    assert_eq!(site.calha(&["lab", "fault", &dir]).out, "");
    assert_eq!(site.calha(&["lab", "down", &dir, "Node2"]).status, 0);
    let status = site.calha(&["lab", "status", &dir]);
    assert!(status.out.contains("host     Node2            down"), "{}", status.out);
    let missing = site.calha(&["lab", "up", &dir, "Node9"]);
    assert!(missing.status == 1 && missing.err.contains("Node1, Node2"), "{}", missing.err);
    let none = site.calha(&["lab", "status", "/nowhere"]);
    assert!(none.status == 1 && none.err.contains("calha lab create"), "{}", none.err);
}

/// What is piped changes the node, or nothing.
fn a_pipe_means_the_node(site: &Site, lab: &str) {
    // The node has a directory of the same name.
    let here = site.dir.path();
    let root = site.lab.root(&NodeName("Node1".into()));
    let on_node = root.join(here.strip_prefix("/").unwrap());
    std::fs::create_dir_all(&on_node).unwrap();

    let mut shell = Command::new(CALHA)
        .args(["lab", "shell", lab, "Node1"])
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let typed = format!("echo x >{}/piped\n", here.display());
    let _ = shell.stdin.take().unwrap().write_all(typed.as_bytes());
    let entered = shell.wait().unwrap().success();

    assert_eq!(entered, on_node.join("piped").exists());
    assert!(!here.join("piped").exists(), "{typed}");
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
        (call("Node1", "mountt"), "newfs, "),
    ] {
        let refused = fault(&json);
        assert!(refused.status == 1 && refused.err.contains(has), "{json}: {}", refused.err);
    }
    assert_eq!(site.calha(&["lab", "fault", lab]).out.lines().count(), 5);
}

/// What `calha new` leaves to the operator and the terminal.
const BY_HAND: [&str; 3] = ["installer", "configurator", "directory"];

/// The guide's profile, each vendor's program run by somebody.
fn by_hand(dir: &std::path::Path, modes: [&str; 3]) -> std::path::PathBuf {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/profiles/asymmetric.toml");
    let (mut text, mut section) = (String::new(), String::new());
    for line in std::fs::read_to_string(source).unwrap().lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']').to_owned();
        }
        let at = BY_HAND.iter().position(|name| *name == section);
        match (at, line.split(" = ").next()) {
            (Some(at), Some("mode")) => text.push_str(&format!("mode = \"{}\"\n", modes[at])),
            (Some(_), Some("state-file")) => {}
            (Some(at), Some("program")) if modes[at] == "operator" => {}
            _ => text.push_str(&format!("{line}\n")),
        }
    }
    let file = dir.join("by-hand.toml");
    std::fs::write(&file, text).unwrap();
    file
}

#[test]
fn a_rehearsal_does_what_is_done_by_hand_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let profile = by_hand(dir.path(), ["operator", "attended", "operator"]);
    let output = Command::new(env!("CARGO_BIN_EXE_calha"))
        .arg("rehearse")
        .arg(&profile)
        .env("XDG_STATE_HOME", dir.path().join("state"))
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let note = "done by the rehearsal, not by you: installer.mode, configurator.mode\n";
    assert!(said.starts_with(note), "{said}");
    // What is typed on the real nodes names the profile alone.
    assert!(said.ends_with(&format!("calha install {}\n", profile.display())), "{said}");
}

#[test]
fn the_profile_that_a_lab_writes_is_installed_without_anybody() {
    let site = Site::new();
    let at = |name: &str| site.dir.path().join(name).display().to_string();
    let profile = by_hand(site.dir.path(), ["operator", "operator", "attended"]);
    let (lab, out) = (at("other"), at("other.toml"));

    let made = site.calha(&["lab", "create", &lab, profile.to_str().unwrap(), "--profile", &out]);
    assert_eq!(made.status, 0, "{}", made.err);
    let silent = "installer.mode, directory.mode, configurator.mode";
    assert!(made.out.contains(silent), "{}", made.out);
    let installed = site.calha(&["install", &out, "--yes"]);
    assert_eq!(installed.status, 0, "{}{}", installed.out, installed.err);

    // A plan has no heading with nothing below it, and what it leaves on both nodes stands once.
    let count = |said: &str, text: &str| said.matches(text).count();
    let all = site.calha(&["plan", &out, "--offline"]).out;
    let counted = [count(&all, "What cannot be undone:"), count(&all, " with the vendor's unins")];
    assert_eq!(counted, [1, 1], "{all}");
    assert!(all.contains("Users of the calendar notice nothing before step"), "{all}");
    let vfstab = format!("{lab}/nodes/Node2/etc/vfstab");
    let kept = std::fs::read_to_string(&vfstab).unwrap();
    let others: String =
        kept.lines().filter(|l| !l.contains("/d400")).map(|l| format!("{l}\n")).collect();
    std::fs::write(&vfstab, others).unwrap();
    let left = site.calha(&["plan", &out]).out;
    assert!(left.contains("1 operation to do") && !left.contains("notice nothing"), "{left}");
    assert_eq!(count(&left, "What cannot be undone"), 0, "{left}");

    // What is printed for a profile that somebody edits says the same.
    let printed = site.calha(&["lab", "create", &at("third"), profile.to_str().unwrap()]);
    let modes = printed.out.lines().filter(|line| *line == "mode = \"silent\"").count();
    assert_eq!((printed.status, modes), (0, 3), "{}", printed.out);
    let tables = ["[installer]", "[configurator]", "[directory]"];
    assert!(tables.iter().all(|table| printed.out.matches(table).count() == 1), "{}", printed.out);

    // Whoever asks its nodes afterwards is told that they are gone, and not what a shell misses.
    let removed = site.calha(&["lab", "destroy", &lab, "--yes"]);
    assert_eq!(removed.status, 0, "{}", removed.err);
    for command in ["status", "check", "verify", "install"] {
        let said = site.calha(&[command, &out]);
        let told = said.out + &said.err;
        assert!(told.contains("/nodes/Node1, which is not on this machine"), "{command}: {told}");
        assert!(!told.contains("not found"), "{command}: {told}");
    }
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

/// A path below the scratch directory is longer than the system allows, so the cluster is half
/// made.
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
