//! `calha export`: an inventory and a playbook around the very scripts that `calha plan` prints. A
//! connection that Ansible does not know is refused instead of guessed at. Ansible is never run
//! from here.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde::Serialize;
use tera::{Context, Tera};

use super::{ProfileArguments, complain, print, refuse};
use crate::guide::Guide;
use crate::node::NodeName;
use crate::op::quote;
use crate::plan::{Script, scripts};
use crate::problem::{Problem, codes};
use crate::setting::Connection;
use crate::{exit, file};

const PLAYBOOK: &str = include_str!("../../templates/ansible-playbook.yml.tera");

/// `calha export`: the same scripts in the same order, for an engine that a site has already.
#[derive(Subcommand)]
pub enum Export {
    /// Write an inventory and a playbook for Ansible. The nodes need no Python.
    Ansible(Ansible),
}

#[derive(Args)]
#[command(
    after_help = "Examples: calha export ansible profiles/asymmetric.toml playbook\n          \
                  cd playbook; ansible-playbook -i inventory.yml site.yml --check\n\
                  The results for calha import-results are on the nodes, as after scripts run by \
                  hand."
)]
pub struct Ansible {
    #[command(flatten)]
    profile: ProfileArguments,
    /// Directory for the files; it is made.
    #[arg(value_name = "DIR")]
    dir: PathBuf,
}

impl Export {
    pub fn run(&self) -> ExitCode {
        match self {
            Self::Ansible(ansible) => ansible.run(),
        }
    }
}

#[derive(Serialize)]
struct Play {
    name: String,
    node: String,
    task: String,
    command: String,
}

impl Ansible {
    fn run(&self) -> ExitCode {
        let (resolved, guide) = match self.profile.load() {
            Ok(loaded) => loaded,
            Err(problems) => return refuse(&problems),
        };
        let settings = &resolved.settings;
        let connection = |node: &NodeName| match settings.cluster.connections.get(node) {
            None if *node == settings.directory.host => Reached {
                key: "directory.connection".to_owned(),
                connection: Some(settings.directory.connection.clone()),
            },
            given => Reached::of_node(node, given.cloned()),
        };

        let files = ansible(&guide, scripts(&guide), "calha export ansible", &connection);
        let files = match files {
            Ok(files) => files,
            Err(problems) => return refuse(&problems),
        };

        match write(&self.dir, &files, Some(&self.profile.file)) {
            Ok(written) => print(&written),
            Err(error) => {
                complain(&format!("{}: {error}", self.dir.display()));
                ExitCode::from(exit::FAILED)
            }
        }
    }
}

/// How a host is reached, and the setting that says so.
pub(super) struct Reached {
    key: String,
    connection: Option<Connection>,
}

impl Reached {
    /// A node of the cluster.
    pub(super) fn of_node(node: &NodeName, connection: Option<Connection>) -> Self {
        Self { key: format!("node.{node}.connection"), connection }
    }
}

/// Inventory, playbook and scripts, by their names. `made_by` is the command that writes them.
///
/// # Errors
/// Every connection that Ansible does not know.
pub(super) fn ansible(
    guide: &Guide,
    scripts: Vec<Script>,
    made_by: &str,
    connection: &dyn Fn(&NodeName) -> Reached,
) -> Result<Vec<(String, String)>, Vec<Problem>> {
    let inventory = inventory(&scripts, connection)?;
    let playbook = playbook(guide, &scripts, made_by).map_err(|p| vec![p])?;
    let files = [("inventory.yml".to_owned(), inventory), ("site.yml".to_owned(), playbook)];
    let scripts = scripts.into_iter().map(|s| (format!("scripts/{}", s.name), s.text));
    Ok(files.into_iter().chain(scripts).collect())
}

/// Writes files below a directory, which is made, but never over `kept`, the profile; their paths,
/// one a line.
pub(super) fn write(
    dir: &Path,
    files: &[(String, String)],
    kept: Option<&Path>,
) -> std::io::Result<String> {
    let mut written = String::new();
    for (name, text) in files {
        let path = dir.join(name);
        file::make_directory(path.parent().unwrap_or(dir))?;
        file::write(&path, text.as_bytes(), kept)?;
        // Writing into a String cannot fail.
        let _ = writeln!(written, "{}", path.display());
    }
    Ok(written)
}

/// Every node that a script runs on, and how Ansible reaches it.
fn inventory(
    scripts: &[Script],
    connection: &dyn Fn(&NodeName) -> Reached,
) -> Result<String, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut hosts: BTreeMap<&NodeName, Vec<(&str, String)>> = BTreeMap::new();

    // A node has many scripts, and each problem is said once.
    let nodes: BTreeSet<&NodeName> = scripts.iter().map(|s| &s.node).collect();
    for node in nodes {
        let Reached { key, connection } = connection(node);
        let refused = |what: &str| {
            Problem::new(codes::EXPORT_CONNECTION, format!("{key}: {what}"))
                .hint(format!("give it in the profile, or as an option: --set '{key}=\"ssh\"'"))
        };
        match connection {
            Some(Connection::Ssh { destination, options }) => {
                let mut lines = vec![("ansible_host", destination.clone())];
                if !options.is_empty() {
                    let words: Vec<String> = options.iter().map(|o| quote(o)).collect();
                    lines.push(("ansible_ssh_common_args", words.join(" ")));
                }
                hosts.insert(node, lines);
            }
            Some(Connection::Local) => {
                drop(hosts.insert(node, vec![("ansible_connection", "local".to_owned())]))
            }
            Some(Connection::Command(_)) => {
                problems.push(refused("Ansible has no connection that runs any command"))
            }
            Some(Connection::None) | None => problems.push(refused("nobody reaches this host")),
        }
    }

    if !problems.is_empty() {
        return Err(problems);
    }

    Ok(inventory_text(hosts))
}

fn inventory_text(hosts: BTreeMap<&NodeName, Vec<(&str, String)>>) -> String {
    // Scripts that root runs must not lie where somebody else may have made the directory, as in
    // /tmp.
    let text = |value: &str| serde_json::to_string(value).unwrap_or_default();
    let mut out = String::from(
        "# Nodes of a calha profile. Files travel as the standard input of a shell: a node needs \
         neither Python nor sftp.\n\
         all:\n  \
         vars:\n    \
         ansible_ssh_transfer_method: piped\n    \
         ansible_remote_tmp: /var/opt/calha/.ansible\n    \
         ansible_shell_executable: /bin/sh\n  \
         hosts:\n",
    );

    for (node, lines) in hosts {
        // Writing into a String cannot fail.
        let _ = writeln!(out, "    {}:", text(node.as_str()));
        for (name, value) in lines {
            // Braces are the shell's here, and no template.
            let plain = if value.contains('{') { "!unsafe " } else { "" };
            let _ = writeln!(out, "      {name}: {plain}{}", text(&value));
        }
    }
    out
}

/// One play for each script; what the one before prints is known beforehand, so no play has to read
/// it.
fn playbook(guide: &Guide, scripts: &[Script], made_by: &str) -> Result<String, Problem> {
    let json = |value: String| serde_json::to_string(&value).unwrap_or_default();
    let of = scripts.len();
    let plays: Vec<Play> = scripts
        .iter()
        .enumerate()
        .map(|(at, script)| {
            let before = at
                .checked_sub(1)
                .and_then(|b| scripts.get(b))
                .map_or_else(String::new, |b| format!(" {}", b.code));
            Play {
                name: json(format!("{} of {of}, on {}", at + 1, script.node)),
                node: json(script.node.to_string()),
                task: json(format!("Run {}", script.name)),
                command: json(format!("scripts/{}{before}", script.name)),
            }
        })
        .collect();

    let mut context = Context::new();
    context.insert("version", env!("CARGO_PKG_VERSION"));
    context.insert("made_by", made_by);
    context.insert("profile", &guide.profile);
    context.insert("cluster", &guide.cluster);
    context.insert("plays", &plays);
    Tera::one_off(PLAYBOOK, &context, false).map_err(|e| {
        Problem::new(codes::EXPORT_TEMPLATE, format!("calha cannot write the playbook: {e}"))
    })
}
