//! The printed scripts, run by hand on a fresh lab in the order of their names, make the same nodes as an installation.

#[path = "../support/real_root.rs"]
mod real_root;
mod real_roots;
mod stopped;
#[path = "../support/thorough.rs"]
mod thorough;

use std::path::Path;
use std::process::{Command, Output};

use calha::guide::Guide;
use calha::host::NodeName;
use calha::lab::{Digest, Disk};
use calha::plan::{Script, scripts};
use calha::profile;
use calha::setting::Resolved;
use thorough::thorough;

/// What may differ, and nothing else: process ids and times in calha's own record, vendors' logs, times of mounts.
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

/// The scripts of a profile, each run by another shell, against an installation; the first ones a second time.
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

    // Again: everything holds, nothing is changed. What is a position (a switch, the carried file) is another matter.
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
        assert!(said.contains("vfstab-entry") && said.contains(".1: already"), "{said}");
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

/// As after an upgrade of the cluster: a second version beside the one that is installed.
const SECOND_VERSION: &str = r#"cat >"$R/var/tmp/rtr" <<'END'
RESOURCE_TYPE = "scics";
VENDOR_ID = SUNW;
RT_VERSION = "2";
RT_BASEDIR = /opt/SUNWscics/bin;
START = ics_svc_start;
STOP = ics_svc_stop;
FAILOVER = TRUE;
#$upgrade
{ PROPERTY = ICS_serverroot; EXTENSION; STRING; TUNABLE = AT_CREATION; }
END
"$R/usr/cluster/bin/scrgadm" -a -t SUNW.scics && "$R/usr/cluster/bin/scrgadm" -a -t SUNW.scics -f /var/tmp/rtr
"#;

#[test]
fn a_script_that_meets_two_versions_of_a_type_changes_nothing() {
    for model in ["asymmetric", "symmetric"] {
        let resolved = of_model(model, &[]);
        let guide = Guide::of(&resolved, model).unwrap();
        let dir = tempfile::tempdir().unwrap();
        let lab = lab(&resolved, &dir.path().join("lab"));
        let node = NodeName("Node1".into());
        let text = format!("R=${{CALHA_LAB_ROOT-}}\n{SECOND_VERSION}");
        let upgraded = by_hand(&lab, &node, "/bin/sh", &text);
        assert!(upgraded.status.success(), "{}", String::from_utf8_lossy(&upgraded.stderr));
        let before = lab.digest_all(&[]).unwrap();
        let first = &scripts(&guide)[0];
        let output = by_hand(&lab, &first.node, "/bin/sh", &first.text);
        assert_eq!(output.status.code(), Some(3), "{model}");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(said.contains("several versions of SUNW.scics are registered"), "{said}");
        assert_eq!(lab.digest_all(&[]).unwrap(), before, "{model}: something was changed");
        // The same question when it only looks; with the answer in the profile it goes its way.
        let check = [("CALHA_CHECK", "1")];
        let looked = with(&lab, &first.node, "/bin/sh", &first.text, &[], &check);
        let said = String::from_utf8_lossy(&looked.stdout).into_owned();
        assert!(looked.status.success() && said.contains("several versions"), "{said}");
        let chosen = of_model(model, &["cluster.service-type=SUNW.scics:2"]);
        let first = &scripts(&Guide::of(&chosen, model).unwrap())[0];
        let looked = with(&lab, &first.node, "/bin/sh", &first.text, &[], &check);
        let said = String::from_utf8_lossy(&looked.stdout).into_owned();
        assert!(looked.status.success() && !said.contains("several versions"), "{said}");
    }
}

/// Runs every script in its turn with this shell, and gives what they printed.
fn all_in_turn(lab: &Disk, scripts: &[Script], variables: &[(&str, &str)]) -> Vec<String> {
    let mut code = "";
    let mut said = Vec::new();
    for script in scripts {
        let output = with(lab, &script.node, "/bin/sh", &script.text, &[code], variables);
        let text = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(output.status.success(), "{}: {text}", script.name);
        code = &script.code;
        said.push(text);
    }
    said
}

#[test]
fn scripts_keep_their_turn_only_look_when_told_and_leave_results_that_become_a_journal() {
    let resolved = resolved(&[]);
    let dir = tempfile::tempdir().unwrap();
    let lab = lab(&resolved, &dir.path().join("lab"));
    // A profile of the same settings whose nodes nobody reaches.
    let source = std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles/asymmetric.toml"),
    )
    .unwrap();
    let profile = dir.path().join("site.toml");
    std::fs::write(&profile, source).unwrap();
    let resolved = profile::load(&profile, &[]).unwrap();
    let guide = Guide::of(&resolved, "site").unwrap();
    handwork(&lab, &guide);
    let scripts = scripts(&guide);
    let pristine = lab.digest_all(&[]).unwrap();

    // Looking changes nothing, and tells what would be.
    let looked = all_in_turn(&lab, &scripts, &[("CALHA_CHECK", "1")]);
    assert!(
        looked[0].contains("calha: vfstab-entry.1: would be done")
            && looked[0].contains("looked only"),
        "{}",
        looked[0]
    );
    assert_eq!(lab.digest_all(&[]).unwrap().differences(&pristine), Vec::<String>::new());

    // Nothing runs before its turn, whatever is given as a code.
    for given in ["", "00000000", scripts[1].code.as_str()] {
        let output = with(&lab, &scripts[1].node, "/bin/sh", &scripts[1].text, &[given], &[]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            output.status.code() == Some(3) && said.contains("out of turn: run script 1 first"),
            "{given}: {said}"
        );
    }
    assert_eq!(lab.digest_all(&[]).unwrap().differences(&pristine), Vec::<String>::new());

    let said = all_in_turn(&lab, &scripts, &[]);
    assert!(
        said[0].contains(&format!("next: sh {} {}", scripts[1].name, scripts[0].code)),
        "{}",
        said[0]
    );
    // A second time nothing is done, and nobody moves the group; a script that has had its turn needs no code any more.
    let calls = lab.changing_calls().unwrap().len();
    for script in &scripts {
        let output = by_hand(&lab, &script.node, "/bin/sh", &script.text);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            output.status.success() && !text.lines().any(|l| l.ends_with(": done")),
            "{}: {text}",
            script.name
        );
    }
    assert_eq!(lab.changing_calls().unwrap().len(), calls);

    // The results are carried back.
    let results = dir.path().join("results");
    std::fs::create_dir(&results).unwrap();
    for (at, script) in scripts.iter().enumerate() {
        let from = lab
            .root(&script.node)
            .join(format!("var/opt/calha/calendar-cluster/site/script-{}.result", at + 1));
        std::fs::copy(&from, results.join(format!("{}-{}.result", at + 1, script.node))).unwrap();
    }
    let calha = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_calha"));
        command.args(args).env("XDG_STATE_HOME", dir.path().join("state"));
        let output = command.output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let site = profile.to_str().unwrap();
    let third = results.join(format!("3-{}.result", scripts[2].node));
    let hidden = dir.path().join("hidden");
    std::fs::rename(&third, &hidden).unwrap();
    let (status, _, err) = calha(&["import-results", site, results.to_str().unwrap()]);
    assert!(status == Some(1) && err.contains("the result of script 3 is missing"), "{err}");
    std::fs::rename(&hidden, &third).unwrap();
    let (status, _, err) =
        calha(&["import-results", site, "--set", "limit.query=61", results.to_str().unwrap()]);
    assert!(status == Some(1) && err.contains("import.other-settings"), "{err}");
    let (status, out, err) = calha(&["import-results", site, results.to_str().unwrap()]);
    assert_eq!(status, Some(0), "{out}{err}");
    assert!(out.contains(&format!("{0} of {0} scripts came to their end", scripts.len())), "{out}");
    let (_, again, _) = calha(&["import-results", site, results.to_str().unwrap()]);
    assert!(again.contains("0 operations taken over"), "{again}");

    // Once the nodes can be reached the journal is as good as any: nothing to do, and the way back.
    let mut text = String::new();
    let shell = |node: &str| {
        let env = lab.environment(&NodeName(node.into()));
        let words: Vec<String> = env.iter().map(|(k, v)| format!("\"{k}={v}\"")).collect();
        format!("{{ command = [\"/usr/bin/env\", \"-i\", {}, \"/bin/sh\"] }}", words.join(", "))
    };
    let mut section = String::new();
    for line in std::fs::read_to_string(&profile).unwrap().lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']').to_owned();
        }
        let node = section.strip_prefix("node.").or((section == "directory").then_some("ldap"));
        match (line, node) {
            ("# connection = \"ssh\"" | "connection = \"ssh\"", Some(node)) => {
                text.push_str(&format!("connection = {}", shell(node)))
            }
            _ => text.push_str(line),
        }
        text.push('\n');
    }
    std::fs::write(&profile, text).unwrap();
    let (status, out, err) = calha(&["verify", site]);
    assert_eq!(status, Some(0), "{out}{err}");
    let (status, out, err) = calha(&["uninstall", site, "--yes"]);
    assert_eq!(status, Some(0), "{out}{err}");
    let left = guide.leftovers(|_| true);
    let except: Vec<&str> = left.iter().map(|(_, l)| l.path.as_str()).chain(MANIFEST).collect();
    let mut now = lab.digest_all(&except).unwrap();
    let mut then = pristine;
    for digest in [&mut now, &mut then] {
        let kept =
            |path: &str| !path.contains("/var/tmp/dssetup_") && !path.starts_with("configuration:");
        digest.entries.retain(|path, _| {
            kept(path)
                && !except.iter().any(|e| {
                    path.split_once(':')
                        .is_some_and(|(_, p)| p == *e || p.starts_with(&format!("{e}/")))
                })
        });
    }
    assert_eq!(now.differences(&then), Vec::<String>::new());
}
