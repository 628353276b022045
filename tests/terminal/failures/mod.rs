//! Failures of practice: `calha status` names the cause and what to type next, and typing that, and
//! nothing else, leads to a healthy site or to a clean one. What no command does, hands do, once
//! `status` has said so.

mod begun;
mod changed;
mod far;
mod typed;

use crate::site::Site;

/// A failure.
struct Failure<'f> {
    name: &'f str,
    /// Brings it about.
    cause: &'f dyn Fn(&Site),
    /// What `status` says of its cause.
    says: &'f [&'f str],
    /// What hands do where `status` asks for it: a cable, a disk, another machine.
    hands: &'f dyn Fn(&Site),
}

const NOTHING: &dyn Fn(&Site) = &|_| {};

/// More commands than any of these failures needs.
const MANY: usize = 9;

impl Failure<'_> {
    /// Brings it about, and types what is printed until the site is healthy or clean.
    fn is_got_out_of(&self, site: &Site) {
        (self.cause)(site);
        let mut way = String::new();
        let mut hands = Some(self.hands);
        for turn in 0..MANY {
            let told = typed::status(site);
            way.push_str(&format!("\n==== status\n{}", told.written));
            let words = told.written.split_whitespace().collect::<Vec<_>>().join(" ");
            let missing = self.says.iter().find(|says| turn == 0 && !words.contains(**says));
            assert!(missing.is_none(), "{}: {missing:?} is not said:{way}", self.name);
            if told.is_healthy() || told.is_clean() {
                return;
            }

            assert!(!told.commands.is_empty(), "{}: nothing can be typed:{way}", self.name);
            if !told.first.is_empty()
                && let Some(hands) = hands.take()
            {
                hands(site);
            }
            for command in &told.commands {
                let said = typed::types(site, command);
                way.push_str(&format!("\n==== {command}\n{said}"));
            }
        }
        panic!("{}: what is printed does not lead out of it:{way}", self.name);
    }
}
