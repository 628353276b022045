//! A host's root as this machine sees it, for the commands that this machine's own do.
//!
//! Before a root stands its prefix, unless the process has it for its own root. What a command does
//! with its words is for `passing` to say.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::lab::{machine_link, machine_paths};

/// The root of a host as this machine sees it.
pub(crate) struct Inside {
    pub root: PathBuf,
    /// Whether this process has that directory for its root: then paths mean by themselves what
    /// they mean on the host.
    pub real: bool,
}

impl Inside {
    /// What stands before a path of the host when a shell spells it.
    pub fn prefix(&self) -> String {
        if self.real { String::new() } else { self.root.to_string_lossy().into_owned() }
    }

    /// A program that is named without a path.
    pub fn program(&self, name: &str) -> PathBuf {
        format!("{}/usr/bin/{name}", self.prefix()).into()
    }

    /// The machine's own command of this name; old awk and nawk are whatever awk it has.
    pub fn machine(&self, name: &str) -> Command {
        let (machine, mut option) = machine_name(name);
        let mut command = if self.real {
            let mut command = Command::new(machine_paths::LOADER);
            command.args(["--library-path", machine_paths::LIBRARIES, "--argv0", name]);
            command.arg(Path::new(machine_paths::COMMANDS).join(machine));
            option = option.or_else(|| real_option(name));
            command
        } else {
            Command::new(on_machine(machine))
        };
        command.args(option);
        command
    }

    /// A path word put inside the root; a relative one stays as it is when it leads nowhere else.
    pub fn word(&self, word: &str) -> String {
        if self.real || word == "-" || word.is_empty() {
            return word.into();
        }
        if word.starts_with('/') {
            let text = Path::new(word)
                .strip_prefix(&self.root)
                .map_or(word, |rest| rest.to_str().unwrap_or(word));
            return self.resolve(text).to_string_lossy().into_owned();
        }
        let Ok(here) = std::env::current_dir() else { return word.into() };
        let Ok(below) = here.strip_prefix(&self.root) else {
            // Inside a mounted volume, or nowhere in the lab: only what has no `..` and no link is
            // let through.
            let plain = !word.split('/').any(|p| p == "..") && !here.join(word).is_symlink();
            return if plain {
                word.into()
            } else {
                self.resolve(word).to_string_lossy().into_owned()
            };
        };

        let there = self.resolve(&format!("{}/{word}", below.to_string_lossy()));
        if there == here.join(word.trim_start_matches("./")) {
            word.into()
        } else {
            there.to_string_lossy().into_owned()
        }
    }

    /// Follows links component by component; `..` stops at the root, absolute targets begin there
    /// again, mounts are gone through.
    fn resolve(&self, path: &str) -> PathBuf {
        let mut done: Vec<String> = Vec::new();
        let mut rest: Vec<String> = path.split('/').rev().map(String::from).collect();
        let mut followed = 0;
        while let Some(part) = rest.pop() {
            match part.as_str() {
                "" | "." => continue,
                ".." => {
                    done.pop();
                    continue;
                }
                _ => done.push(part),
            }
            let Ok(target) = std::fs::read_link(self.real(&done)) else { continue };
            if machine_link::is_volume(&target) || machine_link::is_program(&target) {
                continue;
            }
            followed += 1;
            if followed > 32 {
                break;
            }
            done.pop();
            let target = target.to_string_lossy().into_owned();
            if target.starts_with('/') {
                done.clear();
            }
            rest.extend(target.split('/').rev().map(String::from));
        }

        self.real(&done)
    }

    fn real(&self, parts: &[String]) -> PathBuf {
        parts.iter().fold(self.root.clone(), |path, part| path.join(part))
    }

    /// A search path of the host: every directory inside the root; empty = the two that hold the
    /// base commands.
    pub fn search_path(&self, path: &str) -> String {
        let root = self.prefix();
        if path.is_empty() {
            return format!("{root}/usr/bin:{root}/usr/sbin");
        }
        if self.real {
            return path.into();
        }

        let all: Vec<String> = path
            .split(':')
            .map(|d| {
                if Path::new(d).starts_with(&self.root) || !d.starts_with('/') {
                    d.into()
                } else {
                    format!("{root}{d}")
                }
            })
            .collect();
        all.join(":")
    }
}

/// Where the machine keeps one of its commands.
pub(crate) fn on_machine(name: &str) -> PathBuf {
    let usual = Path::new("/usr/bin").join(name);
    if usual.exists() { usual } else { Path::new("/bin").join(name) }
}

/// The name that a command has on this machine, and what it is told first.
///
/// GNU's fgrep and egrep are scripts that call grep by its name, which here is the lab's.
pub(crate) fn machine_name(name: &str) -> (&str, Option<&'static str>) {
    match name {
        "nawk" => ("awk", None),
        "fgrep" => ("grep", Some("-F")),
        "egrep" => ("grep", Some("-E")),
        other => (other, None),
    }
}

/// What hides from a command in a real root that the mount of a volume is a link there.
fn real_option(name: &str) -> Option<&'static str> {
    match name {
        "find" => Some("-H"),
        "pwd" => Some("-L"),
        _ => None,
    }
}
