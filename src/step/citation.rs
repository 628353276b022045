use std::fmt;

/// Where the guide asks for a step, and what is wrong with it there.
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
