//! The disk of one host before the guide begins: directories, programs, devices, and what the
//! cluster and the directory server have put there. The texts below /etc are in `etc`.

use std::io;

use super::state::EVERYBODYS_DEVICES;
use super::{etc, medium, registration_files};
use crate::lab::base::passing::PASSED_ON;
use crate::lab::program_table::{ELSEWHERE, PROGRAMS};
use crate::lab::rgm::registered::registered;
use crate::lab::view::View;
use crate::lab::world::World;
use crate::lab::{Personality, Solaris};
use crate::node::{Mode, NodeName, Owner};
use crate::setting::Settings;

/// A callback method: the lab does its work, the file shows that it is there.
const METHOD: &str = "#!/bin/sh\nexit 0\n";

const DIRECTORIES: [&str; 18] = [
    "/etc",
    "/etc/rc0.d",
    "/etc/rc1.d",
    "/etc/rc2.d",
    "/etc/rc3.d",
    "/etc/rcS.d",
    "/usr/bin",
    "/usr/sbin",
    "/sbin",
    "/opt",
    "/var/adm",
    "/var/opt",
    "/var/run",
    "/var/sadm/install/logs",
    "/dev",
    "/export/home",
    "/mnt",
    "/proc",
];

/// Writes one host's disk.
pub(super) fn disk(settings: &Settings, world: &mut World<'_>, host: &NodeName) -> io::Result<()> {
    let root = world.files(host).spot("/");
    world.storage.mkdir(&root, Mode(0o755), Owner::ROOT)?;
    let member = world.cluster.hosts.get(host).is_some_and(|m| m.id != 0);
    let devices = world.cluster.site.devices.clone();
    let texts = etc::files(settings, world.cluster, host);
    let personality = world.cluster.personality;

    let mut files = world.files(host);
    directories(&mut files)?;
    for (path, text) in texts {
        medium::put(&mut files, &path, &text, 0o644)?;
    }
    programs(&mut files, member, personality)?;
    for (path, _) in &devices {
        device(&mut files, path, member)?;
    }

    if member {
        types(&mut files, personality)?;
        medium::vendor_medium(settings, &mut files, host)?;
    }
    if settings.directory.host == *host {
        medium::directory_server(settings, &mut files)?;
    }
    Ok(())
}

fn directories(files: &mut View<'_>) -> io::Result<()> {
    for directory in DIRECTORIES {
        files.make_directories(directory, Mode(0o755), Owner::ROOT)?;
    }
    for directory in ["/tmp", "/var/tmp"] {
        files.make_directory(directory, Mode(0o1777), Owner::ROOT)?;
    }
    files.make_link("/bin", "./usr/bin")
}

/// Those of the system, and on a member those of the cluster.
fn programs(files: &mut View<'_>, member: bool, personality: Personality) -> io::Result<()> {
    let here =
        |directory: &str| directory != ELSEWHERE && (member || !directory.contains("cluster"));
    for entry in PROGRAMS.iter().filter(|e| here(e.directory)) {
        files.make_directories(entry.directory, Mode(0o755), Owner::ROOT)?;
        files.make_program(&format!("{}/{}", entry.directory, entry.name))?;
    }

    for name in PASSED_ON.iter().map(|p| p.name) {
        files.make_program(&format!("/usr/bin/{name}"))?;
    }
    if personality.solaris() == Solaris::Ten {
        files.make_program("/usr/sbin/svcadm")?;
        files.make_program("/usr/bin/svcprop")?;
    }
    for name in ["sh", "mount", "umount"] {
        files.make_program(&format!("/sbin/{name}"))?;
    }
    Ok(())
}

/// Making a device needs a privilege; the lab knows these files by their paths.
fn device(files: &mut View<'_>, path: &str, member: bool) -> io::Result<()> {
    let everybodys = EVERYBODYS_DEVICES.contains(&path);
    if !member && !everybodys {
        return Ok(());
    }
    medium::put(files, path, "", if everybodys { 0o666 } else { 0o640 })
}

/// Registration files, and the methods that they name.
fn types(files: &mut View<'_>, personality: Personality) -> io::Result<()> {
    for (name, text) in registration_files::all(personality) {
        medium::put(files, &format!("/usr/cluster/lib/rgm/rtreg/{name}"), &text, 0o644)?;
        let methods = registered(text.as_bytes(), personality.cluster()).map(|t| t.methods);
        for path in methods.unwrap_or_default().values() {
            medium::put(files, path, METHOD, 0o555)?;
        }
    }
    Ok(())
}
