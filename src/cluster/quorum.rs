//! Reads the votes that `scstat -q` sums up. Output without the summary is no answer, not zero
//! votes. Whether the votes are enough is `members`' affair.

/// The votes of the cluster (scstat(1M)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quorum {
    pub needed: u32,
    pub present: u32,
}

impl Quorum {
    /// The summary in the output; nothing when it has none. Releases differ in titles, not in the
    /// labels of the rows.
    pub fn parse(text: &str) -> Option<Self> {
        let votes = |label: &str| {
            let row = text.lines().find_map(|l| l.trim().strip_prefix(label))?;
            row.trim().parse().ok()
        };
        Some(Self {
            needed: votes("Quorum votes needed:")?,
            present: votes("Quorum votes present:")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Quorum;

    #[test]
    fn the_summary_is_read_whatever_its_title() {
        let text = "------\n\
                    \n\
                    -- Quorum Summary from latest node reconfiguration --\n\
                    \n  \
                    Quorum votes possible:      3\n  \
                    Quorum votes needed:        2\n  \
                    Quorum votes present:       3\n\
                    \n\
                    -- Quorum Votes by Node (current status) --\n";
        assert_eq!(Quorum::parse(text), Some(Quorum { needed: 2, present: 3 }));
        assert_eq!(Quorum::parse("scstat: not in cluster mode\n"), None);
        assert_eq!(Quorum::parse("Quorum votes needed: many\nQuorum votes present: 1\n"), None);
    }
}
