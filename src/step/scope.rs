//! On which hosts the operations of a step run. It names hosts by what they are to the step;
//! which of them can be reached, and where a file system is mounted, the engine finds out. Where
//! the state of an operation belongs is `Place`'s.

use crate::node::{NodeName, NodePath};

/// On which hosts a step's operations run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// On each of these, independent of one another.
    EachNode(Vec<NodeName>),
    /// On this one.
    One(NodeName),
    /// On any one of these members, the first that is there: what it changes belongs to the whole
    /// cluster.
    Member(Vec<NodeName>),
    /// Wherever the file system is mounted at that moment; `expected` is where that will be when
    /// all goes as printed.
    Holding { mount: NodePath, expected: NodeName },
}
