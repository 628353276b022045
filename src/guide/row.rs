//! One thing that the guide asks for, with what calha does about it.

use crate::step::StepKind;

/// Something that a guide asks for, with what calha does about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// `A17`.
    pub id: &'static str,
    pub section: &'static str,
    /// What the guide tells the reader to do.
    pub asks: &'static str,
    /// What calha does, and why.
    pub does: &'static str,
    /// The steps that do it, of any instance.
    pub steps: &'static [StepKind],
    /// The commands in which it shows.
    pub commands: &'static [&'static str],
}

/// A row that steps of the installation do.
pub(super) const fn row(
    id: &'static str,
    section: &'static str,
    asks: &'static str,
    does: &'static str,
    steps: &'static [StepKind],
) -> Row {
    Row { id, section, asks, does, steps, commands: &["install"] }
}

/// A row that a command of its own does.
pub(super) const fn by(
    id: &'static str,
    section: &'static str,
    asks: &'static str,
    does: &'static str,
    commands: &'static [&'static str],
) -> Row {
    Row { commands, ..row(id, section, asks, does, &[]) }
}
