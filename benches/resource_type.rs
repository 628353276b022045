//! How fast registration files are read: 10 MB of them beside reading the file's bytes from disk,
//! and what it takes to look for mistakes in 1 MB.
//!
//! Run with `cargo bench --bench resource_type`. Reading 10 MB takes half a second at most, which
//! is looked at.

use std::time::{Duration, Instant};

use calha::resource_type::{RegistrationFile, lint};

/// The shortest of five runs: what else the machine does only makes it longer.
fn shortest(mut work: impl FnMut()) -> Duration {
    let run = |_| {
        let begun = Instant::now();
        work();
        begun.elapsed()
    };
    (0..5).map(run).min().unwrap_or_default()
}

fn told(what: &str, bytes: usize, time: Duration) {
    let speed = bytes as f64 / 1e6 / time.as_secs_f64();
    println!("{what:<28} {:>8.1} ms {speed:>9.0} MB/s", time.as_secs_f64() * 1e3);
}

/// A file whose second part is repeated until it is so long. Names are made different, as in a
/// file that somebody wrote.
fn file(text: &str, least: usize) -> Vec<u8> {
    let (head, entries) = text.split_once('{').expect("it has entries");
    let mut whole = head.to_owned();
    let mut number = 0;
    while whole.len() < least {
        let entry = format!("{{{entries}\n");
        whole.push_str(&entry.replace("PROPERTY = ", &format!("PROPERTY = P{number}_")));
        number += 1;
    }
    whole.into_bytes()
}

fn main() {
    let text = include_str!("../tests/resource_type/files/builder.rt");
    let bytes = file(text, 10_000_000);
    let directory = tempfile::tempdir().expect("a place for the file");
    let path = directory.path().join("large.rt");
    std::fs::write(&path, &bytes).expect("it can be written");

    let disk = shortest(|| drop(std::fs::read(&path)));
    told("reading the bytes", bytes.len(), disk);

    let parse = shortest(|| drop(RegistrationFile::parse(&bytes)));
    told("reading the declarations", bytes.len(), parse);

    let read = RegistrationFile::parse(&bytes);
    assert_eq!(read.render(), bytes);
    assert!(read.faults.is_empty(), "{:?}", read.faults.first());
    told("writing them again", bytes.len(), shortest(|| drop(read.render())));

    let small = file(text, 1_000_000);
    let lints = shortest(|| drop(lint(&RegistrationFile::parse(&small), None, None)));
    told("rt lint", small.len(), lints);

    assert!(parse < Duration::from_millis(500), "10 MB took {parse:?}");
}
