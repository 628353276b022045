//! A program that calha runs needs a connection to its host, and two options with different
//! meanings cannot be one. Everything else about programs is settled by their own settings.

use super::conflict::conflict;
use crate::problem::Problem;
use crate::setting::Evaluation;

/// A program that calha runs needs a way to the host it runs on.
pub fn check(values: &Evaluation) -> Vec<Problem> {
    let mut problems = Vec::new();
    if let Some(mode @ ("silent" | "attended")) = values.text("directory.mode")
        && values.text("directory.connection") == Some("none")
    {
        let remedy = "give directory.connection, or leave comm_dssetup.pl to the operator: \
                      directory.mode = \"operator\"";
        problems.push(conflict(
            values,
            "directory.mode",
            &format!("is {mode}, but directory.connection is none"),
            remedy,
        ));
    }

    if values
        .text("configurator.state-option")
        .is_some_and(|option| values.text("configurator.record-option") == Some(option))
    {
        let remedy = "one reads a state file, the other records one: -state and -saveState";
        problems.push(conflict(
            values,
            "configurator.record-option",
            "is also configurator.state-option",
            remedy,
        ));
    }
    problems
}
