//! What a node keeps of an operation from before it begins: one line of JSON.
//!
//! Backslashes are spelt as another character, which then stands before the JSON too, so that the
//! line is one that echo(1) prints as it is in every shell: that costs no process.

use serde_json::Value;

use super::{Op, OpId};

/// Characters that may stand for a backslash; the first one that the text has not is taken.
const INSTEAD: [char; 3] = ['|', '~', '^'];

/// The line, without its end. It has backslashes only where the text has all of the other
/// characters.
pub fn line(id: &OpId, op: &Op) -> String {
    let json =
        serde_json::json!({ "version": 1, "id": id, "op": op.without_contents() }).to_string();
    let instead = INSTEAD.into_iter().find(|c| !json.contains(*c)).filter(|_| json.contains('\\'));
    match instead {
        Some(instead) => format!("{instead}{}", json.replace('\\', &instead.to_string())),
        None => json,
    }
}

/// The operation of a line as it was written; `None` for one that is not whole.
pub fn operation(bytes: &[u8]) -> Option<Value> {
    let text = std::str::from_utf8(bytes).ok()?;
    let json = match text.chars().next().filter(|first| INSTEAD.contains(first)) {
        Some(instead) => text[instead.len_utf8()..].replace(instead, "\\"),
        None => text.to_owned(),
    };
    let intent: Value = serde_json::from_str(&json).ok()?;
    Some(intent.get("op").cloned().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::node::{Command, NodePath};
    use crate::op::{Check, Run, Undo};

    fn prints(text: &str) -> Op {
        Op::Run(
            Run::new(
                Command::new("/bin/x", ["-y"]),
                Check::Holds { path: NodePath::new("/x").unwrap(), text: text.into() },
                Undo::nothing("a test"),
            )
            .absent_when(Check::Never)
            .within(1),
        )
    }

    #[test]
    fn every_text_comes_back_and_only_odd_ones_have_backslashes() {
        let id =
            OpId { step: "step".into(), node: crate::node::NodeName("Node1".into()), number: 1 };
        for (text, first) in
            [("a", '{'), ("a\tb\\\"", '|'), ("a|\t", '~'), ("a|~\n", '^'), ("a|~^\n", '{')]
        {
            let op = prints(text);
            let line = line(&id, &op);
            assert_eq!(line.chars().next(), Some(first), "{text:?}");
            assert_eq!(line.contains('\\'), text == "a|~^\n", "{line}");
            assert_eq!(
                operation(format!("{line}\n").as_bytes()),
                Some(op.without_contents()),
                "{line}"
            );
            for torn in 1..line.len() {
                assert_eq!(operation(&line.as_bytes()[..torn]), None, "{torn}");
            }
        }
    }
}
