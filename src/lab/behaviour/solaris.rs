//! The releases of Solaris that Calendar Server 6.3 and Sun Cluster 3 met on, with their numbers
//! and names. What their programs do otherwise is in the table of facts.

use std::fmt;

/// A release of Solaris; the later one is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Solaris {
    Eight,
    Nine,
    Ten,
}

impl Solaris {
    pub const ALL: [Self; 3] = [Self::Eight, Self::Nine, Self::Ten];

    pub fn number(self) -> &'static str {
        match self {
            Self::Eight => "8",
            Self::Nine => "9",
            Self::Ten => "10",
        }
    }

    /// As `uname -r` prints it.
    pub fn kernel(self) -> &'static str {
        match self {
            Self::Eight => "5.8",
            Self::Nine => "5.9",
            Self::Ten => "5.10",
        }
    }

    /// The first line of /etc/release.
    pub(crate) fn release_line(self) -> &'static str {
        match self {
            Self::Eight => "                       Solaris 8 2/04 s28s_hw4wos_05a SPARC",
            Self::Nine => "                       Solaris 9 9/05 s9s_u8wos_05 SPARC",
            Self::Ten => "                       Solaris 10 6/06 s10s_u2wos_09a SPARC",
        }
    }
}

impl fmt::Display for Solaris {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Solaris {}", self.number())
    }
}
