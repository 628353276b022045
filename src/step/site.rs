//! What the steps of one instance are made from: its settings, its nodes by their part, and the
//! commands and checks about its group and resources. All of it comes from the profile, so it
//! asks no host. How a step uses it is in the step's own file.

use super::{StepId, StepKind};
use crate::cluster::{GroupState, ResourceState, Switch, queries};
use crate::node::{Command, NodeName, NodePath};
use crate::op::Check;
use crate::setting::{FileSystem, FileSystemKind, Instance, Settings};

/// One instance of a profile, with the settings that it shares with the others.
#[derive(Clone, Debug)]
pub struct Site {
    pub settings: Settings,
    pub instance: Instance,
    /// calha's directory on each node.
    pub record: NodePath,
    /// State file of the configurator on the primary node.
    pub state_file: NodePath,
    /// State file of the installer for a node that runs programs from shared disks only.
    pub spare_state_file: Option<NodePath>,
    /// Whether there are others: its steps have its name then.
    several: bool,
}

impl Site {
    /// `profile` names the installation in the record's path.
    ///
    /// # Errors
    /// When the names do not make a path.
    pub fn new(settings: &Settings, instance: &Instance, profile: &str) -> Result<Self, String> {
        let record = NodePath::new(format!("/var/opt/calha/{}/{profile}", settings.cluster.name))?;
        let spare_state_file = settings.spare_state_file();
        let mut settings = settings.clone();
        let several = settings.instances.len() > 1;
        let own = |path: &NodePath| NodePath::new(path.as_str().replace("%i", &instance.name));
        let state_file = match &settings.configurator.state_file {
            Some(file) => own(file)?,
            None => record.join(&format!("configurator-{}.state", instance.name)),
        };
        settings.installer.state_file =
            settings.installer.state_file.as_ref().map(own).transpose()?;
        Ok(Self {
            settings,
            instance: instance.clone(),
            record,
            state_file,
            spare_state_file,
            several,
        })
    }

    /// The step of this kind that is this instance's.
    pub fn step(&self, kind: StepKind) -> StepId {
        StepId::new(kind, self.several.then(|| self.instance.name.clone()))
    }

    /// The node that comes first in the list of preference.
    pub fn primary(&self) -> NodeName {
        self.instance.nodes[0].clone()
    }

    /// The node that takes over.
    pub fn secondary(&self) -> NodeName {
        self.instance.nodes[1].clone()
    }

    /// The nodes of the instance's group.
    pub fn nodes(&self) -> Vec<NodeName> {
        self.instance.nodes.clone()
    }

    /// The same, the one first that the group is on while the service is made.
    pub fn standby_first(&self) -> Vec<NodeName> {
        self.instance.nodes.iter().rev().cloned().collect()
    }

    /// The nodes that mount its file systems some time: a cluster file system is there on all
    /// members.
    pub fn mounting(&self) -> Vec<NodeName> {
        match self.instance.file_system.kind {
            FileSystemKind::Cluster => self.members(),
            FileSystemKind::Failover => self.nodes(),
        }
    }

    /// All nodes of the installation.
    pub fn members(&self) -> Vec<NodeName> {
        self.settings.cluster.nodes.clone()
    }

    /// Every other instance that may run on a node of this one.
    pub fn neighbours(&self) -> impl Iterator<Item = &Instance> {
        let meets = |other: &Instance| other.nodes.iter().any(|n| self.instance.nodes.contains(n));
        self.settings.instances.iter().filter(move |i| i.name != self.instance.name && meets(i))
    }

    /// The file systems that follow the group.
    pub fn file_systems(&self) -> Vec<&FileSystem> {
        self.instance.file_systems()
    }

    /// Their mount points.
    pub fn mount_points(&self) -> Vec<NodePath> {
        self.file_systems().iter().map(|fs| fs.mount_point.clone()).collect()
    }

    /// Their mount points in a title: the first, and how many more there are.
    pub fn mounts(&self) -> String {
        match self.file_systems().as_slice() {
            [] => String::new(),
            [only] => only.mount_point.to_string(),
            [first, rest @ ..] => format!("{} and {} more", first.mount_point, rest.len()),
        }
    }

    /// All of them are mounted.
    pub fn mounted(&self) -> Check {
        let mut all: Vec<Check> =
            self.file_systems().iter().map(|fs| Check::Mounted(fs.mount_point.clone())).collect();
        match all.pop() {
            Some(only) if all.is_empty() => only,
            last => Check::All(all.into_iter().chain(last).collect()),
        }
    }

    /// The step after which nothing configures the instance any more.
    pub fn last_configured(&self) -> StepKind {
        if self.instance.shares_programs() {
            StepKind::ConfigurePrimary
        } else {
            StepKind::ConfigureSecondary
        }
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

    /// There is such a resource.
    pub fn exists(resource: &str) -> Check {
        Check::Succeeds(queries::group_of(resource))
    }

    /// There is no such resource: the cluster answers, and knows none. A node that has left the
    /// cluster answers no question, which proves nothing.
    pub fn is_gone(resource: &str) -> Check {
        Self::unknown_to_cluster(Self::exists(resource))
    }

    /// The same of a group.
    pub fn group_is_gone(group: &str) -> Check {
        Self::unknown_to_cluster(Check::Succeeds(queries::group_nodes(group)))
    }

    /// Asked last whether there is a cluster: a node may leave it between two questions.
    fn unknown_to_cluster(exists: Check) -> Check {
        Check::All(vec![exists.negated(), Check::Succeeds(queries::groups())])
    }

    /// Whether the cluster is to run a resource.
    pub fn switch_is(resource: &str, switch: Switch) -> Check {
        Check::Prints { command: queries::switch(resource), text: switch.word().to_owned() }
    }

    /// The group is in exactly this state on this node.
    pub fn group_prints(&self, node: &NodeName, state: &GroupState) -> Check {
        let command = queries::group_state(&self.instance.resource_group, node);
        Check::Prints { command, text: state.word().to_owned() }
    }

    /// The group is online on this node.
    pub fn online_on(&self, node: &NodeName) -> Check {
        self.group_prints(node, &GroupState::Online)
    }

    /// The group is in one of these states on this node.
    pub fn group_is(&self, node: &NodeName, states: &[GroupState]) -> Check {
        let group = &self.instance.resource_group;
        let command = queries::group_state(group, node);
        Self::prints_one_of(&command, states.iter().map(GroupState::word))
    }

    /// A resource runs on some node, watched or not.
    pub fn runs(&self, resource: &str) -> Check {
        self.is_anywhere(resource, &ResourceState::UP)
    }

    /// A method of a resource has failed on some node.
    pub fn has_failed(&self, resource: &str) -> Check {
        self.is_anywhere(resource, &ResourceState::FAILED)
    }

    fn is_anywhere(&self, resource: &str, states: &[ResourceState]) -> Check {
        let on = |node: &NodeName| Self::resource_is(resource, node, states);
        Check::Any(self.nodes().iter().map(on).collect())
    }

    /// A resource is in one of these states on a node.
    pub fn resource_is(resource: &str, node: &NodeName, states: &[ResourceState]) -> Check {
        let command = queries::resource_state(resource, node);
        Self::prints_one_of(&command, states.iter().map(ResourceState::word))
    }

    fn prints_one_of<'w>(command: &Command, words: impl Iterator<Item = &'w str>) -> Check {
        let prints = |word: &str| Check::Prints { command: command.clone(), text: word.to_owned() };
        Check::Any(words.map(prints).collect())
    }

    /// Some state on some node from which nothing gets better by itself.
    pub fn hopeless(&self) -> Check {
        let on = |node: &NodeName| self.group_is(node, &GroupState::HOPELESS);
        Check::Any(self.nodes().iter().map(on).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::node::{Entry, HostError, Inspect, Output};

    /// A node that has left the cluster: it answers, and its cluster commands fail.
    struct Left(NodeName);

    impl Inspect for Left {
        fn name(&self) -> &NodeName {
            &self.0
        }

        fn stat(&self, _: &NodePath) -> Result<Entry, HostError> {
            Ok(Entry::Missing)
        }

        fn read(&self, _: &NodePath) -> Result<Vec<u8>, HostError> {
            Err(HostError::NotAsked)
        }

        fn query(&self, _: &Command) -> Result<Output, HostError> {
            Ok(Output { status: 5, ..Output::default() })
        }
    }

    #[test]
    fn no_answer_of_the_cluster_proves_that_nothing_is_left() {
        let left = Left(NodeName("Node1".into()));
        assert!(!Site::is_gone("CAL-HASP-RS").holds(&left).unwrap());
        assert!(!Site::group_is_gone("CAL-RG").holds(&left).unwrap());
    }
}
