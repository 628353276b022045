//! The lines of a log that arrives in pieces, as they were meant: folds undone, runs of NUL left
//! out, each no longer than a bound however long it is in the file. It keeps one line, not the log.

use super::Stamp;

/// Bytes that are kept of a line. syslogd writes some thousand.
const LONGEST: usize = 16 * 1024;
/// Width of a line's time.
const TIME: usize = 15;

/// A line that is being read.
#[derive(Debug, Default)]
pub struct Lines {
    line: Vec<u8>,
    /// Bytes behind those that are kept.
    dropped: usize,
    /// The byte before, kept or not, was NUL.
    after_nul: bool,
    /// The newline was there; what begins with a blank may still belong to it.
    ended: bool,
    /// Within the blanks with which a line goes on.
    folding: bool,
}

impl Lines {
    /// Takes the next bytes; `tell` gets each line that is complete now.
    pub fn feed(&mut self, bytes: &[u8], tell: &mut dyn FnMut(&str)) {
        for piece in bytes.split_inclusive(|b| *b == b'\n') {
            let (text, end) = match piece.split_last() {
                Some((b'\n', text)) => (text, true),
                _ => (piece, false),
            };
            if self.ended {
                self.begin(text, tell);
            }
            if self.folding {
                self.unfold(text);
            } else {
                self.push(text);
            }
            self.ended = end;
        }
    }

    /// Nothing follows for now: a line that has its end is complete.
    pub fn pause(&mut self, tell: &mut dyn FnMut(&str)) {
        if self.ended {
            self.close(tell);
        }
    }

    /// Nothing follows: the last line is complete, whether it has its end or not.
    pub fn close(&mut self, tell: &mut dyn FnMut(&str)) {
        let line = std::mem::take(&mut self.line);
        let dropped = std::mem::take(&mut self.dropped);
        (self.ended, self.folding, self.after_nul) = (false, false, false);
        let parts = apart(&line);
        for (at, part) in parts.iter().enumerate() {
            let mut text = spelt(part);
            if dropped > 0 && at + 1 == parts.len() {
                text.push_str(&format!(" ... ({dropped} more bytes)"));
            }
            tell(text.trim_end());
        }
    }

    /// Behind a newline: a line of its own, or one that goes on with the line before it, as logs do
    /// that were folded for mail or print.
    fn begin(&mut self, text: &[u8], tell: &mut dyn FnMut(&str)) {
        self.folding = text.starts_with(b" ") || text.starts_with(b"\t");
        if self.folding {
            self.line.truncate(self.line.trim_ascii_end().len());
            self.after_nul = self.line.last() == Some(&0);
        } else {
            self.close(tell);
        }
    }

    fn unfold(&mut self, text: &[u8]) {
        let text = text.trim_ascii_start();
        if text.is_empty() {
            return;
        }
        self.folding = false;
        // A name that was cut before its bracket belongs to it.
        if !(text.starts_with(b"[") && self.line.ends_with(b"SC")) {
            self.push(b" ");
        }
        self.push(text);
    }

    /// A run of NUL is kept as one, since something may begin behind it.
    fn push(&mut self, text: &[u8]) {
        for run in text.chunk_by(|a, b| (*a == 0) == (*b == 0)) {
            let run = if run[0] != 0 {
                run
            } else if self.after_nul {
                &[]
            } else {
                &run[..1]
            };
            self.after_nul = run.last().map_or(self.after_nul, |last| *last == 0);
            let room = LONGEST.saturating_sub(self.line.len());
            let kept = run.len().min(room);
            self.line.extend_from_slice(&run[..kept]);
            self.dropped += run.len() - kept;
        }
    }
}

/// A line without its NUL bytes. What a file system leaves behind a crash cuts a line short, and
/// the next one begins behind the NULs: these are two.
fn apart(line: &[u8]) -> Vec<Vec<u8>> {
    let mut parts: Vec<Vec<u8>> = Vec::new();
    for part in line.split(|b| *b == 0).filter(|part| !part.is_empty()) {
        match parts.last_mut() {
            Some(last) if !begins_with_time(part) => last.extend_from_slice(part),
            _ => parts.push(part.to_vec()),
        }
    }
    parts
}

fn begins_with_time(part: &[u8]) -> bool {
    let time = part.get(..TIME).and_then(|time| std::str::from_utf8(time).ok());
    time.is_some_and(|time| time.parse::<Stamp>().is_ok())
}

/// Text with those bytes spelt out that are none: a log is written in many locales.
fn spelt(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| text.push_str(&format!("\\x{byte:02X}")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Lines};

    /// The lines of a log that arrives in pieces of so many bytes.
    fn lines(log: &[u8], piece: usize) -> Vec<String> {
        let (mut read, mut all) = (Lines::default(), Vec::new());
        let mut tell = |line: &str| all.push(line.to_owned());
        log.chunks(piece).for_each(|bytes| read.feed(bytes, &mut tell));
        read.close(&mut tell);
        all
    }

    #[test]
    fn however_a_log_arrives_its_lines_are_the_same() {
        let log = b"one\r\n  folded \n\tagain\n\n\0\0Dec 11 18:24:46 two\n\
            Dec 11 18:24:46 ha\0\0\0Dec 11 18:24:47 three, \0\0whole\nSC\n [x]\nhalf";
        let wanted = [
            "one folded again",
            "Dec 11 18:24:46 two",
            "Dec 11 18:24:46 ha",
            "Dec 11 18:24:47 three, whole",
            "SC[x]",
            "half",
        ];
        for piece in 1..=log.len() {
            assert_eq!(lines(log, piece), wanted, "pieces of {piece} bytes");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_spelt_out() {
        // e acute in Latin-1, the Euro sign without its last byte, a lone continuation.
        let log = b"caf\xe9 \xe2\x82 \xe2\x82\xac \x80\nend \xc3";
        assert_eq!(lines(log, 5), ["caf\\xE9 \\xE2\\x82 \u{20ac} \\x80", "end \\xC3"]);
    }

    #[test]
    fn a_line_without_end_takes_no_room() {
        let mut read = Lines::default();
        let mut said = Vec::new();
        for _ in 0..1000 {
            read.feed(&[b'x'; 4096], &mut |line| said.push(line.to_owned()));
            read.feed(&[0; 4096], &mut |line| said.push(line.to_owned()));
        }
        assert!(read.line.capacity() <= 2 * LONGEST && said.is_empty());
        read.feed(b"\nnext\n", &mut |line| said.push(line.to_owned()));
        assert!(said[0].ends_with("more bytes)") && said[0].len() < LONGEST + 50, "{}", said[0]);
    }

    #[test]
    fn what_is_left_out_of_a_long_line_is_counted_the_same_however_it_arrives() {
        let log = [&vec![b'x'; LONGEST][..], &b"\0\0\0y".repeat(50)].concat();
        let wanted = format!("{} ... (100 more bytes)", "x".repeat(LONGEST));
        for piece in [1, 3, 1000, log.len()] {
            assert_eq!(lines(&log, piece), [wanted.as_str()], "pieces of {piece} bytes");
        }
    }

    #[test]
    fn a_line_waits_for_its_end_and_not_for_the_next() {
        let (mut read, mut all) = (Lines::default(), Vec::new());
        let mut tell = |line: &str| all.push(line.to_owned());
        read.feed(b"whole\nha", &mut tell);
        read.pause(&mut tell);
        read.feed(b"lf\n", &mut tell);
        read.pause(&mut tell);
        assert_eq!(all, ["whole", "half"]);
    }
}
