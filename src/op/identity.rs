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
