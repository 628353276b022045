//! The log of one node, read a piece at a time, however long it is, and further when it has grown.
//!
//! Whether the file is still the one that was read is told by its bytes: those that were read last
//! must still stand where they stood. A file that was moved away, emptied or copied over fails
//! that, longer or shorter, and is read from its beginning. Neither inode nor time would say more.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::complain;
use crate::cluster::log::{Calendar, Filter, Lines, Message, Moment, Span};
use crate::node::{Command, HostError, Inspect, NodePath};

/// What dd(1) counts in.
const BLOCK: u64 = 8192;
/// Blocks that are asked for at once. All that is kept of a log is made from these.
const BLOCKS: u64 = 64;
/// Bytes by which a file is known again.
const KNOWN: usize = 1024;
/// Blocks at the end of a long file in which the time of its last line is looked for.
const END: u64 = 4;
/// How long a node is left alone that could not be read.
const PATIENCE: Duration = Duration::from_secs(10);

pub struct NodeLog<'h> {
    host: &'h dyn Inspect,
    path: String,
    lines: Lines,
    calendar: Calendar,
    /// Messages that are wanted, in the order of the log.
    ready: VecDeque<(Moment, Message)>,
    /// How far the file was read.
    position: u64,
    /// The last bytes before that.
    known: Vec<u8>,
    /// Nothing more is there just now.
    at_end: bool,
    /// It was said that the file is gone.
    gone: bool,
    /// Where the node could not be read: when it may be tried again.
    tired: Option<Instant>,
}

/// What a file says behind what was read.
enum Look {
    /// It goes on; `more` where there may be more than was asked for.
    Grown {
        bytes: Vec<u8>,
        more: bool,
    },
    /// It is another file, or begun anew.
    Other,
    Gone,
}

impl<'h> NodeLog<'h> {
    pub fn new(host: &'h dyn Inspect, path: &NodePath) -> Self {
        Self {
            host,
            path: path.to_string(),
            lines: Lines::default(),
            calendar: Calendar::default(),
            ready: VecDeque::new(),
            position: 0,
            known: Vec::new(),
            at_end: false,
            gone: false,
            tired: None,
        }
    }

    /// From when to when it goes, by the lines at its beginning and its end; nothing where they
    /// have no time.
    ///
    /// # Errors
    /// When there is no such file, or the node cannot be asked.
    pub fn span(&self) -> Result<Option<Span>, HostError> {
        let size = self.size()?;
        let head = self.blocks(&self.path, 0, END)?;
        let tail = self.blocks(&self.path, (size / BLOCK).saturating_sub(END - 1), END)?;
        let mut times = Vec::new();
        let mut note = |line: &str| times.extend(Message::time(line));
        for bytes in [head, tail] {
            let mut lines = Lines::default();
            lines.feed(&bytes, &mut note);
            lines.close(&mut note);
        }
        Ok(times.first().zip(times.last()).map(|(first, last)| Span::of(*first, *last)))
    }

    /// In which year it begins.
    pub fn begins_in(&mut self, year: i64) {
        self.calendar = Calendar::from_year(year);
    }

    /// There may be more than at the last end.
    pub fn look_again(&mut self) {
        if self.tired.is_none_or(|until| Instant::now() >= until) {
            self.at_end = false;
        }
    }

    /// When the next message was written; reads on until there is one, or the log's present end.
    /// `follow`: a last line without an end will get one.
    ///
    /// # Errors
    /// When the node cannot be read; until it is looked at again this is an end.
    pub fn next_at(&mut self, filter: &Filter, follow: bool) -> Result<Option<Moment>, HostError> {
        while self.ready.is_empty() && !self.at_end {
            if let Err(error) = self.read_on(filter, follow) {
                self.at_end = true;
                // It is said once, not every ten seconds.
                let known = self.tired.replace(Instant::now() + PATIENCE).is_some();
                return if known { Ok(None) } else { Err(error) };
            }
            if self.tired.take().is_some() {
                complain(&format!("{}: it is read again", self.host.name()));
            }
        }
        Ok(self.ready.front().map(|(at, _)| *at))
    }

    pub fn next(&mut self) -> Option<Message> {
        self.ready.pop_front().map(|(_, message)| message)
    }

    fn read_on(&mut self, filter: &Filter, follow: bool) -> Result<(), HostError> {
        match self.look(&self.path)? {
            Look::Grown { bytes, more } => {
                self.gone = false;
                self.take(&bytes, filter);
                self.at_end = !more;
            }
            Look::Other => self.begin_anew(filter)?,
            Look::Gone => {
                self.at_end = true;
                if !std::mem::replace(&mut self.gone, true) {
                    let on = self.host.name();
                    complain(&format!("{on}: {} is not there any more", self.path));
                }
            }
        }
        if self.at_end {
            let end = if follow { Lines::pause } else { Lines::close };
            self.told(filter, end);
        }
        Ok(())
    }

    /// Reads the rest of the old file, where it was moved to the usual place, and begins with the
    /// new.
    fn begin_anew(&mut self, filter: &Filter) -> Result<(), HostError> {
        let old = format!("{}.0", self.path);
        let whole = loop {
            match self.look(&old)? {
                Look::Grown { bytes, more } => {
                    self.take(&bytes, filter);
                    if !more {
                        break true;
                    }
                }
                Look::Other | Look::Gone => break false,
            }
        };
        let missing = if whole {
            String::new()
        } else {
            format!("; the old one is not {old}, so its last lines may be missing here")
        };
        complain(&format!("{}: {} is a new file now{missing}", self.host.name(), self.path));
        self.told(filter, Lines::close);
        self.position = 0;
        self.known.clear();
        Ok(())
    }

    /// What stands in a file behind what was read, if that is the file.
    fn look(&self, path: &str) -> Result<Look, HostError> {
        let first = (self.position - self.known.len() as u64) / BLOCK;
        let mut bytes = match self.blocks(path, first, BLOCKS) {
            Err(HostError::Io { why, .. }) if why.contains("No such file") => {
                return Ok(Look::Gone);
            }
            other => other?,
        };
        let more = bytes.len() as u64 == BLOCK * BLOCKS;
        // Less than a piece, so it fits.
        let read = (self.position - first * BLOCK) as usize;
        let before = bytes.get(read - self.known.len()..read);
        if before != Some(&self.known[..]) {
            return Ok(Look::Other);
        }
        bytes.drain(..read);
        Ok(Look::Grown { bytes, more })
    }

    fn take(&mut self, bytes: &[u8], filter: &Filter) {
        self.position += bytes.len() as u64;
        self.known.extend_from_slice(&bytes[bytes.len().saturating_sub(KNOWN)..]);
        self.known.drain(..self.known.len().saturating_sub(KNOWN));
        self.told(filter, |lines, tell| lines.feed(bytes, tell));
    }

    /// Keeps what is wanted of the lines that become complete.
    fn told(&mut self, filter: &Filter, with: impl FnOnce(&mut Lines, &mut dyn FnMut(&str))) {
        let Self { lines, calendar, ready, .. } = self;
        with(lines, &mut |line| {
            let Some(time) = Message::time(line) else { return };
            let at = calendar.place(time);
            if let Some(message) = Message::parse(line).filter(|m| filter.takes(m, at)) {
                ready.push_back((at, message));
            }
        });
    }

    /// The bytes of a regular file.
    fn size(&self) -> Result<u64, HostError> {
        let args = [&self.path, "-follow", "-prune", "-type", "f", "-ls"];
        let listed = self.ask(Command::new("/usr/bin/find", args))?;
        // Inode, blocks, mode, links, owner, group, size.
        let listed = String::from_utf8_lossy(&listed).into_owned();
        listed.split_whitespace().nth(6).and_then(|size| size.parse().ok()).ok_or_else(|| {
            HostError::Io { path: self.path.clone(), why: "it is not a regular file".into() }
        })
    }

    fn blocks(&self, path: &str, first: u64, count: u64) -> Result<Vec<u8>, HostError> {
        // iseek goes there; skip would read all that stands before.
        let args = [
            format!("if={path}"),
            format!("bs={BLOCK}"),
            format!("iseek={first}"),
            format!("count={count}"),
        ];
        self.ask(Command::new("/usr/bin/dd", args))
    }

    fn ask(&self, command: Command) -> Result<Vec<u8>, HostError> {
        let output = self.host.query(&command)?;
        if output.success() {
            return Ok(output.stdout);
        }
        // dd(1) counts its records behind what it complains of.
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let why = said
            .lines()
            .find(|line| !line.trim().is_empty() && !line.contains("records "))
            .map_or_else(|| format!("status {}", output.status), str::to_owned);
        Err(HostError::Io { path: self.path.clone(), why })
    }
}
