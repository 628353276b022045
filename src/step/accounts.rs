use super::{Citation, Scope, Site, Step};
use crate::op::{Check, Command, NodePath, Op, Stdin, Undo};

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
        let entry = |file: &str, text: String| Check::Begins {
            path: NodePath::new(file).expect("a fixed path"),
            text,
        };
        let group = Check::Any(vec![
            entry("/etc/group", format!("{}::{gid}:", account.group)),
            entry("/etc/group", format!("{}:x:{gid}:", account.group)),
            entry("/etc/group", format!("{}:*:{gid}:", account.group)),
        ]);
        let user = entry("/etc/passwd", format!("{}:x:{uid}:{gid}:", account.user));
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
        let without = |file: &str, name: &str| entry(file, format!("{name}:")).negated();
        vec![
            add(
                "/usr/sbin/groupadd",
                vec!["-g".into(), gid.clone(), account.group.clone()],
                group,
                without("/etc/group", &account.group),
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
                without("/etc/passwd", &account.user),
                "/usr/sbin/userdel",
                &account.user,
            ),
        ]
    })
}
