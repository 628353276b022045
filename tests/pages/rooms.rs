//! Rooms know only what is below them in the picture of ARCHITECTURE.md.

use std::collections::BTreeMap;
use std::path::Path;

use crate::sources::{code, sources};

/// The height of each room: 0 is the lowest line of the picture.
fn heights(page: &str) -> BTreeMap<String, usize> {
    let picture = page.split("```text\n").nth(1).expect("a picture");
    let lines: Vec<&str> = picture.split("```").next().unwrap().lines().collect();

    let mut heights = BTreeMap::new();
    for (height, line) in lines.iter().rev().enumerate() {
        for room in line.split_whitespace() {
            assert!(heights.insert(room.to_owned(), height).is_none(), "{room} is drawn twice");
        }
    }
    heights
}

/// The rooms that a source names behind `crate::`, outside comments.
fn named(source: &str) -> Vec<String> {
    let code = code(source);
    let mut rooms = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let words = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap().split(',').collect(),
            None => vec![rest],
        };
        rooms.extend(words.into_iter().map(|word| {
            word.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
        }));
    }
    rooms
}

/// What a source names although it is not below its room.
fn wrong(
    heights: &BTreeMap<String, usize>,
    name: &str,
    source: &str,
) -> Result<Vec<String>, String> {
    let room = name.split('/').next().unwrap().trim_end_matches(".rs");
    let height = |room: &str| {
        heights.get(room).copied().ok_or(format!("{name}: {room} is missing in the picture"))
    };
    let own = height(room)?;

    let mut wrong = Vec::new();
    for other in named(source).iter().filter(|other| *other != room) {
        if height(other)? >= own {
            wrong.push(format!("{name}: {room} may not know {other}"));
        }
    }
    Ok(wrong)
}

#[test]
fn no_room_knows_one_above_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let heights = heights(&page);
    let found = sources();

    let mut arrows = Vec::new();
    for source in &found {
        arrows.extend(
            wrong(&heights, &source.path, &source.text).unwrap_or_else(|missing| vec![missing]),
        );
    }
    arrows.sort();
    arrows.dedup();
    assert!(arrows.is_empty(), "{}", arrows.join("\n"));

    let empty = heights.keys().filter(|room| !found.iter().any(|source| source.room() == **room));
    assert_eq!(empty.collect::<Vec<_>>(), Vec::<&String>::new(), "drawn and not there");
}

/// Where the cluster's programs are is spelt in `cluster`, and in the simulated one. Besides: the
/// prelude asks its node for a name before anything else, by a program that every release has, and
/// two pages for people quote what is typed.
#[test]
fn one_room_spells_the_programs_of_the_cluster() {
    const BESIDES: [&str; 3] =
        ["op/shell/prelude.sh", "guide/errata/asymmetric.rs", "cli/lab_shell.rs"];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut open = vec![root.clone()];
    let (mut inside, mut outside) = (0, Vec::new());

    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        match code.matches("/usr/cluster").count() {
            0 => {}
            found if name.starts_with("cluster/") => inside += found,
            _ if name.starts_with("lab/") || BESIDES.contains(&name.as_str()) => {}
            _ => outside.push(name),
        }
    }
    assert!(inside > 0, "the sources were not found");
    assert_eq!(outside, Vec::<String>::new());
}

/// `no_room_knows_one_above_it` sees an arrow upwards, to the side, and to a room that nobody drew.
#[test]
fn an_arrow_that_the_picture_lacks_is_found() {
    let heights = heights("```text\nengine\nop  host\nnode\n```\n");
    let of = |name: &str, source: &str| wrong(&heights, name, source);

    assert_eq!(of("op/op.rs", "use crate::node::NodeName;\nuse crate::op::Op;"), Ok(vec![]));
    assert_eq!(of("op/op.rs", "// crate::engine knows\n"), Ok(vec![]));
    for source in
        ["use crate::engine::Engine;", "use crate::{node, engine};", "fn f(h: &crate::host::Host)"]
    {
        assert_eq!(of("op/op.rs", source).map(|found| found.len()), Ok(1), "{source}");
    }
    assert!(of("op/op.rs", "use crate::attic::Box;").is_err());
}
