//! Installations that something breaks at random moments, the same for the same seed.

use std::ops::Range;
use std::time::{Duration, Instant};

use calha::lab::Digest;

use crate::{Far, same, thorough, visible};

pub struct Trials {
    pub numbers: Range<u64>,
    pub seed: u64,
    took: Duration,
    wanted: Digest,
}

/// One of them: on which node something breaks, and when.
pub struct Trial {
    pub node: &'static str,
    pub moment: Duration,
    resumes: bool,
}

/// What a tester has asked for, or the default.
fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|s| s.parse().ok()).unwrap_or(default)
}

impl Trials {
    /// As many as the variable says, measured on an installation that nothing breaks.
    pub fn begin(variable: &str) -> Self {
        let numbers =
            number("CALHA_FIRST", 0)..number(variable, if thorough::thorough() { 4 } else { 2 });
        let seed = number("CALHA_SEED", 6_560_681);
        println!("{numbers:?}, seed {seed}; others with CALHA_FIRST, {variable} and CALHA_SEED");
        let undisturbed = Far::new();
        let begun = Instant::now();
        let said = undisturbed.site.run("install", &["--yes"]);
        assert_eq!(said.status, 0, "{}{}", said.out, said.err);
        Self { numbers, seed, took: begun.elapsed(), wanted: visible(&undisturbed.site) }
    }

    pub fn one(&self, number: u64) -> Trial {
        let random = self
            .seed
            .wrapping_add(number)
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let random = random ^ random >> 29;
        Trial {
            node: if random & 1024 == 0 { "Node1" } else { "Node2" },
            moment: self.took.mul_f64((random % 1000) as f64 / 1000.0),
            resumes: random & 2048 == 0,
        }
    }

    /// Goes on, or goes back and begins anew, and ends as the undisturbed one. `settle` is for what is not calha's affair.
    pub fn end(
        &self,
        trial: &Trial,
        far: &Far,
        finished: bool,
        label: &str,
        settle: impl FnOnce(&Far),
    ) {
        if trial.resumes || finished {
            let resumed = far.site.run("resume", &["--yes"]);
            assert_eq!(resumed.status, 0, "{label}: {}{}", resumed.out, resumed.err);
            settle(far);
            same(&visible(&far.site), &self.wanted, label);
        } else {
            let back = far.site.run("rollback", &["--yes"]);
            assert_eq!(back.status, 0, "{label}: {}{}", back.out, back.err);
            let again = far.site.run("install", &["--yes", "--accept", "calendar.configured"]);
            assert_eq!(again.status, 0, "{label}: {}{}", again.out, again.err);
            same(&visible(&far.site), &self.wanted, &format!("{label}, undone and done again"));
        }
    }
}
