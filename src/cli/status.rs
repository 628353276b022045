//! `calha status`: what the journal knows, and what the cluster says now, by way of any member that
//! can be reached. It takes no lock and changes nothing, so it may be asked while a run goes on.

use std::fmt::Write as _;
use std::process::ExitCode;

use clap::Args;

use super::cluster_condition;
use super::connect::{connect_to_those_there, unreachable};
use super::many::Many;
use super::work::hosts;
use super::{Form, ProfileArguments, complain, places, print, refuse};
use crate::exit;
use crate::guide::Guide;
use crate::journal::{FileStore, Journal, MemoryStore, Run, State};
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
        let said = connect_to_those_there(&resolved, &guide, &guide.hosts).and_then(|there| {
            let (connected, missing) = there;
            let commands = self.profile.commands();
            let hosts = hosts(&connected);
            if !is_known {
                out.push_str(&cluster_condition::records(&guide, &commands, &hosts)?);
            }
            out.push_str(&cluster_condition::told(&resolved, &guide, &commands, &hosts)?);
            if missing.is_empty() { Ok(()) } else { Err(unreachable(&missing)) }
        });

        let printed = print(&out);
        match said {
            Ok(()) => printed,
            Err(stop) => {
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
    let bytes = FileStore::peek(&directory)?;
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
