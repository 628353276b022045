//! The releases of Sun Cluster that have what the guides need.

use std::fmt;

use super::Solaris;
use crate::resource_type::Release;

/// A release of Sun Cluster; the later one is the greater. HAStoragePlus begins with the first of
/// these.
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

    /// The same as a release that documents know.
    pub fn documented(self) -> Release {
        match self {
            Self::ThreeZero => Release::R3_0,
            Self::ThreeOne => Release::R3_1U4,
            Self::ThreeTwo => Release::R3_2,
        }
    }

    /// Version of SUNW.HAStoragePlus; 4 with 3.2 is recalled, the others are documented (819-0703,
    /// 820-7359). Before 3.1 a type's name has no version, whatever its file says.
    pub fn storage_plus(self) -> &'static str {
        match self {
            Self::ThreeZero => "1.0",
            Self::ThreeOne => "2",
            Self::ThreeTwo => "4",
        }
    }

    /// Version of SUNW.LogicalHostname (819-0703).
    pub fn logical_hostname(self) -> &'static str {
        if self == Self::ThreeZero { "1.0" } else { "2" }
    }

    /// Whether types are registered under names with their versions (rt_reg(4) of 3.1).
    pub fn has_versioned_types(self) -> bool {
        self > Self::ThreeZero
    }

    /// Whether types know zones: Global_zone and Proxy (rt_properties(5) of 3.2).
    pub fn has_zones(self) -> bool {
        self >= Self::ThreeTwo
    }

    /// Whether SUNW.HAStorage, which HAStoragePlus superseded, is still there (806-1421, 817-1017).
    pub fn has_storage(self) -> bool {
        self < Self::ThreeTwo
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
