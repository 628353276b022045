use std::io::{Read, Write};
use std::process::{Child, ChildStdin};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{Connector, HostError, Output};
use crate::op::quote;

/// One Bourne shell that lives as long as the run: scripts go in, one answer comes out for each.
///
/// A script runs in a subshell with its output in files, so that a syntax error, `exit` or `set -e` ends only the script. The
/// answer is sent at once, between lines with a random token that no output can contain. The end of the stream means that the line
/// is lost and the outcome unknown; it never means that something failed.
pub struct Session {
    node: String,
    process: Child,
    input: Option<ChildStdin>,
    answers: Receiver<Vec<u8>>,
    /// What came and belongs to no answer yet.
    buffer: Vec<u8>,
    /// The last that the shell, or what carries it, said on standard error.
    complaints: Arc<Mutex<Vec<u8>>>,
    token: String,
}

/// How much of the line's own complaints is kept.
const COMPLAINTS: usize = 4096;

impl Session {
    /// Starts the shell and has it read `setup`, which must succeed. `root` stands before every path of the node, empty on a real one.
    ///
    /// What is printed before the shell answers (banners, profiles) is passed over.
    ///
    /// # Errors
    /// [`HostError::Unreachable`] with what the connection said.
    pub fn start(connector: &Connector, node: &str, root: &str, setup: &str, within: Duration) -> Result<Self, HostError> {
        let unreachable = |why: String| HostError::Unreachable { node: node.to_owned(), why };
        let name = connector.shell.first().cloned().unwrap_or_default();
        let mut process = connector.process().spawn().map_err(|e| unreachable(format!("{name}: {e}")))?;
        let token = token().map_err(|e| unreachable(format!("no random number: {e}")))?;
        let (sender, answers) = channel();
        if let Some(mut output) = process.stdout.take() {
            std::thread::spawn(move || {
                let mut chunk = vec![0; 65536];
                while let Ok(length @ 1..) = output.read(&mut chunk) {
                    if sender.send(chunk[..length].to_vec()).is_err() {
                        break;
                    }
                }
            });
        }
        let complaints = Arc::new(Mutex::new(Vec::new()));
        if let Some(mut errors) = process.stderr.take() {
            let kept = Arc::clone(&complaints);
            std::thread::spawn(move || {
                let mut chunk = [0; 4096];
                while let Ok(length @ 1..) = errors.read(&mut chunk) {
                    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                    kept.extend_from_slice(&chunk[..length]);
                    let surplus = kept.len().saturating_sub(COMPLAINTS);
                    kept.drain(..surplus);
                }
            });
        }
        let input = process.stdin.take();
        let mut session =
            Self { node: node.to_owned(), process, input, answers, buffer: Vec::new(), complaints, token: token.clone() };
        // The directory is made, not found: nobody else's file or link is written through.
        let directory = quote(&format!("{root}/tmp/calha.{token}"));
        let hello = format!(
            "{setup}\ncalha_t={directory}\numask 077\nmkdir \"$calha_t\" && trap 'rm -rf \"$calha_t\"' 0 && echo && echo {token} ready\numask 022\n"
        );
        session.send(&hello).map_err(|_| unreachable(session.said("it ended at once")))?;
        match session.until(&format!("\n{token} ready\n"), Instant::now() + within) {
            Ok(_) => Ok(session),
            Err(HostError::TimedOut(seconds)) => {
                Err(unreachable(session.said(&format!("no shell answered within {seconds} seconds"))))
            }
            Err(_) => Err(unreachable(session.said("the connection ended before a shell answered"))),
        }
    }

    /// Runs a script and waits for its end.
    ///
    /// # Errors
    /// [`HostError::TimedOut`] when it takes longer: it is left running, and the session is of no use any more.
    /// [`HostError::Lost`] when the line is gone.
    pub fn run(&mut self, script: &str, within: Duration) -> Result<Output, HostError> {
        let token = self.token.clone();
        let request = format!(
            "(eval {}) >\"$calha_t/o\" 2>\"$calha_t/e\" </dev/null\ncalha_r=$?\nif (echo; echo \"{token} $calha_r\"; if test -s \"$calha_t/e\"; then cat \"$calha_t/e\"; fi; echo; echo {token} end) >>\"$calha_t/o\" && cat \"$calha_t/o\"; then :; else echo; echo '{token} full'; echo; echo {token} end; fi\n",
            quote(script)
        );
        self.send(&request)?;
        let end = format!("\n{token} end\n");
        let middle = format!("\n{token} ").into_bytes();
        let answer = match self.until(&end, Instant::now() + within) {
            Err(error @ HostError::TimedOut(_)) => {
                // Whatever it answers later would be taken for the answer to something else.
                self.input = None;
                return Err(error);
            }
            other => other?,
        };
        let at = find(&answer, &middle, 0).ok_or_else(|| self.lost("its answer has no status"))?;
        let rest = &answer[at + middle.len()..];
        let line = rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len());
        let word = String::from_utf8_lossy(&rest[..line]).into_owned();
        let Ok(status) = word.parse() else {
            let path = format!("{}: the shell's own files", self.node);
            return Err(HostError::Io { path, why: "no space left in /tmp".into() });
        };
        let stderr = rest.get(line + 1..).unwrap_or_default().to_vec();
        Ok(Output { status, stdout: answer[..at].to_vec(), stderr })
    }

    fn send(&mut self, text: &str) -> Result<(), HostError> {
        let Some(input) = &mut self.input else { return Err(self.lost("an earlier command was left running")) };
        input.write_all(text.as_bytes()).and_then(|()| input.flush()).map_err(|_| self.lost("it does not take commands any more"))
    }

    /// What comes before a mark, which is taken off.
    fn until(&mut self, mark: &str, deadline: Instant) -> Result<Vec<u8>, HostError> {
        let begun = Instant::now();
        let mark = mark.as_bytes();
        let mut looked = 0;
        loop {
            if let Some(at) = find(&self.buffer, mark, looked) {
                let rest = self.buffer.split_off(at + mark.len());
                let mut answer = std::mem::replace(&mut self.buffer, rest);
                answer.truncate(at);
                return Ok(answer);
            }
            looked = self.buffer.len().saturating_sub(mark.len());
            match self.answers.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(chunk) => self.buffer.extend_from_slice(&chunk),
                Err(RecvTimeoutError::Timeout) => return Err(HostError::TimedOut((deadline - begun).as_secs())),
                Err(RecvTimeoutError::Disconnected) => return Err(self.lost("the line is gone")),
            }
        }
    }

    fn lost(&self, why: &str) -> HostError {
        HostError::Lost { node: self.node.clone(), why: self.said(why) }
    }

    /// Why, with the last line that the connection said.
    fn said(&self, why: &str) -> String {
        // Its last words may still be on their way.
        std::thread::sleep(Duration::from_millis(20));
        let kept = self.complaints.lock().unwrap_or_else(PoisonError::into_inner);
        let text = String::from_utf8_lossy(&kept).into_owned();
        match text.lines().rev().map(str::trim).find(|l| !l.is_empty()) {
            Some(line) => format!("{why} ({line})"),
            None => why.to_owned(),
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The end of its input ends the shell; what it left running goes on. A shell that is busy is not waited for.
        drop(self.input.take());
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_millis(500) {
            if !matches!(self.process.try_wait(), Ok(None)) {
                break;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

fn find(bytes: &[u8], mark: &[u8], from: usize) -> Option<usize> {
    let from = from.min(bytes.len());
    let mut at = from;
    while let Some(next) = bytes[at..].iter().position(|&b| b == mark[0]) {
        at += next;
        if bytes[at..].starts_with(mark) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// 128 random bits, in hexadecimal.
fn token() -> std::io::Result<String> {
    let mut bytes = [0u8; 16];
    std::fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}
