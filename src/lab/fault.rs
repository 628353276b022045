//! What can go wrong in a lab, as JSON that a test or `calha lab` injects. A fault stands until
//! somebody clears it, unless its description says otherwise. What a program then does is up to
//! that program; how a single call fails is a `Trouble`.

use serde::{Deserialize, Serialize};

use super::Trouble;
use crate::node::NodeName;

/// Something that goes wrong in the lab because somebody asked for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "fault")]
pub enum Fault {
    /// The `nth` call (from 1) of a program, optionally on one host or with an argument that
    /// contains a text.
    Call {
        program: String,
        #[serde(default)]
        host: Option<NodeName>,
        #[serde(default)]
        argument: Option<String>,
        nth: u32,
        /// Calls that fitted so far.
        #[serde(default)]
        seen: u32,
        trouble: Trouble,
    },
    /// The start method of a resource fails, on one host or everywhere, while this stands.
    StartFails { resource: String, host: Option<NodeName> },
    /// The stop method fails once; then the fault is gone.
    StopFails { resource: String },
    /// The Validate method refuses the resource while this stands: always, or only under a version
    /// of its type, or only with a value of a property.
    ValidateRefuses {
        resource: String,
        #[serde(default)]
        version: Option<String>,
        #[serde(default)]
        property: Option<String>,
        /// Of that property; absent: any.
        #[serde(default)]
        value: Option<String>,
    },
    /// The group stays PENDING_ONLINE wherever it is brought online while this stands.
    StaysPending { group: String },
    /// The stop method of a resource does not come back while this stands: the group stays
    /// PENDING_OFFLINE.
    StaysStopping { resource: String },
    /// The cluster's word for the state of a group or resource is this one, whatever it is: another
    /// release may have others.
    StateReads { of: String, word: String },
    /// Another machine answers on this address, or on the address of this name, while this stands:
    /// a logical host that is down does not come up on it.
    AddressTaken { address: String },
    /// The manager of the directory has this password while this stands. Without this fault the
    /// directory takes any.
    ManagerPassword { password: String },
    /// Writing at or below this path fails for want of space.
    ///
    /// On disk that holds for the lab's programs, also for what they print into a file there; not
    /// for what the machine's own shell writes itself (`echo text > file`), which no unprivileged
    /// lab can refuse.
    DiskFull { host: NodeName, path: String },
}

impl Fault {
    /// Whether the call that it waited for has come: nothing goes wrong by it any more.
    pub fn is_spent(&self) -> bool {
        matches!(self, Self::Call { nth, seen, .. } if seen >= nth)
    }
}
