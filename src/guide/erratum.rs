//! One entry of the catalogue of what is wrong in the guide: what it prints, why that fails, what
//! calha does. Steps cite entries by id; a test refuses an id that does not exist.

use super::Evidence;

/// Something that is wrong in one of the guides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erratum {
    /// `E34`.
    pub id: &'static str,
    pub section: &'static str,
    /// What the guide prints or tells.
    pub printed: &'static str,
    /// Why that does not work.
    pub wrong: &'static str,
    /// What calha does, or what is right.
    pub instead: &'static str,
    pub evidence: Evidence,
}

impl Erratum {
    /// An entry of the catalogue, in the order in which a reader meets it.
    pub(super) const fn new(
        id: &'static str,
        section: &'static str,
        printed: &'static str,
        wrong: &'static str,
        instead: &'static str,
        evidence: Evidence,
    ) -> Self {
        Self { id, section, printed, wrong, instead, evidence }
    }
}
