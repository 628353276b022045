//! An operation as it goes to a host: what it is, what is known of it already, and what must be
//! mounted there while it is done.

use std::fmt::Write as _;

use crate::node::{HostError, NodePath};
use crate::op::{Op, OpId};

/// An operation that is to be carried out.
#[derive(Clone, Debug)]
pub struct Due {
    pub id: OpId,
    pub op: Op,
    /// Whether it was looked at just now and is not done. A command is not looked at once more then
    /// before it begins; what edits a file always is.
    pub seen: bool,
    /// Mount points of the shared file systems that it works on. It does not begin while one of
    /// them is not mounted on its host.
    pub share: Vec<NodePath>,
}

impl Due {
    /// One that has not been looked at.
    pub fn unseen(id: &OpId, op: &Op) -> Self {
        Self { id: id.clone(), op: op.clone(), seen: false, share: Vec::new() }
    }

    /// The same, working on these shared file systems.
    pub fn on_share(self, share: Vec<NodePath>) -> Self {
        Self { share, ..self }
    }

    /// Whether a node can be given these in one request.
    ///
    /// # Errors
    /// Which of them cannot go there, or not along with others.
    pub fn fit_together(ops: &[Self]) -> Result<(), HostError> {
        let is_misfit = |due: &&Self| due.op.is_attended() || (ops.len() > 1 && !due.op.is_quick());

        match ops.iter().find(is_misfit) {
            None => Ok(()),
            Some(Self { id, .. }) => Err(HostError::Invalid(format!(
                "{id}: handwork is not sent to a node, and what takes long goes there alone"
            ))),
        }
    }

    /// Whether what it looks at lies on the shared file systems themselves: a file does. What a
    /// command has done, its own record says.
    pub fn looks_there(&self) -> bool {
        !self.op.is_command()
    }

    /// The text of the plan, with the file systems that must be mounted.
    pub fn to_shell(&self) -> String {
        let mut text = String::from("calha_share=");
        let points: Vec<&str> = self.share.iter().map(NodePath::as_str).collect();
        if !points.is_empty() {
            // Writing into a String cannot fail.
            let _ = write!(text, "{}", crate::op::quote(&points.join(" ")));
        }
        let lies = if self.looks_there() && !points.is_empty() { "yes" } else { "" };
        let _ = writeln!(text, " calha_lies={lies}");
        text + self.op.to_shell(&self.id).as_str()
    }
}
