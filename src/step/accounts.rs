//! Makes the runtime user and group with the same numbers on every node, before the configurator
//! would make them with whatever numbers are free. It changes nothing where getent(1M) knows
//! them already. Whether a number belongs to somebody else is the preflight's question.

use super::{Citation, Scope, Site, Step, StepKind};
use crate::node::{Command, NodePath};
use crate::op::{Check, Op, Run, Touches, Undo};
use crate::setting::{Account, Settings};

/// An account, as getent(1M) knows it: NIS and LDAP have accounts that no file of the node has, and
/// there the password may be anything.
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

/// The step, on all members.
pub fn accounts(site: &Site) -> Step {
    let (site, asked) = (site.clone(), site.clone());
    let account = &asked.settings.account;
    Step::new(
        StepKind::Accounts,
        format!(
            "group {} ({}) and user {} ({})",
            account.group, account.gid, account.user, account.uid
        ),
        Citation { section: "6.6.3", errata: &["E71"] },
        Scope::EachNode(site.members()),
        "Files on the shared disk belong to numbers; a node with other numbers cannot read them.",
    )
    .needing(&[StepKind::Record, StepKind::Preflight])
    .doing(move |_| operations(&asked.settings, &Checks::of(&asked.settings.account)))
    .formerly(move |_| operations(&site.settings, &Checks::of_files(&site.settings.account)))
}

/// What is looked at to know whether the two are there.
struct Checks {
    group: Check,
    no_group: Check,
    user: Check,
    no_user: Check,
}

impl Checks {
    fn of(account: &Account) -> Self {
        let Account { user, uid, group, gid } = account;
        Self {
            group: known("group", group, &format!(":{gid}:")),
            no_group: unknown("group", group),
            user: known("passwd", user, &format!(":{uid}:{gid}:")),
            no_user: unknown("passwd", user),
        }
    }

    /// Where an earlier calha looked.
    fn of_files(account: &Account) -> Self {
        let entry = |file: &str, text: String| Check::Begins {
            path: NodePath::new(file).expect("a fixed path"),
            text,
        };
        let Account { user, uid, group, gid } = account;
        let groups = ["", "x", "*"].map(|p| entry("/etc/group", format!("{group}:{p}:{gid}:")));
        Self {
            group: Check::Any(groups.to_vec()),
            no_group: entry("/etc/group", format!("{group}:")).negated(),
            user: entry("/etc/passwd", format!("{user}:x:{uid}:{gid}:")),
            no_user: entry("/etc/passwd", format!("{user}:")).negated(),
        }
    }
}

fn operations(settings: &Settings, checks: &Checks) -> Vec<Op> {
    let Account { user, uid, group, gid } = &settings.account;
    let add = |program: &str, args: &[&str], done: &Check, none: &Check, del: &str| {
        Op::Run(
            Run::new(
                Command::new(program, args.iter().copied()),
                done.clone(),
                Undo::by(vec![(Command::new(del, args.last().copied()), none.clone())]),
            )
            .absent_when(none.clone())
            .within(settings.limits.query)
            .touching(
                ["/etc/passwd", "/etc/shadow", "/etc/group"]
                    .map(|f| Touches::Path(NodePath::new(f).expect("a fixed path"))),
            ),
        )
    };

    let (uid, gid) = (uid.to_string(), gid.to_string());
    vec![
        add(
            "/usr/sbin/groupadd",
            &["-g", &gid, group],
            &checks.group,
            &checks.no_group,
            "/usr/sbin/groupdel",
        ),
        add(
            "/usr/sbin/useradd",
            &["-u", &uid, "-g", group, "-d", "/", user],
            &checks.user,
            &checks.no_user,
            "/usr/sbin/userdel",
        ),
    ]
}
