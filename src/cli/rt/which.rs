//! `calha rt which`: under which of its two names a version of a type is registered.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCandidates;

use super::values;
use crate::cli::connect::connect_to_a_member;
use crate::cli::{ProfileArguments, complain, print, refuse};
use crate::cluster::queries::registered_types;
use crate::cluster::{MONITOR, queries};
use crate::exit;
use crate::node::{Command, HostError, Inspect};
use crate::problem::{Problem, codes};
use crate::profile;
use crate::ui::explain_way;

/// `calha rt which`: the name that monitor code has to use on this cluster.
#[derive(Args)]
#[command(after_help = "Examples: calha rt which site.toml SUNW.nfs 3.2\n          \
                        calha rt which site.toml --resource nfs-rs\n          \
                        calha rt which --emit sh >> my_agent_monitor\n\
                        Exit status: 0 the name is printed, 1 that version or resource is not \
                        there, 2 wrong arguments, 5 no node can be reached.")]
pub struct Which {
    /// A profile; the tables [cluster] and [node.NAME] are enough.
    #[arg(required_unless_present = "emit")]
    site: Option<PathBuf>,
    /// The type, without its version.
    #[arg(
        value_name = "VENDOR.NAME",
        required_unless_present_any = ["resource", "emit"],
        add = ArgValueCandidates::new(values::types)
    )]
    name: Option<String>,
    /// Its version, RT_version.
    #[arg(
        required_unless_present_any = ["resource", "emit"],
        add = ArgValueCandidates::new(values::versions)
    )]
    version: Option<String>,
    /// The type of this resource instead.
    #[arg(long, value_name = "RESOURCE", conflicts_with_all = ["name", "version"])]
    resource: Option<String>,
    /// Print functions for monitor code that ask the same on a node. It asks no node now.
    #[arg(long, value_enum, value_name = "LANGUAGE", conflicts_with_all = ["site", "resource"])]
    emit: Option<Language>,
    /// Answer a setting here instead of in the profile; may be repeated.
    #[arg(
        long = "set",
        value_name = "KEY=VALUE",
        add = ArgValueCandidates::new(crate::cli::values::keys)
    )]
    set: Vec<String>,
}

/// What the functions are written in.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Language {
    /// The Bourne shell.
    Sh,
}

impl Which {
    pub fn run(&self) -> ExitCode {
        let (None, Some(site)) = (self.emit, &self.site) else { return print(MONITOR) };
        let members = match profile::load_members(site, &self.set) {
            Ok(members) => members,
            Err(problems) => return refuse(&problems),
        };
        let host = match connect_to_a_member(&members) {
            Ok(host) => host,
            Err(stop) => {
                let of = ProfileArguments::new(site.clone(), self.set.clone());
                complain(&explain_way(&stop, &of.way()));
                return ExitCode::from(exit::of(&stop));
            }
        };

        let answer = match (&self.resource, &self.name, &self.version) {
            (Some(resource), ..) => of_resource(&host, resource),
            (None, Some(name), Some(version)) => registered(&host, name, version),
            // clap has refused that.
            _ => return ExitCode::from(exit::USAGE),
        };
        match answer {
            Ok(name) => print(&format!("{name}\n")),
            Err(problem) => {
                complain(&problem.to_string());
                let lost = problem.code == codes::HOST_LOST;
                ExitCode::from(if lost { exit::UNREACHABLE } else { exit::FAILED })
            }
        }
    }
}

/// What a command of the cluster prints; nothing where it ends with another status than 0.
fn asked(host: &dyn Inspect, command: &Command) -> Result<Option<String>, Problem> {
    let output = host.query(command).map_err(lost)?;
    Ok(output.success().then(|| output.text().trim_end_matches('\n').to_owned()))
}

fn lost(error: HostError) -> Problem {
    Problem::new(codes::HOST_LOST, error.to_string())
}

/// The guide's two calls: for one version only one of the two names answers with it.
fn registered(host: &dyn Inspect, name: &str, version: &str) -> Result<String, Problem> {
    for full in [name.to_owned(), format!("{name}:{version}")] {
        let said = asked(host, &queries::type_version(&full))?;
        if said.as_deref() == Some(version) {
            return Ok(full);
        }
    }

    let listed = host.query(&registered_types()).map_err(lost)?;
    let all: Vec<String> = listed.text().lines().map(str::to_owned).collect();
    let own = all.iter().filter(|full| full.split(':').next() == Some(name));
    let own: Vec<&str> = own.map(String::as_str).collect();
    let what = format!("version {version} of {name} is not registered");
    let problem = Problem::new(codes::RT_WHICH, what).on(host.name().as_str());
    let node = host.name();
    Err(problem.hint(match (listed.success(), own.is_empty()) {
        (false, _) => format!("{node} does not say which types are: is it in the cluster?"),
        (true, true) => format!("no version of it is; look on {node}: scrgadm -p"),
        (true, false) => format!("registered are: {}", own.join(", ")),
    }))
}

/// The guide's `scha_resource_get -O Type`.
fn of_resource(host: &dyn Inspect, resource: &str) -> Result<String, Problem> {
    let said = asked(host, &queries::type_as_in_the_guide(resource))?;
    said.filter(|name| !name.is_empty()).ok_or_else(|| {
        let what = format!("there is no resource {resource}");
        let problem = Problem::new(codes::RT_WHICH, what).on(host.name().as_str());
        problem.hint(format!("look on {}: scstat -g", host.name()))
    })
}
