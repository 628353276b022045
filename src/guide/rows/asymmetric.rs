//! What the prerequisites and the asymmetric procedure ask for (6.2, 6.6), and, where a later
//! section refers to it, the reading of the output (6.11). Each row names the steps that do it; a
//! test refuses a row without a step.

use crate::guide::row::{Row, row};
use crate::step::StepKind::*;

pub(super) const ALL: &[Row] = &[
    row(
        "P1",
        "6.2",
        "Have the prerequisites of a highly available installation.",
        "Asks every node, before anything is changed, for all of them, and shows all findings \
         together. What the cluster and /etc/vfstab said before is kept on each node. User and \
         group get the same ids everywhere.",
        &[Record, Preflight, Accounts],
    ),
    row(
        "P2",
        "6.2.1",
        "Choose between a failover and a cluster (global) file system.",
        "A setting; the entry in /etc/vfstab, the mount and the checks follow it.",
        &[VfstabEntry, MountGlobal],
    ),
    row(
        "P3",
        "6.2.1",
        "Have a release of Sun Cluster that has HAStoragePlus.",
        "The release is judged: before 3.0 5/02 is refused. Where it does not tell its update, the \
         type's registration file is looked for on each node; without one somebody is asked.",
        &[Preflight],
    ),
    row(
        "P4",
        "6.3, 6.4, 6.6.1, 6.7.1",
        "Make the file systems on the shared disks.",
        "Somebody does, with the newfs line that is shown, where a volume can be read and fstyp \
         knows nothing on it. calha never runs newfs, and \"cannot say\" is not \"none\".",
        &[FileSystem],
    ),
    row(
        "P5",
        "6.3, 6.4, 6.7.1.1",
        "Install SUNWscics on every node.",
        "Somebody does, from the Java ES media (bug 6560681); the pkgadd line is shown as not \
         proved, and pkginfo is asked on each node, ever after.",
        &[Agent],
    ),
    row(
        "A01",
        "6.6.1",
        "Add the entry of a cluster file system to /etc/vfstab.",
        "The entry is added on every node, the same everywhere, all other bytes untouched; the \
         file system is mounted once from one member, and unmounted on the way back only if it \
         was mounted here.",
        &[VfstabEntry, MountGlobal],
    ),
    row(
        "A02",
        "6.6.1",
        "Add the entry of a failover file system to /etc/vfstab.",
        "The same, with mount at boot \"no\"; HAStoragePlus mounts it.",
        &[VfstabEntry],
    ),
    row(
        "A03",
        "6.6.2",
        "Create the shared directory.",
        "The mount point is made on every node before anything is mounted.",
        &[MountDirectory],
    ),
    row(
        "A04",
        "6.6.3",
        "Install Calendar Server on both nodes, \"Configure Later\".",
        "Runs the vendor's installer silently or on a terminal, or has the operator do it, and \
         looks for the package and the program afterwards.",
        &[Software],
    ),
    row(
        "A05",
        "6.6.3",
        "Look at the installed tree.",
        "Each entry of the listing is looked for on every node.",
        &[InstalledTree],
    ),
    row(
        "A06",
        "6.6.3",
        "Run comm_dssetup.pl on the directory server's host.",
        "By default the operator runs the exact command, without the password, and the schema is \
         asked for afterwards. Where it is there already calha runs the program all the same, or \
         asks whether this release has been run.",
        &[DirectoryServer],
    ),
    row(
        "A07",
        "6.6.3",
        "Register the two resource types.",
        "Only those that are not registered; without a version.",
        &[ResourceTypes],
    ),
    row(
        "A08",
        "6.6.3",
        "Create the resource group.",
        "With the nodes in the order of preference.",
        &[ResourceGroup],
    ),
    row(
        "A09",
        "6.6.3",
        "Add the logical host, its description, bring the group online.",
        "Host name and resource name are two values; the description goes with the creation; -Z \
         only while the group is unmanaged.",
        &[LogicalHost, Online],
    ),
    row(
        "A10",
        "6.6.3",
        "Add the HAStoragePlus resource, its description, enable it.",
        "After every mount point was found in /etc/vfstab on every node.",
        &[HaspResource, HaspEnable],
    ),
    row(
        "A11",
        "6.6.3",
        "Run csconfigurator.sh on the primary node.",
        "Silently from a state file, or on a terminal with every value listed before; refused \
         where a configuration stands that is not ours.",
        &[HoldPrimary, ConfigurePrimary],
    ),
    row(
        "A12",
        "6.6.3, 6.11",
        "See that all tasks passed.",
        "The words PASSED and FAILED, the final sentence and the run's end are looked at, not the \
         status alone.",
        &[ConfigurePrimary, ConfigureSecondary],
    ),
    row(
        "A13",
        "6.6.3",
        "Switch the group to the secondary node.",
        "And wait until it is online and the file system is mounted there.",
        &[SwitchSecondary],
    ),
    row(
        "A14",
        "6.6.3",
        "Make the link config on the secondary node.",
        "Made, and verified again after the configurator has run.",
        &[LinkSecondary, Links],
    ),
    row(
        "A15",
        "6.6.3",
        "Configure the secondary node with the state file of the primary.",
        "The file is carried over on the shared disk in a directory of its own, 0700, named on \
         the command line, and removed after the run.",
        &[CarryState, ConfigureSecondary, DropState],
    ),
    row(
        "A16",
        "6.6.3",
        "Back up ics.conf.",
        "A byte-identical copy beside it, same owner and mode; calha restore puts it back.",
        &[Backup],
    ),
    row(
        "A17",
        "6.6.3",
        "Add the nine parameters to ics.conf.",
        "One marked block at the end, after the configurator's last run, on the node that has the \
         file system mounted.",
        &[HaBlock],
    ),
    row(
        "A18",
        "6.6.3",
        "Create the service resource.",
        "With its dependencies on storage and address.",
        &[ServiceResource],
    ),
    row(
        "A19",
        "6.6.3",
        "Enable the service resource.",
        "With scswitch; from here on users notice.",
        &[ServiceEnable],
    ),
    row(
        "A20",
        "6.6.3",
        "Switch back to the first node.",
        "And prove the service there: states, and a socket that listens on the logical address. \
         Where the group stands later is not enforced.",
        &[SwitchBack, Prove, Complete],
    ),
    row(
        "A21",
        "6.6.3",
        "Have seven directories on the shared disk, and both start options off.",
        "Reads them back from ics.conf after the run and ever after: the parameters, every other \
         path, owners, the mount, links and mounts below it that lead elsewhere, the links config \
         and data, and what starts the server at boot.",
        &[ConfigurePrimary, ConfigureSecondary, Links, HaBlock],
    ),
    row(
        "A22",
        "6.11",
        "Look at the log that the output names.",
        "Opens and judges it in every mode; without output, the one since the run began that \
         speaks of this cal-svr-base: none or several is a question, as is what only words say.",
        &[ConfigurePrimary, ConfigureSecondary, Links],
    ),
];
