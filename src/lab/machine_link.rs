//! Links from a node's disk to what is the machine's: the calha executable and the volumes.
//!
//! A link climbs from where it stands to the lab's directory and goes down into its `.machine`. In
//! a root that is entered for real the climb ends at `/`, so there the same link leads to that
//! root's own `.machine`. Nothing here touches a disk.

use std::path::{Path, PathBuf};

use super::storage::Spot;

/// The directory that such links lead through, in a lab and in a root that is entered for real.
pub(crate) const MACHINE: &str = ".machine";

/// What an executable of the lab is a link to.
const CALHA: &str = "calha";

/// How many directories are between a spot and the root of its tree.
pub(crate) fn depth(at: &Spot) -> usize {
    at.path.split('/').filter(|part| !part.is_empty()).count().saturating_sub(1)
}

fn link(at: &Spot, below: &Path) -> PathBuf {
    // Above the root of a tree are `nodes` or `volumes`, then the lab.
    let climb = "../".repeat(depth(at) + 2);
    Path::new(&climb).join(MACHINE).join(below)
}

/// What the link of a program at this spot says.
pub(crate) fn program(at: &Spot) -> PathBuf {
    link(at, Path::new(CALHA))
}

/// What the link that stands for a mounted volume says at this spot.
pub(crate) fn volume(at: &Spot, name: &str) -> PathBuf {
    link(at, &Path::new("volumes").join(name))
}

/// Whether what a link says makes it a program of the lab.
pub(crate) fn is_program(target: &Path) -> bool {
    target.ends_with(Path::new(MACHINE).join(CALHA))
}

/// Whether what a link says makes it a mounted volume.
pub(crate) fn is_volume(target: &Path) -> bool {
    target.parent().is_some_and(|p| p.ends_with(Path::new(MACHINE).join("volumes")))
}
