//! One entry of the registry. Prompt, TOML key, schema, example and reference are made from these
//! fields; what a setting means is a field of `Settings`. How its placeholder is filled is decided
//! here alone.

use crate::setting::{Fallback, Group, Kind, Need};

/// One entry of the registry: everything there is to know about a setting before anybody answers
/// it.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Dotted, as in TOML; `<node>` and `<instance>` stand for a name that the administrator
    /// chooses.
    pub key: &'static str,
    pub kind: Kind,
    /// The question on a terminal, without its mark.
    pub prompt: &'static str,
    /// One line: what it is.
    pub help: &'static str,
    /// What it is for, what the guide says, which erratum matters.
    pub long: &'static str,
    pub group: Group,
    /// Table, section or erratum that asks for it.
    pub source: &'static str,
    pub fallback: Fallback,
    pub need: Need,
}

impl Setting {
    /// The key with `part` in the place of its placeholder.
    pub fn key_for(&self, part: &str) -> String {
        fill(self.key, part)
    }

    /// The segments of the key.
    pub fn segments(&self) -> impl Iterator<Item = &'static str> {
        self.key.split('.')
    }

    /// `<node>` or `<instance>`, for a setting that exists once for each.
    pub fn placeholder(&self) -> Option<&'static str> {
        self.segments().find(|segment| is_placeholder(segment))
    }

    /// The last segment: the name of the setting in its table.
    pub fn name(&self) -> &'static str {
        self.key.rsplit('.').next().unwrap_or(self.key)
    }
}

/// Whether a segment of a key stands for a name that the administrator chooses.
pub(in crate::setting) fn is_placeholder(segment: &str) -> bool {
    segment.starts_with('<')
}

/// `pattern` with `part` in the place of its placeholder.
pub(in crate::setting) fn fill(pattern: &str, part: &str) -> String {
    let filled: Vec<&str> = pattern
        .split('.')
        .map(|segment| if is_placeholder(segment) { part } else { segment })
        .collect();
    filled.join(".")
}
