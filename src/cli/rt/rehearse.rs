//! `calha rt rehearse`: an upgrade of a resource on a simulated cluster, proved and undone.
//!
//! What upgrades is `calha rt upgrade` itself, with a profile of the simulated nodes and a journal
//! beside them. Here is only what stands before it and after it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

use clap::Args;

use super::input;
use super::rehearsal_course::{Ended, RehearsalCourse};
use super::rehearsal_nodes::{CLUSTER, RESOURCE, RehearsalNodes};
use super::rehearsal_values::RehearsalValues;
use super::upgrade::{Upgrade, assignments};
use super::upgrade_files::PlanForm;
use crate::cli::loading::history_in;
use crate::cli::work::interrupt;
use crate::cli::{Nodes, ProfileArguments, RehearsalLab, RunArguments, print, refuse};
use crate::engine::typed_word;
use crate::guide::Guide;
use crate::lab::Personality;
use crate::node::NodePath;
use crate::problem::{Problem, codes};
use crate::profile::parse;
use crate::resource_type::{Finding, RegistrationFile, Release, Severity, lint};
use crate::setting::{Settings, resolve};
use crate::text::wrapped;
use crate::type_upgrade::{Back, Version};

/// The simulated nodes are those of this profile; nothing of it is installed.
const NODES: &str = include_str!("../../../profiles/asymmetric.toml");

/// `calha rt rehearse`: an upgrade from one registration file to another, without a real node.
#[derive(Args)]
#[command(after_help = "Examples: calha rt rehearse old.rt new.rt\n          calha rt rehearse \
                        old.rt new.rt --on odd --property Port=389\n          calha rt rehearse \
                        old.rt new.rt --recreate --keep /tmp/lab\nThe methods on the simulated \
                        nodes only succeed: calha does not run yours.\nExit status: 0 done, 1 it \
                        failed, \
                        2 it cannot begin like this.")]
pub struct Rehearse {
    /// The registration (RTR) file of the version that the resource has first.
    old: PathBuf,
    /// The registration (RTR) file of the version that it gets.
    new: PathBuf,
    #[command(flatten)]
    nodes: Nodes,
    /// Keep the simulated cluster in this directory, which must be missing or empty, to look at it
    /// (calha lab).
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// The value of a property before the upgrade, NAME=VALUE; along with it where only the new
    /// version takes it, or as rehearsal-rs:NAME=VALUE.
    #[arg(long = "property", value_name = "NAME=VALUE")]
    properties: Vec<String>,
    /// Delete a resource that cannot move, and create it again with its properties.
    #[arg(long)]
    recreate: bool,
    /// End with the new version: do not undo it.
    #[arg(long = "no-rollback")]
    no_undo: bool,
}

/// A registration file that was read, and what an upgrade depends on of it.
struct Read {
    file: RegistrationFile,
    version: Version,
}

impl Rehearse {
    pub fn run(&self) -> ExitCode {
        let (old, new, settings) = match self.read().and_then(|(old, new)| {
            let nodes = resolve(&parse("asymmetric.toml", NODES))?;
            Ok((old, new, nodes.settings))
        }) {
            Ok(read) => read,
            Err(problems) => return refuse(&problems),
        };
        self.on_nodes(&old, &new, &settings)
    }

    fn on_nodes(&self, old: &Read, new: &Read, settings: &Settings) -> ExitCode {
        // From here on ^C ends the rehearsal, and the simulated cluster is put away all the same.
        let interrupted = interrupt();
        let lab = match RehearsalLab::create(self.keep.as_deref(), self.nodes.on, settings) {
            Ok(lab) => lab,
            Err(status) => return status,
        };
        let status = match self.rehearse(old, new, &lab, &interrupted) {
            Ok(()) => ExitCode::SUCCESS,
            Err(Ended::Status(status)) => status,
            Err(Ended::Problem(problem)) => refuse(&[problem]),
        };
        lab.put_away();
        status
    }

    /// Both files, if they are two versions of a type that the nodes take.
    fn read(&self) -> Result<(Read, Read), Vec<Problem>> {
        let (old, new) = match (input::read(&self.old), input::read(&self.new)) {
            (Ok(old), Ok(new)) => (old, new),
            (old, new) => return Err([old.err(), new.err()].into_iter().flatten().collect()),
        };
        let both = [(&self.old, &old), (&self.new, &new)];
        let wrong = both.iter().filter_map(|(path, file)| self.unfit(path, file, &[&old, &new]));
        let wrong: Vec<Problem> = wrong.collect();
        if !wrong.is_empty() {
            return Err(wrong);
        }

        let of = |path: &Path, file: &RegistrationFile, at: &str| {
            let at = NodePath::new(format!("/opt/rehearsal/{at}")).expect("a fixed path");
            Version::of(file, at).ok_or_else(|| {
                let what = "Resource_type is not declared, so it names no type";
                vec![types(what.to_owned()).at(path.display().to_string())]
            })
        };
        let first = of(&self.old, &old, "old.rt")?;
        let second = of(&self.new, &new, "new.rt")?;
        self.two_versions(&first, &second).map_err(|problem| vec![problem])?;
        Ok((Read { file: old, version: first }, Read { file: new, version: second }))
    }

    /// Why a file cannot be registered on these nodes.
    fn unfit(
        &self,
        path: &Path,
        file: &RegistrationFile,
        both: &[&RegistrationFile; 2],
    ) -> Option<Problem> {
        let error = error_on(file, self.nodes.on)?;
        let place = file.source().position(error.span.start());
        let release = self.nodes.on.cluster().documented().name();

        let other = Personality::all()
            .filter(|on| on.cluster().has_versioned_types())
            .find(|on| both.iter().all(|file| error_on(file, *on).is_none()));
        let word = typed_word(path.as_os_str());
        let is_wrong = first_error(file, None).is_some();
        let hint = match other {
            Some(on) => format!("--on {on} takes both files"),
            None if is_wrong => format!("correct the file first: calha rt lint {word}"),
            None => format!(
                "no simulated cluster takes both files; calha rt show {word} says which releases do"
            ),
        };
        let what = format!("not to be registered on Sun Cluster {release}: {}", error.what);
        let at = format!("{}:{}:{}", path.display(), place.line, place.column);
        Some(types(what).at(at).hint(hint))
    }

    fn two_versions(&self, old: &Version, new: &Version) -> Result<(), Problem> {
        if old.base != new.base {
            let what = format!(
                "{} is of type {}, and {} is of type {}",
                self.old.display(),
                old.base,
                self.new.display(),
                new.base
            );
            let hint = "another Vendor_id or Resource_type is another type, to which no resource \
                        moves: name two versions of one type";
            return Err(types(what).hint(hint));
        }
        let bump = format!("calha rt bump {} --to VERSION", typed_word(self.new.as_os_str()));
        if old.version == new.version {
            let what = format!("both files are version '{}' of {}", old.version, old.base);
            return Err(types(what).hint(format!("give the new one a version: {bump}")));
        }
        if old.full() == new.full() {
            let what = format!("neither file has #$upgrade: both are registered as {}", old.base);
            return Err(types(what).hint(format!("{bump} adds it to the new one")));
        }
        Ok(())
    }

    fn rehearse(
        &self,
        old: &Read,
        new: &Read,
        scratch: &RehearsalLab,
        interrupted: &AtomicBool,
    ) -> Result<(), Ended> {
        let nodes = RehearsalNodes::of(&scratch.lab)?;
        let given = assignments(&self.properties)?;
        let values = RehearsalValues::of(&old.version, &new.version, given);

        nodes.deliver(&old.file, &old.version)?;
        nodes.deliver(&new.file, &new.version)?;
        let typed = nodes.begin(&old.version, &values)?;
        print(&self.opening(old, new, &typed, &values));

        let before = nodes.resource()?;
        let first = before.type_name.clone();
        let course = RehearsalCourse { nodes: &nodes, before, interrupted };
        let upgrade = self.upgrade(old, new, scratch, &nodes, &values)?;
        course.run(&upgrade)?;
        course.stands(&new.version.full(), "")?;

        print("\nOnce more\n");
        course.run_again(&upgrade)?;
        if self.no_undo || !may_go_back(&upgrade)? {
            return Ok(());
        }

        print("\nBack\n");
        course.run(&Upgrade { undo: true, to: None, recreate: false, ..upgrade })?;
        course.stands(&first, ", as before")
    }

    /// What stands before the plan.
    fn opening(
        &self,
        old: &Read,
        new: &Read,
        typed: &[String],
        values: &RehearsalValues,
    ) -> String {
        let mut out = format!(
            "Rehearsal of {} -> {}\non {}\n",
            name(&old.version),
            name(&new.version),
            self.nodes.on.describe()
        );
        typed.iter().for_each(|line| folded(&mut out, line));
        if !values.assumed.is_empty() {
            let all =
                format!("{} (no default; --property gives another)", values.assumed.join(" "));
            wrapped(&mut out, "assumed: ", &all, 80);
        }
        out.push('\n');
        out
    }

    /// The very upgrade that a real cluster would get.
    fn upgrade(
        &self,
        old: &Read,
        new: &Read,
        scratch: &RehearsalLab,
        nodes: &RehearsalNodes<'_>,
        values: &RehearsalValues,
    ) -> Result<Upgrade, Problem> {
        let file = scratch.directory.join("site.toml");
        input::create(&file, nodes.profile().as_bytes())?;
        let along = values.along.iter().map(|one| {
            let resource = one.resource.as_deref().unwrap_or(RESOURCE);
            format!("{resource}:{}={}", one.name, one.value)
        });

        Ok(Upgrade {
            run: RunArguments {
                profile: ProfileArguments::new(file, Vec::new()),
                yes: true,
                // Nothing is lost here, and the message says what a real upgrade needs.
                accept: vec![codes::UPGRADE_SHARED.as_str().to_owned()],
                events: None,
                verbose: true,
                rehearsal: Some(scratch.directory.join("state/calha")),
                preview: None,
            },
            base: new.version.base.clone(),
            to: Some(new.version.version.clone()),
            new_file: Some(new.version.file.to_string()),
            old_file: Some(old.version.file.to_string()),
            resources: Vec::new(),
            properties: along.collect(),
            via: None,
            recreate: self.recreate,
            unregister_old: false,
            plan: false,
            form: PlanForm::default(),
            undo: false,
        })
    }
}

/// Whether the old version can be given again; the plan has said why not.
fn may_go_back(upgrade: &Upgrade) -> Result<bool, Problem> {
    let name = Guide::upgrade_name(&upgrade.run.profile.name(), &upgrade.base);
    let kept = Guide::kept_plan(&history_in(&upgrade.run.state(CLUSTER, &name)?).values);
    let mut moves = kept.iter().flat_map(|plan| &plan.waves).flat_map(|wave| &wave.moves);
    Ok(!moves.any(|one| matches!(one.back, Back::Never { .. })))
}

/// The first thing that keeps a file from being registered on these nodes.
fn error_on(file: &RegistrationFile, on: Personality) -> Option<Finding> {
    first_error(file, Some(on.cluster().documented()))
}

fn first_error(file: &RegistrationFile, release: Option<Release>) -> Option<Finding> {
    let findings = lint(file, release, None).findings;
    findings.into_iter().find(|finding| finding.rule.severity == Severity::Error)
}

fn types(what: String) -> Problem {
    Problem::new(codes::REHEARSAL_TYPES, what)
}

/// The name that a registration gives it, and its version where that is no part of it.
fn name(version: &Version) -> String {
    match (version.upgrade.aware, version.version.is_empty()) {
        (true, _) | (_, true) => version.full(),
        (false, false) => format!("{} (version {})", version.full(), version.version),
    }
}

/// A command on as many lines as it needs, as a shell takes it.
fn folded(out: &mut String, command: &str) {
    let mut line = "  Node1:".to_owned();
    for word in command.split(' ') {
        if line.chars().count() + 1 + word.chars().count() > 78 {
            out.push_str(&line);
            out.push_str(" \\\n");
            line = "          ".to_owned();
        }
        line.push(' ');
        line.push_str(word);
    }
    out.push_str(&line);
    out.push('\n');
}
