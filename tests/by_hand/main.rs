//! The printed scripts, run by hand on a fresh lab in the order of their names, make the same nodes
//! as an installation.

mod foreign;
#[path = "../support/foreign_places.rs"]
mod foreign_places;
#[path = "../crash_matrix/lie.rs"]
#[expect(dead_code, reason = "the matrix in memory uses all of it")]
mod lie;
mod lies;
mod proofs;
#[path = "../support/queue_on_disk.rs"]
mod queue_on_disk;
#[path = "../support/real_root.rs"]
mod real_root;
mod real_roots;
mod resource_types;
mod results;
mod stopped;
#[path = "../support/thorough.rs"]
mod thorough;
mod type_upgrade;
mod words;

use std::path::Path;
use std::process::{Command, Output};

use calha::guide::Guide;
use calha::lab::{Digest, Disk};
use calha::node::NodeName;
use calha::plan::{Script, scripts};
use calha::profile;
use calha::setting::Resolved;
use thorough::thorough;

/// What may differ, and nothing else: process ids and times in calha's own record, vendors' logs,
/// times of mounts.
const MANIFEST: [&str; 4] = ["/var/sadm/install/logs", "/var/adm/messages", "/etc/mnttab", "/tmp"];

fn resolved(set: &[&str]) -> Resolved {
    of_model("asymmetric", set)
}

fn of_model(model: &str, set: &[&str]) -> Resolved {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("profiles/{model}.toml"));
    let set: Vec<String> = set.iter().map(|s| (*s).to_owned()).collect();
    profile::load(&file, &set).unwrap_or_else(|p| panic!("{p:?}"))
}

fn lab(resolved: &Resolved, dir: &Path) -> Disk {
    Disk::create(dir, &resolved.settings, Path::new(env!("CARGO_BIN_EXE_calha"))).unwrap()
}

/// What operators do by hand: the directory server's, and on a spare node the installer's.
fn handwork(lab: &Disk, guide: &Guide) {
    for (_, id, op) in guide.ops() {
        let calha::op::Op::Operator { on, command: Some(command), .. } = op else { continue };
        let on = on.unwrap_or(id.node);
        let program = format!("{}{}", lab.root(&on).display(), command.program);
        let asks = command.args.iter().any(|a| a.ends_with("comm_dssetup.pl"));
        let output = Command::new(program)
            .args(&command.args)
            .args(if asks { &["-j", "/etc/passwd"][..] } else { &[] })
            .env_clear()
            .envs(lab.environment(&on))
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

fn by_hand(lab: &Disk, node: &NodeName, shell: &str, script: &str) -> Output {
    with(lab, node, shell, script, &[], &[])
}

/// Of a directory that is prepared already somebody has to say of which release it is.
pub const ACCEPTED: (&str, &str) = ("CALHA_ACCEPT", "directory.release");

/// The same with words behind the script's name, and variables.
fn with(
    lab: &Disk,
    node: &NodeName,
    shell: &str,
    script: &str,
    words_behind: &[&str],
    variables: &[(&str, &str)],
) -> Output {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), script).unwrap();
    let mut words = shell.split(' ');
    Command::new(words.next().unwrap())
        .args(words)
        .arg(file.path())
        .args(words_behind)
        .env_clear()
        .envs(lab.environment(node))
        .envs([ACCEPTED])
        .envs(variables.iter().copied())
        .current_dir(lab.root(node))
        .output()
        .unwrap()
}

fn shells() -> Vec<String> {
    let mut shells: Vec<String> = Vec::new();
    for shell in ["dash", "posh", "mksh", "ksh93", "bash"] {
        match ["/bin", "/usr/bin"]
            .iter()
            .map(|d| format!("{d}/{shell}"))
            .find(|p| Path::new(p).exists())
        {
            Some(path) => shells.push(path),
            None => {
                assert!(
                    std::env::var("CI").is_err(),
                    "{shell} is not installed; tests/run installs it"
                );
                println!("skipped: {shell} is not installed");
            }
        }
    }
    shells.extend(std::env::var("SVR4_SH").ok());
    shells
}

/// The lab as an administrator sees it, without what the manifest names.
fn visible(lab: &Disk) -> Digest {
    let mut digest = lab.digest_all(&MANIFEST).unwrap();
    digest.entries.retain(|path, _| {
        let times = path.contains("/var/opt/calha/")
            && ([".pid", ".out", "/lock", ".result"].iter().any(|e| path.contains(e))
                || path.ends_with("/by"));
        !times && !path.contains("/var/tmp/dssetup_") && !path.starts_with("configuration:")
    });
    let mut facts = lab.cluster().unwrap().facts();
    facts.mounts.iter_mut().for_each(|m| m.since = 0);
    for (at, line) in serde_json::to_string_pretty(&facts).unwrap().lines().enumerate() {
        digest.entries.insert(format!("configuration:{at:04}"), line.to_owned());
    }
    digest
}

fn installed(model: &str, set: &[&str], dir: &Path) -> Disk {
    let profile = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("profiles/{model}.toml"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_calha"));
    command.arg("rehearse").arg(profile).arg("--keep").arg(dir);
    command.args(set.iter().flat_map(|s| ["--set", s]));
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    Disk::open(dir).unwrap()
}

/// The scripts of a profile, each run by another shell, against an installation; the first ones a
/// second time.
fn scripts_make_the_same(model: &str, set: &[&str], prepared: usize) {
    let shells = shells();
    let mut shells = shells.iter().cycle();
    scripts_make_the_same_by(model, set, prepared, &mut |lab, script, words| {
        with(lab, &script.node, shells.next().unwrap(), &script.text, words, &[])
    });
}

/// The same, each script run as `run` does it, with the words behind its name.
fn scripts_make_the_same_by(
    model: &str,
    set: &[&str],
    prepared: usize,
    run: &mut dyn FnMut(&Disk, &Script, &[&str]) -> Output,
) {
    let resolved = of_model(model, set);
    let guide = Guide::of(&resolved, model).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let wanted = visible(&installed(model, set, &dir.path().join("installed")));
    let lab = lab(&resolved, &dir.path().join("by-hand"));
    handwork(&lab, &guide);
    let scripts = scripts(&guide);
    // Each by another shell: none of them may matter.
    let mut code = String::new();
    for script in &scripts {
        let output = run(&lab, script, &[&code]);
        code.clone_from(&script.code);
        let said = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(output.status.success(), "{}: {} {said}", script.name, output.status);
    }
    let now = visible(&lab);
    let differences = now.differences(&wanted);
    assert!(
        differences.is_empty(),
        "{} differences:\n{}",
        differences.len(),
        differences[..differences.len().min(12)].join("\n")
    );

    // Again: everything holds, nothing is changed. What is a position (a switch, the carried file)
    // is another matter.
    let prepared = &scripts[..prepared];
    let calls = lab.changing_calls().unwrap().len();
    for script in prepared {
        let output = run(&lab, script, &[]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            output.status.success() && !said.contains(": done\ncalha: vfstab"),
            "{}: {said}",
            script.name
        );
        let stands = said.contains("vfstab-entry") && said.contains(".1: already");
        assert!(stands || !script.text.contains("calha_do vfstab-entry"), "{said}");
    }
    assert_eq!(lab.changing_calls().unwrap().len(), calls, "the second time something was changed");
}

#[test]
fn scripts_run_by_hand_make_what_an_installation_makes() {
    scripts_make_the_same("asymmetric", &[], 2);
}

#[test]
fn scripts_run_by_hand_on_a_cluster_file_system() {
    if thorough() {
        scripts_make_the_same("asymmetric", &["instance.cal.file-system=cluster"], 2);
    }
}

#[test]
fn scripts_of_the_symmetric_model_run_by_hand() {
    scripts_make_the_same("symmetric", &[], 2);
}

#[test]
fn scripts_of_the_n_plus_one_model_run_by_hand() {
    if thorough() {
        // What prepares nodes is spread over more scripts here than can be told apart by number.
        scripts_make_the_same("n-plus-one", &["instance.cs2.file-system=cluster"], 0);
    }
}

#[test]
fn a_script_refuses_another_node_and_writes_nothing_underneath_a_mount_point() {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "asymmetric").unwrap();
    let dir = tempfile::tempdir().unwrap();
    let lab = lab(&resolved, &dir.path().join("lab"));
    let before = lab.digest_all(&[]).unwrap();
    let all = scripts(&guide);
    let other = NodeName("Node2".into());
    let output = by_hand(&lab, &other, "/bin/sh", &all[0].text);
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("this is Node2; run it on Node1"), "{said}");
    assert_eq!(lab.digest_all(&[]).unwrap(), before, "something was changed");
    // The part that edits ics.conf, with nothing mounted on /cal.
    let part = guide.only(&["ha-block"]);
    let script = scripts(&part).into_iter().find(|s| s.text.contains("ha-block")).unwrap();
    let output = by_hand(&lab, &script.node, "/bin/sh", &script.text);
    assert!(!output.status.success());
    assert!(!lab.root(&script.node).join("cal/config").exists());
}
