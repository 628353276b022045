//! A fresh lab from the settings of an installation: what the vendors and the administrator did
//! before the guide begins. The same settings give the same lab, in memory as on disk. No step of
//! the guide is done there; a personality may have the accounts in the name service already.

mod etc;
mod registration_files;

use std::collections::BTreeMap;
use std::io;

use super::base::passing::PASSED_ON;
use super::calendar::{installer, state_file};
use super::program_table::{ELSEWHERE, PROGRAMS};
use super::rgm::registered::registered;
use super::storage::Storage;
use super::world::World;
use super::{
    Cluster, ClusterRelease, DeviceGroup, Machine, NameService, Oddity, Personality, ResourceType,
    Site, Solaris, Volume,
};
use crate::node::{Mode, NodeName, NodePath, Owner};
use crate::setting::{InstallerKind, Instance, RunMode, Settings};

/// 14 December 2006, 13:51: the first log file in 6.11 of the guide.
const BEGINNING: u64 = 1_166_104_260;

/// A callback method: the lab does its work, the file shows that it is there.
const METHOD: &str = "#!/bin/sh\nexit 0\n";

/// Devices that every host has and everybody may write to.
const EVERYBODYS_DEVICES: [&str; 2] = ["/dev/null", "/dev/tty"];

/// Writes the disks of all hosts and returns the state of a cluster that knows nothing of Calendar
/// Server yet.
pub(crate) fn fresh(
    settings: &Settings,
    personality: Personality,
    storage: &mut (dyn Storage + 'static),
) -> io::Result<Cluster> {
    let mut cluster = state(settings, personality);
    let hosts: Vec<NodeName> = cluster.hosts.keys().cloned().collect();
    for volume in cluster.volumes.clone() {
        let spot = super::storage::Spot {
            tree: super::storage::Tree::Volume(volume.name),
            path: "/".into(),
        };
        storage.mkdir(&spot, Mode(0o755), Owner::ROOT)?;
    }
    let mut world = World { cluster: &mut cluster, storage };
    for host in hosts {
        disk(settings, &mut world, &host)?;
    }
    world.write_mnttab();
    Ok(cluster)
}

/// The name of a volume, also of its directory: its block device without what no file name has.
fn volume_name(device: &NodePath) -> String {
    device.as_str().trim_start_matches('/').replace('/', "_")
}

fn state(settings: &Settings, personality: Personality) -> Cluster {
    let logical =
        settings.instances.first().map_or([192, 168, 10, 100], |i| i.logical_host.address.octets());
    let taken: Vec<[u8; 4]> =
        settings.instances.iter().map(|i| i.logical_host.address.octets()).collect();

    // Physical addresses in the logical host's subnet, so that the cluster can work out the
    // interface list.
    let mut free = (11u8..=250)
        .map(|last| [logical[0], logical[1], logical[2], last])
        .filter(|a| !taken.contains(a));
    let mut hosts = BTreeMap::new();
    let mut next = |id: u32, packages: &[&str]| {
        let a = free.next().unwrap_or([10, 0, 0, 1]);
        Machine {
            id,
            up: true,
            cluster_mode: id != 0,
            address: format!("{}.{}.{}.{}", a[0], a[1], a[2], a[3]),
            release: personality.solaris().kernel().into(),
            packages: packages.iter().map(|p| (p.to_string(), "/".to_string())).collect(),
            running: Vec::new(),
            starts_at_boot: Vec::new(),
            syslogd: etc::SYSLOG.into(),
            booted: BEGINNING,
        }
    };

    for (at, node) in settings.cluster.nodes.iter().enumerate() {
        hosts.insert(
            node.clone(),
            next(
                at as u32 + 1,
                &["SUNWcar", "SUNWcsr", "SUNWcsu", "SUNWmdr", "SUNWscics", "SUNWscr", "SUNWscu"],
            ),
        );
    }

    if !hosts.contains_key(&settings.directory.host) {
        hosts.insert(
            settings.directory.host.clone(),
            next(0, &["SUNWcar", "SUNWcsr", "SUNWcsu", "SUNWcomds"]),
        );
    }

    let mut volumes: Vec<Volume> = Vec::new();
    let mut device_groups: Vec<DeviceGroup> = Vec::new();
    let mut devices: Vec<(String, char)> =
        EVERYBODYS_DEVICES.iter().map(|path| (path.to_string(), 'c')).collect();
    for (instance, fs) in
        settings.instances.iter().flat_map(|i| i.file_systems().into_iter().map(move |fs| (i, fs)))
    {
        let name = volume_name(&fs.block_device);
        if volumes.iter().any(|v| v.name == name) {
            continue;
        }
        devices.extend([(fs.block_device.to_string(), 'b'), (fs.raw_device.to_string(), 'c')]);
        volumes.push(Volume {
            name,
            block_device: fs.block_device.to_string(),
            raw_device: fs.raw_device.to_string(),
            fs_type: fs.fs_type.clone(),
        });
        // /dev/md/<set>/dsk/d400: the set is a device group.
        let set = fs.block_device.as_str().split('/').nth(3).unwrap_or("shared").to_string();
        if !device_groups.iter().any(|d| d.name == set) {
            let primary = instance.nodes.first().cloned();
            device_groups.push(DeviceGroup { name: set, nodes: instance.nodes.clone(), primary });
        }
    }

    let mut programs =
        BTreeMap::from([(settings.directory.program.to_string(), "comm_dssetup.pl".to_string())]);
    if let Some(program) = &settings.installer.program {
        let name = match settings.installer.kind {
            InstallerKind::Suite5 => "installer",
            InstallerKind::Commpkg => "commpkg",
        };
        programs.insert(program.to_string(), name.into());
    }

    Cluster {
        interruptions: Vec::new(),
        name: settings.cluster.name.clone(),
        personality,
        hosts,
        types: preregistered(personality),
        groups: Vec::new(),
        resources: Vec::new(),
        mounts: Vec::new(),
        volumes,
        device_groups,
        programs,
        site: Site {
            products: products(settings),
            directory_host: settings.directory.host.0.clone(),
            directory_port: settings.directory.port,
            // Assumption: the letter is unknown; -j stands for it.
            password_file_option: settings
                .directory
                .password_file_option
                .clone()
                .unwrap_or_else(|| "-j".into()),
            account: Some((settings.account.user.clone(), settings.account.group.clone())),
            state_option: settings.configurator.state_option.clone(),
            record_option: settings.configurator.record_option.clone(),
            language: "en".into(),
            name_service: name_service(settings, personality),
            devices,
        },
        directory_prepared: false,
        faults: Vec::new(),
        clock: BEGINNING,
    }
}

/// The types that an installation of the cluster registers by itself. They are types of the system
/// from 3.2 on (E39648), so that nobody unregisters them by mistake.
fn preregistered(personality: Personality) -> Vec<ResourceType> {
    let release = personality.cluster();
    let texts = registration_files::preregistered(personality);
    let types = texts.iter().filter_map(|(_, text)| registered(text.as_bytes(), release).ok());
    types.map(|kind| ResourceType { system: release >= ClusterRelease::ThreeTwo, ..kind }).collect()
}

/// Where accounts are kept in a name service, that of Calendar Server is.
fn name_service(settings: &Settings, personality: Personality) -> NameService {
    if !personality.has(Oddity::NameServiceAccounts) {
        return NameService::default();
    }
    let account = &settings.account;
    let (uid, gid) = (account.uid, account.gid);
    NameService {
        passwd: vec![format!("{}:*LK*:{uid}:{gid}:Calendar Server:/:/bin/sh", account.user)],
        group: vec![format!("{}:*:{gid}:", account.group)],
    }
}

fn products(settings: &Settings) -> Vec<(String, String)> {
    let all = settings.instances.iter();
    let all = all.map(|i| (i.install_root.to_string(), i.cal_svr_base.to_string()));
    let spare = settings.spares().into_iter().map(|node| {
        let root = spare_root(&node);
        (root.clone(), format!("{root}/SUNWics5/cal"))
    });
    all.chain(spare).collect()
}

/// The install root that the administrator chose for a node on which no instance is installed.
fn spare_root(node: &NodeName) -> String {
    format!("/opt/{node}")
}

/// Writes one host's disk.
fn disk(settings: &Settings, world: &mut World<'_>, host: &NodeName) -> io::Result<()> {
    let root = world.files(host).spot("/");
    world.storage.mkdir(&root, Mode(0o755), Owner::ROOT)?;
    let member = world.cluster.hosts.get(host).is_some_and(|m| m.id != 0);
    let devices = world.cluster.site.devices.clone();
    let texts = etc::files(settings, world.cluster, host);
    let personality = world.cluster.personality;
    let has_services = personality.solaris() == Solaris::Ten;
    let mut files = world.files(host);
    for directory in [
        "/etc",
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
        "/proc",
    ] {
        files.make_directories(directory, Mode(0o755), Owner::ROOT)?;
    }

    for directory in ["/tmp", "/var/tmp"] {
        files.make_directory(directory, Mode(0o1777), Owner::ROOT)?;
    }

    files.make_link("/bin", "./usr/bin")?;
    for (path, text) in texts {
        put(&mut files, &path, &text, 0o644)?;
    }

    for entry in PROGRAMS
        .iter()
        .filter(|e| e.directory != ELSEWHERE && (member || !e.directory.contains("cluster")))
    {
        files.make_directories(entry.directory, Mode(0o755), Owner::ROOT)?;
        files.make_program(&format!("{}/{}", entry.directory, entry.name))?;
    }

    for name in PASSED_ON.iter().map(|p| p.name) {
        files.make_program(&format!("/usr/bin/{name}"))?;
    }

    if has_services {
        files.make_program("/usr/sbin/svcadm")?;
    }

    for name in ["sh", "mount", "umount"] {
        files.make_program(&format!("/sbin/{name}"))?;
    }

    for (path, _) in &devices {
        let everybodys = EVERYBODYS_DEVICES.contains(&path.as_str());
        if !member && !everybodys {
            continue;
        }
        // Making a device needs a privilege; the lab knows these files by their paths.
        put(&mut files, path, "", if everybodys { 0o666 } else { 0o640 })?;
    }

    if member {
        for (name, text) in registration_files::all(personality) {
            put(&mut files, &format!("/usr/cluster/lib/rgm/rtreg/{name}"), &text, 0o644)?;
            let methods = registered(text.as_bytes(), personality.cluster()).map(|t| t.methods);
            for path in methods.unwrap_or_default().values() {
                put(&mut files, path, METHOD, 0o555)?;
            }
        }
        vendor_medium(settings, &mut files, host)?;
    }

    if settings.directory.host == *host {
        directory_server(settings, &mut files)?;
    }

    Ok(())
}

fn put(files: &mut super::view::View<'_>, path: &str, text: &str, mode: u32) -> io::Result<()> {
    if let Some((parent, _)) = path.rsplit_once('/').filter(|(p, _)| !p.is_empty()) {
        files.make_directories(parent, Mode(0o755), Owner::ROOT)?;
    }
    files.save(path, text.as_bytes(), Mode(mode), Owner::ROOT)
}

fn program(files: &mut super::view::View<'_>, path: &NodePath) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        files.make_directories(parent.as_str(), Mode(0o755), Owner::ROOT)?;
    }
    files.make_program(path.as_str())
}

/// The installer and the state files that an administrator brings when programs run silently.
fn vendor_medium(
    settings: &Settings,
    files: &mut super::view::View<'_>,
    host: &NodeName,
) -> io::Result<()> {
    if let Some(path) = &settings.installer.program {
        program(files, path)?;
    }

    if let (RunMode::Silent, Some(file)) = (settings.installer.mode, &settings.installer.state_file)
    {
        // One file for each instance, or one for all of them when its name does not tell them
        // apart.
        let mut roots: BTreeMap<String, Vec<String>> = BTreeMap::new();
        if let Some(file) = settings.spare_state_file().filter(|_| settings.spares().contains(host))
        {
            roots.entry(file.to_string()).or_default().push(spare_root(host));
        }
        for instance in settings.instances.iter().filter(|i| i.nodes.contains(host)) {
            roots
                .entry(of_instance(file, instance))
                .or_default()
                .push(instance.install_root.to_string());
        }
        for (file, roots) in roots {
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

/// `%i` in the name of a state file stands for the instance.
fn of_instance(file: &NodePath, instance: &Instance) -> String {
    file.as_str().replace("%i", &instance.name)
}

/// The state file that a first run of the configurator on a screen would have recorded.
pub(crate) fn configurator_answers(settings: &Settings, instance: &Instance) -> String {
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

fn directory_server(settings: &Settings, files: &mut super::view::View<'_>) -> io::Result<()> {
    let directory = &settings.directory;
    let instance = format!("{}/{}", directory.server_root, directory.instance);
    files.make_directories(&instance, Mode(0o755), Owner::ROOT)?;
    program(files, &directory.program)?;
    if let Some(file) = &directory.password_file {
        put(files, file.as_str(), "simulated\n", 0o600)?;
    }
    Ok(())
}
