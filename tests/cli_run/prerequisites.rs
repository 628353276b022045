//! What an installation would find before its first change is found by who changes nothing.

use calha::node::NodeName;

use super::site::Site;

const DEVICE: &str = "instance.cal.block-device=/dev/md/penguin/dsk/d999";

#[test]
fn a_plan_and_a_check_find_what_an_installation_finds() {
    let site = Site::new();
    let before = site.lab.digest_all(&[]).unwrap();
    let missing = "/dev/md/penguin/dsk/d999 should be a block device";

    let installed = site.run("install", &["--yes", "--set", DEVICE]);
    assert!(installed.status == 1 && installed.err.contains(missing), "{}", installed.err);

    let plan = site.run("plan", &["--set", DEVICE]);
    let stops = plan.out.lines().filter(|l| l.contains("WILL STOP: ")).count();
    assert!(plan.status == installed.status && stops == 4, "{}{}", plan.out, plan.err);
    assert!(plan.err.contains(missing) && plan.err.contains("preflight.device"), "{}", plan.err);

    let json = site.run("plan", &["--set", DEVICE, "--format", "json"]);
    let read: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let step = read["steps"].as_array().unwrap().iter().find(|s| s["id"] == "preflight").unwrap();
    assert_eq!(step["problems"].as_array().unwrap().len(), 4, "{step}");

    let check = site.run("check", &["--prerequisites", "--set", DEVICE]);
    assert!(check.status == installed.status && check.err.contains(missing), "{}", check.err);
    assert!(check.out.contains("Node1: member Node1 of the cluster"), "{}", check.out);
    let plain = site.run("check", &["--set", DEVICE]);
    assert_eq!(plain.status, 0, "{}", plain.err);

    // Accepted beforehand it is a note, and does not count.
    for command in [&["plan"][..], &["check", "--prerequisites"]] {
        let accepted = ["--set", DEVICE, "--accept", "preflight.device"];
        let said = site.run(command[0], &[&command[1..], &accepted].concat());
        let noted = said.out.contains("note: Node1: /dev/md/penguin/dsk/d999 should be");
        assert!(said.status == 0 && noted, "{}{}", said.out, said.err);
    }
    assert_eq!(site.lab.digest_all(&[]).unwrap(), before, "something was changed");
}

#[test]
fn what_is_installed_is_in_nobodys_way() {
    let site = Site::new();
    let said = site.run("install", &["--yes"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    let plan = site.run("plan", &[]);
    assert!(plan.status == 0 && !plan.out.contains("WILL "), "{}{}", plan.out, plan.err);
    let check = site.run("check", &["--prerequisites"]);
    assert!(check.status == 0 && check.out.contains("install: nothing to do"), "{}", check.out);

    // What somebody changes is told once, and of what is done nobody notices anything.
    let vfstab = site.lab.root(&NodeName("Node2".into())).join("etc/vfstab");
    let text = std::fs::read_to_string(&vfstab).unwrap();
    std::fs::write(&vfstab, text.replace("dsk/d400", "dsk/d401")).unwrap();
    let plan = site.run("plan", &["--changes"]);
    assert_eq!(plan.out.matches("WILL STOP: ").count(), 1, "{}", plan.out);
    assert!(!plan.out.contains("Users of "), "{}", plan.out);
}
