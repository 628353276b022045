//! Every code that the program can print is in the list, every entry of the list is printed somewhere, and the page is the list.

use std::collections::BTreeSet;
use std::path::Path;

use calha::problem::{codes, known, page};

/// Text of a source file up to its tests.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    for entry in walkdir::WalkDir::new(&root) {
        let path = entry.unwrap().into_path();
        // Whatever the directory is called that the sources lie in.
        let name = path.strip_prefix(&root).unwrap().display().to_string();
        // The lab has a voice of its own, and the list is what is compared with.
        if path.extension().is_some_and(|e| e == "rs")
            && !name.starts_with("lab/")
            && !name.starts_with("problem/")
        {
            let text = std::fs::read_to_string(&path).unwrap();
            let end = text.find("#[cfg(test)]").unwrap_or(text.len());
            all.push((name, text[..end].to_owned()));
        }
    }
    assert!(all.len() > 200, "{}", all.len());
    all
}

/// Literals that look like a code.
fn literals(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).step_by(2).filter(|literal| {
        let mut parts = literal.split('.');
        let word = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        matches!((parts.next(), parts.next(), parts.next()), (Some(a), Some(b), None) if word(a) && word(b))
    })
}

#[test]
fn every_code_that_is_printed_is_in_the_list_and_the_other_way_round() {
    // What is made where a problem or a fault is: its first argument, or the code of a question.
    let makers = ["Problem::new(", "Fault::new(", "problem(", ".asking(", "add(", "code: "];
    let (mut printed, mut mentioned) = (BTreeSet::new(), BTreeSet::new());
    for (file, text) in sources() {
        mentioned.extend(literals(&text).map(str::to_owned));
        for maker in makers {
            for (at, _) in text.match_indices(maker) {
                let rest = text[at + maker.len()..].trim_start();
                let Some(literal) = rest.strip_prefix('"').and_then(|r| r.split('"').next()) else {
                    continue;
                };
                if literals(&format!("\"{literal}\"")).next().is_some() {
                    assert!(known(literal).is_some(), "{file}: {literal} is in no list");
                    printed.insert(literal.to_owned());
                }
            }
        }
    }
    assert!(printed.len() > 90, "{printed:?}");
    for code in codes().filter(|c| !c.code.contains("STEP") && c.code != "consent") {
        // Some are handed to a helper; then the literal at least is there.
        assert!(
            printed.contains(code.code) || mentioned.contains(code.code),
            "nothing prints {}",
            code.code
        );
    }
    for pattern in ["drift.{}", "attended.{}", "operator.{}", "skip.{", "{}.unreachable"] {
        assert!(
            sources().iter().any(|(_, text)| text.contains(pattern)),
            "nothing prints {pattern}"
        );
    }
}

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
