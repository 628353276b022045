//! One step as it was done, with what was seen as its proof and what was noted.

use serde::Serialize;

use super::Operation;

/// A step as it was done.
#[derive(Clone, Debug, Serialize)]
pub struct StepReport {
    pub number: usize,
    pub id: String,
    pub title: String,
    pub section: String,
    pub why: String,
    pub operations: Vec<Operation>,
    pub evidence: Vec<String>,
    pub notes: Vec<String>,
}
