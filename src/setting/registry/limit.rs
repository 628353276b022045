//! Entries for how long calha waits for a query, a cluster command and a vendor's program. No limit
//! ends a program on a node: calha stops waiting, and resume looks again.

use super::Setting;
use crate::setting::{Fallback, Group, Kind, Need};

/// One week, the longest that calha waits for anything.
const WEEK: i64 = 7 * 24 * 3600;

const SECONDS: Kind = Kind::Integer { min: 1, max: WEEK, unit: "seconds" };

/// How long calha waits.
pub const SETTINGS: &[Setting] = &[
    Setting {
        key: "limit.query",
        kind: SECONDS,
        prompt: "Seconds for a query",
        help: "Longest wait for a command that only reads",
        long: "After it the node counts as unreachable.",
        group: Group::Limit,
        source: "6.6",
        fallback: Fallback::Fixed("60"),
        need: Need::Always,
    },
    Setting {
        key: "limit.cluster",
        kind: SECONDS,
        prompt: "Seconds for a cluster command",
        help: "Longest wait for a command of Sun Cluster",
        long: "A switch takes 1 to 3 seconds on a real cluster of Pacemaker, and a group whose \
               node has died is served again after 3 to 10. The limit is for methods that hang: \
               timeouts of HAStoragePlus reach 1800 seconds, and a switch runs several methods.",
        group: Group::Limit,
        source: "6.6.3",
        fallback: Fallback::Fixed("3600"),
        need: Need::Always,
    },
    Setting {
        key: "limit.vendor",
        kind: SECONDS,
        prompt: "Seconds for an installer or configurator",
        help: "Longest wait for a vendor's installer or configurator",
        long: "When it is over calha stops waiting and leaves the program running; resume waits \
               for it.",
        group: Group::Limit,
        source: "6.6.3",
        fallback: Fallback::Fixed("7200"),
        need: Need::Always,
    },
];
