use super::{Citation, Scope, Site, Step};
use crate::op::{Check, Command, NodePath, Op, Stdin, Undo};

/// An account, as getent(1M) knows it: NIS and LDAP have accounts that no file of the node has, and there the password may be anything.
fn known(database: &str, name: &str, numbers: &str) -> Check {
    let says = |text: String| Check::Says { command: getent(database, name), text };
    Check::All(vec![says(format!("{name}:")), says(numbers.into())])
}

/// There is none, and getent(1M) answers: it knows root.
fn unknown(database: &str, name: &str) -> Check {
    let root = Check::Succeeds(getent(database, "root"));
    Check::All(vec![Check::Succeeds(getent(database, name)).negated(), root])
}

fn getent(database: &str, name: &str) -> Command {
    Command::new("/usr/bin/getent", [database, name])
}

/// Runtime group and user with the same ids on every node: the configurator would make them with whatever id is free.
pub fn accounts(site: &Site) -> Step {
    let site = site.clone();
    let account = site.settings.account.clone();
    Step::new(
        "accounts",
        format!(
            "group {} ({}) and user {} ({})",
            account.group, account.gid, account.user, account.uid
        ),
        Citation { section: "6.6.3", errata: &["E71"] },
        Scope::EachNode(site.members()),
        "Files on the shared disk belong to numbers; a node with other numbers cannot read them.",
    )
    .needing(&["record", "preflight"])
    .doing(move |_| {
        let (uid, gid) = (account.uid.to_string(), account.gid.to_string());
        let group = known("group", &account.group, &format!(":{gid}:"));
        let user = known("passwd", &account.user, &format!(":{uid}:{gid}:"));
        let add =
            |program: &str, args: Vec<String>, done: Check, none: Check, del: &str, name: &str| {
                Op::Run {
                    command: Command::new(program, args),
                    stdin: Stdin::Closed,
                    done_when: done,
                    absent_when: none.clone(),
                    never: Check::Never,
                    within: site.settings.limits.query,
                    settle: 0,
                    touches: ["/etc/passwd", "/etc/shadow", "/etc/group"]
                        .map(|f| NodePath::new(f).expect("a fixed path"))
                        .to_vec(),
                    undo: Undo::Run {
                        commands: vec![(Command::new(del, [name]), none)],
                        may_stay: None,
                        when_stuck: None,
                    },
                    leaves: Vec::new(),
                }
            };
        vec![
            add(
                "/usr/sbin/groupadd",
                vec!["-g".into(), gid.clone(), account.group.clone()],
                group,
                unknown("group", &account.group),
                "/usr/sbin/groupdel",
                &account.group,
            ),
            add(
                "/usr/sbin/useradd",
                vec![
                    "-u".into(),
                    uid,
                    "-g".into(),
                    account.group.clone(),
                    "-d".into(),
                    "/".into(),
                    account.user.clone(),
                ],
                user,
                unknown("passwd", &account.user),
                "/usr/sbin/userdel",
                &account.user,
            ),
        ]
    })
}
