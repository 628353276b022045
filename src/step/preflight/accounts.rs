//! Compares the runtime user and group of a node with the profile. An id that differs, or that
//! is somebody else's, is found before the first change. Making the accounts is the step
//! `accounts`'.

use crate::node::Command;
use crate::op::Check;
use crate::problem::codes;
use crate::step::{Asked, Guard, Site};

/// Ids of the runtime user and group: equal where they exist, free elsewhere (E71).
pub(super) fn accounts(site: &Site, asked: &Asked) -> Vec<Guard> {
    let account = &site.settings.account;
    let (uid, gid) = (account.uid, account.gid);
    let user = ("passwd", "user", &account.user, uid, format!("{uid}:{gid}"));
    let group = ("group", "group", &account.group, gid, gid.to_string());

    let guards = [user, group].map(|(base, what, name, id, numbers)| {
        let ask = |key: &str| Command::new("/usr/bin/getent", [base, key]);
        let there = Check::Succeeds(ask(name));
        let as_wanted = Check::Says { command: ask(name), text: format!(":{numbers}:") };
        let other = Guard::new(
            codes::PREFLIGHT_ACCOUNT,
            asked.clone(),
            Check::All(vec![there.clone(), as_wanted.negated()]),
            format!("{what} {name} should have the numbers {numbers} here"),
        )
        .showing(ask(name))
        .hint(
            "ids must be equal on all nodes: change the profile, or the account with usermod -u \
             and chown its files",
            "E71",
        );

        let id = id.to_string();
        let taken = Guard::new(
            codes::PREFLIGHT_ID_TAKEN,
            asked.clone(),
            Check::All(vec![there.negated(), Check::Succeeds(ask(&id))]),
            format!("id {id} belongs to another {what} here"),
        )
        .showing(ask(&id))
        .hint("choose an id that is free on every node", "E71");
        [other, taken]
    });
    guards.into_iter().flatten().collect()
}
