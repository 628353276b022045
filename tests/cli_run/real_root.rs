//! A whole installation through shells whose root is the node's directory, and the end of a lab.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use calha::node::NodeName;

use super::real_root_shell::{enter, possible, shell};
use super::site::{Said, Site};

fn node(name: &str) -> NodeName {
    NodeName(name.into())
}

#[test]
fn an_installation_through_real_roots_comes_and_goes() {
    let site = Site::connected(&|_, lab, name| {
        let words = shell(lab, &node(name));
        let words: Vec<String> = words.iter().map(|w| format!("\"{w}\"")).collect();
        format!("{{ command = [{}] }}", words.join(", "))
    });
    if !possible(&site.lab) {
        return;
    }
    if let Ok(shell) = std::env::var("SVR4_SH") {
        // Only a program that needs no libraries starts at the node's own path.
        for host in site.lab.nodes().unwrap() {
            let there = site.lab.root(&host).join("usr/bin/sh");
            std::fs::remove_file(&there).unwrap();
            std::fs::copy(&shell, there).unwrap();
        }
    }

    for (command, more) in [
        ("install", vec!["--yes"]),
        ("verify", vec![]),
        ("service", vec![]),
        ("verify", vec![]),
        ("uninstall", vec!["--yes"]),
    ] {
        let said = match command {
            "service" => {
                site.calha(&["service", "restart", site.profile.to_str().unwrap(), "--yes"])
            }
            _ => site.run(command, &more),
        };
        assert_eq!(said.status, 0, "{command}: {}{}", said.out, said.err);
    }
    for host in site.lab.nodes().unwrap() {
        assert!(!site.lab.root(&host).join("var/opt/calha").exists(), "{host}");
        let vfstab = std::fs::read_to_string(site.lab.root(&host).join("etc/vfstab")).unwrap();
        assert!(!vfstab.contains("/dev/md/penguin/dsk/d400"), "{vfstab}");
    }
}

fn destroy(site: &Site, more: &[&str]) -> Said {
    let lab = site.dir.path().join("lab").display().to_string();
    site.calha(&[&["lab", "destroy", lab.as_str()], more].concat())
}

/// Whether a process is there and no mere entry of its parent's table.
fn lives(pid: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit(") ").next().is_some_and(|rest| !rest.is_empty() && !rest.starts_with('Z'))
}

fn ended(pid: u32) -> bool {
    let begin = Instant::now();
    while lives(pid) && begin.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(10));
    }
    !lives(pid)
}

/// The processes that are services of a lab.
fn daemons(lab: &Path) -> Vec<u32> {
    let numbers = std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(|e| e.unwrap().file_name().to_str().and_then(|name| name.parse::<u32>().ok()));
    let serves = |pid: &u32| {
        let line = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        let line = String::from_utf8_lossy(&line).into_owned();
        line.contains("cshttpd\0serve\0") && line.contains(lab.to_str().unwrap())
    };
    numbers.filter(serves).collect()
}

/// The one that stays: that of a node which the group has left sees so within a second.
fn daemon(lab: &Path) -> u32 {
    let begin = Instant::now();
    loop {
        match daemons(lab)[..] {
            [pid] => return pid,
            ref others => {
                assert!(begin.elapsed() < Duration::from_secs(10), "services: {others:?}");
                std::thread::sleep(Duration::from_millis(20));
            }
        }
    }
}

#[test]
fn a_service_ends_when_it_is_told_to() {
    let site = Site::new();
    let installed = site.run("install", &["--yes"]);
    assert_eq!(installed.status, 0, "{}{}", installed.out, installed.err);
    let lab = site.dir.path().join("lab");
    let pid = daemon(&lab);
    Command::new("kill").arg(pid.to_string()).status().unwrap();
    assert!(ended(pid), "TERM did not end it");
    assert_eq!(std::fs::read_dir(lab.join("services")).unwrap().count(), 0);

    // Started where TERM is ignored, which a program inherits.
    let stop = "PATH=$CALHA_LAB_ROOT/usr/cluster/bin:$PATH; trap '' 15; \
                scswitch -n -j CAL-SVR-RS && scswitch -e -j CAL-SVR-RS";
    let lab_words = lab.display().to_string();
    let said = site.calha(&["lab", "shell", "--root", "prefix", &lab_words, "Node1", "-c", stop]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    let pid = daemon(&lab);
    Command::new("kill").arg(pid.to_string()).status().unwrap();
    assert!(ended(pid), "TERM did not end it where it was ignored");
}

#[test]
fn a_lab_ends_with_everything_in_it() {
    let site = Site::new();
    let installed = site.run("install", &["--yes"]);
    assert_eq!(installed.status, 0, "{}{}", installed.out, installed.err);
    let lab = site.dir.path().join("lab");
    let service = daemon(&lab);
    let way = if possible(&site.lab) { "chroot" } else { "prefix" };
    let mut shells: Vec<_> = ["prefix", way]
        .iter()
        .map(|way| {
            Command::new(env!("CARGO_BIN_EXE_calha"))
                .args(["lab", "shell", "--root", way, lab.to_str().unwrap(), "Node1"])
                .args(["-c", "trap '' 15; echo here; while :; do sleep 1; done"])
                .stdout(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for shell in &mut shells {
        let mut here = [0; 5];
        std::io::Read::read_exact(shell.stdout.as_mut().unwrap(), &mut here).unwrap();
    }

    // Nobody agreed.
    let asked = destroy(&site, &[]);
    assert!(asked.status == 3 && asked.err.contains("--yes"), "{}{}", asked.out, asked.err);
    assert!(lives(service) && lab.join("state.json").exists());

    let said = destroy(&site, &["--yes"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    assert!(said.out.contains(&format!("ended cshttpd (process {service})\n")), "{}", said.out);
    for mut shell in shells {
        let line = format!("ended sh (process {})\n", shell.id());
        assert!(said.out.contains(&line), "{line}{}", said.out);
        assert!(!shell.wait().unwrap().success());
    }
    assert!(said.out.ends_with(&format!("removed {}\n", lab.display())), "{}", said.out);
    assert!(!lab.exists() && ended(service));
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap();
    assert!(!mounts.contains(lab.to_str().unwrap()), "{mounts}");

    let again = destroy(&site, &["--yes"]);
    assert!(again.status == 1 && again.err.contains("nothing was removed"), "{}", again.err);
}

#[test]
fn a_broken_lab_is_removed_and_nothing_else() {
    let site = Site::new();
    let lab = site.dir.path().join("lab");
    std::fs::write(lab.join("state.json"), "{").unwrap();
    std::fs::remove_file(lab.join("nodes/Node1/usr/bin/sh")).unwrap();
    std::fs::remove_dir_all(lab.join("volumes")).unwrap();
    std::fs::write(lab.join("notes.txt"), "mine").unwrap();
    let said = destroy(&site, &["--yes"]);
    assert!(said.status == 0 && said.out.contains("notes.txt"), "{}{}", said.out, said.err);
    let left: Vec<_> = std::fs::read_dir(&lab).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["notes.txt"]);

    // What is no lab is left alone, whatever is in it.
    std::fs::create_dir(lab.join("nodes")).unwrap();
    let said = destroy(&site, &["--yes"]);
    assert!(said.status == 1 && said.err.contains("not a simulated cluster"), "{}", said.err);
    assert!(lab.join("nodes").exists() && lab.join("notes.txt").exists());
}

#[test]
fn a_lab_is_not_removed_from_a_shell_on_its_node_or_over_a_mount() {
    let site = Site::new();
    let lab = site.dir.path().join("lab");
    let (shown, calha) = (lab.display().to_string(), env!("CARGO_BIN_EXE_calha"));
    let inside = format!("{calha} lab destroy {shown} --yes");
    let said =
        site.calha(&["lab", "shell", "--root", "prefix", &shown, "Node1", "-c", inside.as_str()]);
    assert!(said.status == 1 && said.err.contains("leave it first"), "{}", said.err);
    assert!(lab.join("state.json").exists());
    if !possible(&site.lab) {
        return;
    }

    // In the mount namespace of this line, something of the machine's own is mounted in the lab.
    let over = format!("mount -t tmpfs none {shown}/nodes/Node2/tmp && exec {inside}");
    let output = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", &over])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("nodes/Node2/tmp is mounted there"), "{said}");
    assert!(lab.join("state.json").exists());
    // The same without a node being entered leaves a shell's mounts with that shell.
    let seen = enter(&site.lab, &node("Node1"), &["-c", "grep -c /.machine /proc/self/mounts"]);
    assert!(seen.status.success(), "{}", String::from_utf8_lossy(&seen.stderr));
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap();
    assert!(!mounts.contains(&shown), "{mounts}");
}

#[test]
fn where_nothing_is_allowed_a_shell_says_what_a_path_means() {
    let site = Site::new();
    let lab = site.dir.path().join("lab").display().to_string();
    // No right of the superuser, and no namespace in which to have one.
    let without = "echo 0 >/proc/sys/user/max_user_namespaces && \
                   exec setpriv --bounding-set=-all --inh-caps=-all \"$@\"";
    let typed = |words: &[&str]| {
        Command::new("unshare")
            .args(["--user", "--map-root-user", "sh", "-c", without, "sh"])
            .args(words)
            .stdin(Stdio::null())
            .output()
            .unwrap()
    };
    if !typed(&["true"]).status.success() {
        println!("skipped: no user namespace in which rights could be given up");
        return;
    }

    let calha = env!("CARGO_BIN_EXE_calha");
    let shell = [calha, "lab", "shell"];
    let fallen = typed(&[&shell[..], &[&lab, "Node1", "-c", "echo $CALHA_LAB_ROOT"]].concat());
    let said = String::from_utf8_lossy(&fallen.stderr).into_owned();
    assert!(fallen.status.success(), "{said}");
    assert!(said.contains("means this machine's") && said.contains("namespace"), "{said}");
    let root = site.lab.root(&node("Node1"));
    assert_eq!(String::from_utf8_lossy(&fallen.stdout), format!("{}\n", root.display()));

    // Nobody sees what a pipe does to this machine in place of the node.
    let piped = typed(&[&shell[..], &[&lab, "Node1"]].concat());
    let said = String::from_utf8_lossy(&piped.stderr).into_owned();
    assert!(piped.status.code() == Some(1) && said.contains("was not entered"), "{said}");
    assert!(said.contains("--root prefix"), "{said}");

    let asked = ["--root", "chroot", &lab, "Node1", "-c", ":"];
    let refused = typed(&[&shell[..], &asked].concat());
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(refused.status.code() == Some(1) && said.contains("--root prefix"), "{said}");
}

#[test]
fn nobody_gets_a_shell_on_a_node_that_is_down() {
    let site = Site::new();
    let lab = site.dir.path().join("lab").display().to_string();
    assert_eq!(site.calha(&["lab", "down", &lab, "Node2"]).status, 0);
    for way in ["auto", "chroot"] {
        let said = site.calha(&["lab", "shell", "--root", way, &lab, "Node2", "-c", "echo here"]);
        assert!(said.status == 1 && said.out.is_empty(), "{}{}", said.out, said.err);
        assert!(said.err.contains(&format!("calha lab up {lab} Node2")), "{}", said.err);
    }
}
