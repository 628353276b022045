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
