//! The ways to reach a host, as they are written in a profile. Words of a command run on the
//! administrator's machine without a shell, so only control characters are refused; an ssh
//! destination may not look like an option. Nothing is connected here.

use std::collections::BTreeMap;

use crate::problem::codes;
use crate::setting::fault::shown;
use crate::setting::{Fault, Value};

const REMEDY: &str = "write \"ssh\", \"local\", \"none\", { ssh = \"alias\", options = [\"-p\", \
                      \"22\"] } or { command = [\"zlogin\", \"z1\", \"/bin/sh\"] }";

/// How a host is reached. Commands run here, not on a node, and without a shell: their words may be
/// anything printable.
pub fn check(value: &Value) -> Result<Value, Fault> {
    match value {
        Value::Text(text) if matches!(text.as_str(), "ssh" | "local" | "none") => Ok(value.clone()),
        Value::Text(text) => Err(Fault::new(
            codes::SETTING_CONNECTION,
            format!("{} is not a connection", shown(text)),
            REMEDY,
        )),
        Value::Table(table) => by_program(table).map(|()| value.clone()),
        other => Err(Fault::new(
            codes::SETTING_TYPE,
            format!("is {}, not a connection", other.type_name()),
            REMEDY,
        )),
    }
}

/// A table names `ssh` or a command, and not both.
fn by_program(table: &BTreeMap<String, Value>) -> Result<(), Fault> {
    match (table.get("ssh"), table.get("command")) {
        (Some(destination), None) => ssh(destination, table),
        (None, Some(command)) => program(command, table),
        _ => Err(Fault::new(codes::SETTING_CONNECTION, "needs either 'ssh' or 'command'", REMEDY)),
    }
}

fn ssh(destination: &Value, table: &BTreeMap<String, Value>) -> Result<(), Fault> {
    only(table, &["ssh", "options"])?;
    let legal = |text: &str| {
        !text.is_empty()
            && !text.starts_with('-')
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "_.@:%-[]".contains(c))
    };
    if !destination.as_text().is_some_and(legal) {
        return Err(Fault::new(
            codes::SETTING_CONNECTION,
            "'ssh' is not the name of a host or an alias of ssh_config",
            REMEDY,
        ));
    }
    match table.get("options") {
        None => Ok(()),
        Some(options) => words("options", options),
    }
}

fn program(command: &Value, table: &BTreeMap<String, Value>) -> Result<(), Fault> {
    only(table, &["command"])?;
    words("command", command)?;
    match command {
        Value::List(items) if !items.is_empty() => Ok(()),
        _ => Err(Fault::new(codes::SETTING_CONNECTION, "'command' is empty", REMEDY)),
    }
}

fn words(name: &str, value: &Value) -> Result<(), Fault> {
    let legal = |item: &Value| {
        item.as_text().is_some_and(|text| !text.is_empty() && !text.chars().any(char::is_control))
    };
    match value {
        Value::List(items) if items.iter().all(legal) => Ok(()),
        _ => Err(Fault::new(
            codes::SETTING_CONNECTION,
            format!("'{name}' is not a list of words"),
            REMEDY,
        )),
    }
}

fn only(table: &BTreeMap<String, Value>, known: &[&str]) -> Result<(), Fault> {
    match table.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(Fault::new(
            codes::SETTING_CONNECTION,
            format!("has an unknown part {}", shown(key)),
            REMEDY,
        )),
        None => Ok(()),
    }
}
