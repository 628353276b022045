//! What printed scripts of an upgrade left on the nodes. States that a script has changed are not
//! the states before, so no plan is made while one stands in the middle. What the results say in
//! detail is for `engine::import`.

use crate::node::{Command, HostError, Inspect, NodePath};
use crate::problem::{Problem, codes};
use crate::step::Views;

/// A script that has begun and has not come to its end; `record` is the upgrade's on the nodes.
///
/// # Errors
/// A node that is lost.
pub fn script_begun(hosts: &Views<'_>, record: &NodePath) -> Result<Option<Problem>, HostError> {
    for (node, host) in hosts {
        for result in results(*host, record)? {
            let bytes = match host.read(&result) {
                Ok(bytes) => bytes,
                Err(HostError::Io { .. } | HostError::Invalid(_)) => continue,
                Err(lost) => return Err(lost),
            };
            if String::from_utf8_lossy(&bytes).lines().any(|line| line == "end 0") {
                continue;
            }
            let what = format!("a printed script of an upgrade has begun: {result} has no end");
            let hint = "run that script again until it ends with status 0; or take the upgrade \
                        over with calha import-results and its plan.json, and then back";
            let problem = Problem::new(codes::UPGRADE_BEGUN, what).on(node.as_str());
            return Ok(Some(problem.hint(hint)));
        }
    }
    Ok(None)
}

/// The results of scripts; those of each plan are in a directory of their own.
fn results(host: &dyn Inspect, record: &NodePath) -> Result<Vec<NodePath>, HostError> {
    let listed = host.query(&Command::new("/usr/bin/ls", [record.as_str()]))?;
    let text = if listed.success() { listed.text() } else { Default::default() };
    let plans = text.lines().map(str::trim).filter(|name| name.starts_with("scripts-"));
    // An upgrade is one script: every member can do all of it.
    Ok(plans.map(|plan| record.join(plan).join("script-1.result")).collect())
}
