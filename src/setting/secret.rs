//! A reference to a secret. The type cannot hold the secret, so it may be printed, logged and kept
//! in a profile. The secret is fetched only when a connection needs it, by the command line.

use std::fmt;

use super::{Fault, Value};
use crate::problem::codes;

/// Where a secret is to be had: never the secret itself, so it can be shown, logged and kept in a
/// profile.
#[derive(Clone, PartialEq, Eq)]
pub enum SecretRef {
    /// The value of an environment variable of calha.
    Env(String),
    /// The first line of a file.
    File(String),
    /// Somebody at the terminal, each time.
    Ask,
}

impl SecretRef {
    /// Reads `"ask"`, `{ env = "NAME" }` or `{ file = "/path" }`.
    ///
    /// # Errors
    /// Anything else, above all the secret itself as text; the message does not repeat what was
    /// written.
    pub fn from_value(value: &Value) -> Result<Self, Fault> {
        let refused = || {
            let remedy = "write \"ask\", { env = \"NAME\" } for an environment variable or { file \
                          = \"/path\" } for a file with mode 0600";
            Fault::new(
                codes::SETTING_SECRET,
                "a secret never stands in a profile or on a command line",
                remedy,
            )
        };

        if *value == Value::text("ask") {
            return Ok(Self::Ask);
        }
        let Value::Table(table) = value else { return Err(refused()) };

        let mut entries = table.iter();
        match (entries.next(), entries.next()) {
            (Some((key, Value::Text(name))), None) if key == "env" && is_variable(name) => {
                Ok(Self::Env(name.clone()))
            }
            (Some((key, Value::Text(path))), None) if key == "file" && path.starts_with('/') => {
                Ok(Self::File(path.clone()))
            }
            _ => Err(refused()),
        }
    }
}

impl SecretRef {
    /// The variable of the environment that holds it.
    pub fn variable(&self) -> Option<String> {
        match self {
            Self::Env(name) => Some(name.clone()),
            Self::File(_) | Self::Ask => None,
        }
    }
}

fn is_variable(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

impl fmt::Display for SecretRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Env(name) => write!(f, "the environment variable {name}"),
            Self::File(path) => write!(f, "the file {path}"),
            Self::Ask => f.write_str("the answer"),
        }
    }
}

impl fmt::Debug for SecretRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretRef({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_itself_is_refused_and_not_repeated() {
        for value in [
            Value::text("hunter2"),
            Value::Table([("env".to_string(), Value::text("hunter2 x"))].into()),
        ] {
            let fault = SecretRef::from_value(&value).unwrap_err();
            assert!(!format!("{fault:?}").contains("hunter2"));
        }
    }

    #[test]
    fn a_reference_is_taken_and_shown() {
        let value = Value::Table([("file".to_string(), Value::text("/root/pw"))].into());
        assert_eq!(
            format!("{:?}", SecretRef::from_value(&value).unwrap()),
            "SecretRef(the file /root/pw)"
        );
    }
}
