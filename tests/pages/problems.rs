//! The page of the problem codes is the program's own table.

use std::path::Path;

use calha::problem::page;

/// With `BLESS=1` in the environment the committed page is written anew.
#[test]
fn the_page_is_the_list() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/problems.md");
    let whole = page() + &calha::resource_type::page();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &whole).unwrap();
    }
    assert!(
        std::fs::read_to_string(&path).unwrap_or_default() == whole,
        "run this test with BLESS=1"
    );
}
