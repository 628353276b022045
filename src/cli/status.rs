//! `calha status`: what the journal knows, and what the cluster says now. It takes no lock and
//! changes nothing, so it may be asked while a run goes on.

use std::fmt::Write as _;
use std::process::ExitCode;

use clap::Args;

use super::connect::connect;
use super::many::Many;
use super::work::hosts;
use super::{Form, ProfileArguments, complain, places, print, refuse};
use crate::cluster::queries;
use crate::engine::{Commands, elsewhere};
use crate::exit;
use crate::guide::Guide;
use crate::host::views;
use crate::journal::{FileStore, Journal, JournalError, MemoryStore, Run, State};
use crate::node::{Command, HostError, Inspect};
use crate::setting::{Instance, Resolved};
use crate::step::{GroupCondition, Views};
use crate::ui::explain_way;

/// `calha status`: how the installation, its group and its resources stand. Changes nothing.
#[derive(Args)]
#[command(after_help = "Example: calha status profiles/asymmetric.toml")]
pub struct StatusCommand {
    #[command(flatten)]
    profile: ProfileArguments,
    /// Only what the journal says; connect to no node.
    #[arg(long)]
    offline: bool,
    #[command(flatten)]
    many: Many,
}

impl StatusCommand {
    pub fn run(&self) -> ExitCode {
        if self.many.is_needed(&self.profile.file) || self.many.format == Form::Json {
            let mut options = self.profile.options();
            options.extend(self.offline.then(|| "--offline".to_owned()));
            return self.many.run("status", &self.profile.file, &options);
        }

        let (resolved, guide) = match self.profile.load() {
            Ok(loaded) => loaded,
            Err(problems) => return refuse(&problems),
        };

        let mut out = String::new();
        let is_known = match journal(&guide, &mut out) {
            Ok(is_known) => is_known,
            Err(stop) => {
                complain(&explain_way(&stop, &self.profile.way()));
                return ExitCode::from(exit::of(&stop));
            }
        };

        if self.offline {
            return print(&out);
        }
        match connect(&resolved, &guide) {
            Ok(connected) => {
                match cluster(
                    &resolved,
                    &guide,
                    &self.profile.commands(),
                    is_known,
                    &views(&hosts(&connected)),
                ) {
                    Ok(text) => print(&format!("{out}{text}")),
                    Err(error) => {
                        print(&out);
                        complain(&error.to_string());
                        ExitCode::from(exit::UNREACHABLE)
                    }
                }
            }
            Err(stop) => {
                print(&out);
                complain(&explain_way(&stop, &self.profile.way()));
                ExitCode::from(exit::of(&stop))
            }
        }
    }
}

/// What the journal says of the installation; whether it knows of any.
fn journal(guide: &Guide, out: &mut String) -> Result<bool, crate::engine::Stop> {
    let directory = places::state(&guide.cluster, &guide.profile)
        .map_err(|p| crate::engine::Stop::Blocked(vec![p]))?;
    let bytes = FileStore::peek(&directory).map_err(JournalError::from)?;
    let journal = Journal::open(Box::new(MemoryStore::holding(bytes, Vec::new())), String::new)?;
    let history = journal.history();
    // Writing into a String cannot fail, here and below.
    if history.is_empty() {
        let _ = writeln!(out, "journal  nothing was installed from here ({})", directory.display());
        return Ok(false);
    }

    let count = |state: State| history.in_state(state).len();
    let _ = writeln!(out, "journal  {}", directory.display());
    for Run { command, by, at } in history.runs.iter().rev().take(3) {
        let _ = writeln!(out, "  run    {command} at {at} by {by}");
    }

    let states: Vec<String> = State::ALL
        .iter()
        .filter(|s| count(**s) > 0)
        .map(|s| format!("{} {s}", count(*s)))
        .collect();
    let _ = writeln!(out, "  ops    {}", states.join(", "));

    for state in [State::Intent, State::Failed, State::UndoIntent, State::Stuck, State::Waived] {
        for (key, entry) in history.in_state(state) {
            let next = entry.next.as_ref().map_or_else(String::new, |n| format!("; next: {n}"));
            let _ = writeln!(out, "         {key} is {state}{next}");
        }
    }

    Ok(history.entries.values().any(|e| e.began))
}

/// What the cluster says of the instances.
fn cluster(
    resolved: &Resolved,
    guide: &Guide,
    commands: &Commands,
    is_known: bool,
    hosts: &Views<'_>,
) -> Result<String, HostError> {
    let mut out = String::new();
    if !is_known {
        for problem in elsewhere(guide, hosts, commands).map_err(|(_, error)| error)? {
            let _ = writeln!(out, "  record {problem}");
        }
    }

    let profile = commands.arguments();
    let nodes = &resolved.settings.cluster.nodes;
    let Some(asked) = nodes.iter().find_map(|n| hosts.get(n).copied()) else { return Ok(out) };
    for node in nodes {
        let state = word(asked, &queries::node_state(node))?;
        let _ = writeln!(out, "node     {node} {state}");
    }

    for instance in &resolved.settings.instances {
        out.push_str(&of_instance(instance, asked, hosts)?);
        if let Some(remedy) = GroupCondition::read(asked, &instance.resource_group)?.remedy() {
            let _ = writeln!(out, "  next     {}", guide.remedy(remedy).typed(&profile));
        }
    }
    Ok(out)
}

/// The group of an instance and its resources, on each of its nodes.
fn of_instance(
    instance: &Instance,
    asked: &dyn Inspect,
    hosts: &Views<'_>,
) -> Result<String, HostError> {
    let group = &instance.resource_group;
    let mut out = format!(
        "instance {} ({}, {})\n",
        instance.name, instance.logical_host.fqdn, instance.logical_host.address
    );
    for node in &instance.nodes {
        let state = word(asked, &queries::group_state(group, node))?;
        let mounted = match hosts.get(node) {
            Some(host) if host.mounted(&instance.share_dir)? => {
                format!(", {} mounted", instance.share_dir)
            }
            _ => String::new(),
        };
        let _ = writeln!(out, "  group    {group:<16} {node:<12} {state}{mounted}");
    }

    for resource in
        [&instance.logical_host.resource, &instance.hasp_resource, &instance.service_resource]
    {
        let switch = word(asked, &queries::switch(resource))?;
        for node in &instance.nodes {
            let query = queries::resource_state(resource, node);
            let state = word(asked, &query)?;
            let _ = writeln!(out, "  resource {resource:<16} {node:<12} {state} {switch}");
        }
    }
    Ok(out)
}

/// The first word that the command prints; "absent" when it fails.
fn word(host: &dyn Inspect, command: &Command) -> Result<String, HostError> {
    let output = host.query(command)?;
    let first = output.text().lines().next().unwrap_or_default().trim().to_owned();
    Ok(if output.success() && !first.is_empty() { first } else { "absent".into() })
}
