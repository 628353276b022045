//! What is in the way is found by whoever makes the change, before the first: an installation, a
//! plan, a check and printed scripts tell each finding under the same code, and change nothing. A
//! sample for Ansible is in `ssh`.

use std::process::Command;

use calha::node::NodeName;

use super::in_the_way::{InTheWay, labs};
use super::site::{Site, said};
use super::thorough::thorough;

/// The scripts that look at the nodes, each on its own: the highest of their states, and what they
/// said.
fn by_scripts(site: &Site, set: &[&str]) -> (i32, String) {
    let dir = site.dir.path().join("scripts");
    let out = ["--format", "sh", "--out", dir.to_str().unwrap()];
    let printed = site.run("plan", &[&out[..], set].concat());
    assert_eq!(printed.status, 0, "{}", printed.err);

    let mut ended = (0, String::new());
    for name in ["01-Node1", "02-Node2"] {
        let node = NodeName(name.split_once('-').unwrap().1.into());
        let mut sh = Command::new("/bin/sh");
        sh.arg(dir.join(format!("{name}.sh"))).env_clear().envs(site.lab.environment(&node));
        let said = said(sh.current_dir(site.lab.root(&node)).output().unwrap());
        ended = (ended.0.max(said.status), ended.1 + &said.out);
    }
    ended
}

/// Which ways do not find all of these, or change something.
fn missed(findings: &[InTheWay]) -> Vec<String> {
    let site = Site::new();
    findings.iter().for_each(|finding| (finding.stage)(&site.lab));
    let set = findings.iter().flat_map(|finding| finding.set);
    let set: Vec<&str> = set.flat_map(|set| ["--set", set]).collect();
    let fresh = site.lab.digest_all(&["/var/opt/calha"]).unwrap();

    let mut missed = Vec::new();
    let mut judge = |way: &str, status: i32, wanted: &[i32], told: &str| {
        let changed = site.lab.digest_all(&["/var/opt/calha"]).unwrap().differences(&fresh);
        let is_told = |finding: &&InTheWay| told.contains(&format!("[{}]", finding.code));
        let untold = findings.iter().filter(|finding| !is_told(finding));
        let untold: Vec<String> = untold.map(InTheWay::name).collect();
        if !untold.is_empty() || !wanted.contains(&status) || !changed.is_empty() {
            missed.push(format!("{way}: {status}, without {untold:?}, {changed:?}: {told}"));
        }
    };

    let mut expected = vec![1, 3];
    for command in ["install --yes", "plan --exit-code", "check --prerequisites"] {
        let words: Vec<&str> = command.split(' ').collect();
        let said = site.run(words[0], &[&words[1..], &set].concat());
        judge(command, said.status, &expected, &(said.out + &said.err));
        expected = vec![said.status];
    }
    let (status, said) = by_scripts(&site, &set);
    judge("scripts", status, &[3], &said);
    missed
}

#[test]
fn what_is_in_the_way_is_found_each_way() {
    let labs = labs().into_iter().take(if thorough() { usize::MAX } else { 2 });
    let missed: Vec<String> = labs.flat_map(|findings| missed(&findings)).collect();
    assert!(missed.is_empty(), "{}:\n{}", missed.len(), missed.join("\n"));
}
