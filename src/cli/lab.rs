//! `calha lab`: the simulated cluster from the outside, as an operator of it would see it. The
//! cluster itself is in `lab`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use clap_complete::engine::ArgValueCandidates;

use super::lab_create::LabCreate;
use super::lab_destroy::LabDestroy;
use super::lab_shell::LabShell;
use super::{complain, print, values};
use crate::exit;
use crate::lab::{Disk, Fault, unknown_name};
use crate::node::NodeName;

/// Each form of a fault, as the help of `calha lab fault` shows it. A test reads them as faults.
const FAULTS: &str = r#"Examples, one of each form:
  The first call of a program fails; "host", "argument" may be left out:
    '{"fault":"call","program":"mount","host":"Node1","argument":"/cal",
      "nth":1,"trouble":{"trouble":"fails","status":1,"text":"I/O error"}}'
  Other troubles of a call:
    {"trouble":"garbage"}, {"trouble":"floods"}, {"trouble":"pretends"},
    {"trouble":"hangs","seconds":9}, {"trouble":"dies","after":0},
    {"trouble":"errs","status":1,"text":"late"},
    {"trouble":"overlooks","text":"-o"},
    {"trouble":"misplaces","ending":".new"}
  Troubles of the configurator alone:
    {"trouble":"task-fails","task":2}, {"trouble":"korean"},
    {"trouble":"concludes","sentence":"Failed."}
  A resource does not start, on one node or with "host":null on any:
    '{"fault":"start-fails","resource":"CAL-SVR-RS","host":"Node1"}'
  A resource does not stop, once:
    '{"fault":"stop-fails","resource":"CAL-SVR-RS"}'
  The stop of a resource does not come back:
    '{"fault":"stays-stopping","resource":"CAL-SVR-RS"}'
  Validate refuses a resource; "version", "property", "value" narrow that:
    '{"fault":"validate-refuses","resource":"CAL-SVR-RS","version":"1.0"}'
  A group never comes online:
    '{"fault":"stays-pending","group":"CAL-RG"}'
  The cluster has another word for a state:
    '{"fault":"state-reads","of":"CAL-RG","word":"DEGRADED"}'
  Another machine answers on a logical address:
    '{"fault":"address-taken","address":"cal-host"}'
  The manager of the directory has another password:
    '{"fault":"manager-password","password":"changed"}'
  A file system is full:
    '{"fault":"disk-full","host":"Node1","path":"/var/opt/calha"}'

So it is typed:
  calha lab fault /tmp/lab '{"fault":"stop-fails","resource":"CAL-SVR-RS"}'
  calha lab fault /tmp/lab --clear   nothing goes wrong any more"#;

/// `calha lab`: the simulated cluster on its own.
#[derive(Args)]
#[command(after_help = "Examples: calha lab create /tmp/lab profiles/asymmetric.toml\n          \
                  calha lab shell /tmp/lab Node1")]
pub struct Lab {
    #[command(subcommand)]
    command: LabCommand,
}

#[derive(Subcommand)]
enum LabCommand {
    Create(LabCreate),
    /// A shell on a node; with words behind the node it runs those: a printed script, for example.
    Shell(LabShell),
    /// End what runs in a lab, and remove it.
    Destroy(LabDestroy),
    /// Nodes, groups, resources and mounts.
    #[command(after_help = "Example: calha lab status /tmp/lab")]
    Status {
        directory: PathBuf,
    },
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
    #[command(after_help = FAULTS)]
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
            LabCommand::Create(create) => return create.run(),
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
            .map_err(|e| format!("{text}: {e}\n  hint: calha lab fault --help shows each form"))?;
        let cluster = lab.cluster().map_err(said)?;
        if let Some(unknown) = unknown_name(&fault, &cluster) {
            return Err(unknown);
        }
        lab.inject(fault).map_err(said)?;
    }
    let cluster = lab.cluster().map_err(said)?;
    let waiting = cluster.faults.iter().filter(|fault| !fault.is_spent());
    Ok(waiting.map(|f| format!("{}\n", serde_json::json!(f))).collect())
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
