//! A run with a program that lies in it, and what it came to. A lie is believed when the run ends
//! well and what stands is not what an honest program leaves; it is late when another step than
//! its own finds it.

use calha::engine::{Event, Stop};
use calha::guide::Guide;
use calha::lab::{Digest, Fault, Trouble};
use calha::node::Command;
use calha::op::{Op, Run};
use calha::setting::Resolved;

use super::bench::{After, Start, install, resolved, run, types, visible};

/// How a run with a lie in it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Failed,
    Asked,
    /// It failed, or somebody was asked, at a step that has nothing to do with it.
    Late,
    /// It ended well, and everything is as after an honest run.
    Done,
    /// It ended well, and something is not.
    Believed,
}

/// A call that lies: the program, an argument that tells it from others, how.
#[derive(Clone, Debug)]
pub struct Lie {
    pub step: String,
    pub program: String,
    pub argument: Option<String>,
    pub trouble: Trouble,
}

/// A guide with what an honest installation leaves.
pub struct Court {
    pub guide: Guide,
    pub fresh: Start,
    /// Its end.
    pub done: Start,
    honest: Digest,
}

pub fn facts(start: &Start) -> Digest {
    let mut facts = visible(&start.rack, &["/var/opt/calha"]);
    // How often something was called, and what a fault has left of itself.
    facts.entries.retain(|path, _| !path.contains("/var/tmp/"));
    // What stays after an uninstallation is an effect all the same.
    let cluster = start.rack.lab.cluster();
    facts.entries.insert("schema".into(), cluster.directory_prepared.to_string());
    for (name, machine) in &cluster.hosts {
        facts.entries.insert(format!("packages of {name}"), format!("{:?}", machine.packages));
    }
    facts
}

/// The programs that can be told so run silently.
pub fn silent() -> Resolved {
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

/// Somebody answers the programs of the vendor on a terminal, or runs them by hand.
pub fn of_mode(mode: &str) -> Resolved {
    let set = ["installer", "configurator", "directory"].map(|who| format!("{who}.mode={mode}"));
    let set: Vec<&str> = set.iter().map(String::as_str).collect();
    let recorded = "configurator.state-file=/configurator.state";
    resolved(&[&set[..], &["directory.connection=ssh", recorded]].concat())
}

impl Court {
    pub fn of(resolved: &Resolved) -> Self {
        let guide = Guide::of(resolved, "cal").unwrap();
        let mut fresh = Start::fresh(resolved);
        fresh.rack.attendant = Some(types);
        let (after, done) = run(&guide, &fresh, &install);
        after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
        Self { honest: facts(&done), guide, fresh, done }
    }

    /// Every lie that a program of the guide's steps can tell, made from its commands.
    pub fn lies(&self) -> Vec<Lie> {
        let mut all = Vec::new();
        for step in &self.guide.steps {
            let Some(node) = step.expected_host() else { continue };
            for op in (step.ops)(&node) {
                let (Op::Run(Run { command, .. }) | Op::Operator { command: Some(command), .. }) =
                    op
                else {
                    continue;
                };
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

    /// What a run with this lie comes to.
    pub fn judged(&self, lie: &Lie) -> Outcome {
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
        let first = self.outcome(lie, &after, &next);
        if !matches!(first, Outcome::Failed | Outcome::Asked) {
            return first;
        }

        // What was not believed must not be believed later either: the next run sees it as well.
        next.rack.lab.clear_faults();
        let (again, last) = run(&self.guide, &next, &install);
        match self.outcome(lie, &again, &last) {
            Outcome::Believed => Outcome::Believed,
            _ => first,
        }
    }

    /// Whether everything is there that an honest run leaves. What a lie left besides is out of
    /// calha's sight: it was told of the failure.
    fn is_whole(&self, facts: &Digest) -> bool {
        self.honest.entries.iter().all(|(path, what)| facts.entries.get(path) == Some(what))
    }

    fn outcome(&self, lie: &Lie, after: &After, next: &Start) -> Outcome {
        let told = after.events.iter().filter_map(|event| match event {
            Event::Problem { step, .. } => Some(step.as_str()),
            _ => None,
        });
        let found_by: Vec<&str> = match &after.result {
            Err(Stop::Failed(failure)) => vec![failure.step.as_str()],
            Err(Stop::Unanswered(questions)) => {
                questions.iter().filter_map(|question| question.step.as_deref()).collect()
            }
            _ => told.collect(),
        };
        let in_time = found_by.iter().any(|step| proves(&lie.step, step));
        match &after.result {
            Ok(()) if self.is_whole(&facts(next)) => Outcome::Done,
            Ok(()) => Outcome::Believed,
            Err(_) if !in_time => Outcome::Late,
            Err(Stop::Unanswered(_)) => Outcome::Asked,
            Err(_) => Outcome::Failed,
        }
    }

    /// The lies that are believed, or found too late.
    pub fn believed(&self, lies: &[Lie]) -> Vec<String> {
        let told = |lie: &Lie| match self.judged(lie) {
            found @ (Outcome::Believed | Outcome::Late) => {
                Some(format!("{found:?}: {}: {} {:?}", lie.step, lie.program, lie.trouble))
            }
            _ => None,
        };
        lies.iter().filter_map(told).collect()
    }
}

/// Whether a step proves what another has done, by the table of effects: its own, and what only
/// looks at the other's.
pub fn proves(lying: &str, step: &str) -> bool {
    // A command that brings a group somewhere is called where that is needed first.
    let positions = ["online", "hold-primary", "switch-secondary", "switch-back"];
    let besides: &[&str] = match lying {
        "software" => &["installed-tree"],
        "configure-primary" | "configure-secondary" => &["links"],
        position if positions.contains(&position) => &positions,
        _ => &[],
    };
    step == lying || besides.contains(&step)
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
    if command.program.as_str().ends_with("/installer") {
        all.extend((1..6).map(|after| Trouble::Pretends { after }));
    }
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
