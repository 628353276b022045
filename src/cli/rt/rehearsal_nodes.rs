//! The nodes of a rehearsed upgrade: both registration files and their methods lie there as a
//! package would leave them, and a resource of the old version is online.

use std::fmt::Write as _;

use super::rehearsal_values::RehearsalValues;
use crate::cluster::commands;
use crate::lab::{Disk, Resource};
use crate::node::{Command, Files, HostError, Mode, NodeName, NodePath, Owner};
use crate::op::quote;
use crate::problem::{Problem, codes};
use crate::resource_type::{Declarations, RegistrationFile};
use crate::text::{printable, wrapped};
use crate::type_upgrade::Version;

/// What its profile calls the cluster.
pub const CLUSTER: &str = "rehearsal";
const GROUP: &str = "rehearsal-rg";
pub const RESOURCE: &str = "rehearsal-rs";

/// A method that succeeds: what the author's own does is not rehearsed.
const METHOD: &[u8] = b"#!/bin/sh\nexit 0\n";

/// The simulated nodes.
pub struct RehearsalNodes<'l> {
    lab: &'l Disk,
    members: Vec<NodeName>,
}

impl<'l> RehearsalNodes<'l> {
    /// # Errors
    /// A simulated cluster that cannot be read.
    pub fn of(lab: &'l Disk) -> Result<Self, Problem> {
        let members = lab.cluster().map_err(|error| refused(error.to_string()))?.members();
        Ok(Self { lab, members })
    }

    /// A profile of the members, each with its shell.
    pub fn profile(&self) -> String {
        let names: Vec<&str> = self.members.iter().map(NodeName::as_str).collect();
        let names = serde_json::json!(names);
        let mut text = format!("[cluster]\nname = \"{CLUSTER}\"\nnodes = {names}\n");
        for node in &self.members {
            let mut words = vec!["/usr/bin/env".to_owned(), "-i".to_owned()];
            let all = self.lab.environment(node).into_iter();
            words.extend(all.map(|(name, value)| format!("{name}={value}")));
            words.push("/bin/sh".to_owned());
            let words = serde_json::json!(words);
            let _ = write!(text, "\n[node.{node}]\nconnection = {{ command = {words} }}\n");
        }
        text
    }

    /// Puts a version's file, its methods and its packages on every node.
    ///
    /// # Errors
    /// A path that cannot be made there.
    pub fn deliver(&self, file: &RegistrationFile, version: &Version) -> Result<(), Problem> {
        let packages = Declarations::of(file).packages();
        let installed = self.lab.edit(|cluster| {
            for machine in cluster.hosts.values_mut() {
                let all = packages.iter().map(|name| (name.clone(), "/".to_owned()));
                machine.packages.extend(all);
            }
        });
        installed.map_err(|error| refused(error.to_string()))?;

        for node in &self.members {
            let put = self.lab.with_files(node, |files| {
                put(files, &version.file, file.bytes(), 0o644)?;
                for (_, path) in &version.methods {
                    let Ok(path) = NodePath::new(path.as_str()) else { continue };
                    if !files.stat(&path)?.exists() {
                        put(files, &path, METHOD, 0o755)?;
                    }
                }
                Ok::<(), HostError>(())
            });
            let put = put.map_err(|error| error.to_string());
            put.and_then(|put| put.map_err(|error| error.to_string())).map_err(refused)?;
        }
        Ok(())
    }

    /// Makes an online resource of this version. The commands, as they were typed.
    ///
    /// # Errors
    /// What the cluster refused.
    pub fn begin(&self, old: &Version, values: &RehearsalValues) -> Result<Vec<String>, Problem> {
        let cluster = self.lab.cluster().map_err(|error| refused(error.to_string()))?;
        let versioned = cluster.personality.cluster().has_versioned_types();
        let full = if versioned { old.full() } else { old.base.clone() };
        let mut all = Vec::new();
        if cluster.resource_type(&full).is_none_or(|kind| kind.name != full) {
            all.push(commands::register_version(&old.base, old.file.as_str(), &[]));
        }
        all.push(commands::create_group(GROUP, &self.members));
        all.push(commands::add_resource(RESOURCE, GROUP, &full, &values.before));
        all.push(commands::bring_online(GROUP));

        let typed: Vec<String> =
            all.iter().map(|command| self.typed(command)).collect::<Result<_, _>>()?;
        let resource = self.resource()?;
        if self.members.iter().any(|node| resource.state(node).is_started()) {
            return Ok(typed);
        }
        Err(refused(format!("{RESOURCE} is not online on any node")))
    }

    /// Types it on the first node; how it reads.
    fn typed(&self, command: &Command) -> Result<String, Problem> {
        let words = command.args.iter().map(|word| quote(word)).collect::<Vec<_>>().join(" ");
        let shown = format!("{} {words}", command.program.file_name());
        let Some(node) = self.members.first() else { return Ok(shown) };
        let said = self.lab.run(node, command).map_err(|error| refused(error.to_string()))?;
        if said.status.success() {
            return Ok(shown);
        }
        let why = printable(String::from_utf8_lossy(&said.stderr).trim_end());
        Err(refused(format!("{shown}\n  {why}")))
    }

    /// The resource as it is now.
    ///
    /// # Errors
    /// Where it is gone.
    pub fn resource(&self) -> Result<Resource, Problem> {
        let cluster = self.lab.cluster().map_err(|error| refused(error.to_string()))?;
        let resource = cluster.resource(RESOURCE).cloned();
        resource.ok_or_else(|| refused(format!("there is no resource {RESOURCE}")))
    }

    /// How many commands have changed something so far.
    ///
    /// # Errors
    /// A simulated cluster that cannot be read.
    pub fn changes(&self) -> Result<usize, Problem> {
        let calls = self.lab.changing_calls().map_err(|error| refused(error.to_string()))?;
        Ok(calls.len())
    }

    /// Type and states, for people.
    pub fn told(&self, resource: &Resource, more: &str) -> String {
        let state = |node: &NodeName| format!("{} on {node}", resource.state(node).word());
        let states: Vec<String> = self.members.iter().map(state).collect();
        let what = format!("{}, {}{more}", resource.type_name, states.join(", "));
        let mut out = String::new();
        wrapped(&mut out, &format!("{RESOURCE}: "), &what, 80);
        out
    }
}

fn put(files: &mut dyn Files, at: &NodePath, bytes: &[u8], mode: u32) -> Result<(), HostError> {
    let above: Vec<_> = std::iter::successors(at.parent(), NodePath::parent).collect();
    for directory in above.iter().rev() {
        if !files.stat(directory)?.exists() {
            files.mkdir(directory, Mode(0o755), Owner::ROOT)?;
        }
    }
    files.write(at, bytes, Mode(mode), Owner::ROOT)
}

fn refused(what: impl Into<String>) -> Problem {
    let hint = "give the property that it wants with --property NAME=VALUE, or look at the nodes: \
                --keep DIR";
    Problem::new(codes::REHEARSAL_NODES, what).hint(hint)
}
