//! What is wrong with a table of file systems, vfstab(4), for an entry that stands in it or is to
//! be appended. It has one definition with two readings: this one, and `calha_flaw_lines` in the
//! prelude, which a printed script asks. What an administrator is told of each is `document`'s.

use serde::{Deserialize, Serialize};

use super::same_path;

/// One kind of what makes the entry wrong, or an edit of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flaw {
    /// There is no such file, or nobody can read it.
    Unreadable,
    /// It has other names, which an edit would leave as they are.
    HardLink,
    /// A line has a NUL byte, or is longer than [`Flaw::LONGEST_LINE`]. What else is wrong with
    /// such a table nobody on the node could say.
    NotText,
    /// An active line ends in a carriage return.
    CarriageReturn,
    /// Another line has the mount point.
    OtherEntry,
    /// Another line has one of the devices.
    DeviceInUse,
    /// A line has the one device of ours and not the other (E43).
    RawDevice,
    /// A line about the mount point or a device has not seven fields.
    Fields,
    /// The entry stands more than once.
    Duplicate,
}

impl Flaw {
    pub const ALL: [Self; 9] = [
        Self::Unreadable,
        Self::HardLink,
        Self::NotText,
        Self::CarriageReturn,
        Self::OtherEntry,
        Self::DeviceInUse,
        Self::RawDevice,
        Self::Fields,
        Self::Duplicate,
    ];

    /// Longest line, in bytes without its newline, that every sed(1) and fgrep(1) of Solaris 8
    /// copies whole.
    pub const LONGEST_LINE: usize = 2048;

    /// As the prelude calls it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::HardLink => "hard-link",
            Self::NotText => "not-text",
            Self::CarriageReturn => "carriage-return",
            Self::OtherEntry => "other-entry",
            Self::DeviceInUse => "device-in-use",
            Self::RawDevice => "raw-device",
            Self::Fields => "fields",
            Self::Duplicate => "duplicate",
        }
    }

    /// Those that the bytes of a table have for an entry, each with its line from 1, in the order
    /// of the lines. Of what is not text nothing else is said.
    pub fn in_table(bytes: &[u8], entry: &str) -> Vec<(usize, Self)> {
        let lines = || (1..).zip(bytes.split(|&b| b == b'\n'));
        let odd: Vec<(usize, Self)> = lines()
            .filter(|(_, line)| !is_text(line))
            .map(|(number, _)| (number, Self::NotText))
            .collect();
        if !odd.is_empty() {
            return odd;
        }

        let (mut found, mut same) = (Vec::new(), 0);
        let ours = fields(entry.as_bytes());
        for (number, line) in lines() {
            let text = line.strip_suffix(b"\r").unwrap_or(line);
            let Some(line_fields) = active_fields(text) else { continue };
            if text.len() < line.len() {
                found.push((number, Self::CarriageReturn));
            }
            if line_fields != ours {
                found.extend(of_line(&line_fields, &ours).into_iter().map(|flaw| (number, flaw)));
                continue;
            }
            same += 1;
            if same > 1 {
                found.push((number, Self::Duplicate));
            }
        }
        found
    }
}

/// Whether every text tool of a node copies the line as it is.
pub fn is_text(line: &[u8]) -> bool {
    line.len() <= Flaw::LONGEST_LINE && !line.contains(&0)
}

/// The fields of a line without its carriage return; none of a comment or of an empty line.
pub fn active_fields(text: &[u8]) -> Option<Vec<&[u8]>> {
    let fields = fields(text);
    let first = fields.first()?;
    (!first.starts_with(b"#")).then_some(fields)
}

fn fields(text: &[u8]) -> Vec<&[u8]> {
    text.split(|b| matches!(b, b' ' | b'\t')).filter(|field| !field.is_empty()).collect()
}

/// What is wrong with an active line that is not ours.
fn of_line(line: &[&[u8]], ours: &[&[u8]]) -> Vec<Flaw> {
    let [block, raw, point, ..] = *ours else { return Vec::new() };
    let is = |field: &[u8], device: &[u8]| field != b"-" && same_path(field, device);
    let is_device = |field: &[u8]| is(field, block) || is(field, raw);

    let [at_block, at_raw, at_point, _, _, _, _] = *line else {
        let about = line.iter().any(|field| is_device(field) || same_path(field, point));
        return about.then_some(Flaw::Fields).into_iter().collect();
    };

    let mut found = Vec::new();
    if same_path(at_point, point) {
        found.push(Flaw::OtherEntry);
    } else if is_device(at_block) || is_device(at_raw) {
        found.push(Flaw::DeviceInUse);
    }
    let is_mixed = is(at_block, block) != is(at_raw, raw);
    if is_mixed && at_block != b"-" && at_raw != b"-" {
        found.push(Flaw::RawDevice);
    }
    found
}
