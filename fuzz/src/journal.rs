//! A journal: what is opened is whole but for a torn last line, can be gone on with, is written as
//! it was read, and shows every change.

use calha::journal::{History, Journal, JournalError, MemoryStore, Record};
use calha::node::Sum;

use super::Target;

pub const TARGET: Target = Target {
    name: "journal",
    law: check,
    seeds: &["fuzz/seeds/journal"],
    pieces: &[
        "{\"record\":\"closed\",\"at\":\"now\"}\n",
        "{\"record\":\"done\",\"key\":{\"step\":\"record\",\"place\":{\"node\":\"Node1\"},\
         \"number\":1},\"at\":\"now\"}\n",
        "\"version\":1",
        "\"version\":2",
        "\"version\":-1",
        "\"node\":",
        "null",
        "[]",
        "{}",
        "\"",
        ",",
        "0",
        "1e400",
        "\\u0000",
        "\n",
        "\r\n",
        " ",
    ],
};

/// The bytes as they are, and with sums that fit: by chance alone none ever would.
pub fn check(bytes: &[u8]) {
    opened(bytes);
    opened(&summed(bytes));
}

fn opened(bytes: &[u8]) {
    let store = MemoryStore::holding(bytes.to_vec(), Vec::new());
    let Ok(mut journal) = open(&store) else { return };
    let history = journal.history().clone();
    let kept = store.contents().open;
    let torn = bytes.strip_prefix(&kept[..]).expect("only the end may go");
    assert!(!torn.contains(&b'\n'), "more is dropped than a torn line");

    assert_eq!(open(&store).map(|again| again.history().clone()).ok(), Some(history.clone()));
    assert_eq!(read(&rewritten(&kept)).ok(), Some(history.clone()), "it is written otherwise");
    changed(&kept, &history);

    if !history.closed && !history.is_empty() {
        let record = Record::Closed { at: "now".into() };
        journal.append(record).expect("an open journal can be closed");
        assert_eq!(read(&store.contents().open).ok(), Some(journal.history().clone()));
    }
}

/// A byte that is another one is found, or makes a torn line of the last.
fn changed(bytes: &[u8], history: &History) {
    if bytes.is_empty() {
        return;
    }
    let mut other = bytes.to_vec();
    let at = Sum::of(bytes).crc as usize % bytes.len();
    other[at] ^= 1;
    if let Ok(now) = read(&other) {
        let is_end = at == bytes.len() - 1;
        assert!(is_end && now != *history, "byte {at} of {} is another", bytes.len());
    }
}

/// Each line with the sum that it should have.
fn summed(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let json = |line: &str| line.find('{').map_or(line, |at| &line[at..]).to_owned();
    chained(text.split_inclusive('\n').map(json))
}

/// Each record as it is written now.
fn rewritten(bytes: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(bytes).expect("a journal is text");
    chained(text.lines().map(|line| {
        let json = line.split_once(' ').expect("a sum and a record").1;
        let value: serde_json::Value = serde_json::from_str(json).expect("it was read");
        let record: Record = serde_json::from_value(value).expect("it was read");
        serde_json::to_string(&record).expect("a record can be written") + "\n"
    }))
}

fn chained(lines: impl Iterator<Item = String>) -> Vec<u8> {
    let (mut all, mut sum) = (Vec::new(), 0);
    for line in lines {
        sum = Sum::of(format!("{sum} {}", line.trim_end_matches('\n')).as_bytes()).crc;
        all.extend(format!("{sum} {line}").into_bytes());
    }
    all
}

fn open(store: &MemoryStore) -> Result<Journal, JournalError> {
    Journal::open(Box::new(store.clone()), String::new)
}

fn read(bytes: &[u8]) -> Result<History, JournalError> {
    open(&MemoryStore::holding(bytes.to_vec(), Vec::new())).map(|j| j.history().clone())
}
