use crate::op::{Op, OpId};

/// An operation that is to be carried out.
#[derive(Clone, Debug)]
pub struct Due {
    pub id: OpId,
    pub op: Op,
    /// Whether it was looked at just now and is not done. A command is not looked at once more then before it begins; what edits a file always is.
    pub seen: bool,
}

impl Due {
    /// One that has not been looked at.
    pub fn unseen(id: &OpId, op: &Op) -> Self {
        Self { id: id.clone(), op: op.clone(), seen: false }
    }
}
