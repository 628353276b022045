//! The process behind a session: its pipes are served by threads, so neither side ever waits for
//! the other to read.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write as _};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{
    Receiver, RecvTimeoutError, Sender, SyncSender, TrySendError, channel, sync_channel,
};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::Connector;
use crate::node::HostError;
use crate::text::without_secrets;

/// How many lines of the connection's own complaints are kept, and how many characters of each.
const KEPT: usize = 20;
const LINE: usize = 1000;

/// So many pieces of at most 64 KiB wait for whoever listens; the other side waits then too.
const WAITING: usize = 32;

/// Why nothing arrived.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Silence {
    /// The time is over.
    Late,
    /// The other side has closed.
    Gone,
}

#[derive(Debug)]
pub(super) struct Line {
    child: Option<Child>,
    input: Option<Sender<Vec<u8>>>,
    output: Receiver<Vec<u8>>,
    complaints: Arc<Mutex<VecDeque<String>>>,
    listener: JoinHandle<()>,
    /// Nobody listens any more.
    abandoned: Arc<AtomicBool>,
}

impl Line {
    /// Starts the connector's program, in a process group of its own: ^C is for calha, which ends
    /// in good order.
    pub(super) fn open(connector: &Connector) -> Result<Self, HostError> {
        let unreachable =
            |why: String| HostError::Unreachable { node: connector.node.0.clone(), why };

        let mut command = connector.command()?;
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0);
        let program = command.get_program().to_string_lossy().into_owned();
        let mut child =
            command.spawn().map_err(|e| unreachable(format!("cannot start {program}: {e}")))?;

        let (Some(mut stdin), Some(mut stdout), Some(stderr)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(unreachable(format!("{program} has no pipes")));
        };

        let (input, requests) = channel::<Vec<u8>>();
        let (answers, output) = sync_channel(WAITING);
        let abandoned = Arc::new(AtomicBool::new(false));
        let unheard = Arc::clone(&abandoned);
        let complaints = Arc::new(Mutex::new(VecDeque::new()));
        let kept = Arc::clone(&complaints);

        let served = serve(move || {
            while let Ok(bytes) = requests.recv() {
                // A shell that is gone is noticed at its output.
                if stdin.write_all(&bytes).and_then(|()| stdin.flush()).is_err() {
                    break;
                }
            }
        })
        .and_then(|_| {
            serve(move || {
                let mut buffer = vec![0; 64 * 1024];
                // Read on when nobody listens any more: a command must not fail because calha has
                // given up waiting.
                while let Ok(length @ 1..) = read(&mut stdout, &mut buffer) {
                    hand_over(&answers, buffer[..length].to_vec(), &unheard);
                }
            })
        })
        .and_then(|_| serve(move || keep(BufReader::new(stderr), &kept)));

        let listener = match served {
            Ok(listener) => listener,
            Err(error) => {
                // Nothing was said to it.
                let _ = child.kill().and_then(|()| child.wait());
                return Err(unreachable(format!("this machine starts no thread for it: {error}")));
            }
        };
        let input = Some(input);
        Ok(Self { child: Some(child), input, output, complaints, listener, abandoned })
    }

    /// Hands bytes to the process; never waits.
    pub(super) fn send(&self, bytes: Vec<u8>) {
        if let Some(input) = &self.input {
            // When its thread has ended the process has closed its input; its output says the same.
            let _ = input.send(bytes);
        }
    }

    /// The process gets no more input; what it was given it still reads.
    pub(super) fn hang_up(&mut self) {
        self.input = None;
    }

    /// The next bytes it prints. Whoever prints without end is late all the same.
    pub(super) fn receive(&self, until: Instant) -> Result<Vec<u8>, Silence> {
        let rest = until.saturating_duration_since(Instant::now());
        if rest.is_zero() {
            return Err(Silence::Late);
        }
        self.output.recv_timeout(rest).map_err(|e| match e {
            RecvTimeoutError::Timeout => Silence::Late,
            RecvTimeoutError::Disconnected => Silence::Gone,
        })
    }

    /// Leaves the process alone: it gets no more input and is not waited for. Never kills: a
    /// vendor's program may be at work.
    pub(super) fn abandon(&mut self) {
        self.input = None;
        self.abandoned.store(true, Ordering::Relaxed);
    }

    /// Ends the process, by force: for a connection on which nothing is at work yet.
    pub(super) fn kill(&mut self) {
        self.input = None;
        if let Some(child) = self.child.as_mut() {
            // Who is gone already need not be ended.
            let _ = child.kill();
        }
    }

    /// What the connection itself complained about last, several lines joined by "; ". Where ssh
    /// knows another key of the host, the line that says in which file is among them.
    pub(super) fn complaints(&self) -> String {
        let lines = self.complaints.lock().unwrap_or_else(PoisonError::into_inner);
        let last = lines.len().saturating_sub(3);
        let says_where = |line: &&String| line.starts_with("Offending ");
        let before = lines.iter().take(last).filter(says_where);
        before.chain(lines.iter().skip(last)).cloned().collect::<Vec<_>>().join("; ")
    }

    /// Words for why the process has closed its output.
    pub(super) fn why_gone(&mut self) -> String {
        let status = self.ended(Duration::from_millis(500));
        // What it said last may still be on its way.
        let until = Instant::now() + Duration::from_millis(200);
        while !self.listener.is_finished() && Instant::now() < until {
            thread::sleep(Duration::from_millis(2));
        }
        let said = self.complaints();
        match (said.is_empty(), status) {
            (false, _) => said,
            (true, Some(status)) => format!("the connection ended ({status})"),
            (true, None) => "the connection was closed".into(),
        }
    }

    fn ended(&mut self, within: Duration) -> Option<std::process::ExitStatus> {
        let until = Instant::now() + within;
        let child = self.child.as_mut()?;
        loop {
            match child.try_wait() {
                Ok(None) if Instant::now() < until => thread::sleep(Duration::from_millis(2)),
                Ok(status) => return status,
                Err(_) => return None,
            }
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.input = None;
        // The shell reads the end of its input and tidies up after itself.
        let abandoned = self.abandoned.swap(true, Ordering::Relaxed);
        let ended = !abandoned && self.ended(Duration::from_secs(2)).is_some();
        if let Some(mut child) = self.child.take().filter(|_| !ended) {
            // Without a thread for it, it is this process's own end that ends the waiting.
            let _ = serve(move || drop(child.wait()));
        }
    }
}

/// A thread for one pipe.
fn serve(what: impl FnOnce() + Send + 'static) -> std::io::Result<JoinHandle<()>> {
    thread::Builder::new().spawn(what)
}

/// Waits for room, as long as somebody may want what has come.
fn hand_over(to: &SyncSender<Vec<u8>>, mut bytes: Vec<u8>, unheard: &AtomicBool) {
    while !unheard.load(Ordering::Relaxed) {
        match to.try_send(bytes) {
            Ok(()) | Err(TrySendError::Disconnected(_)) => return,
            Err(TrySendError::Full(back)) => bytes = back,
        }
        thread::sleep(Duration::from_millis(1));
    }
}

/// `read` that goes on after a signal.
fn read(from: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    loop {
        match from.read(buffer) {
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

fn keep(mut from: impl BufRead, lines: &Mutex<VecDeque<String>>) {
    let (mut line, mut goes_on) = (Vec::new(), false);
    while let Ok(1..) = from.by_ref().take(8 * LINE as u64).read_until(b'\n', &mut line) {
        // Of a long line the beginning counts. A secret is hidden before the line is cut.
        let text = String::from_utf8_lossy(&line);
        let text: String = without_secrets(text.trim_end()).chars().take(LINE).collect();
        let begins = !goes_on;
        goes_on = line.last() != Some(&b'\n');
        line.clear();
        if text.is_empty() || !begins {
            continue;
        }
        let mut lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() == KEPT {
            lines.pop_front();
        }
        lines.push_back(text);
    }
}
