use super::conflict;
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
                &format!("names {node} twice, if upper and lower case are not told apart"),
                remedy,
            ));
        }
    }
    problems.extend(connections(values));
    problems
}

fn count(values: &Evaluation) -> Vec<Problem> {
    let mut problems = Vec::new();
    if values.text("cluster.model") != Some("asymmetric") {
        return problems;
    }
    let nodes = values.nodes().len();
    if nodes != 2 && values.get("cluster.nodes").is_some() {
        let what = format!("names {nodes} node(s); the asymmetric model takes two");
        problems.push(conflict(values, "cluster.nodes", &what, "name the primary node and then the standby node (6.1.1)"));
    }
    if values.instances().len() > 1 {
        let what = format!("is one of {} instances; the asymmetric model has one", values.instances().len());
        for instance in &values.instances()[1..] {
            problems.push(conflict(
                values,
                &format!("instance.{instance}.block-device"),
                &what,
                "describe each instance in a profile of its own (6.1.1)",
            ));
        }
    }
    problems
}

/// Two nodes that are reached the same way are one machine, which would be changed twice and be called a cluster.
fn connections(values: &Evaluation) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut seen: Vec<(&str, Value)> = Vec::new();
    for node in values.nodes() {
        let key = format!("node.{node}.connection");
        let Some(answer) = values.get(&key) else { continue };
        let reached = match &answer.value {
            Value::Text(text) if text == "none" => continue,
            Value::Text(text) if text == "ssh" => Value::Table([("ssh".to_string(), Value::text(node))].into()),
            other => other.clone(),
        };
        if let Some((other, _)) =
            seen.iter().find(|(other, connection)| *connection == reached && !other.eq_ignore_ascii_case(node))
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
