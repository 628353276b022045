//! The questions by which looks read a node: the lines that a command prints, the text of a
//! file. A command that fails and a file that cannot be read answer nothing; a lost node is an
//! error. A look that has to know why there is no answer asks the host itself.

use crate::node::{Command, HostError, Inspect, NodePath};

/// The first line a command prints, or nothing when it fails.
pub(super) fn first_line(
    host: &dyn Inspect,
    command: &Command,
) -> Result<Option<String>, HostError> {
    let output = host.query(command)?;
    Ok(if output.success() {
        output.text().lines().next().map(|l| l.trim().to_owned())
    } else {
        None
    })
}

/// The last line a command prints, whatever its status, or nothing when it prints none.
pub(super) fn last_line(
    host: &dyn Inspect,
    command: &Command,
) -> Result<Option<String>, HostError> {
    let output = host.query(command)?;
    let last = output.text().lines().rfind(|l| !l.trim().is_empty()).map(|l| l.trim().to_owned());
    Ok(last)
}

/// All lines a command prints, none when it fails.
pub(super) fn lines(host: &dyn Inspect, command: &Command) -> Result<Vec<String>, HostError> {
    let output = host.query(command)?;
    Ok(if output.success() {
        output.text().lines().map(|l| l.trim().to_owned()).collect()
    } else {
        Vec::new()
    })
}

/// A file's text, or nothing when there is no such file.
pub(super) fn text(host: &dyn Inspect, path: &NodePath) -> Result<Option<String>, HostError> {
    match host.read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(HostError::Io { .. }) => Ok(None),
        Err(other) => Err(other),
    }
}
