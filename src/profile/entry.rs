//! A setting in words, as `calha explain` prints it: what a profile says above it, and at length.

use super::comment::provision;
use crate::setting::{Found, Kind};
use crate::text::wrapped;

/// What there is to know of a setting, wrapped at `width` columns.
pub fn entry(found: &Found<'_>, width: usize) -> String {
    let setting = found.setting;
    let mut out = format!("{}: {}\n", setting.key_for(found.part.unwrap_or("")), setting.help);
    let mut paragraph =
        |label: &str, text: &str| wrapped(&mut out, &format!("{label:<11}"), text, width);

    paragraph("Guide:", setting.source);
    paragraph("Why:", setting.long);
    paragraph("Takes:", &setting.kind.describe());
    if let Kind::Choice(choices) = setting.kind {
        for choice in choices {
            paragraph("", &format!("\"{}\": {}", choice.value, choice.means));
        }
    }
    paragraph("Otherwise:", &format!("{}.", provision(setting)));
    out
}
