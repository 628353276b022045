//! The last stage: checked values become typed `Settings`. It decides nothing. A value that passed
//! its check and does not fit its type is reported as a mistake of calha instead of a panic.

use super::{
    Account, Become, Cluster, Configurator, Connection, Directories, Directory, Evaluation,
    FileSystem, FileSystemKind, Installer, InstallerKind, Instance, Limits, LogicalHost, Members,
    Model, RunMode, SecretRef, Settings, Value, check,
};
use crate::node::{BecomeProgram, NodeName, NodePath};
use crate::problem::{Problem, codes};

type Built<T> = Result<T, Problem>;

/// Puts checked values into their types.
///
/// # Errors
/// A value that its check took and its type does not: a mistake of calha, reported instead of a
/// panic.
pub fn settings(values: &Evaluation) -> Built<Settings> {
    let all = Table { values, prefix: String::new() };
    Ok(Settings {
        cluster: cluster(&all.table("cluster"), values)?,
        account: account(&all.table("account"))?,
        instances: values
            .instances()
            .iter()
            .map(|name| instance(name, &all.table(&format!("instance.{name}")), values.nodes()))
            .collect::<Result<_, _>>()?,

        installer: installer(&all.table("installer"))?,
        configurator: configurator(&all.table("configurator"))?,
        directory: directory(&all.table("directory"))?,
        limits: limits(&all.table("limit"))?,
    })
}

/// How one node is reached.
///
/// # Errors
/// A value that cannot be taken.
pub fn reached(values: &Evaluation, node: &str) -> Built<(Connection, Option<Become>)> {
    let of_node = Table { values, prefix: format!("node.{node}.") };
    Ok((of_node.connection("connection", node)?, of_node.becomes()?))
}

/// The members of the cluster, and how each is reached.
///
/// # Errors
/// A value that cannot be taken.
pub fn members(values: &Evaluation) -> Built<Members> {
    let (mut connections, mut becomes) =
        (std::collections::BTreeMap::new(), std::collections::BTreeMap::new());
    for node in values.nodes() {
        let (connection, becomes_root) = reached(values, node)?;
        connections.insert(NodeName(node.clone()), connection);
        if let Some(become_root) = becomes_root {
            becomes.insert(NodeName(node.clone()), become_root);
        }
    }

    let table = |name: &str| Table { values, prefix: format!("{name}.") };
    Ok(Members {
        cluster: table("cluster").text("name")?,
        nodes: values.nodes().iter().cloned().map(NodeName).collect(),
        connections,
        becomes,
        query: table("limit").number("query")?,
        within: table("limit").number("cluster")?,
    })
}

fn cluster(table: &Table<'_>, values: &Evaluation) -> Built<Cluster> {
    let named = table.text("model")?;
    let model = Model::ALL
        .into_iter()
        .find(|m| m.name() == named)
        .ok_or_else(|| table.unusable("model"))?;

    let Members { cluster, nodes, connections, becomes, .. } = members(values)?;
    Ok(Cluster {
        name: cluster,
        model,
        nodes,
        connections,
        becomes,
        hasp_type: table.optional("hasp-type", Table::text)?,
        service_type: table.optional("service-type", Table::text)?,
    })
}

fn account(table: &Table<'_>) -> Built<Account> {
    Ok(Account {
        user: table.text("user")?,
        group: table.text("group")?,
        uid: table.number("uid")?,
        gid: table.number("gid")?,
    })
}

fn instance(name: &str, table: &Table<'_>, all: &[String]) -> Built<Instance> {
    let nodes = table.optional("nodes", Table::texts)?.unwrap_or_else(|| all.to_vec());
    Ok(Instance {
        name: name.to_string(),
        nodes: nodes.into_iter().map(NodeName).collect(),
        install_root: table.path("install-root")?,
        cal_svr_base: table.path("cal-svr-base")?,
        var_dir: table.path("var-dir")?,
        share_dir: table.path("share-dir")?,
        file_system: file_system(table, "share-dir", "block-device", "raw-device")?,
        program_file_systems: program_file_systems(table)?,
        directories: directories(table)?,
        resource_group: table.text("resource-group")?,
        logical_host: logical_host(table)?,
        hasp_resource: table.text("hasp-resource")?,
        hasp_description: table.text("hasp-description")?,
        service_resource: table.text("service-resource")?,
        port: table.number("port")?,
        watcher_port: table.optional("watcher-port", Table::number)?,
    })
}

fn program_file_systems(table: &Table<'_>) -> Built<Vec<FileSystem>> {
    let mut all = Vec::new();
    for directory in ["install-root", "var-dir"] {
        let (block, raw) = (format!("{directory}-device"), format!("{directory}-raw-device"));
        if table.values.get(&table.key(&block)).is_some() {
            all.push(file_system(table, directory, &block, &raw)?);
        }
    }
    Ok(all)
}

fn file_system(table: &Table<'_>, mount_point: &str, block: &str, raw: &str) -> Built<FileSystem> {
    let kind = match table.text("file-system")?.as_str() {
        "failover" => FileSystemKind::Failover,
        "cluster" => FileSystemKind::Cluster,
        _ => return Err(table.unusable("file-system")),
    };
    Ok(FileSystem {
        kind,
        mount_point: table.path(mount_point)?,
        block_device: table.path(block)?,
        raw_device: table.path(raw)?,
        fs_type: table.text("fs-type")?,
        fsck_pass: table.text("fsck-pass")?,
        mount_at_boot: table.text("mount-at-boot")? == "yes",
        options: table.text("mount-options")?,
    })
}

fn directories(table: &Table<'_>) -> Built<Directories> {
    Ok(Directories {
        config: table.path("config-dir")?,
        database: table.path("database-dir")?,
        store: table.path("store-dir")?,
        logs: table.path("logs-dir")?,
        tmp: table.path("tmp-dir")?,
        archive: table.path("archive-dir")?,
        hotbackup: table.path("hotbackup-dir")?,
    })
}

fn logical_host(table: &Table<'_>) -> Built<LogicalHost> {
    Ok(LogicalHost {
        name: table.text("logical-host")?,
        fqdn: table.text("logical-host-fqdn")?,
        address: check::address::ipv4(&table.text("logical-host-address")?)
            .map_err(|_| table.unusable("logical-host-address"))?,
        resource: table.text("logical-host-resource")?,
        description: table.text("logical-host-description")?,
        netiflist: table.optional("netiflist", Table::text)?,
    })
}

fn installer(table: &Table<'_>) -> Built<Installer> {
    Ok(Installer {
        kind: match table.text("kind")?.as_str() {
            "suite-5" => InstallerKind::Suite5,
            "commpkg" => InstallerKind::Commpkg,
            _ => return Err(table.unusable("kind")),
        },
        mode: table.mode("mode")?,
        program: table.optional("program", Table::path)?,
        state_file: table.optional("state-file", Table::path)?,
    })
}

fn configurator(table: &Table<'_>) -> Built<Configurator> {
    Ok(Configurator {
        mode: table.mode("mode")?,
        state_file: table.optional("state-file", Table::path)?,
        state_option: table.text("state-option")?,
        record_option: table.text("record-option")?,
        silent_options: table.texts("options")?,
    })
}

fn directory(table: &Table<'_>) -> Built<Directory> {
    let host = table.text("host")?;
    Ok(Directory {
        port: table.number("port")?,
        connection: table.connection("connection", &host)?,
        becomes: table.becomes()?,
        host: NodeName(host),
        mode: table.mode("mode")?,
        program: table.path("program")?,
        server_root: table.path("server-root")?,
        instance: table.text("instance")?,
        dc_suffix: table.text("dc-suffix")?,
        user_group_suffix: table.text("user-group-suffix")?,
        manager_dn: table.text("manager-dn")?,
        schema_type: table.text("schema-type")?,
        password_file_option: table.optional("password-file-option", Table::text)?,
        password_file: table.optional("password-file", Table::path)?,
    })
}

fn limits(table: &Table<'_>) -> Built<Limits> {
    Ok(Limits {
        query: table.number("query")?,
        cluster: table.number("cluster")?,
        vendor: table.number("vendor")?,
    })
}

/// The values whose keys begin with a prefix.
struct Table<'a> {
    values: &'a Evaluation,
    prefix: String,
}

impl Table<'_> {
    fn table(&self, name: &str) -> Self {
        Self { values: self.values, prefix: format!("{name}.") }
    }

    fn value(&self, name: &str) -> Built<&Value> {
        self.values
            .get(&self.key(name))
            .map(|answer| &answer.value)
            .ok_or_else(|| self.unusable(name))
    }

    fn text(&self, name: &str) -> Built<String> {
        self.value(name)?.as_text().map(str::to_string).ok_or_else(|| self.unusable(name))
    }

    fn texts(&self, name: &str) -> Built<Vec<String>> {
        let texts = self.value(name)?.as_texts().ok_or_else(|| self.unusable(name))?;
        Ok(texts.into_iter().map(str::to_string).collect())
    }

    fn path(&self, name: &str) -> Built<NodePath> {
        NodePath::new(self.text(name)?).map_err(|_| self.unusable(name))
    }

    fn number<T: TryFrom<i64>>(&self, name: &str) -> Built<T> {
        self.value(name)?
            .as_integer()
            .and_then(|number| T::try_from(number).ok())
            .ok_or_else(|| self.unusable(name))
    }

    fn mode(&self, name: &str) -> Built<RunMode> {
        match self.text(name)?.as_str() {
            "silent" => Ok(RunMode::Silent),
            "attended" => Ok(RunMode::Attended),
            "operator" => Ok(RunMode::Operator),
            _ => Err(self.unusable(name)),
        }
    }

    fn connection(&self, name: &str, host: &str) -> Built<Connection> {
        let words = |value: Option<&Value>| {
            value
                .and_then(Value::as_texts)
                .unwrap_or_default()
                .into_iter()
                .map(str::to_string)
                .collect()
        };

        match self.value(name)? {
            Value::Text(text) if text == "ssh" => {
                Ok(Connection::Ssh { destination: host.to_string(), options: Vec::new() })
            }
            Value::Text(text) if text == "local" => Ok(Connection::Local),
            Value::Text(text) if text == "none" => Ok(Connection::None),
            Value::Table(table) => match table.get("ssh").and_then(Value::as_text) {
                Some(destination) => Ok(Connection::Ssh {
                    destination: destination.to_string(),
                    options: words(table.get("options")),
                }),
                None => Ok(Connection::Command(words(table.get("command")))),
            },
            _ => Err(self.unusable(name)),
        }
    }

    fn becomes(&self) -> Built<Option<Become>> {
        let program = match self.text("become")?.as_str() {
            "no" => return Ok(None),
            "sudo" => BecomeProgram::Sudo,
            "su" => BecomeProgram::Su,
            "pfexec" => BecomeProgram::Pfexec,
            _ => return Err(self.unusable("become")),
        };
        let password = match self.values.get(&self.key("become-password")) {
            Some(answer) => Some(
                SecretRef::from_value(&answer.value)
                    .map_err(|_| self.unusable("become-password"))?,
            ),
            None => None,
        };
        Ok(Some(Become { program, password }))
    }

    fn optional<T>(&self, name: &str, read: fn(&Self, &str) -> Built<T>) -> Built<Option<T>> {
        if self.values.get(&self.key(name)).is_none() {
            return Ok(None);
        }
        read(self, name).map(Some)
    }

    fn key(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    fn unusable(&self, name: &str) -> Problem {
        let key = self.key(name);
        let mut problem = Problem::new(
            codes::SETTING_INTERNAL,
            format!("{key} has no usable value although it was checked"),
        );
        problem.place = self.values.place(&key);
        problem.hint("this is a mistake of calha; please report it with the profile")
    }
}
