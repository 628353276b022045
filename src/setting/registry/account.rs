//! Entries for the user and the group that Calendar Server runs as. Ids have no default: they have
//! to be equal on all nodes (E71), and only the administrator knows which are free.

use super::Setting;
use crate::setting::{Fallback, Group, Kind, Need};

/// The account that Calendar Server runs as.
pub const SETTINGS: &[Setting] = &[
    Setting {
        key: "account.user",
        kind: Kind::AccountName,
        prompt: "Runtime user of Calendar Server",
        help: "User that Calendar Server runs as, never root",
        long: "Asked for by the configurator's runtime panel. It must exist with the same id on \
               all nodes, or after a failover the other node cannot read the shared files (E71). \
               calha creates it where it is missing.",
        group: Group::Account,
        source: "6.6.3, E71",
        fallback: Fallback::Fixed("icsuser"),
        need: Need::Always,
    },
    Setting {
        key: "account.group",
        kind: Kind::AccountName,
        prompt: "Runtime group of Calendar Server",
        help: "Group that Calendar Server runs as",
        long: "Like the user, equal on all nodes (E71).",
        group: Group::Account,
        source: "6.6.3, E71",
        fallback: Fallback::Fixed("icsgroup"),
        need: Need::Always,
    },
    Setting {
        key: "account.uid",
        kind: Kind::AccountId,
        prompt: "User id, free or already the user's on every node",
        help: "Id of the user, the same on all nodes",
        long: "The configurator would take the next free id, which may differ from node to node, \
               while files on the shared disk carry only the number (E71). Choose one that is \
               free on every node, or the one the account already has.",
        group: Group::Account,
        source: "E71",
        fallback: Fallback::None,
        need: Need::Always,
    },
    Setting {
        key: "account.gid",
        kind: Kind::AccountId,
        prompt: "Group id, free or already the group's on every node",
        help: "Id of the group, the same on all nodes",
        long: "As for the user id (E71).",
        group: Group::Account,
        source: "E71",
        fallback: Fallback::None,
        need: Need::Always,
    },
];
