//! The state of a fresh cluster: its machines, volumes and device groups, the site, and the types
//! that the cluster registers by itself. It is a pure function of the settings.

use std::collections::BTreeMap;

use super::{etc, medium, registration_files};
use crate::lab::rgm::registered::registered;
use crate::lab::{
    Cluster, ClusterRelease, DeviceGroup, Foreseen, Machine, NameService, Oddity, Personality,
    ResourceType, Site, Volume,
};
use crate::node::{NodeName, NodePath};
use crate::setting::{InstallerKind, Instance, Settings};

/// 14 December 2006, 13:51: the first log file in 6.11 of the guide.
const BEGINNING: u64 = 1_166_104_260;

/// Packages of every host, of members, and of the directory server when it is none.
const SYSTEM: [&str; 2] = ["SUNWcar", "SUNWcsr"];
const MEMBER: [&str; 5] = ["SUNWcsu", "SUNWmdr", "SUNWscics", "SUNWscr", "SUNWscu"];
const DIRECTORY: [&str; 2] = ["SUNWcsu", "SUNWcomds"];

/// Devices that every host has and everybody may write to.
pub(super) const EVERYBODYS_DEVICES: [&str; 2] = ["/dev/null", "/dev/tty"];

/// A cluster that knows nothing of Calendar Server yet.
pub(super) fn state(settings: &Settings, personality: Personality) -> Cluster {
    let storage = Storage::of(settings);
    Cluster {
        interruptions: Vec::new(),
        name: settings.cluster.name.clone(),
        personality,
        hosts: hosts(settings, personality),
        types: preregistered(personality),
        groups: Vec::new(),
        resources: Vec::new(),
        mounts: Vec::new(),
        volumes: storage.volumes,
        device_groups: storage.device_groups,
        programs: programs(settings),
        site: site(settings, personality, storage.devices),
        directory_prepared: false,
        directory_parts: 0,
        faults: Vec::new(),
        clock: BEGINNING,
    }
}

/// Every machine. Physical addresses are in the logical host's subnet, so that the cluster can work
/// out the interface list.
fn hosts(settings: &Settings, personality: Personality) -> BTreeMap<NodeName, Machine> {
    let taken: Vec<[u8; 4]> =
        settings.instances.iter().map(|i| i.logical_host.address.octets()).collect();
    let logical = taken.first().copied().unwrap_or([192, 168, 10, 100]);
    let mut free = (11u8..=250)
        .map(|last| [logical[0], logical[1], logical[2], last])
        .filter(|a| !taken.contains(a));

    let mut next = |id: u32, packages: &[&str]| {
        let a = free.next().unwrap_or([10, 0, 0, 1]);
        let packages = SYSTEM.iter().chain(packages);
        Machine {
            id,
            up: true,
            cluster_mode: id != 0,
            address: format!("{}.{}.{}.{}", a[0], a[1], a[2], a[3]),
            release: personality.solaris().kernel().into(),
            packages: packages.map(|p| (p.to_string(), "/".to_string())).collect(),
            running: Vec::new(),
            starts_at_boot: Vec::new(),
            syslogd: etc::SYSLOG.into(),
            booted: BEGINNING,
        }
    };

    let mut hosts = BTreeMap::new();
    for (at, node) in settings.cluster.nodes.iter().enumerate() {
        hosts.insert(node.clone(), next(at as u32 + 1, &MEMBER));
    }
    let directory = &settings.directory.host;
    if !hosts.contains_key(directory) {
        hosts.insert(directory.clone(), next(0, &DIRECTORY));
    }
    hosts
}

/// Shared storage: what the file systems of all instances lie on.
struct Storage {
    volumes: Vec<Volume>,
    device_groups: Vec<DeviceGroup>,
    /// Path and letter of every device node.
    devices: Vec<(String, char)>,
}

impl Storage {
    fn of(settings: &Settings) -> Self {
        let devices = EVERYBODYS_DEVICES.iter().map(|path| (path.to_string(), 'c')).collect();
        let mut all = Self { volumes: Vec::new(), device_groups: Vec::new(), devices };
        let file_systems = settings
            .instances
            .iter()
            .flat_map(|instance| instance.file_systems().into_iter().map(move |fs| (instance, fs)));

        for (instance, fs) in file_systems {
            let name = volume_name(&fs.block_device);
            if all.volumes.iter().any(|v| v.name == name) {
                continue;
            }
            let (block, raw) = (fs.block_device.to_string(), fs.raw_device.to_string());
            all.devices.extend([(block.clone(), 'b'), (raw.clone(), 'c')]);
            let fs_type = fs.fs_type.clone();
            all.volumes.push(Volume { name, block_device: block, raw_device: raw, fs_type });

            // /dev/md/<set>/dsk/d400: the set is a device group.
            let set = fs.block_device.as_str().split('/').nth(3).unwrap_or("shared").to_string();
            if !all.device_groups.iter().any(|d| d.name == set) {
                let nodes = instance.nodes.clone();
                let primary = nodes.first().cloned();
                all.device_groups.push(DeviceGroup { name: set, nodes, primary });
            }
        }
        all
    }
}

/// The name of a volume, also of its directory: its block device without what no file name has.
fn volume_name(device: &NodePath) -> String {
    device.as_str().trim_start_matches('/').replace('/', "_")
}

/// Programs whose place is a setting.
fn programs(settings: &Settings) -> BTreeMap<String, String> {
    let mut programs =
        BTreeMap::from([(settings.directory.program.to_string(), "comm_dssetup.pl".to_string())]);
    if let Some(program) = &settings.installer.program {
        let name = match settings.installer.kind {
            InstallerKind::Suite5 => "installer",
            InstallerKind::Commpkg => "commpkg",
        };
        programs.insert(program.to_string(), name.into());
    }
    programs
}

fn site(settings: &Settings, personality: Personality, devices: Vec<(String, char)>) -> Site {
    let directory = &settings.directory;
    // Assumption: the letter is unknown; -j stands for it.
    let password_file_option = directory.password_file_option.clone();
    Site {
        products: products(settings),
        directory_host: directory.host.0.clone(),
        directory_port: directory.port,
        password_file_option: password_file_option.unwrap_or_else(|| "-j".into()),
        account: Some((settings.account.user.clone(), settings.account.group.clone())),
        state_option: settings.configurator.state_option.clone(),
        record_option: settings.configurator.record_option.clone(),
        language: "en".into(),
        name_service: name_service(settings, personality),
        foreseen: foreseen(&settings.instances),
        devices,
    }
}

/// What the cluster is going to call the parts of the instances.
fn foreseen(instances: &[Instance]) -> Foreseen {
    let mut all = Foreseen::default();
    for one in instances {
        let host = &one.logical_host;
        all.groups.push(one.resource_group.clone());
        let resources = [&host.resource, &one.hasp_resource, &one.service_resource];
        all.resources.extend(resources.into_iter().cloned());
        all.addresses.extend([host.name.clone(), host.fqdn.clone(), host.address.to_string()]);
    }
    all
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
        let root = medium::spare_root(&node);
        (root.clone(), format!("{root}/SUNWics5/cal"))
    });
    all.chain(spare).collect()
}
