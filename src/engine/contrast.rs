//! What is wanted of an operation and what stands instead, part by part: what whoever is told that
//! a step is not as it should be has to compare. It decides nothing and only looks; of a command it
//! shows what its check's own queries print now.

use crate::node::{HostError, Inspect};
use crate::op::{Change, Check, Op, Reality, Run};

/// So many lines of what stands there are shown of each part.
const LINES: usize = 4;

/// A part that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contrast {
    /// The sentence that should be true.
    pub wanted: String,
    /// What stands there, in a line or a few.
    pub found: String,
}

impl Contrast {
    /// The parts of an operation that do not hold; none where all do.
    ///
    /// # Errors
    /// A host that is lost.
    pub fn of(host: &dyn Inspect, op: &Op) -> Result<Vec<Self>, HostError> {
        match op {
            Op::Run(Run { done_when, .. }) | Op::Operator { done_when, .. } => {
                of_check(host, done_when)
            }
            Op::Edit { path, changes, .. } => {
                let bytes = match host.read(path) {
                    Ok(bytes) => bytes,
                    Err(error @ HostError::Io { .. }) => {
                        return Ok(vec![Self { wanted: op.proof(), found: error.to_string() }]);
                    }
                    Err(other) => return Err(other),
                };

                let text = String::from_utf8_lossy(&bytes);
                let wrong = changes.iter().filter(|c| c.reality(&bytes) != Reality::Present);
                let of = |change: &Change| Self {
                    wanted: change.proof(path.as_str()),
                    found: lines_about(change, &text),
                };
                Ok(wrong.map(of).collect())
            }
            _ => Ok(match op.reality(host)? {
                Reality::Present => Vec::new(),
                reality => vec![Self { wanted: op.proof(), found: reality.to_string() }],
            }),
        }
    }
}

/// The parts of a check that do not hold, each with what its query prints.
fn of_check(host: &dyn Inspect, check: &Check) -> Result<Vec<Contrast>, HostError> {
    if let Check::All(parts) = check {
        let parts = parts.iter().map(|part| of_check(host, part));
        return Ok(parts.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect());
    }
    if check.holds(host)? {
        return Ok(Vec::new());
    }

    let found = match check.reads() {
        Some(command) => {
            let output = host.query(command)?;
            let said = [&output.stdout, &output.stderr];
            let said = said.map(|bytes| String::from_utf8_lossy(bytes).trim().to_owned());
            let said = said.into_iter().find(|text| !text.is_empty());
            said.unwrap_or_else(|| "no output".into())
        }
        None => check.evidence(host)?.unwrap_or_else(|| "this does not hold".into()),
    };
    Ok(vec![Contrast { wanted: check.to_string(), found: few(&found) }])
}

/// The lines of a file that an edit is about; of a block how they differ, credentials masked.
fn lines_about(change: &Change, text: &str) -> String {
    let (what, lines): (&str, Vec<&str>) = match change {
        Change::AddLine { key, .. } => {
            let of_key = |line: &&str| line.split_whitespace().any(|word| word == key);
            (key, text.lines().filter(of_key).collect())
        }
        Change::RemoveLine { line } => (line, text.lines().filter(|l| l == line).collect()),
        Change::SetBlock { begin, end, .. } | Change::RemoveBlock { begin, end, .. } => {
            let from = text.lines().skip_while(|line| line != begin);
            let mut ended = false;
            let block = from.take_while(|line| !std::mem::replace(&mut ended, line == end));
            (begin, block.collect())
        }
    };

    match change {
        _ if lines.is_empty() => format!("no line of {what}"),
        Change::SetBlock { text: wanted, .. } => {
            let found = lines.join("\n") + "\n";
            let diff = crate::document::diff(found.as_bytes(), wanted.as_bytes(), "block");
            let changed = diff.lines().skip(3).filter(|line| line.starts_with(['-', '+']));
            few(&changed.collect::<Vec<_>>().join("\n"))
        }
        _ => few(&lines.join("\n")),
    }
}

/// The first lines of a text.
fn few(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let more = lines.len().saturating_sub(LINES);
    let mut shown = lines[..lines.len() - more].join("\n");
    if more > 0 {
        shown.push_str(&format!("\n({more} more lines)"));
    }
    shown
}
