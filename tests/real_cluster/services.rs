//! Everything that one does with an installed service, and what only looks, for the first instance
//! of a model. Clients miss nothing that was not announced: `Round::done` sees to that.

use std::time::Duration;

use crate::round::{Round, SOON};

/// What only looks, and what debugging changes, no client notices.
fn unnoticed(round: &Round) {
    let before: Vec<_> = round.clients.iter().map(|client| client.outages()).collect();
    round.site.calha("status", &[]).ended(0);
    round.site.calha("report", &[]).ended(0);
    round.done("debug on", &[]);
    round.done("debug off", &[]);

    let after: Vec<_> = round.clients.iter().map(|client| client.outages()).collect();
    assert_eq!(after, before);
}

/// Each command of a service, from a clean installation to a clean one.
pub fn everything(round: &Round) {
    unnoticed(round);

    let instance = &round.site.settings.instances[0];
    let (name, client) = (instance.name.as_str(), &round.clients[0]);
    let [first, other] = [0, 1].map(|at| instance.nodes[at].to_string());
    let served_by = |node: &str| assert_eq!(client.served_by(SOON).as_deref(), Some(node));
    let by_nobody = || assert_eq!(client.served_by(Duration::from_secs(1)), None);

    round.done("service restart", &[name]);
    served_by(&first);
    round.done("service failover", &[name, "--to", &other]);
    served_by(&other);
    round.done("service stop", &[name]);
    by_nobody();
    round.done("service start", &[name]);
    served_by(&other);

    round.done("service remove", &[name]);
    by_nobody();
    // The rest of an installation ends where the first one did.
    round.done("install", &[]);
    round.at_home();
    round.verified();
}
