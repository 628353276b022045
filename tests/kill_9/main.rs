//! `kill -9` of the real program while it installs on a simulated cluster; then it resumes, or undoes everything.

#[path = "../cli_run/site.rs"]
mod site;

#[path = "../support/thorough.rs"]
mod thorough;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use calha::journal::{Journal, MemoryStore};
use calha::lab::{Digest, Fault, Trouble};
use calha::node::NodeName;
use site::Site;

/// What is not the nodes' state: vendors' logs, calha's own record, times.
const EXCEPT: [&str; 5] =
    ["/var/sadm/install/logs", "/var/adm/messages", "/etc/mnttab", "/tmp", "/var/opt/calha"];
const MOMENTS: [&str; 4] = ["before-intent", "after-intent", "mid-effect", "after-effect"];

fn relay() -> PathBuf {
    let program =
        PathBuf::from(env!("CARGO_BIN_EXE_calha")).with_file_name("examples").join("relay");
    assert!(
        program.exists(),
        "{} is not built; run cargo test, which builds it",
        program.display()
    );
    program
}

fn site() -> Site {
    let relay = relay();
    Site::through(&|dir, node| {
        vec![relay.display().to_string(), dir.join("plan").display().to_string(), node.to_owned()]
    })
}

fn visible(site: &Site, except: &[String]) -> Digest {
    let mut all: Vec<&str> = EXCEPT.to_vec();
    all.extend(except.iter().map(String::as_str));
    let mut digest = site.lab.digest_all(&all).unwrap();
    digest.entries.retain(|path, _| {
        !path.contains("/var/tmp/dssetup_") && !path.starts_with("configuration:")
    });
    let mut facts = site.lab.cluster().unwrap().facts();
    facts.mounts.iter_mut().for_each(|m| m.since = 0);
    if !except.is_empty() {
        facts
            .hosts
            .values_mut()
            .for_each(|m| m.packages.retain(|name, _| !name.starts_with("SUNWic")));
        facts.directory_prepared = false;
        // Where a device group is mastered is a position, no configuration: it follows the group and stays there.
        facts.device_groups.iter_mut().for_each(|d| d.primary = None);
    }
    for (at, line) in serde_json::to_string_pretty(&facts).unwrap().lines().enumerate() {
        digest.entries.insert(format!("configuration:{at:04}"), line.to_owned());
    }
    digest
}

/// How a finished installation and an untouched cluster look, and how long an installation takes.
struct Wanted {
    done: Digest,
    took: Duration,
}

fn wanted() -> Wanted {
    let site = site();
    let begun = Instant::now();
    let said = site.run("install", &["--yes"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    Wanted { done: visible(&site, &[]), took: begun.elapsed() }
}

/// Paths that the journal, open or put away, says may stay.
fn leftovers(site: &Site) -> Vec<String> {
    let dir = site.dir.path().join("state/calha/calendar-cluster/site");
    let bytes = ["journal", "journal.1"]
        .iter()
        .find_map(|n| std::fs::read(dir.join(n)).ok().filter(|b| !b.is_empty()));
    let Some(bytes) = bytes else { return Vec::new() };
    let journal =
        Journal::open(Box::new(MemoryStore::holding(bytes, Vec::new())), String::new).unwrap();
    journal.history().leftovers().into_iter().map(|(_, l)| l.path.to_string()).collect()
}

/// After a kill: resumes to the end of an uninterrupted run, or undoes everything.
fn recovered(
    site: &Site,
    fresh: &Digest,
    wanted: &Wanted,
    resume: bool,
    label: &str,
) -> Result<(), String> {
    let _ = std::fs::remove_file(site.dir.path().join("plan"));
    site.lab.clear_faults().unwrap();
    let (now, should) = if resume {
        let said = site.run("resume", &["--yes"]);
        if said.status != 0 {
            return Err(format!(
                "{label}: resume ended with {}: {}{}",
                said.status, said.out, said.err
            ));
        }
        (visible(site, &[]), wanted.done.clone())
    } else {
        let said = site.run("rollback", &["--yes"]);
        if said.status != 0 {
            return Err(format!(
                "{label}: rollback ended with {}: {}{}",
                said.status, said.out, said.err
            ));
        }
        let mut left = leftovers(site);
        left.push("/nowhere".into());
        let mut before = fresh.clone();
        before.entries.retain(|path, _| {
            !left.iter().any(|l| {
                path.split_once(':').is_some_and(|(_, p)| p == l || p.starts_with(&format!("{l}/")))
            })
        });
        if site.lab.root(&NodeName("Node1".into())).join("var/opt/calha").exists() {
            return Err(format!("{label}: the record stays after the rollback"));
        }
        (visible(site, &left), before)
    };
    let differences = now.differences(&should);
    if differences.is_empty() {
        Ok(())
    } else {
        Err(format!("{label}: {}", differences[..differences.len().min(8)].join("\n")))
    }
}

/// Kind, node, operation, the one before it on that node, and what its effect can be held up by.
const KINDS: [(&str, &str, &str, &str, &str, &str); 9] = [
    ("run", "Node1", "accounts.1", "record.3", "groupadd", "icsgroup"),
    ("mkdir", "Node1", "mount-directory.1", "accounts.2", "mkdir", "/cal"),
    ("edit", "Node1", "vfstab-entry.1", "mount-directory.1", "mv", "vfstab.calha"),
    ("copy", "Node1", "carry-state.2", "carry-state.1", "cp", "configurator.state.calha"),
    ("symlink", "Node2", "link-secondary.1", "switch-secondary.1", "ln", "/cal/config"),
    ("remove", "Node2", "drop-state.1", "service-enable.1", "rm", "configurator.state"),
    ("rmdir", "Node2", "drop-state.2", "drop-state.1", "rmdir", "/cal/.calha"),
    ("install", "Node1", "complete.1", "switch-back.1", "mv", "complete.calha"),
    ("vendor", "Node1", "configure-primary.1", "hasp-enable.1", "csconfigurator.sh", "-state"),
];

#[test]
fn one_kill_for_each_kind_and_moment() {
    let wanted = wanted();
    let mut cases = Vec::new();
    for kind in KINDS {
        for (at, moment) in MOMENTS.into_iter().enumerate() {
            cases.push((kind, moment, at % 2 == 0));
        }
        // The node's power goes with calha.
        cases.push((kind, "mid-effect-node", false));
    }
    let thorough = thorough::thorough();
    if thorough {
        // A node dies with one kind here, and at every moment in the crash matrix.
        cases = cases
            .chunks(5)
            .enumerate()
            .flat_map(|(at, kind)| &kind[..if at == 2 { 5 } else { 4 }])
            .copied()
            .collect();
    } else {
        // Every other kind, at another moment each.
        cases = cases.chunks(5).enumerate().step_by(2).map(|(at, kind)| kind[at / 2]).collect();
    }
    let histogram: Mutex<BTreeMap<(&str, &str), usize>> = Mutex::default();
    let failures = in_parallel(cases.len(), |number| {
        let ((kind, node, stem, previous, program, argument), moment, resume) = cases[number];
        let site = site();
        let fresh = visible(&site, &["/nowhere".into()]);
        std::fs::write(
            site.dir.path().join("plan"),
            format!("{moment} {node} {stem} {previous}\n"),
        )
        .unwrap();
        if moment.starts_with("mid-effect") {
            let fault = Fault::Call {
                program: program.into(),
                host: Some(NodeName(node.into())),
                argument: Some(argument.into()),
                nth: 1,
                seen: 0,
                trouble: Trouble::Hangs { seconds: 1 },
            };
            site.lab.inject(fault).unwrap();
        }
        let label = format!("{kind} {moment} {}", if resume { "resume" } else { "rollback" });
        let said = site.run("install", &["--yes"]);
        if said.status != -1 {
            return Err(format!(
                "{label}: calha was not killed but ended with {}: {}{}",
                said.status, said.out, said.err
            ));
        }
        // What the node is still doing, calha waits for itself only where it is a command; a file operation ends at once.
        std::thread::sleep(Duration::from_millis(
            if moment.starts_with("mid-effect") && kind != "vendor" { 1200 } else { 0 },
        ));
        *histogram.lock().unwrap().entry((kind, moment)).or_default() += 1;
        recovered(&site, &fresh, &wanted, resume, &label)
    });
    let histogram = histogram.into_inner().unwrap();
    for (kind, ..) in KINDS {
        let row: Vec<String> = MOMENTS
            .iter()
            .map(|m| format!("{m} {}", histogram.get(&(kind, *m)).unwrap_or(&0)))
            .collect();
        println!("{kind:<8} {}", row.join("  "));
        assert!(
            !thorough || MOMENTS.iter().all(|m| histogram.contains_key(&(kind, *m))),
            "{kind}: an empty cell\n{}",
            failures.join("\n")
        );
    }
    assert!(failures.is_empty(), "{} failed:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn kills_at_random_moments() {
    let wanted = wanted();
    let number = |name: &str, default: u64| {
        std::env::var(name).ok().and_then(|s| s.parse().ok()).unwrap_or(default)
    };
    let kills = number("CALHA_KILLS", if thorough::thorough() { 4 } else { 1 }) as usize;
    let seed = number("CALHA_SEED", 6_560_681);
    println!("{kills} kills, seed {seed}; others with CALHA_KILLS and CALHA_SEED");
    let failures = in_parallel(kills, |number| {
        let mut random = seed
            .wrapping_add(number as u64)
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        random ^= random >> 29;
        let site = site();
        let fresh = visible(&site, &["/nowhere".into()]);
        let moment = wanted.took.mul_f64((random % 1000) as f64 / 1000.0);
        kill_after(&site, "install", moment);
        if number % 4 == 3 {
            kill_after(&site, "resume", moment.mul_f64(0.5));
        }
        let label = format!("kill {number} (seed {seed}) after {} ms", moment.as_millis());
        recovered(&site, &fresh, &wanted, number % 2 == 0, &label)
    });
    assert!(
        failures.is_empty(),
        "{} of {kills} failed:\n{}",
        failures.len(),
        failures[..failures.len().min(4)].join("\n")
    );
}

fn kill_after(site: &Site, command: &str, moment: Duration) {
    let mut child = site
        .program(&[command, site.profile.to_str().unwrap(), "--yes"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(moment);
    child.kill().unwrap();
    child.wait().unwrap();
    // A file operation that was under way ends at once.
    std::thread::sleep(Duration::from_millis(150));
}

/// Runs cases two at a time; the failures.
fn in_parallel(count: usize, case: impl Fn(usize) -> Result<(), String> + Sync) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    if number >= count {
                        break;
                    }
                    if let Err(failure) = case(number) {
                        failures.lock().unwrap().push(failure);
                    }
                }
            });
        }
    });
    failures.into_inner().unwrap()
}
