//! A setting that the profile leaves open and of which the cluster offers several values: only a
//! human can say which one is meant, and before the first change. It looks; the engine asks.

use super::Views;
use crate::node::{HostError, NodeName};

/// What somebody has to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternatives {
    /// The setting that the choice answers: `cluster.hasp-type`.
    pub setting: &'static str,
    /// The node that was asked.
    pub node: NodeName,
    /// Why it has to be chosen, in a sentence.
    pub what: String,
    /// The values, two at least.
    pub values: Vec<String>,
}

/// Asks the nodes whether there is anything to choose.
pub type Alternate =
    Box<dyn Fn(&Views<'_>) -> Result<Option<Alternatives>, HostError> + Send + Sync>;
