//! One Bourne shell on a node that stays open for many requests. It keeps the answer of a request
//! apart from everything else that the line carries, and never takes the end of the connection for
//! the end of the request. What a request says is for `ShellHost`; the bytes of the line are for
//! `Line`.

use std::time::{Duration, Instant};

use super::delivery::Delivery;
use super::frame::{Frame, LONGEST};
use super::line::{Line, Silence};
use super::token::token;
use super::{Becoming, Connector};
use crate::node::{HostError, NodeName, Output};
use crate::op::quote;

/// Outputs of so many requests are kept on the node before they are removed together: a removal of
/// its own would cost a process each time.
const LITTER: usize = 32;
/// An output of so many bytes is removed before the next request.
const LARGE: usize = 1 << 20;
/// Of what is printed before a shell answers, so many bytes are looked at again for that.
const BANNER: usize = 64 << 10;

/// One long-lived Bourne shell on a node.
///
/// What is asked of it runs in a subshell, so neither a syntax error nor `exit` disturbs the next
/// request; only calha's own operations and questions, which do no such thing, run in the shell
/// itself. An answer comes back between marks that no command can know, in one piece from files of
/// a private directory below the node's /tmp or as it is printed. The end of the connection is
/// never taken for a failure of the request: its outcome is unknown then.
#[derive(Debug)]
pub struct Session {
    node: NodeName,
    line: Line,
    token: String,
    number: u64,
    litter: Vec<u64>,
    /// What was printed between two answers, at the last time that something was.
    noise: Option<String>,
    large: bool,
    usable: bool,
    /// The shell reads a terminal, which has no end.
    pty: bool,
}

impl Session {
    /// Connects and sets up the shell, in at most `within`. What is printed before the shell
    /// answers (banners, profiles) is ignored.
    ///
    /// # Errors
    /// [`HostError::Unreachable`] with the connection's own last words; [`HostError::Invalid`] for
    /// a connector without a program.
    pub fn start(connector: &Connector, within: Duration) -> Result<Self, HostError> {
        Self::start_with(connector, "", within)
    }

    /// The same, with functions and variables for all later requests, in the same round trip. For
    /// text that is part of calha: a syntax error ends the shell.
    ///
    /// # Errors
    /// As [`Session::start`].
    pub fn start_with(
        connector: &Connector,
        definitions: &str,
        within: Duration,
    ) -> Result<Self, HostError> {
        let until = Instant::now() + within;
        let line = Line::open(connector)?;
        let (node, token) = (connector.node.clone(), token());
        let pty = connector.pty;

        let mut session = Self {
            node,
            line,
            token,
            number: 0,
            litter: Vec::new(),
            noise: None,
            large: false,
            usable: true,
            pty,
        };

        if let Some(shell) = &connector.enter {
            session.enter(shell, until).map_err(|e| session.unreachable(e, within))?;
        }
        if let Some(becoming) = &connector.becoming {
            session.become_superuser(becoming, until, within)?;
        }

        let mut text = format!("calha_t={}\n", session.token);
        text.push_str(include_str!("session.sh"));
        text.push_str(definitions);

        let frame = Frame::new(Delivery::Straight);
        text.push_str(&frame.request(0, ":"));
        session.line.send(text.into_bytes());
        session.answer(frame, until).map_err(|e| session.unreachable(e, within))?;
        // A banner is no noise.
        session.noise = None;

        Ok(session)
    }

    /// What makes an answer worthless that cannot be understood: the connection has printed
    /// something between two answers.
    pub(super) fn noise(&self) -> Option<String> {
        let noise = self.noise.as_ref()?;
        Some(format!(
            "the login shell, or what it has started, prints into the answers (\"{noise}\"): \
             silence it in .profile or .cshrc"
        ))
    }

    /// Whether it takes requests: not after a lost line and not after a request that took too long.
    pub fn is_usable(&self) -> bool {
        self.usable
    }

    /// Runs a script in a subshell, its standard input empty; its status (a signal counts as 128
    /// and its number) and all it printed.
    ///
    /// # Errors
    /// [`HostError::Lost`]: the line is gone or the node could not keep the answer, the outcome is
    /// unknown. [`HostError::TimedOut`]: it takes longer than `within`; it is left running and the
    /// session takes no further requests. [`HostError::Invalid`]: a NUL in the script.
    pub fn ask(&mut self, script: &str, within: Duration) -> Result<Output, HostError> {
        self.deliver(script, within, Delivery::Kept, LONGEST)
    }

    /// The same for a script that prints little and leaves nothing running that could print later:
    /// what it prints comes at once, not in one piece.
    ///
    /// # Errors
    /// As [`Session::ask`].
    pub fn ask_straight(&mut self, script: &str, within: Duration) -> Result<Output, HostError> {
        self.deliver(script, within, Delivery::Straight, LONGEST)
    }

    /// The same, delivered so; of either output at most so many bytes are wanted.
    pub(super) fn deliver(
        &mut self,
        script: &str,
        within: Duration,
        delivery: Delivery,
        most: usize,
    ) -> Result<Output, HostError> {
        self.check(script)?;
        let until = Instant::now() + within;
        self.number += 1;
        let number = self.number;

        let mut text = String::new();
        if self.large || self.litter.len() >= LITTER {
            text.push_str("rm -f");
            for old in self.litter.drain(..) {
                text.push_str(&format!(" \"$calha_c/o{old}\" \"$calha_c/e{old}\""));
            }
            text.push('\n');
        }

        let frame = Frame::new(delivery).keeping(most);
        text.push_str(&frame.request(number, script));
        self.line.send(text.into_bytes());
        if delivery == Delivery::Kept {
            self.litter.push(number);
        }

        let output = self.answer(frame, until).map_err(|e| self.failed(e, within))?;
        self.large =
            delivery == Delivery::Kept && output.stdout.len() + output.stderr.len() >= LARGE;

        Ok(output)
    }

    /// Runs a script as [`Session::ask`] does, without waiting for it: whatever it says is
    /// nobody's.
    pub fn tell(&mut self, script: &str) {
        if self.check(script).is_err() {
            return;
        }
        self.line.send(Frame::new(Delivery::Straight).request(self.number, script).into_bytes());
    }

    /// The shell gets no more requests, and ends when it has done those it has.
    pub fn hang_up(&mut self) {
        if self.pty && self.usable {
            self.line.send(b"exit\n".to_vec());
        }
        self.usable = false;
        self.line.hang_up();
    }

    /// Turns a login shell of any kind into a Bourne shell. Only once that has said so may more be
    /// sent: a shell that reads ahead would swallow it.
    fn enter(&mut self, shell: &str, until: Instant) -> Result<(), Failure> {
        let (a, b) = self.token.split_at(16);
        let shell = quote(shell);
        // No character that csh would take for something of its own; split, so that an echo of the
        // line is not taken for the answer.
        self.line.send(
            format!("exec env LC_ALL=C {shell} -c 'echo {a}\"\"{b}; exec {shell}'\n").into_bytes(),
        );
        let mut said = Banner::default();
        while !said.holds(self.token.as_bytes()) {
            said.take(&self.line.receive(until).map_err(Failure::Silent)?)?;
        }
        Ok(())
    }

    /// Gives the shell over to the superuser's. Only when that has answered is more sent: what asks
    /// for a password must get nothing else.
    fn become_superuser(
        &mut self,
        becoming: &Becoming,
        until: Instant,
        within: Duration,
    ) -> Result<(), HostError> {
        let (a, b) = self.token.split_at(16);
        let mark = format!("calha-{}:", &a[..8]);
        self.line.send(becoming.line(&mark, &format!("echo {a}\"\"{b}"), self.pty).into_bytes());
        let (mut said, mut answered) = (Banner::default(), false);

        let refused = |session: &mut Self, why: &str, said: &[u8]| {
            session.usable = false;
            let said = String::from_utf8_lossy(said).replace(&mark, "");
            let said: Vec<&str> = said.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
            let why = format!(
                "{} {why}{}{}",
                becoming.program.name(),
                if said.is_empty() { "" } else { ": " },
                said.join("; ")
            );
            HostError::Unreachable { node: session.node.0.clone(), why }
        };

        loop {
            match self.line.receive(until) {
                Ok(bytes) => {
                    said.take(&bytes).map_err(|failure| self.unreachable(failure, within))?;
                }
                Err(Silence::Gone) => {
                    let why = "did not give a shell of the superuser";
                    return Err(refused(self, why, &said.last));
                }
                Err(late @ Silence::Late) => {
                    return Err(self.unreachable(Failure::Silent(late), within));
                }
            }

            if said.holds(self.token.as_bytes()) {
                return Ok(());
            }

            if becoming.asks(&said.last, &mark) {
                let Some(password) = becoming.password.as_ref().filter(|_| !answered) else {
                    let why = if answered {
                        "does not take the password"
                    } else {
                        "asks for a password, and none is given (become-password)"
                    };
                    let refusal = refused(self, why, &[]);
                    self.give_up();
                    return Err(refusal);
                };

                answered = true;
                said.last.clear();
                self.line.send([password, &b"\n"[..]].concat());
            }
        }
    }

    fn answer(&mut self, mut frame: Frame, until: Instant) -> Result<Output, Failure> {
        loop {
            let bytes = self.line.receive(until).map_err(Failure::Silent)?;
            if let Some(output) = frame.feed(&bytes).map_err(|_| Failure::Broken)? {
                self.noise = frame.noise().or(self.noise.take());
                return Ok(output);
            }
            if frame.is_too_long() {
                return Err(Failure::Endless);
            }
        }
    }

    fn check(&self, script: &str) -> Result<(), HostError> {
        if script.contains('\0') {
            return Err(HostError::Invalid(
                "a script with a NUL byte cannot be sent to a shell".into(),
            ));
        }
        if !self.usable {
            return Err(self.lost("the session ended with an earlier request".into()));
        }
        Ok(())
    }

    fn failed(&mut self, failure: Failure, within: Duration) -> HostError {
        self.usable = false;
        match failure {
            Failure::Silent(Silence::Late) => {
                self.line.abandon();
                HostError::TimedOut(within.as_secs())
            }
            Failure::Silent(Silence::Gone) => {
                let why = self.line.why_gone();
                self.lost(why)
            }
            Failure::Broken => {
                self.line.abandon();
                self.lost(self.broken())
            }
            Failure::Endless => {
                self.line.kill();
                self.lost(endless())
            }
        }
    }

    fn unreachable(&mut self, failure: Failure, within: Duration) -> HostError {
        self.usable = false;
        let why = match failure {
            Failure::Silent(Silence::Gone) => self.line.why_gone(),
            Failure::Broken => self.broken(),
            Failure::Endless => {
                self.line.kill();
                endless()
            }
            Failure::Silent(Silence::Late) => {
                self.give_up();
                let said = self.line.complaints();
                let colon = if said.is_empty() { "" } else { ": " };
                let seconds = within.as_secs();
                format!("no answer of a shell within {seconds} seconds (limit.query){colon}{said}")
            }
        };
        HostError::Unreachable { node: self.node.0.clone(), why }
    }

    /// Before there is a session. What reads a terminal does not hear that nobody is there any
    /// more.
    fn give_up(&mut self) {
        if self.pty { self.line.kill() } else { self.line.abandon() }
    }

    fn broken(&self) -> String {
        let said = self.line.complaints();
        format!(
            "it could not keep an answer in /tmp{}{said}",
            if said.is_empty() { "" } else { ": " }
        )
    }

    fn lost(&self, why: String) -> HostError {
        HostError::Lost { node: self.node.0.clone(), why }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.hang_up();
    }
}

/// Why there is no answer.
enum Failure {
    Silent(Silence),
    Broken,
    /// More was printed than an answer may have.
    Endless,
}

fn endless() -> String {
    format!("it printed more than {} MiB, which no answer has", LONGEST >> 20)
}

/// What is printed before a shell answers: its end, and how much it was.
#[derive(Default)]
struct Banner {
    last: Vec<u8>,
    all: usize,
}

impl Banner {
    fn take(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.all += bytes.len();
        self.last.extend_from_slice(bytes);
        if self.last.len() > 2 * BANNER {
            self.last.drain(..self.last.len() - BANNER);
        }
        if self.all > LONGEST { Err(Failure::Endless) } else { Ok(()) }
    }

    fn holds(&self, wanted: &[u8]) -> bool {
        self.last.windows(wanted.len()).any(|w| w == wanted)
    }
}
