//! What speaks for and against each model (table 6-1). Where the guide promises too much, the entry
//! says so and names the erratum.

/// A row of table 6-1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModelFacts {
    pub name: &'static str,
    /// The section that describes it.
    pub section: &'static str,
    pub what: &'static str,
    pub advantages: &'static [&'static str],
    pub drawbacks: &'static [&'static str],
    /// How its programs are upgraded.
    pub upgrade: &'static str,
    pub recommended: &'static str,
}

/// How programs on shared disks are upgraded.
const AT_ONCE: &str = "stop the instance, upgrade its programs where their disk is mounted, start \
                       it: they are there once, so nothing rolls";

/// The three models of section 6.1, with what the guide promises too much put right (E03, E04,
/// E06).
pub fn models() -> &'static [ModelFacts] {
    &[ASYMMETRIC, SYMMETRIC, N_PLUS_ONE]
}

const ASYMMETRIC: ModelFacts = ModelFacts {
    name: "asymmetric",
    section: "6.1.1",
    what: "One instance on two nodes: one runs it, the other is kept free for it.",
    advantages: &["simple to set up", "the standby node has its whole capacity for the service"],
    drawbacks: &[
        "the standby node is idle most of the time",
        "one disk array: when it fails, there is nothing to fail over to",
        "rolling upgrades, which the guide promises here, are a feature planned for later \
         releases (E03); moving the group costs a short outage",
    ],
    upgrade: "either node first: upgrade the programs on the node that the service is not on, move \
              the group there (a short outage), upgrade the other node, move it back; meanwhile \
              the service runs, and a change in ics.conf waits for its next start. Whether two \
              releases may share one database is not proved: ask the release notes (E03)",
    recommended: "a small service provider with plans to grow",
};

const SYMMETRIC: ModelFacts = ModelFacts {
    name: "symmetric",
    section: "6.1.2",
    what: "Two instances on two nodes: each node runs one and takes over the other's.",
    advantages: &[
        "both nodes are in use",
        "more available, where the disk arrays mirror each other",
    ],
    drawbacks: &[
        "after a failover both instances share one node's capacity",
        "the disks have to be fully redundant, which no step of the guide sets up (E06)",
    ],
    upgrade: AT_ONCE,
    recommended: "a small enterprise that can live with less speed while one server is \
                  down",
};

const N_PLUS_ONE: ModelFacts = ModelFacts {
    name: "n-plus-one",
    section: "6.1.3",
    what: "N instances, each on a node and a disk array of its own, and one spare node \
           for all of them.",
    advantages: &[
        "the load is spread over N nodes",
        "easy to extend",
        "one idle node for N active ones",
    ],
    drawbacks: &[
        "the most complex to set up and to run",
        "the spare node has to be able to carry all N instances at once",
    ],
    upgrade: AT_ONCE,
    recommended: "a large service provider that must spread its load and has the means",
};
