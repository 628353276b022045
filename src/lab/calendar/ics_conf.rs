//! The text of an ics.conf as the configurator leaves it, with what makes editing one hard. It is
//! made of the answers and nothing else. Reading one is for the agent, in `rgm::calendar`.

use super::state_file::Values;

/// The first lines: comments with `!`, a duplicate, the physical host's name in some values.
///
/// Assumption: no published ics.conf was found; names are those of App. E as far as known, the rest
/// fills the file to a real size.
const HEAD: &str = r#"!
! Sun Java System Calendar Server 6.3 configuration (simulated)
!
local.installeddir = "{base}"
local.instancedir = "{base}"
local.instance.lockdir.path = "{base}/data/lock"
local.instance.counter.path = "{base}/lib/counter"
local.serveruid = "{sim.runtime.user}"
local.servergid = "{sim.runtime.group}"
local.hostname = "{host}"
local.servername = "{host}"
local.ugldaphost = "{sim.ldap.host}"
local.ugldapport = "{sim.ldap.port}"
local.enduseradmincred = "simulated"
service.http.port = "80"
service.http.port = "{sim.service.port}"
service.http.calendarhostname = "{host}.example.com"
service.ens.host = "{host}"
service.ens.port = "57997"
service.admin.port = "59996"
local.watcher.enable = "y"
local.watcher.port = "49994"
service.autorestart = "y"
local.store.enable = "yes"
caldb.berkeleydb.homedir.path = "{sim.dir.database}"
caldb.berkeleydb.archive.path = "{sim.dir.archive}"
caldb.berkeleydb.hotbackup.path = "{sim.dir.hotbackup}"
store.partition.primary.path = "{sim.dir.store}"
logfile.logdir = "{sim.dir.logs}"
local.tempdir.path = "{sim.dir.tmp}"
caldb.serveralarms.url = "enp:///ics/alarm"
!! caldb.dwp.server.[hostname].ip = ""
!!service.listenaddr = "INADDR_ANY"
! obsolete:
!service.http.listenaddr=""
caldb.dwp.server.{host}.example.com.ip="{host}.example.com"
local.ugldapicsextendeduserprefs="{preferences}"
calstore.calendar.owner.acl="@@o^a^r^g;@@o^c^wdeic^g;@^a^fs^g;@^c^^g;@^p^r^g"
"#;

/// Preferences that a user's entry may have, in one long line as the product writes it.
const PREFERENCES: [&str; 15] = [
    "ceColorSet",
    "ceFontFace",
    "ceFontSizeDelta",
    "ceDateOrder",
    "ceDateSeparator",
    "ceClock",
    "ceDayHead",
    "ceDayTail",
    "ceInterval",
    "ceToolText",
    "ceToolImage",
    "ceDefaultAlarmStart",
    "ceSingleCalendarTZID",
    "ceAllCalendarTZIDs",
    "ceDefaultAlarmEmail",
];

/// What fills the file.
const BLOCKS: [&str; 7] = [
    "service.http",
    "service.admin",
    "caldb.cache",
    "calstore.query",
    "service.wcap",
    "logfile.http",
    "logfile.admin",
];

/// An ics.conf as the configurator leaves it.
pub(crate) fn render(base: &str, host: &str, values: &Values) -> String {
    let own = [("base", base), ("host", host)].map(|(key, value)| (key, value.to_owned()));
    let given = values.iter().map(|(key, value)| (key.as_str(), value.clone()));
    let preferences = [("preferences", PREFERENCES.join(","))];

    let mut text = HEAD.to_owned();
    for (key, value) in own.into_iter().chain(preferences).chain(given) {
        text = text.replace(&format!("{{{key}}}"), &value);
    }

    for block in BLOCKS {
        text.push_str(&format!("!\n! {block}\n!\n"));
        for n in 1..=38 {
            match n % 9 {
                0 => text.push_str(&format!("!{block}.option{n}=\"{n}\"\n")),
                4 => text.push_str(&format!("{block}.option{n}=\"yes\"\n")),
                _ => text.push_str(&format!("{block}.option{n} = \"{}\"\n", n * 10)),
            }
        }
    }

    text
}
