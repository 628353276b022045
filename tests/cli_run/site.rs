//! A lab on disk, a profile whose nodes are reached by a command, and the real program.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use calha::lab::Disk;
use calha::node::NodeName;
use calha::profile;

pub struct Site {
    pub dir: tempfile::TempDir,
    pub lab: Disk,
    pub profile: PathBuf,
}

/// What the program printed and how it ended.
pub struct Said {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Site {
    /// The guide's profile on a fresh lab; everything silent, so that nobody has to be there.
    #[allow(dead_code)]
    pub fn new() -> Self {
        Self::through(&|_, _| Vec::new())
    }

    /// The same, each node's shell reached through these words.
    #[allow(dead_code)]
    pub fn through(words: &dyn Fn(&Path, &str) -> Vec<String>) -> Self {
        Self::connected(&|dir, lab, node| shell(lab, node, words(dir, node)))
    }

    /// The same, with whatever the profile says of each host's connection.
    pub fn connected(connection: &dyn Fn(&Path, &Disk, &str) -> String) -> Self {
        Self::of_model("asymmetric", connection)
    }

    /// Another model, each node's shell reached directly.
    #[allow(dead_code)]
    pub fn of(model: &str) -> Self {
        Self::of_model(model, &|_, lab, node| shell(lab, node, Vec::new()))
    }

    fn of_model(model: &str, connection: &dyn Fn(&Path, &Disk, &str) -> String) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("profiles/{model}.toml"));
        let text = std::fs::read_to_string(source).unwrap();
        let profile = dir.path().join("site.toml");
        let with = |connection: &dyn Fn(&str) -> String| {
            let mut out = String::new();
            let mut section = String::new();
            for line in text.lines() {
                if let Some(name) = line.strip_prefix('[') {
                    section = name.trim_end_matches(']').to_owned();
                }
                out.push_str(&match line {
                    "# connection = \"ssh\"" if section.starts_with("node.") => {
                        format!("connection = {}", connection(&section["node.".len()..]))
                    }
                    "connection = \"ssh\"" => format!("connection = {}", connection("ldap")),
                    "mode = \"operator\"" if section == "directory" => {
                        "mode = \"silent\"\npassword-file-option = \"-j\"\npassword-file = \"/var/opt/calha-files/pw\"".to_owned()
                    }
                    other => other.to_owned(),
                });
                out.push('\n');
            }
            out
        };
        std::fs::write(&profile, with(&|node| format!("{{ command = [\"{node}\"] }}"))).unwrap();
        let resolved = profile::load(&profile, &[]).unwrap_or_else(|p| panic!("{p:?}"));
        let lab = Disk::create(
            &dir.path().join("lab"),
            &resolved.settings,
            Path::new(env!("CARGO_BIN_EXE_calha")),
        )
        .unwrap();
        std::fs::write(&profile, with(&|node| connection(dir.path(), &lab, node))).unwrap();
        Self { dir, lab, profile }
    }

    pub fn calha(&self, args: &[&str]) -> Said {
        said(self.program(args).output().unwrap())
    }

    /// The program with this site's journals, and nobody at a terminal.
    pub fn program(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_calha"));
        command
            .args(args)
            .env("XDG_STATE_HOME", self.dir.path().join("state"))
            .stdin(std::process::Stdio::null());
        command
    }

    /// A command with the profile behind it.
    pub fn run(&self, command: &str, more: &[&str]) -> Said {
        let mut args = vec![command, self.profile.to_str().unwrap()];
        args.extend(more);
        self.calha(&args)
    }

    /// Somebody types something on a node.
    #[allow(dead_code)]
    pub fn types(&self, node: &str, program: &str, args: &[&str]) -> Said {
        let node = NodeName(node.into());
        let program = format!("{}{program}", self.lab.root(&node).display());
        said(
            Command::new(program)
                .args(args)
                .env_clear()
                .envs(self.lab.environment(&node))
                .output()
                .unwrap(),
        )
    }

    #[allow(dead_code)]
    pub fn changing_calls(&self) -> usize {
        self.lab.changing_calls().unwrap().len()
    }
}

/// A connection that gives the node's shell, with these words before it.
fn shell(lab: &Disk, node: &str, mut words: Vec<String>) -> String {
    let env = lab.environment(&NodeName(node.to_owned()));
    words.extend(["/usr/bin/env".to_owned(), "-i".to_owned()]);
    words.extend(env.iter().map(|(k, v)| format!("{k}={v}")));
    words.push("/bin/sh".into());
    let words: Vec<String> = words.iter().map(|w| format!("\"{w}\"")).collect();
    format!("{{ command = [{}] }}", words.join(", "))
}

pub fn said(output: Output) -> Said {
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Said {
        status: output.status.code().unwrap_or(-1),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}
