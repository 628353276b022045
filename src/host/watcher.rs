//! Shows the last line that a long command has printed, while it runs, over a second connection. It
//! only reads the output file in the record, and a watcher that fails disturbs nothing. How the
//! line appears on the screen is for whoever made the `Watcher`.

use std::fmt;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use super::{Connector, ShellHost};
use crate::node::{NodeName, NodePath};

/// Until a command that takes so long is looked at; most never are.
const FIRST: Duration = Duration::from_secs(2);
/// From one look to the next.
const NEXT: Duration = Duration::from_secs(2);

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
}

impl fmt::Debug for Watcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watcher")
    }
}

/// A command that is being watched; the watching ends with it.
///
/// The session that runs the command has no ear for anything else, so the output is read over
/// another connection, which is made only when the command turns out to be long. That it cannot be
/// made is no reason for anything.
pub(super) struct Watching {
    /// Nothing is ever sent: that the other end is gone ends the watching.
    _end: Sender<()>,
}

impl Watching {
    /// Begins to watch the output of the operation with this stem in the record.
    pub fn begin(connector: Connector, record: NodePath, stem: String, watcher: Watcher) -> Self {
        let (end, ended) = channel::<()>();
        std::thread::spawn(move || {
            let gone = |after| ended.recv_timeout(after) == Err(RecvTimeoutError::Disconnected);
            if gone(FIRST) {
                return;
            }

            let Ok(host) = ShellHost::connect(connector.clone(), &record) else { return };
            loop {
                // tail(1) of Solaris gives a line; what has no end yet is one.
                let Ok(output) =
                    host.shell(&format!("test -f \"$D\"/{stem}.out && tail -1 \"$D\"/{stem}.out"))
                else {
                    return;
                };

                if let Some(line) = output.text().lines().next().filter(|_| output.success()) {
                    (watcher.0)(&connector.node, line);
                }

                if gone(NEXT) {
                    return;
                }
            }
        });

        Self { _end: end }
    }
}
