//! What a node says of the cluster before the first change: membership, release, votes, and the
//! groups that do not rest. A release, votes or a state that it cannot read is "not checked" or
//! a doubt, never a failure. Reading release and votes is `Release`'s and `Quorum`'s.

use crate::cluster::{GroupState, Meaning, Quorum, Release, commands, queries};
use crate::node::{Command, HostError, Inspect, NodeName};
use crate::op::Check;
use crate::problem::{Code, Problem, WayOut, codes};
use crate::step::{Asked, Doubt, GroupCondition, Guard, Remedy, Seen, Site, Weight, query};

/// Membership, and that no group is in a state of failure.
pub(super) fn members(
    site: &Site,
    node: &NodeName,
    host: &dyn Inspect,
    seen: &mut Seen,
) -> Result<(), HostError> {
    let problem = |code: Code, what: String, hint: &str| {
        Problem::new(code, what).on(node.as_str()).hint(hint).section("6.2")
    };

    // All questions at once: on a node that is no member they cost nothing.
    let local = query::first_line(host, &queries::local_node())?;
    let all = query::lines(host, &queries::nodes())?;
    let release = query::first_line(host, &queries::release())?;
    let quorum = host.query(&queries::quorum())?;
    let groups = query::lines(host, &queries::groups())?;

    match local {
        None => {
            seen.problems.push(problem(
                codes::PREFLIGHT_CLUSTER,
                "Sun Cluster does not answer on this node".into(),
                "boot the node into the cluster; scstat -n shows its members",
            ));
            return Ok(());
        }
        Some(name) if name != node.as_str() => seen.problems.push(problem(
            codes::PREFLIGHT_NODE_NAME,
            format!("the cluster calls this node {name}"),
            "spell the nodes in the profile as scstat -n prints them (E28), and check the \
             connection",
        )),
        Some(name) => seen.facts.push(format!("{node}: member {name} of the cluster")),
    }

    for other in site.members().iter().filter(|n| !all.iter().any(|a| a == n.as_str())) {
        seen.problems.push(problem(
            codes::PREFLIGHT_NOT_A_MEMBER,
            format!("{other} is not a member of this cluster; it has {}", all.join(", ")),
            "spell the nodes as scstat -n prints them (E28)",
        ));
    }

    is_new_enough(node, release.as_deref(), seen);
    votes(node, &quorum.text(), seen);
    for group in groups {
        settled(&group, node, host, seen)?;
    }
    Ok(())
}

/// The same as a printed script asks it on a node, which says less of a group that does not rest.
pub(super) fn guards(node: &NodeName) -> Vec<Guard> {
    let here = Asked::Each(vec![node.clone()]);
    let groups = |among: bool, states: &dyn Fn(Meaning) -> bool| Check::About {
        list: queries::groups(),
        asked: queries::group_state("{}", node),
        words: GroupState::KNOWN
            .iter()
            .filter(|state| states(state.meaning()))
            .map(|state| state.word().to_owned())
            .collect(),
        among,
    };
    let guard = |code: Code, wrong: Check, what: &str, hint: &str| {
        Guard::new(code, here.clone(), wrong, what).weighing(Weight::Look).hint(hint, "6.2")
    };
    let answers = Check::Succeeds(queries::local_node());
    vec![
        guard(
            codes::PREFLIGHT_CLUSTER,
            answers.negated(),
            "Sun Cluster does not answer on this node",
            "boot the node into the cluster; scstat -n shows its members",
        ),
        guard(
            codes::PREFLIGHT_GROUP_STATE,
            groups(true, &|meaning| matches!(meaning, Meaning::Moving | Meaning::Failed)),
            "a resource group does not rest on this node",
            "wait until it settles, or put right what has failed: see scstat -g",
        )
        .evident(),
        guard(
            codes::PREFLIGHT_GROUP_UNKNOWN,
            groups(false, &|_| true),
            "a resource group is on this node in a state that calha does not know",
            "look at scstat -g; accept it when the group is up or down and stays so",
        )
        .evident(),
    ]
}

/// Whether a group rests on this node: only then does a command find it as it was seen.
fn settled(
    group: &str,
    node: &NodeName,
    host: &dyn Inspect,
    seen: &mut Seen,
) -> Result<(), HostError> {
    let asked = queries::group_state(group, node);
    let state = GroupState::parse(&query::first_line(host, &asked)?.unwrap_or_default());
    let word = state.word();

    match state.meaning() {
        Meaning::Up | Meaning::Down => {}
        Meaning::Unknown => seen.doubts.push(Doubt {
            code: codes::PREFLIGHT_GROUP_UNKNOWN,
            node: node.clone(),
            what: format!("calha does not know the state of group {group}"),
            found: match word {
                "" => format!("{} says nothing", asked.line()),
                word => format!("{} says {word}", asked.line()),
            },
        }),
        Meaning::Moving | Meaning::Failed => {
            let condition = GroupCondition::read(host, group)?;
            let mut what = format!("group {group} is {word} on {node}");
            if state.meaning() == Meaning::Moving {
                let clock = Command::new("/usr/bin/date", ["+%H:%M:%S"]);
                let now = query::first_line(host, &clock)?;
                now.iter().for_each(|now| what.push_str(&format!(" since {now} or earlier")));
            }

            let problem = Problem::new(codes::PREFLIGHT_GROUP_STATE, what).on(node.as_str());
            let problem = match condition.remedy() {
                Some(remedy) => leads_out(problem, &remedy),
                None => problem.hint(format!(
                    "wait until it rests: {}; seen {}",
                    queries::group_table().line(),
                    condition.told()
                )),
            };
            seen.problems.push(problem.section("6.2"));
        }
    }
    Ok(())
}

/// The remedy, and how to go on where it fails again: what does not start may lack what an
/// installation is about to do.
fn leads_out(problem: Problem, remedy: &Remedy) -> Problem {
    let (Some(resource), Some(node)) = (&remedy.restart, &remedy.node) else {
        return problem.hint(remedy.told());
    };
    let start = format!("{}: read {}; then", remedy.first, remedy.logs.join(", "));
    let without = format!(
        "if that fails again, disable {resource} (calha install asks before it enables it again)"
    );
    let disable = commands::disable(resource).line();
    problem.on(node.as_str()).choice([
        WayOut::on_its_node(start, remedy.commands.join("; ")),
        WayOut::on_its_node(without, disable),
    ])
}

/// Whether the release has HAStoragePlus, by what `scinstall -p` says.
fn is_new_enough(node: &NodeName, said: Option<&str>, seen: &mut Seen) {
    let Some(said) = said else {
        seen.facts.push(format!(
            "{node}: not checked: release of Sun Cluster (scinstall -p does not answer)"
        ));
        return;
    };
    match Release::parse(said) {
        None => seen.facts.push(format!(
            "{node}: not checked: release of Sun Cluster (scinstall -p says \"{said}\")"
        )),
        Some(release) if release.is_before_storage_plus() => seen.problems.push(
            Problem::new(
                codes::PREFLIGHT_CLUSTER_RELEASE,
                format!("Sun Cluster {said} has no SUNW.HAStoragePlus, which begins with 3.0 5/02"),
            )
            .on(node.as_str())
            .hint("upgrade Sun Cluster first; scinstall -pv prints its release and its packages")
            .section("introduction, E02"),
        ),
        Some(_) => seen.facts.push(format!("{node}: Sun Cluster {said}")),
    }
}

/// Whether the cluster may lose a vote and go on, by what `scstat -q` says.
fn votes(node: &NodeName, said: &str, seen: &mut Seen) {
    let problem =
        |what: String| Problem::new(codes::PREFLIGHT_QUORUM, what).on(node.as_str()).section("6.2");

    match Quorum::parse(said) {
        None => seen.facts.push(format!("{node}: not checked: quorum (scstat -q does not answer)")),
        Some(Quorum { needed, present }) if present < needed => seen.problems.push(
            problem(format!(
                "the cluster has no quorum: {present} votes are present, {needed} are needed"
            ))
            .hint("boot the missing nodes, or look at the quorum device: scstat -q"),
        ),
        Some(Quorum { needed, present }) if present == needed => seen.notices.push(
            problem(format!(
                "not one vote may be lost: {present} are present, {needed} are needed"
            ))
            .hint(
                "as it is the cluster stops when a node does; configure a quorum device (scconf -a \
                 -q)",
            ),
        ),
        Some(Quorum { needed, present }) => {
            seen.facts.push(format!("{node}: quorum, {present} votes present of {needed} needed"));
        }
    }
}
