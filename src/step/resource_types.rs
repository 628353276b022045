use super::{Citation, Scope, Site, Step};
use crate::op::{Check, Command, NodePath, Op, Stdin, Undo};

/// The two resource types, registered under their names without a version: the one that is installed is used.
pub fn resource_types(site: &Site) -> Step {
    let site = site.clone();
    Step::new(
        "resource-types",
        "resource types SUNW.HAStoragePlus and SUNW.scics, registered",
        Citation { section: "6.6.3", errata: &["E02", "E09", "E29", "E31", "E40"] },
        Scope::Member(site.members()),
        "A resource can only be made of a registered type.",
    )
    .needing(&["record", "preflight"])
    .doing(move |_| {
        ["SUNW.HAStoragePlus", "SUNW.scics"].into_iter().map(|name| register(&site, name)).collect()
    })
}

fn register(site: &Site, name: &str) -> Op {
    let known = Check::Succeeds(Command::new(
        "/usr/cluster/bin/scha_resourcetype_get",
        ["-O", "RT_VERSION", "-T", name],
    ));
    let scrgadm = |option: &str| Command::new("/usr/cluster/bin/scrgadm", [option, "-t", name]);
    Op::Run {
        command: scrgadm("-a"),
        stdin: Stdin::Closed,
        done_when: known.clone(),
        absent_when: known.clone().negated(),
        never: Check::Never,
        within: site.cluster_limit(),
        settle: 0,
        touches: vec![NodePath::new("/usr/cluster").expect("a fixed path")],
        undo: Undo::Run {
            commands: vec![(scrgadm("-r"), known.negated())],
            may_stay: Some(format!("other resources may use {name}")),
            when_stuck: None,
        },
        leaves: Vec::new(),
    }
}
