//! `calha rehearse`: a whole installation on a simulated cluster, proved and, if wanted, undone.
//! The engine works as it does on real nodes; only the hosts are others. The cluster is removed at
//! the end unless it is to be kept.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::Ordering;

use clap::Args;

use super::connect::connect_to;
use super::work::{finish, hosts, interrupt};
use super::{Nodes, ProfileArguments, RehearsalLab, SilentProgram, loading, places, print, refuse};
use crate::engine::{Decision, Engine, Event, Options, Sink, Stop};
use crate::guide::Guide;
use crate::host::Connector;
use crate::journal::{FileStore, Journal, RunCommand};
use crate::problem::Problem;
use crate::setting::{Resolved, RunMode, Settings};
use crate::text::wrapped;
use crate::ui::{Course, Output, Plain, RehearsalPrompt, Way};

/// `calha rehearse`: the whole installation on a simulated cluster.
#[derive(Args)]
#[command(
    after_help = "Examples: calha rehearse profiles/asymmetric.toml --keep /tmp/lab\n          \
                  calha rehearse profiles/asymmetric.toml --on odd --uninstall"
)]
pub struct Rehearse {
    #[command(flatten)]
    profile: ProfileArguments,
    #[command(flatten)]
    nodes: Nodes,
    /// Keep the simulated cluster in this directory, which must be missing or empty, to look at it
    /// or go on there (calha lab).
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Undo everything at the end, and show that the nodes are as before.
    #[arg(long)]
    uninstall: bool,
    /// Show every command on every node, and every proof.
    #[arg(long)]
    verbose: bool,
}

impl Rehearse {
    pub fn run(&self) -> ExitCode {
        let (resolved, guide) = match self.load() {
            Ok(loaded) => loaded,
            Err(problems) => return refuse(&problems),
        };

        // From here on ^C ends the rehearsal, and the simulated cluster is put away all the same.
        let interrupted = interrupt();
        let asked = move || interrupted.load(Ordering::Relaxed);
        let place = RehearsalLab::create(self.keep.as_deref(), self.nodes.on, &resolved.settings);
        let scratch = match place {
            Ok(scratch) => scratch,
            Err(status) => return status,
        };

        let names = |of: &Resolved| of.settings.instances.iter().map(|i| i.name.clone()).collect();
        let mut sink: Box<dyn Sink> = match self.verbose {
            true => Box::new(Plain::new(Output)),
            false => Box::new(Course::new(Output, names(&resolved))),
        };
        let result = self.rehearse(&resolved, &guide, &scratch, &mut *sink, &asked);
        if result.is_ok() {
            self.tell_next();
        }
        // A directory that is kept is not empty any more: the next rehearsal gets another one.
        let commands = self.profile.commands();
        let code = finish(result, &mut *sink, &Way::again(commands.of("rehearse"), commands));
        scratch.put_away();
        code
    }

    /// The settings, and the steps that nobody else has to be there for: what is done by hand on
    /// real nodes the rehearsal does, and tells.
    fn load(&self) -> Result<(Resolved, Guide), Vec<Problem>> {
        let (resolved, guide) = self.profile.load()?;
        let programs: Vec<&SilentProgram> =
            SilentProgram::ALL.iter().filter(|one| is_played(one, &resolved.settings)).collect();
        if programs.is_empty() {
            return Ok((resolved, guide));
        }

        let silent = programs.iter().flat_map(|one| {
            one.settings(|key| resolved.values.get(key).is_some_and(|(text, _)| !text.is_empty()))
        });
        let more = silent.map(|(key, value)| format!("{key}={value}"));
        let set: Vec<String> = self.profile.set.iter().cloned().chain(more).collect();
        let loaded = loading::load(self.profile.text(), &set, &self.profile.name())?;

        let modes: Vec<&str> = programs.iter().map(|one| one.mode).collect();
        let mut told = String::new();
        wrapped(&mut told, "done by the rehearsal, not by you: ", &modes.join(", "), 80);
        print(&told);
        Ok(loaded)
    }

    /// What is typed next, on the real nodes.
    fn tell_next(&self) {
        let commands = self.profile.commands();
        let next = ["check", "plan", "install"].map(|name| commands.of(name));
        print(&format!("next, on the real nodes:\n  {}\n", next.join("\n  ")));
    }

    fn rehearse(
        &self,
        resolved: &Resolved,
        guide: &Guide,
        RehearsalLab { lab, directory, .. }: &RehearsalLab,
        sink: &mut dyn Sink,
        asked: &dyn Fn() -> bool,
    ) -> Result<(), Stop> {
        let connectors = guide.hosts.iter().map(|node| Connector {
            env: lab.environment(node),
            clean: true,
            ..Connector::new(node.clone(), ["/bin/sh"])
        });
        let connected =
            connect_to(connectors.collect(), &guide.record, resolved.settings.limits.query)?;

        let place = places::who();
        let store = FileStore::open(&directory.join("journal"), &place)?;
        let mut journal = Journal::open(Box::new(store), places::now)?;
        let options = Options {
            place,
            process: format!("process {}", std::process::id()),
            ..Options::default()
        };

        let mut prompt = RehearsalPrompt::new(lab.clone());
        let mut engine =
            Engine::new(guide, hosts(&connected), &mut journal, sink, &mut prompt, &options);
        let reach = |address| lab.reach(address);
        engine.reach = &reach;
        engine.interrupted = asked;
        engine.install(RunCommand::Rehearse)?;

        let (survey, problems) = engine.verify()?;
        if !problems.is_empty() {
            return Err(Stop::Blocked(problems));
        }

        if survey.findings.iter().all(|f| matches!(f.decision, Decision::Skip | Decision::MarkDone))
        {
            engine.sink.tell(&Event::LookedFirst);
            if self.verbose {
                print("verify: nothing to do\n");
            }
        } else {
            return Err(Stop::Unanswered(survey.questions));
        }
        if self.uninstall { engine.undo(RunCommand::Uninstall, None) } else { Ok(()) }
    }
}

/// Whether the rehearsal runs a program that is somebody's by the profile. On a terminal one that
/// asks is answered there; comm_dssetup.pl by hand is a command, which `RehearsalPrompt` types.
fn is_played(program: &SilentProgram, settings: &Settings) -> bool {
    match program.mode_in(settings) {
        RunMode::Silent => false,
        RunMode::Attended => !RehearsalPrompt::is_somebody_there(),
        RunMode::Operator => program.mode != "directory.mode",
    }
}
