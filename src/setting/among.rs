//! An instance among several: what the defaults that differ from instance to instance are worked
//! out from. Names follow table 6-6, directories table 6-4. An instance that somebody adds changes
//! no default of those before it, as long as it stands behind them.

/// Port of the watcher of the first instance, the product's own default (E70).
const FIRST_WATCHER: usize = 49994;

/// One instance, and what the profile says of all of them.
#[derive(Clone, Debug)]
pub struct Among<'a> {
    pub name: &'a str,
    /// All instances, in the order of the profile.
    pub instances: &'a [String],
    /// The nodes of the cluster, in the order of preference.
    pub cluster: &'a [String],
    pub symmetric: bool,
    /// The nodes of each instance that has them in the profile: its name, the active node first.
    pub placed: Vec<(&'a str, Vec<&'a str>)>,
    /// The nodes of this instance, the active one first; empty while they are unknown.
    pub nodes: Vec<&'a str>,
    /// The logical host of this instance.
    pub logical_host: Option<&'a str>,
    /// The domain of a logical host that the profile gives another instance.
    pub domain: Option<&'a str>,
}

impl Among<'_> {
    /// `CAL-` and `-RG` around the name of the instance, in capitals as in table 6-6.
    pub fn named(&self, before: &str, after: &str) -> String {
        format!("{before}-{}-{after}", self.name.to_ascii_uppercase())
    }

    /// A directory below this one, with the name of the active node (table 6-4).
    pub fn below(&self, directory: &str) -> Option<String> {
        self.nodes.first().map(|node| format!("{directory}/{node}"))
    }

    /// A port of its own for each watcher.
    pub fn watcher_port(&self) -> Option<String> {
        let digits = self.name.trim_start_matches(|c: char| !c.is_ascii_digit());
        let place = self.instances.iter().position(|name| name == self.name)?;
        let number = digits.parse::<usize>().ok().filter(|n| (1..=100).contains(n));
        Some((FIRST_WATCHER - 1 + number.unwrap_or(place + 1)).to_string())
    }

    /// The logical host in the domain of the others.
    pub fn qualified(&self) -> Option<String> {
        Some(format!("{}.{}", self.logical_host?, self.domain?))
    }

    /// An active node that no other instance has, and the one on standby.
    pub fn own_nodes(&self) -> Option<String> {
        let (active, standby) = if self.symmetric { self.mirrored() } else { self.spared() }?;
        Some(format!("{active},{standby}"))
    }

    /// In the symmetric model: both nodes, in the order that the other instance does not have.
    fn mirrored(&self) -> Option<(&str, &str)> {
        let [one, two] = self.cluster else { return None };
        let taken = self.placed.first().and_then(|(_, nodes)| nodes.first().copied());
        let first = match taken {
            Some(taken) => taken != one,
            None => self.instances.first().is_some_and(|name| name == self.name),
        };
        Some(if first { (one, two) } else { (two, one) })
    }

    /// In N+1: the next node that nobody has, and the spare of the others, or else the last node.
    fn spared(&self) -> Option<(&str, &str)> {
        let others = self.placed.first().and_then(|(_, nodes)| nodes.get(1).copied());
        let spare = others.or(self.cluster.last().map(String::as_str))?;
        let is_placed = |name: &str| self.placed.iter().any(|(placed, _)| *placed == name);

        let has_node = |node: &str| self.placed.iter().any(|(_, nodes)| nodes.contains(&node));
        let mut free = self.cluster.iter().filter(|node| *node != spare && !has_node(node));
        let mut open = self.instances.iter().filter(|name| !is_placed(name));
        let place = open.position(|name| name == self.name)?;
        Some((free.nth(place)?, spare))
    }
}
