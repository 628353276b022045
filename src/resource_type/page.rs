//! The rules as a page, and one rule for people.

use super::{RULES, Rule};
use crate::text::wrapped;

/// Every rule, in Markdown.
pub fn page() -> String {
    let mut out = String::from(
        "\n## Registration (RTR) files\n\n\
         Rules of `calha rt lint`. Only what a manual backs is an error.\n\n\
         | code | weight | holds for | cause | remedy | source |\n\
         | --- | --- | --- | --- | --- | --- |\n",
    );
    for rule in RULES {
        let fix = if rule.fix.is_some() { " `--fix` does that." } else { "" };
        let cells = [
            format!("`{}`", rule.code),
            rule.severity.to_string(),
            holds_for(rule),
            rule.what.replace('|', "\\|"),
            format!("{}{fix}", rule.remedy.replace('|', "\\|")),
            rule.source.to_owned(),
        ];
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    out
}

fn holds_for(rule: &Rule) -> String {
    match (rule.since, rule.until) {
        (None, None) => "every release".into(),
        (Some(since), None) => format!("{since} and later"),
        (None, Some(until)) => format!("up to {until}"),
        (Some(since), Some(until)) => format!("{since} to {until}"),
    }
}

/// One rule for people.
pub fn entry(rule: &Rule, width: usize) -> String {
    let mut out = format!("{}: {} of registration (RTR) files\n", rule.code, rule.severity);
    wrapped(&mut out, "Cause:     ", rule.what, width);
    wrapped(&mut out, "Remedy:    ", rule.remedy, width);
    if let Some(fix) = rule.fix {
        wrapped(&mut out, "--fix:     ", fix, width);
    }
    wrapped(&mut out, "Holds for: ", &holds_for(rule), width);
    wrapped(&mut out, "Source:    ", rule.source, width);
    out
}
