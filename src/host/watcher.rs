//! Who is told the last line that a long command has printed. How it appears on the screen is for
//! whoever made the `Watcher`.

use std::fmt;
use std::sync::Arc;

use crate::node::NodeName;

/// Tells a line of a node.
type Tell = dyn Fn(&NodeName, &str) + Send + Sync;

/// Whoever is told the last line that a long command has printed, while it runs.
#[derive(Clone)]
pub struct Watcher(Arc<Tell>);

impl Watcher {
    /// Tells it by this function, from a thread of its own.
    pub fn new(tell: impl Fn(&NodeName, &str) + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    /// Tells a line of a node.
    pub(super) fn tell(&self, node: &NodeName, line: &str) {
        (self.0)(node, line);
    }
}

impl fmt::Debug for Watcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watcher")
    }
}
