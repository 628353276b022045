//! Nodes that are entered by chroot: what is typed there means the node, and nothing of this
//! machine shows.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

use calha::guide::Guide;
use calha::lab::{ClusterRelease, Disk, Personality, Solaris};
use calha::node::NodeName;
use calha::plan::{Script, scripts};
use calha::profile;

use crate::real_root::{enter, possible, shell};
use crate::results::{carried, reached};
use crate::{ACCEPTED, handwork, lab, resolved, scripts_make_the_same_by, thorough};

fn fresh(dir: &tempfile::TempDir) -> Option<Disk> {
    let lab = lab(&resolved(&[]), &dir.path().join("lab"));
    possible(&lab).then_some(lab)
}

fn entered(lab: &Disk, script: &Script, words: &[&str]) -> Output {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join(&script.name);
    let (name, codes) = ACCEPTED;
    std::fs::write(&file, format!("{name}={codes}\n{}", script.text)).unwrap();
    let all: Vec<&str> = std::iter::once(file.to_str().unwrap()).chain(words.to_vec()).collect();
    enter(lab, &script.node, &all)
}

#[test]
fn scripts_run_in_real_roots_make_what_an_installation_makes() {
    if fresh(&tempfile::tempdir().unwrap()).is_none() {
        return;
    }
    scripts_make_the_same_by("asymmetric", &[], 2, &mut entered);
    if thorough() {
        scripts_make_the_same_by("symmetric", &[], 2, &mut entered);
        let cluster = ["instance.cs2.file-system=cluster"];
        scripts_make_the_same_by("n-plus-one", &cluster, 0, &mut entered);
    }
}

/// Scripts install and look, and calha takes that back, on nodes of this kind.
fn come_and_go(personality: Personality) {
    let dir = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_calha"));
    let at = dir.path().join("lab");
    let lab = Disk::create_on(personality, &at, &resolved(&[]).settings, program).unwrap();
    if !possible(&lab) {
        return;
    }

    let words = |node: &str| format!("{:?}", shell(&lab, &NodeName(node.into())));
    let profile = dir.path().join("site.toml");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles/asymmetric.toml");
    let text = reached(&std::fs::read_to_string(source).unwrap(), &words);
    std::fs::write(&profile, text).unwrap();
    let guide = Guide::of(&profile::load(&profile, &[]).unwrap(), "site").unwrap();
    handwork(&lab, &guide);
    let mut all = scripts(&guide);
    let mut code = String::new();
    for script in &all {
        text_of(&entered(&lab, script, &[&code]), &script.name);
        code.clone_from(&script.code);
    }
    let results = carried(&lab, &all, dir.path());

    for script in &mut all {
        script.text.insert_str(0, "CALHA_CHECK=1\n");
        let said = text_of(&entered(&lab, script, &[]), &script.name);
        let open = |line: &str| line.contains("would be done") || line.contains("comes later");
        let stands = said.contains(": already") || !script.text.contains("\ncalha_do ");
        assert!(stands && !said.lines().any(open), "{said}");
    }

    let site = profile.to_str().unwrap();
    for words in [
        &["import-results", site, results.to_str().unwrap()][..],
        &["verify", site],
        &["uninstall", site, "--yes"],
    ] {
        let mut command = Command::new(program);
        command.args(words).env("XDG_STATE_HOME", dir.path().join("state"));
        text_of(&command.output().unwrap(), words[0]);
    }
    for host in lab.nodes().unwrap() {
        assert!(!lab.root(&host).join("var/opt/calha").exists(), "{host}");
        let vfstab = std::fs::read_to_string(lab.root(&host).join("etc/vfstab")).unwrap();
        assert!(!vfstab.contains("/dev/md/penguin/dsk/d400"), "{vfstab}");
    }
}

fn text_of(output: &Output, what: &str) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let said = text(&output.stdout) + &text(&output.stderr);
    assert!(output.status.success(), "{what}: {} {said}", output.status);
    said
}

#[test]
fn on_the_least_kind_nodes_scripts_in_real_roots_install_look_and_are_taken_back() {
    come_and_go(Personality::Odd);
}

#[test]
fn on_solaris_9_scripts_in_real_roots_install_look_and_are_taken_back() {
    come_and_go(Personality::Releases(Solaris::Nine, ClusterRelease::ThreeOne));
}

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_real_root_shows_the_node_and_nothing_of_the_machine() {
    let dir = tempfile::tempdir().unwrap();
    let Some(lab) = fresh(&dir) else { return };
    let node = NodeName("Node1".into());
    let before = lab.digest_all(&[]).unwrap();
    let typed = |line: &str| text(&enter(&lab, &node, &["-c", line]));

    // The shell itself, which is the machine's, sees what is on the node's disk.
    let names = |listing: &str| -> BTreeSet<String> {
        listing.split_whitespace().map(str::to_owned).collect()
    };
    let on_disk: BTreeSet<String> = ["", "etc", "usr", "usr/bin", "var"]
        .iter()
        .flat_map(|d| std::fs::read_dir(lab.root(&node).join(d)).unwrap().map(move |e| (d, e)))
        .map(|(d, e)| Path::new("/").join(d).join(e.unwrap().file_name()))
        .map(|path| path.to_str().unwrap().to_owned())
        .filter(|path| path != "/.machine")
        .collect();
    assert_eq!(names(&typed("echo /* /etc/* /usr/* /usr/bin/* /var/*")), on_disk);
    assert_eq!(typed("ls -a / | fgrep machine; echo \"[$CALHA_LAB_ROOT]\""), "[]\n");
    assert!(
        typed("env -i /usr/bin/env")
            .lines()
            .all(|l| l.starts_with("PATH=/usr/bin:") || l == "CALHA_LAB_ROOT=")
    );
    assert_eq!(lab.digest_all(&[]).unwrap().differences(&before), Vec::<String>::new());

    // A shared file system is where the node has it, for the shell and for every command.
    let mounts = "mkdir /cal && echo '/dev/md/penguin/dsk/d400 /dev/md/penguin/rdsk/d400 /cal \
                  ufs 2 no logging' >>/etc/vfstab && mount /cal && mkdir /cal/d";
    typed(mounts);
    let inside = "cd /cal/d; echo text >file; /usr/bin/pwd; cat file ../d/file /cal/d/file; \
                  find /cal -print; ls -d /cal; df -k . | fgrep -c d400; tail -1 /cal/d/file";
    let shown = "/cal/d\ntext\ntext\ntext\n/cal\n/cal/d\n/cal/d/file\n/cal\n1\ntext\n";
    assert_eq!(typed(inside), shown);
    // From outside it is the same file, and after an unmount it is not there.
    assert_eq!(std::fs::read(lab.root(&node).join("cal/d/file")).unwrap(), b"text\n");
    assert_eq!(
        typed("umount /cal; echo /cal/*; umount /cal 2>&1; rmdir /cal"),
        "/cal/*\numount: /cal not mounted\n"
    );
}

#[test]
fn what_a_plan_prints_can_be_typed_in_a_real_root() {
    let dir = tempfile::tempdir().unwrap();
    let Some(lab) = fresh(&dir) else { return };
    let guide = Guide::of(&resolved(&[]), "asymmetric").unwrap();
    let all = scripts(&guide.only(&["mount-directory", "vfstab-entry"]));
    let (looks, script) = (&all[0], &all[1]);

    // Typed line by line: the shell reads the script from its input.
    let file = dir.path().join("typed");
    std::fs::write(&file, format!("set x {}; shift\n{}", looks.code, script.text)).unwrap();
    let shell = shell(&lab, &script.node);
    let output = Command::new(&shell[0])
        .args(&shell[1..])
        .stdin(std::fs::File::open(&file).unwrap())
        .output()
        .unwrap();
    let said = text(&output);
    assert!(said.contains("calha: vfstab-entry.1: done"), "{said}");
    let vfstab = std::fs::read_to_string(lab.root(&script.node).join("etc/vfstab")).unwrap();
    assert!(vfstab.contains("/dev/md/penguin/dsk/d400"), "{vfstab}");
}
