//! What makes it wrong to append our entry to a vfstab as it stands.

use super::lines::{LONGEST, carriage_returns, listed, not_text};
use super::printable::{printable, spell};
use super::{Vfstab, VfstabEntry, VfstabLine, mask};
use crate::problem::Problem;

impl Vfstab {
    /// Why `wanted` must not be appended to this file, each with its line as `{place}:{line}`; none when its exact line stands once.
    ///
    /// Codes: `vfstab.other-entry` (the mount point has another entry), `vfstab.duplicate` (the line stands more than once),
    /// `vfstab.device-in-use` (a device of ours has another mount point), `vfstab.raw-device` (our device beside one of
    /// another volume, E43), `vfstab.too-long` (the line itself), `vfstab.fields` (a line about ours without exactly seven fields), `vfstab.crlf`, `file.not-text`.
    pub fn problems_for(&self, wanted: &VfstabEntry, place: &str) -> Vec<Problem> {
        let mut problems = not_text(&self.bytes, place);
        problems.extend(self.line_ends(place));
        let line = wanted.line();
        if line.len() > LONGEST {
            let what = format!(
                "the entry for {} would have {} bytes; the node's sed copies {LONGEST} exactly",
                wanted.mount_point,
                line.len()
            );
            let remedy = "choose a shorter mount point, or name the devices by shorter paths";
            problems.push(
                Problem::new("vfstab.too-long", what).at(place).hint(remedy).section("sed(1)"),
            );
        }
        let mut same = Vec::new();
        for entry in self.entries() {
            if entry.text == line.as_bytes() {
                same.push(entry.number);
            } else {
                let at = format!("{place}:{}", entry.number);
                problems.extend(
                    conflicts(&entry, wanted).into_iter().map(|problem| problem.at(at.as_str())),
                );
            }
        }
        if let [_, second, ..] = same[..] {
            let what = format!(
                "the entry for {} stands more than once: {}",
                wanted.mount_point,
                listed(&same)
            );
            let remedy = "leave one of these lines and remove the others";
            problems.push(
                Problem::new("vfstab.duplicate", what)
                    .at(format!("{place}:{second}"))
                    .hint(remedy)
                    .section("vfstab(4)"),
            );
        }
        Problem::sort(&mut problems);
        problems
    }

    fn line_ends(&self, place: &str) -> Option<Problem> {
        let (first, count) = carriage_returns(&self.bytes)?;
        let lines =
            if count == 1 { "one line ends".to_string() } else { format!("{count} lines end") };
        let what = format!(
            "{lines} in a carriage return, which mount(1M) takes for a part of the last field"
        );
        let remedy =
            "remove them, for example with dos2unix -ascii; keep owner and mode of the file";
        Some(
            Problem::new("vfstab.crlf", what)
                .at(format!("{place}:{first}"))
                .hint(remedy)
                .section("vfstab(4)"),
        )
    }
}

/// What is wrong with an active line that is not ours.
fn conflicts(entry: &VfstabLine<'_>, wanted: &VfstabEntry) -> Vec<Problem> {
    let [block, raw, point, ..] = entry.fields[..] else {
        return wrong_fields(entry, wanted).into_iter().collect();
    };
    if entry.field_count() != VfstabEntry::NAMES.len() {
        return wrong_fields(entry, wanted).into_iter().collect();
    }
    let mut problems = Vec::new();
    if same_directory(point, wanted.mount_point.as_bytes()) {
        problems.push(other_entry(entry, wanted));
    } else if let Some(device) = [block, raw].into_iter().find(|field| ours(field, wanted)) {
        let used = match point {
            b"-" => format!("is also used by a {} entry", printable(entry.fields[3])),
            _ => format!("also belongs to the entry for {}", printable(point)),
        };
        let what = format!("{} {used}", printable(device));
        let remedy = format!(
            "remove that entry if the volume is meant for {}, or name another volume",
            wanted.mount_point
        );
        problems.push(Problem::new("vfstab.device-in-use", what).hint(remedy).section("6.6.1"));
    }
    problems.extend(mixed_volumes(block, raw, wanted));
    problems
}

fn wrong_fields(entry: &VfstabLine<'_>, wanted: &VfstabEntry) -> Option<Problem> {
    let about = entry.fields.iter().find(|field| {
        ours(field, wanted) || same_directory(field, wanted.mount_point.as_bytes())
    })?;
    let count = entry.field_count();
    let what = format!(
        "the line about {} has {count} field{} instead of seven",
        printable(about),
        if count == 1 { "" } else { "s" }
    );
    let remedy = "complete the line ('-' stands for an empty field), or put '#' before it";
    Some(Problem::new("vfstab.fields", what).hint(remedy).section("vfstab(4)"))
}

fn other_entry(entry: &VfstabLine<'_>, wanted: &VfstabEntry) -> Problem {
    let differences: Vec<String> = VfstabEntry::NAMES
        .iter()
        .zip(&entry.fields)
        .zip(wanted.fields())
        .filter(|((_, found), wanted)| **found != wanted.as_bytes())
        .map(|((name, found), wanted)| format!("{name} '{}' instead of '{wanted}'", shown(found)))
        .collect();
    let point = &wanted.mount_point;
    let (what, remedy) = if differences.is_empty() {
        let remedy = "separate its fields by one TAB each, or remove it; calha takes only its own exact line for its own";
        (format!("the entry for {point} stands with other blanks between its fields"), remedy)
    } else {
        let remedy = "remove the entry if nothing needs it, or set instance.<name>.block-device, options and the like to what it says";
        (format!("another entry for {point}: {}", differences.join(", ")), remedy)
    };
    Problem::new("vfstab.other-entry", what).hint(remedy).section("6.6.1")
}

/// Options of a network file system can hold a password.
fn shown(field: &[u8]) -> String {
    spell(&mask(&String::from_utf8_lossy(field)))
}

/// fsck(1M) would check a volume while it is mounted as another's (E43).
fn mixed_volumes(block: &[u8], raw: &[u8], wanted: &VfstabEntry) -> Option<Problem> {
    let (our_block, our_raw) = (is(block, &wanted.block_device), is(raw, &wanted.raw_device));
    if our_block == our_raw || block == b"-" || raw == b"-" {
        return None;
    }
    let what = format!(
        "raw device {} belongs to another volume than block device {}",
        printable(raw),
        printable(block)
    );
    let remedy = if our_block {
        format!("write {} as its raw device", wanted.raw_device)
    } else {
        format!(
            "write the raw device of {} there; fsck would check {} for it",
            printable(block),
            wanted.raw_device
        )
    };
    Some(Problem::new("vfstab.raw-device", what).hint(remedy).section("E43"))
}

fn ours(field: &[u8], wanted: &VfstabEntry) -> bool {
    is(field, &wanted.block_device) || is(field, &wanted.raw_device)
}

/// `-` is no device, so two of them are not the same one.
fn is(field: &[u8], device: &str) -> bool {
    device != "-" && field == device.as_bytes()
}

/// `/cal/` and `//cal` are mounted over `/cal`, though the node's guard, which compares text, would miss them.
fn same_directory(a: &[u8], b: &[u8]) -> bool {
    let parts = |path| <[u8]>::split(path, |&c| c == b'/').filter(|part| !part.is_empty());
    a.starts_with(b"/") && b.starts_with(b"/") && parts(a).eq(parts(b))
}
