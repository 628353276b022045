use super::{Origin, Value};

/// What was answered, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub value: Value,
    pub origin: Origin,
}
