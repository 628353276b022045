//! What the overview of the models asks for (6.1). Reading it changes nothing, so commands of their
//! own do it, and no step.

use crate::guide::row::{Row, by};

pub(super) const ALL: &[Row] = &[
    by(
        "C1",
        "6.1.1 to 6.1.3",
        "Choose one of three models.",
        "All three are planned, installed, verified and removed.",
        &["plan", "install", "verify", "uninstall"],
    ),
    by("C2", "6.1.4", "Weigh the models against each other.", "Table 6-1.", &["models", "new"]),
    by(
        "C3",
        "6.1.5",
        "Work out how long each model is down.",
        "Table 6-2, with figures that can be given and its slip (E05) corrected.",
        &["downtime"],
    ),
];
