//! What is said of a document: problems and notices, as codes with their places.

use calha::document::{HaBlock, IcsConf, Vfstab};
use calha::problem::Problem;

use super::wanted::{block, wanted};

/// Codes with their places, as `file:line code`.
pub fn codes(problems: &[Problem]) -> Vec<String> {
    problems
        .iter()
        .map(|problem| format!("{} {}", problem.place.as_deref().unwrap_or("-"), problem.code))
        .collect()
}

pub fn vfstab_problems(bytes: &[u8]) -> Vec<Problem> {
    Vfstab::parse(bytes).problems_for(&wanted(), "vfstab")
}

pub fn vfstab_notices(bytes: &[u8]) -> Vec<Problem> {
    Vfstab::parse(bytes).notices_for(&[wanted()], "vfstab")
}

pub fn ics_problems(bytes: &[u8]) -> Vec<Problem> {
    let HaBlock { begin, end, text } = block();
    IcsConf::parse(bytes).problems_for_block(&begin, &end, &text, "ics.conf")
}

pub fn ics_notices(bytes: &[u8]) -> Vec<Problem> {
    let HaBlock { begin, end, text } = block();
    IcsConf::parse(bytes).notices_for_block(
        &begin,
        &end,
        &text,
        &["Node1", "192.0.2.1"],
        "ics.conf",
    )
}

/// Every problem must help: a place, a remedy and a source.
pub fn assert_helps(problems: &[Problem]) {
    for problem in problems {
        assert!(
            problem.place.is_some() && problem.remedy.is_some() && problem.section.is_some(),
            "{problem:?}"
        );
        assert!(
            !problem.to_string().chars().any(|c| c.is_control() && c != '\n' && c != '\t'),
            "{problem:?}"
        );
    }
}
