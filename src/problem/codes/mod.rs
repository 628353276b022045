//! Every code that the program prints, by what it is about: a constant for each, and what it means.
//! A code that nothing prints is a constant that nothing uses, which the compiler says.

/// The codes of one area. Each gets a constant, and its line of the table.
macro_rules! codes {
    ($($name:ident: $kind:ident(
        $code:literal, $effect:ident, $cause:literal, $remedy:literal $(,)?
    ),)*) => {
        $(
            #[doc = $cause]
            pub(crate) const $name: crate::problem::$kind = crate::problem::$kind($code);
        )*

        /// What each of them means.
        pub const ENTRIES: &[crate::problem::Entry] = &[$(crate::problem::Entry {
            code: $code,
            effect: crate::problem::Effect::$effect,
            cause: $cause,
            remedy: $remedy,
        }),*];
    };
}

mod connection;
mod files;
mod other;
mod preflight;
mod profile;
mod run;
mod service;
mod upgrade;
mod vendor;

use super::{Effect, Entry, StepCode};

pub(crate) use connection::*;
pub(crate) use files::*;
pub(crate) use other::*;
pub(crate) use preflight::*;
pub(crate) use profile::*;
pub(crate) use run::*;
pub(crate) use service::*;
pub(crate) use upgrade::*;
pub(crate) use vendor::*;

/// Every code, by what it is about, in the order of an installation.
pub const AREAS: [(&str, &[Entry]); 9] = [
    ("The profile and its settings", profile::ENTRIES),
    ("How hosts are reached", connection::ENTRIES),
    ("Before the first change", preflight::ENTRIES),
    ("Files", files::ENTRIES),
    ("The vendor's programs and what they leave", vendor::ENTRIES),
    ("The service", service::ENTRIES),
    ("The run", run::ENTRIES),
    ("Resources that get another version of their type", upgrade::ENTRIES),
    ("Rebuilding, importing, exporting, explaining", other::ENTRIES),
];

/// Every code.
pub fn codes() -> impl Iterator<Item = &'static Entry> {
    AREAS.iter().flat_map(|(_, codes)| codes.iter())
}

/// The entry of a code as it was printed: `drift.vfstab-entry` is `drift.STEP`.
pub fn known(code: &str) -> Option<&'static Entry> {
    // A code without a placeholder is meant before one with.
    codes().find(|c| c.code == code).or_else(|| codes().find(|c| StepCode(c.code).is(code)))
}

/// The step in a printed code that each step has for itself.
pub fn step_in(code: &str) -> Option<&str> {
    StepCode(known(code)?.code).step_in(code)
}

/// Whether `--accept CODE` can come to anything: not where a command is refused, and not where what
/// was done has failed.
pub fn can_be_accepted(code: &str) -> bool {
    known(code).is_none_or(|known| !matches!(known.effect, Effect::Refuses | Effect::Ends))
}

impl Entry {
    /// Whether the same command ends there again until somebody does what the hint of the problem
    /// says: it names what is to be typed instead. A password that is given is a thing put right,
    /// and the same command goes on.
    pub fn is_settled_by_its_hint(&self) -> bool {
        let secret = [SECRET_UNANSWERED, SECRET_UNREADABLE];
        let refuses = self.effect == Effect::Refuses && !secret.iter().any(|c| *self.code == *c);
        refuses || *self.code == JOURNAL_ELSEWHERE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_by_what_is_printed() {
        assert_eq!(known("drift.vfstab-entry").map(|c| c.code), Some("drift.STEP"));
        assert_eq!(known("ha-block.unreachable").map(|c| c.code), Some("ha-block.unreachable"));
        assert_eq!(known("backup-cs1.unreachable").map(|c| c.code), Some("STEP.unreachable"));
        assert_eq!(step_in("backup-cs1.unreachable"), Some("backup-cs1"));
        assert_eq!(step_in("ha-block.unreachable"), None);
        assert!(known("drift.").is_none() && known("nonsense").is_none());
    }

    #[test]
    fn each_code_stands_once_and_is_a_sentence_of_one_voice() {
        let mut seen = std::collections::BTreeSet::new();
        for c in codes() {
            assert!(seen.insert(c.code), "{} twice", c.code);
            for text in [c.cause, c.remedy] {
                assert!(
                    text.ends_with('.') && !text.contains("please") && !text.contains("Please"),
                    "{}: {text}",
                    c.code
                );
                assert!(text.is_ascii(), "{}: {text}", c.code);
            }
        }
    }
}
