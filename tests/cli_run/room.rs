use calha::host::NodeName;
use calha::lab::Fault;

use super::site::Site;

/// A node without room: the run ends, says where and what to do, and goes on once there is room.
#[test]
fn a_full_disk_ends_the_run_and_resume_goes_on() {
    let site = Site::new();
    site.lab
        .inject(Fault::DiskFull { host: NodeName("Node2".into()), path: "/var".into() })
        .unwrap();
    let full = site.run("install", &["--yes"]);
    assert_eq!(full.status, 1, "{}{}", full.out, full.err);
    assert!(full.err.contains("Node2") && full.err.contains("calha resume"), "{}", full.err);
    assert!(full.err.to_lowercase().contains("space"), "{}", full.err);
    site.lab.clear_faults().unwrap();
    let resumed = site.run("resume", &["--yes"]);
    assert_eq!(resumed.status, 0, "{}{}", resumed.out, resumed.err);
    let verify = site.run("verify", &[]);
    assert_eq!(verify.status, 0, "{}{}", verify.out, verify.err);
}

/// A record that cannot be made, as on a read-only /var, is found before anything is changed.
#[test]
fn a_node_that_cannot_keep_the_record_is_left_as_it_is() {
    let site = Site::new();
    let opt = site.lab.root(&NodeName("Node2".into())).join("var/opt");
    // As root no mode keeps anybody out; a file where the directory belongs does.
    let _ = std::fs::remove_dir(&opt);
    if !opt.exists() {
        std::fs::write(&opt, "").unwrap();
    } else {
        std::fs::write(opt.join("calha"), "").unwrap();
    }
    let said = site.run("install", &["--yes"]);
    assert_eq!(said.status, 1, "{}{}", said.out, said.err);
    assert!(said.err.contains("Node2") && said.err.contains("/var/opt/calha"), "{}", said.err);
    assert_eq!(site.changing_calls(), 0, "something was changed");
    // Nobody is left holding a lock.
    let other = site.run("install", &["--yes"]);
    assert!(!other.out.contains("lock.node"), "{}", other.out);
}
