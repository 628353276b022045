//! The signals that end or stop the program, as bytes that can be waited for beside the keyboard:
//! one that comes between a question and the wait for its answer is not lost.
//!
//! While nothing is asked and nobody heeds them they do what they do to every program.

use std::io::{self, Read as _};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGXFSZ};
use signal_hook::flag::{self, register_conditional_default};
use signal_hook::low_level::{emulate_default_handler, pipe};

/// Those that ask for the end.
const ENDING: [i32; 3] = [SIGINT, SIGTERM, SIGHUP];

/// There is one keyboard, and one of each signal.
static SIGNALS: OnceLock<Signals> = OnceLock::new();

pub struct Signals {
    /// A byte for each that asks for the end. It stays there, so that every later question hears
    /// it.
    pub ending: UnixStream,
    /// A byte for each ^Z.
    pub stopping: UnixStream,
    /// A byte each time the program was let go on.
    pub going_on: UnixStream,
    /// Nothing is asked.
    idle: Arc<AtomicBool>,
    /// Nothing is asked, and nobody else wants to hear of an end.
    unheeded: Arc<AtomicBool>,
    heeded: AtomicBool,
    /// A question has ended by a signal.
    told: AtomicBool,
}

impl Signals {
    /// Takes the signals over, once.
    ///
    /// # Errors
    /// When that cannot be done.
    pub fn get() -> io::Result<&'static Self> {
        if let Some(signals) = SIGNALS.get() {
            return Ok(signals);
        }
        let signals = Self::take_over()?;
        Ok(SIGNALS.get_or_init(|| signals))
    }

    fn take_over() -> io::Result<Self> {
        let flag = || Arc::new(AtomicBool::new(true));
        let (idle, unheeded) = (flag(), flag());
        for signal in ENDING {
            register_conditional_default(signal, Arc::clone(&unheeded))?;
        }
        register_conditional_default(SIGTSTP, Arc::clone(&idle))?;
        Ok(Self {
            ending: bytes_of(&ENDING)?,
            stopping: bytes_of(&[SIGTSTP])?,
            going_on: bytes_of(&[SIGCONT])?,
            idle,
            unheeded,
            heeded: AtomicBool::new(false),
            told: AtomicBool::new(false),
        })
    }

    /// A file that may grow no more is an error of the write from here on, and not the end of the
    /// program.
    pub fn outlive_limits_of_files() {
        // Without it the limit ends the program, as it does every other.
        drop(flag::register(SIGXFSZ, Arc::default()));
    }

    /// Something is asked until the guard goes: what comes now is for the question.
    pub fn asking(&self) -> Asking<'_> {
        self.unheeded.store(false, Ordering::SeqCst);
        self.idle.store(false, Ordering::SeqCst);
        // A ^Z that is over is no more. One that came at the end of the question before is for this
        // one.
        if drain(&self.going_on) {
            drain(&self.stopping);
        }
        Asking(self)
    }

    /// The question has ended by a signal.
    pub fn tell(&self) {
        self.told.store(true, Ordering::SeqCst);
    }

    /// Somebody has stopped the program, with ^Z or otherwise: where it is still to stop it does so
    /// here, and comes back when it was let go on.
    pub fn pause(&self) {
        let still_to_stop = drain(&self.stopping) && !drain(&self.going_on);
        if still_to_stop {
            // It is a signal that can be raised.
            let _ = emulate_default_handler(SIGTSTP);
        }
        drain(&self.going_on);
    }

    /// Whether somebody has asked for the end at a question.
    pub fn ended_a_question() -> bool {
        SIGNALS.get().is_some_and(|signals| signals.told.load(Ordering::SeqCst))
    }

    /// From here on `tell` hears, on a thread of its own, of each signal that asks for the end
    /// while nothing is asked; the program goes on.
    ///
    /// # Errors
    /// When they cannot be taken over.
    pub fn heed(tell: impl Fn() + Send + 'static) -> io::Result<()> {
        let signals = Self::get()?;
        let mut heard = bytes_of(&ENDING)?;
        heard.set_nonblocking(false)?;
        signals.heeded.store(true, Ordering::SeqCst);
        signals.unheeded.store(false, Ordering::SeqCst);
        std::thread::Builder::new().spawn(move || {
            let mut byte = [0];
            while heard.read_exact(&mut byte).is_ok() {
                let at_question = !signals.idle.load(Ordering::SeqCst);
                // A question says itself that it is told before it ceases to be one.
                if !at_question && !signals.told.load(Ordering::SeqCst) {
                    tell();
                }
            }
        })?;
        Ok(())
    }
}

/// A question is open.
pub struct Asking<'s>(&'s Signals);

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.0.idle.store(true, Ordering::SeqCst);
        self.0.unheeded.store(!self.0.heeded.load(Ordering::SeqCst), Ordering::SeqCst);
    }
}

/// What gets a byte for each of these signals.
fn bytes_of(signals: &[i32]) -> io::Result<UnixStream> {
    let (reader, writer) = UnixStream::pair()?;
    reader.set_nonblocking(true)?;
    for signal in signals {
        pipe::register(*signal, writer.try_clone()?)?;
    }
    Ok(reader)
}

/// Takes all bytes that are there; whether there were any.
fn drain(mut from: &UnixStream) -> bool {
    let (mut any, mut bytes) = (false, [0; 64]);
    while let Ok(1..) = from.read(&mut bytes) {
        any = true;
    }
    any
}
