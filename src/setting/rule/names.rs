//! Names that must differ: the logical host from the nodes, resources from resources, groups from
//! groups. Names that differ in upper and lower case alone count as the same. What the cluster has
//! already is asked by the preflight checks.

use super::conflict::conflict;
use super::instance_values::InstanceValues;
use crate::problem::Problem;
use crate::setting::Evaluation;

const RESOURCES: [&str; 3] = ["logical-host-resource", "hasp-resource", "service-resource"];

/// Names of one instance: the logical host is no node and the netiflist names the cluster's nodes.
pub fn check(of: &InstanceValues<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for name in ["logical-host", "logical-host-fqdn"] {
        let first = of.text(name).map(|host| host.split('.').next().unwrap_or(host));
        if let Some(node) = of
            .values
            .nodes()
            .iter()
            .find(|node| first.is_some_and(|first| first.eq_ignore_ascii_case(node)))
        {
            let remedy = "the logical host moves between the nodes: give it a name and an address \
                          of its own";
            problems.push(of.conflict(name, &format!("is the node {node}"), remedy));
        }
    }

    for item in of.text("netiflist").into_iter().flat_map(|list| list.split(',')) {
        let node = item.split('@').nth(1).unwrap_or("");
        let known = node.chars().all(|c| c.is_ascii_digit())
            || of.values.nodes().iter().any(|name| name == node);
        if !known && !of.values.nodes().is_empty() {
            let remedy = "write the id that scconf -p prints, or a name of cluster.nodes";
            problems.push(of.conflict(
                "netiflist",
                &format!("names {node}, which is not a node"),
                remedy,
            ));
        }
    }
    problems
}

/// Names that the whole cluster shares: resources differ from each other, and so do groups.
pub fn across(values: &Evaluation) -> Vec<Problem> {
    let mut problems = distinct(values, &RESOURCES, "resource");
    problems.extend(distinct(values, &["resource-group"], "resource group"));
    problems
}

fn distinct(values: &Evaluation, names: &[&str], what: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut seen: Vec<(String, &str)> = Vec::new();

    for instance in values.instances() {
        for name in names {
            let key = format!("instance.{instance}.{name}");
            let Some(text) = values.text(&key) else { continue };
            if let Some((other, spelt)) =
                seen.iter().find(|(_, known)| known.eq_ignore_ascii_case(text))
            {
                let difference = if *spelt == text { "" } else { " but for upper and lower case" };
                let reported = if values.get(&key).is_some_and(|answer| answer.origin.is_given()) {
                    &key
                } else {
                    other
                };
                let partner = if *reported == key { other } else { &key };

                let problem = conflict(
                    values,
                    reported,
                    &format!("{text} is also {partner}{difference}"),
                    &format!("give each {what} a name of its own"),
                );
                problems.push(problem);
            }

            seen.push((key, text));
        }
    }
    problems
}
