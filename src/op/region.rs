//! Where a path lies, by the innermost of the directories that hold it, and which paths in a file
//! of parameters lie there. `calha_named` in the prelude says the same in awk; neither looks at the
//! disk, so a link is the affair of whoever asks.

use serde::{Deserialize, Serialize};

/// Part of a node's tree of names: a path lies in it when the innermost of all these directories
/// that hold it is one of `within`. Of two alike `outside` counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    pub within: Vec<String>,
    pub outside: Vec<String>,
}

/// What parts a value into words. Each absolute path among them is looked at; what stands in a URL
/// is none.
const SEPARATORS: &str = " \t,;:=\"'";

impl Region {
    /// Whether the path lies in it.
    pub fn holds(&self, path: &str) -> bool {
        let path = format!("{}/", path.trim_end_matches('/'));
        // Where such a path leads, only the disk knows.
        let odd = ["//", "/./", "/../"].iter().any(|part| path.contains(part));
        let below =
            |root: &&String| root.as_str() == "/" || !odd && path.starts_with(&format!("{root}/"));
        let depth = |roots: &[String]| roots.iter().filter(below).map(String::len).max();
        depth(&self.within) > depth(&self.outside)
    }

    /// Each absolute path in it that a parameter of the file names, as `name = path`: of parameters
    /// that are set twice the last counts, those in `besides` do not.
    pub fn named_in(&self, bytes: &[u8], besides: &[String]) -> Vec<String> {
        let text = String::from_utf8_lossy(bytes);
        let all = parameters(&text);
        let counts = |at: usize| all[at + 1..].iter().all(|(name, _)| *name != all[at].0);
        let mut found = Vec::new();
        for (at, (name, value)) in all.iter().enumerate() {
            if !counts(at) || besides.iter().any(|known| known == name) {
                continue;
            }
            let paths = absolute(value).into_iter().filter(|word| self.holds(word));
            found.extend(paths.map(|path| format!("{name} = {path}")));
        }
        found
    }

    /// The same for awk: a line for each directory and name, and what ends them.
    pub(super) fn heading(&self, besides: &[String]) -> String {
        let lines = |mark: char, of: &[String]| -> String {
            of.iter().map(|word| format!("{mark} {word}\n")).collect()
        };
        let (within, outside) = (lines('+', &self.within), lines('-', &self.outside));
        // A text in single quotes, as awk's is in the shell, cannot have this one.
        format!("{within}{outside}{}s '\n.", lines('*', besides))
    }
}

/// The absolute paths among the words of a value. Behind a colon `//` begins what a URL names.
fn absolute(value: &str) -> Vec<&str> {
    let mut before = None;
    let mut found = Vec::new();
    for part in value.split_inclusive(|c| SEPARATORS.contains(c)) {
        let word = part.trim_end_matches(|c| SEPARATORS.contains(c));
        let is_url = before == Some(':') && word.starts_with("//");
        if word.starts_with('/') && word.len() > 1 && !is_url {
            found.push(word);
        }
        before = part.chars().last();
    }
    found
}

/// The value that a parameter has in the end, without blanks around it and a slash at its end.
pub(super) fn last_value(bytes: &[u8], name: &str) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let (_, value) = parameters(&text).into_iter().rfind(|(own, _)| *own == name)?;
    let value = value.trim_matches([' ', '\t']);
    let short = value.strip_suffix('/').filter(|short| !short.is_empty());
    Some(short.unwrap_or(value).to_owned())
}

/// The parameters of a file in their order: a name in the first column, `=`, and a value, which
/// goes on for as long as its quote is open.
fn parameters(text: &str) -> Vec<(&str, String)> {
    let mut all: Vec<(&str, String)> = Vec::new();
    let mut lines = text.split('\n');
    while let Some(line) = lines.next() {
        let Some((name, rest)) = line.split_once('=') else { continue };
        let name = name.trim_end_matches([' ', '\t']);
        let fits = |b: u8| b.is_ascii_alphanumeric() || b"._-[]".contains(&b);
        if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.bytes().all(fits) {
            continue;
        }
        let Some((before, behind)) = rest.split_once('"') else {
            all.push((name, rest.to_owned()));
            continue;
        };

        let quoted = before.trim_matches([' ', '\t']).is_empty();
        let cut = |line: &str| match line.split_once('"') {
            Some((within, _)) if quoted => within.to_owned(),
            _ => line.to_owned(),
        };
        let mut open = !behind.contains('"');
        let mut value = if quoted { cut(behind) } else { rest.to_owned() };
        while open {
            let Some(line) = lines.next() else { break };
            open = !line.contains('"');
            value.push(' ');
            value.push_str(&cut(line));
        }
        all.push((name, value));
    }
    all
}
