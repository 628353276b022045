//! Damaged files by chance: two seconds of them, or as many as FUZZ_SECONDS says. The seed is
//! printed; FUZZ_SEED tries the same again.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use calha::resource_type::{Diff, Earlier, RegistrationFile, Tunability, bump};

use super::laws::{PIECES, check};
use super::text;

const FILES: [&str; 4] = ["builder.rt", "hand.rt", "later.rt", "damaged.rt"];

/// Marsaglia's xorshift: enough to damage files with, and the same on every machine.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % (limit.max(1) as u64)).unwrap()
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// One slip of a finger, a disk or a converter.
fn damage(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let at = chance.below(bytes.len() + 1);
    let length = chance.below(40).min(bytes.len() - at);
    match chance.below(6) {
        0 => drop(bytes.drain(at..at + length)),
        1 => drop(bytes.splice(at..at, bytes[at..at + length].to_vec())),
        2 => drop(bytes.splice(at..at, PIECES[chance.below(PIECES.len())].iter().copied())),
        3 if at < bytes.len() => bytes[at] = chance.next().to_le_bytes()[0],
        4 => bytes.truncate(at),
        _ => {
            let other = text(FILES[chance.below(FILES.len())]).into_bytes();
            let from = chance.below(other.len());
            drop(bytes.splice(at..at, other[from..].iter().copied()));
        }
    }
}

#[test]
fn files_that_are_damaged_by_chance_are_read() {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64;
    let seed = number("FUZZ_SEED").unwrap_or(now).max(1);
    println!("FUZZ_SEED={seed}");
    let mut chance = Chance(seed);
    let last = Duration::from_secs(number("FUZZ_SECONDS").unwrap_or(2));

    let begun = Instant::now();
    let mut tried = 0;
    while begun.elapsed() < last || tried < 20 {
        let mut bytes = text(FILES[chance.below(FILES.len())]).into_bytes();
        for _ in 0..=chance.below(8) {
            damage(&mut bytes, &mut chance);
        }
        let one = Instant::now();
        check(&bytes);
        changed(&bytes);
        assert!(one.elapsed() < Duration::from_secs(20), "{:?}", String::from_utf8_lossy(&bytes));
        tried += 1;
    }
    println!("{tried} files");
}

/// What changes a file touches nothing but what it is about.
fn changed(bytes: &[u8]) {
    let file = RegistrationFile::parse(bytes);
    assert!(Diff::of(&file, &file).changes.is_empty(), "it differs from itself");
    let from = [Earlier { version: "1.2".into(), tunability: Tunability::Anytime }];
    let Ok(bumped) = bump(&file, "9.9", &from) else { return };
    let after = RegistrationFile::parse(&bumped.bytes);
    assert_eq!(after.render(), bumped.bytes);
    let diff = Diff::of(&file, &after);
    assert!(diff.changes.is_empty(), "{:?}", diff.changes);
    assert_eq!(diff.new_version, "9.9");
    assert_eq!(after.entries.len(), file.entries.len());
}
