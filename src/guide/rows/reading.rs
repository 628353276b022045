//! What the guide has its reader print and read: the tables of names (6.5) and the configurator's
//! output (6.11).

use crate::guide::row::{Row, by, row};
use crate::step::StepKind::*;

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
];
