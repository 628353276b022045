//! Errata of the introduction, the models, the checklists (6.1 to 6.4) and vfstab. An erratum
//! stands in the file of the part in which a reader meets it first.

use crate::guide::Erratum;
use crate::guide::Evidence::{Confirmed, Inferred, Recalled};

/// Introduction, models and checklists (6.1 to 6.4).
pub(super) const ALL: &[Erratum] = &[
    Erratum::new(
        "E02",
        "introduction",
        "Sun Cluster 3.0 or 3.1, with the type SUNW.HAStoragePlus:4",
        "That version never came with 3.0 or 3.1: HAStoragePlus is 1.0 from 3.0 5/02 on, without \
         a version in its name, and 2 from 3.1 9/04 on. Before 3.0 5/02 there is none at all.",
        "The version that is registered is used, and named only where the profile names one; a \
         release before 3.0 5/02 is refused.",
        Confirmed,
    ),
    Erratum::new(
        "E07",
        "6.2.1, 6.6",
        "HAStoragePlus is recommended and used, and 6.9 removes SUNW.HAStorage",
        "Two different types: the older one was never registered here.",
        "SUNW.HAStoragePlus everywhere; see E40 for the removal.",
        Confirmed,
    ),
    Erratum::new(
        "E08",
        "6.3, item 4",
        "make the symbolic link to the configuration on the primary node",
        "6.6.3 makes it on the secondary node, after the switch. The primary gets its link from \
         the configurator.",
        "The link is made on the secondary node, while the shared file system is mounted there.",
        Confirmed,
    ),
    Erratum::new(
        "E09",
        "6.3, item 1c, and 6.6",
        "the agent is named in the checklist and installed nowhere in 6.6",
        "Without the package SUNWscics on a node the type SUNW.scics cannot be registered or run \
         there.",
        "Every node is asked for the package before anything is changed; the copy from the Java \
         ES media is wanted (bug 6560681).",
        Confirmed,
    ),
    Erratum::new(
        "E10",
        "6.3, items 1e to 3",
        "install, prepare the directory, then \"install and configure\" the first node",
        "The checklist and the procedure number the same work differently, and the item that says \
         \"install\" installs nothing.",
        "Both nodes are installed first, then the directory is prepared once, then the cluster, \
         then the configuration.",
        Confirmed,
    ),
    Erratum::new(
        "E11",
        "6.3, item 5.3",
        "configure and enable the resource groups",
        "It is one resource in the group that exists already.",
        "The service resource is created in that group and enabled.",
        Confirmed,
    ),
    Erratum::new(
        "E24",
        "6.6.1, 6.7.1",
        "fields of /etc/vfstab are separated by tabs, not spaces",
        "vfstab(4) takes any white space.",
        "The entry is written with tabs, and entries with spaces are read as well.",
        Confirmed,
    ),
    Erratum::new(
        "E42",
        "6.7.1",
        "mount at boot \"yes\" for failover file systems",
        "A failover file system is mounted by HAStoragePlus on one node. A node that mounts it \
         when it boots can run fsck on, and mount, a file system that another node has mounted.",
        "A failover file system with mount-at-boot yes is refused.",
        Confirmed,
    ),
    Erratum::new(
        "E43",
        "6.7.1",
        "block devices d600 and d700 with the raw device d300",
        "fsck would be run on another volume than the one that is mounted; d300 belongs to \
         another, mounted file system.",
        "The raw device follows from the block device, and the two are compared.",
        Confirmed,
    ),
    Erratum::new(
        "E44",
        "6.7.1",
        "mount points named after cal-svr-base",
        "The commands and the listing use other names, and HAStoragePlus accepts only mount \
         points that stand in /etc/vfstab on every node.",
        "Before the resource is created every mount point is looked up in /etc/vfstab on every \
         node.",
        Confirmed,
    ),
    Erratum::new(
        "E47",
        "6.7.1",
        "directories are made after the entries, and nothing mounts a cluster file system",
        "A mount point must exist before it is used, and a cluster file system that is not \
         mounted cannot be configured.",
        "Directory, entry, mount, in this order; one mount serves all members.",
        Inferred,
    ),
    Erratum::new(
        "E71",
        "6.6.3, 6.7",
        "nothing is said of user and group ids",
        "Files on the shared disk belong to numbers. The configurator creates missing accounts \
         with the next free id, which differs from node to node.",
        "Group and user are created first, with ids from the profile, the same on every node; a \
         clash is found before anything is changed.",
        Confirmed,
    ),
    Erratum::new(
        "E73",
        "release notes, bug 6560681",
        "the package is called SUNWcsics once",
        "A slip of the pen; no such package exists.",
        "SUNWscics.",
        Recalled,
    ),
    Erratum::new(
        "E01",
        "introduction",
        "worksheets are in Appendix C, Calendar Server Configuration Worksheet",
        "That is the title of Appendix B; Appendix C has the worksheets for high availability.",
        "calha worksheet prints the tables, blank or filled.",
        Inferred,
    ),
    Erratum::new(
        "E03",
        "6.1.1, 6.1.2, table 6-1",
        "rolling upgrades without downtime are an advantage of these models",
        "6.1.2 itself calls them planned for later releases, and every switch of a group costs an \
         outage.",
        "A planned switchover is a short outage; calha downtime says so.",
        Confirmed,
    ),
    Erratum::new(
        "E04",
        "table 6-1, title",
        "advantages and disadvantages of both models",
        "The table has three.",
        "calha models shows three.",
        Confirmed,
    ),
    Erratum::new(
        "E05",
        "6.1.5, table 6-2",
        "(5 hours + 1 day) / (365 x N) = 0.27 % / N",
        "5 hours and a day are 0.33 % of a year; 0.27 % leaves the hours out.",
        "calha downtime computes it from figures that can be given.",
        Confirmed,
    ),
    Erratum::new(
        "E06",
        "6.1.5, table 6-2",
        "0 % for the symmetric model, and failovers that take no time",
        "That assumes mirrored arrays, which no step of 6.7 sets up, and that a failover takes no \
         time.",
        "The assumptions are printed below the table, and each can be changed.",
        Confirmed,
    ),
    Erratum::new(
        "E16",
        "6.5",
        "this section has four tables",
        "It has six.",
        "calha worksheet has all of them.",
        Confirmed,
    ),
];
