//! The seeds of a kind of text as they are, then damaged.

use std::path::PathBuf;
use std::time::Instant;

use super::chance::{Chance, seconds};
use super::damage::{damaged, seeds};
use super::laws::Target;

pub fn run(target: &Target) {
    let seeds = seeds(target);
    assert!(!seeds.is_empty(), "no seed for {}", target.name);
    for seed in &seeds {
        hold(target, seed);
    }

    let last = seconds();
    let mut chance = Chance::new();
    let begun = Instant::now();
    let mut tried = 0;
    while begun.elapsed() < last || tried < 20 {
        hold(target, &damaged(target, &seeds, &mut chance));
        tried += 1;
    }
    println!("{}: {tried} texts", target.name);
}

fn hold(target: &Target, bytes: &[u8]) {
    let shown = Shown { target, bytes };
    (target.law)(bytes);
    drop(shown);
}

/// Keeps the text that broke a law.
struct Shown<'a> {
    target: &'a Target,
    bytes: &'a [u8],
}

impl Drop for Shown<'_> {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            return;
        }
        let file =
            PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{}.fuzz", self.target.name));
        let kept = std::fs::write(&file, self.bytes);
        println!("the text: {} ({kept:?})", file.display());
        println!("{:?}", String::from_utf8_lossy(&self.bytes[..self.bytes.len().min(2000)]));
    }
}
