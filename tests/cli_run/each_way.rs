//! What is in the way is found by whoever makes the change, before the first: an installation, a
//! plan, a check and printed scripts tell each finding under the same code, and change nothing. A
//! sample for Ansible is in `ssh`.

use std::fs;
use std::process::Command;

use calha::node::NodeName;

use super::in_the_way::{InTheWay, all};
use super::site::{Site, said};
use super::thorough::thorough;

/// The scripts of the plan in their turn, up to the first that does not end with 0: its status, and
/// what it said.
fn by_scripts(site: &Site, set: &[&str]) -> (i32, String) {
    let dir = site.dir.path().join("scripts");
    let out = ["--format", "sh", "--out", dir.to_str().unwrap()];
    let printed = site.run("plan", &[&out[..], set].concat());
    assert_eq!(printed.status, 0, "{}", printed.err);

    let mut all: Vec<_> = fs::read_dir(&dir).unwrap().map(|e| e.unwrap().path()).collect();
    all.sort();
    let mut code = String::new();
    for script in all {
        let name = script.file_stem().unwrap().to_str().unwrap();
        let node = NodeName(name.split_once('-').unwrap().1.into());
        let mut sh = Command::new("/bin/sh");
        sh.arg(&script).arg(&code).env_clear().envs(site.lab.environment(&node));
        let ended = said(sh.current_dir(site.lab.root(&node)).output().unwrap());
        if ended.status != 0 {
            return (ended.status, ended.out);
        }
        code = ended.out.split_whitespace().last().unwrap_or_default().to_owned();
    }
    (0, String::new())
}

/// Which ways do not find it, or change something.
fn missed(finding: &InTheWay) -> Vec<String> {
    let InTheWay { code, what, stage, set } = finding;
    let site = Site::new();
    stage(&site.lab);
    let set: Vec<&str> = set.iter().flat_map(|set| ["--set", set]).collect();
    let fresh = site.lab.digest_all(&["/var/opt/calha"]).unwrap();
    let mut missed = Vec::new();
    let mut judge = |way: &str, status: i32, wanted: &[i32], told: &str| {
        let changed = site.lab.digest_all(&["/var/opt/calha"]).unwrap().differences(&fresh);
        let is_told = told.contains(&format!("[{code}]"));
        if !is_told || !wanted.contains(&status) || !changed.is_empty() {
            missed.push(format!("{code}, {what}: {way} ends with {status}: {changed:?} {told}"));
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
    let sample = |at: usize| thorough() || at.is_multiple_of(12);
    let all = all().into_iter().enumerate().filter(|(at, _)| sample(*at));
    let missed: Vec<String> = all.flat_map(|(_, finding)| missed(&finding)).collect();
    assert!(missed.is_empty(), "{}:\n{}", missed.len(), missed.join("\n"));
}
