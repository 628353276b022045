//! Debugging of the agent from the command line: on, read, another level, off.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use super::site::Site;

/// The log itself, and the record of the installation, in which commands of the service leave their
/// outputs until it goes.
const EXCEPT: &[&str] =
    &["/var/adm/clusterlog", "/etc/mnttab", "/var/opt/calha/calendar-cluster/site"];

#[test]
fn what_the_agent_does_is_written_read_and_switched_off_again() {
    let site = Site::new();
    let install = site.run("install", &["--yes"]);
    assert_eq!(install.status, 0, "{}{}", install.out, install.err);
    let profile = site.profile.to_str().unwrap().to_owned();
    let before = site.lab.digest_all(EXCEPT).unwrap();
    let debug =
        |more: &[&str]| site.calha(&[&["debug", more[0], &profile][..], &more[1..]].concat());

    let none = debug(&["log"]);
    assert_eq!(none.status, 1);
    assert!(
        none.err.contains("Node1: /var/adm/clusterlog") && none.err.contains("calha debug on"),
        "{}",
        none.err
    );
    assert_eq!(debug(&["on", "--level", "10", "--yes"]).status, 2);

    let on = debug(&["on", "--yes"]);
    assert_eq!(on.status, 0, "{}{}", on.out, on.err);
    let off = format!("calha debug off {profile}\n");
    let read = format!("to read it: calha debug log {profile}\nto end it:  {off}");
    assert!(on.err.ends_with(&read), "{}", on.err);
    for looks in ["status", "verify"] {
        let said = site.run(looks, &[]);
        let told = format!("debugging on, level 9; to end it, type\n          {off}");
        assert!(said.status == 0 && said.out.contains(&told), "{looks}: {}{}", said.out, said.err);
    }
    let restart = site.calha(&["service", "restart", &profile, "--yes"]);
    assert_eq!(restart.status, 0, "{}{}", restart.out, restart.err);
    let log = debug(&["log"]);
    assert_eq!((log.status, log.out.lines().count()), (0, 4), "{}{}", log.out, log.err);
    assert!(
        log.out.contains(
            "Node1 debug CAL-RG CAL-SVR-RS ics_svc_start: ICS_serverroot = /opt/SUNWics5/cal"
        ),
        "{}",
        log.out
    );
    let info = debug(&["log", "--level", "info", "--resource", "CAL-SVR-RS", "--format", "json"]);
    let message: serde_json::Value = serde_json::from_str(&info.out).unwrap();
    assert_eq!(
        (message["severity"].as_str(), message["id"].as_u64()),
        (Some("info"), Some(833_212))
    );
    assert_eq!(debug(&["log", "--method", "ics_svc_stop"]).out, "");
    let wrong = debug(&["log", "--since", "yesterday"]);
    assert!(wrong.status == 2 && wrong.err.contains("Dec 11 18:24"), "{}", wrong.err);
    assert_eq!(debug(&["log", "--node", "Node3"]).status, 2);

    // What is written later comes through as it is written.
    let mut follow = site
        .program(&["debug", "log", &profile, "-f", "--level", "info"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(follow.stdout.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    assert!(first.contains("Attempting to start"), "{first}");
    let over = site.calha(&["service", "failover", &profile, "--yes"]);
    assert_eq!(over.status, 0, "{}{}", over.out, over.err);
    let second = lines.next().unwrap().unwrap();
    assert!(second.contains("Node2 info CAL-RG CAL-SVR-RS ics_svc_start"), "{second}");
    follow.kill().unwrap();
    follow.wait().unwrap();

    // Another level is put in the place of the first, and taken away with the rest.
    let other = debug(&["on", "--level", "3", "--yes"]);
    assert_eq!(other.status, 0, "{}{}", other.out, other.err);
    assert_eq!(
        site.types("Node1", "/usr/bin/cat", &["/var/cluster/rgm/rt/SUNW.scics/loglevel"]).out,
        "3\n"
    );
    let back = site.calha(&["service", "failover", &profile, "--yes"]);
    assert_eq!(back.status, 0, "{}{}", back.out, back.err);
    let off = debug(&["off", "--yes"]);
    assert_eq!(off.status, 0, "{}{}", off.out, off.err);
    let now = site.lab.digest_all(EXCEPT).unwrap();
    let differences: Vec<String> =
        now.differences(&before).into_iter().filter(|d| !d.contains("\"since\"")).collect();
    assert_eq!(differences, Vec::<String>::new());
    assert_eq!(site.run("verify", &[]).status, 0);
}
