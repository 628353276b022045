//! Adds the line of the profile and a caret to a problem that names a line. The caret is placed by
//! the text alone, so it works for rules that are found long after parsing.

use std::path::Path;

use crate::problem::{Problem, codes};
use crate::text::excerpt;

/// The same problem with its line of the profile and a caret, where it names a line and does not
/// show it yet.
///
/// The caret stands under the value, or under the key where the key is what is wrong.
pub fn shown(problem: &Problem, file: &Path, text: &str) -> Problem {
    let line = || {
        let place =
            problem.place.as_deref()?.strip_prefix(&*file.to_string_lossy())?.strip_prefix(':')?;
        let line: usize = place.parse().ok()?;
        let start: usize = text.split('\n').take(line.checked_sub(1)?).map(|l| l.len() + 1).sum();
        let rest = text.get(start..)?.split('\n').next()?;
        let indent = rest.len() - rest.trim_start().len();
        let value = rest
            .find('=')
            .map(|at| at + 1 + rest[at + 1..].len() - rest[at + 1..].trim_start().len());
        let of_key = problem.code == codes::SETTING_UNKNOWN;
        Some(start + if of_key { indent } else { value.unwrap_or(indent) })
    };

    match line() {
        Some(byte) if !problem.what.contains('\n') => Problem {
            what: format!("{}\n{}", problem.what, excerpt(text, byte..byte)),
            ..problem.clone()
        },
        _ => problem.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_what_is_wrong() {
        let text = "[cluster]\nname =  \"a b\"\n  nmae = 1\n";
        let file = Path::new("site.toml");
        let at = |code, place: &str| shown(&Problem::new(code, "x").at(place), file, text).what;
        assert_eq!(
            at(codes::SETTING_NAME, "site.toml:2"),
            "x\n    2 | name =  \"a b\"\n      |         ^"
        );
        assert_eq!(at(codes::SETTING_UNKNOWN, "site.toml:3"), "x\n    3 |   nmae = 1\n      |   ^");
        assert_eq!(at(codes::SETTING_NAME, "--set"), "x");
        assert_eq!(at(codes::SETTING_NAME, "site.toml:99"), "x");
        assert_eq!(at(codes::PROFILE_SYNTAX, "site.toml:2:3"), "x");
    }
}
