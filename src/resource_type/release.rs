//! Releases of the cluster, and what a type may declare to be registered on them.

use std::fmt;

/// A release. The names are those of its documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Release {
    R3_0,
    R3_1,
    R3_1U1,
    R3_1U2,
    R3_1U3,
    R3_1U4,
    R3_2,
    R3_2U1,
    R3_2U2,
    R3_2U3,
    R3_3,
    R3_3U1,
    R3_3U2,
    R4_0,
    R4_1,
    R4_2,
    R4_3,
    R4_4,
}

impl Release {
    pub const ALL: [Self; 18] = [
        Self::R3_0,
        Self::R3_1,
        Self::R3_1U1,
        Self::R3_1U2,
        Self::R3_1U3,
        Self::R3_1U4,
        Self::R3_2,
        Self::R3_2U1,
        Self::R3_2U2,
        Self::R3_2U3,
        Self::R3_3,
        Self::R3_3U1,
        Self::R3_3U2,
        Self::R4_0,
        Self::R4_1,
        Self::R4_2,
        Self::R4_3,
        Self::R4_4,
    ];

    /// Its name: `3.1 8/05`.
    pub fn name(self) -> &'static str {
        match self {
            Self::R3_0 => "3.0",
            Self::R3_1 => "3.1",
            Self::R3_1U1 => "3.1 10/03",
            Self::R3_1U2 => "3.1 4/04",
            Self::R3_1U3 => "3.1 9/04",
            Self::R3_1U4 => "3.1 8/05",
            Self::R3_2 => "3.2",
            Self::R3_2U1 => "3.2 2/08",
            Self::R3_2U2 => "3.2 1/09",
            Self::R3_2U3 => "3.2 11/09",
            Self::R3_3 => "3.3",
            Self::R3_3U1 => "3.3 5/11",
            Self::R3_3U2 => "3.3 12/12",
            Self::R4_0 => "4.0",
            Self::R4_1 => "4.1",
            Self::R4_2 => "4.2",
            Self::R4_3 => "4.3",
            Self::R4_4 => "4.4",
        }
    }

    /// The same as an option's value takes it: `3.1-8/05`, `3.1u4` and `3.1 8/05` are one.
    pub fn parse(word: &str) -> Option<Self> {
        let plain = |text: &str| text.to_ascii_lowercase().replace(['-', '_', ' '], "");
        let word = plain(word);
        Self::ALL.into_iter().find(|r| plain(r.name()) == word || r.update() == Some(&*word))
    }

    fn update(self) -> Option<&'static str> {
        match self {
            Self::R3_1U1 => Some("3.1u1"),
            Self::R3_1U2 => Some("3.1u2"),
            Self::R3_1U3 => Some("3.1u3"),
            Self::R3_1U4 => Some("3.1u4"),
            Self::R3_2U1 => Some("3.2u1"),
            Self::R3_2U2 => Some("3.2u2"),
            Self::R3_2U3 => Some("3.2u3"),
            Self::R3_3U1 => Some("3.3u1"),
            Self::R3_3U2 => Some("3.3u2"),
            _ => None,
        }
    }

    /// The highest API_version that can be registered there (rt_properties(5), E51743); absent: no
    /// document says.
    pub fn api(self) -> Option<u32> {
        match self {
            Self::R3_0 | Self::R3_1 => Some(2),
            Self::R3_1U1 => Some(3),
            Self::R3_1U2 => Some(4),
            Self::R3_1U3 => Some(5),
            Self::R3_1U4 => Some(6),
            Self::R3_2 => Some(7),
            Self::R3_2U1 => Some(8),
            Self::R3_2U2 => Some(9),
            Self::R3_2U3 => Some(10),
            Self::R3_3 => Some(11),
            Self::R3_3U1 => Some(12),
            Self::R3_3U2 => Some(13),
            Self::R4_0 => Some(20),
            Self::R4_1 => Some(21),
            Self::R4_2 => Some(22),
            Self::R4_3 | Self::R4_4 => None,
        }
    }

    /// Whether the release notes contradict the table: those of 3.1 name API_version 3 already
    /// (816-5317/x-7jbmh).
    pub fn may_take(self, api: u32) -> bool {
        self == Self::R3_1 && api == 3
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::Release;

    #[test]
    fn a_release_is_known_by_its_name_and_by_its_update() {
        for release in Release::ALL {
            assert_eq!(Release::parse(release.name()), Some(release));
        }
        assert_eq!(Release::parse("3.1u4"), Some(Release::R3_1U4));
        assert_eq!(Release::parse("3.2-2/08"), Some(Release::R3_2U1));
        assert_eq!(Release::parse("2.2"), None);
    }
}
