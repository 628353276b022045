//! `calha rt upgrade`: resources get another version of their type.

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::upgrade_files::PlanForm;
use super::upgrade_text::text;
use super::values;
use crate::cli::connect::{Connections, connect_to_members};
use crate::cli::loading::history_in;
use crate::cli::work::{hosts, work_with};
use crate::cli::{RunArguments, complain, print, refuse};
use crate::engine::{Commands, Engine, Event, Stop, is_finished, look_at_all};
use crate::exit;
use crate::guide::Guide;
use crate::host::views;
use crate::journal::RunCommand;
use crate::node::{HostError, Inspect, NodePath};
use crate::problem::{Problem, codes};
use crate::setting::Members;
use crate::step::{StepKind, Views, script_begun};
use crate::step::{file_of_version, found_of_type, lacking, release_without_upgrades};
use crate::text::{hint, wrapped};
use crate::type_upgrade::{Assignment, Found, Request, UpgradePlan, Versions, plan};
use crate::ui::{Keyboard, Typed, Way, explain_way};

/// `calha rt upgrade`: what exists of the type is asked, and the least outage is shown first.
#[derive(Args, Clone)]
#[command(
    after_help = "Examples: calha rt upgrade site.toml --type SUNW.nfs --to 3.2 --plan\n          \
                  calha rt upgrade site.toml --type SUNW.nfs --to 3.2\n          \
                  calha rt upgrade site.toml --type SUNW.nfs --rollback\n\
                  The tables [cluster] and [node.NAME] of a profile are enough. \
                  The same command goes on with an upgrade that was cut off.\n\
                  Exit status: 0 done, 1 it failed, 2 it cannot begin like this, 3 a question is \
                  open, \
                  4 an undo is stuck, 5 a node cannot be reached."
)]
pub struct Upgrade {
    #[command(flatten)]
    pub(super) run: RunArguments,
    /// The type, without its version.
    #[arg(
        long = "type",
        value_name = "VENDOR.NAME",
        add = ArgValueCandidates::new(values::types)
    )]
    pub(super) base: String,
    /// The version that its resources get, RT_version.
    #[arg(
        long,
        value_name = "VERSION",
        required_unless_present = "undo",
        add = ArgValueCandidates::new(values::versions)
    )]
    pub(super) to: Option<String>,
    /// Its registration (RTR) file on the nodes; else it is looked for where such files are.
    #[arg(long = "file", value_name = "NODE-PATH")]
    pub(super) new_file: Option<String>,
    /// The registration (RTR) file of the version that resources have now.
    #[arg(long, value_name = "NODE-PATH")]
    pub(super) old_file: Option<String>,
    /// Only this resource; may be repeated. Without it all of the type.
    #[arg(long = "resource", value_name = "RESOURCE")]
    pub(super) resources: Vec<String>,
    /// Give a property with the command, NAME=VALUE, or RESOURCE:NAME=VALUE for one resource.
    #[arg(long = "property", value_name = "NAME=VALUE")]
    pub(super) properties: Vec<String>,
    /// Go over this version.
    #[arg(long, value_name = "VERSION", add = ArgValueCandidates::new(values::versions))]
    pub(super) via: Option<String>,
    /// Delete resources that cannot move, and create them again with their properties.
    #[arg(long)]
    pub(super) recreate: bool,
    /// Unregister the version that no resource has any more.
    #[arg(long)]
    pub(super) unregister_old: bool,
    /// Only show outage and commands.
    #[arg(long)]
    pub(super) plan: bool,
    #[command(flatten)]
    pub(super) form: PlanForm,
    /// Undo the upgrade.
    #[arg(
        long = "rollback",
        conflicts_with_all = ["to", "plan", "via", "recreate", "unregister_old"]
    )]
    pub(super) undo: bool,
}

/// Why nothing was begun.
enum Refusal {
    Problems(Vec<Problem>),
    Stop(Stop),
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::Problems(vec![problem])
    }
}

impl From<HostError> for Refusal {
    fn from(error: HostError) -> Self {
        Self::Stop(Stop::Unreachable(Problem::new(codes::HOST_LOST, error.to_string())))
    }
}

impl From<Stop> for Refusal {
    fn from(stop: Stop) -> Self {
        Self::Stop(stop)
    }
}

impl Upgrade {
    pub fn run(&self) -> ExitCode {
        match self.begin() {
            Ok(status) => status,
            Err(Refusal::Problems(problems)) => refuse(&problems),
            Err(Refusal::Stop(stop)) => {
                complain(&explain_way(&stop, &self.run.profile.way()));
                ExitCode::from(exit::of(&stop))
            }
        }
    }

    fn begin(&self) -> Result<ExitCode, Refusal> {
        let profile = &self.run.profile;
        let members = profile.text().load_members(&profile.set).map_err(Refusal::Problems)?;
        let name = Guide::upgrade_name(&profile.name(), &self.base);
        let history = history_in(&self.run.state(&members.cluster, &name)?);
        let kept = Guide::kept_plan(&history.values).filter(|_| !history.closed);
        let record = Guide::upgrade_record(&members.cluster, &name)?;
        let connected = connect_to_members(&members, &record)?;
        let guide = |plan: &UpgradePlan| Guide::type_upgrade(&members, &profile.name(), plan);

        if self.undo {
            let Some(kept) = kept else {
                return Ok(print(&format!("calha began no upgrade of {} from here\n", self.base)));
            };
            let guide = guide(&kept)?;
            return Ok(self.work(&kept, &guide, &connected, &mut |engine| {
                engine.undo(RunCommand::UndoUpgrade, None)
            }));
        }
        if let Some(kept) = kept {
            let guide = guide(&kept)?;
            if !is_finished(&guide, &history) {
                return self.go_on(&members, &kept, guide, &connected);
            }
        }

        let looked = hosts(&connected);
        if let Some(problem) = script_begun(&views(&looked), &record)? {
            return Err(problem.into());
        }
        let (plan, notices) = self.planned(&views(&looked))?;
        if plan.waves.is_empty() {
            return Ok(print(&format!(
                "every resource of {} that was asked for has version {}; nothing to do\n",
                plan.base, plan.to
            )));
        }
        notices.iter().for_each(note);
        let guide = guide(&plan)?;
        if self.plan {
            let told = text(&plan, &guide);
            return Ok(self.form.give(&members, &plan, &guide.by_hand(), &told));
        }
        self.show(&text(&plan, &guide));
        Ok(self.work(&plan, &guide, &connected, &mut |engine| {
            // What is finished stays: from here on another upgrade is what can be undone.
            engine.put_away()?;
            forward(engine)
        }))
    }

    /// Data goes to standard output, where events do when they are wanted.
    fn show(&self, text: &str) {
        if self.run.events.is_some() {
            complain(text);
        } else {
            // Whoever does not read it is asked all the same.
            let _ = print(text);
        }
    }

    /// The upgrade that was cut off, if it is the one that is asked for.
    fn go_on(
        &self,
        members: &Members,
        kept: &UpgradePlan,
        guide: Guide,
        connected: &Connections,
    ) -> Result<ExitCode, Refusal> {
        let same = self.to.as_ref() == Some(&kept.to) && self.resources == kept.resources;
        if !same {
            let of = self.commands(kept);
            let (base, to) = (&self.base, &kept.to);
            let what = format!("an upgrade of {base} to {to} has begun and is not finished");
            let hint = format!("go on: {}; or undo it: {}", of.forward(), of.undo());
            return Err(Problem::new(codes::UPGRADE_BEGUN, what).hint(hint).into());
        }

        if self.plan {
            let told = text(kept, &guide);
            return Ok(self.form.give(members, kept, &guide.by_hand(), &told));
        }
        self.show(&text(kept, &guide));

        Ok(self.work(kept, &guide, connected, &mut |engine| {
            match engine.journal.history().undo {
                // An undo that was cut off goes to its end.
                Some(_) => engine.undo(RunCommand::UndoUpgrade, None),
                None => forward(engine),
            }
        }))
    }

    /// Commands for this upgrade, as they are typed.
    fn commands(&self, plan: &UpgradePlan) -> Commands {
        Commands { of: plan.into(), ..self.run.profile.commands() }
    }

    fn work(
        &self,
        plan: &UpgradePlan,
        guide: &Guide,
        connected: &Connections,
        work: &mut dyn FnMut(&mut Engine<'_>) -> Result<(), Stop>,
    ) -> ExitCode {
        let way = self.run.profile.way().of(self.commands(plan));
        // A rehearsal is undone by nothing but its end.
        let undo = way.undo.clone().filter(|_| self.run.rehearsal.is_none());
        let way = Way { undo, ..way };
        work_with(&self.run, guide, hosts(connected), &way, work)
    }

    /// What the cluster says, and the plan that follows; what was accepted beforehand is said.
    fn planned(&self, hosts: &Views<'_>) -> Result<(UpgradePlan, Vec<Problem>), Refusal> {
        let request = self.request()?;
        let Some((node, first)) = hosts.iter().next() else {
            return Err(Problem::new(codes::HOST_NONE, "the profile has no node").into());
        };
        if let Some(release) = release_without_upgrades(*first)? {
            let what = format!("{release}: resources cannot move to another version before 3.1");
            let hint = "delete the resource, register the version, and create the resource again; \
                        directives in a registration file are comments there";
            return Err(Problem::new(codes::UPGRADE_RELEASE, what).hint(hint).into());
        }
        let only: Views<'_> = [(node.clone(), *first)].into();
        let found = look_at_all(&only, |hosts| found_of_type(hosts[node], &self.base));
        let found = found.unwrap_or_else(|(_, lost)| Err(lost))?;
        let versions = self.versions(*first, &request, &found)?;
        let plan = self.with_values(request, &found, &versions)?;
        let lacking = lacking(hosts, &plan, &found, &versions)?;
        let accepted = |problem: &Problem| {
            problem.code == codes::UPGRADE_SHARED
                && self.run.accept.iter().any(|code| code == problem.code.as_str())
        };
        let (notices, problems): (Vec<_>, Vec<_>) = lacking.into_iter().partition(accepted);
        if problems.is_empty() { Ok((plan, notices)) } else { Err(Refusal::Problems(problems)) }
    }

    /// The plan; values that the new version wants otherwise are asked for, where somebody is
    /// there.
    fn with_values(
        &self,
        mut request: Request,
        found: &Found,
        versions: &Versions,
    ) -> Result<UpgradePlan, Refusal> {
        let keyboard = Keyboard::new().ok().filter(|_| !self.run.yes);

        loop {
            let problems = match plan(&request, found, versions) {
                Ok(plan) => return Ok(plan),
                Err(problems) => problems,
            };

            let asked = |p: &Problem| p.code == codes::UPGRADE_PROPERTY && p.place.is_some();
            let Some(keyboard) = keyboard.as_ref().filter(|_| problems.iter().all(asked)) else {
                return Err(Refusal::Problems(problems));
            };

            for problem in &problems {
                let place = problem.place.as_deref().unwrap_or_default();
                let value = match keyboard.ask(&format!("{place}: {}\nvalue > ", problem.what)) {
                    Typed::Line(line) => line,
                    Typed::End => return Err(Refusal::Problems(problems)),
                    Typed::Interrupted => return Err(Refusal::Stop(Stop::Interrupted)),
                };

                let given = Assignment::parse(&format!("{place}={}", value.trim()));
                // The last one counts.
                request.properties.extend(given);
            }
        }
    }

    fn request(&self) -> Result<Request, Problem> {
        if self.base.contains(':') {
            let what = format!("--type {}: the version belongs to --to", self.base);
            return Err(Problem::new(codes::UPGRADE_RESOURCE, what).hint("name the type alone"));
        }
        Ok(Request {
            base: self.base.clone(),
            to: self.to.clone().unwrap_or_default(),
            resources: self.resources.clone(),
            properties: assignments(&self.properties)?,
            via: self.via.clone(),
            recreate: self.recreate,
            unregister_old: self.unregister_old,
        })
    }

    /// The registration files of every version on the way that can be found.
    fn versions(
        &self,
        host: &dyn Inspect,
        request: &Request,
        found: &Found,
    ) -> Result<Versions, Refusal> {
        let named: Vec<NodePath> = self
            .new_file
            .iter()
            .chain(&self.old_file)
            .map(|file| {
                NodePath::new(file.as_str()).map_err(|why| {
                    Problem::new(codes::UPGRADE_FILE, format!("{file}: {why}"))
                        .hint("name the whole path on the nodes")
                })
            })
            .collect::<Result<_, _>>()?;

        let used = found.registered.iter().map(|r| &r.version);
        let wanted = used.chain([&request.to]).chain(&request.via);
        let mut versions = BTreeMap::new();
        for version in wanted {
            if let Some(read) = file_of_version(host, &request.base, version, &named)? {
                versions.insert(version.clone(), read);
            }
        }
        Ok(versions)
    }
}

/// What was accepted beforehand.
fn note(problem: &Problem) {
    let mut out = String::new();
    wrapped(&mut out, "note: ", &problem.what, 80);
    if let Some(remedy) = &problem.remedy {
        hint(&mut out, "  hint: ", remedy, 80);
    }
    complain(out.trim_end());
}

/// What `--property` gives.
///
/// # Errors
/// One that is of another form.
pub(super) fn assignments(given: &[String]) -> Result<Vec<Assignment>, Problem> {
    let assignment = |text: &String| {
        Assignment::parse(text).ok_or_else(|| {
            let what = format!("--property {text} is not of the form NAME=VALUE");
            Problem::new(codes::UPGRADE_PROPERTY, what)
                .hint("--property Probe_timeout=60, or --property web-rs:Probe_timeout=60")
        })
    };
    given.iter().map(assignment).collect()
}

/// To the end, or to where a command refuses the new version: then everything goes back.
fn forward(engine: &mut Engine<'_>) -> Result<(), Stop> {
    let early = [StepKind::TypeRegister, StepKind::TypeVersion];
    match engine.install(RunCommand::Upgrade) {
        Err(Stop::Failed(mut failure))
            if early.iter().any(|kind| failure.step.starts_with(kind.as_str())) =>
        {
            // Why it is undone is said before it; it may end early itself.
            engine.sink.tell(&Event::Failed { failure: (*failure).clone() });
            engine.undo(RunCommand::UndoUpgrade, None)?;
            failure.undone = true;
            Err(Stop::Failed(failure))
        }
        other => other,
    }
}
