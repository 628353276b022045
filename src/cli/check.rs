//! `calha check`: opens every connection of a profile and tells who answers there; with
//! --prerequisites also what `install` would find before its first change. Every host is tried,
//! whatever became of the others, and nothing is changed or begun.

use std::fmt::Write as _;
use std::process::ExitCode;

use clap::Args;
use clap_complete::engine::ArgValueCandidates;
use serde::Serialize;

use super::accepted_code::accepted_code;
use super::connect::{ANEW, Connections, connect_each, connectors, member};
use super::many::Many;
use super::waiting::HostAnswer;
use super::work::foresee;
use super::{Form, ProfileArguments, RunArguments, complain, print, refuse, values};
use crate::engine::{Event, Stop, on_each};
use crate::exit;
use crate::host::{Acquaintance, GONE, ShellHost};
use crate::node::{HostError, NodeName, NodePath};
use crate::problem::{Code, Problem, codes};
use crate::text::fitted;
use crate::ui::{explain_way, printed_width};

/// A clock that is off by so many seconds is said; the time of a round trip and a whole second of
/// date(1) are no difference.
const CLOCK: i64 = 3;

/// `calha check`: is everything there that an installation has to reach? Changes nothing.
#[derive(Args)]
#[command(after_help = "Example: calha check profiles/asymmetric.toml\n\
                        Exit status: 0 every host answers as the superuser, 1 one does not, or \
                        something is in the way of an installation (--prerequisites), 3 an \
                        installation would ask (--prerequisites), 5 a host cannot be reached.")]
pub struct Check {
    #[command(flatten)]
    profile: ProfileArguments,
    #[command(flatten)]
    many: Many,
    /// Tell also what `install` would find before its first change. Begins nothing.
    #[arg(long)]
    prerequisites: bool,
    /// Do not count a question or a problem with this code; may be repeated.
    #[arg(
        long,
        value_name = "CODE",
        requires = "prerequisites",
        value_parser = accepted_code,
        add = ArgValueCandidates::new(values::accepted)
    )]
    accept: Vec<String>,
}

/// What was found.
struct Found {
    lines: Vec<Line>,
    prerequisites: Option<Prerequisites>,
}

/// What an installation would find before its first change.
struct Prerequisites {
    told: Vec<Event>,
    result: Result<(), Stop>,
}

/// What became of one connection.
#[derive(Serialize)]
struct Line {
    host: NodeName,
    #[serde(flatten)]
    who: Option<Acquaintance>,
    problems: Vec<Problem>,
    #[serde(skip)]
    unreachable: bool,
}

/// Why nobody was asked.
enum Refusal {
    Problems(Vec<Problem>),
    Stop(Stop),
}

impl Check {
    pub fn run(&self) -> ExitCode {
        if self.many.is_needed(&self.profile.file) {
            let mut options = self.profile.options();
            if self.many.format == Form::Json {
                options.extend(["--format", "json"].map(String::from));
            }
            if self.prerequisites {
                options.push("--prerequisites".into());
            }
            options.extend(self.accept.iter().flat_map(|c| ["--accept".to_owned(), c.clone()]));
            return self.many.run("check", &self.profile.file, &options);
        }

        let found = match self.profile.text().has_members_only(&self.profile.set) {
            true if self.prerequisites => Err(Refusal::Problems(vec![nothing_to_install()])),
            true => self.members_alone(),
            false => self.all_hosts(),
        };
        match found {
            Ok(found) => self.tell(&found),
            Err(Refusal::Problems(problems)) => refuse(&problems),
            Err(Refusal::Stop(stop)) => {
                complain(&explain_way(&stop, &self.profile.way()));
                ExitCode::from(exit::of(&stop))
            }
        }
    }

    fn tell(&self, found: &Found) -> ExitCode {
        let lines = &found.lines;
        if self.many.format == Form::Json {
            let mut out = serde_json::json!({ "version": 1, "hosts": lines });
            if let Some(Prerequisites { told, .. }) = &found.prerequisites {
                out["prerequisites"] = serde_json::json!(told);
            }
            print(&format!("{out:#}\n"));
        } else {
            let facts = found.prerequisites.iter().flat_map(|p| &p.told).filter_map(fact);
            let facts = facts.collect::<String>();
            print(&fitted(&(text(lines) + &facts), printed_width()));
            lines.iter().flat_map(|l| &l.problems).for_each(|p| complain(&p.to_string()));
        }

        if lines.iter().any(|l| l.unreachable) {
            return ExitCode::from(exit::UNREACHABLE);
        }
        if let Some(Prerequisites { result: Err(stop), .. }) = &found.prerequisites {
            complain(&explain_way(stop, &self.profile.way()));
            return ExitCode::from(exit::of(stop));
        }
        if lines.iter().any(|l| l.who.as_ref().is_some_and(|w| !w.is_superuser())) {
            return ExitCode::from(exit::FAILED);
        }
        ExitCode::from(exit::DONE)
    }

    /// Every host that an installation needs.
    fn all_hosts(&self) -> Result<Found, Refusal> {
        let run = RunArguments::looking(self.profile.clone(), self.accept.clone());
        let (resolved, guide) = run.load().map_err(Refusal::Problems)?;
        let given = connectors(&resolved, &guide, &guide.hosts).map_err(Refusal::Stop)?;
        let query = resolved.settings.limits.query;
        let connected = connect_each(given, &guide.record, query);
        let lines = meet_all(&connected, &resolved.settings.cluster.nodes);

        let all = connected.into_iter().map(|told| Some((told.host, told.answer.ok()?)));
        let there: Option<Connections> = all.collect();
        let prerequisites = there.filter(|_| self.prerequisites).map(|there| {
            let (told, result) = foresee(&run, &guide, &there);
            Prerequisites { told, result }
        });
        Ok(Found { lines, prerequisites })
    }

    /// The members of a cluster, of a profile that has nothing to install.
    fn members_alone(&self) -> Result<Found, Refusal> {
        let members =
            self.profile.text().load_members(&self.profile.set).map_err(Refusal::Problems)?;
        let given: Result<Vec<_>, Problem> =
            members.nodes.iter().map(|node| member(&members, node)).collect();
        let given = given.map_err(|problem| Refusal::Problems(vec![problem]))?;
        // Nothing is kept there by who only asks.
        let record = NodePath::new("/var/opt/calha").expect("a fixed path");
        let connected = connect_each(given, &record, members.query);
        Ok(Found { lines: meet_all(&connected, &members.nodes), prerequisites: None })
    }
}

/// A profile of members alone has no prerequisites.
fn nothing_to_install() -> Problem {
    Problem::new(codes::INSTANCE_MISSING, "the profile has no instance, so nothing to install")
        .hint("add a table [instance.NAME], or leave --prerequisites out")
}

/// What was seen, in a line, or what is worth knowing.
fn fact(event: &Event) -> Option<String> {
    match event {
        Event::Fact { text, .. } => Some(format!("{text}\n")),
        Event::Notice { problem, .. } => Some(format!("note: {problem}\n")),
        Event::Ended { summary, .. } => Some(format!("install: {summary}\n")),
        _ => None,
    }
}

/// Who answers at the end of each connection, all asked at once.
fn meet_all(connected: &[HostAnswer<ShellHost>], members: &[NodeName]) -> Vec<Line> {
    let meet = |told: &HostAnswer<ShellHost>| {
        let who = told.answer.as_ref().map_err(HostError::clone);
        line(told.host.clone(), who.and_then(Acquaintance::make), members)
    };
    let died = |host: &NodeName| {
        let lost = HostError::Unreachable { node: host.0.clone(), why: "its thread ended".into() };
        line(host.clone(), Err(lost), members)
    };
    let met = on_each(connected, true, meet);
    met.into_iter()
        .zip(connected)
        .map(|(met, one)| met.unwrap_or_else(|| died(&one.host)))
        .collect()
}

fn line(host: NodeName, who: Result<Acquaintance, HostError>, members: &[NodeName]) -> Line {
    let mut problems = Vec::new();
    let mut problem = |code: Code, what: String, hint: &str| {
        problems.push(Problem::new(code, what).on(host.as_str()).hint(hint));
    };

    let (who, unreachable) = match who {
        Ok(who) => (Some(who), false),
        Err(error) => {
            let why = error.to_string();
            let hint = if why.contains(GONE) { ANEW } else { "try the same connection by hand" };
            problem(codes::HOST_UNREACHABLE, why, hint);
            (None, true)
        }
    };

    if let Some(who) = &who {
        if !who.is_superuser() {
            problem(
                codes::CHECK_SUPERUSER,
                format!("the shell there does not run as the superuser: {}", who.user),
                "connect as root, or through a command that becomes root",
            );
        }
        if who.name != host.as_str() && members.contains(&host) {
            problem(
                codes::CHECK_NAME,
                format!("this host calls itself {}", who.name),
                "where the cluster's name of a node is another than its host name this is right; \
                 else the connection leads elsewhere",
            );
        }
        if let Some(seconds) = who.clock.filter(|s| s.abs() >= CLOCK) {
            let way = if seconds > 0 { "ahead of" } else { "behind" };
            problem(
                codes::CHECK_CLOCK,
                format!("its clock is {} s {way} this machine's", seconds.abs()),
                "times in logs and journals will not agree; the nodes of a cluster keep theirs \
                 together by ntp",
            );
        }
    }
    Line { host, who, problems, unreachable }
}

fn text(lines: &[Line]) -> String {
    let width = lines.iter().map(|l| l.host.as_str().len()).max().unwrap_or(0).max(4);
    let mut out = format!(
        "{:<width$}  {:<10} {:<14} {:<8} {:>6}  {:>10}\n",
        "host", "user", "system", "shell", "clock", "round trip"
    );

    for line in lines {
        // Writing into a String cannot fail.
        let _ = match &line.who {
            Some(who) => {
                let user = who.user.split(['(', ')']).nth(1).unwrap_or("?");
                let clock = who.clock.map_or_else(|| "?".to_owned(), |s| format!("{s:+} s"));
                let (system, shell, trip) =
                    (&who.system, &who.shell, format!("{:.1} ms", who.round_trip));
                writeln!(
                    out,
                    "{:<width$}  {user:<10} {system:<14} {shell:<8} {clock:>6}  {trip:>10}",
                    line.host.as_str()
                )
            }
            None => writeln!(out, "{:<width$}  cannot be reached", line.host.as_str()),
        };
    }
    out
}
