//! Reads the groups of adapters that `scstat -i` prints. It passes over every other line. What a
//! missing group means is `network`'s affair.

/// A row of `scstat -i`: the state of a group of adapters on a node (scstat(1M)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Multipathing {
    pub node: String,
    pub group: String,
    pub online: bool,
}

impl Multipathing {
    /// Every row: label, node, group, its status, an adapter, the adapter's status.
    pub fn parse(text: &str) -> Vec<Self> {
        let row = |line: &str| {
            let mut words =
                line.trim().strip_prefix("IPMP Group:")?.split_whitespace().map(str::to_owned);
            Some(Self {
                node: words.next()?,
                group: words.next()?,
                online: words.next()?.eq_ignore_ascii_case("online"),
            })
        };
        text.lines().filter_map(row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Multipathing;

    #[test]
    fn rows_are_told_from_those_of_resource_groups() {
        let text = "-- IPMP Groups --\n\
                    \n  \
                    IPMP Group: Node1    ipmp0   Online   hme0   Online\n  \
                    IPMP Group: Node2  ipmp1 Offline qfe0 Offline\n     \
                    Group: CAL-RG  Node1 Online\n";
        let rows = Multipathing::parse(text);
        assert_eq!(rows.len(), 2);
        assert_eq!(
            rows[0],
            Multipathing { node: "Node1".into(), group: "ipmp0".into(), online: true }
        );
        assert!(!rows[1].online && rows[1].group == "ipmp1");
    }
}
