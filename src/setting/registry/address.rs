//! Entries for the logical host, its address and its ports. The guide prints four of these as one
//! name (E18); here each has a key of its own.

use super::Setting;
use crate::setting::{Fallback, Group, Kind, Need};

/// Table 6-7, and the host names that table 6-5 mixes with the resource.
pub const SETTINGS: &[Setting] = &[
    Setting {
        key: "instance.<instance>.logical-host",
        kind: Kind::ShortHostName,
        prompt: "Logical host name, without domain",
        help: "Host name that moves with the service",
        long: "Given to scrgadm -l and written as local.hostname, local.servername and \
               service.ens.host into ics.conf. It resolves on all nodes and is neither a node nor \
               the name of the resource (E18).",
        group: Group::Address,
        source: "table 6-5, E18",
        fallback: Fallback::None,
        need: Need::Always,
    },
    Setting {
        key: "instance.<instance>.logical-host-fqdn",
        kind: Kind::QualifiedHostName,
        prompt: "Logical host name, fully qualified",
        help: "The logical host with its domain",
        long: "Written as service.http.calendarhostname into ics.conf, which must be fully \
               qualified (6.6.3). Table 6-5 prints LOG-HOST-RS-Domain.com.",
        group: Group::Address,
        source: "table 6-5, 6.6.3",
        fallback: Fallback::Each {
            alone: None,
            from: &["instance.<instance>.logical-host"],
            rule: "of several instances logical-host in the domain of another one's",
            compute: |among| among.qualified(),
        },
        need: Need::Always,
    },
    Setting {
        key: "instance.<instance>.logical-host-address",
        kind: Kind::Address,
        prompt: "Address of the logical host",
        help: "IPv4 address that cshttpd listens on",
        long: "Written as service.http.listenaddr and service.listenaddr into ics.conf. The guide \
               calls it the address of a port of chsttpd and gives 123.45.67.890, whose last \
               octet is too large (E19, E20, E21).",
        group: Group::Address,
        source: "table 6-7, E19, E20, E21",
        fallback: Fallback::None,
        need: Need::Always,
    },
    Setting {
        key: "instance.<instance>.port",
        kind: Kind::Integer { min: 1, max: 65535, unit: "TCP port" },
        prompt: "Port of the calendar service",
        help: "TCP port that cshttpd listens on",
        long: "Asked for by the runtime panel of the configurator; the product's default is 80.",
        group: Group::Address,
        source: "6.6.3",
        fallback: Fallback::Fixed("80"),
        need: Need::Always,
    },
    Setting {
        key: "instance.<instance>.watcher-port",
        kind: Kind::Integer { min: 1, max: 65535, unit: "TCP port" },
        prompt: "Port of the watcher",
        help: "TCP port of the watcher, one for each instance",
        long: "Written as local.watcher.port into ics.conf. The product's default, 49994, is one \
               for each host, and Messaging Server uses it too: after a failover the watchers of \
               two instances would meet on one node (E70). Left out in the asymmetric model: the \
               product's default stays.",
        group: Group::Address,
        source: "6.7, E70",
        fallback: Fallback::Each {
            alone: None,
            from: &["cluster.model"],
            rule: "49993 and the number in the instance's name, or else its place",
            compute: |among| among.watcher_port(),
        },
        need: Need::When { key: "cluster.model", is: super::directories::SEVERAL },
    },
    Setting {
        key: "instance.<instance>.netiflist",
        kind: Kind::Netiflist,
        prompt: "IPMP groups by node (empty: the cluster finds them)",
        help: "IPMP group that carries the logical address on each node",
        long: "scrgadm -n. Without it the cluster takes the group that is on the subnet of the \
               address, which is right unless several are.",
        group: Group::Address,
        source: "6.6.3",
        fallback: Fallback::None,
        need: Need::Optional,
    },
];
