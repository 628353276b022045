//! `calha status`: is it healthy, where did the last run stop, what to type next; and how nodes,
//! groups, resources and mounts stand. It takes no lock and changes nothing, so it may be asked
//! while a run goes on.

mod evidence;
mod left;
mod living;
mod member;
mod next;
mod past;
mod seen;
mod standing;
mod text;
mod unreachable;
mod verdict;

use std::process::ExitCode;
use std::time::Duration;

use clap::Args;

use super::connect::connectors;
use super::many::Many;
use super::waiting::Waiting;
use super::{Form, ProfileArguments, complain, places, print, refuse};
use crate::engine::{Commands, Drift, Stop, elsewhere};
use crate::exit;
use crate::guide::Guide;
use crate::host::{ReadOnly, ShellHost};
use crate::node::{Inspect, NodeName};
use crate::problem::Problem;
use crate::setting::Resolved;
use crate::ui::explain_way;
use evidence::Evidence;
pub use living::connect_or_tell;
use member::Member;
use past::Past;
use seen::Seen;
use standing::{Contact, Contacted, Standing};

/// After so long, what the living say is shown: whoever asks knows after two seconds who serves.
const SOON: Duration = Duration::from_millis(1500);

/// After so long, a node that has not answered is called silent.
const LATE: Duration = Duration::from_secs(10);

/// `calha status`: how the installation, its group and its resources stand. Changes nothing.
#[derive(Args)]
#[command(after_help = "Example: calha status profiles/asymmetric.toml\n\
                        docs/status.schema.json describes --format json.\n\
                        Exit status: 0 healthy, 3 anything else, 5 no node answers.")]
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
        if self.many.is_needed(&self.profile.file) {
            let mut options = self.profile.options();
            options.extend(self.offline.then(|| "--offline".to_owned()));
            return self.many.table("status", &self.profile.file, &options, text::row);
        }

        let (resolved, guide) = match self.profile.load() {
            Ok(loaded) => loaded,
            Err(problems) => return refuse(&problems),
        };
        match self.tell(&resolved, &guide) {
            Ok(status) => ExitCode::from(status),
            Err(stop) => {
                complain(&explain_way(&stop, &self.profile.way()));
                ExitCode::from(exit::of(&stop))
            }
        }
    }

    fn tell(&self, resolved: &Resolved, guide: &Guide) -> Result<u8, Stop> {
        let directory =
            places::state(&guide.cluster, &guide.profile).map_err(|p| Stop::Blocked(vec![p]))?;
        let past = Past::read(guide, &directory)?;
        let mut waiting = match self.offline {
            true => Waiting::nobody(guide.members.clone()),
            false => asking(resolved, guide)?,
        };

        // Where somebody answers in time, what the living say is shown before the others are
        // waited for; a program gets one answer.
        waiting.until_some(SOON, LATE);
        let told_soon = self.many.format == Form::Text && waiting.is_worth_telling();
        if told_soon {
            let names: Vec<String> = waiting.open().into_iter().map(|node| node.0).collect();
            // What was installed is looked at when all have answered, or nobody waits any more.
            let standing =
                self.standing(resolved, guide, &past, &waiting, Contact::Awaited, Ok(Vec::new()));
            let before = format!("no answer yet from {}; so far:\n", names.join(", "));
            print(&(before + &text::text(&standing)));
        }
        waiting.until(LATE);

        let open = if self.offline { Contact::NotAsked } else { Contact::Silent };
        let drift = self.drift(guide, &past, &waiting);
        let standing = self.standing(resolved, guide, &past, &waiting, open, drift);
        print(&match (self.many.format, told_soon) {
            (Form::Json, _) => format!("{:#}\n", serde_json::json!(standing)),
            (Form::Text, false) => text::text(&standing),
            // What came late may have changed every line.
            (Form::Text, true) => format!("\nat the end:\n{}", text::text(&standing)),
        });

        let none_answers =
            !standing.places.nodes.iter().any(|node| node.answer == Contact::Answers);
        Ok(match standing.healthy {
            true => exit::DONE,
            false if none_answers && !self.offline => exit::UNREACHABLE,
            false => exit::UNANSWERED,
        })
    }

    fn standing(
        &self,
        resolved: &Resolved,
        guide: &Guide,
        past: &Past,
        waiting: &Waiting<Member>,
        open: Contact,
        drift: Result<Vec<Drift>, String>,
    ) -> Standing {
        let commands = self.profile.commands();
        let elsewhere = if past.begun { Vec::new() } else { records(waiting, guide, &commands) };
        Evidence {
            settings: &resolved.settings,
            guide,
            commands: &commands,
            past: past.clone(),
            contacts: &contacts(waiting, &open),
            elsewhere,
            drift,
        }
        .concluded()
    }

    /// What is not as finished steps left it; while a run is at work, or undoes them, nothing is.
    fn drift(
        &self,
        guide: &Guide,
        past: &Past,
        waiting: &Waiting<Member>,
    ) -> Result<Vec<Drift>, String> {
        if self.offline || !past.begun || past.is_changing() {
            return Ok(Vec::new());
        }
        left::drift(guide, &self.profile.commands(), waiting)
            .map_err(|stop| explain_way(&stop, &self.profile.way()))
    }
}

/// What each member answered; `open` stands for those that have not.
fn contacts(waiting: &Waiting<Member>, open: &Contact) -> Vec<Contacted> {
    let seen = |node: &NodeName| match waiting.told.iter().find(|told| told.host == *node) {
        None => Err(open.clone()),
        Some(told) => match &told.answer {
            Err(error) => Err(Contact::Unreachable { why: error.to_string() }),
            Ok(member) => Ok(member.seen.clone()),
        },
    };
    let contacted = |node: &NodeName| Contacted { node: node.clone(), seen: seen(node) };
    waiting.hosts.iter().map(contacted).collect()
}

/// What those who answered keep of an installation whose journal is not here.
fn records(waiting: &Waiting<Member>, guide: &Guide, commands: &Commands) -> Vec<Problem> {
    let there =
        waiting.told.iter().filter_map(|told| Some((&told.host, told.answer.as_ref().ok()?)));
    let hosts: Vec<(NodeName, ReadOnly<'_>)> =
        there.map(|(node, member)| (node.clone(), ReadOnly::new(&member.host))).collect();
    let views = hosts.iter().map(|(node, host)| (node.clone(), host as &dyn Inspect));
    // A node that has gone since is told as one that answered: it did.
    elsewhere(guide, &views.collect(), commands).unwrap_or_default()
}

/// Begins to ask every member.
fn asking(resolved: &Resolved, guide: &Guide) -> Result<Waiting<Member>, Stop> {
    let (settings, record) = (resolved.settings.clone(), guide.record.clone());
    let query = settings.limits.query;
    let ask = move |connector| {
        let host = ShellHost::connect(connector, &record)?.query_within(query);
        let seen = Seen::ask(&ReadOnly::new(&host), &settings)?;
        Ok(Member { seen, host })
    };
    Ok(Waiting::begin(connectors(resolved, guide, &guide.members)?, ask))
}
