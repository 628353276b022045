//! `calha lab shell`: this process becomes a shell on a simulated node.
//!
//! Where the system allows it the node's directory becomes the root of the shell, so that what a
//! plan prints can be typed as it stands. Elsewhere the directory is a prefix, and who types is
//! told so.

use std::io::IsTerminal as _;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCandidates;

use super::{complain, values};
use crate::lab::Disk;
use crate::node::NodeName;

/// How the shell comes to the node's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Way {
    /// chroot; where the system does not allow that, prefix, which is said, and what comes
    /// from a pipe or a file is refused.
    Auto,
    /// The node's directory is the shell's root: a path means the node's.
    Chroot,
    /// CALHA_LAB_ROOT names the node's directory: for the shell itself an absolute path means this
    /// machine's.
    Prefix,
}

/// `calha lab shell`: a shell on a node.
#[derive(Args)]
#[command(after_help = "Examples: calha lab shell /tmp/lab Node1\n          \
                        calha lab shell /tmp/lab Node1 /usr/cluster/bin/scstat -g\n          \
                        calha lab shell /tmp/lab Node1 scripts/01-Node1.sh\n\
                        A script is a file of this machine; everything in it means the node's.\n\
                        Any other word is a command of the node.")]
pub struct LabShell {
    pub directory: PathBuf,
    #[arg(add = ArgValueCandidates::new(values::lab_hosts))]
    pub node: String,
    /// How absolute paths come to mean the node's; give it before the directory.
    #[arg(long, value_enum, value_name = "WAY", default_value_t = Way::Auto)]
    root: Way,
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    words: Vec<String>,
}

impl LabShell {
    /// Comes back only when there is no shell.
    pub fn run(&self, lab: &Disk) -> Result<String, String> {
        let node = NodeName(self.node.clone());
        let typing = self.words.is_empty() && std::io::stdin().is_terminal();
        // Nobody gets a shell on it; what calha's own connection is told there, the lab's commands
        // say.
        let down = lab.cluster().map_err(|e| e.to_string())?;
        let down = down.hosts.get(&node).is_some_and(|machine| !machine.up);
        if down && (self.root != Way::Prefix) && (typing || !self.words.is_empty()) {
            let directory = self.directory.display();
            return Err(format!("{node} is down\n  hint: calha lab up {directory} {node}"));
        }

        match self.root {
            Way::Chroot => self.real(lab, &node, typing),
            Way::Prefix => self.prefix(lab, &node, typing, "--root prefix asks for that"),
            Way::Auto => match self.try_real() {
                Ok(()) => self.real(lab, &node, typing),
                // Nobody is there who could stop what is meant for the node and is done here.
                Err(why) if self.words.is_empty() && !typing => Err(format!(
                    "{why}\n{node} was not entered: for its shell an absolute path would mean this \
                     machine's\n  \
                     hint: --root prefix takes what is written for $CALHA_LAB_ROOT"
                )),
                Err(why) => {
                    if !typing {
                        complain(&format!(
                            "{why}\n{node} is entered by a prefix: \
                             an absolute path of the shell itself means this machine's."
                        ));
                    }
                    self.prefix(lab, &node, typing, &why)
                }
            },
        }
    }

    /// The way in cannot be gone back, so another process tries it.
    fn try_real(&self) -> Result<(), String> {
        let calha = std::env::current_exe().map_err(|e| e.to_string())?;
        let output = Command::new(calha)
            .args(["lab", "shell", "--root", "chroot"])
            .args([self.directory.as_os_str(), self.node.as_ref(), "-c".as_ref(), ":".as_ref()])
            .stdin(Stdio::null())
            .output()
            .map_err(|e| e.to_string())?;
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(said.lines().next().unwrap_or("its shell does not start there").to_owned())
    }

    fn real(&self, lab: &Disk, node: &NodeName, typing: bool) -> Result<String, String> {
        let mut words = self.words_for(&lab.root(node), "");
        let script = script_word(&mut words).filter(|word| Path::new(&**word).is_file());
        let inside = lab.real_root(node).enter(script.as_ref().map(|w| Path::new(&***w)));
        let inside = inside.map_err(|error| {
            format!(
                "no chroot into {node} here: {error}\n  \
                 hint: --root prefix needs no right, and says what a path means then"
            )
        })?;
        if let (Some(word), Some(path)) = (script, inside) {
            *word = path.to_string_lossy().into_owned();
        }
        if typing {
            let directory = self.directory.display();
            complain(&format!("{node} of {directory}. Every path means the node's; exit leaves."));
        }

        let mut command = Command::new("/usr/bin/sh");
        command.args(&words).env_clear().env("CALHA_LAB_ROOT", "").env("PWD", "/");
        command.env("PATH", "/usr/bin:/usr/sbin").env("LC_ALL", "C");
        self.become_shell(command, node)
    }

    fn prefix(
        &self,
        lab: &Disk,
        node: &NodeName,
        typing: bool,
        why: &str,
    ) -> Result<String, String> {
        if typing {
            complain(&format!(
                "{node} of {}, by a prefix: {why}.\n\
                 The node's root is $CALHA_LAB_ROOT, which is where you are.\n\
                 A command of the lab takes /etc/vfstab for the node's file. The shell itself\n\
                 (cd, <, >, test) takes it for this machine's: $CALHA_LAB_ROOT/etc/vfstab is\n\
                 the node's.",
                self.directory.display()
            ));
        }

        let mut command = Command::new("/bin/sh");
        let root = lab.root(node);
        let words = self.words_for(&root, &root.to_string_lossy());
        command.args(words).env_clear().envs(lab.environment(node));
        if self.words.is_empty() {
            command.current_dir(lab.root(node));
        }
        self.become_shell(command, node)
    }

    /// The words for sh(1), which takes its first one for a script: what is on the node, or no file
    /// of this machine, is a command instead. `prefix` stands before a path of the node.
    fn words_for(&self, root: &Path, prefix: &str) -> Vec<String> {
        let mut words = self.words.clone();
        let Some(first) = words.first_mut().filter(|w| !w.starts_with(['-', '+'])) else {
            return words;
        };

        let inside = first.strip_prefix('/').map(|path| root.join(path));
        let on_node = inside.is_some_and(|path| path.symlink_metadata().is_ok());
        if on_node {
            *first = format!("{prefix}{first}");
        } else if Path::new(&*first).is_file() {
            return words;
        }
        words.splice(0..0, ["-c".to_owned(), "\"$0\" \"$@\"".to_owned()]);
        words
    }

    fn become_shell(&self, mut command: Command, node: &NodeName) -> Result<String, String> {
        if self.words.is_empty() {
            command.env("PS1", format!("{node}# ")).env("TERM", "dumb");
        }
        let error = command.exec();
        Err(format!("{}: {error}", command.get_program().to_string_lossy()))
    }
}

/// The word that sh(1) takes for a script.
fn script_word(words: &mut [String]) -> Option<&mut String> {
    let first = words.iter().position(|w| !w.starts_with(['-', '+']))?;
    let commands = |option: &String| option.starts_with('-') && option.contains(['c', 's']);
    if words[..first].iter().any(commands) { None } else { words.get_mut(first) }
}
