//! `calha service`: start, stop, move, restart or remove the service of one instance. Nodes that
//! are away are left out as long as another one can be asked. The steps are those of `step`; here
//! is only which instance and node are meant.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCandidates;

use super::connect::connect_to_those_there;
use super::work::{hosts, work_with};
use super::{RunArguments, complain, refuse, values};
use crate::cluster::{GroupState, Switch, queries};
use crate::engine::{Engine, Stop};
use crate::exit;
use crate::journal::RunCommand;
use crate::node::{HostError, NodeName, Output};
use crate::op::quote;
use crate::problem::{Problem, codes};
use crate::setting::{Instance, Resolved};
use crate::step::{self, Site, Step, Views};

/// What to do with the service of an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Action {
    /// Enable it, and bring its group online where it is online nowhere.
    Start,
    /// Disable it: it stops, and no failover starts it.
    Stop,
    /// Move its group to another node.
    Failover,
    /// Stop and start it where it is: for a change in ics.conf.
    Restart,
    /// Remove its resource; calha install makes it again.
    Remove,
}

/// `calha service`: start, stop, move, restart or remove the service of one instance (6.8).
#[derive(Args)]
#[command(after_help = "Examples: calha service restart profiles/asymmetric.toml\n          \
                        calha service failover profiles/n-plus-one.toml cs2 --to Node4\n\
                        It leaves out a node that it cannot reach, as long as another one of \
                        the instance answers.")]
pub struct Service {
    action: Action,
    #[command(flatten)]
    run: RunArguments,
    /// The instance; may be left out where there is only one.
    #[arg(id = "of", value_name = "INSTANCE", add = ArgValueCandidates::new(values::instances))]
    instance: Option<String>,
    /// Failover: the node to move to. Without it the other one.
    #[arg(long, value_name = "NODE", add = ArgValueCandidates::new(values::nodes))]
    to: Option<String>,
}

impl Service {
    pub(super) fn of(
        run: RunArguments,
        action: Action,
        instance: Option<String>,
        to: Option<String>,
    ) -> Self {
        Self { action, run, instance, to }
    }

    pub fn run(&self) -> ExitCode {
        let (resolved, guide) = match self.run.load() {
            Ok(loaded) => loaded,
            Err(problems) => return refuse(&problems),
        };
        let site = match self.site(&resolved, &guide.profile) {
            Ok(site) => site,
            Err(problem) => return refuse(&[problem]),
        };
        let connected = match connect_to_those_there(&resolved, &guide, &site.nodes()) {
            Ok((connected, missing)) => {
                missing.iter().for_each(|m| complain(&format!("left out: {m}")));
                connected
            }
            Err(stop) => {
                complain(&crate::ui::explain_way(&stop, &self.run.profile.way()));
                return ExitCode::from(exit::of(&stop));
            }
        };
        work_with(&self.run, &guide, hosts(&connected), &self.run.profile.way(), &mut |engine| {
            self.act(engine, &site)
        })
    }

    fn act(&self, engine: &mut Engine<'_>, site: &Site) -> Result<(), Stop> {
        if self.action == Action::Remove && engine.remove_service(&site.instance.name)? {
            return Ok(());
        }
        let step = engine.look(|hosts| self.step(site, hosts))??;
        let outages = engine.outages_by(&step, &site.instance.name)?;
        engine.serve(self.command(), &[step], outages)?;
        if self.action == Action::Failover && self.run.preview.is_none() {
            self.tell_stopped(engine, site)?;
        }
        Ok(())
    }

    /// What was stopped moves without being started: nobody is served by it.
    fn tell_stopped(&self, engine: &Engine<'_>, site: &Site) -> Result<(), Stop> {
        let resource = &site.instance.service_resource;
        let switch = engine.look(|hosts| {
            let asked = site.nodes().iter().find_map(|node| hosts.get(node).copied())?;
            asked.query(&queries::switch(resource)).ok().filter(Output::success)
        })?;
        if switch.is_some_and(|said| !Switch::is_on(said.text().trim())) {
            let start = self.run.profile.commands().of("service start");
            let instance = &site.instance.name;
            complain(&format!(
                "{resource} is disabled: users of {instance} are not served\n\
                 next: {start} {instance}"
            ));
        }
        Ok(())
    }

    fn step(&self, site: &Site, hosts: &Views<'_>) -> Result<Step, Stop> {
        if self.is_missing(site, hosts)? {
            let what = format!("{} is not in the cluster", site.instance.service_resource);
            let install = self.run.profile.commands().of("install");
            let problem = Problem::new(codes::SERVICE_MISSING, what);
            return Err(Stop::Blocked(vec![problem.hint(format!("install it: {install}"))]));
        }
        Ok(match self.action {
            Action::Start => step::service_start(site),
            Action::Stop => step::service_stop(site),
            Action::Restart => step::service_restart(site),
            Action::Remove => step::service_remove(site),
            Action::Failover => step::service_failover(site, &self.target(site, hosts)?),
        })
    }

    /// Whether a member knows that there is no such resource to start or to stop.
    fn is_missing(&self, site: &Site, hosts: &Views<'_>) -> Result<bool, Stop> {
        let needs_it = matches!(self.action, Action::Start | Action::Stop | Action::Restart);
        let asked = site.nodes().iter().find_map(|node| hosts.get(node).copied());
        let Some(asked) = asked.filter(|_| needs_it) else { return Ok(false) };
        let fails = |command| asked.query(&command).map(|said| !said.success());
        let lost = |e: HostError| Stop::Unreachable(Problem::new(codes::HOST_LOST, e.to_string()));

        let is_out = fails(queries::local_node()).map_err(lost)?;
        let switch = queries::switch(&site.instance.service_resource);
        Ok(fails(switch).map_err(lost)? && !is_out)
    }

    /// The node named, or the one that the group is not on.
    fn target(&self, site: &Site, hosts: &Views<'_>) -> Result<NodeName, Stop> {
        let blocked = |problem: Problem| Err(Stop::Blocked(vec![problem]));
        let nodes = site.nodes();
        let names: Vec<&str> = nodes.iter().map(NodeName::as_str).collect();

        if let Some(to) = &self.to {
            let Some(node) = nodes.iter().find(|n| n.as_str() == to) else {
                let problem = Problem::new(
                    codes::SERVICE_NODE,
                    format!("{to} is not a node of {}", site.instance.resource_group),
                );
                return blocked(problem.hint(format!("its nodes are {}", names.join(", "))));
            };
            if !hosts.contains_key(node) {
                let problem = Problem::new(
                    codes::SERVICE_NODE,
                    "it cannot be reached, so nothing can be moved there",
                )
                .on(to.as_str());
                return blocked(problem);
            }
            return Ok(node.clone());
        }

        let Some(asked) = nodes.iter().find_map(|n| hosts.get(n).copied()) else {
            return blocked(Problem::new(
                codes::HOST_MISSING,
                "no node of the instance can be reached",
            ));
        };

        let mut others = Vec::new();
        for node in &nodes {
            let state = asked.query(&queries::group_state(&site.instance.resource_group, node));
            let state = state
                .map_err(|e| Stop::Unreachable(Problem::new(codes::HOST_LOST, e.to_string())))?;
            match (GroupState::parse(&state.text()), hosts.contains_key(node)) {
                (GroupState::Offline, true) => return Ok(node.clone()),
                (_, false) => others.push(format!("{node} cannot be reached")),
                (state, true) => others.push(format!("on {node} it is {}", state.word())),
            }
        }

        let what = format!(
            "{} has no node to move to: {}",
            site.instance.resource_group,
            others.join(", ")
        );
        let mut again = self.run.profile.commands().of("service failover");
        self.instance.iter().for_each(|name| again.push_str(&format!(" {name}")));
        let hint = format!("bring the other node back, then type: {again}");
        blocked(Problem::new(codes::SERVICE_NODE, what).hint(hint))
    }

    fn site(&self, resolved: &Resolved, profile: &str) -> Result<Site, Problem> {
        let instances = &resolved.settings.instances;
        let names: Vec<&str> = instances.iter().map(|i| i.name.as_str()).collect();
        let instance: &Instance = match (&self.instance, instances.as_slice()) {
            (None, [only]) => only,
            (None, _) => {
                let problem = Problem::new(
                    codes::INSTANCE_MISSING,
                    "the profile has several instances, and the command names none",
                );
                return Err(problem.hint(self.of_each(&names)));
            }
            (Some(name), _) => instances.iter().find(|i| i.name == *name).ok_or_else(|| {
                let near = crate::text::nearest(name, names.iter().copied());
                let problem =
                    Problem::new(codes::INSTANCE_UNKNOWN, format!("there is no instance {name}"));
                match near {
                    Some(near) => problem.hint(format!("did you mean {near}?")),
                    None => problem.hint(self.of_each(&names)),
                }
            })?,
        };

        Site::new(&resolved.settings, instance, profile)
            .map_err(|why| Problem::new(codes::PROFILE_NAME, why))
    }

    /// The command as it is typed for each of these instances.
    fn of_each(&self, instances: &[&str]) -> String {
        let action = self.action.to_possible_value();
        let action = action.as_ref().map_or("", |value| value.get_name());
        let commands = self.run.profile.commands();
        let to = self.to.as_ref().map_or_else(String::new, |to| format!(" --to {}", quote(to)));
        let of = |name: &&str| match self.run.preview.is_some() {
            true => commands.of("plan") + &format!(" --service {action} --instance {name}{to}"),
            false => commands.of(&format!("service {action}")) + &format!(" {name}{to}"),
        };
        let all: Vec<String> = instances.iter().map(of).collect();
        format!("name one:\n        {}", all.join("\n        "))
    }

    fn command(&self) -> RunCommand {
        match self.action {
            Action::Start => RunCommand::ServiceStart,
            Action::Stop => RunCommand::ServiceStop,
            Action::Failover => RunCommand::ServiceFailover,
            Action::Restart => RunCommand::ServiceRestart,
            Action::Remove => RunCommand::ServiceRemove,
        }
    }
}
