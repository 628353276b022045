//! Nodes lose their power. Every instance that can be served is served, once, on a node of its
//! list; who has lost all nodes of its list is served again when one is back.

use std::time::{Duration, Instant};

use calha::setting::Instance;

use crate::processes::until;
use crate::round::{Round, SOON};

/// The nodes that have the logical address of an instance.
fn holders(round: &Round, instance: &Instance) -> Vec<String> {
    let nodes = &round.site.rack.nodes;
    let address = format!("{}/", instance.logical_host.address);
    let has = |node: &String| {
        let said = nodes.on(node, &["ip", "-oneline", "address"]);
        String::from_utf8_lossy(&said.stdout).contains(&address)
    };
    nodes.powered().into_iter().filter(has).collect()
}

/// Waits until everything that can be served is.
pub fn all_served(round: &Round, what: &str) {
    let nodes = &round.site.rack.nodes;
    let begun = Instant::now();
    for (instance, client) in round.site.settings.instances.iter().zip(&round.clients) {
        let powered = nodes.powered();
        let alive = || instance.nodes.iter().filter(|n| powered.contains(&n.0));
        if alive().next().is_none() {
            assert_eq!(client.served_by(Duration::from_secs(2)), None, "{what}");
            continue;
        }
        let served = until(SOON, || client.served_by(Duration::from_secs(2)));
        let by = served.unwrap_or_else(|| {
            panic!("{what}: {} is not served: {:?}", instance.name, nodes.monitor())
        });
        assert!(alive().any(|n| n.0 == by), "{what}: {} on {by}", instance.name);
        assert_eq!(holders(round, instance), [by], "{what}: {}", instance.name);
    }
    println!("{what}: all served after {:.1} s", begun.elapsed().as_secs_f32());
}

/// Takes the power of nodes, one after the other, and gives it back. `looks`: how long it takes to
/// ask while all of them live.
pub fn fail(round: &Round, failing: &[&str], looks: Duration) {
    let nodes = &round.site.rack.nodes;
    // A machine that is off does not even refuse; once for each model that costs its time.
    let hang = if failing.len() == 1 { Duration::from_secs(9) } else { Duration::ZERO };
    for node in failing {
        round.tell(&format!("{node} loses its power"));
        nodes.power_off(node);
        all_served(round, &format!("{node} of {failing:?} is down"));
        // Until then the cluster takes it for a member; and half of the nodes at the same moment
        // have no quorum.
        nodes.end_of(node);
        round.knows_the_holders(failing[0], hang, looks);
    }
    for node in failing {
        nodes.start(node);
        round.tell(&format!("{node} is back"));
        all_served(round, &format!("{node} of {failing:?} is back"));
    }
}
