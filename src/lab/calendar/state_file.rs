//! The state files of the simulated installer and configurator. Only their form has a source; the
//! keys are the lab's own and mean nothing to a real program. What the values do is for those two
//! programs.

use std::collections::BTreeMap;

use crate::lab::call::Call;
use crate::lab::refusal::{Refusal, of_io};
use crate::node::{Mode, Owner};

/// What a program was told, by keys.
pub(crate) type Values = BTreeMap<String, String>;

/// The lab's own key set for saved answers.
///
/// Assumption: the real keys of csconfigurator and the installer are unknown; only the form,
/// `key = value` with `#` comments, has a source. These keys are simulated and mean nothing to a
/// real program.
pub(crate) const CONFIGURATOR_KEYS: [(&str, &str); 17] = [
    ("sim.ldap.host", "localhost"),
    ("sim.ldap.port", "389"),
    ("sim.ldap.manager", "cn=Directory Manager"),
    ("sim.admin.user", "calmaster"),
    ("sim.service.port", "80"),
    ("sim.runtime.user", "icsuser"),
    ("sim.runtime.group", "icsgroup"),
    ("sim.start.now", "true"),
    ("sim.start.boot", "true"),
    ("sim.create", "true"),
    ("sim.dir.config", "/etc/opt/SUNWics5/config"),
    ("sim.dir.database", "/var/opt/SUNWics5/csdb"),
    ("sim.dir.store", "/var/opt/SUNWics5/store"),
    ("sim.dir.logs", "/var/opt/SUNWics5/logs"),
    ("sim.dir.tmp", "/var/opt/SUNWics5/tmp"),
    ("sim.dir.archive", "/var/opt/SUNWics5/csdb/archive"),
    ("sim.dir.hotbackup", "/var/opt/SUNWics5/csdb/hotbackup"),
];

/// The product's defaults for one `cal-svr-base`: directories on the node's own disk.
///
/// Assumption: with another install root than /opt its last part comes before SUNWics5, as in the
/// listing of 6.11.
pub(crate) fn defaults(base: &str) -> Values {
    let part = base
        .strip_suffix("/SUNWics5/cal")
        .and_then(|root| root.strip_prefix("/opt"))
        .unwrap_or_default();
    let local = |value: &str| value.replacen("/opt/SUNWics5", &format!("/opt{part}/SUNWics5"), 1);
    CONFIGURATOR_KEYS.iter().map(|(k, v)| (k.to_string(), local(v))).collect()
}

/// First line of every state file of the lab; a file of another release has another and is refused.
pub(crate) fn head(program: &str) -> String {
    format!("# SIMULATED state file of the calha lab for {program}\nID = sim.{program}.6.3\n")
}

/// Reads `key = value` lines.
pub(crate) fn parse(text: &str) -> Values {
    text.lines()
        .filter(|l| !l.trim_start().starts_with('#'))
        .filter_map(|l| l.split_once('='))
        .map(|(k, v)| (k.trim().to_string(), v.trim().to_string()))
        .collect()
}

/// Writes a state file.
pub(crate) fn render(program: &str, values: &Values) -> String {
    let mut text = head(program);
    for (key, value) in values.iter().filter(|(k, _)| *k != "ID") {
        text.push_str(&format!("{key} = {value}\n"));
    }
    text
}

/// Records what a program was told, for a later run that asks nothing.
pub(crate) fn record(
    call: &mut Call<'_>,
    program: &str,
    file: &str,
    values: &Values,
) -> Result<(), Refusal> {
    let path = call.inside(file);
    let text = render(program, values);
    let saved = call.files().save(&path, text.as_bytes(), Mode(0o600), Owner::ROOT);
    saved.map_err(|e| of_io(file, &e))
}
