//! The whole installation over a real OpenSSH, and what happens when the line breaks.

#[path = "../support/far.rs"]
mod far;
#[path = "../support/foreign_places.rs"]
mod foreign_places;
#[path = "../support/in_the_way.rs"]
mod in_the_way;
#[path = "../support/queue_on_disk.rs"]
mod queue_on_disk;
#[path = "../cli_run/site.rs"]
mod site;
#[path = "../support/sshd.rs"]
mod sshd;
#[path = "../support/thorough.rs"]
mod thorough;

mod ansible;
mod su;
mod trials;
mod volume;
mod volume_fails;

use std::collections::BTreeMap;
use std::process::Stdio;

use calha::lab::Digest;
use calha::node::NodeName;
use far::Far;
use site::Site;
use sshd::installed;
use trials::Trials;

const EXCEPT: [&str; 5] =
    ["/var/sadm/install/logs", "/var/adm/messages", "/etc/mnttab", "/tmp", "/var/opt/calha"];

fn visible(site: &Site) -> Digest {
    let mut digest = site.lab.digest_all(&EXCEPT).unwrap();
    digest.entries.retain(|path, _| {
        !path.contains("/var/tmp/dssetup_") && !path.starts_with("configuration:")
    });
    let mut facts = site.lab.cluster().unwrap().facts();
    facts.mounts.iter_mut().for_each(|m| m.since = 0);
    facts.hosts.values_mut().for_each(|m| m.booted = 0);
    facts.device_groups.iter_mut().for_each(|d| d.primary = None);
    for (at, line) in serde_json::to_string_pretty(&facts).unwrap().lines().enumerate() {
        digest.entries.insert(format!("configuration:{at:04}"), line.to_owned());
    }
    digest
}

fn same(now: &Digest, wanted: &Digest, what: &str) {
    let differences = now.differences(wanted);
    assert!(
        differences.is_empty(),
        "{what}:\n{}",
        differences[..differences.len().min(8)].join("\n")
    );
}

#[test]
fn an_installation_over_ssh_ends_as_one_without() {
    if !installed() {
        return;
    }
    let near = Site::new();
    let said = near.run("install", &["--yes"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    let far = Far::new();
    let said = far.site.run("install", &["--yes"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    same(&visible(&far.site), &visible(&near), "over ssh it is different");
    let calls = far.site.changing_calls();
    let again = far.site.run("install", &["--yes"]);
    assert!(again.status == 0 && again.out.contains("nothing to do"), "{}{}", again.out, again.err);
    assert_eq!(far.site.changing_calls(), calls);
    let gone = far.site.run("uninstall", &["--yes"]);
    assert_eq!(gone.status, 0, "{}{}", gone.out, gone.err);
}

#[test]
fn a_node_that_cannot_be_reached_is_named_and_nothing_is_changed() {
    if !installed() {
        return;
    }
    let mut far = Far::new();
    let fresh = visible(&far.site);
    let refused = |far: &Far, what: &str, said: &str| {
        let run = far.site.run("install", &["--yes"]);
        assert_eq!(run.status, 5, "{what}: {}{}", run.out, run.err);
        assert!(run.err.contains("Node2") && run.err.contains(said), "{what}: {}", run.err);
        same(&visible(&far.site), &fresh, what);
    };
    let known = far.site.dir.path().join("known_hosts");
    let keys = std::fs::read_to_string(&known).unwrap();
    let port = far.servers["Node2"].port;
    let other = far.servers["Node1"].port;
    // The key that is known for Node2 is another host's.
    let changed: String = keys
        .lines()
        .map(|l| match l.split_once(' ') {
            Some((host, _)) if host.ends_with(&format!(":{port}")) => {
                let key = keys
                    .lines()
                    .find(|k| k.contains(&format!(":{other} ")))
                    .unwrap()
                    .split_once(' ')
                    .unwrap()
                    .1;
                format!("{host} {key}\n")
            }
            _ => format!("{l}\n"),
        })
        .collect();
    std::fs::write(&known, changed).unwrap();
    refused(&far, "another host key", "Host key verification failed");
    std::fs::write(&known, &keys).unwrap();
    let user = far.site.dir.path().join("sshd/user_key.pub");
    let key = std::fs::read_to_string(&user).unwrap();
    std::fs::write(&user, "").unwrap();
    let run = far.site.run("install", &["--yes"]);
    assert!(run.status == 5 && run.err.contains("Permission denied"), "{}", run.err);
    std::fs::write(&user, key).unwrap();
    far.servers.get_mut("Node2").unwrap().dies();
    refused(&far, "no server", "Connection refused");
    far.servers.get_mut("Node2").unwrap().returns();
    let run = far.site.run("install", &["--yes", "--only", "accounts"]);
    assert_eq!(run.status, 0, "{}{}", run.out, run.err);
}

/// Cuts at random moments, of four kinds: the sessions of a node, its server, calha itself, the
/// node's power.
#[test]
fn whatever_breaks_the_line_resume_ends_as_if_nothing_had_been() {
    if !installed() {
        return;
    }
    let trials = Trials::begin("CALHA_CUTS");
    let seed = trials.seed;
    let mut ends: BTreeMap<(u64, Option<i32>), usize> = BTreeMap::new();
    for cut in trials.numbers.clone() {
        let trial = trials.one(cut);
        let (node, moment) = (trial.node, trial.moment);
        let mut far = Far::new();
        let mut child = far
            .site
            .program(&["install", far.site.profile.to_str().unwrap(), "--yes"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        std::thread::sleep(moment);
        let server = far.servers.get_mut(node).unwrap();
        match cut % 4 {
            0 => server.cuts(),
            1 => server.dies(),
            2 => child.kill().unwrap(),
            _ => {
                server.loses_its_power();
                far.site.lab.kill_node(&NodeName(node.into())).unwrap();
            }
        }
        let ended = child.wait_with_output().unwrap();
        let status = ended.status.code();
        let label = format!(
            "cut {cut} (seed {seed}) of {node} after {} ms, status {status:?}",
            moment.as_millis()
        );
        assert!(
            matches!(status, Some(0 | 5) | None),
            "{label}: {}",
            String::from_utf8_lossy(&ended.stderr)
        );
        *ends.entry((cut % 4, status)).or_default() += 1;
        if cut % 4 == 3 {
            far.site.lab.boot_node(&NodeName(node.into())).unwrap();
        }
        if cut % 2 == 1 {
            far.servers.get_mut(node).unwrap().returns();
        }
        trials.end(&trial, &far, status == Some(0), &label, |far| {
            // Where the group stands once everything is done, and what a resource said on a node
            // before its power went, is the cluster's affair.
            for to in ["Node2", "Node1"].into_iter().filter(|_| cut % 4 == 3) {
                let moved = far.site.types(
                    "Node1",
                    "/usr/cluster/bin/scswitch",
                    &["-z", "-g", "CAL-RG", "-h", to],
                );
                assert_eq!(moved.status, 0, "{label}: {}", moved.err);
            }
        });
    }
    for ((kind, status), count) in ends {
        println!(
            "{}: ended with {status:?}: {count}",
            ["sessions cut", "server died", "calha killed", "power lost"][kind as usize]
        );
    }
}

#[test]
fn a_check_says_who_answers_at_the_end_of_each_connection() {
    if !installed() {
        return;
    }
    let mut far = Far::new();
    let said = far.site.run("check", &[]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    for line in ["Node1", "Node2", "ldap"]
        .map(|n| said.out.lines().find(|l| l.starts_with(n)).unwrap_or_default().to_owned())
    {
        let words: Vec<&str> = line.split_whitespace().collect();
        assert!(words[1..4] == ["root", "SunOS", "5.9"] && line.ends_with(" ms"), "{line}");
        assert!(
            line.len() <= 80
                && (line.contains(" +0 s") || line.contains(" -1 s") || line.contains(" +1 s")),
            "{line}"
        );
    }
    far.servers.get_mut("Node2").unwrap().dies();
    let said = far.site.run("check", &["--format", "json"]);
    assert_eq!(said.status, 5, "{}{}", said.out, said.err);
    let report: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let hosts = report["hosts"].as_array().unwrap();
    let of = |name: &str| hosts.iter().find(|h| h["host"] == name).unwrap();
    assert_eq!(of("Node1")["system"], "SunOS 5.9");
    assert_eq!(of("Node2")["problems"][0]["code"], "host.unreachable");
    assert!(of("Node2")["problems"][0]["what"].as_str().unwrap().contains("Connection refused"));
}
