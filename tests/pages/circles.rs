//! No file of a room knows, however far around, a file that knows it.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::{Source, code, sources};

type Path = Vec<String>;

/// What a file brings under a name, and every path that it names.
#[derive(Default)]
struct Module {
    names: BTreeMap<String, Path>,
    named: Vec<Path>,
}

/// The files of the crate as modules, by their paths.
struct Modules(BTreeMap<Path, Module>);

impl Modules {
    fn read(sources: &[Source]) -> Self {
        let paths: Vec<Path> = sources.iter().map(|source| module(&source.path)).collect();
        let mut modules = BTreeMap::new();
        for (path, source) in paths.iter().zip(sources) {
            modules.insert(path.clone(), Module::read(path, &code(&source.text), &paths));
        }
        Self(modules)
    }

    /// The file in which the thing of this path stands: names that are only passed on are followed.
    fn file_of(&self, path: &[String]) -> Option<Path> {
        let mut path = path.to_vec();
        for _ in 0..20 {
            let known = (1..=path.len()).rev().find(|n| self.0.contains_key(&path[..*n]))?;
            let (file, rest) = path.split_at(known);
            let Some((name, rest)) = rest.split_first() else { return Some(file.to_vec()) };
            match self.0[file].names.get(name) {
                Some(from) if !from.starts_with(file) || from.len() > known + 1 => {
                    path = from.iter().chain(rest).cloned().collect();
                }
                _ => return Some(file.to_vec()),
            }
        }
        panic!("{} is passed on for ever", path.join("::"));
    }

    /// Which files each file knows. A table of contents does not know what it lists.
    fn arrows(&self) -> BTreeMap<Path, BTreeSet<Path>> {
        let arrows = self.0.iter().map(|(path, module)| {
            let known = module.named.iter().filter_map(|named| self.file_of(named));
            (path.clone(), known.filter(|other| other != path).collect())
        });
        arrows.collect()
    }
}

impl Module {
    fn read(own: &Path, code: &str, paths: &[Path]) -> Self {
        let mut module = Self::default();
        let mut rest = String::new();
        for statement in code.split_inclusive(';') {
            let Some((before, public, tree)) = use_tree(statement) else {
                rest.push_str(statement);
                continue;
            };
            rest.push_str(before);
            for (path, name) in leaves(tree) {
                let Some(path) = absolute(own, &path, paths) else { continue };
                let listed = public && path.len() > own.len() + 1 && path.starts_with(own);
                if !listed {
                    module.named.push(path.clone());
                }
                module.names.insert(name, path);
            }
        }

        let children = paths.iter().filter(|path| path.len() == own.len() + 1);
        let children = children.filter(|path| path.starts_with(own)).filter_map(|path| path.last());
        let begins = ["crate", "super"].into_iter().chain(children.map(String::as_str));
        for word in begins.map(|word| format!("{word}::")) {
            for (at, _) in rest.match_indices(&word) {
                let inner = |c: char| c == ':' || c == '_' || c.is_alphanumeric();
                let end = rest[at..].find(|c: char| !inner(c));
                let path = rest[at..].split_at(end.unwrap_or(rest.len() - at)).0;
                let parts: Vec<&str> = path.split("::").filter(|part| !part.is_empty()).collect();
                if !rest[..at].ends_with(inner) {
                    module.named.extend(absolute(own, &parts, paths));
                }
            }
        }
        module
    }
}

/// `lab/rgm/place.rs` → `lab rgm place`; a `mod.rs` is its directory.
fn module(file: &str) -> Path {
    let parts = file.trim_end_matches(".rs").split('/').map(String::from);
    parts.filter(|part| part != "mod").collect()
}

/// What stands before a `use`, whether it is public, and its tree.
fn use_tree(statement: &str) -> Option<(&str, bool, &str)> {
    let at = statement.rfind("use ")?;
    let before = &statement[..at];
    let line = before.rsplit(['\n', '}', '{']).next().unwrap_or_default().trim();
    let fits = line.is_empty() || (line.starts_with("pub") && !line.contains("fn"));
    fits.then(|| (before, !line.is_empty(), statement[at + 4..].trim_end_matches(';')))
}

/// The paths of a tree of `use`, each with the name it brings.
fn leaves(tree: &str) -> Vec<(Vec<&str>, String)> {
    let tree = tree.trim();
    let Some((head, list)) = tree.split_once('{') else {
        let (path, name) = tree.split_once(" as ").unwrap_or((tree, ""));
        let mut parts: Vec<&str> = path.split("::").map(str::trim).collect();
        if matches!(parts.last(), Some(&"self" | &"*")) {
            parts.pop();
        }
        let last = parts.last().copied().unwrap_or_default();
        let name = if name.is_empty() { last } else { name.trim() };
        return vec![(parts, name.to_owned())];
    };

    let list = &list[..list.rfind('}').unwrap()];
    let head: Vec<&str> = head.split("::").map(str::trim).filter(|part| !part.is_empty()).collect();
    let mut depth = 0;
    let items = list.split(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    let items = items.filter(|item| !item.trim().is_empty());
    let below = items.flat_map(leaves);
    below.map(|(path, name)| ([head.clone(), path].concat(), name)).collect()
}

/// A path from the crate's root; nothing for what is outside of it.
fn absolute(own: &[String], path: &[&str], paths: &[Path]) -> Option<Path> {
    let ups = path.iter().take_while(|part| **part == "super").count();
    let (base, rest) = match path.first()? {
        &"crate" => (&own[..0], &path[1..]),
        &"self" => (own, &path[1..]),
        &"super" => (&own[..own.len().checked_sub(ups)?], &path[ups..]),
        child => {
            let below: Path = own.iter().cloned().chain([child.to_string()]).collect();
            (paths.contains(&below).then_some(own)?, path)
        }
    };
    Some(base.iter().cloned().chain(rest.iter().map(|part| part.to_string())).collect())
}

/// The circles: files that all know one another, however far around.
fn circles(arrows: &BTreeMap<Path, BTreeSet<Path>>) -> Vec<BTreeSet<Path>> {
    let mut reached: BTreeMap<&Path, BTreeSet<&Path>> = BTreeMap::new();
    for file in arrows.keys() {
        let mut seen = BTreeSet::new();
        let mut next: Vec<&Path> = arrows[file].iter().collect();
        while let Some(other) = next.pop() {
            if seen.insert(other) {
                next.extend(arrows.get(other).into_iter().flatten());
            }
        }
        reached.insert(file, seen);
    }

    let around = reached.iter().filter(|(file, seen)| seen.contains(*file)).map(|(file, seen)| {
        let both = |other: &&Path| reached.get(*other).is_some_and(|back| back.contains(*file));
        seen.iter().copied().filter(both).cloned().collect()
    });
    around.collect::<BTreeSet<_>>().into_iter().collect()
}

/// One line a file: what it knows within its circle.
fn drawn(circle: &BTreeSet<Path>, arrows: &BTreeMap<Path, BTreeSet<Path>>) -> String {
    let lines = circle.iter().map(|file| {
        let known = arrows[file].intersection(circle).map(|other| other.join("/"));
        format!("  {} knows {}\n", file.join("/"), known.collect::<Vec<_>>().join(", "))
    });
    format!("a circle of {} files:\n{}", circle.len(), lines.collect::<String>())
}

#[test]
fn no_file_is_in_a_circle() {
    let arrows = Modules::read(&sources()).arrows();
    let circles = circles(&arrows);
    let drawn: String = circles.iter().map(|circle| drawn(circle, &arrows)).collect();
    assert!(drawn.is_empty(), "{drawn}");
}

/// The test above sees a circle: by `use`, by a path in the code, by a name that is passed on.
#[test]
fn a_made_up_circle_is_found() {
    const NONE: [usize; 0] = [];
    let found = |files: &[(&str, &str)]| {
        let sources = files
            .iter()
            .map(|(path, text)| Source { path: (*path).to_owned(), text: (*text).to_owned() });
        let arrows = Modules::read(&sources.collect::<Vec<_>>()).arrows();
        circles(&arrows).iter().map(BTreeSet::len).collect::<Vec<_>>()
    };
    let contents =
        ("lab/mod.rs", "mod call;\nmod table;\npub use call::Call;\npub use table::find;");

    let table = ("lab/table.rs", "use super::cat::cat;\npub fn find() {}");
    let cat = ("lab/cat.rs", "use crate::lab::{Call, other};\npub fn cat(_: Call) {}");
    assert_eq!(found(&[contents, table, cat, ("lab/call.rs", "struct Call;")]), NONE);

    for call in [
        "use super::table::find;",
        "use crate::lab::{find as look, nothing};",
        "pub(crate) use super::{nothing, table::{self, find}};",
        "fn f() { super::table::find() }",
        "fn f() { let x = crate::lab::find(); }",
    ] {
        assert_eq!(found(&[contents, table, cat, ("lab/call.rs", call)]), [3], "{call}");
    }
    let contents = ("lab/mod.rs", "mod call;\nfn f() { call::find() }");
    assert_eq!(found(&[contents, ("lab/call.rs", "fn find(_: super::Lab) {}")]), [2]);
    for call in ["// use super::table::find;", "const X: &str = \"use super::table;\";"] {
        assert_eq!(found(&[contents, table, cat, ("lab/call.rs", call)]), NONE, "{call}");
    }
}
