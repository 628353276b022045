//! A directory that plays a node's root, and the shells that stand for a true Bourne shell here.
#![allow(dead_code, reason = "each test program uses a part of it")]

pub mod thorough;

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command as Process;

use calha::host::{Applied, Due, Host};
use calha::node::{
    Command, Entry, HostError, Inspect, Mode, NodeName, NodePath, Output, Owner, Sum,
};
use calha::op::OpId;

pub const RECORD: &str = "/var/opt/calha/penguin/cal";
const TOOLS: &[&str] = &[
    "awk", "cat", "date", "ps", "chmod", "chown", "cksum", "cmp", "cp", "dd", "expr", "fgrep",
    "grep", "ls", "mkdir", "mv", "rm", "rmdir", "sed", "kill", "printf", "sleep", "tail", "touch",
    "tr", "wc", "who", "ln", "true", "false",
];

/// Hands a command what it is given up to its last newline: the last word is its file, or there is
/// none.
const BLIND: &str = "\
for last in \"$@\"; do :; done
text=`mktemp`
trap 'rm -f \"$text\"' 0
if test -f \"$last\"; then cat \"$last\"; else cat; fi >\"$text\"
lines=`wc -l <\"$text\"`
count=$#
for word in \"$@\"; do
  shift
  count=`expr $count - 1`
  if test $count -gt 0 || test ! -f \"$last\"; then set x \"$@\" \"$word\"; shift; fi
done
head -n $lines \"$text\" | NAME \"$@\"";

/// A directory that plays a node's root, looked at with the standard library.
pub struct Root {
    pub dir: tempfile::TempDir,
    pub name: NodeName,
}

impl Root {
    pub fn new() -> Self {
        let root = Self {
            dir: tempfile::tempdir().expect("a scratch directory"),
            name: NodeName("Node1".into()),
        };
        for dir in ["usr/bin", "etc", "tmp", &RECORD[1..], "d/full", "d/empty"] {
            fs::create_dir_all(root.here(&format!("/{dir}"))).unwrap();
        }
        for tool in TOOLS {
            let found = ["/bin", "/usr/bin"]
                .iter()
                .map(|d| PathBuf::from(d).join(tool))
                .find(|p| p.exists());
            symlink(
                found.unwrap_or_else(|| panic!("{tool} is not installed")),
                root.here(&format!("/usr/bin/{tool}")),
            )
            .unwrap();
        }
        fs::write(root.here("/d/full/x"), "x").unwrap();
        fs::write(root.here("/d/file"), "text\n").unwrap();
        fs::write(root.here("/d/other"), "other\n").unwrap();
        fs::set_permissions(root.here("/d/file"), fs::Permissions::from_mode(0o644)).unwrap();
        fs::set_permissions(root.here("/d/other"), fs::Permissions::from_mode(0o600)).unwrap();
        fs::set_permissions(root.here("/d/empty"), fs::Permissions::from_mode(0o755)).unwrap();
        fs::set_permissions(root.here("/d/full"), fs::Permissions::from_mode(0o700)).unwrap();
        symlink("/cal/config", root.here("/d/link")).unwrap();
        symlink("/nowhere", root.here("/d/dangling")).unwrap();
        fs::write(root.here("/etc/mnttab"), "/dev/md/dsk/d0\t/\tufs\trw\t1\n").unwrap();
        root
    }

    /// A node whose commands answer as those of Solaris do where they are least kind: TABs between
    /// the fields of cksum(1), a last line without a newline that neither fgrep(1) nor sed(1) sees,
    /// no time of the boot, and directories with set-group-id.
    pub fn odd() -> Self {
        let root = Self::new();
        root.command("cksum", "/usr/bin/cksum \"$@\" | tr ' ' '\\011'");
        root.command("who", ":");
        for name in ["fgrep", "sed"] {
            root.command(name, &BLIND.replace("NAME", name));
        }
        for dir in ["/d", "/d/full", "/d/empty", "/etc"] {
            let here = root.here(dir);
            let mode = fs::metadata(&here).unwrap().mode() | 0o2000;
            if me().uid == 0 {
                std::os::unix::fs::chown(&here, None, Some(1)).unwrap();
            }
            fs::set_permissions(&here, fs::Permissions::from_mode(mode)).unwrap();
        }
        root
    }

    /// Puts a script in the place of a command.
    pub fn command(&self, name: &str, script: &str) {
        let here = self.here(&format!("/usr/bin/{name}"));
        fs::remove_file(&here).unwrap();
        fs::write(&here, format!("#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")).unwrap();
        fs::set_permissions(&here, fs::Permissions::from_mode(0o755)).unwrap();
    }

    pub fn here(&self, path: &str) -> PathBuf {
        self.dir.path().join(&path[1..])
    }
}

fn io(path: &NodePath, why: &std::io::Error) -> HostError {
    HostError::Io { path: path.to_string(), why: why.to_string() }
}

impl Inspect for Root {
    fn name(&self) -> &NodeName {
        &self.name
    }

    fn stat(&self, path: &NodePath) -> Result<Entry, HostError> {
        let here = self.here(path.as_str());
        let Ok(meta) = fs::symlink_metadata(&here) else { return Ok(Entry::Missing) };
        let mode = Mode(meta.mode() & 0o7777);
        let owner = Owner { uid: meta.uid(), gid: meta.gid() };
        Ok(if meta.is_symlink() {
            Entry::Link { target: fs::read_link(&here).unwrap().to_string_lossy().into_owned() }
        } else if meta.is_dir() {
            Entry::Directory { mode, owner }
        } else {
            Entry::File {
                mode,
                owner,
                links: meta.nlink(),
                sum: Sum::of(&fs::read(&here).map_err(|e| io(path, &e))?),
            }
        })
    }

    fn read(&self, path: &NodePath) -> Result<Vec<u8>, HostError> {
        let real = calha::node::resolve(&|p| self.stat(p), path)?;
        fs::read(self.here(real.as_str())).map_err(|e| io(path, &e))
    }

    fn query(&self, command: &Command) -> Result<Output, HostError> {
        let output = Process::new(self.here(command.program.as_str())).args(&command.args).output();
        Ok(match output {
            Ok(o) => Output {
                status: o.status.code().unwrap_or(255),
                stdout: o.stdout,
                stderr: o.stderr,
            },
            Err(_) => Output { status: 1, ..Output::default() },
        })
    }
}

impl Host for Root {
    fn apply(&self, _: &Due) -> Result<Applied, HostError> {
        Err(HostError::Invalid("this host only looks".into()))
    }

    fn wait(&self, _: &OpId, _: u64) -> Result<(), HostError> {
        Err(HostError::Invalid("this host only looks".into()))
    }

    fn take(&self, _: &str) -> Result<Option<String>, HostError> {
        Err(HostError::Invalid("this host only looks".into()))
    }

    fn release(&self, _: &str) -> Result<(), HostError> {
        Err(HostError::Invalid("this host only looks".into()))
    }

    fn remove_record(&self) -> Result<(), HostError> {
        Err(HostError::Invalid("this host only looks".into()))
    }
}

/// The shells that are installed, each as words; one that is missing fails where CI is set.
pub fn shells() -> Vec<String> {
    let mut shells = Vec::new();
    let all = ["dash", "ksh93", "bash", "posh", "mksh", "busybox"];
    // The two that are least like each other.
    for shell in all.into_iter().take(if thorough::thorough() { all.len() } else { 2 }) {
        let there = ["/bin", "/usr/bin"].iter().any(|d| Path::new(d).join(shell).exists());
        if there {
            shells.push(if shell == "busybox" { "busybox sh".into() } else { shell.to_owned() });
        } else {
            assert!(
                std::env::var("CI").is_err(),
                "{shell} is not installed; tests/run installs it"
            );
            println!("skipped: {shell} is not installed");
        }
    }
    match std::env::var("SVR4_SH") {
        Ok(shell) => shells.push(shell),
        Err(_) => println!("skipped: SVR4_SH names no true Bourne shell"),
    }
    shells
}

pub fn path(text: &str) -> NodePath {
    NodePath::new(text).unwrap()
}

pub fn me() -> Owner {
    let dir = tempfile::tempdir().unwrap();
    let meta = fs::metadata(dir.path()).unwrap();
    Owner { uid: meta.uid(), gid: meta.gid() }
}

pub fn places() -> [NodePath; 7] {
    ["/d/missing", "/d/file", "/d/other", "/d/full", "/d/empty", "/d/link", "/d/dangling"].map(path)
}
