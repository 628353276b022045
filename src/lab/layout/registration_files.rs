//! Registration (RTR) files of the simulated agents, in /usr/cluster/lib/rgm/rtreg.
//!
//! Assumption: the real files could not be read. Names and types of properties are those of the
//! data services manuals; the declaration of `ICS_serverroot` is from its use in the guide.

use crate::lab::{Oddity, Personality};

/// Every file of these nodes by its name.
pub(super) fn all(of: Personality) -> Vec<(&'static str, String)> {
    let mut all = preregistered(of);
    let release = of.cluster();
    let storage = if of.has(Oddity::StoragePlusSix) { "6" } else { release.storage_plus() };
    all.push(("SUNW.HAStoragePlus", versioned(of, HA_STORAGE_PLUS, storage, "SUNWscu")));
    if release.has_storage() {
        all.push(("SUNW.HAStorage", unversioned(HA_STORAGE, "1", "SUNWscu")));
    }
    all.push(("SUNW.gds", versioned(of, GDS, "5", "SUNWscu")));
    let calendar = if of.has(Oddity::ServiceTypeVersioned) {
        versioned(of, CALENDAR, "1.0", "SUNWscics")
    } else {
        unversioned(CALENDAR, "1.0", "SUNWscics")
    };
    all.push(("SUNW.scics", calendar));
    all
}

/// The types that an installation of the cluster registers by itself.
pub(super) fn preregistered(of: Personality) -> Vec<(&'static str, String)> {
    let version = of.cluster().logical_hostname();
    [("SUNW.LogicalHostname", LOGICAL_HOSTNAME), ("SUNW.SharedAddress", SHARED_ADDRESS)]
        .map(|(name, text)| (name, versioned(of, text, version, "SUNWscu")))
        .into()
}

/// With `#$upgrade`, which puts the version into the type's name, where the release knows that.
fn versioned(of: Personality, text: &str, version: &str, package: &str) -> String {
    let text = unversioned(text, version, package);
    match text.split_once("{ PROPERTY") {
        Some((head, rest)) if of.cluster().has_versioned_types() => {
            format!("{head}#$upgrade\n{{ PROPERTY{rest}")
        }
        _ => text,
    }
}

fn unversioned(text: &str, version: &str, package: &str) -> String {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    format!(
        "{first}\nVENDOR_ID = SUNW;\nRT_VERSION = \"{version}\";\nFAILOVER = TRUE;\n\
         PKGLIST = {package};\n{rest}{COMMON}"
    )
}

/// What the types declare of the system's properties.
const COMMON: &str = r#"{ PROPERTY = Failover_mode; DEFAULT = SOFT; TUNABLE = ANYTIME; }
{ PROPERTY = Retry_count; MAX = 10; DEFAULT = 2; TUNABLE = ANYTIME; }
{ PROPERTY = Retry_interval; MAX = 3600; DEFAULT = 300; TUNABLE = ANYTIME; }
"#;

const LOGICAL_HOSTNAME: &str = r#"RESOURCE_TYPE = "LogicalHostname";
RT_DESCRIPTION = "Logical Hostname Resource Type";
RT_BASEDIR = /usr/cluster/lib/rgm/rt/hafoip;
START = hafoip_start;
STOP = hafoip_stop;
VALIDATE = hafoip_validate;
MONITOR_START = hafoip_monitor_start;
MONITOR_STOP = hafoip_monitor_stop;
{ PROPERTY = HostnameList; EXTENSION; STRINGARRAY; TUNABLE = AT_CREATION; }
{ PROPERTY = NetIfList; EXTENSION; STRINGARRAY; DEFAULT = ""; TUNABLE = ANYTIME; }
{ PROPERTY = CheckNameService; EXTENSION; BOOLEAN; DEFAULT = TRUE; TUNABLE = ANYTIME; }
"#;

const SHARED_ADDRESS: &str = r#"RESOURCE_TYPE = "SharedAddress";
RT_DESCRIPTION = "HA Shared Address Resource Type";
RT_BASEDIR = /usr/cluster/lib/rgm/rt/hascip;
START = hascip_start;
STOP = hascip_stop;
VALIDATE = hascip_validate;
{ PROPERTY = HostnameList; EXTENSION; STRINGARRAY; TUNABLE = AT_CREATION; }
{ PROPERTY = NetIfList; EXTENSION; STRINGARRAY; DEFAULT = ""; TUNABLE = ANYTIME; }
"#;

const HA_STORAGE_PLUS: &str = r#"RESOURCE_TYPE = "HAStoragePlus";
RT_DESCRIPTION = "HA Storage Plus";
RT_BASEDIR = /usr/cluster/lib/rgm/rt/hastorageplus;
PRENET_START = hastorageplus_prenet_start;
POSTNET_STOP = hastorageplus_postnet_stop;
VALIDATE = hastorageplus_validate;
MONITOR_START = hastorageplus_monitor_start;
MONITOR_STOP = hastorageplus_monitor_stop;
{ PROPERTY = FilesystemMountPoints; EXTENSION; STRINGARRAY; DEFAULT = ""; TUNABLE = WHEN_DISABLED; }
{ PROPERTY = GlobalDevicePaths; EXTENSION; STRINGARRAY; DEFAULT = ""; TUNABLE = WHEN_DISABLED; }
{ PROPERTY = AffinityOn; EXTENSION; BOOLEAN; DEFAULT = TRUE; TUNABLE = WHEN_DISABLED; }
{ PROPERTY = FilesystemCheckCommand; EXTENSION; STRINGARRAY; DEFAULT = ""; TUNABLE = ANYTIME; }
"#;

const HA_STORAGE: &str = r#"RESOURCE_TYPE = "HAStorage";
RT_DESCRIPTION = "HA Storage";
RT_BASEDIR = /usr/cluster/lib/rgm/rt/hastorage;
PRENET_START = hastorage_prenet_start;
STOP = hastorage_stop;
VALIDATE = hastorage_validate;
{ PROPERTY = ServicePaths; EXTENSION; STRINGARRAY; TUNABLE = WHEN_DISABLED; }
{ PROPERTY = AffinityOn; EXTENSION; BOOLEAN; DEFAULT = TRUE; TUNABLE = WHEN_DISABLED; }
"#;

const GDS: &str = r#"RESOURCE_TYPE = "gds";
RT_DESCRIPTION = "Generic Data Service";
RT_BASEDIR = /opt/SUNWscgds/bin;
START = gds_svc_start;
STOP = gds_svc_stop;
VALIDATE = gds_validate;
MONITOR_START = gds_monitor_start;
MONITOR_STOP = gds_monitor_stop;
{ PROPERTY = Start_command; EXTENSION; STRING; TUNABLE = WHEN_DISABLED; }
{ PROPERTY = Stop_command; EXTENSION; STRING; DEFAULT = ""; TUNABLE = WHEN_DISABLED; }
{ PROPERTY = Probe_command; EXTENSION; STRING; DEFAULT = ""; TUNABLE = WHEN_DISABLED; }
"#;

const CALENDAR: &str = r#"RESOURCE_TYPE = "scics";
RT_DESCRIPTION = "Sun Java System Calendar Server";
RT_BASEDIR = /opt/SUNWscics/bin;
START = ics_svc_start;
STOP = ics_svc_stop;
VALIDATE = ics_validate;
MONITOR_START = ics_monitor_start;
MONITOR_STOP = ics_monitor_stop;
{ PROPERTY = ICS_serverroot; EXTENSION; STRING; TUNABLE = AT_CREATION; }
"#;
