//! What a program of the lab works on: the cluster's state together with the disks of all hosts.
//! It reads the files that several programs need, and writes mnttab. Rules of the cluster are in
//! `rgm`.

use super::Cluster;
use super::storage::Storage;
use super::view::View;
use crate::node::NodeName;

/// The cluster's state with the disks of all hosts.
pub(crate) struct World<'a> {
    pub cluster: &'a mut Cluster,
    pub storage: &'a mut (dyn Storage + 'static),
}

impl World<'_> {
    /// The files of one host.
    pub fn files(&mut self, host: &NodeName) -> View<'_> {
        View { cluster: self.cluster, storage: self.storage, host: host.clone() }
    }

    /// The seven fields of the vfstab entry for a mount point, or why there is none.
    pub fn vfstab(&mut self, host: &NodeName, point: &str) -> Result<[String; 7], String> {
        let text = self.files(host).text("/etc/vfstab");
        for line in text.lines().filter(|l| !l.trim_start().starts_with('#')) {
            // A carriage return is no white space to mount(1M): it ends up in the last field.
            let fields: Vec<String> =
                line.split([' ', '\t']).filter(|f| !f.is_empty()).map(String::from).collect();
            if fields.get(2).is_some_and(|p| p == point) {
                let count = fields.len();
                return fields
                    .try_into()
                    .map_err(|_| format!("the entry for {point} has {count} fields instead of 7"));
            }
        }
        Err(format!("no entry for {point} in /etc/vfstab"))
    }

    /// The lines of passwd or group that a host knows: its own, and those of the name service.
    pub fn accounts(&mut self, host: &NodeName, database: &str) -> Vec<String> {
        let text = self.files(host).text(&format!("/etc/{database}"));
        let name_service = &self.cluster.site.name_service;
        let others = match database {
            "passwd" => &name_service.passwd[..],
            "group" => &name_service.group[..],
            _ => &[],
        };
        text.lines().map(String::from).chain(others.iter().cloned()).collect()
    }

    /// Writes every host's /etc/mnttab from the mount table (TAB separated: special, mount point,
    /// type, options, time).
    pub fn write_mnttab(&mut self) {
        let hosts: Vec<NodeName> = self.cluster.hosts.keys().cloned().collect();
        for host in hosts {
            let booted = self.cluster.hosts.get(&host).map_or(0, |m| m.booted);
            let mut text = format!(
                "/dev/dsk/c0t0d0s0\t/\tufs\trw,intr,largefiles,logging,xattr,\
                    onerror=panic\t{booted}\n\
                    /proc\t/proc\tproc\tdev=4340000\t{booted}\n\
                    fd\t/dev/fd\tfd\trw,suid\t{booted}\n\
                    swap\t/tmp\ttmpfs\txattr\t{booted}\n"
            );

            for m in self.cluster.mounts.iter().filter(|m| m.host == host) {
                text.push_str(&format!(
                    "{}\t{}\t{}\t{}\t{}\n",
                    m.special, m.point, m.fs_type, m.options, m.since
                ));
            }

            let mut files = self.files(&host);

            // A mount table that cannot be written is not a reason to stop: mnttab is read-only
            // information.
            let _ = files.save(
                "/etc/mnttab",
                text.as_bytes(),
                crate::node::Mode(0o444),
                crate::node::Owner::ROOT,
            );
        }
    }
}
