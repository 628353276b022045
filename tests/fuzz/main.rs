//! What comes from outside, damaged by chance: one law for each kind of text (`fuzz/src`), here
//! without libFuzzer.

mod chance;
mod damage;
mod growth;
#[path = "../../fuzz/src/lib.rs"]
mod laws;
#[path = "../support/thorough.rs"]
mod thorough;
mod trials;

/// A test for each kind: its seeds, what chance makes of them, and that its time grows with its
/// size.
macro_rules! kinds {
    ($($kind:ident)*) => { $(
        mod $kind {
            use super::{growth, laws::$kind::TARGET, trials};

            #[test]
            fn holds_of_seeds_that_chance_has_damaged() {
                trials::run(&TARGET);
            }

            #[test]
            fn takes_time_in_proportion_to_its_size() {
                growth::run(&TARGET);
            }
        }
    )* };
}

kinds! {
    agent_log cluster configurator frame ics_conf journal profile registration result syslog_conf
    vfstab
}
