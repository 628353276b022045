//! What stays on the nodes for good, in few lines: equal kinds and equal nodes are told once. What
//! counts as a leftover is said by the operations.

use crate::node::NodeName;
use crate::op::Leftover;
use crate::text::wrapped;

/// A path, and the nodes it stays on.
struct Stays<'a> {
    path: &'a str,
    nodes: Vec<&'a str>,
}

/// What stays of one kind on the same nodes.
struct Kind<'a> {
    what: &'a str,
    nodes: Vec<&'a str>,
    paths: Vec<&'a str>,
}

/// What stays for good, a paragraph for each kind: where, what, and the paths wrapped.
pub(super) fn leftovers(all: &[(NodeName, Leftover)], width: usize) -> String {
    removable(all, &|_, _| None, width)
}

/// The same, each paragraph with how that is removed: `removal` is given its kind and paths.
pub fn removable(
    all: &[(NodeName, Leftover)],
    removal: &dyn Fn(&str, &[&str]) -> Option<String>,
    width: usize,
) -> String {
    let mut out = String::new();
    for Kind { what, nodes, paths } in kinds(all) {
        wrapped(&mut out, "  ", &format!("{}: {what}", nodes.join(", ")), width);
        wrapped(&mut out, "      ", &paths.join(" "), width);
        // A command is copied: it stays on its line.
        for line in removal(what, &paths).iter().flat_map(|text| text.lines()) {
            out.push_str(&format!("    {line}\n"));
        }
    }
    out
}

/// Kinds in the order of their first path, once for each set of nodes.
fn kinds(all: &[(NodeName, Leftover)]) -> Vec<Kind<'_>> {
    let mut kinds: Vec<(&str, Vec<Stays<'_>>)> = Vec::new();
    for (node, leftover) in all {
        let at = kinds.iter().position(|(what, _)| *what == leftover.what).unwrap_or_else(|| {
            kinds.push((&leftover.what, Vec::new()));
            kinds.len() - 1
        });

        let paths = &mut kinds[at].1;
        let (path, node) = (leftover.path.as_str(), node.as_str());
        match paths.iter_mut().find(|one| one.path == path) {
            Some(one) if one.nodes.contains(&node) => {}
            Some(one) => one.nodes.push(node),
            None => paths.push(Stays { path, nodes: vec![node] }),
        }
    }

    let mut out = Vec::new();
    for (what, mut paths) in kinds {
        while let Some(first) = paths.first() {
            let nodes = first.nodes.clone();
            let (here, elsewhere): (Vec<_>, Vec<_>) =
                paths.into_iter().partition(|one| one.nodes == nodes);
            paths = elsewhere;
            let here: Vec<&str> = here.into_iter().map(|one| one.path).collect();
            out.push(Kind { what, nodes, paths: here });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::leftovers;
    use crate::node::{NodeName, NodePath};
    use crate::op::Leftover;

    #[test]
    fn equal_kinds_are_told_once() {
        let one = |node: &str, path: &str, what: &str| {
            (
                NodeName(node.into()),
                Leftover { path: NodePath::new(path).unwrap(), what: what.into() },
            )
        };
        let all = [
            one("Node1", "/opt/x", "packages"),
            one("Node2", "/opt/x", "packages"),
            one("ldap", "/var/y", "schema"),
            one("Node1", "/cal/z", "packages"),
        ];
        let wanted = "  Node1, Node2: packages\n      \
                      /opt/x\n  \
                      Node1: packages\n      \
                      /cal/z\n  \
                      ldap: schema\n      \
                      /var/y\n";
        assert_eq!(leftovers(&all, 80), wanted);
    }
}
