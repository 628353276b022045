//! The journal of one installation: its lines on a store, and the history that they make. Each line
//! carries the sum of the line before it and of its own text, so a line that somebody changed, took
//! out or put in is found. Where the bytes lie is for the `Store`; what happens next is for the
//! engine.

use std::cell::OnceCell;

use super::{History, JournalError, OpKey, Record, Store, VERSION};
use crate::node::Sum;
use crate::op::Leftover;

/// A journal that is open for reading and adding.
///
/// A line is its sum, a blank, and the record as JSON. A last line without its newline was torn by
/// a kill; it is legal and dropped.
pub struct Journal {
    store: Box<dyn Store>,
    history: History,
    /// That of the installation before, read when somebody asks.
    before: OnceCell<History>,
    sum: u32,
    clock: fn() -> String,
}

impl Journal {
    /// Reads what the store holds. `clock` gives the times that are written.
    ///
    /// # Errors
    /// Damage other than a torn last line, a newer version, or a store that cannot be read.
    pub fn open(mut store: Box<dyn Store>, clock: fn() -> String) -> Result<Self, JournalError> {
        let bytes = store.load()?;
        let (history, sum, whole) = read(&bytes)?;
        if whole < bytes.len() {
            store.truncate(whole as u64)?;
        }
        Ok(Self { store, history, before: OnceCell::new(), sum, clock })
    }

    /// What the journal says.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// What this operation of the installation before has left: who finds it there again finds
    /// calha's own work. A closed journal that cannot be read tells of nothing.
    pub fn left_before(&self, key: &OpKey) -> Vec<Leftover> {
        let before = self.before.get_or_init(|| {
            let read = |bytes: Vec<u8>| Some(read(&bytes).ok()?.0);
            self.store.last_closed().ok().and_then(read).unwrap_or_default()
        });
        before.entries.get(key).map_or_else(Vec::new, |entry| entry.leaves.clone())
    }

    /// The time, as it is written.
    pub fn now(&self) -> String {
        (self.clock)()
    }

    /// Adds a record; durable when it returns. A journal that is still empty gets its header first.
    ///
    /// # Errors
    /// When the store cannot take it: then nothing may be begun.
    pub fn append(&mut self, record: Record) -> Result<(), JournalError> {
        self.append_all(vec![record])
    }

    /// Adds records; all are durable when it returns, and a kill before that leaves the first few
    /// of them. That operations ended well is a hint: should this machine lose its power, they are
    /// looked at again, so nobody waits for its disk.
    ///
    /// # Errors
    /// When the store cannot take them: then nothing may be begun.
    pub fn append_all(&mut self, records: Vec<Record>) -> Result<(), JournalError> {
        if records.is_empty() {
            return Ok(());
        }

        let records: Vec<Record> = records.into_iter().map(Record::without_secrets).collect();
        let before = self.history.before(&records);
        let written = self.take_and_write(&records);
        if written.is_err() {
            self.history.put_back(before);
        }
        self.sum = written?;
        Ok(())
    }

    /// The sum of the last line. What could not be read again is not written.
    fn take_and_write(&mut self, records: &[Record]) -> Result<u32, JournalError> {
        let impossible = |why| JournalError::Damaged { line: 0, why };
        let (mut lines, mut last) = (Vec::new(), self.sum);
        for record in records {
            self.history.take(record).map_err(impossible)?;
            let (line, sum) = render(last, record)?;
            lines.extend(line);
            last = sum;
        }

        if records.iter().all(|record| matches!(record, Record::Done { .. })) {
            self.store.hint(&lines)?;
        } else {
            self.store.append(&lines)?;
        }
        Ok(last)
    }

    /// Makes everything durable that was added, at the end of a run.
    ///
    /// # Errors
    /// When the store cannot do it.
    pub fn sync(&mut self) -> Result<(), JournalError> {
        Ok(self.store.sync()?)
    }

    /// Begins a journal that is still empty.
    ///
    /// # Errors
    /// When the store cannot take it.
    pub fn begin(&mut self, cluster: &str, profile: &str) -> Result<(), JournalError> {
        if !self.history.is_empty() {
            return Ok(());
        }
        let program = concat!("calha ", env!("CARGO_PKG_VERSION")).to_owned();
        self.append(Record::Header {
            version: VERSION,
            program,
            cluster: cluster.into(),
            profile: profile.into(),
        })
    }

    /// Whether nothing has begun since an earlier journal was closed: there is nothing to go on
    /// with.
    ///
    /// # Errors
    /// When the store cannot be looked at.
    pub fn has_ended(&self) -> Result<bool, JournalError> {
        Ok(self.history.is_empty() && self.store.closed()? > 0)
    }

    /// Puts a closed journal away and begins a new, empty one.
    ///
    /// # Errors
    /// When the store cannot do it.
    pub fn archive(&mut self) -> Result<(), JournalError> {
        self.store.archive()?;
        self.history = History::default();
        self.before = OnceCell::new();
        self.sum = 0;
        Ok(())
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        // What a run that ended early did not settle; nobody is left to be told.
        let _ = self.store.sync();
    }
}

/// The history, the last line's sum, and how many bytes are whole lines.
fn read(bytes: &[u8]) -> Result<(History, u32, usize), JournalError> {
    let mut history = History::default();
    let (mut sum, mut whole, mut number) = (0, 0, 0);

    while let Some(end) = bytes[whole..].iter().position(|&b| b == b'\n') {
        number += 1;
        let damaged = |why: String| JournalError::Damaged { line: number, why };

        let line = std::str::from_utf8(&bytes[whole..whole + end])
            .map_err(|_| damaged("it is not text".into()))?;
        let (written, json) =
            line.split_once(' ').ok_or_else(|| damaged("it has no sum".into()))?;

        let value: serde_json::Value =
            serde_json::from_str(json).map_err(|e| damaged(e.to_string()))?;
        if let Some(found) = value.get("version").and_then(serde_json::Value::as_u64)
            && number == 1
            && found > u64::from(VERSION)
        {
            return Err(JournalError::Newer {
                found: u32::try_from(found).unwrap_or(u32::MAX),
                known: VERSION,
            });
        }

        let computed = chained(sum, json);
        if written.parse() != Ok(computed) {
            return Err(damaged(
                "its sum does not fit: it was changed, or a line before it is missing".into(),
            ));
        }

        let record: Record = serde_json::from_value(value).map_err(|e| damaged(e.to_string()))?;
        history.take(&record.completed()).map_err(damaged)?;

        sum = computed;
        whole += end + 1;
    }

    Ok((history, sum, whole))
}

fn render(sum: u32, record: &Record) -> Result<(Vec<u8>, u32), JournalError> {
    let json = serde_json::to_string(record).map_err(std::io::Error::from)?;
    let sum = chained(sum, &json);
    Ok((format!("{sum} {json}\n").into_bytes(), sum))
}

fn chained(sum: u32, json: &str) -> u32 {
    Sum::of(format!("{sum} {json}").as_bytes()).crc
}

#[cfg(test)]
mod tests {
    use super::super::{MemoryStore, OpKey, State};
    use super::*;
    use crate::node::NodeName;
    use crate::step::Place;

    fn key() -> OpKey {
        OpKey {
            step: "vfstab-entry".into(),
            place: Place::Node(NodeName("Node1".into())),
            number: 1,
        }
    }

    fn intent() -> Record {
        Record::Intent {
            key: key(),
            node: NodeName("Node1".into()),
            op: serde_json::json!({ "op": "mkdir" }),
            digest: "x".into(),
            undo: Vec::new(),
            may_stay: None,
            when_stuck: None,
            kept_once: Vec::new(),
            irreversible: None,
            leaves: Vec::new(),
            at: "now".into(),
        }
    }

    fn written() -> MemoryStore {
        let store = MemoryStore::default();
        let mut journal = Journal::open(Box::new(store.clone()), String::new).unwrap();
        journal.begin("penguin", "cal").unwrap();
        journal.append(intent()).unwrap();
        journal.append(Record::Done { key: key(), at: "now".into() }).unwrap();
        store
    }

    fn open(bytes: Vec<u8>) -> Result<Journal, JournalError> {
        Journal::open(Box::new(MemoryStore::holding(bytes, Vec::new())), String::new)
    }

    #[test]
    fn a_journal_cut_anywhere_is_read_up_to_its_last_whole_line() {
        let bytes = written().contents().open;
        let ends: Vec<usize> =
            bytes.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at + 1).collect();
        for cut in 0..=bytes.len() {
            let journal =
                open(bytes[..cut].to_vec()).unwrap_or_else(|e| panic!("cut at {cut}: {e}"));
            let lines = ends.iter().filter(|&&end| end <= cut).count();
            let expected = [State::Never, State::Never, State::Intent, State::Done][lines];
            assert_eq!(journal.history().state(&key()), expected, "cut at {cut}");
        }
    }

    #[test]
    fn a_torn_line_is_dropped_before_the_next_is_added() {
        let bytes = written().contents().open;
        let store = MemoryStore::holding(bytes[..bytes.len() - 5].to_vec(), Vec::new());
        let mut journal = Journal::open(Box::new(store.clone()), String::new).unwrap();
        journal.append(Record::Done { key: key(), at: "later".into() }).unwrap();
        assert_eq!(open(store.contents().open).unwrap().history().state(&key()), State::Done);
    }

    #[test]
    fn every_changed_byte_and_every_missing_line_is_found() {
        let bytes = written().contents().open;
        for at in 0..bytes.len() - 1 {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(open(changed).is_err(), "byte {at}");
        }
        let lines: Vec<&[u8]> = bytes.split_inclusive(|&b| b == b'\n').collect();
        for gone in 0..lines.len() - 1 {
            let rest: Vec<u8> = lines
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != gone)
                .flat_map(|(_, l)| l.to_vec())
                .collect();
            assert!(open(rest).is_err(), "without line {}", gone + 1);
        }
    }

    #[test]
    fn a_newer_version_is_refused_by_its_number() {
        let json = r#"{"record":"header","version":9,"program":"calha 9","cluster":"a","#
            .to_owned()
            + r#""profile":"b","more":1}"#;
        let line = format!("{} {json}\n", chained(0, &json));
        assert!(matches!(
            open(line.into_bytes()),
            Err(JournalError::Newer { found: 9, known: VERSION })
        ));
    }

    #[test]
    fn what_cannot_follow_is_neither_written_nor_read() {
        let store = written();
        let mut journal = Journal::open(Box::new(store.clone()), String::new).unwrap();
        let before = store.contents();
        assert!(
            journal
                .append(Record::Stuck {
                    key: key(),
                    why: "x".into(),
                    next: "y".into(),
                    at: "now".into()
                })
                .is_err()
        );
        assert_eq!(store.contents(), before);
    }
    /// A store whose disk is full.
    struct Full(MemoryStore);

    impl Store for Full {
        fn load(&mut self) -> std::io::Result<Vec<u8>> {
            self.0.load()
        }

        fn append(&mut self, _line: &[u8]) -> std::io::Result<()> {
            Err(std::io::ErrorKind::StorageFull.into())
        }

        fn truncate(&mut self, len: u64) -> std::io::Result<()> {
            self.0.truncate(len)
        }

        fn archive(&mut self) -> std::io::Result<()> {
            self.0.archive()
        }
    }

    #[test]
    fn a_journal_knows_nothing_of_records_that_were_not_written() {
        let again = || [intent(), Record::Done { key: key(), at: "later".into() }];
        let impossible =
            Record::Stuck { key: key(), why: "x".into(), next: "y".into(), at: "now".into() };
        let mut other = intent();
        if let Record::Intent { key, .. } = &mut other {
            key.number = 2;
        }
        let closed = Record::Closed { at: "now".into() };

        let full = || Journal::open(Box::new(Full(written())), String::new).unwrap();
        let kept = || Journal::open(Box::new(written()), String::new).unwrap();
        let tries: [(Journal, Vec<Record>); 4] = [
            (full(), again().to_vec()),
            (full(), vec![other.clone(), intent()]),
            (kept(), vec![intent(), other, impossible]),
            (full(), vec![closed]),
        ];
        for (mut journal, records) in tries {
            let before = journal.history().clone();
            assert!(journal.append_all(records.clone()).is_err(), "{records:?}");
            assert_eq!(journal.history(), &before, "{records:?}");
        }
    }
}
