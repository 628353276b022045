//! Registration (RTR) files of the simulated agents, in /usr/cluster/lib/rgm/rtreg.
//!
//! Assumption: the real files could not be read. Names and types of properties are those of the data services manuals; the
//! declaration of `ICS_serverroot` is from its use in the guide.

/// Every file by its name.
pub(super) const ALL: [(&str, &str); 5] = [
    ("SUNW.LogicalHostname", LOGICAL_HOSTNAME),
    ("SUNW.SharedAddress", SHARED_ADDRESS),
    ("SUNW.HAStoragePlus", HA_STORAGE_PLUS),
    ("SUNW.gds", GDS),
    ("SUNW.scics", CALENDAR),
];

pub(super) const LOGICAL_HOSTNAME: &str = r#"RESOURCE_TYPE = "LogicalHostname";
VENDOR_ID = SUNW;
RT_DESCRIPTION = "Logical Hostname Resource Type";
RT_VERSION = "2";
RT_BASEDIR = /usr/cluster/lib/rgm/rt/hafoip;
PKGLIST = SUNWscu;
#$upgrade
#$upgrade_from "1.0" anytime
{ PROPERTY = HostnameList; EXTENSION; STRINGARRAY; TUNABLE = AT_CREATION; }
{ PROPERTY = NetIfList; EXTENSION; STRINGARRAY; DEFAULT = ""; TUNABLE = ANYTIME; }
{ PROPERTY = CheckNameService; EXTENSION; BOOLEAN; DEFAULT = TRUE; TUNABLE = ANYTIME; }
"#;

pub(super) const SHARED_ADDRESS: &str = r#"RESOURCE_TYPE = "SharedAddress";
VENDOR_ID = SUNW;
RT_DESCRIPTION = "HA Shared Address Resource Type";
RT_VERSION = "2";
RT_BASEDIR = /usr/cluster/lib/rgm/rt/hascip;
PKGLIST = SUNWscu;
#$upgrade
{ PROPERTY = HostnameList; EXTENSION; STRINGARRAY; TUNABLE = AT_CREATION; }
{ PROPERTY = NetIfList; EXTENSION; STRINGARRAY; DEFAULT = ""; TUNABLE = ANYTIME; }
"#;

const HA_STORAGE_PLUS: &str = r#"RESOURCE_TYPE = "HAStoragePlus";
VENDOR_ID = SUNW;
RT_DESCRIPTION = "HA Storage Plus";
RT_VERSION = "4";
RT_BASEDIR = /usr/cluster/lib/rgm/rt/hastorageplus;
PKGLIST = SUNWscu;
#$upgrade
#$upgrade_from "1.0" anytime
{ PROPERTY = FilesystemMountPoints; EXTENSION; STRINGARRAY; DEFAULT = ""; TUNABLE = WHEN_DISABLED; }
{ PROPERTY = GlobalDevicePaths; EXTENSION; STRINGARRAY; DEFAULT = ""; TUNABLE = WHEN_DISABLED; }
{ PROPERTY = AffinityOn; EXTENSION; BOOLEAN; DEFAULT = TRUE; TUNABLE = WHEN_DISABLED; }
{ PROPERTY = FilesystemCheckCommand; EXTENSION; STRINGARRAY; DEFAULT = ""; TUNABLE = ANYTIME; }
"#;

const GDS: &str = r#"RESOURCE_TYPE = "gds";
VENDOR_ID = SUNW;
RT_DESCRIPTION = "Generic Data Service";
RT_VERSION = "5";
RT_BASEDIR = /opt/SUNWscgds/bin;
PKGLIST = SUNWscu;
#$upgrade
{ PROPERTY = Start_command; EXTENSION; STRING; TUNABLE = WHEN_DISABLED; }
{ PROPERTY = Stop_command; EXTENSION; STRING; DEFAULT = ""; TUNABLE = WHEN_DISABLED; }
{ PROPERTY = Probe_command; EXTENSION; STRING; DEFAULT = ""; TUNABLE = WHEN_DISABLED; }
"#;

const CALENDAR: &str = r#"RESOURCE_TYPE = "scics";
VENDOR_ID = SUNW;
RT_DESCRIPTION = "Sun Java System Calendar Server";
RT_VERSION = "1.0";
RT_BASEDIR = /opt/SUNWscics/bin;
PKGLIST = SUNWscics;
{ PROPERTY = ICS_serverroot; EXTENSION; STRING; TUNABLE = AT_CREATION; }
"#;
