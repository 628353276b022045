//! The releases of Sun Cluster that have what the guides need.

use std::fmt;

use super::Solaris;

/// A release of Sun Cluster; the later one is the greater. HAStoragePlus begins with the first of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClusterRelease {
    /// 3.0 5/02, the third update of 3.0.
    ThreeZero,
    /// 3.1 8/05, the fourth update of 3.1.
    ThreeOne,
    ThreeTwo,
}

impl ClusterRelease {
    pub const ALL: [Self; 3] = [Self::ThreeZero, Self::ThreeOne, Self::ThreeTwo];

    pub fn number(self) -> &'static str {
        match self {
            Self::ThreeZero => "3.0",
            Self::ThreeOne => "3.1",
            Self::ThreeTwo => "3.2",
        }
    }

    /// With the update, as the release file and `scinstall -p` spell it.
    pub fn with_update(self) -> &'static str {
        match self {
            Self::ThreeZero => "3.0u3",
            Self::ThreeOne => "3.1u4",
            Self::ThreeTwo => "3.2",
        }
    }

    /// Whether it was made for this release of Solaris.
    pub fn runs_on(self, solaris: Solaris) -> bool {
        match self {
            Self::ThreeZero => solaris <= Solaris::Nine,
            Self::ThreeOne => true,
            Self::ThreeTwo => solaris >= Solaris::Nine,
        }
    }
}

impl fmt::Display for ClusterRelease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ThreeZero => "Sun Cluster 3.0 5/02",
            Self::ThreeOne => "Sun Cluster 3.1 8/05",
            Self::ThreeTwo => "Sun Cluster 3.2",
        })
    }
}
