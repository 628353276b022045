//! Mounts without privileges: the mount point's directory changes places with a symbolic link to
//! the volume's directory.
//!
//! What was under the mount point stays under it, hidden, and comes back when the file system goes.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use rustix::fs::{CWD, RenameFlags, renameat_with};

use super::disk_storage::DiskStorage;
use super::hidden::{escaped, plain};
use super::storage::Spot;
use super::{Cluster, machine_link};

/// Makes the disks show what the mount table says.
pub(crate) fn follow(cluster: &Cluster, storage: &DiskStorage) -> io::Result<()> {
    let hidden = storage.lab.join("hidden");
    let mut wanted = BTreeSet::new();
    for mount in &cluster.mounts {
        wanted.insert((mount.host.0.clone(), mount.point.clone()));
        let spot = Spot::on_host(mount.host.as_str(), &mount.point);
        let point = storage.real(&spot);
        let volume = machine_link::volume(&spot, &mount.volume);
        if fs::read_link(&point).is_ok_and(|target| target == volume) {
            continue;
        }
        let place = hidden.join(mount.host.as_str());
        fs::create_dir_all(&place)?;
        let link = place.join(escaped(&mount.point));
        // Left by a kill before the exchange; the link is the lab's own.
        if fs::symlink_metadata(&link).is_ok_and(|m| m.is_symlink()) {
            fs::remove_file(&link)?;
        }
        std::os::unix::fs::symlink(&volume, &link)?;
        exchange(&link, &point)?;
    }

    let hosts = match fs::read_dir(&hidden) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
        other => other?,
    };
    for host in hosts {
        let host = host?;
        for entry in fs::read_dir(host.path())? {
            let entry = entry?;
            let (name, point) = (
                host.file_name().to_string_lossy().into_owned(),
                plain(&entry.file_name().to_string_lossy()),
            );
            if wanted.contains(&(name.clone(), point.clone())) {
                continue;
            }
            let real = storage.real(&Spot::on_host(&name, &point));
            if fs::symlink_metadata(entry.path())?.is_dir() {
                exchange(&entry.path(), &real)?;
            }
            // Now the link is here, where nobody looks.
            fs::remove_file(entry.path())?;
        }
    }

    Ok(())
}

/// At once, so that no moment shows neither; where the file system cannot, by two renames.
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    match renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::OPNOTSUPP) => {
            let aside = b.with_extension("lab-aside");
            fs::rename(b, &aside)?;
            fs::rename(a, b)?;
            fs::rename(&aside, a)
        }
        Err(e) => Err(e.into()),
    }
}
