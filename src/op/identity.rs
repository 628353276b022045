//! Whether two operations do the same to a node: what a journal, an intent and a guide of another
//! release are compared by.

use std::fmt::Write as _;

use serde::Deserialize as _;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::Op;
use crate::cluster::commands;
use crate::node::Command;

impl Op {
    /// SHA-256 of what the operation is, in hexadecimal: two with the same identity do the same to
    /// a node.
    ///
    /// Time limits and the words of instructions do not count, so a profile may change them in the
    /// middle of an installation.
    pub fn identity(&self) -> String {
        let value = Self::without_words(serde_json::json!(self));
        Sha256::digest(value.to_string()).iter().fold(String::new(), |mut hex, byte| {
            // Writing into a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }

    /// Whether this is the operation that began with that identity, recorded as `then`
    /// ([`Op::without_contents`]).
    ///
    /// A command is the same when it is given the same arguments and leaves the same. What is asked
    /// before and after it is not counted: another release may ask more, and an installation that
    /// it finds goes on. The version of a resource's type is not counted either: what a resource
    /// was made of it keeps, and a choice that was made later is for those that come after it.
    pub fn is_still(&self, identity: &str, then: &Value) -> bool {
        self.identity() == identity || (self.is_command() && self.does_as(then))
    }

    /// Whether it does to a node what the recorded operation did.
    pub fn does_as(&self, then: &Value) -> bool {
        let bare = |value: Value| {
            Self::without_version(Self::without_questions(Self::without_words(value)))
        };
        bare(then.clone()) == bare(self.without_contents())
    }

    /// Whether it is carried out by a program or by hand, and not by calha itself.
    pub fn is_command(&self) -> bool {
        matches!(self, Self::Run(_) | Self::Operator { .. })
    }

    /// An operation as JSON without what does nothing to a node: limits, words, and what else of a
    /// file is looked at.
    pub fn without_words(mut value: Value) -> Value {
        if let Some(fields) = value.as_object_mut() {
            for passing in ["within", "settle", "instructions"] {
                fields.remove(passing);
            }
            let changes = fields.get_mut("changes").and_then(Value::as_array_mut);
            for change in changes.into_iter().flatten().filter_map(Value::as_object_mut) {
                change.remove("only_here");
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

    /// The same without what is asked about it, and without what undoes it, of which each
    /// record has its own.
    fn without_questions(mut value: Value) -> Value {
        if let Some(fields) = value.as_object_mut() {
            for asked in ["done_when", "absent_when", "never", "touches", "undo"] {
                fields.remove(asked);
            }
        }
        value
    }

    /// The same with the type of a resource that is made named without a version.
    fn without_version(mut value: Value) -> Value {
        let Some(fields) = value.get_mut("command") else { return value };
        if let Ok(command) = Command::deserialize(&*fields) {
            *fields = serde_json::json!(commands::without_version(command));
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use crate::cluster::commands;
    use crate::op::{Check, Op, Run, Touches, Undo};

    fn enabled(resource: &str, done_when: Check) -> Op {
        Op::Run(
            Run::new(commands::enable(resource), done_when, Undo::nothing("a test"))
                .absent_when(Check::Never)
                .touching([Touches::Cluster]),
        )
    }

    #[test]
    fn a_command_stays_the_same_when_more_is_asked_about_it_and_not_with_other_arguments() {
        let then = enabled("CAL", Check::Always);
        let (digest, recorded) = (then.identity(), then.without_contents());
        assert!(then.is_still(&digest, &recorded));
        let asks_more = enabled("CAL", Check::Always.negated().negated());
        assert_ne!(asks_more.identity(), digest);
        assert!(asks_more.is_still(&digest, &recorded));
        assert!(!enabled("OTHER", Check::Always).is_still(&digest, &recorded));
    }

    #[test]
    fn a_resource_of_another_version_of_its_type_is_the_same_and_of_another_type_is_not() {
        let made_of = |full: &str| {
            let mut op = enabled("CAL", Check::Always);
            let Op::Run(Run { command, .. }) = &mut op else { panic!("a command") };
            *command = commands::add_resource("CAL", "CAL-RG", full, &[]);
            op
        };
        let then = made_of("SUNW.scics");
        let (digest, recorded) = (then.identity(), then.without_contents());
        assert!(made_of("SUNW.scics:2").is_still(&digest, &recorded));
        assert!(!made_of("SUNW.scics2").is_still(&digest, &recorded));
    }
}
