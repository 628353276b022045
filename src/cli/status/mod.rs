//! `calha status`: is it healthy, where did the last run stop, what to type next; and how nodes,
//! groups, resources and mounts stand. It takes no lock and changes nothing, so it may be asked
//! while a run goes on.

mod past;
mod seen;
mod standing;
mod text;

use std::process::ExitCode;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;

use super::connect::connectors;
use super::many::Many;
use super::{Form, ProfileArguments, complain, places, print, refuse};
use crate::engine::{Commands, Stop, elsewhere};
use crate::exit;
use crate::guide::Guide;
use crate::host::{Connector, ReadOnly, ShellHost};
use crate::node::{HostError, Inspect, NodeName, NodePath};
use crate::problem::Problem;
use crate::setting::{Resolved, Settings};
use crate::ui::explain_way;
use past::Past;
use seen::Seen;
use standing::{Contact, Evidence, Places, Standing};

/// After so long, what the living say is shown.
const SOON: Duration = Duration::from_secs(2);

/// After so long, a node that has not answered is called silent.
const LATE: Duration = Duration::from_secs(10);

/// `calha status`: how the installation, its group and its resources stand. Changes nothing.
#[derive(Args)]
#[command(after_help = "Example: calha status profiles/asymmetric.toml\n\
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

/// What a node answered, and the connection to it.
type Told = (NodeName, Result<(Seen, ShellHost), HostError>);

impl StatusCommand {
    pub fn run(&self) -> ExitCode {
        if self.many.is_needed(&self.profile.file) {
            let mut options = self.profile.options();
            options.extend(self.offline.then(|| "--offline".to_owned()));
            if self.many.format == Form::Json {
                options.extend(["--format", "json"].map(String::from));
            }
            return self.many.run("status", &self.profile.file, &options);
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
        let mut waiting =
            if self.offline { Waiting::nobody(guide) } else { Waiting::begin(resolved, guide)? };

        // Where somebody answers in time, what the living say is shown before the others are
        // waited for; a program gets one answer.
        waiting.until(SOON);
        let told_soon = self.many.format == Form::Text && waiting.is_worth_telling();
        if told_soon {
            print(&text::text(&self.standing(resolved, guide, &past, &waiting, Contact::Awaited)));
        }
        let before = waiting.open();
        waiting.until(LATE);

        let open = if self.offline { Contact::NotAsked } else { Contact::Silent };
        let standing = self.standing(resolved, guide, &past, &waiting, open);
        let mut out = String::new();
        match (self.many.format, told_soon) {
            (Form::Json, _) => out.push_str(&format!("{:#}\n", serde_json::json!(standing))),
            (Form::Text, false) => out.push_str(&text::text(&standing)),
            (Form::Text, true) => {
                let late = standing.places.nodes.iter().filter(|node| before.contains(&node.name));
                late.for_each(|node| out.push_str(&text::of_node(node)));
            }
        }
        print(&out);

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
        waiting: &Waiting,
        open: Contact,
    ) -> Standing {
        let commands = self.profile.commands();
        let elsewhere = if past.begun { Vec::new() } else { waiting.records(guide, &commands) };
        Evidence {
            settings: &resolved.settings,
            guide,
            commands: &commands,
            past: past.clone(),
            contacts: &waiting.contacts(&open),
            elsewhere,
        }
        .concluded()
    }
}

/// How nodes and instances stand, in lines: for a command that could not do what it was to do.
///
/// # Errors
/// A connection that the profile does not give.
pub fn places_now(resolved: &Resolved, guide: &Guide) -> Result<String, Stop> {
    let mut waiting = Waiting::begin(resolved, guide)?;
    waiting.until(LATE);
    let places = Places::of(&resolved.settings, &waiting.contacts(&Contact::Silent));
    Ok(text::of_places(&places))
}

/// The members that were asked, and what they have answered so far.
struct Waiting {
    members: Vec<NodeName>,
    told: Vec<Told>,
    receiver: Receiver<Told>,
    begun: Instant,
}

impl Waiting {
    /// Nobody is asked.
    fn nobody(guide: &Guide) -> Self {
        let (_, receiver) = channel();
        Self { members: guide.members.clone(), told: Vec::new(), receiver, begun: Instant::now() }
    }

    /// Asks every member, each in a thread of its own that ends with the process: nobody waits for
    /// a line that hangs.
    fn begin(resolved: &Resolved, guide: &Guide) -> Result<Self, Stop> {
        let (sender, receiver) = channel();
        let connectors = connectors(resolved, guide, &guide.members)?;
        let waiting = Self {
            members: guide.members.clone(),
            told: Vec::new(),
            receiver,
            begun: Instant::now(),
        };

        for connector in connectors {
            let sender = sender.clone();
            let (settings, record) = (resolved.settings.clone(), guide.record.clone());
            thread::spawn(move || {
                let node = connector.node.clone();
                let asked = ask(connector, &settings, &record);
                // Whoever waited may have gone.
                let _ = sender.send((node, asked));
            });
        }
        Ok(waiting)
    }

    /// Waits until everybody has answered, at most so long from the beginning.
    fn until(&mut self, limit: Duration) {
        while !self.open().is_empty() {
            let rest = limit.saturating_sub(self.begun.elapsed());
            match self.receiver.recv_timeout(rest) {
                Ok(told) => self.told.push(told),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Members that have not answered yet.
    fn open(&self) -> Vec<NodeName> {
        let has_told = |node: &NodeName| self.told.iter().any(|(name, _)| name == node);
        self.members.iter().filter(|node| !has_told(node)).cloned().collect()
    }

    /// Whether some have answered and others are still waited for.
    fn is_worth_telling(&self) -> bool {
        !self.open().is_empty() && self.told.iter().any(|(_, answer)| answer.is_ok())
    }

    /// What each member answered; `open` stands for those that have not.
    fn contacts(&self, open: &Contact) -> Vec<(NodeName, Result<Seen, Contact>)> {
        let answer = |node: &NodeName| match self.told.iter().find(|(name, _)| name == node) {
            None => Err(open.clone()),
            Some((_, Err(error))) => Err(Contact::Unreachable { why: error.to_string() }),
            Some((_, Ok((seen, _)))) => Ok(seen.clone()),
        };
        self.members.iter().map(|node| (node.clone(), answer(node))).collect()
    }

    /// What those who answered keep of an installation whose journal is not here.
    fn records(&self, guide: &Guide, commands: &Commands) -> Vec<Problem> {
        let there = self.told.iter().filter_map(|(node, told)| Some((node, told.as_ref().ok()?)));
        let hosts: Vec<(NodeName, ReadOnly<'_>)> =
            there.map(|(node, (_, host))| (node.clone(), ReadOnly::new(host))).collect();
        let views = hosts.iter().map(|(node, host)| (node.clone(), host as &dyn Inspect));
        // A node that has gone since is told as one that answered: it did.
        elsewhere(guide, &views.collect(), commands).unwrap_or_default()
    }
}

/// Asks one member.
fn ask(
    connector: Connector,
    settings: &Settings,
    record: &NodePath,
) -> Result<(Seen, ShellHost), HostError> {
    let host = ShellHost::connect(connector, record)?;
    let seen = Seen::ask(&ReadOnly::new(&host), settings)?;
    Ok((seen, host))
}
