//! Where the guide asks for a step and which of its errata apply there, for whoever shows the
//! step. What an erratum says is not kept here.

use std::fmt;

/// A section of the guide, with its errata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Citation {
    /// "6.6.1".
    pub section: &'static str,
    /// "E25".
    pub errata: &'static [&'static str],
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.section)?;
        if !self.errata.is_empty() {
            write!(f, " ({})", self.errata.join(", "))?;
        }
        Ok(())
    }
}
