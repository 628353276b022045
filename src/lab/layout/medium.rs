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
            put(files, &file, &installer::answers(&roots), 0o600)?;
        }
    }

    let first = settings.instances.iter().filter(|i| i.nodes.first() == Some(host));
    for instance in first.filter(|_| settings.configurator.mode == RunMode::Silent) {
        let file = of_instance(&settings.configurator.state_file, instance);
        put(files, &file, &configurator_answers(settings, instance), 0o600)?;
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
        put(files, file.as_str(), "simulated\n", 0o600)?;
    }
    Ok(())
}
