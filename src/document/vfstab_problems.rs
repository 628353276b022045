//! What makes a vfstab wrong for our entry, before it is appended and as long as it stands, in
//! words. What is wrong is decided by `op::Flaw`, for printed scripts as well. Not for what is
//! merely worth saying: that is a notice.

use std::collections::BTreeMap;

use super::lines::{lines_end, listed, not_text, without};
use super::shown::{printable, shown};
use super::vfstab_entry::is_device;
use super::{Vfstab, VfstabEntry, VfstabLine};
use crate::node::Sum;
use crate::op::Flaw;
use crate::problem::{Problem, WayOut, codes};

impl Vfstab {
    /// Why `wanted` must not be appended to this file, or does not work where it stands; each with
    /// its line as `{place}:{line}`. None when it stands once, whatever the blanks between its
    /// fields.
    ///
    /// Codes: `vfstab.other-entry` (the mount point has another entry), `vfstab.duplicate` (the
    /// line stands more than once), `vfstab.device-in-use` (a device of ours has another mount
    /// point), `vfstab.raw-device` (our device beside one of another volume, E43),
    /// `vfstab.too-long` (the line itself), `vfstab.fields` (a line about ours without exactly
    /// seven fields), `vfstab.crlf`; `file.not-text`, with nothing but `vfstab.too-long` beside it.
    pub fn problems_for(&self, wanted: &VfstabEntry, place: &str) -> Vec<Problem> {
        let mut problems = not_text(&self.bytes, place);
        problems.extend(wanted.too_long().map(|problem| problem.at(place)));

        let flaws = Flaw::in_table(&self.bytes, &wanted.line());
        let lines: BTreeMap<usize, VfstabLine<'_>> =
            self.entries().map(|entry| (entry.number, entry)).collect();
        let with = |wanted: Flaw| -> Vec<usize> {
            flaws.iter().filter(|(_, flaw)| *flaw == wanted).map(|(line, _)| *line).collect()
        };
        problems.extend(line_ends(&with(Flaw::CarriageReturn), place));
        problems.extend(self.twice(&lines, &with(Flaw::Duplicate), wanted, place));

        // Once for all of them: a table may have as many flaws as lines.
        let sum = Sum::of(&self.bytes);
        for (number, flaw) in &flaws {
            let Some(entry) = lines.get(number) else { continue };
            let away = || without(sum, place, &[*number..=*number]);
            let problem = conflict(*flaw, entry, wanted, &away);
            problems.extend(problem.map(|problem| problem.at(format!("{place}:{number}"))));
        }

        Problem::sort(&mut problems);
        problems
    }

    /// The entry more than once; `others` are its lines but the first.
    fn twice(
        &self,
        lines: &BTreeMap<usize, VfstabLine<'_>>,
        others: &[usize],
        wanted: &VfstabEntry,
        place: &str,
    ) -> Option<Problem> {
        let second = others.first()?;
        let ours = &lines.get(second)?.fields;
        let first = lines.values().find(|entry| entry.fields == *ours)?.number;
        let all: Vec<usize> = std::iter::once(first).chain(others.iter().copied()).collect();
        let what =
            format!("the entry for {} stands more than once: {}", wanted.mount_point, listed(&all));
        let others: Vec<_> = others.iter().map(|line| *line..=*line).collect();
        let remedy = format!(
            "leave one of these lines, on this node: {}",
            without(Sum::of(&self.bytes), place, &others)
        );
        Some(
            Problem::new(codes::VFSTAB_DUPLICATE, what)
                .at(format!("{place}:{second}"))
                .hint(remedy)
                .section("vfstab(4)"),
        )
    }
}

fn line_ends(lines: &[usize], place: &str) -> Option<Problem> {
    let first = lines.first()?;
    let what = format!(
        "{} in a carriage return, which mount(1M) takes for a part of the last field",
        lines_end(lines.len())
    );
    let remedy = "remove them, for example with dos2unix -ascii; keep owner and mode of the file";
    Some(
        Problem::new(codes::VFSTAB_CRLF, what)
            .at(format!("{place}:{first}"))
            .hint(remedy)
            .section("vfstab(4)"),
    )
}

/// What is wrong with an active line that is not ours; `away` takes it out of the file.
fn conflict(
    flaw: Flaw,
    entry: &VfstabLine<'_>,
    wanted: &VfstabEntry,
    away: &dyn Fn() -> String,
) -> Option<Problem> {
    match flaw {
        Flaw::Fields => wrong_fields(entry, wanted),
        Flaw::OtherEntry => Some(other_entry(entry, wanted, &away())),
        Flaw::DeviceInUse => device_in_use(entry, wanted),
        Flaw::RawDevice => mixed_volumes(entry, wanted),
        Flaw::Unreadable
        | Flaw::HardLink
        | Flaw::NotText
        | Flaw::CarriageReturn
        | Flaw::Duplicate => None,
    }
}

fn device_in_use(entry: &VfstabLine<'_>, wanted: &VfstabEntry) -> Option<Problem> {
    let [block, raw, point, kind, ..] = entry.fields[..] else { return None };
    let device = [block, raw].into_iter().find(|field| wanted.has_device(field))?;
    let used = match point {
        b"-" => format!("is also used by a {} entry", printable(kind)),
        _ => format!("also belongs to the entry for {}", printable(point)),
    };
    let what = format!("{} {used}", printable(device));
    let remove = format!("remove that entry if the volume is meant for {}", wanted.mount_point);
    let ways = [WayOut::by_hand(remove), WayOut::in_profile("else name another volume")];
    Some(Problem::new(codes::VFSTAB_DEVICE_IN_USE, what).choice(ways).section("6.6.1"))
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
    let away = WayOut::on_its_node("if that entry is a mistake, remove it", away.to_owned());
    let keep = "if that entry is the right one, set block-device, options and the like of the \
                instance to what it says";

    Problem::new(codes::VFSTAB_OTHER_ENTRY, what)
        .choice([WayOut::in_profile(keep), away])
        .section("6.6.1")
}

/// fsck(1M) would check a volume while it is mounted as another's (E43).
fn mixed_volumes(entry: &VfstabLine<'_>, wanted: &VfstabEntry) -> Option<Problem> {
    let [block, raw, ..] = entry.fields[..] else { return None };
    let what = format!(
        "raw device {} belongs to another volume than block device {}",
        printable(raw),
        printable(block)
    );
    let remedy = if is_device(block, &wanted.block_device) {
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
