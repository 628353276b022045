//! Somebody types on a node of a lab, and ends the lab.

use calha::node::NodeName;

use crate::CALHA;
use crate::pty::Pty;
use crate::real_root::possible;
use crate::site::Site;

fn types_on_a_node(site: &Site, way: &[&str]) -> Pty {
    let lab = site.dir.path().join("lab").display().to_string();
    let mut words = vec!["lab", "shell"];
    words.extend(way);
    words.extend([lab.as_str(), "Node1"]);
    Pty::start(CALHA, &words, &[], 30, 200)
}

#[test]
fn what_is_typed_on_a_node_means_the_node_or_somebody_says_so() {
    let site = Site::new();
    let vfstab = site.lab.root(&NodeName("Node1".into())).join("etc/vfstab");
    let before = std::fs::read_to_string(&vfstab).unwrap();
    if possible(&site.lab) {
        let mut pty = types_on_a_node(&site, &[]);
        pty.waits_for("Every path means the node's");
        pty.waits_for("Node1# ");
        pty.types("echo '# typed' >>/etc/vfstab; tail -1 /etc/vfstab; pwd\n");
        pty.waits_for("# typed\r\n/\r\n");
        pty.types("exit\n");
        assert!(pty.ends().success());
        assert_eq!(std::fs::read_to_string(&vfstab).unwrap(), format!("{before}# typed\n"));
    }

    let mut pty = types_on_a_node(&site, &["--root", "prefix"]);
    pty.waits_for("The node's root is $CALHA_LAB_ROOT");
    pty.waits_for("$CALHA_LAB_ROOT/etc/vfstab is\r\nthe node's.");
    pty.waits_for("Node1# ");
    pty.types("exit\n");
    assert!(pty.ends().success());
}

#[test]
fn a_lab_is_removed_when_somebody_agrees() {
    let site = Site::new();
    let lab = site.dir.path().join("lab");
    let destroy = || Pty::start(CALHA, &["lab", "destroy", lab.to_str().unwrap()], &[], 30, 200);
    for no in ["n\n", "\n", "\u{3}"] {
        let mut pty = destroy();
        pty.waits_for("remove the lab");
        pty.types(no);
        assert!(!pty.ends().success());
        assert!(lab.join("state.json").exists(), "{no:?}");
    }

    let mut pty = destroy();
    pty.waits_for("remove the lab");
    pty.types("y\n");
    pty.waits_for("removed ");
    assert!(pty.ends().success());
    assert!(!lab.exists());
}
