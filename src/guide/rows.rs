use super::Row;

const fn row(
    id: &'static str,
    section: &'static str,
    asks: &'static str,
    does: &'static str,
    steps: &'static [&'static str],
) -> Row {
    Row { id, section, asks, does, steps }
}

/// What the guide asks for in the asymmetric model, item by item.
pub fn rows() -> &'static [Row] {
    ROWS
}

const ROWS: &[Row] = &[
    row(
        "P1",
        "6.2",
        "Have the prerequisites of a highly available installation.",
        "Asks every node, before anything is changed, for all of them, and shows all findings together. What the cluster and /etc/vfstab said before is kept on each node. User and group get the same ids everywhere.",
        &["record", "preflight", "accounts"],
    ),
    row(
        "P2",
        "6.2.1",
        "Choose between a failover and a cluster (global) file system.",
        "A setting; the entry in /etc/vfstab, the mount and the checks follow it.",
        &["vfstab-entry", "mount-global"],
    ),
    row(
        "A01",
        "6.6.1",
        "Add the entry of a cluster file system to /etc/vfstab.",
        "The entry is added on every node, the same everywhere, all other bytes untouched; the file system is mounted once from one member, and unmounted on the way back only if it was mounted here.",
        &["vfstab-entry", "mount-global"],
    ),
    row(
        "A02",
        "6.6.1",
        "Add the entry of a failover file system to /etc/vfstab.",
        "The same, with mount at boot \"no\"; HAStoragePlus mounts it.",
        &["vfstab-entry"],
    ),
    row(
        "A03",
        "6.6.2",
        "Create the shared directory.",
        "The mount point is made on every node before anything is mounted.",
        &["mount-directory"],
    ),
    row(
        "A04",
        "6.6.3",
        "Install Calendar Server on both nodes, \"Configure Later\".",
        "Runs the vendor's installer silently or on a terminal, or has the operator do it, and looks for the package and the program afterwards.",
        &["software"],
    ),
    row(
        "A05",
        "6.6.3",
        "Look at the installed tree.",
        "Each entry of the listing is looked for on every node.",
        &["installed-tree"],
    ),
    row(
        "A06",
        "6.6.3",
        "Run comm_dssetup.pl on the directory server's host.",
        "By default the operator runs the exact command, without the password, and the schema is asked for afterwards; nothing is done where it is there already.",
        &["directory-server"],
    ),
    row(
        "A07",
        "6.6.3",
        "Register the two resource types.",
        "Only those that are not registered; without a version.",
        &["resource-types"],
    ),
    row("A08", "6.6.3", "Create the resource group.", "With the nodes in the order of preference.", &["resource-group"]),
    row(
        "A09",
        "6.6.3",
        "Add the logical host, its description, bring the group online.",
        "Host name and resource name are two values; the description goes with the creation; -Z only while the group is unmanaged.",
        &["logical-host", "online"],
    ),
    row(
        "A10",
        "6.6.3",
        "Add the HAStoragePlus resource, its description, enable it.",
        "After every mount point was found in /etc/vfstab on every node.",
        &["hasp-resource", "hasp-enable"],
    ),
    row(
        "A11",
        "6.6.3",
        "Run csconfigurator.sh on the primary node.",
        "Silently from a state file, or on a terminal with every value listed before; refused where a configuration stands that is not ours.",
        &["hold-primary", "configure-primary"],
    ),
    row(
        "A12",
        "6.6.3, 6.11",
        "See that all tasks passed.",
        "The words PASSED and FAILED, the final sentence and the run's end are looked at, not the status alone.",
        &["configure-primary", "configure-secondary"],
    ),
    row(
        "A13",
        "6.6.3",
        "Switch the group to the secondary node.",
        "And wait until it is online and the file system is mounted there.",
        &["switch-secondary"],
    ),
    row(
        "A14",
        "6.6.3",
        "Make the link config on the secondary node.",
        "Made, and verified again after the configurator has run.",
        &["link-secondary", "links"],
    ),
    row(
        "A15",
        "6.6.3",
        "Configure the secondary node with the state file of the primary.",
        "The file is carried over on the shared disk in a directory of its own, 0700, named on the command line, and removed after the run.",
        &["carry-state", "configure-secondary", "drop-state"],
    ),
    row(
        "A16",
        "6.6.3",
        "Back up ics.conf.",
        "A byte-identical copy beside it, same owner and mode; calha restore puts it back.",
        &["backup"],
    ),
    row(
        "A17",
        "6.6.3",
        "Add the nine parameters to ics.conf.",
        "One marked block at the end, after the configurator's last run, on the node that has the file system mounted.",
        &["ha-block"],
    ),
    row("A18", "6.6.3", "Create the service resource.", "With its dependencies on storage and address.", &["service-resource"]),
    row("A19", "6.6.3", "Enable the service resource.", "With scswitch; from here on users notice.", &["service-enable"]),
    row(
        "A20",
        "6.6.3",
        "Switch back to the first node.",
        "And prove the service there: states, and a socket that listens on the logical address. Where the group stands later is not enforced.",
        &["switch-back", "prove", "complete"],
    ),
    row(
        "V1",
        "6.11",
        "Read the configurator's output.",
        "Its verdicts and its final sentence decide, in English and in Korean.",
        &["configure-primary", "configure-secondary"],
    ),
];

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::guide::{Guide, erratum};

    fn guide(kind: &str) -> Guide {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles/asymmetric.toml");
        let set = [format!("instance.cal.file-system={kind}")];
        let resolved = crate::profile::load(&file, &set).unwrap();
        Guide::of(&resolved, "asymmetric").unwrap()
    }

    #[test]
    fn rows_steps_and_errata_know_each_other() {
        let guides = [guide("failover"), guide("cluster")];
        let known = |id: &str| guides.iter().any(|g| g.step(id).is_some());
        for row in rows() {
            assert!(!row.steps.is_empty(), "{} has no step", row.id);
            row.steps.iter().for_each(|s| assert!(known(s), "{} names {s}", row.id));
        }
        for step in guides.iter().flat_map(|g| &g.steps) {
            assert!(rows().iter().any(|r| r.steps.contains(&step.id.as_str())), "{} is in no row", step.id);
            step.cite.errata.iter().for_each(|e| assert!(erratum(e).is_some(), "{} cites {e}", step.id));
        }
    }
}
