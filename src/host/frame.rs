//! The answer to one request as it arrives from a session.
//!
//! HEAD, newline, standard output, newline, MARK, newline, standard error, newline, MARK, the
//! status, newline. Head and mark are new for each request, and the mark reaches the node's shell
//! when the command has ended: nothing that a command prints can pass for it. It does what byte
//! counts would do and costs no process on the node.

use super::delivery::Delivery;
use super::token::token;
use crate::node::Output;

/// Bytes that an answer may have, with what is printed before it.
pub(super) const LONGEST: usize = 24 << 20;

/// So many bytes more than are wanted come together before they are let go.
const ROOM: usize = 1 << 20;

/// Bytes that the line with a status may have.
const STATUS: usize = 80;

/// Characters of noise that are worth showing, and the bytes at its end among which they are
/// looked for.
const NOISE: usize = 40;
const NOISE_READ: usize = 4 << 10;

/// The answer to one request as it arrives.
#[derive(Debug)]
pub struct Frame {
    head: String,
    mark: String,
    delivery: Delivery,
    buffer: Vec<u8>,
    /// Bytes that have arrived, and how many of either output are kept.
    arrived: usize,
    most: usize,
    /// Nothing of what is searched for begins before this.
    searched: usize,
    /// Where standard output ends.
    middle: Option<usize>,
    /// What stood before the head.
    noise: Vec<u8>,
}

/// The node could not keep the answer, or said something that is none.
#[derive(Debug, PartialEq, Eq)]
pub struct Broken;

impl Frame {
    /// For a new request.
    pub(super) fn new(delivery: Delivery) -> Self {
        Self::of(token(), token(), delivery)
    }

    /// With this head and this mark, which nothing that is printed may hold.
    pub fn of(head: String, mark: String, delivery: Delivery) -> Self {
        Self {
            head,
            mark,
            delivery,
            buffer: Vec::new(),
            arrived: 0,
            most: LONGEST,
            searched: 0,
            middle: None,
            noise: Vec::new(),
        }
    }

    /// The same, of which at most so many bytes of either output are wanted. What has more of them
    /// still has more afterwards, and what is beyond them is worth nothing.
    pub fn keeping(self, most: usize) -> Self {
        Self { most, ..self }
    }

    /// The shell text of a request: `script` in a subshell, its outputs in files `number`, its
    /// answer.
    ///
    /// A file of its own for each output that is kept: what an earlier command left in the
    /// background cannot write into this one.
    pub(super) fn request(&self, number: u64, script: &str) -> String {
        let (head, mark, script) = (&self.head, &self.mark, crate::op::quote(script));
        match self.delivery {
            Delivery::Kept => format!(
                "echo {head} >\"$calha_c/o{number}\"\n\
                 ( eval {script} ) >>\"$calha_c/o{number}\" 2>\"$calha_c/e{number}\" </dev/null\n\
                 calha_answer {number} $? {mark}\n"
            ),
            // The head says that the outputs were open; what is complained of goes to one file for
            // all, since making a file costs as well.
            Delivery::Straight => format!(
                "( echo {head}; eval {script} ) 2>\"$calha_c/e\" </dev/null\n\
                 calha_ended $? {mark}\n"
            ),
            Delivery::Inside => format!(
                "{{ echo {head}; eval {script}; }} 2>\"$calha_c/e\" </dev/null\n\
                 calha_ended $? {mark}\n"
            ),
        }
    }

    /// Takes what has just arrived; the answer when it is complete. What stands before its head is
    /// nobody's: a banner, a message of the day, the late words of an earlier command.
    ///
    /// # Errors
    /// An answer that could not be kept on the node, or that is none.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<Option<Output>, Broken> {
        self.arrived += bytes.len();
        self.buffer.extend_from_slice(bytes);

        let middle = match self.middle {
            Some(middle) => middle,
            None => {
                let Some(middle) = self.find(&format!("\n{}\n", self.mark)) else {
                    self.thin_out(0);
                    return Ok(None);
                };
                self.searched = middle + self.mark.len() + 2;
                *self.middle.insert(middle)
            }
        };

        let second = middle + self.mark.len() + 2;
        let Some(end) = self.find(&format!("\n{} ", self.mark)) else {
            self.thin_out(second);
            return Ok(None);
        };
        self.searched = end;

        let last = &self.buffer[end + self.mark.len() + 2..];
        let Some(length) = last.iter().take(STATUS).position(|b| *b == b'\n') else {
            return if last.len() < STATUS { Ok(None) } else { Err(Broken) };
        };
        let status: i32 = String::from_utf8_lossy(&last[..length]).parse().map_err(|_| Broken)?;

        let head = format!("{}\n", self.head).into_bytes();
        let printed = &self.buffer[..middle];
        let start = match (find(printed, &head), self.delivery) {
            (Some(at), _) => {
                self.noise = printed[at.saturating_sub(NOISE_READ)..at].to_vec();
                at + head.len()
            }
            // A command that empties the file it prints to takes the head with it.
            (None, Delivery::Kept) => 0,
            (None, Delivery::Straight | Delivery::Inside) => return Err(Broken),
        };

        // What can be large is there once.
        let stderr = self.buffer[second..end].to_vec();
        let mut stdout = std::mem::take(&mut self.buffer);
        stdout.truncate(middle);
        stdout.drain(..start);
        stdout.shrink_to_fit();
        Ok(Some(Output {
            // ksh93 adds 256 to a signal's number, every other shell 128.
            status: if status > 255 { 128 + (status & 127) } else { status },
            stdout,
            stderr,
        }))
    }

    /// The last line of what stood before the head, if there was any.
    pub(super) fn noise(&self) -> Option<String> {
        let text = String::from_utf8_lossy(&self.noise);
        let last = text.lines().rev().map(str::trim).find(|line| !line.is_empty())?;
        Some(last.chars().take(NOISE).collect())
    }

    /// Whether more has arrived than any answer has.
    pub(super) fn is_too_long(&self) -> bool {
        self.arrived > LONGEST
    }

    /// Lets go of what nobody wants of the output that begins there; the mark may begin in its last
    /// bytes.
    fn thin_out(&mut self, start: usize) {
        let end = self.buffer.len().saturating_sub(self.mark.len() + 2);
        let kept = start.saturating_add(self.most);
        if end > kept.saturating_add(ROOM) {
            self.buffer.drain(kept..end);
            self.searched = kept;
        }
    }

    /// Looks in what has not been searched; what is not found may begin in its last bytes.
    fn find(&mut self, wanted: &str) -> Option<usize> {
        let found =
            find(&self.buffer[self.searched..], wanted.as_bytes()).map(|at| self.searched + at);
        if found.is_none() {
            self.searched = self.searched.max(self.buffer.len().saturating_sub(wanted.len()));
        }
        found
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = wanted.first()?;
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|b| b == first) {
        at += next;
        if bytes[at..].starts_with(wanted) {
            return Some(at);
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Broken, Delivery, Frame};

    fn frame() -> Frame {
        Frame::of("head".into(), "mark".into(), Delivery::Kept)
    }

    #[test]
    fn any_cut_gives_the_same_answer() {
        let all = b"motd\nlate\nhead\nout\n\nmar\nmark err\n\nmark\n\nhead\ne\nmarkk\n\nmark 3\n";
        for cut in 0..all.len() {
            for again in cut..all.len() {
                let mut frame = frame();
                assert_eq!(frame.feed(&all[..cut]).unwrap(), None, "{cut}");
                assert_eq!(frame.feed(&all[cut..again]).unwrap(), None, "{cut} {again}");
                let answer = frame.feed(&all[again..]).unwrap().unwrap();
                assert_eq!(answer.status, 3);
                assert_eq!(answer.stdout, b"out\n\nmar\nmark err\n");
                assert_eq!(answer.stderr, b"\nhead\ne\nmarkk\n");
            }
        }
    }

    #[test]
    fn of_a_long_answer_no_more_is_kept_than_somebody_wants() {
        let mut frame = frame().keeping(1000);
        let piece = [b'a'; 60_000];
        let mut feed = |bytes: &[u8]| {
            let answer = frame.feed(bytes).unwrap();
            assert!(frame.buffer.capacity() < 3 << 20, "{}", frame.buffer.capacity());
            answer
        };
        let mut fill = |begin: &[u8]| {
            assert_eq!(feed(begin), None);
            for _ in 0..100 {
                assert_eq!(feed(&piece), None);
            }
        };
        fill(b"noise\nhead\nfirst\n");
        fill(b"\nmark\nsecond\n");
        let answer = feed(b"\nmark 7\n").unwrap();

        assert_eq!(answer.status, 7);
        for (output, begins) in [(&answer.stdout, &b"first\na"[..]), (&answer.stderr, b"second\na")]
        {
            assert!(output.starts_with(begins));
            assert!(output.len() > 980 && output.len() < 2 << 20, "{}", output.len());
        }
        assert!(!frame.is_too_long());
    }

    #[test]
    fn nothing_printed_and_a_signal() {
        let answer = frame().feed(b"head\n\nmark\n\nmark 265\n").unwrap().unwrap();
        assert_eq!((answer.status, answer.stdout.len(), answer.stderr.len()), (137, 0, 0));
    }

    #[test]
    fn outputs_that_could_not_be_opened_are_told() {
        assert_eq!(
            Frame::of("head".into(), "mark".into(), Delivery::Straight).feed(b"\nmark\n\nmark 2\n"),
            Err(Broken)
        );
        assert_eq!(frame().feed(b"out\nmark\n\nmark 2\n").unwrap().unwrap().stdout, b"out");
    }

    #[test]
    fn an_answer_that_could_not_be_kept_is_told() {
        assert_eq!(frame().feed(b"\nmark\n\nmark 0 lost\n"), Err(Broken));
    }
}
