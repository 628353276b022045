//! Slips of a finger, a disk, a line or a converter.

use std::path::Path;

use super::chance::Chance;
use super::laws::Target;

/// Longest text that is tried: what only longer ones show, `growth` finds.
const LONGEST: usize = 20_000;

/// The seeds of a kind of text.
pub fn seeds(target: &Target) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for path in target.seeds.iter().map(|seed| root.join(seed)) {
        if path.is_dir() {
            files.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files.iter().map(|file| std::fs::read(file).unwrap()).collect()
}

/// A seed, or what pieces make, damaged a few times.
pub fn damaged(target: &Target, seeds: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = Vec::new();
    if chance.below(4) > 0 {
        bytes.clone_from(chance.pick(seeds));
    } else {
        for _ in 0..chance.below(40) {
            bytes.extend(chance.pick(target.pieces).bytes());
        }
    }
    for _ in 0..chance.below(8) {
        damage(&mut bytes, target, seeds, chance);
    }
    bytes.truncate(LONGEST);
    bytes
}

fn damage(bytes: &mut Vec<u8>, target: &Target, seeds: &[Vec<u8>], chance: &mut Chance) {
    let at = chance.below(bytes.len() + 1);
    let length = chance.below(40).min(bytes.len() - at);
    match chance.below(9) {
        0 => drop(bytes.drain(at..at + length)),
        1 => drop(bytes.splice(at..at, bytes[at..at + length].to_vec())),
        2 | 3 => drop(bytes.splice(at..at, chance.pick(target.pieces).bytes())),
        4 if at < bytes.len() => bytes[at] = chance.next().to_le_bytes()[0],
        5 => bytes.truncate(at),
        6 => drop(bytes.drain(line(bytes, at))),
        7 => {
            let twice = bytes[line(bytes, at)].to_vec();
            let to = line(bytes, chance.below(bytes.len() + 1)).start;
            drop(bytes.splice(to..to, twice));
        }
        _ => {
            let other = chance.pick(seeds);
            let from = line(other, chance.below(other.len() + 1));
            let to = line(bytes, at).start;
            drop(bytes.splice(to..to, other[from].to_vec()));
        }
    }
}

/// The line around a place, with its newline.
fn line(bytes: &[u8], at: usize) -> std::ops::Range<usize> {
    let start = bytes[..at].iter().rposition(|b| *b == b'\n').map_or(0, |end| end + 1);
    let end = bytes[at..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |end| at + end + 1);
    start..end
}
