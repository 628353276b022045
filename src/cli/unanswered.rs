//! What a new profile, or a new instance in one, lacks where there is nobody to ask.

use std::process::ExitCode;

use super::{complain, refuse};
use crate::exit;
use crate::problem::{Problem, codes};
use crate::setting::lookup;

/// Says what has no answer where nobody can be asked, and what is wrong besides.
pub fn unanswered(missing: &[String], problems: Vec<Problem>) -> ExitCode {
    let wrong: Vec<Problem> =
        problems.into_iter().filter(|p| p.code != codes::SETTING_MISSING).collect();
    if missing.is_empty() {
        return refuse(&wrong);
    }

    for key in missing {
        let help = lookup(key).map_or("", |found| found.setting.help);
        complain(&format!(
            "{key} has no answer, and there is no terminal to ask on\n  {help}\n  \
             hint: --set {key}=..."
        ));
    }
    wrong.iter().for_each(|p| complain(&p.to_string()));
    ExitCode::from(exit::UNANSWERED)
}
