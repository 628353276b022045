//! A profile of the project on a rack: the same names, devices and addresses; what differs is how
//! the nodes are reached, and that an operator prepares the directory.

use std::fmt::Write;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use calha::profile;
use calha::setting::Settings;

use crate::nodes::text;
use crate::rack::Rack;

/// The directory has its schema beforehand; calha cannot tell of which release, so somebody says.
const PREPARED: [&str; 2] = ["--accept", "directory.release"];

pub struct Site {
    pub rack: Rack,
    pub settings: Settings,
    pub profile: PathBuf,
    dir: tempfile::TempDir,
}

/// What a run of calha printed, how it ended, and how long it took.
pub struct Said {
    pub status: i32,
    pub text: String,
    pub took: Duration,
}

impl Said {
    /// Fails with everything that was said, when it ended otherwise.
    pub fn ended(self, status: i32) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }
}

impl Site {
    /// A cluster for one of the project's models.
    pub fn of(model: &str) -> Self {
        let dir = tempfile::Builder::new().prefix("calha-site-").tempdir().unwrap();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("profiles/{model}.toml"));
        let source = fs::read_to_string(source).unwrap();
        let profile = dir.path().join("site.toml");
        let write = |shell: &str| fs::write(&profile, connected(&source, shell)).unwrap();
        write("/bin/false");
        let settings = profile::load(&profile, &[]).unwrap_or_else(|p| panic!("{p:?}")).settings;

        let mut hosts = String::new();
        let mut disks = Vec::new();
        for instance in &settings.instances {
            let host = &instance.logical_host;
            writeln!(hosts, "{} {}", host.address, host.name).unwrap();
            disks.extend(instance.file_systems().into_iter().map(|fs| fs.block_device.to_string()));
        }
        let names: Vec<&str> = settings.cluster.nodes.iter().map(|n| n.as_str()).collect();
        let disks: Vec<&str> = disks.iter().map(String::as_str).collect();
        let rack = Rack::up(&names, &hosts, &disks);
        write(rack.nodes.shell().to_str().unwrap());

        let site = Self { rack, settings, profile, dir };
        site.state_files();
        site.spare_software();
        site
    }

    /// What an operator does on a node that is on standby only: its own copy of the programs.
    fn spare_software(&self) {
        let active = |node: &str| self.settings.instances.iter().any(|i| i.nodes[0].0 == node);
        let several = self.settings.instances.len() > 1;
        for node in self.rack.nodes.names.iter().filter(|node| several && !active(node)) {
            let state = "/var/tmp/spare.state";
            let root = format!("install.root = /opt/{node}\n");
            fs::write(self.rack.nodes.file(node, state).unwrap(), root).unwrap();
            let installer = "/cdrom/cdrom0/Solaris_sparc/installer";
            self.rack.nodes.says(node, &[installer, "-state", state]);
        }
    }

    /// The state files that a silent installer and configurator are given.
    fn state_files(&self) {
        for instance in &self.settings.instances {
            let d = &instance.directories;
            let account = &self.settings.account;
            let text = format!(
                "install.root = {}\nuser = {}\ngroup = {}\nport = {}\ndir.config = {}\n\
                 dir.database = {}\ndir.store = {}\ndir.logs = {}\ndir.tmp = {}\n\
                 dir.archive = {}\ndir.hotbackup = {}\n",
                instance.install_root,
                account.user,
                account.group,
                instance.port,
                d.config,
                d.database,
                d.store,
                d.logs,
                d.tmp,
                d.archive,
                d.hotbackup,
            );
            let suffix = match self.settings.instances.len() {
                1 => String::new(),
                _ => format!("-{}", instance.name),
            };
            for node in &self.rack.nodes.names {
                for program in ["installer", "configurator"] {
                    let path = format!("/var/tmp/calha-{program}{suffix}.state");
                    let file = self.rack.nodes.file(node, &path).unwrap();
                    fs::write(&file, &text).unwrap();
                    fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
                }
            }
        }
    }

    /// The real program, on the clients' network, with this site's journals and no terminal.
    pub fn program(&self, args: &[&str]) -> Command {
        let mut command = self.rack.nodes.client(env!("CARGO_BIN_EXE_calha"));
        command.args(args).env("XDG_STATE_HOME", self.state_of("one"));
        command.stdin(Stdio::null());
        command
    }

    /// Where the journals of an administrator are.
    pub fn state_of(&self, administrator: &str) -> PathBuf {
        self.dir.path().join("state").join(administrator)
    }

    /// A command with the profile behind it.
    pub fn calha(&self, command: &str, more: &[&str]) -> Said {
        let begun = Instant::now();
        let output = self.start(command, more).output().unwrap();
        Said {
            status: output.status.code().unwrap_or(-1),
            text: text(&output),
            took: begun.elapsed(),
        }
    }

    /// The same, not begun yet.
    pub fn start(&self, command: &str, more: &[&str]) -> Command {
        let words: Vec<&str> = command.split(' ').collect();
        let mut program = self.program(&words);
        program.arg(&self.profile).args(more);
        if matches!(command, "install" | "resume") {
            program.args(PREPARED);
        }
        program
    }

    /// Resources and constraints of the cluster, byte for byte, and the groups and types that Sun's
    /// commands know.
    pub fn configuration(&self) -> String {
        let node = &self.rack.nodes.powered()[0];
        let says = |words: &[&str]| self.rack.nodes.says(node, words);
        let scopes = ["resources", "constraints"];
        let parts = scopes.map(|part| says(&["cibadmin", "--query", &format!("--scope={part}")]));
        let names = ["ALL_RESOURCEGROUPS", "ALL_RESOURCETYPES"];
        let kept = names.map(|tag| says(&["/usr/cluster/bin/scha_cluster_get", "-O", tag]));
        [parts, kept].concat().concat()
    }
}

fn connected(source: &str, shell: &str) -> String {
    let mut out = String::new();
    let mut section = "";
    for line in source.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
        }
        match (line, section.strip_prefix("node.")) {
            ("# connection = \"ssh\"", Some(node)) => {
                writeln!(out, "connection = {{ command = [\"{shell}\", \"{node}\"] }}").unwrap();
            }
            ("connection = \"ssh\"", None) => out.push_str("connection = \"none\"\n"),
            _ => writeln!(out, "{line}").unwrap(),
        }
    }
    out
}
