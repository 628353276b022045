//! The page of the lab's nodes is the table, and each line of the table is asked for.

use std::collections::BTreeSet;
use std::path::Path;

use calha::lab::{ASSUMPTIONS, facts, page};

/// With `BLESS=1` in the environment the committed page is written anew.
#[test]
fn the_page_is_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/lab.md");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    assert!(
        std::fs::read_to_string(&path).unwrap_or_default() == page(),
        "run this test with BLESS=1"
    );
}

#[test]
fn each_oddity_has_one_line_that_says_where_it_is_from() {
    let (mut names, mut oddities) = (BTreeSet::new(), BTreeSet::new());
    for fact in facts() {
        assert!(names.insert(fact.id), "{} is there twice", fact.id);
        assert!(oddities.insert(fact.oddity), "{:?} is there twice", fact.oddity);
        assert!(fact.does.ends_with('.') && !fact.source.is_empty(), "{}", fact.id);
    }
}

#[test]
fn what_is_assumed_of_groups_and_resources_is_on_the_page() {
    let rgm = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lab/rgm");
    let assumes =
        |name: &str| std::fs::read_to_string(rgm.join(name)).unwrap().contains("Assumption:");
    let files = std::fs::read_dir(&rgm).unwrap().flatten();
    let assuming: BTreeSet<String> = files
        .filter_map(|file| file.file_name().into_string().ok())
        .filter(|name| assumes(name))
        .collect();
    let told: BTreeSet<String> = ASSUMPTIONS.iter().map(|a| a.file.to_owned()).collect();
    assert_eq!(told, assuming);

    let names: BTreeSet<&str> = ASSUMPTIONS.iter().map(|a| a.id).collect();
    assert_eq!(names.len(), ASSUMPTIONS.len(), "one is there twice");
    assert!(ASSUMPTIONS.iter().all(|a| a.does.ends_with('.')));
}
