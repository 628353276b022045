//! `calha status`: is it healthy, where did the last run stop, what to type next; and how nodes,
//! groups, resources and mounts stand. It takes no lock and changes nothing, so it may be asked
//! while a run goes on.

mod evidence;
mod groups;
mod left;
mod living;
mod member;
mod mounts;
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
use crate::cli::debug_level::DebugLevel;
use crate::engine::{Commands, Drift, Stop, elsewhere};
use crate::exit;
use crate::guide::Guide;
use crate::host::{ReadOnly, ShellHost};
use crate::node::{Inspect, NodeName};
use crate::problem::Problem;
use crate::setting::Resolved;
use crate::ui::{explain_way, printed_width};
use evidence::Evidence;
use left::Unseen;
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

/// What was told before the end.
enum Told {
    Nothing,
    /// What those say who had answered by then.
    Some,
    /// What all of them say, but not what was installed.
    Nodes,
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
            print(&(before + &text::text(&standing, printed_width())));
        }
        waiting.until(LATE);

        let (standing, told) = self.at_the_end(resolved, guide, &past, &waiting, told_soon);
        print(&match (self.many.format, told) {
            (Form::Json, _) => format!("{:#}\n", serde_json::json!(standing)),
            (Form::Text, Told::Nothing) => text::text(&standing, printed_width()),
            (Form::Text, Told::Nodes) => {
                format!("\nat the end:\n{}", text::answers(&standing, printed_width()))
            }
            // What came late may have changed every line.
            (Form::Text, Told::Some) => {
                format!("\nat the end:\n{}", text::text(&standing, printed_width()))
            }
        });

        let none_answers =
            !standing.places.nodes.iter().any(|node| node.answer == Contact::Answers);
        Ok(match standing.healthy {
            true => exit::DONE,
            false if none_answers && !self.offline => exit::UNREACHABLE,
            false => exit::UNANSWERED,
        })
    }

    /// How all stands when nobody is waited for any more, and what was told before it: what the
    /// living say, where it takes long to look at what was installed.
    fn at_the_end(
        &self,
        resolved: &Resolved,
        guide: &Guide,
        past: &Past,
        waiting: &Waiting<Member>,
        told_soon: bool,
    ) -> (Standing, Told) {
        let open = if self.offline { Contact::NotAsked } else { Contact::Silent };
        let standing = |drift| self.standing(resolved, guide, past, waiting, open.clone(), drift);
        let told = if told_soon { Told::Some } else { Told::Nothing };
        // While a run is at work, or undoes them, finished steps are not as they were left.
        if self.offline || !past.begun || past.is_changing() {
            return (standing(Ok(Vec::new())), told);
        }

        let look = || {
            left::drift(guide, &self.profile.commands(), waiting)
                .map_err(|stop| Unseen::Failed(explain_way(&stop, &self.profile.way())))
        };
        if told_soon || self.many.format == Form::Json {
            return (standing(look()), told);
        }
        let so_far = text::text(&standing(Err(Unseen::Awaited)), printed_width());
        let tell = move || {
            print(&so_far);
        };
        let (drift, is_told) = left::telling(waiting.rest(SOON), tell, look);
        (standing(drift), if is_told { Told::Nodes } else { told })
    }

    fn standing(
        &self,
        resolved: &Resolved,
        guide: &Guide,
        past: &Past,
        waiting: &Waiting<Member>,
        open: Contact,
        drift: Result<Vec<Drift>, Unseen>,
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
            debugging: DebugLevel::of(&self.profile),
        }
        .concluded()
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
