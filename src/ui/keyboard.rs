use std::io::{self, IsTerminal as _, Write as _};
use std::os::unix::net::UnixStream;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use super::guard::guard;

/// What somebody did at a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// A line, without its end.
    Line(String),
    /// ^D, or the terminal is gone.
    End,
    /// ^C, or the program was told to end.
    Interrupted,
}

/// A terminal that is read a line at a time.
///
/// The terminal's own line discipline echoes and edits, so nothing about it is changed that would have to be put back, and a
/// serial console will do.
pub struct Keyboard {
    /// A byte for each signal that asks for the end.
    signals: UnixStream,
}

impl Keyboard {
    /// Takes over the signals that ask for the end: from here on a question tells of them.
    ///
    /// # Errors
    /// When there is no terminal, or no signal can be taken over.
    pub fn new() -> io::Result<Self> {
        if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
            return Err(io::Error::new(io::ErrorKind::NotConnected, "there is no terminal"));
        }
        guard();
        let (signals, sender) = UnixStream::pair()?;
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            signal_hook::low_level::pipe::register(signal, sender.try_clone()?)?;
        }
        Ok(Self { signals })
    }

    /// Shows the question and waits for a line.
    pub fn ask(&self, question: &str) -> Typed {
        let mut terminal = io::stderr();
        // Nobody to tell when standard error is closed.
        let _ = terminal.write_all(question.as_bytes()).and_then(|()| terminal.flush());
        let typed = self.line();
        if !matches!(typed, Typed::Line(_)) {
            // The line of the question has no end yet.
            let _ = terminal.write_all(b"\n");
        }
        typed
    }

    /// The same without showing what is typed.
    pub fn ask_secret(&self, question: &str) -> Typed {
        let shown = Silence::begin();
        let typed = self.ask(question);
        if shown.is_some() && matches!(typed, Typed::Line(_)) {
            // The terminal did not show the end of the line either.
            let _ = io::stderr().write_all(b"\n");
        }
        typed
    }

    fn line(&self) -> Typed {
        let stdin = io::stdin();
        let mut line = Vec::new();
        loop {
            let mut waited =
                [PollFd::new(&self.signals, PollFlags::IN), PollFd::new(&stdin, PollFlags::IN)];
            match poll(&mut waited, None) {
                Ok(_) => {}
                Err(rustix::io::Errno::INTR) => continue,
                Err(_) => return Typed::End,
            }
            if !waited[0].revents().is_empty() {
                return Typed::Interrupted;
            }
            let mut bytes = [0; 4096];
            match rustix::io::read(&stdin, &mut bytes) {
                Ok(0) => return Typed::End,
                Ok(count) => line.extend(&bytes[..count]),
                Err(rustix::io::Errno::INTR) => continue,
                Err(_) => return Typed::End,
            }
            if line.last() == Some(&b'\n') {
                let text = String::from_utf8_lossy(&line).into_owned();
                return Typed::Line(text.trim_end_matches(['\n', '\r']).to_owned());
            }
        }
    }
}

/// While it lives the terminal does not show what is typed. A signal that ends the program is waited for, not died of, so it is put back then too.
struct Silence(Termios);

impl Silence {
    fn begin() -> Option<Self> {
        let before = tcgetattr(io::stdin()).ok()?;
        let mut silent = before.clone();
        silent.local_modes.remove(LocalModes::ECHO);
        tcsetattr(io::stdin(), OptionalActions::Drain, &silent).ok()?;
        Some(Self(before))
    }
}

impl Drop for Silence {
    fn drop(&mut self) {
        let _ = tcsetattr(io::stdin(), OptionalActions::Drain, &self.0);
    }
}
