//! Names that the cluster, the file system of the journal or a key of the profile takes. Each is
//! limited to characters that need no quoting anywhere. Whether two names collide is a rule between
//! settings (`rule/names.rs`).

use crate::problem::codes;
use crate::setting::Fault;
use crate::setting::fault::shown;

/// A resource or resource group: a letter, then letters, digits, hyphens and underscores, at most
/// 255.
pub fn resource(text: &str) -> Result<(), Fault> {
    if text.contains('.') {
        let remedy = "a resource is not a host: give it a name of its own without dots \
                      (LOG-HOST-RS); the host goes into logical-host and logical-host-fqdn (E18)";
        return Err(Fault::new(
            codes::SETTING_NAME,
            format!("{} contains a dot, like the name of a host", shown(text)),
            remedy,
        ));
    }
    let legal = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if !legal || text.len() > 255 {
        let remedy = "begin with a letter and go on with letters, digits, hyphens and \
                      underscores, at most 255";
        return Err(Fault::new(
            codes::SETTING_NAME,
            format!("{} is not a name of a resource or resource group", shown(text)),
            remedy,
        ));
    }
    Ok(())
}

/// A resource type: this one, alone or with a colon and a version (rt_reg(4)).
pub fn resource_type(text: &str, base: &str) -> Result<(), Fault> {
    let forbidden = |c: char| c.is_whitespace() || c.is_control() || r"/\*?,;[]:".contains(c);
    let version = match text.strip_prefix(base) {
        Some("") => return Ok(()),
        Some(rest) => rest.strip_prefix(':'),
        None => None,
    };
    let legal =
        |version: &str| !version.is_empty() && version.len() <= 255 && !version.contains(forbidden);
    if version.is_some_and(legal) {
        return Ok(());
    }
    Err(Fault::new(
        codes::SETTING_NAME,
        format!("{} is not a version of {base}", shown(text)),
        format!("write {base}, or {base}:VERSION as scrgadm -p prints it"),
    ))
}

/// A name that becomes a directory under calha's state: no separators, nothing hidden.
pub fn plain(text: &str) -> Result<(), Fault> {
    word(text)?;
    if text.len() > 64 {
        return Err(Fault::new(
            codes::SETTING_NAME,
            format!("is {} characters long", text.len()),
            "shorten it to 64; it becomes the name of a directory",
        ));
    }
    Ok(())
}

/// One word.
pub fn word(text: &str) -> Result<(), Fault> {
    let legal = text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    if !legal || text.len() > 255 || text.contains("..") {
        let remedy = "begin with a letter or digit and go on with letters, digits, dots, hyphens \
                      and underscores";
        return Err(Fault::new(
            codes::SETTING_NAME,
            format!("{} is not a plain name", shown(text)),
            remedy,
        ));
    }
    Ok(())
}

/// The name of an instance: a part of keys and of directory names.
pub fn instance(text: &str) -> Result<(), Fault> {
    let legal = text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !legal || text.len() > 32 {
        let remedy = "begin with a small letter and go on with small letters, digits and hyphens, \
                      at most 32: [instance.cal]";
        return Err(Fault::new(
            codes::SETTING_NAME,
            format!("{} is not a name of an instance", shown(text)),
            remedy,
        ));
    }
    Ok(())
}
