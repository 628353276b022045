//! Names of hosts and lists of nodes, by RFC 952 and 1123. A short name and a qualified one are
//! different kinds, because the guide mixes them up (E18). Whether a name resolves is asked by the
//! preflight checks.

use std::net::IpAddr;

use crate::problem::codes;
use crate::setting::fault::shown;
use crate::setting::{Fault, Value};

/// A host name without a domain. What somebody types behind `ssh` is told apart: the user and the
/// address belong into the connection.
pub fn short(text: &str) -> Result<(), Fault> {
    let is_not = |what: String, remedy: String| {
        Err(Fault::new(codes::SETTING_NAME, format!("{} {what}", shown(text)), remedy))
    };

    let (user, host) = text.rsplit_once('@').map_or(("", text), |(user, host)| (user, host));
    let host = host.trim_start_matches('[').trim_end_matches(']');
    if host.parse::<IpAddr>().is_ok() {
        return is_not(
            "is an address, not a name".to_owned(),
            "write the name that scstat -n prints; the address belongs into \
             node.NAME.connection"
                .to_owned(),
        );
    }

    let first = host.split('.').next().unwrap_or_default();
    if !user.is_empty() && label(first).is_ok() {
        return is_not(
            "has a user".to_owned(),
            format!("write '{first}'; user and host belong into node.{first}.connection"),
        );
    }
    if text.contains('.') {
        return is_not(
            "has a domain".to_owned(),
            format!("write the part before the first dot, '{first}'"),
        );
    }
    label(text).map_err(|why| illegal(text, why))
}

/// A host name with its domain.
pub fn qualified(text: &str) -> Result<(), Fault> {
    if !text.contains('.') {
        let remedy = format!(
            "add the domain, as in {}.example.com",
            if text.is_empty() { "cal-host" } else { text }
        );
        return Err(Fault::new(
            codes::SETTING_NAME,
            format!("{} is not fully qualified", shown(text)),
            remedy,
        ));
    }
    any(text)
}

/// A host name with or without a domain.
pub fn any(text: &str) -> Result<(), Fault> {
    if text.len() > 253 {
        return Err(illegal(text, "it is longer than 253 characters"));
    }
    if let Some(why) = text.split('.').find_map(|part| label(part).err()) {
        return Err(illegal(text, why));
    }
    if text.rsplit('.').next().is_some_and(|last| last.chars().all(|c| c.is_ascii_digit())) {
        return Err(illegal(text, "its last part is a number, as in an address"));
    }
    Ok(())
}

/// The nodes, in the order of preference.
pub fn nodes(value: &Value) -> Result<Value, Fault> {
    let remedy = "write a list of node names as scstat -n prints them: [\"Node1\", \"Node2\"]";
    let Value::List(items) = value else {
        return Err(Fault::new(
            codes::SETTING_TYPE,
            format!("is {}, not a list of node names", value.type_name()),
            remedy,
        ));
    };

    let Some(names) = value.as_texts() else {
        let other = items
            .iter()
            .find(|item| item.as_text().is_none())
            .map_or("something else", Value::type_name);
        return Err(Fault::new(
            codes::SETTING_TYPE,
            format!("contains {other}, not only node names"),
            remedy,
        ));
    };

    if names.is_empty() {
        return Err(Fault::new(codes::SETTING_NAME, "is an empty list", remedy));
    }

    for name in &names {
        short(name)?;
    }
    Ok(value.clone())
}

/// One part of a host name (RFC 952 and 1123).
fn label(text: &str) -> Result<(), &'static str> {
    match text {
        "" => Err("it has an empty part"),
        _ if text.len() > 63 => Err("a part is longer than 63 characters"),
        _ if text.starts_with('-') || text.ends_with('-') => {
            Err("a part begins or ends with a hyphen")
        }
        _ if text.chars().any(|c| !c.is_ascii_alphanumeric() && c != '-') => {
            Err("a part has other characters than letters, digits and hyphens")
        }
        _ => Ok(()),
    }
}

fn illegal(text: &str, why: &str) -> Fault {
    Fault::new(
        codes::SETTING_NAME,
        format!("{} is not a host name: {why}", shown(text)),
        "write letters, digits and hyphens, parts separated by dots",
    )
}
