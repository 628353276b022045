use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::Op;

impl Op {
    /// SHA-256 of what the operation is, in hexadecimal: two with the same identity do the same to a node.
    ///
    /// Time limits and the words of instructions do not count, so a profile may change them in the middle of an installation.
    pub fn identity(&self) -> String {
        let value = Self::without_words(serde_json::json!(self));
        Sha256::digest(value.to_string()).iter().fold(String::new(), |mut hex, byte| {
            // Writing into a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }

    /// What a command of the cluster does, of an operation as JSON; nothing of any other operation.
    ///
    /// All settings that it depends on stand in the command itself. How it is proved and taken back
    /// may be another with the next version of the program: then it is the same work still.
    pub fn deed(value: &serde_json::Value) -> Option<serde_json::Value> {
        let touches = value.get("touches")?.as_array()?;
        touches.iter().find(|path| path.as_str() == Some("/usr/cluster"))?;
        Some(serde_json::json!([value.get("command")?, value.get("stdin")?]))
    }

    /// An operation as JSON without what does nothing to a node: limits and words.
    pub fn without_words(mut value: serde_json::Value) -> serde_json::Value {
        if let Some(fields) = value.as_object_mut() {
            for passing in ["within", "settle", "instructions"] {
                fields.remove(passing);
            }
            if let Some(stdin) = fields
                .get_mut("stdin")
                .and_then(|s| s.get_mut("terminal"))
                .and_then(|t| t.as_object_mut())
            {
                stdin.remove("instructions");
            }
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Check, Command, NodePath, Stdin, Undo};

    fn run(argument: &str, touches: &str, done_when: Check) -> serde_json::Value {
        let op = Op::Run {
            command: Command::new("/usr/cluster/bin/scswitch", ["-e", "-j", argument]),
            stdin: Stdin::Closed,
            done_when,
            absent_when: Check::Always,
            never: Check::Never,
            within: 1,
            settle: 0,
            touches: vec![NodePath::new(touches).unwrap()],
            undo: Undo::Nothing { because: "a test".into() },
            leaves: Vec::new(),
        };
        op.without_contents()
    }

    #[test]
    fn a_command_of_the_cluster_does_the_same_however_it_is_proved() {
        let deed = |argument: &str, done_when| Op::deed(&run(argument, "/usr/cluster", done_when));
        assert!(deed("A", Check::Always).is_some());
        assert_eq!(deed("A", Check::Always), deed("A", Check::Never));
        assert_ne!(deed("A", Check::Always), deed("B", Check::Always));
        assert_eq!(Op::deed(&run("A", "/opt", Check::Always)), None);
    }
}
