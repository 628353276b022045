//! One row of table 6-2 as it was worked out, with its sum, so that a reader can follow the
//! arithmetic.

use serde::Serialize;

/// A row of table 6-2: how much of a year the service of a model is down.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Share {
    pub model: String,
    /// Days of a year.
    pub days: f64,
    /// Of the year, in percent.
    pub percent: f64,
    /// The sum as it is worked out.
    pub sum: String,
}
