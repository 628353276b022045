//! Scripts keep their turn, and what they leave on the nodes becomes a journal.

use std::path::{Path, PathBuf};
use std::process::Command;

use calha::guide::Guide;
use calha::lab::Disk;
use calha::node::NodeName;
use calha::plan::{Script, scripts};
use calha::profile;

use super::{MANIFEST, by_hand, handwork, lab, resolved, with};

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

/// A profile whose nodes are reached by these words, an array of TOML.
pub fn reached(profile: &str, words: &dyn Fn(&str) -> String) -> String {
    let (mut text, mut section) = (String::new(), "");
    for line in profile.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
        }
        let node = section.strip_prefix("node.").or((section == "directory").then_some("ldap"));
        match (line, node) {
            ("# connection = \"ssh\"" | "connection = \"ssh\"", Some(node)) => {
                text.push_str(&format!("connection = {{ command = {} }}", words(node)))
            }
            _ => text.push_str(line),
        }
        text.push('\n');
    }
    text
}

/// The results of all scripts, carried from their nodes to one directory.
pub fn carried(lab: &Disk, scripts: &[Script], dir: &Path) -> PathBuf {
    let results = dir.join("results");
    std::fs::create_dir(&results).unwrap();
    for (at, script) in scripts.iter().enumerate() {
        let from = lab
            .root(&script.node)
            .join(format!("var/opt/calha/calendar-cluster/site/script-{}.result", at + 1));
        std::fs::copy(&from, results.join(format!("{}-{}.result", at + 1, script.node))).unwrap();
    }
    results
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
    assert!(looked[0].contains("looked only"), "{}", looked[0]);
    assert!(looked[1].contains("calha: vfstab-entry.1: would be done"), "{}", looked[1]);
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
    // A second time nothing is done, and nobody moves the group; a script that has had its turn
    // needs no code any more.
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
    let results = carried(&lab, &scripts, dir.path());
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
    let shell = |node: &str| {
        let env = lab.environment(&NodeName(node.into()));
        let words: Vec<String> = env.iter().map(|(k, v)| format!("\"{k}={v}\"")).collect();
        format!("[\"/usr/bin/env\", \"-i\", {}, \"/bin/sh\"]", words.join(", "))
    };
    let text = reached(&std::fs::read_to_string(&profile).unwrap(), &shell);
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

/// A setting that came later, at its default, makes no other settings of those of a script that is
/// on its way.
#[test]
fn results_of_scripts_that_an_earlier_version_printed_are_taken_over() {
    let releases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/releases");
    for release in releases.read_dir().unwrap() {
        are_taken_over(&release.unwrap().path());
    }
}

fn are_taken_over(fixtures: &Path) {
    let dir = tempfile::tempdir().unwrap();
    let results = dir.path().join("results");
    std::fs::create_dir(&results).unwrap();
    std::fs::copy(fixtures.join("script-1.result"), results.join("script-1.result")).unwrap();
    let import = |more: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_calha"))
            .arg("import-results")
            .arg(fixtures.join("site.toml"))
            .args(more)
            .arg(&results)
            .env("XDG_STATE_HOME", dir.path().join("state"))
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8_lossy(&said).into_owned())
    };
    // What is another installation stays one, whenever its setting came.
    for other in ["installer.kind=commpkg", "limit.query=61"] {
        let (status, said) = import(&["--set", other]);
        assert!(status == Some(1) && said.contains("import.other-settings"), "{other}: {said}");
    }
    let (status, said) = import(&[]);
    assert!(status == Some(0) && said.contains("8 operations taken over"), "{status:?} {said}");
    let (status, said) = import(&["--set", "installer.kind=suite-5"]);
    assert!(status == Some(0) && said.contains("0 operations taken over"), "{status:?} {said}");
}
