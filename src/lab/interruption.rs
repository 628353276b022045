//! Users of a service that were cut off. The simulated cluster counts it whoever did it; whether it
//! was meant to be is for whoever looks to say.

use serde::{Deserialize, Serialize};

use crate::node::NodeName;

/// A service that ran on a node and was stopped there, for good or on its way to another node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interruption {
    /// Its resource.
    pub service: String,
    pub node: NodeName,
}
