//! The page of the lab's nodes is the table, and each line of the table is asked for.

use std::collections::BTreeSet;
use std::path::Path;

use calha::lab::{facts, page};

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
