use std::io::Write as _;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Subcommand};
use clap_complete::engine::ArgValueCandidates;

use super::connect::{connect, connect_to_those_there};
use super::work::{hosts, interrupt, work_with};
use super::{Form, ProfileArguments, RunArguments, complain, refuse, values};
use crate::cluster_log::{Filter, Message, Severity, Stamp};
use crate::engine::{Engine, Stop};
use crate::exit;
use crate::guide::Guide;
use crate::host::{Host, HostError, NodeName};
use crate::op::{Command, NodePath};
use crate::setting::Resolved;
use crate::step::{CLUSTER_LOG, Hosts};
use crate::ui::{Way, explain_way, printable};

/// `calha debug`: what the agent writes about itself, switched on and off on every node, and read (6.10).
#[derive(Subcommand)]
pub enum Debug {
    /// Have the agent write what it does, to /var/adm/clusterlog on every node.
    On(On),
    /// Take that back: only what debug on has put there.
    Off(Off),
    /// Read the messages of all nodes, in the order of time.
    Log(Log),
}

#[derive(Args)]
#[command(after_help = "Example: calha debug on profiles/asymmetric.toml --level 9")]
pub struct On {
    #[command(flatten)]
    run: RunArguments,
    /// How much the agent writes: 0 nothing, 9 everything.
    #[arg(long, default_value_t = 9, value_parser = clap::value_parser!(u8).range(0..=9))]
    level: u8,
}

#[derive(Args)]
#[command(after_help = "Example: calha debug off profiles/asymmetric.toml")]
pub struct Off {
    #[command(flatten)]
    run: RunArguments,
}

#[derive(Args)]
#[command(
    after_help = "Examples: calha debug log profiles/asymmetric.toml --level error\n          calha debug log profiles/symmetric.toml --group CAL-CS1-RG --since \"Dec 11 18:00\" -f"
)]
pub struct Log {
    #[command(flatten)]
    profile: ProfileArguments,
    /// Of this resource type: SUNW.scics.
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
    /// From this time on: "Dec 11 18:00". A log has no years.
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

impl Debug {
    pub fn run(&self) -> ExitCode {
        match self {
            Self::On(on) => on.run(),
            Self::Off(off) => off.run(),
            Self::Log(log) => log.run(),
        }
    }
}

impl On {
    fn run(&self) -> ExitCode {
        let again = format!("calha debug on {} --level {}", self.run.profile.path(), self.level);
        let level = self.level;
        change(&self.run, level, again, &mut |engine| {
            // Another level is another content of the agent's file: what stands is taken back first.
            if engine.has_other_settings() {
                engine.unwind("debug off", None)?;
            }
            engine.install("debug on")
        })
    }
}

impl Off {
    fn run(&self) -> ExitCode {
        let again = format!("calha debug off {}", self.run.profile.path());
        change(&self.run, 9, again, &mut |engine| engine.unwind("debug off", None))
    }
}

/// Works with the guide of debugging, on all nodes.
fn change(
    run: &RunArguments,
    level: u8,
    again: String,
    work: &mut dyn FnMut(&mut Engine<'_>) -> Result<(), Stop>,
) -> ExitCode {
    let (resolved, guide) = match debugging(&run.profile, level) {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    let profile = run.profile.path();
    let way = Way { again, back: Some(format!("calha debug off {profile}")), profile };
    match connect(&resolved, &guide) {
        Ok(connected) => work_with(run, &guide, hosts(&connected), &way, work),
        Err(stop) => {
            complain(&explain_way(&stop, &way));
            ExitCode::from(exit::of(&stop))
        }
    }
}

fn debugging(profile: &ProfileArguments, level: u8) -> Result<(Resolved, Guide), ExitCode> {
    let (resolved, whole) = profile.load().map_err(|problems| refuse(&problems))?;
    let guide =
        Guide::debugging(&resolved, &whole.profile, level).map_err(|problem| refuse(&[problem]))?;
    Ok((resolved, guide))
}

impl Log {
    fn run(&self) -> ExitCode {
        let (resolved, guide) = match debugging(&self.profile, 9) {
            Ok(loaded) => loaded,
            Err(code) => return code,
        };
        let Ok(path) = NodePath::new(self.file.as_str()) else {
            complain(&format!("--file {}: not an absolute path on a node", self.file));
            return ExitCode::from(exit::USAGE);
        };
        let nodes: Vec<NodeName> = guide
            .members
            .iter()
            .filter(|n| self.node.as_ref().is_none_or(|o| o == n.as_str()))
            .cloned()
            .collect();
        if nodes.is_empty() {
            let known: Vec<&str> = guide.members.iter().map(NodeName::as_str).collect();
            complain(&format!(
                "--node {}: the nodes are {}",
                self.node.as_deref().unwrap_or_default(),
                known.join(", ")
            ));
            return ExitCode::from(exit::USAGE);
        }
        let profile = self.profile.path();
        let way = Way { again: format!("calha debug log {profile}"), back: None, profile };
        match connect_to_those_there(&resolved, &guide, &nodes) {
            Ok((connected, missing)) => {
                missing.iter().for_each(|m| complain(&format!("left out: {m}")));
                match self.read(&hosts(&connected), &path) {
                    Ok(code) => code,
                    Err(error) => {
                        complain(&error.to_string());
                        ExitCode::from(exit::UNREACHABLE)
                    }
                }
            }
            Err(stop) => {
                complain(&explain_way(&stop, &way));
                ExitCode::from(exit::of(&stop))
            }
        }
    }

    fn filter(&self) -> Filter {
        Filter {
            resource_type: self.resource_type.clone(),
            group: self.group.clone(),
            resource: self.resource.clone(),
            method: self.method.clone(),
            level: self.level,
            since: self.since,
            until: self.until,
        }
    }

    fn read(&self, hosts: &Hosts<'_>, path: &NodePath) -> Result<ExitCode, HostError> {
        let filter = self.filter();
        let mut logs: Vec<Tail<'_>> = Vec::new();
        for (name, host) in hosts {
            match host.read(path) {
                Ok(bytes) => logs.push(Tail {
                    host: *host,
                    path,
                    bytes: bytes.len(),
                    rest: Vec::new(),
                    first: bytes,
                }),
                Err(HostError::Io { why, .. }) => {
                    complain(&format!("{name}: {path}: {why}; calha debug on makes it"))
                }
                Err(other) => return Err(other),
            }
        }
        if logs.is_empty() {
            return Ok(ExitCode::from(exit::FAILED));
        }
        let first =
            logs.iter_mut().flat_map(|log| std::mem::take(&mut log.first)).collect::<Vec<u8>>();
        let mut messages = Message::all(&String::from_utf8_lossy(&first));
        messages.sort_by_key(|m| m.at);
        if !self.tell(&messages, &filter) {
            return Ok(ExitCode::SUCCESS);
        }
        let interrupted = interrupt();
        while self.follow && !interrupted.load(std::sync::atomic::Ordering::Relaxed) {
            std::thread::sleep(Duration::from_millis(500));
            for log in &mut logs {
                let more = log.more()?;
                if !self.tell(&Message::all(&more), &filter) {
                    return Ok(ExitCode::SUCCESS);
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Prints what is wanted; false when nobody reads any more.
    fn tell(&self, messages: &[Message], filter: &Filter) -> bool {
        let mut out = String::new();
        for message in messages.iter().filter(|m| filter.takes(m)) {
            match self.format {
                Form::Text => out.push_str(&printable(&message.line())),
                Form::Json => out.push_str(&serde_json::to_string(message).unwrap_or_default()),
            }
            out.push('\n');
        }
        let mut to = std::io::stdout().lock();
        to.write_all(out.as_bytes()).and_then(|()| to.flush()).is_ok()
    }
}

/// A log that is being written.
struct Tail<'h> {
    host: &'h dyn Host,
    path: &'h NodePath,
    /// How far it was read.
    bytes: usize,
    /// The beginning of a line whose end is not there yet.
    rest: Vec<u8>,
    /// What stood there at first.
    first: Vec<u8>,
}

impl Tail<'_> {
    /// Whole lines that were added since.
    fn more(&mut self) -> Result<String, HostError> {
        let tail =
            Command::new("/usr/bin/tail", [format!("+{}c", self.bytes + 1), self.path.to_string()]);
        let output = self.host.query(&tail)?;
        self.bytes += output.stdout.len();
        self.rest.extend_from_slice(&output.stdout);
        let whole = self.rest.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let lines: Vec<u8> = self.rest.drain(..whole).collect();
        Ok(String::from_utf8_lossy(&lines).into_owned())
    }
}
