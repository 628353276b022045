//! Chance that can be had again, and how long it is tried. The seed is printed; FUZZ_SEED takes
//! another.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::thorough::thorough;

/// Marsaglia's xorshift: enough to damage texts with, and the same on every machine.
pub struct Chance(u64);

impl Chance {
    /// With the seed of FUZZ_SEED, or of the clock.
    pub fn new() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |t| t.as_nanos() as u64);
        let seed = number("FUZZ_SEED").unwrap_or(now).max(1);
        println!("FUZZ_SEED={seed}");
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Less than the limit.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % (limit.max(1) as u64)).unwrap_or(0)
    }

    pub fn pick<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }
}

/// A fifth of a second, a whole one where everything is to be tried, or as FUZZ_SECONDS says.
pub fn seconds() -> Duration {
    let sample = if thorough() { Duration::from_secs(1) } else { Duration::from_millis(200) };
    number("FUZZ_SECONDS").map_or(sample, Duration::from_secs)
}

/// A number of the environment.
fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}
