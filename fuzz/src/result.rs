//! The result of a printed script: what is read can be written and is read the same, and a line
//! without its end counts for nothing.

use calha::engine::{ScriptOutcome, ScriptResult};

use super::Target;

pub const TARGET: Target = Target {
    name: "result",
    law: check,
    seeds: &["tests/fixtures/releases/0.1.0/script-1.result"],
    pieces: &[
        "calha-result 1\n",
        "calha-result 2\n",
        "settings a\n",
        "script 1\n",
        "script 99999999999999999999\n",
        "node Node1\n",
        "op vfstab-entry.1 done\n",
        "op vfstab-entry.1 already\n",
        "op vfstab-entry.1 failed\n",
        "op vfstab-entry.1 differs\n",
        "op",
        "end 0\n",
        "end 1\n",
        " ",
        "\n",
        "\r\n",
    ],
};

pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let result = ScriptResult::parse(&text);
    if text.is_empty() || text.ends_with('\n') {
        assert_eq!(
            ScriptResult::parse(&format!("{text}op torn.1 do")),
            result,
            "a torn line counts"
        );
    }
    let Ok(result) = result else { return };

    assert_eq!(ScriptResult::parse(&written(&result)), Ok(result.clone()));
    for (stem, outcome) in result.ops.iter().rev().take(8) {
        let end = result.outcome(stem);
        assert!(
            end.is_some_and(|end| end == *outcome || *outcome != ScriptOutcome::Done),
            "{stem}"
        );
    }
}

/// As a script writes it.
fn written(result: &ScriptResult) -> String {
    let ScriptResult { settings, number, node, ops, ended } = result;
    let mut text = format!("calha-result 1\nsettings {settings}\nscript {number}\nnode {node}\n");
    for (stem, outcome) in ops {
        let outcome = match outcome {
            ScriptOutcome::Done => "done",
            ScriptOutcome::Already => "already",
            ScriptOutcome::Failed => "failed",
            ScriptOutcome::Differs => "differs",
        };
        text.push_str(&format!("op {stem} {outcome}\n"));
    }
    if *ended {
        text.push_str("end 0\n");
    }
    text
}
