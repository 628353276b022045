//! Descriptions and distinguished names. Free text is limited to printable ASCII that no shell and
//! no table takes for syntax, even where something forgets to quote it. What a directory makes of a
//! name is not asked.

use crate::problem::codes;
use crate::setting::Fault;
use crate::setting::fault::shown;

/// Longest text taken, in bytes: well below what a property of a resource or a line of a node's
/// shell carries.
const LONGEST: usize = 255;

/// Text of `R_description`: `scrgadm` reads a comma as the end of the value.
pub fn description(text: &str) -> Result<(), Fault> {
    free(text)?;
    if text.contains(',') {
        return Err(Fault::new(
            codes::SETTING_TEXT,
            format!("contains a comma: {}", shown(text)),
            "scrgadm cannot carry a comma in a description; leave it out",
        ));
    }
    Ok(())
}

/// `o=usergroup`, `cn=Directory Manager`.
pub fn distinguished_name(text: &str) -> Result<(), Fault> {
    free(text)?;
    let malformed = text.split(',').any(|part| {
        part.split_once('=')
            .is_none_or(|(name, value)| !is_attribute(name.trim()) || value.trim().is_empty())
    });
    if malformed {
        let remedy = "write attribute=value parts separated by commas, for example o=usergroup";
        return Err(Fault::new(
            codes::SETTING_TEXT,
            format!("{} is not a distinguished name", shown(text)),
            remedy,
        ));
    }
    Ok(())
}

fn is_attribute(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// What holds for every free text: printable ASCII that no shell and no table takes for syntax,
/// even where it is not quoted.
fn free(text: &str) -> Result<(), Fault> {
    let remedy = "use letters, digits, blanks and simple punctuation";
    if text.trim().is_empty() {
        return Err(Fault::new(
            codes::SETTING_TEXT,
            "is empty",
            "give it a value, or leave the line out for the default",
        ));
    }

    if text.trim() != text {
        return Err(Fault::new(
            codes::SETTING_TEXT,
            format!("begins or ends with white space: {}", shown(text)),
            "remove the white space",
        ));
    }

    if text.len() > LONGEST {
        return Err(Fault::new(
            codes::SETTING_TEXT,
            format!("is {} bytes long", text.len()),
            format!("shorten it to {LONGEST} bytes"),
        ));
    }

    if text.starts_with('-') {
        return Err(Fault::new(
            codes::SETTING_TEXT,
            format!("begins with a hyphen: {}", shown(text)),
            "a program would take it for an option",
        ));
    }

    match text.chars().find(|&c| !(c.is_ascii_graphic() || c == ' ') || "'\"\\`$;|&<>".contains(c))
    {
        Some(bad) => Err(Fault::new(
            codes::SETTING_TEXT,
            format!("contains {bad:?}: {}", shown(text)),
            remedy,
        )),
        None => Ok(()),
    }
}
