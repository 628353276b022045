//! Compares the runtime user and group of a node with the profile. An id that differs, or that
//! is somebody else's, is found before the first change. Making the accounts is the step
//! `accounts`'.

use crate::node::{Command, HostError, Inspect, NodeName};
use crate::problem::{Problem, codes};
use crate::step::{Seen, Site, query};

/// Ids of the runtime user and group: equal where they exist, free elsewhere (E71).
pub(super) fn accounts(
    site: &Site,
    node: &NodeName,
    host: &dyn Inspect,
    seen: &mut Seen,
) -> Result<(), HostError> {
    let account = &site.settings.account;
    for (base, name, id) in
        [("passwd", &account.user, account.uid), ("group", &account.group, account.gid)]
    {
        let ask =
            |key: &str| query::first_line(host, &Command::new("/usr/bin/getent", [base, key]));
        let field = |line: &str, at: usize| line.split(':').nth(at).unwrap_or("").to_owned();
        let what = if base == "passwd" { "user" } else { "group" };

        if let Some(line) = ask(name)? {
            if field(&line, 2) != id.to_string() {
                seen.problems.push(
                    Problem::new(
                        codes::PREFLIGHT_ACCOUNT,
                        format!(
                            "{what} {name} has id {} here; the profile says {id}",
                            field(&line, 2)
                        ),
                    )
                    .on(node.as_str())
                    .hint(
                        "ids must be equal on all nodes: change the profile, or the account with \
                         usermod -u and chown its files",
                    )
                    .section("E71"),
                );
            }
        } else if let Some(line) = ask(&id.to_string())? {
            seen.problems.push(
                Problem::new(
                    codes::PREFLIGHT_ID_TAKEN,
                    format!("id {id} belongs to the {what} {} here", field(&line, 0)),
                )
                .on(node.as_str())
                .hint("choose an id that is free on every node")
                .section("E71"),
            );
        }
    }
    Ok(())
}
