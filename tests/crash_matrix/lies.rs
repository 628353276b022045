//! Programs that lie: every step whose program is not calha's, with each lie that it can tell. A
//! lie is believed when the run ends well and what stands is not what an honest program leaves.

use std::cell::Cell;

use calha::engine::{Finding, Stop};
use calha::guide::Guide;
use calha::lab::{Digest, Fault, Trouble};
use calha::node::Command;
use calha::op::{Check, Op, Run, Undo};

use super::bench::{Start, install, resolved, run, visible};

/// How a run with a lie in it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Failed,
    Asked,
    /// It ended well, and everything is as after an honest run.
    Done,
    /// It ended well, and something is not.
    Believed,
}

/// A call that lies: the program, an argument that tells it from others, how.
struct Lie {
    step: String,
    program: String,
    argument: Option<String>,
    trouble: Trouble,
}

/// A guide with what an honest installation leaves.
struct Court {
    guide: Guide,
    fresh: Start,
    honest: Digest,
}

fn facts(start: &Start) -> Digest {
    let mut facts = visible(&start.rack, &["/var/opt/calha"]);
    // How often something was called, and what a fault has left of itself.
    facts.entries.retain(|path, _| !path.contains("/var/tmp/"));
    facts
}

pub fn silent() -> calha::setting::Resolved {
    resolved(&[
        "installer.mode=silent",
        "configurator.mode=silent",
        "directory.mode=silent",
        "directory.connection=ssh",
        "directory.password-file-option=-j",
        "directory.password-file=/etc/passwd",
        "instance.cal.netiflist=ipmp0@Node1,ipmp0@Node2",
    ])
}

impl Court {
    fn new() -> Self {
        let resolved = silent();
        let guide = Guide::of(&resolved, "cal").unwrap();
        let fresh = Start::fresh(&resolved);
        let (after, done) = run(&guide, &fresh, &install);
        after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
        Self { honest: facts(&done), guide, fresh }
    }

    /// Every lie that a program of the guide's steps can tell, made from its commands.
    fn lies(&self) -> Vec<Lie> {
        let mut all = Vec::new();
        for step in &self.guide.steps {
            let Some(node) = step.expected_host() else { continue };
            for op in (step.ops)(&node) {
                let Op::Run(Run { command, .. }) = op else { continue };
                if command.program.as_str() == "/bin/true" {
                    continue;
                }
                let lie = |trouble: Trouble| Lie {
                    step: step.id.to_string(),
                    program: program(&command),
                    argument: telling(&command),
                    trouble,
                };
                all.extend(troubles(&command).into_iter().map(lie));
            }
        }
        all
    }

    fn judged(&self, lie: &Lie) -> Outcome {
        let mut start = self.fresh.clone();
        start.rack.lab.inject(Fault::Call {
            program: lie.program.clone(),
            host: None,
            argument: lie.argument.clone(),
            nth: 1,
            seen: 0,
            trouble: lie.trouble.clone(),
        });
        let (after, mut next) = run(&self.guide, &start, &install);
        let first = self.outcome(after.result, &next);
        if first == Outcome::Believed || first == Outcome::Done {
            return first;
        }

        // What was not believed must not be believed later either: the next run sees it as well.
        next.rack.lab.clear_faults();
        let (again, last) = run(&self.guide, &next, &install);
        match self.outcome(again.result, &last) {
            Outcome::Believed => Outcome::Believed,
            _ => first,
        }
    }

    /// Whether everything is there that an honest run leaves. What a lie left besides is out of
    /// calha's sight: it was told of the failure.
    fn is_whole(&self, facts: &Digest) -> bool {
        self.honest.entries.iter().all(|(path, what)| facts.entries.get(path) == Some(what))
    }

    fn outcome(&self, result: Result<(), Stop>, next: &Start) -> Outcome {
        match result {
            Ok(()) if self.is_whole(&facts(next)) => Outcome::Done,
            Ok(()) => Outcome::Believed,
            Err(Stop::Unanswered(_)) => Outcome::Asked,
            Err(_) => Outcome::Failed,
        }
    }

    /// The lies that are believed.
    fn believed(&self, lies: &[Lie]) -> Vec<String> {
        let told = |lie: &&Lie| self.judged(lie) == Outcome::Believed;
        lies.iter()
            .filter(told)
            .map(|lie| format!("{}: {} {:?}", lie.step, lie.program, lie.trouble))
            .collect()
    }
}

/// The program as the lab knows it: of a script, the script.
pub fn program(command: &Command) -> String {
    let script = command.args.first().filter(|word| word.ends_with(".pl"));
    let path = script.map_or(command.program.as_str(), String::as_str);
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// An argument that no other command of that program has, as far as there is one.
pub fn telling(command: &Command) -> Option<String> {
    let value = |option: &str| {
        let at = command.args.iter().position(|word| word == option)?;
        command.args.get(at + 1).cloned()
    };
    value("-j").or_else(|| value("-t")).or_else(|| command.args.last().cloned())
}

/// The lies that fit a command: nothing done, done elsewhere, half done, done and called a failure.
fn troubles(command: &Command) -> Vec<Trouble> {
    let mut all = vec![
        Trouble::Pretends { after: 0 },
        Trouble::Errs { status: 1, text: "an error that was none".into() },
        Trouble::Misplaces { ending: "-other".into() },
    ];
    if command.program.as_str().ends_with("csconfigurator.sh") {
        all.extend((1..13).map(|after| Trouble::Pretends { after }));
        all.extend((1..=13).map(|task| Trouble::TaskFails { task }));
        for sentence in ["Some Tasks Failed. Please check install log", "That was it."] {
            all.push(Trouble::Concludes { sentence: sentence.into() });
        }
    }
    let options = ["-x", "-y"];
    let properties = command
        .args
        .windows(2)
        .filter(|pair| options.contains(&pair[0].as_str()))
        // The value that the type has anyway.
        .filter(|pair| pair[1] != "AffinityOn=True")
        .map(|pair| Trouble::Overlooks { text: pair[1].clone() });
    all.extend(properties);
    all
}

#[test]
fn no_lie_of_a_program_is_believed() {
    let court = Court::new();
    let lies = court.lies();
    assert!(lies.len() > 80, "{}", lies.len());
    let believed = court.believed(&lies);
    assert!(believed.is_empty(), "{} of {}:\n{}", believed.len(), lies.len(), believed.join("\n"));
}

/// With each of these proofs taken away a lie is believed: the matrix is for something.
#[test]
fn a_proof_that_is_taken_away_lets_a_lie_pass() {
    let honest = Court::new();
    let lies = honest.lies();
    let of = |step: &str| -> Vec<Lie> {
        let told = |lie: &&Lie| lie.step == step;
        lies.iter()
            .filter(told)
            .map(|lie| Lie {
                step: lie.step.clone(),
                program: lie.program.clone(),
                argument: lie.argument.clone(),
                trouble: lie.trouble.clone(),
            })
            .collect()
    };

    for step in ["hasp-resource", "logical-host"] {
        let mut court = Court::new();
        blind(&mut court.guide, step);
        assert!(!court.believed(&of(step)).is_empty(), "{step}");
    }
    let mut court = Court::new();
    for step in &mut court.guide.steps {
        if ["configure-primary", "configure-secondary", "links", "ha-block"]
            .contains(&step.id.as_str())
        {
            step.looks.clear();
        }
    }
    assert!(!court.believed(&of("configure-primary")).is_empty(), "looks");
}

/// The step's commands are done when they have ended well.
fn blind(guide: &mut Guide, step: &str) {
    let step = guide.steps.iter_mut().find(|s| s.id == *step).unwrap();
    let own = std::mem::replace(&mut step.ops, Box::new(|_| Vec::new()));
    step.ops = Box::new(move |node| {
        let lax = |op| match op {
            Op::Run(run) => {
                let exists = match &run.done_when {
                    Check::All(checks) => checks[0].clone(),
                    other => other.clone(),
                };
                Op::Run(Run { done_when: exists, ..run })
            }
            other => other,
        };
        own(node).into_iter().map(lax).collect()
    });
}

/// What was done and is gone a moment later is seen, at each step whose work can be taken back.
#[test]
fn what_is_gone_a_moment_later_is_seen() {
    let court = Court::new();
    let (after, done) = run(&court.guide, &court.fresh, &install);
    after.result.unwrap();
    let mut tried = 0;
    for step in &court.guide.steps {
        let Some(node) = step.expected_host() else { continue };
        for op in (step.ops)(&node) {
            let Op::Run(Run { undo: Undo::Run { commands, .. }, .. }) = op else { continue };
            let mut start = done.clone();
            for (command, _) in &commands {
                start.rack.lab.exec(&node, command, b"").unwrap();
            }
            if facts(&start) == court.honest {
                continue;
            }
            tried += 1;
            let seen = Cell::new(0);
            let (after, _) = run(&court.guide, &start, &|engine| {
                let (survey, problems) = engine.verify()?;
                let odd = |f: &&Finding| survey.is_odd(f, &problems);
                seen.set(survey.findings.iter().filter(odd).count() + problems.len());
                Ok(())
            });
            assert!(after.result.is_err() || seen.get() > 0, "{}: {commands:?}", step.id);
        }
    }
    assert!(tried >= 5, "{tried}");
}
