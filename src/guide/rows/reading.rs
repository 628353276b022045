//! What the guide has its reader print and read: the tables of names (6.5), the configurator's
//! output (6.11), and other documents (6.12).

use crate::guide::row::{Row, by, row};
use crate::step::StepKind::*;

/// What to read besides (6.12). The guide's own titles are not known; these are the vendor's list
/// for the suite, and what the chapter refers to.
pub const DOCUMENTS: &str = "Sun Cluster Concepts Guide, System Administration Guide, and Data \
                             Services Planning and Administration Guide; Communications Suite 5 \
                             Installation Guide (comm_dssetup.pl, chapter 8); Java Enterprise \
                             System 5 Installation Guide (SUNWscics)";

pub(super) const ALL: &[Row] = &[
    by(
        "W1",
        "6.5",
        "Print the tables of names and note your values.",
        "All six tables, blank or filled, with a picture of the model, as Markdown or HTML.",
        &["worksheet", "new"],
    ),
    row(
        "V1",
        "6.11",
        "Read the configurator's output.",
        "Its verdicts and its final sentence decide, in English and in Korean.",
        &[ConfigurePrimary, ConfigureSecondary],
    ),
    by("W2", "6.12", "Read the related documents.", DOCUMENTS, &["report", "explain"]),
];
