//! What an administrator has brought to a host: installers, state files for programs that run
//! silently, the directory server's instance.

use std::collections::BTreeMap;
use std::io;

use crate::lab::calendar::{installer, state_file};
use crate::lab::view::View;
use crate::node::{Mode, NodeName, NodePath, Owner};
use crate::setting::{Instance, RunMode, Settings};

/// The install root that the administrator chose for a node on which no instance is installed.
pub(super) fn spare_root(node: &NodeName) -> String {
    format!("/opt/{node}")
}

/// Writes a file, and the directories above it.
pub(super) fn put(files: &mut View<'_>, path: &str, text: &str, mode: u32) -> io::Result<()> {
    if let Some((parent, _)) = path.rsplit_once('/').filter(|(p, _)| !p.is_empty()) {
        files.make_directories(parent, Mode(0o755), Owner::ROOT)?;
    }
    files.save(path, text.as_bytes(), Mode(mode), Owner::ROOT)
}

/// The same with a file of root's alone, in a directory of root's alone where it makes that.
fn private(files: &mut View<'_>, path: &str, text: &str) -> io::Result<()> {
    let above = NodePath::new(path).ok().and_then(|path| path.parent());
    if let Some(further) = above.as_ref().and_then(NodePath::parent) {
        files.make_directories(further.as_str(), Mode(0o755), Owner::ROOT)?;
    }
    if let Some(directory) = above {
        files.make_directories(directory.as_str(), Mode(0o700), Owner::ROOT)?;
    }
    put(files, path, text, 0o600)
}

fn program(files: &mut View<'_>, path: &NodePath) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        files.make_directories(parent.as_str(), Mode(0o755), Owner::ROOT)?;
    }
    files.make_program(path.as_str())
}

/// The installer and the state files that an administrator brings when programs run silently.
pub(super) fn vendor_medium(
    settings: &Settings,
    files: &mut View<'_>,
    host: &NodeName,
) -> io::Result<()> {
    if let Some(path) = &settings.installer.program {
        program(files, path)?;
    }

    if let (RunMode::Silent, Some(file)) = (settings.installer.mode, &settings.installer.state_file)
    {
        for (file, roots) in roots(settings, file, host) {
            private(files, &file, &installer::answers(&roots))?;
        }
    }

    let first = settings.instances.iter().filter(|i| i.nodes.first() == Some(host));
    let silent = settings.configurator.mode == RunMode::Silent;
    if let Some(file) = settings.configurator.state_file.as_ref().filter(|_| silent) {
        for instance in first {
            let text = configurator_answers(settings, instance);
            private(files, &of_instance(file, instance), &text)?;
        }
    }
    Ok(())
}

/// The state files of the installer on a host with their install roots: one file for each instance,
/// or one for all of them when its name does not tell them apart.
fn roots(settings: &Settings, file: &NodePath, host: &NodeName) -> BTreeMap<String, Vec<String>> {
    let mut roots: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if let Some(file) = settings.spare_state_file().filter(|_| settings.spares().contains(host)) {
        roots.entry(file.to_string()).or_default().push(spare_root(host));
    }
    for instance in settings.instances.iter().filter(|i| i.nodes.contains(host)) {
        let root = instance.install_root.to_string();
        roots.entry(of_instance(file, instance)).or_default().push(root);
    }
    roots
}

/// `%i` in the name of a state file stands for the instance.
fn of_instance(file: &NodePath, instance: &Instance) -> String {
    file.as_str().replace("%i", &instance.name)
}

/// The state file that a first run of the configurator on a screen would have recorded.
fn configurator_answers(settings: &Settings, instance: &Instance) -> String {
    let d = &instance.directories;
    let values = [
        ("sim.ldap.host", settings.directory.host.0.clone()),
        ("sim.ldap.port", settings.directory.port.to_string()),
        ("sim.service.port", instance.port.to_string()),
        ("sim.runtime.user", settings.account.user.clone()),
        ("sim.runtime.group", settings.account.group.clone()),
        ("sim.ldap.manager", settings.directory.manager_dn.clone()),
        ("sim.start.now", "false".into()),
        ("sim.start.boot", "false".into()),
        ("sim.dir.config", d.config.to_string()),
        ("sim.dir.database", d.database.to_string()),
        ("sim.dir.store", d.store.to_string()),
        ("sim.dir.logs", d.logs.to_string()),
        ("sim.dir.tmp", d.tmp.to_string()),
        ("sim.dir.archive", d.archive.to_string()),
        ("sim.dir.hotbackup", d.hotbackup.to_string()),
    ];
    let values = values.into_iter().map(|(k, v)| (k.to_string(), v)).collect();
    state_file::render("csconfigurator", &values)
}

/// The directory server's instance, the program that prepares it, and its password.
pub(super) fn directory_server(settings: &Settings, files: &mut View<'_>) -> io::Result<()> {
    let directory = &settings.directory;
    let instance = format!("{}/{}", directory.server_root, directory.instance);
    files.make_directories(&instance, Mode(0o755), Owner::ROOT)?;
    program(files, &directory.program)?;
    if let Some(file) = &directory.password_file {
        private(files, file.as_str(), "simulated\n")?;
    }
    Ok(())
}
