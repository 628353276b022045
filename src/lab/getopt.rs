//! Options and operands of a command line, split as getopts(1) does: no long options, no option
//! after an operand. What a real node refuses is refused here, so that no command line passes
//! only in the lab. Which options go together is for each program to check.

use super::refusal::Refusal;

/// A command line that was split.
pub(crate) struct Options {
    given: Vec<(char, String)>,
    pub operands: Vec<String>,
}

/// Splits `args`; `accepted` is an option string as of getopt(3C): a colon after a letter that
/// takes an argument.
pub(crate) fn getopt(args: &[String], accepted: &str, usage: &str) -> Result<Options, Refusal> {
    let mut given = Vec::new();
    let mut rest = args.iter();
    let mut operands = Vec::new();
    while let Some(arg) = rest.next() {
        if arg == "--" {
            break;
        }
        let Some(letters) = arg.strip_prefix('-').filter(|l| !l.is_empty()) else {
            operands.push(arg.clone());
            break;
        };
        let mut left = letters.chars();
        while let Some(letter) = left.next() {
            let at = accepted.find(letter).filter(|_| letter != ':');
            let Some(at) = at else {
                return Err(Refusal {
                    status: 1,
                    text: format!("illegal option -- {letter}\nusage: {usage}"),
                });
            };
            if accepted[at + letter.len_utf8()..].starts_with(':') {
                let tail: String = left.by_ref().collect();
                let value = if tail.is_empty() { rest.next().cloned() } else { Some(tail) };
                let Some(value) = value else {
                    return Err(Refusal {
                        status: 1,
                        text: format!("option requires an argument -- {letter}\nusage: {usage}"),
                    });
                };
                given.push((letter, value));
            } else {
                given.push((letter, String::new()));
            }
        }
    }

    operands.extend(rest.cloned());
    Ok(Options { given, operands })
}

impl Options {
    pub fn has(&self, letter: char) -> bool {
        self.given.iter().any(|(l, _)| *l == letter)
    }

    /// Whether every one of these letters was given.
    pub fn has_all(&self, letters: &str) -> bool {
        letters.chars().all(|letter| self.has(letter))
    }

    pub fn count(&self, letter: char) -> usize {
        self.given.iter().filter(|(l, _)| *l == letter).count()
    }

    /// The last value of an option.
    pub fn value(&self, letter: char) -> Option<&str> {
        self.given.iter().rev().find(|(l, _)| *l == letter).map(|(_, v)| v.as_str())
    }

    /// The same; empty when the option was not given.
    pub fn text(&self, letter: char) -> &str {
        self.value(letter).unwrap_or("")
    }

    pub fn values(&self, letter: char) -> impl Iterator<Item = &str> {
        self.given.iter().filter(move |(l, _)| *l == letter).map(|(_, v)| v.as_str())
    }

    /// Whether only these letters were given.
    pub fn only(&self, letters: &str) -> bool {
        self.given.iter().all(|(l, _)| letters.contains(*l))
    }
}
