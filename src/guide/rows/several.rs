//! What the symmetric procedure and the N+1 model ask for beyond the asymmetric one (6.1.2, 6.1.3,
//! 6.7). Their items are cited only for guides with several instances.

use crate::guide::row::{Row, row};
use crate::step::StepKind::*;

pub(super) const ALL: &[Row] = &[
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
        "The same step as P5, on every member; what is missing is told before it.",
        &[Preflight, Agent],
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
        "S11",
        "6.11",
        "-",
        "Programs move with their disk; what the configurator writes below /etc/opt of the node \
         that it runs on (watcher.cnf) does not. Both nodes are compared: what the other one lacks \
         is a question with the commands that carry it over.",
        &[Links],
    ),
    row(
        "N1",
        "6.1.3",
        "Repeat the asymmetric procedure for N nodes with one spare.",
        "One profile with N instances; each has its own install root, group and address, and can \
         be added or removed alone. The installer allows one install root on a host, so \
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
];
