//! What every simulated cluster decides about groups and resources although no manual that could
//! be read says so, and whether a real cluster, which is none of Sun's, was seen to decide the
//! same. Nothing here makes a cluster behave: that is in `rgm`, below comments that begin
//! "Assumption:".

use OnRealCluster::{NotSeen, Seen};

/// Whether software that others wrote decides the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnRealCluster {
    /// It was seen in this scene, which a test plays on both clusters.
    Seen(&'static str),
    /// Why it was not.
    NotSeen(&'static str),
}

/// A decision of the lab that rests on nothing that was read.
pub struct Assumption {
    pub id: &'static str,
    /// What the cluster does: a sentence.
    pub does: &'static str,
    pub on_real_cluster: OnRealCluster,
    /// The file of `rgm` that does it.
    pub file: &'static str,
}

/// All of them.
pub const ASSUMPTIONS: &[Assumption] = &[
    Assumption {
        id: "start-tried-elsewhere",
        does: "Where a resource does not start, its group is tried on the other nodes of its list, \
               and the command that asked for it fails.",
        on_real_cluster: Seen("start fails where it is moved to"),
        file: "place.rs",
    },
    Assumption {
        id: "rests-where-asked",
        does: "A group of which a resource starts on no node rests on the one that was asked for.",
        on_real_cluster: NotSeen("Pacemaker leaves it on the node that it tried last"),
        file: "place.rs",
    },
    Assumption {
        id: "command-gives-up",
        does: "A command returns while what it asked for is still on its way.",
        on_real_cluster: NotSeen("no method was left hanging there"),
        file: "place.rs",
    },
    Assumption {
        id: "no-failback",
        does: "A node that comes back takes over nothing that runs elsewhere.",
        on_real_cluster: Seen("it comes back"),
        file: "reconfigure.rs",
    },
    Assumption {
        id: "offline-returns",
        does: "A group that was taken offline by hand comes online when a node joins.",
        on_real_cluster: NotSeen("a constraint that the tests write keeps it offline"),
        file: "reconfigure.rs",
    },
    Assumption {
        id: "enabling-needs-enabled",
        does: "A resource is not enabled while one that it depends on is disabled.",
        on_real_cluster: NotSeen("Pacemaker enables it, and it waits"),
        file: "switch.rs",
    },
    Assumption {
        id: "address-not-needed",
        does: "The address can be disabled while others of its group are enabled and run.",
        on_real_cluster: NotSeen("members of a group of Pacemaker's stand on one another"),
        file: "order.rs",
    },
    Assumption {
        id: "address-before-storage",
        does: "HAStoragePlus mounts after the address is up.",
        on_real_cluster: NotSeen("a group of Pacemaker's starts in the order of its members"),
        file: "order.rs",
    },
    Assumption {
        id: "global-stays",
        does: "A global file system stays mounted when its resource goes offline.",
        on_real_cluster: NotSeen("ext4 is mounted on one node only"),
        file: "storage.rs",
    },
    Assumption {
        id: "validate-skips-down",
        does: "A node that is down does not validate a resource; the others decide.",
        on_real_cluster: NotSeen("Pacemaker validates nothing when a resource is made"),
        file: "validate.rs",
    },
    Assumption {
        id: "validate-where-mounted",
        does: "SUNW.scics reads ics.conf only where the storage of its group is online.",
        on_real_cluster: NotSeen("Pacemaker validates nothing when a resource is made"),
        file: "calendar.rs",
    },
];
