//! What the overview of the models asks for (6.1). Reading it changes nothing, so commands of their
//! own do it; a step only looks whether disks are mirrored.

use crate::guide::row::{Row, by, row};
use crate::step::StepKind::*;

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
    by(
        "C4",
        "6.1.1",
        "Upgrade the nodes of the asymmetric model one after the other, either first.",
        "Order, commands and what may run meanwhile are told with the models and in the report; \
         the upgrade itself is the vendor's (E03).",
        &["models", "report"],
    ),
    Row {
        commands: &["models", "install", "check --prerequisites"],
        ..row(
            "C5",
            "6.1.2",
            "Have fully redundant (mirrored) disk arrays.",
            "Told with the model. Of the symmetric model metastat or vxprint is asked about each \
             volume; what neither says, such as a mirror inside an array, is \"not known\".",
            &[Preflight, Prerequisites],
        )
    },
];
