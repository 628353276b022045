//! What one node says of the cluster and of its own mounts, asked in one round trip. It answers
//! again without the node: whoever reads a group from it asks nobody. What was not asked is an
//! error, never an answer.

use crate::cluster::queries;
use crate::engine::Answers;
use crate::node::{
    Answer, Command, Entry, HostError, Inspect, NodeName, NodePath, Output, Question,
};
use crate::setting::{Instance, Settings};

/// The answers of one node.
#[derive(Clone, Debug)]
pub struct Seen {
    node: NodeName,
    /// Whether it was asked of the cluster, too.
    is_whole: bool,
    answers: Answers,
}

impl Seen {
    /// Asks everything that a status shows.
    ///
    /// # Errors
    /// A node that does not answer.
    pub fn ask(host: &dyn Inspect, settings: &Settings) -> Result<Self, HostError> {
        let questions = [of_cluster(settings), of_node(settings)].concat();
        Ok(Self { is_whole: true, ..Self::answered(host, questions)? })
    }

    /// Asks what no other node knows: where another member speaks for the cluster, what that says
    /// is not asked again.
    ///
    /// # Errors
    /// A node that does not answer.
    pub fn ask_for_itself(host: &dyn Inspect, settings: &Settings) -> Result<Self, HostError> {
        Self::answered(host, of_node(settings))
    }

    fn answered(host: &dyn Inspect, mut questions: Vec<Question>) -> Result<Self, HostError> {
        questions.sort();
        questions.dedup();
        let answers = host.ask(&questions)?;
        let answers = questions.into_iter().zip(answers).collect();
        Ok(Self { node: host.name().clone(), is_whole: false, answers })
    }

    /// Whether it can speak for the cluster: it was asked of it, and is a member.
    pub fn speaks_for_cluster(&self) -> bool {
        self.is_whole && self.is_in_cluster()
    }

    /// What it said, by what was asked.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    fn answer_to(&self, question: Question) -> Result<Answer, HostError> {
        self.answers.get(&question).cloned().unwrap_or(Err(HostError::NotAsked))
    }

    /// The first words of a line that a command prints; none where it fails or prints nothing.
    pub fn line(&self, command: &Command) -> Option<String> {
        let output = self.query(command).ok().filter(Output::success)?;
        let first = output.text().lines().next()?.trim().to_owned();
        (!first.is_empty()).then_some(first)
    }

    /// Whether it is in the cluster now: one that has left it knows nothing of it.
    fn is_in_cluster(&self) -> bool {
        self.query(&queries::local_node()).is_ok_and(|output| output.success())
    }

    /// The text behind the state that a resource's monitor tells, as one line.
    pub fn status_text(&self, resource: &str, node: &NodeName) -> Option<String> {
        let output =
            self.query(&queries::resource_status(resource, node)).ok().filter(Output::success)?;
        let text = output.text();
        let message = text.lines().skip(1).collect::<Vec<_>>().join(" ");
        (!message.trim().is_empty()).then(|| message.trim().to_owned())
    }
}

/// The resources of an instance, in the order in which they start.
pub fn resources(instance: &Instance) -> [&str; 3] {
    [&instance.logical_host.resource, &instance.hasp_resource, &instance.service_resource]
}

/// What each node knows of itself.
fn of_node(settings: &Settings) -> Vec<Question> {
    let mounts = settings.instances.iter().map(|i| Question::Mounted(i.share_dir.clone()));
    mounts.chain([Question::Query(queries::local_node())]).collect()
}

/// What every member knows of the cluster.
fn of_cluster(settings: &Settings) -> Vec<Question> {
    let mut all: Vec<Command> = settings.cluster.nodes.iter().map(queries::node_state).collect();

    for instance in &settings.instances {
        let group = &instance.resource_group;
        all.push(queries::group_nodes(group));
        all.push(queries::group_resources(group));
        all.extend(instance.nodes.iter().map(|node| queries::group_state(group, node)));

        for resource in resources(instance) {
            all.push(queries::switch(resource));
            for node in &instance.nodes {
                all.push(queries::resource_state(resource, node));
                all.push(queries::resource_status(resource, node));
            }
        }
    }

    all.into_iter().map(Question::Query).collect()
}

impl Inspect for Seen {
    fn name(&self) -> &NodeName {
        &self.node
    }

    fn stat(&self, path: &NodePath) -> Result<Entry, HostError> {
        match self.answer_to(Question::Stat(path.clone()))? {
            Answer::Stat(entry) => Ok(entry),
            _ => Err(HostError::NotAsked),
        }
    }

    fn read(&self, path: &NodePath) -> Result<Vec<u8>, HostError> {
        match self.answer_to(Question::Read(path.clone()))? {
            Answer::Read(bytes) => Ok(bytes),
            _ => Err(HostError::NotAsked),
        }
    }

    fn query(&self, command: &Command) -> Result<Output, HostError> {
        match self.answer_to(Question::Query(command.clone()))? {
            Answer::Query(output) => Ok(output),
            _ => Err(HostError::NotAsked),
        }
    }

    fn mounted(&self, path: &NodePath) -> Result<bool, HostError> {
        match self.answer_to(Question::Mounted(path.clone()))? {
            Answer::Mounted(mounted) => Ok(mounted),
            _ => Err(HostError::NotAsked),
        }
    }
}
