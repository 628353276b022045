//! `calha lab`: the simulated cluster from the outside, as an operator of it would see it. The
//! cluster itself is in `lab`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use clap_complete::engine::ArgValueCandidates;

use super::lab_destroy::LabDestroy;
use super::lab_shell::LabShell;
use super::{Nodes, ProfileArguments, complain, print, refuse, values};
use crate::exit;
use crate::lab::{Disk, Fault, Personality};
use crate::node::NodeName;

/// `calha lab`: the simulated cluster on its own.
#[derive(Args)]
#[command(
    after_help = "Example: calha lab create /tmp/lab profiles/asymmetric.toml; calha lab shell \
                  /tmp/lab Node1"
)]
pub struct Lab {
    #[command(subcommand)]
    command: LabCommand,
}

#[derive(Subcommand)]
enum LabCommand {
    /// Make a fresh cluster for a profile in a directory that is missing or empty.
    #[command(
        after_help = "Examples: calha lab create /tmp/lab profiles/asymmetric.toml\n          \
                      calha lab create /tmp/odd profiles/asymmetric.toml --on odd"
    )]
    Create {
        directory: PathBuf,
        #[command(flatten)]
        profile: ProfileArguments,
        #[command(flatten)]
        nodes: Nodes,
    },
    /// A shell on a node; with words behind the node it runs those: a printed script, for example.
    Shell(LabShell),
    /// End what runs in a lab, and remove it.
    Destroy(LabDestroy),
    /// Nodes, groups, resources and mounts.
    #[command(after_help = "Example: calha lab status /tmp/lab")]
    Status { directory: PathBuf },
    /// Power a node off: its groups go to the next one.
    #[command(after_help = "Example: calha lab down /tmp/lab Node1")]
    Down {
        directory: PathBuf,
        #[arg(add = ArgValueCandidates::new(values::lab_hosts))]
        node: String,
    },
    /// Power a node on.
    #[command(after_help = "Example: calha lab up /tmp/lab Node1")]
    Up {
        directory: PathBuf,
        #[arg(add = ArgValueCandidates::new(values::lab_hosts))]
        node: String,
    },
    /// Have something go wrong: a fault as JSON; without one the faults that wait are listed.
    #[command(after_help = "Example: calha lab fault /tmp/lab \
                            '{\"fault\":\"stop-fails\",\"resource\":\"CAL-SVR-RS\"}'")]
    Fault {
        directory: PathBuf,
        #[arg(value_name = "JSON")]
        fault: Option<String>,
        /// Nothing goes wrong any more.
        #[arg(long)]
        clear: bool,
    },
    /// A line for every path and every line of the configuration: two equal digests are two equal
    /// clusters.
    #[command(after_help = "Example: calha lab digest /tmp/lab --except /var/adm")]
    Digest {
        directory: PathBuf,
        /// Leave this path and what is below it out; may be repeated.
        #[arg(long, value_name = "PATH")]
        except: Vec<String>,
    },
    /// The calls of simulated programs so far.
    #[command(after_help = "Example: calha lab calls /tmp/lab --changing")]
    Calls {
        directory: PathBuf,
        /// Only those after which something was different.
        #[arg(long)]
        changing: bool,
    },
}

impl Lab {
    pub fn run(&self) -> ExitCode {
        let result = match &self.command {
            LabCommand::Create { directory, profile, nodes } => {
                return create(directory, profile, nodes.on);
            }
            LabCommand::Destroy(destroy) => return destroy.run(),
            LabCommand::Shell(shell) => {
                open(&shell.directory, Some(&shell.node)).and_then(|lab| shell.run(&lab))
            }
            LabCommand::Status { directory } => open(directory, None).and_then(|lab| status(&lab)),
            LabCommand::Down { directory, node } => open(directory, Some(node)).and_then(|lab| {
                lab.kill_node(&NodeName(node.clone())).map_err(said).map(|()| String::new())
            }),
            LabCommand::Up { directory, node } => open(directory, Some(node)).and_then(|lab| {
                lab.boot_node(&NodeName(node.clone())).map_err(said).map(|()| String::new())
            }),
            LabCommand::Fault { directory, fault, clear } => {
                open(directory, None).and_then(|lab| faults(&lab, fault.as_deref(), *clear))
            }
            LabCommand::Digest { directory, except } => open(directory, None).and_then(|lab| {
                let except: Vec<&str> = except.iter().map(String::as_str).collect();
                lab.digest_all(&except).map_err(said).map(|d| d.to_string())
            }),
            LabCommand::Calls { directory, changing } => {
                open(directory, None).and_then(|lab| calls(&lab, *changing))
            }
        };

        match result {
            Ok(text) => print(&text),
            Err(why) => {
                complain(&why);
                ExitCode::from(exit::FAILED)
            }
        }
    }
}

#[allow(clippy::needless_pass_by_value)]
fn said(error: std::io::Error) -> String {
    error.to_string()
}

fn open(directory: &Path, node: Option<&String>) -> Result<Disk, String> {
    let lab = Disk::open(directory).map_err(|e| {
        format!(
            "{}: no simulated cluster: {e}\n  hint: calha lab create makes one",
            directory.display()
        )
    })?;
    let nodes = lab.nodes().map_err(said)?;
    match node {
        Some(node) if !nodes.iter().any(|n| n.as_str() == node) => {
            let names: Vec<&str> = nodes.iter().map(NodeName::as_str).collect();
            Err(format!("{node}: no such host in this lab\n  hint: it has {}", names.join(", ")))
        }
        _ => Ok(lab),
    }
}

fn create(directory: &Path, profile: &ProfileArguments, on: Personality) -> ExitCode {
    let (resolved, _) = match profile.load() {
        Ok(loaded) => loaded,
        Err(problems) => return refuse(&problems),
    };

    match std::env::current_exe()
        .and_then(|program| Disk::create_on(on, directory, &resolved.settings, &program))
    {
        Ok(lab) => {
            let nodes = lab.nodes().unwrap_or_default();
            let lines: Vec<String> = nodes
                .iter()
                .map(|n| format!("calha lab shell {} {n}\n", directory.display()))
                .collect();
            print(&lines.concat())
        }
        Err(error) => {
            complain(&format!(
                "{}: {error}\n  hint: name a directory that is missing or empty",
                directory.display()
            ));
            ExitCode::from(exit::FAILED)
        }
    }
}

fn status(lab: &Disk) -> Result<String, String> {
    let cluster = lab.cluster().map_err(said)?;
    let mut out = String::new();
    // Writing into a String cannot fail, here and below.
    for (name, machine) in &cluster.hosts {
        let _ = writeln!(out, "host     {name:<16} {}", if machine.up { "up" } else { "down" });
    }

    for group in &cluster.groups {
        for node in cluster.members() {
            let _ = writeln!(
                out,
                "group    {:<16} {node:<12} {}",
                group.name,
                group.state(&node).word()
            );
        }
    }

    for resource in &cluster.resources {
        for (node, state) in &resource.states {
            let _ = writeln!(out, "resource {:<16} {node:<12} {}", resource.name, state.word());
        }
    }

    for mount in &cluster.mounts {
        let _ = writeln!(out, "mount    {:<16} {}", mount.point, mount.host);
    }
    Ok(out)
}

fn faults(lab: &Disk, fault: Option<&str>, clear: bool) -> Result<String, String> {
    if clear {
        lab.clear_faults().map_err(said)?;
    }
    if let Some(text) = fault {
        let fault: Fault = serde_json::from_str(text)
            .map_err(|e| format!("{text}: {e}\n  hint: see the example of --help"))?;
        lab.inject(fault).map_err(said)?;
    }
    let cluster = lab.cluster().map_err(said)?;
    Ok(cluster.faults.iter().map(|f| format!("{}\n", serde_json::json!(f))).collect())
}

fn calls(lab: &Disk, changing: bool) -> Result<String, String> {
    let calls = if changing { lab.changing_calls() } else { lab.calls() }.map_err(said)?;
    let line = |c: crate::lab::CallRecord| {
        format!(
            "{} {} {} (status {}{})\n",
            c.host,
            c.program,
            c.args.join(" "),
            c.status,
            if c.changed { ", changed something" } else { "" }
        )
    };
    Ok(calls.into_iter().map(line).collect())
}
