//! Connections that answer without end, and what that costs the program in memory.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::site::Site;

/// So much may be resident, and so long may it take.
const MEMORY: u64 = 100 << 20;
const TIME: Duration = Duration::from_secs(30);

/// Runs `calha check`; the most memory that it had, and how it ended.
fn costs(site: &Site) -> (u64, i32) {
    let mut command = site.program(&["check", site.profile.to_str().unwrap()]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let begun = Instant::now();
    let mut most = 0;
    loop {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let peak = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        most = most.max(peak.unwrap_or_default() << 10);

        if let Some(ended) = child.try_wait().unwrap() {
            return (most, ended.code().unwrap_or(-1));
        }
        if begun.elapsed() > TIME {
            child.kill().unwrap();
            panic!("it takes longer than {TIME:?}");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Every program of a node that answers as it should, and says far too much.
const TALKS: &str = r#"
mkdir -p usr/bin usr/sbin usr/cluster/bin sbin tmp etc var/opt
for p in mkdir cat ls rm rmdir mv cp sed tail head expr date kill sleep cksum cmp test chmod; do
  ln -s "$(command -v $p)" usr/bin/$p
done
printf '#!/bin/sh\n/usr/bin/head -c 23000000 /dev/zero | /usr/bin/tr "\\0" a\n' >usr/bin/id
chmod 755 usr/bin/id
for p in uname getent pkginfo netstat find df dd; do ln -s id usr/bin/$p; done
for p in fstyp ping netstat df; do ln -s ../bin/id usr/sbin/$p; done
for p in scha_cluster_get scha_resource_get scha_resourcegroup_get scstat scinstall scrgadm; do
  ln -s ../../bin/id usr/cluster/bin/$p
done
"#;

#[test]
fn a_hostile_connection_costs_at_most_a_hundred_megabytes() {
    for endless in ["yes", "cat /dev/zero"] {
        let script = |node: &str| format!("exec {endless} # {node}");
        let command = |node: &str| format!("[\"/bin/sh\", \"-c\", \"{}\"]", script(node));
        let site = Site::connected(&|_, _, node| format!("{{ command = {} }}", command(node)));
        let (peak, status) = costs(&site);
        assert!(peak > 0 && peak < MEMORY, "{endless}: {} MiB", peak >> 20);
        assert_eq!(status, 5, "{endless}");
    }

    let root = tempfile::tempdir().unwrap();
    let made = Command::new("/bin/sh").args(["-ec", TALKS]).current_dir(&root).status();
    assert!(made.unwrap().success());
    let talking = format!("CALHA_LAB_ROOT={}", root.path().display());
    let words = |node: &str| match node {
        "Node1" => format!(r#"["/usr/bin/env", "-i", "{talking}", "/bin/sh"]"#),
        _ => format!(r#"["/bin/sh", "-c", "exit 1 # {node}"]"#),
    };
    let site = Site::connected(&|_, _, node| format!("{{ command = {} }}", words(node)));
    let (peak, status) = costs(&site);
    assert!(peak > 0 && peak < MEMORY, "answers of 23 MB: {} MiB", peak >> 20);
    assert_eq!(status, 5);
}
