//! What an administrator should know of a vfstab, though it is somebody else's affair and keeps no
//! entry of ours from working. Not for what is wrong: those are problems.

use super::lines::{carriage_returns, lines_end, listed, numbered};
use super::{Vfstab, VfstabEntry, VfstabLine};
use crate::problem::{Problem, codes};
use crate::setting::FileSystem;

impl Vfstab {
    /// What is worth showing and no reason to stop, in the form of problems, each with its line as
    /// `{place}:{line}`.
    ///
    /// Codes: `vfstab.unread` (a line of somebody else's at which programs stop reading),
    /// `vfstab.comment-crlf`.
    pub fn notices_for(&self, wanted: &[VfstabEntry], place: &str) -> Vec<Problem> {
        let mut notices: Vec<Problem> = self.stops(wanted, place).into_iter().collect();
        let comment = |line: &[u8]| VfstabLine::of(0, line).is_none();
        if let Some((first, count)) = carriage_returns(&self.bytes, comment) {
            let what = format!(
                "{} in a carriage return, which does no harm in a comment or an empty line",
                lines_end(count)
            );
            notices.push(
                Problem::new(codes::VFSTAB_COMMENT_CRLF, what)
                    .at(format!("{place}:{first}"))
                    .hint("calha leaves it as it is")
                    .section("vfstab(4)"),
            );
        }
        Problem::sort(&mut notices);
        notices
    }

    /// Lines with another number of fields than seven, or too long to be read, as far as they are
    /// no problem of an entry of ours.
    fn stops(&self, wanted: &[VfstabEntry], place: &str) -> Option<Problem> {
        let is_odd = |(number, line): (usize, &[u8])| {
            let entry = VfstabLine::of(number, line);
            let is_ours =
                entry.as_ref().is_some_and(|e| wanted.iter().any(|w| e.about(w).is_some()));
            let odd_count = entry.is_some_and(|e| e.field_count() != VfstabEntry::NAMES.len());
            let is_long = line.len() > FileSystem::LONGEST_ENTRY;
            (!is_ours && (odd_count || is_long)).then_some(number)
        };

        let lines: Vec<usize> = numbered(&self.bytes).filter_map(is_odd).collect();
        let first = *lines.first()?;

        let what = format!(
            "{} not seven fields of at most {} bytes together: fsck(1M) without -F and \
             getvfsent(3C) read no further",
            if lines.len() == 1 {
                format!("{} has", listed(&lines))
            } else {
                format!("{} have", listed(&lines))
            },
            FileSystem::LONGEST_ENTRY
        );

        Some(
            Problem::new(codes::VFSTAB_UNREAD, what)
                .at(format!("{place}:{first}"))
                .hint(
                    "complete the line ('-' stands for an empty field), or put '#' before it; \
                     calha leaves it as it is",
                )
                .section("vfstab(4)"),
        )
    }
}
