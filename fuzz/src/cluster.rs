//! What the cluster answers: a word that calha does not know stays what it is, and nothing that is
//! no answer passes for one.

use calha::cluster::{
    GroupState, Meaning, Multipathing, NodeState, Quorum, Release, ResourceState, Switch, versions,
};

use super::Target;

const TYPE: &str = "SUNW.scics";

pub const TARGET: Target = Target {
    name: "cluster",
    law: check,
    seeds: &["fuzz/seeds/cluster"],
    pieces: &[
        "ONLINE",
        "OFFLINE",
        "UNMANAGED",
        "PENDING_",
        "_BLOCKED",
        "START_FAILED",
        "MONITOR_FAILED",
        "UP",
        "DOWN",
        "ENABLED",
        "TRUE",
        "SUNW.scics",
        "SUNW.scics:3.2\n",
        "STRINGARRAY\n",
        "3.1u4",
        "SunCluster 3.1",
        "99999999999.1",
        "Quorum votes needed: 2\n",
        "Quorum votes present: 3\n",
        "IPMP Group: Node1 ipmp0 Online hme0 Online\n",
        " ",
        "\n",
        "\r\n",
        "\0",
    ],
};

pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for word in text.lines() {
        states(word);
    }

    let release = Release::parse(&text);
    if let Some(Release { major, minor, update }) = release {
        let update = update.map(|update| format!("u{update}")).unwrap_or_default();
        assert_eq!(Release::parse(&format!("{major}.{minor}{update}\n")), release);
    }
    if let Some(Quorum { needed, present }) = Quorum::parse(&text) {
        assert!(text.contains(&needed.to_string()) || needed == 0, "{needed} votes needed");
        assert!(text.contains("Quorum votes present:"), "{present} votes present");
    }
    for row in Multipathing::parse(&text) {
        let again = format!("IPMP Group: {} {} {}", row.node, row.group, state(row.online));
        assert_eq!(Multipathing::parse(&again), [row]);
    }
    for name in versions(&text, TYPE) {
        assert!(name == TYPE || name.starts_with("SUNW.scics:"), "{name:?}");
    }
}

fn state(online: bool) -> &'static str {
    if online { "Online" } else { "Offline" }
}

fn states(word: &str) {
    let group = GroupState::parse(word);
    assert_eq!(group.word(), word.trim());
    assert_eq!(GroupState::parse(group.word()), group);
    assert_eq!(group.meaning() == Meaning::Unknown, matches!(group, GroupState::Unknown(_)));

    let resource = ResourceState::parse(word);
    assert_eq!(resource.word(), word.trim());
    assert_eq!(ResourceState::parse(resource.word()), resource);
    let is_unknown = matches!(resource, ResourceState::Unknown(_));
    assert_eq!(resource.meaning() == Meaning::Unknown, is_unknown);
    assert!(!(is_unknown && resource.serves()), "{word:?} serves");

    assert!(NodeState::parse(word).is_none() || matches!(word.trim(), "UP" | "DOWN"), "{word:?}");
    assert_eq!(Switch::is_on(word), word.trim() == "ENABLED");
}
