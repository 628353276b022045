//! A human's keyboard. One rule of keys holds at every question: Enter takes what the question
//! offers, Escape and ^D leave without an answer, ^C (or being told to end) interrupts, ^Z stops
//! until somebody goes on, and what was typed before the question answers nothing.
//!
//! A line is edited by the terminal itself, so a serial console will do; there Escape needs Enter.

use std::io::{self, IsTerminal as _};
use std::os::fd::AsFd as _;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::guard::guard;
use super::modes::{Modes, Reading, forget_typed};
use super::signals::Signals;
use super::talk::talk;

/// How long after a key the Enter comes that a hand adds out of habit.
const HABIT: Duration = Duration::from_millis(150);
/// How long after the end of a terminal the signal comes that tells of it.
const HANGUP: Duration = Duration::from_secs(1);
const ESCAPE: char = '\u{1b}';

/// What somebody did at a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// A line, without its end.
    Line(String),
    /// Escape, ^D, or there is no terminal.
    End,
    /// ^C, the program was told to end, or the terminal went away.
    Interrupted,
}

/// What somebody did where a key is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    Yes,
    No,
    End,
    Interrupted,
}

/// What has happened while a question was open.
enum Happened {
    /// Something can be read.
    Input,
    Interrupted,
    /// Nothing can be waited for.
    End,
}

/// A terminal at which somebody can be asked.
pub struct Keyboard {
    signals: &'static Signals,
}

impl Keyboard {
    /// Takes over the signals: from here on a question tells of them.
    ///
    /// # Errors
    /// When there is no terminal, or no signal can be taken over.
    pub fn new() -> io::Result<Self> {
        if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
            return Err(io::Error::new(io::ErrorKind::NotConnected, "there is no terminal"));
        }
        guard();
        Ok(Self { signals: Signals::get()? })
    }

    /// Shows the question and waits for a line.
    pub fn ask(&self, question: &str) -> Typed {
        self.put(question, Reading::Line)
    }

    /// The same without showing what is typed.
    pub fn ask_secret(&self, question: &str) -> Typed {
        self.put(question, Reading::Secret)
    }

    /// Waits for y, n, or Enter, which takes `offered`. At any other key it says so.
    pub fn decide(&self, question: &str, offered: bool) -> Decided {
        self.decide_or_show(question, offered, None)
    }

    /// The same; s shows something, and the question is put once more.
    pub fn decide_or_show(
        &self,
        question: &str,
        offered: bool,
        shows: Option<&dyn Fn()>,
    ) -> Decided {
        let key = |modes: &Modes| self.key(question, offered, shows, modes);
        let decided = self.open(question, Reading::Key, key);
        let decided = decided.unwrap_or(Decided::End);
        show(match decided {
            Decided::Yes => "yes\n",
            Decided::No => "no\n",
            Decided::Interrupted => "^C\n",
            Decided::End => "\n",
        });
        decided
    }

    fn key(
        &self,
        question: &str,
        offered: bool,
        shows: Option<&dyn Fn()>,
        modes: &Modes,
    ) -> Decided {
        loop {
            match self.wait(question, modes) {
                Happened::Input => {}
                Happened::Interrupted => return Decided::Interrupted,
                Happened::End => return Decided::End,
            }
            let decided = match read().as_deref() {
                None if self.is_gone() => return Decided::Interrupted,
                None => return Decided::End,
                Some([b'y' | b'Y', ..]) => Decided::Yes,
                Some([b'n' | b'N', ..]) => Decided::No,
                Some([b'\n' | b'\r', ..]) if offered => return Decided::Yes,
                Some([b'\n' | b'\r', ..]) => return Decided::No,
                // Escape alone, or ^D; an arrow begins with an Escape as well.
                Some([0x1b] | [4, ..]) => return Decided::End,
                Some(typed) => {
                    wait_for_enter();
                    match (shows, typed) {
                        (Some(shows), [b's' | b'S', ..]) => {
                            show("show\n");
                            shows();
                        }
                        _ => show(&keys(offered, shows.is_some())),
                    }
                    show(question);
                    continue;
                }
            };
            wait_for_enter();
            return decided;
        }
    }

    fn put(&self, question: &str, reading: Reading) -> Typed {
        loop {
            let typed = self.open(question, reading, |modes| self.line(question, modes));
            let typed = typed.unwrap_or(Typed::End);
            // The terminal has not ended the line of the question, or has not shown its end.
            if !matches!(typed, Typed::Line(_)) || reading == Reading::Secret {
                show("\n");
            }
            match &typed {
                Typed::Line(line) if line.trim() == ESCAPE.to_string() => return Typed::End,
                Typed::Line(line) if line.contains(|c: char| c.is_control() && c != '\t') => {
                    show("you pressed a key that is not text (an arrow?); type the answer again\n");
                }
                _ => return typed,
            }
        }
    }

    /// Opens a question, has it answered, and leaves the terminal as it was.
    fn open<T>(
        &self,
        question: &str,
        reading: Reading,
        answer: impl FnOnce(&Modes) -> T,
    ) -> Option<T> {
        let asking = self.signals.asking();
        let modes = Modes::begin(reading).ok()?;
        show(question);
        let answer = answer(&modes);
        drop(modes);
        drop(asking);
        Some(answer)
    }

    fn line(&self, question: &str, modes: &Modes) -> Typed {
        let mut line = Vec::new();
        loop {
            match self.wait(question, modes) {
                Happened::Input => {}
                Happened::Interrupted => return Typed::Interrupted,
                Happened::End => return Typed::End,
            }
            match read() {
                None if self.is_gone() => return Typed::Interrupted,
                None => return Typed::End,
                Some(bytes) => line.extend(bytes),
            }
            if line.last() == Some(&b'\n') {
                let text = String::from_utf8_lossy(&line).into_owned();
                return Typed::Line(text.trim_end_matches(['\n', '\r']).to_owned());
            }
        }
    }

    /// Waits until something is typed or a signal has come. One that came before is heard as well.
    fn wait(&self, question: &str, modes: &Modes) -> Happened {
        let stdin = io::stdin();
        loop {
            let on = |fd| PollFd::from_borrowed_fd(fd, PollFlags::IN);
            let mut waited = [
                on(self.signals.ending.as_fd()),
                on(self.signals.stopping.as_fd()),
                on(self.signals.going_on.as_fd()),
                on(stdin.as_fd()),
            ];
            match poll(&mut waited, None) {
                Ok(_) => {}
                Err(Errno::INTR) => continue,
                Err(_) => return Happened::End,
            }

            let [ending, stopping, going_on, _] = waited.map(|fd| !fd.revents().is_empty());

            // What was typed before such a key is meant for nobody.
            if ending || stopping {
                forget_typed();
            }
            if ending {
                self.signals.tell();
                return Happened::Interrupted;
            }

            if stopping || going_on {
                // Whoever has the terminal meanwhile finds it as it was given, and may change it.
                modes.put_back();
                self.signals.pause();
                modes.set();
                show("\n");
                show(question);
                continue;
            }
            return if self.is_gone() { Happened::Interrupted } else { Happened::Input };
        }
    }

    /// Whether the terminal went away: that ends the run as a signal does, which comes behind it.
    fn is_gone(&self) -> bool {
        let (stdin, now) = (io::stdin(), Timespec::default());
        let mut terminal = [PollFd::new(&stdin, PollFlags::IN)];
        let polled = poll(&mut terminal, Some(&now));
        let is_gone = polled.is_ok() && terminal[0].revents().contains(PollFlags::HUP);
        if is_gone {
            let within = Timespec::try_from(HANGUP).ok();
            let _ = poll(&mut [PollFd::new(&self.signals.ending, PollFlags::IN)], within.as_ref());
            self.signals.tell();
        }
        is_gone
    }
}

/// What the keys of such a question do.
fn keys(offered: bool, shows: bool) -> String {
    let (yes, no) = if offered { ("y or Enter", "n") } else { ("y", "n or Enter") };
    let shows = if shows { ", s: show all of it first" } else { "" };
    format!("\n  {yes}: yes, {no}: no{shows}, Escape: leave\n")
}

/// What can be read now; none at the end.
fn read() -> Option<Vec<u8>> {
    let mut bytes = [0; 4096];
    loop {
        match rustix::io::read(io::stdin(), &mut bytes) {
            Ok(0) => return None,
            Ok(count) => return Some(bytes[..count].to_vec()),
            Err(Errno::INTR) => {}
            Err(_) => return None,
        }
    }
}

/// Takes the Enter that a hand adds to a key: the next question must not get it.
fn wait_for_enter() {
    let stdin = io::stdin();
    let within = Timespec::try_from(HABIT).ok();
    let _ = poll(&mut [PollFd::new(&stdin, PollFlags::IN)], within.as_ref());
    forget_typed();
}

fn show(text: &str) {
    talk(text);
}
