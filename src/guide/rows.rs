//! What the guides ask for, item by item.

use super::Row;
use super::type_rows::TYPE_ROWS;
use crate::step::StepKind;
use crate::step::StepKind::*;

const fn row(
    id: &'static str,
    section: &'static str,
    asks: &'static str,
    does: &'static str,
    steps: &'static [StepKind],
) -> Row {
    Row { id, section, asks, does, steps, commands: &["install"] }
}

/// A row that a command of its own does.
const fn by(
    id: &'static str,
    section: &'static str,
    asks: &'static str,
    does: &'static str,
    commands: &'static [&'static str],
) -> Row {
    Row { commands, ..row(id, section, asks, does, &[]) }
}

/// What the guides ask for, item by item.
pub fn rows() -> Vec<&'static Row> {
    ROWS.iter().chain(TYPE_ROWS).collect()
}

const ROWS: &[Row] = &[
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
         asked for afterwards; nothing is done where it is there already.",
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
        "S01",
        "6.7.1",
        "Write six entries of cluster file systems into /etc/vfstab.",
        "Three entries for each instance, with the raw device of the same volume and the mount \
         points that the resources name; mounted once from one member.",
        &[VfstabEntry, MountGlobal],
    ),
    row(
        "S02",
        "6.7.1",
        "Write six entries of failover file systems into /etc/vfstab.",
        "The same, with mount at boot \"no\"; the volumes of an instance lie in a disk set that \
         no other instance needs.",
        &[VfstabEntry],
    ),
    row(
        "S03",
        "6.7.1",
        "Make six directories on every node.",
        "Each by its full path, before anything is mounted there.",
        &[MountDirectory],
    ),
    row(
        "S04",
        "6.7.1.1",
        "Install SUNWscics on every node.",
        "Every node is asked for it, with everything else that is missing.",
        &[Preflight],
    ),
    row(
        "S05",
        "6.7.2, 6.7.3",
        "See with df -k that the file systems are mounted.",
        "All file systems of the instance are mounted on the node that its group is on, and that \
         is waited for.",
        &[HoldPrimary],
    ),
    row(
        "S06",
        "6.7.2, 6.7.3",
        "Make group, logical host, storage and service resource of each instance.",
        "Each with names of its own, the nodes of the two groups in opposite orders.",
        &[ResourceGroup, LogicalHost, HaspResource, HaspEnable, ServiceResource],
    ),
    row(
        "S07",
        "6.7.2, 6.7.3",
        "Install each instance on its primary node; run comm_dssetup.pl.",
        "After its group has mounted the install root, into that shared file system; the \
         directory is prepared once for both.",
        &[Software, InstalledTree, DirectoryServer],
    ),
    row(
        "S08",
        "6.7.2, 6.7.3",
        "Run csconfigurator.sh for each instance.",
        "Once for each, on its primary node, with its own directories; a state file of the other \
         instance is refused.",
        &[ConfigurePrimary],
    ),
    row(
        "S09",
        "6.7.2, 6.7.3",
        "Fail over, back up and edit ics.conf, create and enable the service, fail back.",
        "In that order, each validated; the file is edited where it is mounted.",
        &[SwitchSecondary, Backup, HaBlock, ServiceResource, ServiceEnable, SwitchBack],
    ),
    row(
        "S10",
        "6.1.2",
        "Run both instances on one node after a failover.",
        "Directories, names, addresses and watcher ports that would meet there are refused in the \
         profile; ports are looked for on the nodes.",
        &[Prerequisites, HaBlock, Prove],
    ),
    row(
        "N1",
        "6.1.3",
        "Repeat the asymmetric procedure for N nodes with one spare.",
        "One profile with N instances; each has its own install root, group and address, and can \
         be added or taken away alone. The installer allows one install root on a host, so \
         programs are on shared disks; local ones would make N on the spare and are refused, \
         unless the installer is commpkg.",
        &[Preflight, Software, ResourceGroup, ConfigurePrimary, Complete],
    ),
    row(
        "N2",
        "6.1.3",
        "Have a spare that can run all N instances at once.",
        "Said with the checks of the nodes, with the memory of each. What the installer puts \
         outside its install root comes there by one run of the installer, by hand; packages that \
         it lacks are named.",
        &[Preflight, SpareSoftware, InstalledTree],
    ),
    by(
        "C1",
        "6.1.1 to 6.1.3",
        "Choose one of three models.",
        "All three are planned, installed, verified and removed.",
        &["plan", "install", "verify", "uninstall"],
    ),
    by("C2", "6.1.4", "Weigh the models against each other.", "Table 6-1.", &["models", "new"]),
    by(
        "C3",
        "6.1.5",
        "Work out how long each model is down.",
        "Table 6-2, with figures that can be given and its slip (E05) corrected.",
        &["downtime"],
    ),
    by(
        "O1",
        "6.8",
        "Start the service.",
        "Enables it, brings its group online where it is not, and proves that it listens.",
        &["service start"],
    ),
    by(
        "O2",
        "6.8",
        "Fail the service over.",
        "Moves its group and waits until the service is online there.",
        &["service failover"],
    ),
    by(
        "O3",
        "6.8",
        "Stop the service.",
        "Disables its resource; address and file system stay.",
        &["service stop"],
    ),
    by(
        "O4",
        "6.8",
        "Remove the service resource.",
        "Disables it first (E39); the journal knows, and the next installation makes it again.",
        &["service remove"],
    ),
    by(
        "O5",
        "6.8",
        "Restart the service.",
        "Disables and enables it: the printed option does not exist (E37).",
        &["service restart"],
    ),
    row(
        "R1",
        "6.9",
        "Be the superuser.",
        "Asked of every node before anything is changed.",
        &[Preflight],
    ),
    by(
        "R2",
        "6.9",
        "Take the group offline.",
        "After the block is out of ics.conf, for which the disk has to be mounted.",
        &["uninstall"],
    ),
    by("R3", "6.9", "Disable each resource.", "Dependents first.", &["uninstall"]),
    by(
        "R4",
        "6.9",
        "Remove each resource.",
        "The commands that the guide leaves out (E38).",
        &["uninstall"],
    ),
    by(
        "R5",
        "6.9",
        "Remove the group.",
        "Once it is empty; a group that others use stays.",
        &["uninstall"],
    ),
    by(
        "R6",
        "6.9",
        "Unregister the types.",
        "Only those that were registered here and that nothing else uses (E40).",
        &["uninstall"],
    ),
    by(
        "R7",
        "6.9",
        "-",
        "What the guide forgets (E41): the block, links, entries of /etc/vfstab, directories; \
         only what was put there. Shared data is never deleted.",
        &["uninstall", "restore"],
    ),
    by(
        "D1",
        "6.10",
        "Make the directory of the agent's log level.",
        "On every node.",
        &["debug on"],
    ),
    by("D2", "6.10", "Set the level to 9.", "Any level from 0 to 9.", &["debug on"]),
    by(
        "D3",
        "6.10",
        "Send debug messages of daemons to a file.",
        "The file is made first, then one line is added with a TAB (E61).",
        &["debug on"],
    ),
    by(
        "D4",
        "6.10",
        "Restart syslogd.",
        "In the way of the node's release (E62); and again when debugging ends.",
        &["debug on", "debug off"],
    ),
    by(
        "D5",
        "6.10",
        "Read messages of the form SC[type,group,resource,method].",
        "Folded lines joined, also in the form of Sun Cluster 3.2; filters for each part, \
         severity and time; -f goes on, also in a new file.",
        &["debug log"],
    ),
    by(
        "W1",
        "6.5",
        "Print the tables of names and note your values.",
        "All six tables, blank or filled, with a picture of the model, as Markdown or HTML.",
        &["worksheet", "new"],
    ),
    row(
        "V1",
        "6.11",
        "Read the configurator's output.",
        "Its verdicts and its final sentence decide, in English and in Korean.",
        &[ConfigurePrimary, ConfigureSecondary],
    ),
];

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::guide::{Guide, erratum};

    fn guide(model: &str, instance: &str, kind: &str) -> Guide {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("profiles/{model}.toml"));
        let set = [format!("instance.{instance}.file-system={kind}")];
        let resolved = crate::profile::load(&file, &set).unwrap();
        Guide::of(&resolved, model).unwrap()
    }

    #[test]
    fn rows_steps_and_errata_know_each_other() {
        let of = |model, instance| ["failover", "cluster"].map(|kind| guide(model, instance, kind));
        let guides: Vec<Guide> =
            [of("asymmetric", "cal"), of("symmetric", "cs1"), of("n-plus-one", "cs1")]
                .into_iter()
                .flatten()
                .collect();
        let known = |kind| guides.iter().flat_map(|g| &g.steps).any(|s| s.id.kind == kind);
        for row in rows() {
            assert!(!row.steps.is_empty() || row.commands != ["install"], "{} has no step", row.id);
            row.steps.iter().for_each(|s| assert!(known(*s), "{} names {s}", row.id));
        }
        for step in guides.iter().flat_map(|g| &g.steps) {
            assert!(
                rows().iter().any(|r| r.steps.contains(&step.id.kind)),
                "{} is in no row",
                step.id
            );
            step.cite
                .errata
                .iter()
                .for_each(|e| assert!(erratum(e).is_some(), "{} cites {e}", step.id));
        }
    }
}
