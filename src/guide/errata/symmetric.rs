//! Errata of the symmetric procedure (6.4, 6.7).

use crate::guide::Erratum;
use crate::guide::Evidence::{Confirmed, Inferred};

/// The symmetric procedure (6.4, 6.7).
pub(super) const ALL: &[Erratum] = &[
    Erratum::new(
        "E12",
        "6.4, items 2.6 and 3.5",
        "after failing over to the second node, edit ics.conf on the first one",
        "A failover file system is mounted on the second node then; on the first there is no such \
         file.",
        "The block goes into ics.conf wherever the shared directory is mounted at that moment.",
        Confirmed,
    ),
    Erratum::new(
        "E13",
        "6.4, items 2.7 and 2.8",
        "configure and enable the resource group; then create and enable it",
        "The same action is listed twice.",
        "The service resource is created once and enabled once.",
        Confirmed,
    ),
    Erratum::new(
        "E14",
        "6.4, item 3.3",
        "configure the second instance with the state file of the first",
        "It would be configured with the directories and names of the first; 6.7.3 configures it \
         on its own.",
        "Each instance has a state file of its own; one that names a directory of another \
         instance is refused.",
        Confirmed,
    ),
    Erratum::new(
        "E15",
        "6.4 and 6.7",
        "install the second instance after all of the first, and see all mounts on both nodes",
        "The two lists order the work differently, and with failover file systems no node has all \
         mounts.",
        "Nodes are prepared for both instances first; then each is built where its own file \
         systems are mounted.",
        Confirmed,
    ),
    Erratum::new(
        "E45",
        "6.7.1",
        "/var-cal-dirCS1 is on the disk set polarbear, the other volumes of that instance on \
         penguin",
        "A disk set has one owner at a time; with failover file systems both instances would need \
         polarbear on different nodes.",
        "All volumes of an instance lie in one disk set; a set that two instances use is refused \
         for failover file systems.",
        Inferred,
    ),
    Erratum::new(
        "E46",
        "6.7.1, step 2",
        "mkdir -p /install-rootCS1 share-disk-dirCS1 install-rootCS2 and so on",
        "Five of six names lack their slash, so the directories are made wherever the shell \
         stands.",
        "Every directory is made by its full path, on every node that mounts something there.",
        Confirmed,
    ),
    Erratum::new(
        "E48",
        "6.7.2 and 6.7.3, step 1",
        "df -k shows all six file systems on Node1, and on Node2 as well",
        "That is so for cluster file systems only; a failover file system is mounted on one node, \
         and on none before its resource is online.",
        "Each instance's own mounts are looked for on the node that its group is on.",
        Confirmed,
    ),
    Erratum::new(
        "E49",
        "6.7.1.1",
        "the agent is installed after the file systems, in a section of its own",
        "There is no second such section; the agent is a prerequisite like the others.",
        "Every node is asked for the package SUNWscics before anything is changed.",
        Confirmed,
    ),
    Erratum::new(
        "E50",
        "6.7.2",
        "Sun Java Systems Communications Suite",
        "The product is called Sun Java Communications Suite.",
        "The installer's path is a setting; its name is not needed.",
        Confirmed,
    ),
    Erratum::new(
        "E51",
        "6.7.2 and 6.7.3, step 2a",
        "install roots /dawn/red, /ocean/blue and /install-rootNode2",
        "Table 6-4 has /opt/Node1 and /opt/Node2, the rest of 6.7 /install-rootCS1 and \
         /install-rootCS2.",
        "One setting, install-root, for each instance.",
        Confirmed,
    ),
    Erratum::new(
        "E52",
        "6.7.2, step 3",
        "scrgadm -a -L -g CAL-RG -l LOG-HOST-CS1-RS",
        "CAL-RG is the group of the asymmetric example; here it does not exist.",
        "The logical host is made in the group of its instance.",
        Confirmed,
    ),
    Erratum::new(
        "E53",
        "6.7.2 and 6.7.3",
        "calendar clients listen on this host name",
        "The server listens, clients connect.",
        "A matter of words only.",
        Confirmed,
    ),
    Erratum::new(
        "E54",
        "6.7.2, step 5",
        "FilesystemMountPoints=/install-rootCS1,/share-disk-dirCS1,/cal-svr-baseCS1",
        "The third lies inside the first and is no mount point; the second instance has \
         /var-cal-dirCS2 there.",
        "Install root, shared directory and variable directory of the instance, each a mount \
         point in /etc/vfstab.",
        Confirmed,
    ),
    Erratum::new(
        "E55",
        "6.7.3, step 4",
        "the storage resource is created as CAL-SVR-CS2-RS and then changed and enabled as \
         CAL-HASP-CS2-RS",
        "The next two commands fail, there is no such resource; and later the name of the service \
         resource is taken.",
        "The storage resource has its own name from the first command on.",
        Confirmed,
    ),
    Erratum::new(
        "E56",
        "6.7.3, step 3",
        "share-disk-dirCS2/config",
        "The slash is missing: the directory would be made wherever the configurator stands.",
        "Directories are absolute paths, checked before anything is done.",
        Confirmed,
    ),
    Erratum::new(
        "E57",
        "6.7.2 and 6.7.3",
        "create the Calendar Server resource group",
        "It is a resource in the group that exists already.",
        "The service resource is created in that group.",
        Confirmed,
    ),
    Erratum::new(
        "E58",
        "6.7.3",
        "Node2 is called the secondary node, and the program is run again",
        "Node2 is the primary node of the second instance, and its program has not run yet.",
        "Each instance has its own order of nodes, the preferred one first.",
        Confirmed,
    ),
    Erratum::new(
        "E59",
        "6.7.2 and 6.7.3, final steps",
        "fail over before ics.conf is edited",
        "That is not needed: the file can be edited wherever it is mounted.",
        "It is done all the same: it shows that everything of the instance moves.",
        Confirmed,
    ),
    Erratum::new(
        "E70",
        "6.7",
        "nothing is said of ports, though both instances run on one node after a failover",
        "A host has one port for the watcher, 49994 unless told otherwise, so two watchers would \
         meet.",
        "watcher-port is different for each instance and written into ics.conf; addresses are \
         different as well.",
        Inferred,
    ),
];
