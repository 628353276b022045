//! What a command may change, as far as somebody else's answer depends on it. A journal keeps each
//! as a path, as releases before this type did: the cluster by the directory of its commands, the
//! mounts by their table.

use serde::{Deserialize, Serialize};

use crate::cluster;
use crate::node::NodePath;

/// The table of mounts, mnttab(4).
const MOUNTS: &str = "/etc/mnttab";

/// Something that a command may change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "NodePath", into = "NodePath")]
pub enum Touches {
    /// Everything that the commands of the cluster answer, on every member.
    Cluster,
    /// Which file systems are mounted.
    Mounts,
    /// This path on the command's own node, and what is below it.
    Path(NodePath),
}

impl Touches {
    /// Whether other nodes see it as well.
    pub fn is_shared(&self) -> bool {
        matches!(self, Self::Cluster | Self::Mounts)
    }

    /// The path below which an answer may be another one afterwards.
    pub fn path(&self) -> NodePath {
        match self {
            Self::Cluster => NodePath::new(cluster::DIRECTORY).expect("a fixed path"),
            Self::Mounts => NodePath::new(MOUNTS).expect("a fixed path"),
            Self::Path(path) => path.clone(),
        }
    }
}

impl From<NodePath> for Touches {
    fn from(path: NodePath) -> Self {
        match path.as_str() {
            cluster::DIRECTORY => Self::Cluster,
            MOUNTS => Self::Mounts,
            _ => Self::Path(path),
        }
    }
}

impl From<Touches> for NodePath {
    fn from(touches: Touches) -> Self {
        touches.path()
    }
}

#[cfg(test)]
mod tests {
    use super::Touches;
    use crate::node::NodePath;

    #[test]
    fn a_journal_has_the_paths_that_it_had() {
        let all = [
            (Touches::Cluster, "\"/usr/cluster\""),
            (Touches::Mounts, "\"/etc/mnttab\""),
            (Touches::Path(NodePath::new("/cal").unwrap()), "\"/cal\""),
        ];
        for (touches, text) in all {
            assert_eq!(serde_json::to_string(&touches).unwrap(), text);
            assert_eq!(serde_json::from_str::<Touches>(text).unwrap(), touches);
        }
    }
}
