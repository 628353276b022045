//! docs/security.md names a test for each of its promises: each is there.

use std::path::Path;

fn rust_files(directory: &Path, found: &mut String) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn each_promise_of_the_security_page_names_tests_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/security.md")).unwrap();
    let promises = page.split("\n## ").find(|part| part.starts_with("What is promised")).unwrap();

    let mut sources = String::new();
    rust_files(&root.join("tests"), &mut sources);
    rust_files(&root.join("src"), &mut sources);
    let sources: Vec<&str> = sources.lines().map(str::trim_start).collect();
    let sources = sources.join("\n");

    let points: Vec<&str> = promises.split("\n* ").skip(1).collect();
    assert!(points.len() > 10, "{} promises were found", points.len());
    for point in points {
        let point = point.split("\n### ").next().unwrap();
        let named = point.split('`').skip(1).step_by(2).filter(|name| name.contains('_'));
        let named: Vec<&str> = named.collect();
        assert!(!named.is_empty(), "no test is named: {point}");
        for name in named {
            let test = format!("#[test]\nfn {name}()");
            assert!(sources.contains(&test), "no such test: {name}");
        }
    }
}
