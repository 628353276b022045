//! What the guides ask for, item by item, with the steps or commands that do it. A test keeps
//! the list and the steps true to each other, so coverage is not a matter of opinion. What is wrong
//! in the guides is in `errata`.

mod asymmetric;
mod models;
mod reading;
mod running;
mod several;
mod types;

pub use reading::DOCUMENTS;

use super::Row;

/// What the guides ask for, in the order of the page.
pub fn rows() -> Vec<&'static Row> {
    let parts =
        [asymmetric::ALL, several::ALL, models::ALL, running::ALL, reading::ALL, types::ALL];
    parts.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::guide::{Guide, erratum};
    use crate::step::StepKind;

    fn guide(model: &str, instance: &str, kind: &str) -> Guide {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("profiles/{model}.toml"));
        let set = [format!("instance.{instance}.file-system={kind}")];
        let resolved = crate::profile::load(&file, &set).unwrap();
        Guide::of(&resolved, model).unwrap()
    }

    #[test]
    fn rows_steps_and_errata_know_each_other() {
        let of = |model, instance| ["failover", "cluster"].map(|kind| guide(model, instance, kind));
        let guides: Vec<Guide> =
            [of("asymmetric", "cal"), of("symmetric", "cs1"), of("n-plus-one", "cs1")]
                .into_iter()
                .flatten()
                .collect();

        let known = |kind| guides.iter().flat_map(|g| &g.steps).any(|s| s.id.kind == kind);
        // Steps of an upgrade come from what a cluster says, and from no profile.
        let known = |kind: StepKind| known(kind) || kind.as_str().starts_with("type-");

        for row in rows() {
            assert!(!row.steps.is_empty() || row.commands != ["install"], "{} has no step", row.id);
            row.steps.iter().for_each(|s| assert!(known(*s), "{} names {s}", row.id));
        }

        for step in guides.iter().flat_map(|g| &g.steps) {
            assert!(
                rows().iter().any(|r| r.steps.contains(&step.id.kind)),
                "{} is in no row",
                step.id
            );
            step.cite
                .errata
                .iter()
                .for_each(|e| assert!(erratum(e).is_some(), "{} cites {e}", step.id));
        }
    }
}
