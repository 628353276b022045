//! Programs that lie: every step whose program is not calha's, with each lie that it can tell,
//! whether calha runs it, somebody answers it on a terminal, or an operator says that it is done.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use calha::engine::Finding;
use calha::lab::{Cluster, Trouble};
use calha::node::{Command, Files};
use calha::op::{Check, Op, Run, Undo};

use super::bench::{Start, node, path, resolved, run};
use super::court::{Court, Outcome, facts, of_mode, proves, silent};
use super::lie::{Kind, Lie};
use super::thorough::thorough;

#[test]
fn no_lie_of_a_program_is_believed() {
    let [court, global] = courts();
    let all = court.lies();
    assert!(all.len() > 180, "{}", all.len());
    // After how many of its tasks the configurator stops makes little difference.
    let sampled = !thorough();
    let is_like_others =
        |lie: &Lie| sampled && lie.kind == Kind::Half && lie.step.starts_with("configure-");
    let (alike, others): (Vec<Lie>, Vec<Lie>) = all.into_iter().partition(is_like_others);
    let lies: Vec<Lie> = others.into_iter().chain(alike.into_iter().step_by(3)).collect();
    let mut believed = court.believed(&lies);

    let mount = global.lies().into_iter().filter(|lie| lie.step == "mount-global");
    believed.extend(global.believed(&mount.collect::<Vec<_>>()));
    assert!(believed.is_empty(), "{} of {}:\n{}", believed.len(), lies.len(), believed.join("\n"));
}

/// The programs of the vendor: those of the cluster are run by calha in each mode.
fn vendors(court: &Court) -> Vec<Lie> {
    let is =
        |lie: &Lie| ["installer", "comm_dssetup.pl", "csconfigurator.sh"].contains(&lie.program());
    court.lies().into_iter().filter(is).collect()
}

#[test]
fn no_lie_is_believed_that_is_told_on_a_terminal_or_to_an_operator() {
    for mode in ["attended", "operator"] {
        let court = Court::of(&of_mode(mode));
        let all = vendors(&court);
        assert!(all.len() > 60, "{mode}: {}", all.len());
        let sample = if thorough() { 1 } else { 4 };
        let lies: Vec<Lie> = all.into_iter().step_by(sample).collect();
        let believed = court.believed(&lies);
        assert!(believed.is_empty(), "{mode}: {}:\n{}", believed.len(), believed.join("\n"));
    }
}

/// Where nothing says that the configurator failed, all its effects are there, and yet not all of
/// its words say so, somebody has to judge.
#[test]
fn words_and_effects_that_are_apart_are_a_question() {
    let unknown = Trouble::Concludes { sentence: "That was it.".into() };
    let errs = Trouble::Errs { status: 1, text: "an error that was none".into() };
    for (mode, status) in
        [("silent", Outcome::Asked), ("attended", Outcome::Asked), ("operator", Outcome::Done)]
    {
        let court = Court::of(&if mode == "silent" { silent() } else { of_mode(mode) });
        let of = |trouble: &Trouble| {
            let is = |lie: &Lie| lie.step == "configure-primary" && lie.is(trouble);
            court.lies().into_iter().find(is).unwrap()
        };
        assert_eq!(court.judged(&of(&unknown)), Outcome::Asked, "{mode}");
        // What an operator has run leaves no status that anybody could know.
        assert_eq!(court.judged(&of(&errs)), status, "{mode}");
    }
}

/// With the proofs of any step taken away one of its lies is believed, or another step finds it:
/// the matrix is for something.
#[test]
fn a_proof_that_is_taken_away_lets_a_lie_pass() {
    let honest = Court::of(&silent());
    let lies = honest.lies();
    // Those that the table of effects wants proved, and whose programs are called at all.
    let proved = |lie: &&Lie| {
        let step = honest.guide.step(&lie.step).unwrap();
        !step.id.kind.effect().optional && lie.is(&Trouble::Pretends { after: 0 })
    };
    let called = lies.iter().filter(proved).filter(|lie| honest.judged(lie) != Outcome::Done);
    let mut steps: Vec<&str> = called.map(|lie| lie.step.as_str()).collect();
    steps.dedup();
    assert!(steps.len() >= 12, "{steps:?}");
    for step in steps {
        let mut court = Court::of(&silent());
        take_away(&mut court, step);
        let passes = |lie: &&Lie| !court.believed(std::slice::from_ref(*lie)).is_empty();
        let of = lies.iter().filter(|lie| lie.step == step);
        assert!(of.clone().any(|lie| passes(&lie)), "{step}");
    }
}

/// The word of the step's programs is taken: what they do is done when they end with 0, and nobody
/// looks afterwards.
fn take_away(court: &mut Court, step: &str) {
    let record = court.guide.record.clone();
    for other in &mut court.guide.steps {
        let id = other.id.to_string();
        if id == step || proves(step, &id) || id == "ha-block" {
            other.looks.clear();
        }
        if id != step {
            continue;
        }
        let own = std::mem::replace(&mut other.ops, Box::new(|_| Vec::new()));
        let (record, stem) = (record.clone(), id);
        other.ops = Box::new(move |node| {
            let trusting = |(at, op)| match op {
                Op::Run(run) => {
                    let path = record.join(&format!("{stem}.{}.rc", at + 1));
                    let done_when = Check::Begins { path, text: "0".into() };
                    Op::Run(Run { absent_when: done_when.clone().negated(), done_when, ..run })
                }
                other => other,
            };
            own(node).into_iter().enumerate().map(trusting).collect()
        });
    }
}

/// Whether verify sees that something is wrong.
fn is_seen(court: &Court, start: &Start) -> bool {
    let seen = Cell::new(0);
    let (after, _) = run(&court.guide, start, &|engine| {
        let (survey, problems) = engine.verify()?;
        let odd = |f: &&Finding| survey.is_odd(f, &problems);
        seen.set(survey.findings.iter().filter(odd).count() + problems.len());
        Ok(())
    });
    after.result.is_err() || seen.get() > 0
}

/// What the programs of the vendor leave, by step, and what takes it away. `ics.conf` is written
/// with the database on the node's own disk.
const LEFT: [(&str, &str); 13] = [
    ("software", "rm /opt/SUNWics5/cal/sbin/csconfigurator.sh"),
    ("configure-primary", "rm /cal/config/ics.conf"),
    ("configure-primary", "mv /cal/config /cal/elsewhere"),
    ("configure-primary", "mv /cal/csdb /cal/elsewhere"),
    ("configure-primary", "mv /cal/csdb/archive /cal/elsewhere"),
    ("configure-primary", "mv /cal/csdb/hotbackup /cal/elsewhere"),
    ("configure-primary", "mv /cal/store /cal/elsewhere"),
    ("configure-primary", "mv /cal/logs /cal/elsewhere"),
    ("configure-primary", "mv /cal/tmp /cal/elsewhere"),
    ("configure-primary", "chown 0 /cal/store"),
    ("configure-primary", "tee /cal/config/ics.conf"),
    ("configure-secondary", "rm /opt/SUNWics5/cal/config"),
    ("configure-secondary", "rm /opt/SUNWics5/cal/data"),
];

/// What the programs of the vendor leave, by the table of effects, each gone a moment later.
#[test]
fn what_a_program_of_the_vendor_has_left_is_missed_when_it_is_gone() {
    for mode in ["silent", "attended", "operator"] {
        let court = Court::of(&if mode == "silent" { silent() } else { of_mode(mode) });
        for (step, line) in LEFT {
            let mut start = court.done.clone();
            let words: Vec<&str> = line.split(' ').collect();
            let command =
                Command::new(&format!("/usr/bin/{}", words[0]), words[1..].iter().copied());
            let conf = start.rack.lab.files(&node("Node1")).read(&path("/cal/config/ics.conf"));
            let other = String::from_utf8(conf.unwrap()).unwrap().replace("/cal/csdb", ".");
            // The group is on the first node again, where a link is as good as on the second.
            let on = if step == "configure-secondary" { "Node2" } else { "Node1" };
            let done = start.rack.lab.exec(&node(on), &command, other.as_bytes()).unwrap();
            assert!(done.success(), "{line}: {done:?}");
            assert!(is_seen(&court, &start), "{mode}: {line}");
        }

        let mut start = court.done.clone();
        start.rack.lab.cluster_mut().directory_prepared = false;
        assert!(is_seen(&court, &start), "{mode}: schema");
        let mut start = court.done.clone();
        for machine in start.rack.lab.cluster_mut().hosts.values_mut() {
            machine.packages.remove("SUNWics5");
        }
        assert!(is_seen(&court, &start), "{mode}: packages");
    }
}

/// What was done and is gone a moment later is seen, at each step whose work can be taken back.
#[test]
fn what_is_gone_a_moment_later_is_seen() {
    for court in courts() {
        let undone = undone(&court);
        assert!(!undone.is_empty());
        for (step, start) in undone {
            assert!(is_seen(&court, &start), "{step}");
        }
    }
}

/// Both kinds of file system: a cluster file system is mounted by a step.
fn courts() -> [Court; 2] {
    let global = "instance.cal.file-system=cluster";
    [Court::of(&silent()), Court::of(&resolved(&[global]))]
}

/// The end of an installation without the work of one step, for each step whose command can be
/// taken back.
fn undone(court: &Court) -> Vec<(String, Start)> {
    let mut all = Vec::new();
    for step in &court.guide.steps {
        let Some(node) = step.expected_host() else { continue };
        for op in (step.ops)(&node) {
            let Op::Run(Run { undo, .. }) = op else { continue };
            let commands = match undo {
                Undo::Run { commands, .. } => commands,
                Undo::Unregister { .. } => Vec::new(),
                _ => continue,
            };
            let mut start = court.done.clone();
            for (command, _) in &commands {
                start.rack.lab.exec(&node, command, b"").unwrap();
            }
            if facts(&start) == facts(&court.done) {
                forget(step.id.as_str(), start.rack.lab.cluster_mut());
            }
            if facts(&start) != facts(&court.done) {
                all.push((step.id.to_string(), start));
            }
        }
    }
    all
}

/// A cluster that has lost what no command takes away, because something else needs it.
fn forget(step: &str, cluster: &mut Cluster) {
    let mut forgets = |name: &str| cluster.resources.retain(|resource| resource.name != name);
    match step {
        "logical-host" => forgets("LOG-HOST-RS"),
        "hasp-resource" => forgets("CAL-HASP-RS"),
        "hasp-enable" => {
            let storage = cluster.resources.iter_mut().find(|r| r.name == "CAL-HASP-RS");
            storage.unwrap().enabled = false;
        }
        "resource-types" => cluster.types.retain(|kind| kind.name != "SUNW.scics"),
        _ => {}
    }
}

const KEPT: &str = "it prints what people may want to read once; no step relies on it";
const POSITION: &str = "where a group stands is reported, and not enforced";
const ONE_WORD: &str = "it is one entry, which is there or is not";
const DRAWN: &str = "a file system is made once, and known by its mount from then on";

/// Cells of the matrix in which there is no lie, and why.
const NO_LIE: [(&str, Kind, &str); 10] = [
    ("record", Kind::Half, KEPT),
    ("record", Kind::UndoneLater, KEPT),
    ("file-system", Kind::Half, DRAWN),
    ("file-system", Kind::UndoneLater, DRAWN),
    ("resource-types", Kind::Half, ONE_WORD),
    ("mount-global", Kind::Half, ONE_WORD),
    ("online", Kind::UndoneLater, POSITION),
    ("hold-primary", Kind::UndoneLater, POSITION),
    ("switch-secondary", Kind::UndoneLater, POSITION),
    ("switch-back", Kind::UndoneLater, POSITION),
];

/// Every step whose program is not calha's meets every kind of lie, or says why there is none.
#[test]
fn the_matrix_of_lies_has_no_empty_cell() {
    let mut cells: BTreeMap<(String, Kind), usize> = BTreeMap::new();
    let mut steps: Vec<String> = Vec::new();
    for court in courts() {
        steps.extend(court.programs().into_iter().map(|(step, _)| step));
        let told = court.lies().into_iter().map(|lie| (lie.step, lie.kind));
        let later = undone(&court).into_iter().map(|(step, _)| (step, Kind::UndoneLater));
        for cell in told.chain(later) {
            *cells.entry(cell).or_default() += 1;
        }
    }
    let schema = [("directory-server", "")];
    for (step, _) in LEFT.iter().chain(&schema) {
        *cells.entry(((*step).to_owned(), Kind::UndoneLater)).or_default() += 1;
    }
    let mut seen = BTreeSet::new();
    steps.retain(|step| seen.insert(step.clone()));

    let mut wrong = Vec::new();
    for step in &steps {
        let mut row = format!("{step:22}");
        for kind in Kind::ALL {
            let count = cells.get(&(step.clone(), kind)).copied().unwrap_or_default();
            let why = NO_LIE.iter().find(|(of, which, _)| of == step && *which == kind);
            row.push_str(&format!("{count:>17}"));
            if (count == 0) != why.is_some() {
                wrong.push(format!("{step} {kind:?}: {count} lies, {why:?}"));
            }
        }
        println!("{row}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let known = |(step, ..): &(&str, Kind, &str)| steps.iter().any(|known| known == step);
    assert!(NO_LIE.iter().all(known));
}
