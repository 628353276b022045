//! How many nodes and instances a model takes, which node each instance prefers, and that two nodes
//! are two machines. Somebody who is still being asked gets "incomplete" where another answer may
//! yet settle it. Whether a node is a member of the cluster is asked on the nodes.

use super::conflict::{conflict, incomplete};
use crate::problem::Problem;
use crate::setting::{Evaluation, Value};

/// The nodes are two different ones, reached in different ways; one instance runs on them.
pub fn check(values: &Evaluation) -> Vec<Problem> {
    let mut problems = count(values);
    let nodes = values.nodes();
    for (index, node) in nodes.iter().enumerate() {
        if nodes[..index].iter().any(|other| other.eq_ignore_ascii_case(node)) {
            let remedy = "name each node once, spelt as scstat -n prints it (E28)";
            problems.push(conflict(
                values,
                "cluster.nodes",
                &format!("names {node} twice: a node name has no upper and lower case"),
                remedy,
            ));
        }
    }
    problems.extend(connections(values));
    problems
}

fn count(values: &Evaluation) -> Vec<Problem> {
    match values.text("cluster.model") {
        Some("asymmetric") => asymmetric(values),
        Some("symmetric") => [symmetric(values), placed(values)].concat(),
        Some("n-plus-one") => [n_plus_one(values), placed(values)].concat(),
        _ => Vec::new(),
    }
}

fn asymmetric(values: &Evaluation) -> Vec<Problem> {
    let mut problems = Vec::new();
    let nodes = values.nodes().len();
    if nodes != 2 && values.get("cluster.nodes").is_some() {
        let what = format!("names {nodes} node(s); the asymmetric model takes two");
        let lacks = if nodes < 2 { incomplete } else { conflict };
        problems.push(lacks(
            values,
            "cluster.nodes",
            &what,
            "name the primary node and then the standby node (6.1.1)",
        ));
    }

    if values.instances().len() > 1 {
        let what = format!(
            "is one of {} instances; the asymmetric model has one",
            values.instances().len()
        );
        for instance in &values.instances()[1..] {
            problems.push(conflict(
                values,
                &format!("instance.{instance}.block-device"),
                &what,
                "cluster.model = \"symmetric\" takes two instances, \"n-plus-one\" more; or \
                 describe each in a profile of its own (6.1)",
            ));
        }
    }

    let key = format!("instance.{}.nodes", values.instances()[0]);
    let own = values.texts(&key);
    if !own.is_empty() && own != values.texts("cluster.nodes") {
        problems.push(conflict(
            values,
            &key,
            "differs from cluster.nodes",
            "leave it out in the asymmetric model",
        ));
    }
    problems
}

fn symmetric(values: &Evaluation) -> Vec<Problem> {
    let mut problems = Vec::new();
    let (nodes, instances) = (values.nodes(), values.instances());
    if nodes.len() != 2 && values.get("cluster.nodes").is_some() {
        let what = format!("names {} node(s); the symmetric model takes two", nodes.len());
        let lacks = if nodes.len() < 2 { incomplete } else { conflict };
        problems.push(lacks(
            values,
            "cluster.nodes",
            &what,
            "name both nodes; each is active for one instance (6.1.2)",
        ));
    }

    if instances.len() != 2 {
        let what =
            format!("is symmetric, and the profile describes {} instance(s)", instances.len());
        problems.push(conflict(
            values,
            "cluster.model",
            &what,
            "describe two: a table [instance.NAME] for each (6.1.2, 6.7)",
        ));
    }
    problems
}

fn n_plus_one(values: &Evaluation) -> Vec<Problem> {
    let mut problems = Vec::new();
    let (nodes, instances) = (values.nodes(), values.instances());
    if !(2..=MOST_ACTIVE).contains(&instances.len()) {
        let what =
            format!("is n-plus-one, and the profile describes {} instance(s)", instances.len());
        let remedy = format!(
            "describe two to {MOST_ACTIVE}: a table [instance.NAME] for each; for one, the model \
             is asymmetric (6.1.3)"
        );
        problems.push(conflict(values, "cluster.model", &what, &remedy));
    } else if nodes.len() != instances.len() + 1 && values.get("cluster.nodes").is_some() {
        let what = format!("names {} node(s) for {} instances", nodes.len(), instances.len());
        problems.push(incomplete(
            values,
            "cluster.nodes",
            &what,
            "name one node for each instance, and one spare for all (6.1.3)",
        ));
    }

    let mut spare: Option<(&str, &str)> = None;
    for instance in instances {
        let key = format!("instance.{instance}.nodes");
        let Some(own) = values.texts(&key).get(1).copied() else { continue };
        match spare {
            None => spare = Some((own, instance)),
            Some((first, of)) if first != own => {
                let what =
                    format!("ends with {own}, and that of {of} with {first}; there is one spare");
                problems.push(conflict(
                    values,
                    &key,
                    &what,
                    "name the active node of the instance and then the spare (6.1.3)",
                ));
            }
            Some(_) => {}
        }
    }
    problems
}

/// The node that an instance prefers: the first of its own.
struct Preferred<'a> {
    node: &'a str,
    instance: &'a str,
}

/// Each instance is on two nodes of the cluster, and no two prefer the same one.
fn placed(values: &Evaluation) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut preferred: Vec<Preferred<'_>> = Vec::new();
    for instance in values.instances() {
        let own = values.texts(&format!("instance.{instance}.nodes"));
        let Some(&node) = own.first() else { continue };
        problems.extend(misplaced(values, instance, &own, &preferred));
        preferred.push(Preferred { node, instance });
    }

    if values.text("cluster.model") == Some("n-plus-one") {
        problems.extend(busy_spares(values, &preferred));
    }
    problems
}

/// What is wrong with an instance's own nodes. One reason is enough: the next would follow from it.
fn misplaced(
    values: &Evaluation,
    instance: &str,
    own: &[&str],
    preferred: &[Preferred<'_>],
) -> Option<Problem> {
    let key = format!("instance.{instance}.nodes");
    let nodes = values.nodes();
    let stranger = own.iter().find(|name| !nodes.iter().any(|known| known == *name));

    if let Some(other) = stranger.filter(|_| !nodes.is_empty()) {
        let what = format!("names {other}, which is not one of cluster.nodes");
        let remedy = format!(
            "the nodes are {}; names are compared letter by letter (E28)",
            nodes.join(", ")
        );
        return Some(conflict(values, &key, &what, &remedy));
    }

    if own.len() != 2 || own[0].eq_ignore_ascii_case(own[1]) {
        let what = format!("names {}; an instance has two different nodes", own.join(", "));
        let remedy = "name the node that is active for it and then the one on standby";
        return Some(conflict(values, &key, &what, remedy));
    }

    let rival = preferred.iter().find(|earlier| earlier.node == own[0])?;
    let what = format!("prefers {}, as the instance {} does", own[0], rival.instance);
    let remedy = "give each instance an active node of its own (6.1)";
    Some(conflict(values, &key, &what, remedy))
}

/// Spares of N+1 that are the active node of another instance.
fn busy_spares(values: &Evaluation, preferred: &[Preferred<'_>]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (at, Preferred { instance, .. }) in preferred.iter().enumerate() {
        let key = format!("instance.{instance}.nodes");
        let Some(spare) = values.texts(&key).get(1).copied() else { continue };
        let mut others = preferred.iter().enumerate().filter(|(index, _)| *index != at);
        let Some((_, other)) = others.find(|(_, other)| other.node == spare) else { continue };

        let what = format!("has {spare} on standby, which is active for {}", other.instance);
        let remedy = "the spare of N+1 runs nothing of its own (6.1.3)";
        problems.push(conflict(values, &key, &what, remedy));
    }
    problems
}

/// Sun Cluster 3 has at most 16 nodes.
const MOST_ACTIVE: usize = 15;

/// Two nodes that are reached the same way are one machine, which would be changed twice and be
/// called a cluster.
fn connections(values: &Evaluation) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut seen: Vec<(&str, Value)> = Vec::new();
    for node in values.nodes() {
        let key = format!("node.{node}.connection");
        let Some(answer) = values.get(&key) else { continue };

        let reached = match &answer.value {
            Value::Text(text) if text == "none" => continue,
            Value::Text(text) if text == "ssh" => {
                Value::Table([("ssh".to_string(), Value::text(node))].into())
            }
            other => other.clone(),
        };

        if let Some((other, _)) = seen
            .iter()
            .find(|(other, connection)| *connection == reached && !other.eq_ignore_ascii_case(node))
        {
            problems.push(conflict(
                values,
                &key,
                &format!("leads to the same machine as that of {other}"),
                "give each node a connection of its own",
            ));
        }

        seen.push((node, reached));
    }
    problems
}
