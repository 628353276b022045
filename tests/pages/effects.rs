//! The page of effects is what the steps say.

use std::path::Path;

use calha::guide::{Guide, effects_page};
use calha::profile;
use calha::step::StepKind;

#[test]
fn the_page_of_effects_is_the_steps_own() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let set = ["configurator.mode=silent".to_owned()];
    let resolved = profile::load(&root.join("profiles/asymmetric.toml"), &set).unwrap();
    let installing = Guide::of(&resolved, "site").unwrap();
    let debugging = Guide::debugging(&resolved, "site", 9).unwrap();

    let path = root.join("docs/effects.md");
    let instance = &resolved.settings.instances[0];
    let node = &instance.nodes[0];
    let alone = Guide::standing_alone(&resolved, "site", instance, node, false).unwrap();
    let page = effects_page(&[installing, debugging, alone]);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == page, "run this test with BLESS=1");
}

/// What a lasting step brings about can be asked: it has a question, or a look that proves it.
#[test]
fn every_step_of_an_installation_has_a_question() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for model in ["asymmetric", "symmetric", "n-plus-one"] {
        let resolved = profile::load(&root.join(format!("profiles/{model}.toml")), &[]).unwrap();
        for step in Guide::of(&resolved, "site").unwrap().steps {
            let proof = step.looks.iter().any(|(when, _)| *when == calha::step::When::After);
            let looks_only = matches!(step.id.kind, StepKind::Preflight | StepKind::Prerequisites);
            assert!(step.acts() || proof || looks_only, "{} has no question", step.id);
            assert!(!step.id.kind.effect().is.is_empty(), "{}", step.id);
        }
    }
}
