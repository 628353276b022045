//! A run with a program that lies in it, and what it came to. A lie is believed when the run ends
//! well and what stands is not what an honest program leaves; it is late when another step than
//! its own finds it.

use calha::engine::{Event, Stop};
use calha::guide::Guide;
use calha::lab::Digest;
use calha::node::Command;
use calha::op::{Op, Run};
use calha::setting::Resolved;

use super::bench::{After, Start, install, resolved, run, types, visible};
use super::lie::{Lie, OTHER, lies_of};

/// How a run with a lie in it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Failed,
    Asked,
    /// It failed, or somebody was asked, at a step that has nothing to do with it.
    Late,
    /// It ended well, and everything is as after an honest run.
    Done,
    /// It ended well and said that just this is not proved.
    NotProved,
    /// It ended well, and something is not.
    Believed,
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
    facts.entries.insert("schema's parts".into(), cluster.directory_parts.to_string());
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

    /// Every program of the guide's steps that is not calha's: its step, and its command.
    pub fn programs(&self) -> Vec<(String, Command)> {
        let mut all = Vec::new();
        for step in &self.guide.steps {
            let Some(node) = step.expected_host() else { continue };
            let commands = (step.ops)(&node).into_iter().filter_map(|op| match op {
                Op::Run(Run { command, .. }) | Op::Operator { command: Some(command), .. } => {
                    Some(command)
                }
                _ => None,
            });
            let commands = commands.filter(|command| command.program.as_str() != "/bin/true");
            all.extend(commands.map(|command| (step.id.to_string(), command)));
        }
        all
    }

    /// Every lie that these programs can tell.
    pub fn lies(&self) -> Vec<Lie> {
        let programs = self.programs();
        programs.iter().flat_map(|(step, command)| lies_of(step, command)).collect()
    }

    /// What a run with this lie comes to.
    pub fn judged(&self, lie: &Lie) -> Outcome {
        let mut start = self.fresh.clone();
        if lie.step == "file-system" {
            // Somebody is to make it: there is none yet.
            let volumes = &mut start.rack.lab.cluster_mut().volumes;
            volumes.iter_mut().for_each(|volume| volume.fs_type.clear());
        }
        start.rack.lab.inject(lie.fault.clone());
        let (after, mut next) = run(&self.guide, &start, &install);
        let first = self.outcome(lie, &after, &next);
        if !matches!(first, Outcome::Failed | Outcome::Asked) {
            return first;
        }

        // What was not believed must not be believed later either: the next run sees it as well.
        next.rack.lab.clear_faults();
        // Somebody has removed what was made under another name.
        next.rack.lab.cluster_mut().resources.retain(|resource| resource.name != OTHER);
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
        let told_so = after.events.iter().any(|event| match event {
            Event::Fact { step, text, .. } => *step == lie.step && text.contains("not proved: "),
            _ => false,
        });
        match &after.result {
            Ok(()) if self.is_whole(&facts(next)) => Outcome::Done,
            Ok(()) if lie.is_beyond_proof() && told_so => Outcome::NotProved,
            Ok(()) => Outcome::Believed,
            Err(_) if !in_time => Outcome::Late,
            Err(Stop::Unanswered(_)) => Outcome::Asked,
            Err(_) => Outcome::Failed,
        }
    }

    /// The lies that are believed, or found too late.
    pub fn believed(&self, lies: &[Lie]) -> Vec<String> {
        let told = |lie: &Lie| match self.judged(lie) {
            found @ (Outcome::Believed | Outcome::Late) => Some(format!("{found:?}: {lie}")),
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
