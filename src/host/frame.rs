//! The answer to one request as it arrives from a session.
//!
//! `TOKEN NUMBER STATUS`, what `wc -c` says of both outputs and their total, then each output followed by a newline, the token
//! and a newline. The counts say where an output ends, so nothing in it can be taken for something else. A process that was left
//! in the background may add to an output between the counting and the copying: only then are the separators searched for.

use super::Output;

/// What has arrived so far.
#[derive(Debug)]
pub(super) struct Frame {
    head: Vec<u8>,
    separator: Vec<u8>,
    buffer: Vec<u8>,
    sizes: Option<Sizes>,
}

#[derive(Clone, Copy, Debug)]
struct Sizes {
    status: i32,
    /// Where standard output begins in the buffer.
    start: usize,
    stdout: usize,
    stderr: usize,
}

/// The node could not keep or count what the command printed, or said something that is no answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Broken;

impl Frame {
    /// The answer to this request of the session with this token.
    pub(super) fn new(token: &str, number: u64) -> Self {
        Self {
            head: format!("{token} {number} ").into_bytes(),
            separator: format!("\n{token}\n").into_bytes(),
            buffer: Vec::new(),
            sizes: None,
        }
    }

    /// Takes what has just arrived; the answer when it is complete. What stands before its head is nobody's: a banner, a message of the day.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Result<Option<Output>, Broken> {
        self.buffer.extend_from_slice(bytes);
        if self.sizes.is_none() {
            self.sizes = self.parsed()?;
        }
        let Some(sizes) = self.sizes else { return Ok(None) };
        if self.buffer.len() < sizes.start + sizes.stdout + sizes.stderr + 2 * self.separator.len() {
            return Ok(None);
        }
        let Some(middle) = self.separator_at(sizes.start + sizes.stdout) else { return Ok(None) };
        let second = middle + self.separator.len();
        let Some(end) = self.separator_at(second + sizes.stderr) else { return Ok(None) };
        Ok(Some(Output {
            status: sizes.status,
            stdout: self.buffer[sizes.start..middle].to_vec(),
            stderr: self.buffer[second..end].to_vec(),
        }))
    }

    fn separator_at(&self, from: usize) -> Option<usize> {
        let rest = self.buffer.get(from..)?;
        if rest.starts_with(&self.separator) { Some(from) } else { find(rest, &self.separator).map(|at| from + at) }
    }

    /// The head and the three lines of wc(1), once they are all there.
    fn parsed(&self) -> Result<Option<Sizes>, Broken> {
        let Some(at) = find(&self.buffer, &self.head) else { return Ok(None) };
        let mut next = at + self.head.len();
        let mut lines = Vec::new();
        while lines.len() < 4 {
            let Some(length) = self.buffer[next..].iter().position(|b| *b == b'\n') else { return Ok(None) };
            let line = String::from_utf8_lossy(&self.buffer[next..next + length]).into_owned();
            next += length + 1;
            if lines.is_empty() && line.trim().parse::<i32>().is_err() {
                return Err(Broken);
            }
            lines.push(line);
        }
        let number = |line: &str| line.split_whitespace().next().and_then(|n| n.parse::<usize>().ok()).ok_or(Broken);
        let status: i32 = lines[0].trim().parse().map_err(|_| Broken)?;
        // ksh93 adds 256 to a signal's number, every other shell 128.
        let status = if status > 255 { 128 + (status & 127) } else { status };
        Ok(Some(Sizes { status, start: next, stdout: number(&lines[1])?, stderr: number(&lines[2])? }))
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|w| w == wanted)
}

#[cfg(test)]
mod tests {
    use super::{Broken, Frame};

    #[test]
    fn any_cut_gives_the_same_answer() {
        let all = b"motd\nab 6 1\nab 7 3\n  5 /o\n 2 /e\n 7 total\n\nab\nx\nab\ney\nab\n";
        for cut in 0..all.len() {
            let mut frame = Frame::new("ab", 7);
            assert_eq!(frame.feed(&all[..cut]).unwrap(), None, "{cut}");
            let answer = frame.feed(&all[cut..]).unwrap().unwrap();
            assert_eq!((answer.status, &answer.stdout[..], &answer.stderr[..]), (3, &b"\nab\nx"[..], &b"ey"[..]));
        }
    }

    #[test]
    fn what_grew_while_it_was_copied_is_found() {
        let mut frame = Frame::new("ab", 1);
        let answer = frame.feed(b"ab 1 0\n1 o\n1 e\n2 total\nxlate\nab\ny\nab\n").unwrap().unwrap();
        assert_eq!((&answer.stdout[..], &answer.stderr[..]), (&b"xlate"[..], &b"y"[..]));
    }

    #[test]
    fn an_answer_that_could_not_be_kept_is_told() {
        assert_eq!(Frame::new("ab", 1).feed(b"ab 1 0 lost\n\n\n\n"), Err(Broken));
        assert_eq!(Frame::new("ab", 1).feed(b"ab 1 0 lost\n"), Err(Broken));
    }
}
