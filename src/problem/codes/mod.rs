//! Every code that the program prints, by what it is about.

mod connection;
mod files;
mod other;
mod preflight;
mod profile;
mod run;
mod service;
mod vendor;

use super::{Code, Effect};

/// Every code, by what it is about, in the order of an installation.
pub const AREAS: [(&str, &[Code]); 8] = [
    ("The profile and its settings", profile::CODES),
    ("How hosts are reached", connection::CODES),
    ("Before the first change", preflight::CODES),
    ("Files", files::CODES),
    ("The vendor's programs and what they leave", vendor::CODES),
    ("The service", service::CODES),
    ("The run", run::CODES),
    ("Rebuilding, importing, exporting, explaining", other::CODES),
];

/// Every code.
pub fn codes() -> impl Iterator<Item = &'static Code> {
    AREAS.iter().flat_map(|(_, codes)| codes.iter())
}

/// The entry of a code as it was printed: `drift.vfstab-entry` is `drift.STEP`.
pub fn known(code: &str) -> Option<&'static Code> {
    let fits = |pattern: &str| match pattern.split_once("STEP") {
        None => pattern == code,
        Some((before, after)) => {
            code.len() > before.len() + after.len()
                && code.starts_with(before)
                && code.ends_with(after)
        }
    };
    // A code without a placeholder is meant before one with.
    codes().find(|c| c.code == code).or_else(|| codes().find(|c| fits(c.code)))
}

const fn code(
    code: &'static str,
    effect: Effect,
    cause: &'static str,
    remedy: &'static str,
) -> Code {
    Code { code, effect, cause, remedy }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_by_what_is_printed() {
        assert_eq!(known("drift.vfstab-entry").map(|c| c.code), Some("drift.STEP"));
        assert_eq!(known("ha-block.unreachable").map(|c| c.code), Some("ha-block.unreachable"));
        assert_eq!(known("backup-cs1.unreachable").map(|c| c.code), Some("STEP.unreachable"));
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
