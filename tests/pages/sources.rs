//! The sources below `src`, and what of them is code: neither comment, nor text, nor test.

use std::path::Path;

/// A file by its path from `src`.
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    /// The first part of its path: the room it is in.
    pub fn room(&self) -> &str {
        self.path.split('/').next().unwrap().trim_end_matches(".rs")
    }
}

/// All of them, but for the two that only begin.
pub fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    below(&root, &root, &mut found);
    found.retain(|source| source.path != "lib.rs" && source.path != "main.rs");
    assert!(found.len() > 100, "the sources were not found");
    found
}

fn below(directory: &Path, root: &Path, found: &mut Vec<Source>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            below(&path, root, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            found.push(Source { path: name, text: std::fs::read_to_string(&path).unwrap() });
        }
    }
}

/// The code without comments, without what its texts say, and without its tests.
pub fn code(text: &str) -> String {
    let plain = without_texts(text);
    match plain.split_once("#[cfg(test)]") {
        // Tests stand at the end of a file here.
        Some((code, tests)) if tests.trim_start().starts_with("mod ") => code.to_owned(),
        _ => plain,
    }
}

/// What its code says in quotes, each text on one line, without its tests.
pub fn texts(text: &str) -> Vec<String> {
    let tests = text.find("#[cfg(test)]\nmod ").unwrap_or(text.len());
    let mut said = Vec::new();
    apart(&text[..tests], &mut |quoted| said.push(on_one_line(quoted)));
    said
}

/// A text whose lines end in a backslash, as the program says it.
fn on_one_line(quoted: &str) -> String {
    let mut parts = quoted.split("\\\n");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.trim_start())
}

fn without_texts(text: &str) -> String {
    apart(text, &mut |_| {})
}

/// The code, without comments and texts; each text goes to `found`.
fn apart(text: &str, found: &mut dyn FnMut(&str)) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(end) = raw_text(rest) {
            found(&rest[..end]);
            end
        } else if next == '"' {
            found(&rest[..quoted(rest)]);
            quoted(rest)
        } else if rest.starts_with("'\"'") {
            "'\"'".len()
        } else {
            code.push(next);
            next.len_utf8()
        };
        rest = &rest[skipped..];
    }
    code
}

/// How long a text in quotes is, with both.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    let end = text.char_indices().skip(1).find(|(_, c)| {
        let ends = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |(at, _)| at + 1)
}

/// The same for one that begins with `r"` or `r#"`.
fn raw_text(text: &str) -> Option<usize> {
    let hashes = text.strip_prefix('r')?.chars().take_while(|c| *c == '#').count();
    let inner = text[1 + hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    Some(2 + hashes + inner.find(&end)? + end.len())
}

#[test]
fn comments_texts_and_tests_are_no_code() {
    let text = "use a; // crate::b\nlet x = \"crate::c \\\" d\";\nlet y = r#\"crate::e\"#;\nuse f;\n\
                #[cfg(test)]\nmod tests { use super::g; }\n";
    let code = code(text);
    assert_eq!(code.split_whitespace().collect::<String>(), "usea;letx=;lety=;usef;");
}
