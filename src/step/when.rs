//! The three moments of a step's looks. What is looked at is the `Look`'s; the engine keeps the
//! moments.

/// When a step looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Before the first change of the whole run.
    Early,
    /// Before the step's operations, on each of its hosts.
    Before,
    /// After them, as proof.
    After,
}
