//! Looks every 100 ms on which nodes the shared file systems are mounted. Two at a time destroy
//! one; afterwards its own check says whether it is whole.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::nodes::Nodes;
use crate::rack::Rack;
use crate::watch::Watch;

/// A mount point and the node that has something mounted there.
type Mounted = BTreeSet<(String, String)>;

pub struct Mounts(Watch<Mounted>);

fn mounted(nodes: &Nodes, points: &[String]) -> Mounted {
    let mut mounted = Mounted::new();
    for node in nodes.powered() {
        // A node may lose its power at any moment.
        let Some(init) = nodes.init(&node) else { continue };
        let table = std::fs::read_to_string(init.file("mounts")).unwrap_or_default();
        for point in table.lines().filter_map(|line| line.split(' ').nth(1)) {
            if points.iter().any(|p| p == point) {
                mounted.insert((point.to_owned(), node.clone()));
            }
        }
    }
    mounted
}

impl Mounts {
    pub fn of(points: Vec<String>, nodes: &Arc<Nodes>) -> Self {
        let nodes = Arc::clone(nodes);
        Self(Watch::begin(move || move || mounted(&nodes, &points)))
    }

    /// Fails when a file system was mounted on two nodes at a time, or when nobody has looked.
    pub fn never_twice(&self) {
        let seen = self.0.seen();
        assert!(!seen.is_empty());
        for (_, mounted) in seen {
            let points: BTreeSet<&String> = mounted.iter().map(|(point, _)| point).collect();
            assert_eq!(points.len(), mounted.len(), "mounted twice: {mounted:?}");
        }
    }
}

/// Whether a file system that nobody has mounted is whole, by its own check and its superblock.
pub fn is_whole(rack: &Rack, device: &str) {
    let image = rack.image(device).display().to_string();
    rack.nodes.rack_runs("e2fsck", &["-f", "-n", &image]);
    let superblock = rack.nodes.rack_runs("dumpe2fs", &["-h", &image]);
    let state = superblock.lines().find_map(|l| l.strip_prefix("Filesystem state:"));
    assert_eq!(state.map(str::trim), Some("clean"), "{superblock}");
}
