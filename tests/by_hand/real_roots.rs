//! Nodes that are entered by chroot: what is typed there means the node, and nothing of this machine shows.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

use calha::guide::Guide;
use calha::host::NodeName;
use calha::lab::Disk;
use calha::plan::{Script, scripts};

use crate::real_root::{enter, possible, shell};
use crate::{lab, resolved, scripts_make_the_same_by, thorough};

fn fresh(dir: &tempfile::TempDir) -> Option<Disk> {
    let lab = lab(&resolved(&[]), &dir.path().join("lab"));
    possible(&lab).then_some(lab)
}

fn entered(lab: &Disk, script: &Script, words: &[&str]) -> Output {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join(&script.name);
    std::fs::write(&file, &script.text).unwrap();
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
    let script = &scripts(&guide.only(&["mount-directory", "vfstab-entry"]))[0];

    // Typed line by line: the shell reads the script from its input.
    let file = dir.path().join("typed");
    std::fs::write(&file, &script.text).unwrap();
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
