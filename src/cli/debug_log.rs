//! `calha debug log`: what the agents of all nodes have written, in the order of time, and what
//! they go on writing. What of it is held at any time is a piece of each node's log, not the logs.

use crate::host::views;
use crate::text::printable;
use std::io::Write;
use std::process::{self, ExitCode};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::connect::connect_to_those_there;
use super::debugging::debugging;
use super::node_log::NodeLog;
use super::work::hosts;
use super::{Form, ProfileArguments, complain, refuse, values};
use crate::cluster::log::{Filter, Message, Moment, Severity, Span, Stamp};
use crate::exit;
use crate::guide::Guide;
use crate::node::{HostError, NodeName, NodePath};
use crate::step::{CLUSTER_LOG, Views};
use crate::ui::{Output, Signals, explain_way};

/// How often a log that is followed is looked at.
const PAUSE: Duration = Duration::from_millis(500);

#[derive(Args)]
#[command(
    after_help = "Examples: calha debug log profiles/asymmetric.toml --level error\n          \
                  calha debug log site.toml --group CAL-CS1-RG --since \"Dec 11 18:00\" -f"
)]
pub struct Log {
    #[command(flatten)]
    profile: ProfileArguments,
    /// Of this resource type: SUNW.scics in every version, SUNW.scics:4 in that one.
    #[arg(long = "type", value_name = "TYPE")]
    resource_type: Option<String>,
    /// Of this resource group.
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    /// Of this resource.
    #[arg(long, value_name = "RESOURCE")]
    resource: Option<String>,
    /// Of this method: ics_svc_start.
    #[arg(long, value_name = "METHOD")]
    method: Option<String>,
    /// Of this severity and worse: error, warning, notice, info, debug.
    #[arg(long, value_name = "SEVERITY")]
    level: Option<Severity>,
    /// From this time on: "Dec 11 18:00". A log has no years: the time nearest to its messages is
    /// meant.
    #[arg(long, value_name = "TIME")]
    since: Option<Stamp>,
    /// Up to this time.
    #[arg(long, value_name = "TIME")]
    until: Option<Stamp>,
    /// Of this node only.
    #[arg(long, value_name = "NODE", add = ArgValueCandidates::new(values::nodes))]
    node: Option<String>,
    /// The file on each node.
    #[arg(id = "log", long = "file", value_name = "PATH", default_value = CLUSTER_LOG)]
    file: String,
    /// Go on with what is written from now on, until ^C.
    #[arg(short, long)]
    follow: bool,
    /// A message a line, for people, or as JSON.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

impl Log {
    pub fn run(&self) -> ExitCode {
        let (resolved, guide) = match debugging(&self.profile, 9) {
            Ok(loaded) => loaded,
            Err(problems) => return refuse(&problems),
        };
        let Ok(path) = NodePath::new(self.file.as_str()) else {
            complain(&format!("--file {}: not an absolute path on a node", self.file));
            return ExitCode::from(exit::USAGE);
        };

        let nodes = match self.nodes(&guide) {
            Ok(nodes) => nodes,
            Err(why) => {
                complain(&why);
                return ExitCode::from(exit::USAGE);
            }
        };

        match connect_to_those_there(&resolved, &guide, &nodes) {
            Ok((connected, missing)) => {
                missing.iter().for_each(|m| complain(&format!("left out: {m}")));
                ExitCode::from(self.read(&views(&hosts(&connected)), &path))
            }
            Err(stop) => {
                complain(&explain_way(&stop, &self.profile.way()));
                ExitCode::from(exit::of(&stop))
            }
        }
    }

    /// Those whose log is wanted.
    fn nodes(&self, guide: &Guide) -> Result<Vec<NodeName>, String> {
        let Some(only) = &self.node else { return Ok(guide.members.clone()) };
        match guide.members.iter().find(|node| node.as_str() == only) {
            Some(node) => Ok(vec![node.clone()]),
            None => {
                let known: Vec<&str> = guide.members.iter().map(NodeName::as_str).collect();
                Err(format!("--node {only}: the nodes are {}", known.join(", ")))
            }
        }
    }

    /// Reads and tells; the exit status.
    fn read(&self, hosts: &Views<'_>, path: &NodePath) -> u8 {
        let mut reading = Reading { log: self, logs: Vec::new(), status: exit::DONE };

        let mut spans = Vec::new();
        for (name, host) in hosts {
            let log = NodeLog::new(*host, path);
            match log.span() {
                Ok(span) => {
                    reading.logs.push((name.clone(), log));
                    spans.push(span);
                }
                Err(HostError::Io { why, .. }) if why.contains("No such file") => {
                    let hint = match path.as_str() == CLUSTER_LOG {
                        true => "; calha debug on makes it",
                        false => "",
                    };
                    complain(&format!("{name}: {path}: there is no such file{hint}"));
                }
                Err(error) => reading.failed(name, &error, "this node is left out"),
            }
        }

        if reading.logs.is_empty() {
            return reading.status.max(exit::FAILED);
        }

        let filter = self.filter(begin(&mut reading.logs, spans));
        // Nobody reads any more: that is an end like another. A full disk is told by whoever ends.
        let _ = reading.tell(&filter);
        reading.status
    }

    fn filter(&self, span: Option<Span>) -> Filter {
        let moment = |at: Option<Stamp>| {
            // A log without a time is still to begin.
            at.map(|at| span.map_or(Moment::new(0, at), |span| span.moment(at)))
        };
        let since = moment(self.since);
        // "from Dec 31 until Jan 2" goes over New Year.
        let until = moment(self.until).map(|until| match since {
            Some(since) if until < since => until.later_by(1),
            _ => until,
        });
        Filter {
            resource_type: self.resource_type.clone(),
            group: self.group.clone(),
            resource: self.resource.clone(),
            method: self.method.clone(),
            level: self.level,
            since,
            until,
        }
    }

    fn line(&self, message: &Message) -> String {
        match self.format {
            Form::Text => printable(&message.line()),
            Form::Json => serde_json::to_string(message).unwrap_or_default(),
        }
    }
}

/// Puts the logs beside each other in time; from when to when they go together.
fn begin(logs: &mut [(NodeName, NodeLog<'_>)], spans: Vec<Option<Span>>) -> Option<Span> {
    let (mut dated, mut known) = (Vec::new(), Vec::new());
    for ((_, log), span) in logs.iter_mut().zip(spans) {
        if let Some(span) = span {
            dated.push(log);
            known.push(span);
        }
    }
    let years = Span::years(&known);
    for (log, year) in dated.into_iter().zip(&years) {
        log.begins_in(*year);
    }
    let placed = known.into_iter().zip(years).map(|(span, year)| span.later_by(year));
    placed.reduce(Span::with)
}

/// Set by ^C; a second one does not wait for a node that does not answer.
fn ended() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&flag);
    let told = Signals::heed(move || {
        if set.swap(true, Ordering::Relaxed) {
            process::exit(i32::from(exit::INTERRUPTED));
        }
    });
    // Where no signal can be caught it ends calha, which has changed nothing.
    drop(told);
    flag
}

/// Logs that are being read.
struct Reading<'l, 'h> {
    log: &'l Log,
    logs: Vec<(NodeName, NodeLog<'h>)>,
    status: u8,
}

impl Reading<'_, '_> {
    /// Tells what is there, and with `--follow` what comes, until ^C.
    fn tell(&mut self, filter: &Filter) -> std::io::Result<()> {
        let mut out = std::io::BufWriter::new(Output);
        self.pass(filter, &mut out)?;
        if !self.log.follow {
            return Ok(());
        }
        let over = ended();
        while !over.load(Ordering::Relaxed) {
            std::thread::sleep(PAUSE);
            self.logs.iter_mut().for_each(|(_, log)| log.look_again());
            self.pass(filter, &mut out)?;
        }
        Ok(())
    }

    /// Tells all messages up to the present end of each log, the oldest first.
    fn pass(&mut self, filter: &Filter, out: &mut dyn Write) -> std::io::Result<()> {
        while let Some(message) = self.oldest(filter) {
            writeln!(out, "{}", self.log.line(&message))?;
        }
        out.flush()
    }

    fn oldest(&mut self, filter: &Filter) -> Option<Message> {
        let mut failed = Vec::new();
        let mut oldest = None;

        for (name, log) in &mut self.logs {
            match log.next_at(filter, self.log.follow) {
                Ok(Some(at)) if oldest.as_ref().is_none_or(|(first, _)| at < *first) => {
                    oldest = Some((at, log));
                }
                Ok(_) => {}
                Err(error) => failed.push((name.clone(), error)),
            }
        }

        let message = oldest.and_then(|(_, log)| log.next());
        let further = if self.log.follow { "it is tried again" } else { "the rest is not shown" };
        failed.iter().for_each(|(name, error)| self.failed(name, error, further));
        message
    }

    /// One node's log cannot be read: that is said, and the others are read all the same.
    fn failed(&mut self, node: &NodeName, error: &HostError, further: &str) {
        complain(&format!("{node}: {error}; {further}"));
        let status = match error {
            HostError::Lost { .. } | HostError::Unreachable { .. } => exit::UNREACHABLE,
            _ => exit::FAILED,
        };
        self.status = self.status.max(status);
    }
}
