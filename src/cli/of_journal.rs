//! Work with a journal of its own, debugging or an upgrade of resources, named to a command that is
//! for any journal. What that work does is its guide's affair; here it is only found again.

use std::process::ExitCode;

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::connect::{Connections, connect, connect_to_members};
use super::debugging::debugging;
use super::loading::history;
use super::work::{EngineWork, hosts, work_with};
use super::{ProfileArguments, RunArguments, complain, rt, values};
use crate::engine::{Commands, Stop, Undertaking};
use crate::exit;
use crate::guide::Guide;
use crate::node::NodeName;
use crate::problem::{Problem, codes};
use crate::setting::{Members, Resolved};
use crate::ui::{Way, explain_way};

/// Which journal a command is about; the installation's where none is named.
#[derive(Args, Clone, Debug)]
pub struct OfJournal {
    /// The journal of calha debug, not of the installation.
    #[arg(long, conflicts_with = "upgrade")]
    debug: bool,
    /// The journal of calha rt upgrade for this type, not of the installation.
    #[arg(long, value_name = "VENDOR.NAME", add = ArgValueCandidates::new(rt::types))]
    upgrade: Option<String>,
    /// The journal of calha uninstall --keep-server for this instance, not of the installation.
    #[arg(
        long,
        value_name = "INSTANCE",
        conflicts_with_all = ["debug", "upgrade"],
        add = ArgValueCandidates::new(values::instances)
    )]
    alone: Option<String>,
}

/// Debugging or an upgrade, as its journal has it.
pub struct OtherWork {
    pub guide: Guide,
    of: Undertaking,
    site: Site,
}

/// What its hosts are reached by.
enum Site {
    Profile(Box<Resolved>),
    Members(Members),
}

impl OfJournal {
    /// The work that is named; none: the installation is meant.
    ///
    /// # Errors
    /// What is wrong with the profile; an upgrade that was never begun.
    pub fn find(&self, profile: &ProfileArguments) -> Result<Option<OtherWork>, Vec<Problem>> {
        if let Some(instance) = &self.alone {
            return OtherWork::alone(profile, instance).map(Some);
        }
        match &self.upgrade {
            Some(base) => OtherWork::upgrade(profile, base).map(Some),
            None if self.debug => OtherWork::debugging(profile).map(Some),
            None => Ok(None),
        }
    }
}

impl OtherWork {
    fn debugging(profile: &ProfileArguments) -> Result<Self, Vec<Problem>> {
        // The level decides what is written, not where its journal is.
        let (resolved, first) = debugging(profile, 9)?;
        let history = history(&first.cluster, &first.profile).map_err(|p| vec![p])?;
        let level = history.values.get("debug.level").cloned().unwrap_or_else(|| "9".to_owned());
        let guide = match level.parse() {
            Ok(level) => debugging(profile, level)?.1,
            Err(_) => first,
        };
        let site = Site::Profile(Box::new(resolved));
        Ok(Self { guide, of: Undertaking::Debugging { level }, site })
    }

    fn alone(profile: &ProfileArguments, name: &str) -> Result<Self, Vec<Problem>> {
        let (resolved, whole) = profile.load()?;
        let nothing = || {
            let what = format!("no server of an instance {name} was kept without its cluster");
            let hint = "name the instance and the profile as they were then";
            vec![Problem::new(codes::REPORT_NOTHING, what).hint(hint)]
        };
        let Some(instance) = resolved.settings.instances.iter().find(|i| i.name == name) else {
            return Err(nothing());
        };

        let own = Guide::alone_name(&whole.profile, name);
        let history = history(&whole.cluster, &own).map_err(|p| vec![p])?;
        let Some(node) = history.values.get("alone.node") else { return Err(nothing()) };
        let at_boot = history.values.get("alone.mount-at-boot").is_some_and(|at| at == "yes");

        let kept = NodeName(node.clone());
        let guide = Guide::standing_alone(&resolved, &whole.profile, instance, &kept, at_boot)
            .map_err(|p| vec![p])?;
        let of = Undertaking::Alone { instance: name.to_owned(), node: node.clone(), at_boot };
        Ok(Self { guide, of, site: Site::Profile(Box::new(resolved)) })
    }

    fn upgrade(profile: &ProfileArguments, base: &str) -> Result<Self, Vec<Problem>> {
        let members = profile.text().load_members(&profile.set)?;
        let name = Guide::upgrade_name(&profile.name(), base);
        let history = history(&members.cluster, &name).map_err(|p| vec![p])?;

        let Some(plan) = Guide::kept_plan(&history.values) else {
            let what = format!("calha began no upgrade of {base} from here");
            let hint = "name the type without its version, and the profile with which the \
                        upgrade began";
            return Err(vec![Problem::new(codes::REPORT_NOTHING, what).hint(hint)]);
        };
        let guide = Guide::type_upgrade(&members, &profile.name(), &plan)
            .map_err(|problem| vec![problem])?;
        Ok(Self { guide, of: (&plan).into(), site: Site::Members(members) })
    }

    /// Its commands, as they are typed.
    pub fn commands(&self, profile: &ProfileArguments) -> Commands {
        Commands { of: self.of.clone(), ..profile.commands() }
    }

    /// How it is gone on with, or undone.
    pub fn way(&self, profile: &ProfileArguments) -> Way {
        profile.way().of(self.commands(profile))
    }

    /// Connects to its hosts, and has the engine work.
    pub fn work(&self, run: &RunArguments, task: EngineWork<'_>) -> ExitCode {
        let way = self.way(&run.profile);
        match self.connect() {
            Ok(connected) => work_with(run, &self.guide, hosts(&connected), &way, task),
            Err(stop) => {
                complain(&explain_way(&stop, &way));
                ExitCode::from(exit::of(&stop))
            }
        }
    }

    fn connect(&self) -> Result<Connections, Stop> {
        match &self.site {
            Site::Profile(resolved) => connect(resolved, &self.guide),
            Site::Members(members) => connect_to_members(members, &self.guide.record),
        }
    }
}
