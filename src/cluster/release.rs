//! Reads the release of Sun Cluster, as scinstall(1M) prints it. Text that is no release is no
//! answer, so that nobody is refused for it. Refusing a release that is too old is its callers'
//! affair.

/// A release: `3.1u4` is the fourth update of 3.1. Without an update it may be any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    pub major: u32,
    pub minor: u32,
    pub update: Option<u32>,
}

impl Release {
    /// From `scinstall -p` (`3.1u4`) or the first line of `scinstall -pv` (`SunCluster 3.1`),
    /// behind which a line for each package follows; nothing where neither stands there.
    pub fn parse(text: &str) -> Option<Self> {
        let first = text.lines().find(|line| !line.trim().is_empty())?;
        first.split_whitespace().find_map(Self::word)
    }

    fn word(word: &str) -> Option<Self> {
        let (major, rest) = word.split_once('.')?;
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (minor, rest) = rest.split_at(digits);
        let update = match rest.trim_start_matches('_').strip_prefix(['u', 'U']) {
            Some(number) => Some(number.parse().ok()?),
            None if rest.is_empty() => None,
            None => return None,
        };
        Some(Self { major: major.parse().ok()?, minor: minor.parse().ok()?, update })
    }

    /// Whether it is known to be before 3.0 5/02, the third update of 3.0: HAStoragePlus begins
    /// there.
    pub fn is_before_storage_plus(self) -> bool {
        match (self.major, self.minor) {
            (3, 0) => self.update.is_some_and(|update| update < 3),
            (major, _) => major < 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Release;

    fn release(text: &str) -> Option<(u32, u32, Option<u32>)> {
        Release::parse(text).map(|r| (r.major, r.minor, r.update))
    }

    #[test]
    fn both_forms_are_read() {
        assert_eq!(release("3.0\n"), Some((3, 0, None)));
        assert_eq!(release("3.1u4\n"), Some((3, 1, Some(4))));
        assert_eq!(release("SunCluster 3.1\nSUNWscr: 3.1.0,REV=2\n"), Some((3, 1, None)));
        assert_eq!(release("\nSun Cluster 3.2u2 for Solaris 10 i386\n"), Some((3, 2, Some(2))));
        assert_eq!(release("3.2_U1\n"), Some((3, 2, Some(1))));
    }

    #[test]
    fn what_is_no_release_is_none() {
        for text in ["", "SUNWscr: 3.1.0,REV=2001", "not installed", "3.x", "3.1ux", "3.1beta"] {
            assert_eq!(release(text), None, "{text}");
        }
    }

    #[test]
    fn only_what_is_known_to_be_too_old_is() {
        let old = |text: &str| Release::parse(text).is_some_and(Release::is_before_storage_plus);
        assert!(["2.2", "3.0u1", "3.0u2"].into_iter().all(old));
        assert!(!["3.0", "3.0u3", "3.1", "3.2u3", "4.4"].into_iter().any(old));
    }
}
