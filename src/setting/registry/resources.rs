//! Entries for the names in the cluster's configuration (table 6-5). A resource and a host are two
//! values even where the guide uses one name for both (E18).

use super::Setting;
use crate::setting::{Fallback, Group, Kind, Need};

/// Names of several instances differ because the model has several (table 6-6).
const OF_NAME: &[&str] = &["cluster.model"];

/// Table 6-5: names in the cluster's configuration.
pub const SETTINGS: &[Setting] = &[
    Setting {
        key: "instance.<instance>.resource-group",
        kind: Kind::ResourceName,
        prompt: "Resource group (CAL-RG)",
        help: "Resource group of the instance",
        long: "Holds the logical host, the storage and the service, which move together.",
        group: Group::Resources,
        source: "table 6-5",
        fallback: Fallback::Each {
            alone: Some("CAL-RG"),
            from: OF_NAME,
            rule: "CAL-RG; of several instances CAL-NAME-RG, with the instance's name",
            compute: |among| Some(among.named("CAL", "RG")),
        },
        need: Need::Always,
    },
    Setting {
        key: "instance.<instance>.logical-host-resource",
        kind: Kind::ResourceName,
        prompt: "Logical host resource (LOG-HOST-RS)",
        help: "Resource that brings up the logical address; not the name of the host",
        long: "The guide uses LOG-HOST-RS both as a resource and as a host name, which works only \
               if the two are the same (E18). Here they are two values: this one is the resource, \
               logical-host the host.",
        group: Group::Resources,
        source: "table 6-5, E18",
        fallback: Fallback::Each {
            alone: Some("LOG-HOST-RS"),
            from: OF_NAME,
            rule: "LOG-HOST-RS; of several instances LOG-HOST-NAME-RS, with the instance's name",
            compute: |among| Some(among.named("LOG-HOST", "RS")),
        },
        need: Need::Always,
    },
    Setting {
        key: "instance.<instance>.logical-host-description",
        kind: Kind::Description,
        prompt: "Description of the logical host resource",
        help: "R_description of the logical host resource",
        long: "For people who read scrgadm -pvv. The guide's text is folded over two lines, which \
               would put a line feed into it (E30).",
        group: Group::Resources,
        source: "6.6.3, E30",
        fallback: Fallback::Derived {
            from: &["instance.<instance>.logical-host-resource"],
            rule: "\"LogicalHostname resource for\" and the resource",
            compute: |from| Some(format!("LogicalHostname resource for {}", from.first()?)),
        },
        need: Need::Always,
    },
    Setting {
        key: "instance.<instance>.hasp-resource",
        kind: Kind::ResourceName,
        prompt: "HAStoragePlus resource (CAL-HASP-RS)",
        help: "Resource that mounts the shared file system",
        long: "Of type SUNW.HAStoragePlus, without the version :4 that the guide prints (E31); \
               cluster.hasp-type names another.",
        group: Group::Resources,
        source: "table 6-5, E31",
        fallback: Fallback::Each {
            alone: Some("CAL-HASP-RS"),
            from: OF_NAME,
            rule: "CAL-HASP-RS; of several instances CAL-HASP-NAME-RS, with the instance's name",
            compute: |among| Some(among.named("CAL-HASP", "RS")),
        },
        need: Need::Always,
    },
    Setting {
        key: "instance.<instance>.hasp-description",
        kind: Kind::Description,
        prompt: "Description of the HAStoragePlus resource",
        help: "R_description of the HAStoragePlus resource",
        long: "For people who read scrgadm -pvv; folded in the guide (E30).",
        group: Group::Resources,
        source: "6.6.3, E30",
        fallback: Fallback::Fixed("Failover data service resource for SUNW.HAStoragePlus"),
        need: Need::Always,
    },
    Setting {
        key: "instance.<instance>.service-resource",
        kind: Kind::ResourceName,
        prompt: "Calendar Server resource (CAL-SVR-RS)",
        help: "Resource that starts, watches and stops Calendar Server",
        long: "Of type SUNW.scics. Table 6-5 calls it a resource group, which it is not (E17).",
        group: Group::Resources,
        source: "table 6-5, E17",
        fallback: Fallback::Each {
            alone: Some("CAL-SVR-RS"),
            from: OF_NAME,
            rule: "CAL-SVR-RS; of several instances CAL-SVR-NAME-RS, with the instance's name",
            compute: |among| Some(among.named("CAL-SVR", "RS")),
        },
        need: Need::Always,
    },
];
