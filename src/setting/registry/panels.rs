//! Entries for the two directory panels of the configurator. They differ in names and defaults
//! alone, so one function makes them; all of them lie on the shared file system.

use super::Setting;
use crate::setting::{Fallback, Group, Kind, Need};

/// What the two directory panels of the configurator ask for. All of it lies on the shared file
/// system.
pub const SETTINGS: &[Setting] = &[
    panel(
        "instance.<instance>.config-dir",
        "Config directory",
        "Configuration files, ics.conf among them",
        "cal-svr-base/config becomes a link to it. The configurator deletes and makes that link \
         and writes a new ics.conf (E33), so calha verifies both after it.",
        "share-dir with /config",
        |from| Some(format!("{}/config", from.first()?)),
    ),
    panel(
        "instance.<instance>.database-dir",
        "Database directory",
        "Calendar databases",
        "Field Database of the panel.",
        "share-dir with /csdb",
        |from| Some(format!("{}/csdb", from.first()?)),
    ),
    panel(
        "instance.<instance>.store-dir",
        "Attachment store directory",
        "Attachments of events and tasks",
        "Field Attachment Store of the panel.",
        "share-dir with /store",
        |from| Some(format!("{}/store", from.first()?)),
    ),
    panel(
        "instance.<instance>.logs-dir",
        "Logs directory",
        "Log files of Calendar Server",
        "Field Logs of the panel; section 6.11 reads them.",
        "share-dir with /logs",
        |from| Some(format!("{}/logs", from.first()?)),
    ),
    panel(
        "instance.<instance>.tmp-dir",
        "Temporary files directory",
        "Temporary files",
        "Field Temporary Files of the panel.",
        "share-dir with /tmp",
        |from| Some(format!("{}/tmp", from.first()?)),
    ),
    panel(
        "instance.<instance>.archive-dir",
        "Archive directory",
        "Archive backups of the databases",
        "Panel Archive and Hot Backup. Without it backups would go to the current directory of \
         the program. It must not be the hot backup directory.",
        "share-dir with /csdb/archive",
        |from| Some(format!("{}/csdb/archive", from.first()?)),
    ),
    panel(
        "instance.<instance>.hotbackup-dir",
        "Hot backup directory",
        "Hot backups of the databases",
        "Panel Archive and Hot Backup; a directory other than the archive.",
        "share-dir with /csdb/hotbackup",
        |from| Some(format!("{}/csdb/hotbackup", from.first()?)),
    ),
];

const fn panel(
    key: &'static str,
    prompt: &'static str,
    help: &'static str,
    long: &'static str,
    rule: &'static str,
    compute: fn(&[&str]) -> Option<String>,
) -> Setting {
    Setting {
        key,
        kind: Kind::Path,
        prompt,
        help,
        long,
        group: Group::Panels,
        source: "6.6.3",
        fallback: Fallback::Derived { from: &["instance.<instance>.share-dir"], rule, compute },
        need: Need::Always,
    }
}
