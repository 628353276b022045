//! The log of a run beside its journal: lines for people, events for the report, readable by their
//! owner alone. The journal does not depend on it; old logs are removed, the journal never.

use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use super::{places, words};
use crate::engine::{Event, typed_word};
use crate::file::{self, open_own, own_bytes};
use crate::problem::{Problem, codes};
use crate::text::printable;

/// Runs that are kept; the oldest go first.
const KEPT: usize = 100;
/// How many runs without anything to tell are passed over.
const OLDER: usize = 10;
/// Longest log of a run, in bytes.
const LONGEST: u64 = 64 << 20;

/// The log of a run: lines for people (`.log`), and events (`.jsonl`).
pub struct RunLog {
    pub path: PathBuf,
    text: File,
    events: File,
}

impl RunLog {
    /// Begins it in `runs` below the journal's directory. Both files can be read by their owner
    /// only.
    ///
    /// # Errors
    /// When they cannot be made.
    pub fn begin(state: &Path) -> Result<Self, Problem> {
        let directory = state.join("runs");
        let unwritable = |error: std::io::Error| {
            Problem::new(codes::LOG_UNWRITABLE, error.to_string())
                .at(directory.display().to_string())
        };

        file::make_own(&directory).map_err(|error| unwritable(error.why))?;
        let now: String = places::now()
            .chars()
            .take(19)
            .map(|c| if c.is_ascii_digit() { c } else { '-' })
            .collect();
        let stem = format!("{now}-{}", std::process::id());
        let open = |ending: &str| {
            let path = directory.join(format!("{stem}.{ending}"));
            let mut options = File::options();
            options.create(true).append(true).mode(0o600);
            open_own(&path, &mut options).map_err(unwritable)
        };

        let log = Self {
            path: directory.join(format!("{stem}.log")),
            text: open("log")?,
            events: open("jsonl")?,
        };

        let words: Vec<String> = words::typed().iter().map(|word| typed_word(word)).collect();
        log.note(&format!("calha {} ({})", words.join(" "), places::who()));
        forget_oldest(&directory);
        Ok(log)
    }

    /// Adds lines for people.
    pub fn note(&self, said: &str) {
        let at = places::now();
        // A log that cannot be written on must not stop an installation; the journal has what
        // matters.
        let said: String = printable(said).lines().map(|line| format!("{at}  {line}\n")).collect();
        let _ = (&self.text).write_all(said.as_bytes());
    }

    /// Its files, for whoever else writes into them.
    ///
    /// # Errors
    /// When the system has no room for another open file.
    pub fn files(&self) -> std::io::Result<(File, File)> {
        Ok((self.text.try_clone()?, self.events.try_clone()?))
    }
}

/// The events of every run that is kept, the oldest first: lines of JSON, a text for each run.
pub fn events(state: &Path) -> Vec<String> {
    let mut paths = listed(&state.join("runs"));
    paths.retain(|path| path.extension().is_some_and(|e| e == "jsonl"));
    let text = |path: &PathBuf| String::from_utf8(own_bytes(path, LONGEST).ok()?).ok();
    paths.iter().filter_map(text).collect()
}

/// What the log of the newest run says of it, as far as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// The command as it was typed, and when.
    pub typed: String,
    pub at: String,
    /// How it ended, and why it ended early.
    pub summary: String,
    pub why: Option<String>,
}

/// The newest run that has come to an end and has something to tell; none where a newer one is at
/// work, or was killed. One that was refused before it told what it would do, or that had nothing
/// to do, tells nothing.
pub fn last_ended(state: &Path) -> Option<Logged> {
    let mut all = listed(&state.join("runs"));
    all.retain(|path| path.extension().is_some_and(|ending| ending == "jsonl"));
    for path in all.iter().rev().take(OLDER) {
        match ended(path)? {
            Some(told) => return Some(told),
            None => continue,
        }
    }
    None
}

/// What a log says of its run, nothing where that is of no interest; none where it has not ended.
fn ended(path: &Path) -> Option<Option<Logged>> {
    #[derive(serde::Deserialize)]
    struct Line {
        event: Event,
    }
    let text = |ending: &str| {
        String::from_utf8(own_bytes(&path.with_extension(ending), LONGEST).ok()?).ok()
    };
    let (lines, events) = (text("log")?, text("jsonl")?);
    let (at, typed) = lines.lines().next()?.split_once("  ")?;
    let typed = typed.rsplit_once(" (")?.0;

    let read = |line: &str| Some(serde_json::from_str::<Line>(line).ok()?.event);
    let Event::Ended { summary, why, changed } = read(events.lines().next_back()?)? else {
        return None;
    };
    let mut all = events.lines().filter_map(read);
    let is_told = all.any(|event| matches!(event, Event::Announced { .. }));
    let logged = Logged { typed: typed.to_owned(), at: at.to_owned(), summary, why };
    Some(Some(logged).filter(|logged| is_told && (changed > 0 || logged.why.is_some())))
}

fn forget_oldest(directory: &Path) {
    let all = listed(directory);
    // Two files a run.
    let extra = all.len().saturating_sub(2 * KEPT);
    all.iter().take(extra).for_each(|path| drop(fs::remove_file(path)));
}

/// The logs in it by name, which begins with their time. What else is there is somebody's own.
fn listed(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| is_log(path)).collect();
    paths.sort();
    paths
}

/// Whether a name is `2026-03-04-05-06-07-PID.log`, or its `.jsonl`.
fn is_log(path: &Path) -> bool {
    let Some((stem, ending)) = path.file_name().and_then(|n| n.to_str()?.rsplit_once('.')) else {
        return false;
    };
    let digits: Vec<usize> = stem
        .split('-')
        .map(|part| if part.bytes().all(|b| b.is_ascii_digit()) { part.len() } else { 0 })
        .collect();
    ["log", "jsonl"].contains(&ending)
        && matches!(digits[..], [4, 2, 2, 2, 2, 2, process] if process > 0)
}
