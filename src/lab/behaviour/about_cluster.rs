//! What Sun Cluster does otherwise than one would expect: rows of the table of facts, each with
//! mark and source. The programs that act on them are in `cluster_command` and `rgm`.

use super::{ClusterRelease, Fact, Mark, Oddity};

pub(super) const FACTS: &[Fact] = &[
    Fact {
        oddity: Oddity::StoragePlusSix,
        id: "storage-plus-six",
        does: "SUNW.HAStoragePlus is version 6, as with 3.2 2/08.",
        mark: Mark::Documented,
        source: "820-7359; a listing of registered types on 3.2u2",
        on: |_, _| false,
    },
    Fact {
        oddity: Oddity::ServiceTypeVersioned,
        id: "service-type-versioned",
        does: "SUNW.scics is registered with its version, as SUNW.scics:1.0.",
        mark: Mark::Unknown,
        source: "no registration file of the agent could be read",
        on: |_, cluster| cluster == ClusterRelease::ThreeTwo,
    },
    Fact {
        oddity: Oddity::AddressTypeAmbiguous,
        id: "address-type-ambiguous",
        does: "`scrgadm -a -L` is refused when several versions of SUNW.LogicalHostname are \
               registered; elsewhere the resource is made of the one that was registered last.",
        mark: Mark::Unknown,
        source: "scrgadm(1M): -L takes no type, and no manual says which version it means",
        on: |_, cluster| cluster == ClusterRelease::ThreeOne,
    },
    Fact {
        oddity: Oddity::PropertyValuesChecked,
        id: "property-values-checked",
        does: "scrgadm(1M) refuses a value that does not fit the type of its property.",
        mark: Mark::Recalled,
        source: "r_properties(5), rg_properties(5)",
        on: |_, cluster| cluster >= ClusterRelease::ThreeOne,
    },
    Fact {
        oddity: Oddity::ManageBringsOnline,
        id: "manage-brings-online",
        does: "The RGM brings a group online by itself once `scswitch -o` has managed it.",
        mark: Mark::Recalled,
        source: "scswitch(1M)",
        on: |_, cluster| cluster == ClusterRelease::ThreeTwo,
    },
    Fact {
        oddity: Oddity::SystemTypeInUse,
        id: "system-type-in-use",
        does: "`scrgadm -r` refuses a type whose RT_system is TRUE with the status of one that is \
               used, 9; elsewhere with 6.",
        mark: Mark::Unknown,
        source: "clresourcetype(1CL) of later releases, which gives the words alone",
        on: |_, cluster| cluster == ClusterRelease::ThreeTwo,
    },
    Fact {
        oddity: Oddity::WaitingSaysMore,
        id: "waiting-says-more",
        does: "A group that waits to come up is PENDING_ONLINE_BLOCKED and its resources are \
               STARTING, and a resource whose stop lasts is STOPPING; before, the group is \
               PENDING_ONLINE and the resources are OFFLINE, and one whose stop lasts is ONLINE \
               in a group that is PENDING_OFFLINE.",
        mark: Mark::Documented,
        source: "scha_calls(3HA), scstat(1M) of 3.1",
        on: |_, cluster| cluster >= ClusterRelease::ThreeOne,
    },
    Fact {
        oddity: Oddity::SwitchBeforeStop,
        id: "switch-before-stop",
        does: "The RGM writes DISABLED before it stops a resource, so one whose stop fails is \
               DISABLED and STOP_FAILED; elsewhere it is still ENABLED.",
        mark: Mark::Unknown,
        source: "no manual says which comes first; seen on a real cluster of Pacemaker",
        on: |_, cluster| cluster == ClusterRelease::ThreeTwo,
    },
];
