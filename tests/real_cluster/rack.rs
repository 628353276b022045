//! A rack of real nodes on one machine: Corosync and Pacemaker in namespaces of their own, on one
//! switch, with shared disks and a power switch that fences.
//!
//! Everything hangs on the rack's first process, which ends when this program does, however it
//! ends: the kernel then ends the nodes and takes away mounts, addresses and loop devices.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::cluster_files;
use crate::leftovers;
use crate::nodes::{Nodes, source};
use crate::power_switch::PowerSwitch;
use crate::processes::{Pid, until};

/// Two clusters at once would have the same addresses, and half the processors each.
static ONE: Mutex<()> = Mutex::new(());

/// A rack with its power switch and its disks. When it goes, everything goes.
pub struct Rack {
    pub nodes: Arc<Nodes>,
    init: Child,
    switch: Option<PowerSwitch>,
    /// The loop devices behind the shared disks.
    disks: Vec<String>,
    scratch: Option<tempfile::TempDir>,
    _one: MutexGuard<'static, ()>,
}

impl Rack {
    /// Nodes with power, in one cluster. Disks are named as in a vfstab.
    pub fn up(names: &[&str], hosts: &str, disks: &[&str]) -> Self {
        let one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let scratch = tempfile::Builder::new().prefix("calha-rack-").tempdir().unwrap();
        let dir = scratch.path().join("rack");
        fs::create_dir(&dir).unwrap();

        let mut init = Command::new("unshare")
            .args(["--net", "--mount", "--pid", "--mount-proc", "--fork"])
            .arg(source("rack.sh"))
            .arg(&dir)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut ready = String::new();
        BufReader::new(init.stdout.take().unwrap()).read_line(&mut ready).unwrap();
        assert_eq!(ready, "ready\n", "the rack's first process has ended");
        let rack = Pid(init.id()).child().expect("the rack's first process");

        let nodes = Arc::new(Nodes::new(dir, rack, names));
        let (switch, scratch) = (None, Some(scratch));
        let mut rack = Self { nodes, init, switch, disks: Vec::new(), scratch, _one: one };
        rack.furnish(hosts, disks);
        rack
    }

    fn furnish(&mut self, hosts: &str, disks: &[&str]) {
        let nodes = Arc::clone(&self.nodes);
        let dir = nodes.dir.display().to_string();
        // The rack's files, as the machine reaches them.
        let inside = nodes.rack.file(&format!("root{dir}"));
        let write = |name: &str, text: String| fs::write(inside.join(name), text).unwrap();
        write("hosts", cluster_files::hosts(&nodes.names) + hosts);
        write("corosync.conf", cluster_files::corosync(&nodes.names));
        write("cib.xml", cluster_files::cib(&nodes.names));
        write("power/nodes", nodes.names.join("\n") + "\n");
        self.disks = disks.iter().map(|disk| self.disk(disk)).collect();

        fs::copy(source("shell.sh"), nodes.shell()).unwrap();
        self.switch = Some(PowerSwitch::on(Arc::clone(&nodes), inside.join("power")));

        let root = source("root").display().to_string();
        let furnish = source("furnish.sh").display().to_string();
        for node in &nodes.names {
            nodes.rack_runs(&furnish, &[&dir, node, &root]);
            nodes.boot(node);
        }
        nodes.settle();
    }

    /// A shared disk with a file system; `name` is its device in the nodes. The loop device.
    fn disk(&self, name: &str) -> String {
        let nodes = &self.nodes;
        let rest = name.strip_prefix("/dev/md/").and_then(|n| n.split_once("/dsk/"));
        let (group, volume) = rest.expect("a device of a disk set");
        let image = self.image(name).display().to_string();
        nodes.rack_runs("truncate", &["-s", "32M", &image]);
        nodes.rack_runs("mkfs.ext4", &["-q", "-F", &image]);

        // Another program may take the free one at the same moment.
        let attach = || {
            let args = ["--find", "--show", &image];
            let output = nodes.in_rack(&["--mount"], "losetup").args(args).output().unwrap();
            let device = String::from_utf8_lossy(&output.stdout).trim().to_owned();
            output.status.success().then_some(device)
        };
        let device = until(Duration::from_secs(10), attach).expect("a loop device");

        // Somebody in the rack holds it, and it goes with the last one who does.
        let hold = format!("exec 7<{device}; losetup -d {device}; echo held; exec sleep infinity");
        let mut holder = self.nodes.in_rack(&["--mount", "--pid"], "sh");
        let mut holder = holder.args(["-c", &hold]).stdout(Stdio::piped()).spawn().unwrap();
        let mut held = String::new();
        BufReader::new(holder.stdout.take().unwrap()).read_line(&mut held).unwrap();
        assert_eq!(held, "held\n");
        std::thread::spawn(move || holder.wait());

        let number = nodes.rack_runs("stat", &["-c", "%Hr %Lr", &device]);
        let list = nodes.rack.file(&format!("root{}/disks/list", nodes.dir.display()));
        let line = format!("{group} {volume} {number}\n");
        let known = fs::read_to_string(&list).unwrap();
        fs::write(&list, known + &line).unwrap();
        device
    }

    /// Lets all shared disks take writes, or none any more; the file systems on them follow.
    pub fn takes_writes(&self, writable: bool) {
        let (device_option, mode) = if writable { ("--setrw", "rw") } else { ("--setro", "ro") };
        let block = || {
            for device in &self.disks {
                Command::new("blockdev").args([device_option, device]).output().unwrap();
            }
        };
        let remount =
            format!("mount -t ext4 | while read x x at x; do mount -o remount,{mode} $at; done");
        // What is still to be written needs a disk that takes it.
        if writable {
            block();
        }
        for node in self.nodes.powered() {
            self.nodes.on(&node, &["/bin/sh", "-c", &remount]);
        }
        if !writable {
            block();
        }
    }

    /// The image behind a disk. Its name carries the rack's: so it is found as long as it is in use.
    pub fn image(&self, disk: &str) -> PathBuf {
        let rest = disk.strip_prefix("/dev/md/").expect("a device of a disk set");
        let tag = leftovers::tag(&self.nodes.dir);
        self.nodes.dir.join(format!("disks/{tag}.{}", rest.replace("/dsk/", "-")))
    }
}

impl Drop for Rack {
    fn drop(&mut self) {
        drop(self.switch.take());
        for node in &self.nodes.names {
            self.nodes.power_off(node);
        }
        // Its first process reads until there is nobody who could write.
        drop(self.init.stdin.take());
        let _ = self.init.wait();

        let dir = self.nodes.dir.clone();
        drop(self.scratch.take());
        if !std::thread::panicking() {
            leftovers::nothing_of(&dir);
        }
    }
}
