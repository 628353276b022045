//! What makes a vfstab wrong for our entry, before it is appended and as long as it stands. Not for
//! what is merely worth saying: that is a notice.

use super::lines::{carriage_returns, lines_end, listed, not_text, without};
use super::shown::{printable, shown};
use super::vfstab_entry::is_device;
use super::{Vfstab, VfstabEntry, VfstabLine};
use crate::op::{Likeness, same_path};
use crate::problem::{Problem, codes};

impl Vfstab {
    /// Why `wanted` must not be appended to this file, or does not work where it stands; each with
    /// its line as `{place}:{line}`. None when it stands once, whatever the blanks between its
    /// fields.
    ///
    /// Codes: `vfstab.other-entry` (the mount point has another entry), `vfstab.duplicate` (the
    /// line stands more than once), `vfstab.device-in-use` (a device of ours has another mount
    /// point), `vfstab.raw-device` (our device beside one of another volume, E43),
    /// `vfstab.too-long` (the line itself), `vfstab.fields` (a line about ours without exactly
    /// seven fields), `vfstab.crlf`, `file.not-text`.
    pub fn problems_for(&self, wanted: &VfstabEntry, place: &str) -> Vec<Problem> {
        let mut problems = not_text(&self.bytes, place);
        problems.extend(self.line_ends(place));
        let line = wanted.line();
        problems.extend(wanted.too_long().map(|problem| problem.at(place)));

        let mut same = Vec::new();
        for entry in self.entries() {
            if Likeness::of(entry.text, &line) == Likeness::Same {
                same.push(entry.number);
            } else {
                let at = format!("{place}:{}", entry.number);
                let own = [entry.number..=entry.number];
                let away = || without(&self.bytes, place, &own);
                let of_it = conflicts(&entry, wanted, &away).into_iter();
                problems.extend(of_it.map(|problem| problem.at(at.as_str())));
            }
        }

        if let [_, second, ..] = same[..] {
            let what = format!(
                "the entry for {} stands more than once: {}",
                wanted.mount_point,
                listed(&same)
            );
            let others: Vec<_> = same[1..].iter().map(|line| *line..=*line).collect();
            let remedy =
                format!("leave one of these lines, {}", without(&self.bytes, place, &others));
            problems.push(
                Problem::new(codes::VFSTAB_DUPLICATE, what)
                    .at(format!("{place}:{second}"))
                    .hint(remedy)
                    .section("vfstab(4)"),
            );
        }

        Problem::sort(&mut problems);
        problems
    }

    fn line_ends(&self, place: &str) -> Option<Problem> {
        let active = |line: &[u8]| VfstabLine::of(0, line).is_some();
        let (first, count) = carriage_returns(&self.bytes, active)?;
        let what = format!(
            "{} in a carriage return, which mount(1M) takes for a part of the last field",
            lines_end(count)
        );
        let remedy =
            "remove them, for example with dos2unix -ascii; keep owner and mode of the file";
        Some(
            Problem::new(codes::VFSTAB_CRLF, what)
                .at(format!("{place}:{first}"))
                .hint(remedy)
                .section("vfstab(4)"),
        )
    }
}

/// What is wrong with an active line that is not ours; `away` takes it out of the file.
fn conflicts(
    entry: &VfstabLine<'_>,
    wanted: &VfstabEntry,
    away: &dyn Fn() -> String,
) -> Vec<Problem> {
    let [block, raw, point, ..] = entry.fields[..] else {
        return wrong_fields(entry, wanted).into_iter().collect();
    };

    if entry.field_count() != VfstabEntry::NAMES.len() {
        return wrong_fields(entry, wanted).into_iter().collect();
    }

    let mut problems = Vec::new();
    if same_path(point, wanted.mount_point.as_bytes()) {
        problems.push(other_entry(entry, wanted, &away()));
    } else if let Some(device) = [block, raw].into_iter().find(|field| wanted.has_device(field)) {
        let used = match point {
            b"-" => format!("is also used by a {} entry", printable(entry.fields[3])),
            _ => format!("also belongs to the entry for {}", printable(point)),
        };
        let what = format!("{} {used}", printable(device));
        let remedy = format!(
            "remove that entry if the volume is meant for {}, or name another volume",
            wanted.mount_point
        );
        problems
            .push(Problem::new(codes::VFSTAB_DEVICE_IN_USE, what).hint(remedy).section("6.6.1"));
    }

    problems.extend(mixed_volumes(block, raw, wanted));
    problems
}

fn wrong_fields(entry: &VfstabLine<'_>, wanted: &VfstabEntry) -> Option<Problem> {
    let about = entry.about(wanted)?;
    let count = entry.field_count();
    let what = format!(
        "the line about {} has {count} field{} instead of seven",
        printable(about),
        if count == 1 { "" } else { "s" }
    );
    let remedy = "complete the line ('-' stands for an empty field), or put '#' before it";
    Some(Problem::new(codes::VFSTAB_FIELDS, what).hint(remedy).section("vfstab(4)"))
}

fn other_entry(entry: &VfstabLine<'_>, wanted: &VfstabEntry, away: &str) -> Problem {
    let differences: Vec<String> = VfstabEntry::NAMES
        .iter()
        .zip(&entry.fields)
        .zip(wanted.fields())
        .filter(|((_, found), wanted)| **found != wanted.as_bytes())
        // Options of a network file system can hold a password.
        .map(|((name, found), wanted)| format!("{name} '{}' instead of '{wanted}'", shown(found)))
        .collect();
    let what = format!("another entry for {}: {}", wanted.mount_point, differences.join(", "));
    let remedy = format!(
        "set instance.<name>.block-device, options and the like to what it says, or remove the \
         entry if nothing needs it, {away}"
    );
    Problem::new(codes::VFSTAB_OTHER_ENTRY, what).hint(remedy).section("6.6.1")
}

/// fsck(1M) would check a volume while it is mounted as another's (E43).
fn mixed_volumes(block: &[u8], raw: &[u8], wanted: &VfstabEntry) -> Option<Problem> {
    let (our_block, our_raw) =
        (is_device(block, &wanted.block_device), is_device(raw, &wanted.raw_device));
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
    Some(Problem::new(codes::VFSTAB_RAW_DEVICE, what).hint(remedy).section("E43"))
}
