//! Every command waits for as long as the setting says that is named when its time is over.

use std::path::Path;

use calha::guide::Guide;
use calha::op::Op;
use calha::profile;
use calha::step::StepKind;

#[test]
fn the_limit_that_is_named_is_the_one_that_ends_it() {
    let limits = [("limit.query", 7), ("limit.cluster", 8), ("limit.vendor", 9)];
    let set: Vec<String> = limits.iter().map(|(key, n)| format!("{key}={n}")).collect();
    let mut seen = Vec::new();
    for model in ["asymmetric", "symmetric", "n-plus-one"] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("profiles/{model}.toml"));
        let resolved = profile::load(&file, &set).unwrap();
        let guides = [
            Guide::of(&resolved, "site").unwrap(),
            Guide::debugging(&resolved, "site", 9).unwrap(),
        ];
        for (step, id, op) in guides.iter().flat_map(Guide::ops) {
            let Op::Run(run) = op else { continue };
            let named = StepKind::limit_of(step.id.as_str());
            assert!(limits.contains(&(named, run.within as i32)), "{id:?}: {named}, {run:?}");
            seen.push(named);
        }
    }
    assert!(limits.iter().all(|(key, _)| seen.contains(key)), "{seen:?}");
}
