//! Names and ids of Solaris accounts. Eight characters and no root, because that is what every
//! release takes and what Calendar Server may run as. Whether the account exists on a node is asked
//! by the preflight checks.

use super::integer;
use crate::problem::codes;
use crate::setting::fault::shown;
use crate::setting::{Fault, Value};

/// A user or group of Solaris, which takes eight characters.
pub fn name(text: &str) -> Result<(), Fault> {
    if text == "root" {
        let remedy = "choose an account of its own, such as icsuser and icsgroup";
        return Err(Fault::new(
            codes::SETTING_NAME,
            "is root, as which Calendar Server must not run",
            remedy,
        ));
    }
    let legal = text.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-');
    if !legal || text.len() > 8 {
        let remedy = "begin with a small letter and go on with small letters, digits, hyphens and \
                      underscores, at most eight";
        return Err(Fault::new(
            codes::SETTING_NAME,
            format!("{} is not a user or group name of Solaris", shown(text)),
            remedy,
        ));
    }
    Ok(())
}

/// A user or group id.
pub fn id(value: &Value) -> Result<Value, Fault> {
    if value.as_integer() == Some(0) {
        let remedy = "choose an id that is free on every node, for example 5001";
        return Err(Fault::new(
            codes::SETTING_NUMBER,
            "is 0, the id of root, as which Calendar Server must not run",
            remedy,
        ));
    }
    integer::within(value, 1, i64::from(i32::MAX), "id")
}
