use crate::host::NodeName;
use crate::op::{Check, Command, NodePath};
use crate::setting::{Instance, Settings};

/// What the steps of one instance are made from.
#[derive(Clone, Debug)]
pub struct Site {
    pub settings: Settings,
    pub instance: Instance,
    /// calha's directory on each node.
    pub record: NodePath,
}

impl Site {
    /// `profile` names the installation in the record's path.
    ///
    /// # Errors
    /// When the names do not make a path.
    pub fn new(settings: &Settings, instance: &Instance, profile: &str) -> Result<Self, String> {
        let record = NodePath::new(format!("/var/opt/calha/{}/{profile}", settings.cluster.name))?;
        Ok(Self { settings: settings.clone(), instance: instance.clone(), record })
    }

    /// The node that comes first in the list of preference.
    pub fn primary(&self) -> NodeName {
        self.settings.cluster.nodes[0].clone()
    }

    /// The node that takes over.
    pub fn secondary(&self) -> NodeName {
        self.settings.cluster.nodes[1].clone()
    }

    /// All members of the instance's group.
    pub fn nodes(&self) -> Vec<NodeName> {
        self.settings.cluster.nodes.clone()
    }

    /// The shared directory.
    pub fn mount(&self) -> &NodePath {
        &self.instance.share_dir
    }

    /// A path below one that is known to be valid.
    pub fn below(directory: &NodePath, name: &str) -> NodePath {
        directory.join(name)
    }

    /// A file of an operation in the record: `rc`, `out`.
    pub fn record_file(&self, stem: &str, ending: &str) -> NodePath {
        self.record.join(&format!("{stem}.{ending}"))
    }

    /// Seconds a command of the cluster may take.
    pub fn cluster_limit(&self) -> u64 {
        self.settings.limits.cluster
    }

    /// scha_resource_get(1HA).
    pub fn resource(tag: &str, resource: &str, rest: &[&str]) -> Command {
        let mut args = vec!["-O", tag, "-R", resource];
        args.extend(rest);
        Command::new("/usr/cluster/bin/scha_resource_get", args)
    }

    /// scha_resourcegroup_get(1HA).
    pub fn group(tag: &str, group: &str, rest: &[&str]) -> Command {
        let mut args = vec!["-O", tag, "-G", group];
        args.extend(rest);
        Command::new("/usr/cluster/bin/scha_resourcegroup_get", args)
    }

    /// The group is online on this node.
    pub fn online_on(&self, node: &NodeName) -> Check {
        Check::Prints {
            command: Self::group("RG_STATE_NODE", &self.instance.resource_group, &[node.as_str()]),
            text: "ONLINE".into(),
        }
    }

    /// Some state on some node from which nothing gets better by itself.
    pub fn hopeless(&self) -> Check {
        let group = &self.instance.resource_group;
        let states = ["ERROR_STOP_FAILED", "ONLINE_FAULTED"];
        Check::Any(
            self.nodes()
                .iter()
                .flat_map(|n| {
                    states
                        .iter()
                        .map(|s| Check::Prints { command: Self::group("RG_STATE_NODE", group, &[n.as_str()]), text: (*s).into() })
                })
                .collect(),
        )
    }
}
