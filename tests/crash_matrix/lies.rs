//! Programs that lie: every step whose program is not calha's, with each lie that it can tell,
//! whether calha runs it, somebody answers it on a terminal, or an operator says that it is done.

use std::cell::Cell;

use calha::engine::Finding;
use calha::lab::Trouble;
use calha::node::{Command, Files};
use calha::op::{Check, Op, Run, Undo};

use super::bench::{Start, node, path, run};
use super::court::{Court, Lie, Outcome, facts, of_mode, proves, silent};
use super::thorough::thorough;

#[test]
fn no_lie_of_a_program_is_believed() {
    let court = Court::of(&silent());
    let lies = court.lies();
    assert!(lies.len() > 80, "{}", lies.len());
    let believed = court.believed(&lies);
    assert!(believed.is_empty(), "{} of {}:\n{}", believed.len(), lies.len(), believed.join("\n"));
}

/// The programs of the vendor: those of the cluster are run by calha in each mode.
fn vendors(court: &Court) -> Vec<Lie> {
    let is = |lie: &Lie| {
        ["installer", "comm_dssetup.pl", "csconfigurator.sh"].contains(&lie.program.as_str())
    };
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
            let is = |lie: &Lie| lie.step == "configure-primary" && lie.trouble == *trouble;
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
        !step.id.kind.effect().optional && lie.trouble == Trouble::Pretends { after: 0 }
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

/// What the programs of the vendor leave, by the table of effects, each gone a moment later.
#[test]
fn what_a_program_of_the_vendor_has_left_is_missed_when_it_is_gone() {
    for mode in ["silent", "attended", "operator"] {
        let court = Court::of(&if mode == "silent" { silent() } else { of_mode(mode) });
        let base = "/opt/SUNWics5/cal";
        let gone = [
            format!("rm {base}/sbin/csconfigurator.sh"),
            format!("rm {base}/config"),
            format!("rm {base}/data"),
            "rm /cal/config/ics.conf".into(),
            "mv /cal/config /cal/elsewhere".into(),
            "mv /cal/csdb /cal/elsewhere".into(),
            "mv /cal/csdb/archive /cal/elsewhere".into(),
            "mv /cal/csdb/hotbackup /cal/elsewhere".into(),
            "mv /cal/store /cal/elsewhere".into(),
            "mv /cal/logs /cal/elsewhere".into(),
            "mv /cal/tmp /cal/elsewhere".into(),
            "chown 0 /cal/store".into(),
            "tee /cal/config/ics.conf".into(),
        ];
        for line in gone {
            let mut start = court.done.clone();
            let words: Vec<&str> = line.split(' ').collect();
            let command =
                Command::new(&format!("/usr/bin/{}", words[0]), words[1..].iter().copied());
            let conf = start.rack.lab.files(&node("Node1")).read(&path("/cal/config/ics.conf"));
            let other = String::from_utf8(conf.unwrap()).unwrap().replace("/cal/csdb", ".");
            let done = start.rack.lab.exec(&node("Node1"), &command, other.as_bytes()).unwrap();
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
    let court = Court::of(&silent());
    let mut tried = 0;
    for step in &court.guide.steps {
        let Some(node) = step.expected_host() else { continue };
        for op in (step.ops)(&node) {
            let Op::Run(Run { undo: Undo::Run { commands, .. }, .. }) = op else { continue };
            let mut start = court.done.clone();
            for (command, _) in &commands {
                start.rack.lab.exec(&node, command, b"").unwrap();
            }
            if facts(&start) == facts(&court.done) {
                continue;
            }
            tried += 1;
            assert!(is_seen(&court, &start), "{}: {commands:?}", step.id);
        }
    }
    assert!(tried >= 5, "{tried}");
}
