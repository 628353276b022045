//! A package of ACME's print queue on the nodes of a lab in memory: a registration file and its methods.

use calha::lab::Memory;
use calha::node::{Files, Mode, NodeName, NodePath, Owner};

/// Puts a version's registration file and its methods on both nodes.
pub fn deliver(lab: &mut Memory, version: &str, text: &str) {
    for name in ["Node1", "Node2"] {
        let mut files = lab.files(&NodeName(name.into()));
        let mut put = |at: &str, text: &str, mode: u32| {
            let at = NodePath::new(at).unwrap();
            let above: Vec<_> = std::iter::successors(at.parent(), |p| p.parent()).collect();
            for directory in above.iter().rev().filter(|d| d.as_str() != "/") {
                let _ = files.mkdir(directory, Mode(0o755), Owner::ROOT);
            }
            files.write(&at, text.as_bytes(), Mode(mode), Owner::ROOT).unwrap();
        };
        put(&format!("/opt/ACMEqueue/etc/queue.{version}"), text, 0o644);
        for method in ["start", "stop", "validate", "mon_start", "mon_stop"] {
            put(&format!("/opt/ACMEqueue/{version}/{method}"), "#!/bin/sh\n", 0o755);
        }
    }
}
