//! A program on a pseudo-terminal, and the screen that somebody sitting in front of it would see.

use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Termios, Winsize, tcgetattr, tcsetwinsize};

/// How long something may take to appear; far more than it needs, so that a slow machine is no
/// failure.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Pty {
    master: File,
    child: Child,
    screen: Arc<Mutex<Screen>>,
    /// Told when something was written.
    written: Arc<Condvar>,
    /// The modes of the terminal at the beginning.
    given: String,
}

struct Screen {
    parser: vt100::Parser,
    /// Every byte that was written.
    raw: Vec<u8>,
    /// Up to where of `raw` something was awaited already.
    seen: usize,
    closed: bool,
}

impl Pty {
    /// Starts the command on a terminal of this size. Every variable not given here is gone.
    pub fn start(
        program: &str,
        args: &[&str],
        env: &[(&str, &str)],
        rows: u16,
        columns: u16,
    ) -> Self {
        Self::start_in(Path::new("."), program, args, env, rows, columns)
    }

    /// The same in a directory.
    pub fn start_in(
        directory: &Path,
        program: &str,
        args: &[&str],
        env: &[(&str, &str)],
        rows: u16,
        columns: u16,
    ) -> Self {
        let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&controller).unwrap();
        unlockpt(&controller).unwrap();
        let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&controller, size).unwrap();
        let given = modes(&tcgetattr(&controller).unwrap());
        let name = ptsname(&controller, Vec::new()).unwrap().into_string().unwrap();
        let user = || Stdio::from(File::options().read(true).write(true).open(&name).unwrap());
        // setsid makes the pseudo-terminal the controlling one of the program, as a login does.
        let child = Command::new("setsid")
            .args(["--ctty", program])
            .args(args)
            .current_dir(directory)
            .env_clear()
            .env("PATH", std::env::var("PATH").unwrap())
            .env("TERM", "xterm")
            .envs(env.iter().copied())
            .stdin(user())
            .stdout(user())
            .stderr(user())
            .spawn()
            .expect("setsid of util-linux");
        let master = File::from(controller);
        let parser = vt100::Parser::new(cells(rows), cells(columns), 0);
        let screen =
            Arc::new(Mutex::new(Screen { parser, raw: Vec::new(), seen: 0, closed: false }));
        let written = Arc::new(Condvar::new());
        let (mut reader, shared) = (master.try_clone().unwrap(), Arc::clone(&screen));
        let tell = Arc::clone(&written);
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            // The end of a terminal is an error (EIO), not an end of file.
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                let mut screen = shared.lock().unwrap();
                screen.parser.process(&buffer[..count]);
                screen.raw.extend(&buffer[..count]);
                tell.notify_all();
            }
            shared.lock().unwrap().closed = true;
            tell.notify_all();
        });
        Self { master, child, screen, written, given }
    }

    /// Types these characters. A question drops what was typed before it, so wait for the end of
    /// the question first, never for a sentence above it.
    pub fn types(&mut self, keys: &str) {
        self.master.write_all(keys.as_bytes()).unwrap();
    }

    /// Waits until this text has been written behind what was awaited last.
    pub fn waits_for(&mut self, text: &str) {
        self.waits_for_one(&[text]);
    }

    /// Waits for whichever of these comes first; its place in the list.
    pub fn waits_for_one(&mut self, texts: &[&str]) -> usize {
        let begun = Instant::now();
        let mut screen = self.screen.lock().unwrap();
        loop {
            let from = screen.seen;
            let rest = String::from_utf8_lossy(&screen.raw[from..]).into_owned();
            let first = texts
                .iter()
                .enumerate()
                .filter_map(|(which, text)| Some((rest.find(text)?, which)))
                .min();
            if let Some((at, which)) = first {
                // Lossy text may be longer than the bytes; the next wait then begins a little late,
                // never early.
                screen.seen = (from + at + texts[which].len()).min(screen.raw.len());
                return which;
            }
            assert!(
                begun.elapsed() < PATIENCE && !screen.closed,
                "none of {texts:?} appeared; the screen:\n{}\nwritten since:\n{rest}",
                screen.parser.screen().contents()
            );
            screen = self.written.wait_timeout(screen, Duration::from_millis(100)).unwrap().0;
        }
    }

    /// Waits for whichever of these comes first; `None` when the program has ended without another.
    pub fn asks(&mut self, texts: &[&str]) -> Option<usize> {
        let begun = Instant::now();
        let mut screen = self.screen.lock().unwrap();
        loop {
            let rest = String::from_utf8_lossy(&screen.raw[screen.seen..]).into_owned();
            let places = texts.iter().enumerate();
            let first = places.filter_map(|(which, text)| Some((rest.find(text)?, which))).min();
            if let Some((at, which)) = first {
                screen.seen = (screen.seen + at + texts[which].len()).min(screen.raw.len());
                return Some(which);
            }
            if screen.closed {
                return None;
            }
            assert!(begun.elapsed() < 3 * PATIENCE, "it says nothing more:\n{rest}");
            screen = self.written.wait_timeout(screen, Duration::from_millis(100)).unwrap().0;
        }
    }

    /// Another size, which the program is told of.
    pub fn resizes(&self, rows: u16, columns: u16) {
        let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&self.master, size).unwrap();
        self.screen.lock().unwrap().parser.screen_mut().set_size(cells(rows), cells(columns));
    }

    /// Sends the program, and whatever it started, a signal.
    pub fn signal(&self, signal: rustix::process::Signal) {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process_group(pid, signal).unwrap();
    }

    /// Waits until the program is stopped; the terminal must be as it was given then.
    pub fn is_stopped(&self) {
        let stat = format!("/proc/{}/stat", self.child.id());
        let begun = Instant::now();
        loop {
            // Behind the name, which may hold anything, stands the state.
            let text = std::fs::read_to_string(&stat).unwrap();
            if text.rsplit(") ").next().is_some_and(|rest| rest.starts_with('T')) {
                break;
            }
            assert!(begun.elapsed() < PATIENCE, "it does not stop; the screen:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(5));
        }
        assert_eq!(self.modes(), self.given, "the terminal of a stopped program");
    }

    /// The modes of the terminal: what it does with what is typed and written.
    pub fn modes(&self) -> String {
        modes(&tcgetattr(&self.master).unwrap())
    }

    /// What stands on the screen now.
    pub fn screen(&self) -> String {
        self.screen.lock().unwrap().parser.screen().contents()
    }

    /// A picture of the rows from the one that begins with `first` to the last that is not empty.
    pub fn picture(&self, first: &str, title: &str) -> String {
        let screen = self.screen.lock().unwrap();
        let screen = screen.parser.screen();
        let columns = screen.size().1.get();
        let lines: Vec<String> = screen.rows(0, columns).collect();
        let from = lines.iter().position(|line| line.starts_with(first)).expect("the first row");
        let to = lines.iter().rposition(|line| !line.trim().is_empty()).unwrap_or(from) + 1;
        super::svg::svg(screen, u16::try_from(from).unwrap()..u16::try_from(to).unwrap(), title)
    }

    /// Everything that was written, as text.
    pub fn written(&self) -> String {
        String::from_utf8_lossy(&self.screen.lock().unwrap().raw).into_owned()
    }

    /// Waits for the end; the status, and the terminal must be as it was given: the cursor visible,
    /// the lines echoed.
    pub fn ends(&mut self) -> ExitStatus {
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(begun.elapsed() < PATIENCE, "it does not end; the screen:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(5));
        };
        while !self.screen.lock().unwrap().closed && begun.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(
            !self.screen.lock().unwrap().parser.screen().hide_cursor(),
            "the cursor stays hidden"
        );
        assert_eq!(self.modes(), self.given, "the terminal is not as it was given");
        status
    }
}

fn modes(termios: &Termios) -> String {
    format!(
        "{:?} {:?} {:?} {:?}",
        termios.input_modes, termios.output_modes, termios.control_modes, termios.local_modes
    )
}

fn cells(number: u16) -> NonZero<u16> {
    NonZero::new(number).expect("a terminal has a size")
}

impl Drop for Pty {
    fn drop(&mut self) {
        // A test that failed must not leave the program behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
