//! Reads the last line that a long command has printed, while it runs, over a second connection. It
//! only reads the output file in the record, and a watching that fails disturbs nothing.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use super::{Connector, ShellHost, Watcher};
use crate::node::NodePath;

/// Until a command that takes so long is looked at; most never are.
const FIRST: Duration = Duration::from_secs(2);
/// From one look to the next.
const NEXT: Duration = Duration::from_secs(2);

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
        // Where no thread is to be had, nobody is told.
        let _ = std::thread::Builder::new().spawn(move || {
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
                    watcher.tell(&connector.node, line);
                }

                if gone(NEXT) {
                    return;
                }
            }
        });

        Self { _end: end }
    }
}
