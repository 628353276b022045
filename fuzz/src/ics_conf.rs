//! An ics.conf: every byte comes back, the block touches nothing else, and without a problem the
//! server takes every value from it.

use calha::document::{HaBlock, IcsConf};
use calha::node::Sum;
use calha::op::effect::{OPEN, edit};
use calha::op::{Change, Reality};

use super::Target;
use super::findings::{assert_helps, codes, ics_notices, ics_problems};
use super::wanted::{block, set_block};

pub const TARGET: Target = Target {
    name: "ics_conf",
    law: check,
    seeds: &["fuzz/seeds/ics_conf"],
    pieces: &[
        "local.hostname=\"node1\"\n",
        "a = \"open\n",
        "closes\"\n",
        "b=\"\"\n",
        " local.hostname=\"x\"\n",
        "Local.hostname=\"x\"\n",
        "!c=\"d\n",
        "a=unquoted\n",
        "=\"",
        "x=\"1\" \"\n",
        "!",
        "=",
        "\"",
        "\\\"",
        "\n",
        "\r\n",
        "\0",
        "\u{feff}",
        "\u{201c}",
        "local.enduseradmincred = \"secret\"\n",
        "! calha: the line above had no newline at its end\n",
    ],
};

pub fn check(bytes: &[u8]) {
    assert_eq!(IcsConf::parse(bytes).render(), bytes);
    let problems = ics_problems(bytes);
    assert_helps(&problems);
    assert_helps(&ics_notices(bytes));

    let change = set_block();
    let reality = change.reality(bytes);
    let added = edit(bytes, std::slice::from_ref(&change));
    if problems.is_empty() {
        match &reality {
            Reality::Absent => counts(&added),
            Reality::Present => counts(bytes),
            Reality::Differs { found } => panic!("differs without a problem: {found}"),
        }
    }
    // What is left of an earlier block goes with this one.
    let is_marked = bytes.split(|b| *b == b'\n').any(|line| line == OPEN.as_bytes());
    if reality == Reality::Absent && !is_marked {
        assert_eq!(edit(&added, &[remove_block()]), bytes);
        if problems.is_empty() {
            assert_eq!(codes(&ics_problems(&added)), Vec::<String>::new());
        }
    }
}

/// The server takes every value from the block.
fn counts(bytes: &[u8]) {
    let (now, ours) = (IcsConf::parse(bytes), IcsConf::parse(block().text.as_bytes()));
    for parameter in ours.parameters() {
        assert_eq!(now.value(parameter.name), Some(parameter.value), "{}", parameter.name);
    }
}

fn remove_block() -> Change {
    let HaBlock { begin, end, text } = block();
    let lines = text.lines().filter(|l| !l.starts_with('!')).map(String::from).collect();
    let sum = Sum::of(text.as_bytes());
    Change::RemoveBlock { begin, end, sum, lines, only_here: HaBlock::only_here() }
}
