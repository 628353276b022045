//! The text of an ics.conf as the configurator leaves it, with what makes editing one hard. It is
//! made of the answers and nothing else. Reading one is for the agent, in `rgm::calendar`.

use std::collections::BTreeMap;

/// An ics.conf as the configurator leaves it: comments with `!` and `!!`, duplicates, the physical
/// host's name in some values.
///
/// Assumption: no published ics.conf was found; names are those of App. E as far as known, the rest
/// fills the file to a real size.
pub(crate) fn render(base: &str, host: &str, values: &BTreeMap<String, String>) -> String {
    let v = |key: &str| values.get(key).map_or("", String::as_str);
    let mut text =
        String::from("!\n! Sun Java System Calendar Server 6.3 configuration (simulated)\n!\n");
    let mut add = |name: &str, value: &str| text.push_str(&format!("{name} = \"{value}\"\n"));
    add("local.installeddir", base);
    add("local.instancedir", base);
    add("local.instance.lockdir.path", &format!("{base}/data/lock"));
    add("local.instance.counter.path", &format!("{base}/lib/counter"));
    add("local.serveruid", v("sim.runtime.user"));
    add("local.servergid", v("sim.runtime.group"));
    add("local.hostname", host);
    add("local.servername", host);
    add("local.ugldaphost", v("sim.ldap.host"));
    add("local.ugldapport", v("sim.ldap.port"));
    add("local.enduseradmincred", "simulated");
    add("service.http.port", "80");
    add("service.http.port", v("sim.service.port"));
    add("service.http.calendarhostname", &format!("{host}.example.com"));
    add("service.ens.host", host);
    add("service.ens.port", "57997");
    add("service.admin.port", "59996");
    add("local.watcher.enable", "y");
    add("local.watcher.port", "49994");
    add("service.autorestart", "y");
    add("local.store.enable", "yes");
    add("caldb.berkeleydb.homedir.path", v("sim.dir.database"));
    add("caldb.berkeleydb.archive.path", v("sim.dir.archive"));
    add("caldb.berkeleydb.hotbackup.path", v("sim.dir.hotbackup"));
    add("store.partition.primary.path", v("sim.dir.store"));
    add("logfile.logdir", v("sim.dir.logs"));
    add("local.tempdir.path", v("sim.dir.tmp"));
    add("caldb.serveralarms.url", "enp:///ics/alarm");
    text.push_str("!! caldb.dwp.server.[hostname].ip = \"\"\n!!service.listenaddr = \"INADDR_ANY\"\n! obsolete:\n!service.http.listenaddr=\"\"\n");
    text.push_str(&format!("caldb.dwp.server.{host}.example.com.ip=\"{host}.example.com\"\n"));
    text.push_str("local.ugldapicsextendeduserprefs=\"ceColorSet,ceFontFace,ceFontSizeDelta,ceDateOrder,ceDateSeparator,ceClock,ceDayHead,ceDayTail,ceInterval,ceToolText,ceToolImage,ceDefaultAlarmStart,ceSingleCalendarTZID,ceAllCalendarTZIDs,ceDefaultAlarmEmail\"\n");
    text.push_str(
        "calstore.calendar.owner.acl=\"@@o^a^r^g;@@o^c^wdeic^g;@^a^fs^g;@^c^^g;@^p^r^g\"\n",
    );
    for block in [
        "service.http",
        "service.admin",
        "caldb.cache",
        "calstore.query",
        "service.wcap",
        "logfile.http",
        "logfile.admin",
    ] {
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
