//! What one node of the cluster says when it is asked before there is a profile: names, volumes,
//! accounts, types. Questions only read. What the node does not know stays empty, and an error is
//! only a node that cannot be asked.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{KnownHost, Offer};
use crate::cluster::queries;
use crate::node::{Command, HostError, Inspect, NodePath};

const GETENT: &str = "/usr/bin/getent";

/// The first id that is offered for an account.
const FIRST_ID: u32 = 5001;

/// How many ids getent is asked for in one call, and how often where it knows all of them.
const AT_ONCE: usize = 20;
const ROUNDS: usize = 10;

/// In the note of a volume that vfstab mounts somewhere.
pub(super) const IN_VFSTAB: &str = "in /etc/vfstab";

/// What a node of the cluster knows already, read without changing anything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The node, as the cluster spells it.
    pub node: String,
    pub cluster: Option<String>,
    /// All members.
    pub nodes: Vec<String>,
    /// Volumes of disk sets and disk groups, with what they are and whether vfstab mounts them.
    pub devices: Vec<Offer>,
    pub hosts: Vec<KnownHost>,
    pub users: BTreeMap<String, u32>,
    pub groups: BTreeMap<String, u32>,
    /// Ids that somebody has there by the word of getent(1M) alone: a directory may know more than
    /// it lists.
    #[serde(default)]
    pub taken: BTreeSet<u32>,
    /// Registered resource types.
    pub types: Vec<String>,
    pub resource_groups: Vec<String>,
}

impl Known {
    /// Asks a node. What it does not know stays empty.
    ///
    /// # Errors
    /// A node that cannot be asked.
    pub fn read(host: &dyn Inspect) -> Result<Self, HostError> {
        let cluster = |command: Command| lines(host, &command);

        let vfstab = text(host, "/etc/vfstab")?;
        let users = accounts(host, "passwd")?;
        let groups = accounts(host, "group")?;
        let mut known = Self {
            node: cluster(queries::local_node())?
                .into_iter()
                .next()
                .unwrap_or_else(|| host.name().0.clone()),
            cluster: cluster(queries::cluster_name())?.into_iter().next(),
            nodes: cluster(queries::nodes())?,
            devices: devices(host, &vfstab)?,
            hosts: KnownHost::all(&text(host, "/etc/hosts")?),
            users,
            groups,
            taken: BTreeSet::new(),
            types: cluster(queries::registered_types())?,
            resource_groups: cluster(queries::groups())?,
        };

        known.ask_for_free_ids(host)?;
        Ok(known)
    }

    /// The first id from 5001 that neither a user nor a group has there.
    pub fn free_id(&self) -> u32 {
        self.free_ids().next().unwrap_or(FIRST_ID)
    }

    fn free_ids(&self) -> impl Iterator<Item = u32> + '_ {
        let listed = |id: &u32| self.users.values().chain(self.groups.values()).any(|k| k == id);
        (FIRST_ID..60000).filter(move |id| !listed(id) && !self.taken.contains(id))
    }

    /// Asks for the next free ids by themselves, as preflight will: NIS and LDAP need not list
    /// every account that they have.
    fn ask_for_free_ids(&mut self, host: &dyn Inspect) -> Result<(), HostError> {
        for _ in 0..ROUNDS {
            let asked: Vec<u32> = self.free_ids().take(AT_ONCE).collect();
            let words: Vec<String> = asked.iter().map(u32::to_string).collect();
            for database in ["passwd", "group"] {
                let keys = std::iter::once(database).chain(words.iter().map(String::as_str));
                // It ends with 2 where it knows one of them not, and says what it knows all the
                // same.
                let output = host.query(&Command::new(GETENT, keys))?;
                self.taken.extend(ids(&output.text()).into_values());
            }

            if asked.iter().any(|id| !self.taken.contains(id)) {
                break;
            }
        }
        Ok(())
    }

    /// The line of the hosts file about a name.
    pub fn host(&self, name: &str) -> Option<&KnownHost> {
        self.hosts.iter().find(|h| h.is(name))
    }

    /// The domain that the node itself is in.
    pub fn domain(&self) -> Option<&str> {
        self.host(&self.node)?.qualified()?.split_once('.').map(|(_, domain)| domain)
    }

    /// In a few lines, what was found, for people.
    pub fn told(&self) -> Vec<String> {
        let registered: Vec<&str> = self.types.iter().map(String::as_str).collect();
        let used = self.devices.iter().filter(|d| d.note.contains(IN_VFSTAB)).count();
        let groups = if self.resource_groups.is_empty() {
            "none".to_owned()
        } else {
            self.resource_groups.join(", ")
        };

        vec![
            format!(
                "{} of cluster {}",
                self.node,
                self.cluster.as_deref().unwrap_or("(not a member of one)")
            ),
            format!("nodes: {}", self.nodes.join(", ")),
            format!("volumes: {}, {} of them with a line in /etc/vfstab", self.devices.len(), used),
            format!(
                "resource types: {}",
                if registered.is_empty() { "none".into() } else { registered.join(", ") }
            ),
            format!("resource groups: {groups}"),
        ]
    }
}

/// Volumes of Solaris Volume Manager and VERITAS: `/dev/md/SET/dsk/NAME`, `/dev/vx/dsk/GROUP/NAME`.
/// Those without a line in vfstab come first; of the others it is said where the line mounts them.
fn devices(host: &dyn Inspect, vfstab: &str) -> Result<Vec<Offer>, HostError> {
    let fields = |line: &str| {
        let mut words = line.split_whitespace().map(str::to_owned);
        Some((words.next()?, words.nth(1)?))
    };
    let mounts: BTreeMap<String, String> =
        vfstab.lines().filter(|l| !l.trim_start().starts_with('#')).filter_map(fields).collect();

    let mut all = Vec::new();
    let mut add = |directory: String, note: String, names: Vec<String>| {
        for path in names
            .into_iter()
            .map(|name| format!("{directory}/{name}"))
            .filter(|path| NodePath::new(path.as_str()).is_ok())
        {
            let note = match mounts.get(&path) {
                Some(mount) => format!("{note}, {IN_VFSTAB} for {mount}"),
                None => note.clone(),
            };
            all.push(Offer::new(path, note));
        }
    };

    for set in lines(host, &ls("/dev/md"))? {
        // What else is there belongs to the volume manager, or to local volumes.
        if ["admin", "dsk", "rdsk", "shared"].contains(&set.as_str())
            || NodePath::new(format!("/dev/md/{set}")).is_err()
        {
            continue;
        }
        let directory = format!("/dev/md/{set}/dsk");
        let names = lines(host, &ls(&directory))?;
        add(directory, format!("disk set {set}"), names);
    }

    for group in lines(host, &ls("/dev/vx/dsk"))? {
        let directory = format!("/dev/vx/dsk/{group}");
        if NodePath::new(directory.as_str()).is_ok() {
            let names = lines(host, &ls(&directory))?;
            add(directory, format!("disk group {group}"), names);
        }
    }

    all.sort_by_key(|offer| offer.note.contains(IN_VFSTAB));
    Ok(all)
}

/// Accounts as getent(1M) lists them, where preflight asks too, and those of the node's own file: a
/// directory need not list its accounts.
fn accounts(host: &dyn Inspect, database: &str) -> Result<BTreeMap<String, u32>, HostError> {
    let mut all = ids(&text(host, &format!("/etc/{database}"))?);
    let listed = host.query(&Command::new(GETENT, [database]))?;
    all.extend(ids(&listed.text()));
    Ok(all)
}

/// Names and their ids, third field of passwd(4) and group(4).
fn ids(text: &str) -> BTreeMap<String, u32> {
    let line = |line: &str| {
        let fields: Vec<&str> = line.split(':').collect();
        Some(((*fields.first()?).to_owned(), fields.get(2)?.parse().ok()?))
    };
    text.lines().filter_map(line).collect()
}

fn ls(directory: &str) -> Command {
    Command::new("/usr/bin/ls", [directory])
}

fn lines(host: &dyn Inspect, command: &Command) -> Result<Vec<String>, HostError> {
    let output = host.query(command)?;
    let text = if output.success() { output.text() } else { Default::default() };
    Ok(text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect())
}

fn text(host: &dyn Inspect, path: &str) -> Result<String, HostError> {
    match host.read(&NodePath::new(path).map_err(HostError::Invalid)?) {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(HostError::Io { .. }) => Ok(String::new()),
        Err(other) => Err(other),
    }
}
