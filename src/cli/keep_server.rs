//! `calha uninstall --keep-server NODE`: high availability goes, and the server stays on one node.
//! First the installation is undone as ever; then a guide of its own has the node mount what is the
//! server's. Both are shown before anything is undone. Which steps these are is the guide's.

use std::process::ExitCode;

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::connect::connect;
use super::loading::history;
use super::work::{hosts, ui, work, work_with};
use super::{RunArguments, complain, refuse, values};
use crate::engine::{Commands, Engine, Question, Reply, Stop, Undertaking};
use crate::exit;
use crate::guide::Guide;
use crate::journal::RunCommand;
use crate::node::NodeName;
use crate::problem::{Problem, codes};
use crate::setting::{Instance, Resolved};
use crate::step::{Site, Views, names_before};
use crate::ui::{Way, Work, explain_way};

/// Which server stays, and how.
#[derive(Args, Default)]
pub struct KeepServer {
    /// Remove high availability, and leave the server on this node, without a cluster.
    #[arg(long = "keep-server", value_name = "NODE", add = ArgValueCandidates::new(values::nodes))]
    node: Option<String>,
    /// Whether that node mounts the server's file system when it boots.
    #[arg(
        long,
        value_name = "yes|no",
        value_parser = ["yes", "no"],
        requires = "node"
    )]
    mount_at_boot: Option<String>,
    /// Undo what calha did for the server that stays: its mount, its entry in /etc/vfstab. It
    /// does not bring high availability back.
    #[arg(long, requires = "node")]
    rollback: bool,
}

/// Everything that is known before the first node is asked.
struct Staying {
    resolved: Resolved,
    /// What is done for the server once nothing of the cluster is left.
    alone: Guide,
    site: Site,
    node: NodeName,
    /// Whether the profile has others, whose cluster goes on.
    of_several: bool,
    way: Way,
}

impl KeepServer {
    /// The server stays on this node, which mounts its file system at boot (yes, no) or asks.
    pub(super) fn on(node: Option<String>, mount_at_boot: Option<String>) -> Self {
        Self { node, mount_at_boot, rollback: false }
    }

    /// Does it where a node is named; nothing where none is.
    pub fn run(&self, run: &RunArguments, instance: Option<&str>) -> Option<ExitCode> {
        let node = NodeName(self.node.clone()?);
        Some(match self.staying(run, node, instance) {
            Ok(staying) if self.rollback => staying.back(run),
            Ok(staying) => staying.run(run),
            Err(Stop::Blocked(problems)) => refuse(&problems),
            Err(stop) => {
                complain(&explain_way(&stop, &run.profile.way()));
                ExitCode::from(exit::of(&stop))
            }
        })
    }

    fn staying(
        &self,
        run: &RunArguments,
        node: NodeName,
        instance: Option<&str>,
    ) -> Result<Staying, Stop> {
        let (resolved, whole) = run.profile.load().map_err(Stop::Blocked)?;
        let blocked = |problem: Problem| Stop::Blocked(vec![problem]);
        let kept = one_of(&resolved.settings.instances, instance).map_err(blocked)?.clone();

        let name = Guide::alone_name(&whole.profile, &kept.name);
        let begun = history(&whole.cluster, &name).map_err(blocked)?;
        let known = begun.values.get("alone.mount-at-boot").map(|at| at == "yes");
        let given = self.mount_at_boot.as_ref().map(|at| at == "yes");
        let at_boot = match given.or(known) {
            Some(at_boot) => at_boot,
            None => ask_at_boot(run, &kept, &node)?,
        };

        let alone = Guide::standing_alone(&resolved, &whole.profile, &kept, &node, at_boot)
            .map_err(blocked)?;
        let site = Site::new(&resolved.settings, &kept, &whole.profile)
            .map_err(|why| blocked(Problem::new(codes::PROFILE_NAME, why)))?;
        let of = Undertaking::Alone { instance: kept.name, node: node.to_string(), at_boot };
        let way = run.profile.way();
        let way = way.clone().of(Commands { of, ..way.commands });
        let of_several = resolved.settings.instances.len() > 1;
        Ok(Staying { resolved, alone, site, node, of_several, way })
    }
}

impl Staying {
    /// Undoes the installation, then has the node mount what is the server's.
    fn run(&self, run: &RunArguments) -> ExitCode {
        let mut removed = false;
        let status = work(run, &[], None, &mut |engine| {
            self.foretell(engine)?;
            let instance = Some(self.site.instance.name.as_str()).filter(|_| self.of_several);
            match instance {
                Some(name) if engine.stands(name) => {
                    engine.undo_instance(RunCommand::Uninstall, name)?;
                }
                Some(_) => {}
                None => engine.undo(RunCommand::Uninstall, None)?,
            }
            removed = true;
            Ok(())
        });
        if !removed && run.preview.is_none() {
            let same = self.way.commands.forward();
            complain(&format!("the server stays on {} once this has ended: {same}", self.node));
        }
        if !removed {
            return status;
        }
        self.on_nodes(run, &mut |engine| engine.install(RunCommand::KeepServer))
    }

    /// Undoes what was done for the server.
    fn back(&self, run: &RunArguments) -> ExitCode {
        self.on_nodes(run, &mut |engine| engine.undo(RunCommand::LeaveServer, None))
    }

    fn on_nodes(
        &self,
        run: &RunArguments,
        task: &mut dyn FnMut(&mut Engine<'_>) -> Result<(), Stop>,
    ) -> ExitCode {
        match connect(&self.resolved, &self.alone) {
            Ok(connected) => work_with(run, &self.alone, hosts(&connected), &self.way, task),
            Err(stop) => {
                complain(&explain_way(&stop, &self.way));
                ExitCode::from(exit::of(&stop))
            }
        }
    }

    /// What follows the removal, before anybody agrees to it.
    fn foretell(&self, engine: &mut Engine<'_>) -> Result<(), Stop> {
        let names = |hosts: &Views<'_>| names_before(&self.site, &self.node, hosts);
        engine.foretell(RunCommand::KeepServer, &self.alone, &names)
    }
}

/// The instance whose server stays.
fn one_of<'i>(all: &'i [Instance], named: Option<&str>) -> Result<&'i Instance, Problem> {
    let known: Vec<&str> = all.iter().map(|i| i.name.as_str()).collect();
    let listed = format!("the instances are {}", known.join(", "));
    match (named, all) {
        (Some(name), _) => all.iter().find(|i| i.name == name).ok_or_else(|| {
            Problem::new(codes::INSTANCE_UNKNOWN, format!("there is no instance {name}"))
                .hint(listed)
        }),
        (None, [only]) => Ok(only),
        (None, _) => Err(Problem::new(codes::ALONE_INSTANCE, "several servers could stay")
            .hint(format!("add --instance NAME; {listed}"))),
    }
}

/// Asks whether the node mounts it when it boots.
fn ask_at_boot(run: &RunArguments, kept: &Instance, node: &NodeName) -> Result<bool, Stop> {
    let mount = &kept.share_dir;
    let question = Question {
        code: codes::ALONE_AT_BOOT.into(),
        step: None,
        node: Some(node.clone()),
        what: format!("is {mount} to be mounted when {node} boots?"),
        found: "a device group that is not online yet, or is on another node, stops the boot at \
                its file system check"
            .into(),
        remedy: None,
        accepting: "mounts it at boot (--mount-at-boot yes); without it somebody mounts it before \
                    the server is started (--mount-at-boot no)"
            .into(),
    };
    if run.accept.contains(&question.code) {
        return Ok(true);
    }

    let (_, mut prompt, _) = ui(run, Work::Looks, None);
    match prompt.accept(&question) {
        Reply::Yes => Ok(true),
        Reply::No => Ok(false),
        Reply::Nobody => Err(Stop::Unanswered(vec![question])),
        Reply::Interrupted => Err(Stop::Interrupted),
    }
}
