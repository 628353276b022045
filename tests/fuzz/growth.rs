//! Whether a law, and what it calls, takes time in proportion to its bytes. The measure is how much
//! longer eight times as much takes, so it is the same on a slow machine and without optimisation.

use std::time::{Duration, Instant};

use super::chance::{Chance, seconds};
use super::damage::seeds;
use super::laws::Target;

/// So much more of the same.
const MORE: usize = 8;
/// In proportion it is 8 times as long, by the square 64 times.
const LONGER: u32 = 24;
/// What takes less says nothing.
const LEAST: Duration = Duration::from_millis(4);
/// Longest text that is made: a profile may be as long.
const LONGEST: usize = 256 << 10;

/// Text that becomes long: a beginning, and what is repeated behind it.
struct Long<'t> {
    head: &'t [u8],
    unit: &'t [u8],
}

pub fn run(target: &Target) {
    let mut chance = Chance::new();
    let seeds = seeds(target);
    let pieces = target.pieces.iter().map(|piece| piece.as_bytes());
    let parts: Vec<&[u8]> = seeds.iter().map(Vec::as_slice).chain(pieces).collect();

    let last = seconds();
    let begun = Instant::now();
    let mut tried = 0;
    while begun.elapsed() < last || tried < 4 {
        let head: &[u8] = if chance.below(2) == 0 { b"" } else { chance.pick::<&[u8]>(&parts) };
        let (one, two) = (chance.pick::<&[u8]>(&parts), chance.pick::<&[u8]>(&parts));
        let both = [*one, *two].concat();
        let unit = if chance.below(2) == 0 { one } else { &both[..] };
        grows(target, &Long { head, unit });
        tried += 1;
    }
    println!("{}: {tried} long texts", target.name);
}

fn grows(target: &Target, long: &Long<'_>) {
    let mut size = 1 << 10;
    while size * MORE < LONGEST && taken(target, long, size) < LEAST {
        size *= 2;
    }
    // Something else may have had the processor's caches meanwhile.
    let times = (0..3).map(|_| (taken(target, long, size), taken(target, long, size * MORE)));
    let is_in_proportion = |(less, more): &(Duration, Duration)| *more < *less.max(&LEAST) * LONGER;
    let mut all = Vec::new();
    for pair in times {
        if is_in_proportion(&pair) {
            return;
        }
        all.push(pair);
    }
    panic!(
        "{}: {:?} and {size} bytes of {:?}, then {MORE} times as many, take {all:?}",
        target.name,
        String::from_utf8_lossy(long.head),
        String::from_utf8_lossy(long.unit)
    );
}

/// How long this thread has a processor for it: what else the machine has to do does not count.
fn taken(target: &Target, long: &Long<'_>, size: usize) -> Duration {
    let body = long.unit.repeat(size.div_ceil(long.unit.len().max(1)));
    let bytes = [long.head, &body].concat();
    let begun = processor_time();
    (target.law)(&bytes);
    processor_time() - begun
}

fn processor_time() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), now.tv_nsec.unsigned_abs() as u32)
}
