//! Connections that answer without end, and what that costs the program in memory.

use std::process::Stdio;
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
}
