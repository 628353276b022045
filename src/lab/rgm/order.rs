//! The order in which resources of a group start, and who depends on whom. It is a pure function
//! of the cluster's state; starting and stopping are in `place`.

use crate::lab::rgm::agent::Agent;
use crate::lab::{Cluster, Resource};

/// Resources of a group in the order in which they are started; stopped in reverse.
///
/// Network resources first (the implicit network dependency of a group, on by default:
/// 816-2024/6m8dd6ikp), then strong dependencies, else the order of creation.
///
/// Assumption: the same order serves HAStoragePlus, whose prenet method really runs after the
/// address was configured and before it is up.
pub(crate) fn start_order(cluster: &Cluster, group: &str) -> Vec<String> {
    let mut left: Vec<&Resource> = cluster.resources.iter().filter(|r| r.group == group).collect();
    left.sort_by_key(|r| u8::from(!Agent::of(&r.type_name).is_network()));
    let mut done: Vec<String> = Vec::new();
    while !left.is_empty() {
        let ready = left
            .iter()
            .position(|r| {
                r.depends_on().all(|d| done.contains(d) || !left.iter().any(|l| l.name == *d))
            })
            // A circle cannot be made by scrgadm; taking the first keeps this total.
            .unwrap_or(0);
        done.push(left.remove(ready).name.clone());
    }
    done
}

/// Enabled resources outside `list` that depend on one of `list`, explicitly.
///
/// Assumption: the implicit dependency on network resources orders methods but does not forbid
/// disabling the address first.
pub(crate) fn enabled_dependents(cluster: &Cluster, list: &[String]) -> Vec<String> {
    cluster
        .resources
        .iter()
        .filter(|r| {
            r.enabled && !list.contains(&r.name) && r.depends_on().any(|d| list.contains(d))
        })
        .map(|r| r.name.clone())
        .collect()
}
