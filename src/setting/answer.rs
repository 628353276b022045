//! One answer with its origin. The origin stays with the value through every later stage, so that a
//! problem can name the line, the option or the node it came from. Whether the value can be taken
//! is decided by its `Kind`.

use super::{Origin, Value};

/// What was answered, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub value: Value,
    pub origin: Origin,
}
