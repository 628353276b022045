use std::process::Stdio;
use std::time::{Duration, Instant};

use calha::lab::{Fault, Trouble};
use calha::node::NodeName;

use super::site::Site;

/// While one run is at work another one, from the same machine or from another, is told who, where and since when, and changes nothing.
#[test]
fn of_two_runs_at_once_the_second_is_told_of_the_first() {
    let site = Site::new();
    let slow = Fault::Call {
        program: "groupadd".into(),
        host: Some(NodeName("Node1".into())),
        argument: None,
        nth: 1,
        seen: 0,
        trouble: Trouble::Hangs { seconds: 3 },
    };
    site.lab.inject(slow).unwrap();
    let profile = site.profile.to_str().unwrap();
    let first = site
        .program(&["install", profile, "--yes"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let pid = first.id().to_string();
    let at_work = site
        .lab
        .root(&NodeName("Node1".into()))
        .join("var/opt/calha/calendar-cluster/site/accounts.1.pid");
    let begun = Instant::now();
    while !at_work.exists() && begun.elapsed() < Duration::from_secs(30) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let same = site.run("install", &["--yes"]);
    assert_ne!(same.status, 0, "{}{}", same.out, same.err);
    assert!(same.err.contains(&format!("process {pid}, since 2")), "{}", same.err);
    let other = site
        .program(&["install", profile, "--yes"])
        .env("XDG_STATE_HOME", site.dir.path().join("elsewhere"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&other.stderr).into_owned();
    assert_eq!(other.status.code(), Some(1), "{said}");
    assert!(
        said.contains("[lock.node] Node1") && said.contains(&format!("process {pid}, since 2")),
        "{said}"
    );
    let ended = first.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(0), "{}", String::from_utf8_lossy(&ended.stderr));
    let verify = site.run("verify", &[]);
    assert_eq!(verify.status, 0, "{}{}", verify.out, verify.err);
}

/// Both take what locks they can get, and neither may be left with half of them.
#[test]
fn of_two_runs_that_begin_at_the_same_moment_one_installs() {
    for _ in 0..2 {
        let site = Site::new();
        let profile = site.profile.to_str().unwrap();
        let both = ["here", "elsewhere"].map(|home| {
            let mut run = site.program(&["install", profile, "--yes"]);
            run.env("XDG_STATE_HOME", site.dir.path().join(home))
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        });
        let ended = both.map(|run| run.wait_with_output().unwrap());
        let said = ended
            .iter()
            .map(|e| String::from_utf8_lossy(&e.stderr).into_owned())
            .collect::<Vec<_>>()
            .join("\n---\n");
        let done = ended.iter().filter(|e| e.status.success()).count();
        assert_eq!(done, 1, "{said}");
        assert!(said.contains("[lock.node]"), "{said}");
    }
}
