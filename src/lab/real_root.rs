//! A node's directory as the root of a process, with mounts that nobody else sees.
//!
//! Inside, every path is the node's, except that `/.machine` holds what the lab cannot do without:
//! the calha executable, the machine's loader, libraries and commands, and the lab itself. The
//! mounts live in a mount namespace and end with its last process. It keeps nobody in who is root
//! on the machine; it is no prison.

use std::fs;
use std::io;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use rustix::io::Errno;
use rustix::mount::{
    MountFlags, MountPropagationFlags, mount, mount_bind, mount_bind_recursive, mount_change,
};
use rustix::thread::UnshareFlags;

use super::base::inside::on_machine;
use super::base::passing;
use super::machine_link::MACHINE;
use super::machine_paths::{CALHA, COMMANDS, LIBRARIES, LOADER};
use super::service::DAEMON;

/// A node's directory that a process makes its root.
#[derive(Debug)]
pub struct RealRoot {
    lab: PathBuf,
    root: PathBuf,
}

/// What was tried when the machine refused.
fn tried<T, E: Into<io::Error>>(what: &str, result: Result<T, E>) -> io::Result<T> {
    result.map_err(|error| {
        let error = error.into();
        io::Error::new(error.kind(), format!("{what}: {error}"))
    })
}

impl RealRoot {
    pub(crate) fn new(lab: &Path, root: PathBuf) -> Self {
        Self { lab: lab.into(), root }
    }

    /// Makes this process one of the node, and gives the path under which it finds `script` there.
    ///
    /// # Errors
    /// What the machine does not allow. The process may be half inside then: it has to end.
    pub fn enter(&self, script: Option<&Path>) -> io::Result<Option<PathBuf>> {
        let calha = tried("calha", std::env::current_exe())?;
        let script = script.map(|path| tried("the script", path.canonicalize())).transpose()?;
        let loader = loader()?;
        own_mounts()?;

        let machine = self.machine()?;
        self.lab_inside(&machine)?;
        programs(&machine, &calha, &loader)?;
        self.devices()?;
        let script = script.map(|path| given(&machine, &path)).transpose()?;

        tried("chroot", rustix::process::chroot(&self.root))?;
        tried("chdir", rustix::process::chdir("/"))?;
        Ok(script)
    }

    /// An empty `/.machine` in memory.
    fn machine(&self) -> io::Result<PathBuf> {
        let machine = self.root.join(MACHINE);
        tried(MACHINE, fs::create_dir_all(&machine))?;
        let flags = MountFlags::NOSUID | MountFlags::NODEV;
        tried("tmpfs", mount("calha-lab", &machine, "tmpfs", flags, Some(c"mode=0755")))?;
        for name in ["bin", "lab", "lib", "script"] {
            fs::create_dir(machine.join(name))?;
        }
        Ok(machine)
    }

    /// The lab, whose links to calha and to the volumes lead to this root's `/.machine`.
    fn lab_inside(&self, machine: &Path) -> io::Result<()> {
        let lab = machine.join("lab");
        // Not what is mounted below: it would hold itself.
        tried("the lab", mount_bind(&self.lab, &lab))?;
        tried("the lab", mount_bind(machine, lab.join(MACHINE)))?;
        let node = self.root.strip_prefix(&self.lab).map_err(io::Error::other)?;
        symlink(Path::new("lab").join(node), machine.join("node"))?;
        symlink("lab/volumes", machine.join("volumes"))
    }

    /// What a shell needs of the machine's devices, and its processes.
    fn devices(&self) -> io::Result<()> {
        let processes = self.root.join("proc");
        tried("/proc", mount_bind_recursive("/proc", &processes))?;
        for device in ["dev/null", "dev/tty"] {
            let here = self.root.join(device);
            tried(device, mount_bind_recursive(Path::new("/").join(device), &here))?;
        }
        Ok(())
    }
}

#[expect(deprecated, reason = "unsafe only for the table of open files, which stays shared")]
fn unshare(flags: UnshareFlags) -> Result<(), Errno> {
    rustix::thread::unshare(flags)
}

/// Mounts that only this process and what it starts see. Who may not have them may as root of a
/// user namespace.
fn own_mounts() -> io::Result<()> {
    match unshare(UnshareFlags::NEWNS) {
        Err(Errno::PERM) => {
            let (user, group) = (rustix::process::geteuid(), rustix::process::getegid());
            let flags = UnshareFlags::NEWUSER | UnshareFlags::NEWNS;
            let own = unshare(flags).map_err(|error| match error {
                Errno::NOSPC => io::Error::other("this system allows no more of them"),
                other => other.into(),
            });
            tried("a user namespace", own)?;
            let map = |file: &str, text: String| tried(file, fs::write(file, text));
            map("/proc/self/setgroups", "deny".into())?;
            map("/proc/self/uid_map", format!("0 {} 1", user.as_raw()))?;
            map("/proc/self/gid_map", format!("0 {} 1", group.as_raw()))?;
        }
        other => tried("a mount namespace", other)?,
    }
    let private = MountPropagationFlags::PRIVATE | MountPropagationFlags::REC;
    tried("private mounts", mount_change("/", private))
}

/// The loader that this process was started by. The C library stands beside it.
fn loader() -> io::Result<PathBuf> {
    let maps = tried("/proc/self/maps", fs::read_to_string("/proc/self/maps"))?;
    let found = maps.lines().filter_map(|line| line.find('/').map(|at| Path::new(&line[at..])));
    let is_loader = |path: &&Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("ld-") || name.starts_with("ld.") || name.starts_with("ld64")
    };
    found.into_iter().find(is_loader).map(Path::to_path_buf).ok_or_else(|| {
        io::Error::new(io::ErrorKind::Unsupported, "calha is linked statically on this machine")
    })
}

/// Shows a file of the machine under another name.
fn file(from: &Path, to: &Path) -> io::Result<()> {
    fs::write(to, b"")?;
    let shown = from.canonicalize().and_then(|from| Ok(mount_bind_recursive(&from, to)?));
    tried(&from.display().to_string(), shown)
}

fn programs(machine: &Path, calha: &Path, loader: &Path) -> io::Result<()> {
    let name = |path: &str| machine.join(path.rsplit('/').next().unwrap_or_default());
    file(calha, &name(CALHA))?;
    file(loader, &name(LOADER))?;
    let libraries = loader.parent().unwrap_or(Path::new("/lib"));
    tried("libraries", mount_bind_recursive(libraries, name(LIBRARIES)))?;
    for command in passing::machine_commands() {
        file(&on_machine(command), &name(COMMANDS).join(command))?;
    }

    // A program of the lab is a link to this. The kernel puts the path it was called by behind
    // these words.
    let program = machine.join("calha");
    fs::write(&program, format!("#!{LOADER} {CALHA}\n"))?;
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755))?;
    symlink("calha", machine.join(DAEMON))
}

/// A script of the machine, as the node sees it.
fn given(machine: &Path, script: &Path) -> io::Result<PathBuf> {
    let name = script.file_name().unwrap_or_default();
    file(script, &machine.join("script").join(name))?;
    Ok(Path::new("/").join(MACHINE).join("script").join(name))
}
