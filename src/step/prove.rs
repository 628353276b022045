//! Proves that the service runs where its group is online: the states of its resources, what their
//! monitors say, its file systems, and the listening socket. Sessions and printed scripts ask the
//! same guards. A state that calha does not know is a question, a node's name left in ics.conf a
//! notice. Equal ports are `ports`', and what to type after a failure is `GroupCondition`'s.

use super::{
    Asked, Citation, Guard, LookContext, Scope, Seen, Site, Step, StepKind, Views, Weight, When,
    ports, query,
};
use crate::cluster::{GroupState, ResourceState, Switch, commands, queries};
use crate::document::IcsConf;
use crate::node::{Command, HostError, Inspect, NodeName};
use crate::op::Check;
use crate::problem::{Code, Problem, codes};
use crate::setting::FileSystem;

/// The step, after the group is back on its preferred node.
pub fn prove(site: &Site) -> Step {
    let (look, met) = (site.clone(), site.clone());
    // A session asks them in `examine`, which says more of what they find.
    let printed = proofs(site).into_iter().map(|guard| guard.weighing(Weight::Look)).collect();

    Step::new(
        StepKind::Prove,
        format!(
            "{} is served on {}",
            site.instance.logical_host.name, site.instance.logical_host.address
        ),
        Citation { section: "6.6.3", errata: &["E19", "E21"] },
        Scope::Member(site.nodes()),
        "An enabled resource is a promise; a listening socket on the logical address is the \
         service.",
    )
    .passing()
    .needing(&[
        StepKind::Record,
        StepKind::Preflight,
        StepKind::ServiceEnable,
        StepKind::SwitchBack,
    ])
    .answering_at((site.instance.logical_host.address, site.instance.port).into())
    .proving(Box::new(move |at| examine(&look, at.hosts)))
    .proving(Box::new(move |at| ports::ports(&met, at.hosts)))
    .guarded(printed)
}

/// What shows that the service runs, each with its question: sessions and printed scripts ask the
/// same. What the cluster says any node can be asked, the socket is seen where the group is.
fn proofs(site: &Site) -> Vec<Guard> {
    let nodes = site.nodes();
    let mut all = position(site);
    for node in &nodes {
        let only = |guard: Guard| guard.only_while(site.online_on(node));
        let i = &site.instance;
        for resource in [&i.logical_host.resource, &i.hasp_resource, &i.service_resource] {
            all.extend(up(&nodes, resource, node).map(only));
            all.extend(watched(&nodes, resource, node).map(only));
        }
        all.extend(mounts(site, node).into_iter().map(only));
        all.push(only(socket(site, node)));
    }
    all.into_iter().map(|guard| guard.when(When::After)).collect()
}

/// The group is online on one node and on no other.
fn position(site: &Site) -> Vec<Guard> {
    let (group, nodes) = (&site.instance.resource_group, site.nodes());
    let online_on_any = |nodes: Vec<&NodeName>| {
        Check::Any(nodes.into_iter().map(|node| site.online_on(node)).collect())
    };
    let alone = |node: &NodeName| {
        let others = nodes.iter().filter(|other| *other != node).collect();
        Check::All(vec![site.online_on(node), online_on_any(others).negated()])
    };
    let once = Check::Any(nodes.iter().map(alone).collect());

    let state = |node: &NodeName| queries::group_state(group, node);
    let known: Vec<String> = GroupState::KNOWN.map(|state| state.word().to_owned()).into();
    let unknown = |node: &NodeName| Check::Other { command: state(node), than: known.clone() };
    let somewhere = Check::Any(nodes.iter().map(unknown).collect());

    let what = format!("{group} is not online on exactly one node");
    let not_once =
        Guard::new(codes::SERVICE_NOT_ONLINE, Asked::Any(nodes.clone()), once.negated(), what);
    let mut all = vec![not_once.only_while(somewhere.negated()).hint(LOOK, "")];
    all.extend(nodes.iter().map(|node| {
        let what = format!("not proved: calha does not know the state of {group} on {node}");
        not_known(&nodes, unknown(node), state(node), what)
    }));
    all
}

/// The resource is up where its group is.
fn up(nodes: &[NodeName], resource: &str, node: &NodeName) -> [Guard; 2] {
    let state = queries::resource_state(resource, node);
    let known: Vec<String> = ResourceState::KNOWN.map(|state| state.word().to_owned()).into();
    let unknown = Check::Other { command: state.clone(), than: known };
    let up = Site::resource_is(resource, node, &ResourceState::UP);

    let down = vec![up.negated(), unknown.clone().negated(), shown(&state)];
    let what = format!("resource {resource} is not online on {node}");
    let down =
        Guard::new(codes::SERVICE_NOT_ONLINE, Asked::Any(nodes.into()), Check::All(down), what);
    let what = format!("not proved: calha does not know the state of {resource} on {node}");
    [down.evident().hint(LOOK, ""), not_known(nodes, unknown, state, what)]
}

/// What is said of a resource that is up where its group is: whoever watches it may call it faulted
/// long before its state is another, and unwatched its failure moves nothing.
fn watched(nodes: &[NodeName], resource: &str, node: &NodeName) -> [Guard; 2] {
    let status = queries::resource_status(resource, node);
    let begins = |text: &str| Check::Starts { command: status.clone(), text: text.to_owned() };
    let bad = ["FAULTED", "Faulted", "DEGRADED", "Degraded"].map(begins);
    // What is said of one that is not up is of no interest; asked first, it takes no round of its
    // own.
    let asks = |code: Code, bad: Check, said: &Command, what: String| {
        let up = Site::resource_is(resource, node, &ResourceState::UP);
        let wrong = Check::All(vec![bad, up, shown(said)]);
        Guard::new(code, Asked::Any(nodes.into()), wrong, what).evident().weighing(Weight::Asks)
    };

    let what = format!("resource {resource} is up on {node}, and its monitor says otherwise");
    let bad = asks(codes::SERVICE_STATUS, Check::Any(bad.to_vec()), &status, what);
    let bad = bad.hint(LOOK, "6.10");

    let switch = queries::monitor_switch(resource);
    let off = Switch::Disabled.word().to_owned();
    let off = Check::Prints { command: switch.clone(), text: off };
    let again = commands::watch(resource, true).line();
    let what = format!(
        "nobody watches resource {resource}, so that nothing moves when it fails; this has it \
         watched: {again}"
    );
    [bad, asks(codes::SERVICE_NOT_WATCHED, off, &switch, what)]
}

/// Its file systems are mounted where the group is, each from its own device.
fn mounts(site: &Site, node: &NodeName) -> Vec<Guard> {
    let group = &site.instance.resource_group;
    let asked = |wrong: Check, what: String| {
        let again = commands::restart_group(group, node).line();
        let hint = format!("see who did that ({LOOK}); then, as root, on one node: {again}");
        Guard::new(codes::SERVICE_NOT_MOUNTED, Asked::Each(vec![node.clone()]), wrong, what)
            .hint(hint, "6.2.1")
    };
    let of = |system: &FileSystem| {
        let (point, device) = (&system.mount_point, &system.block_device);
        let df = Command::new("/usr/sbin/df", ["-k", point.as_str()]);
        let mounted = Check::Mounted(point.clone());
        let own = Check::Words { command: df.clone(), words: vec![device.to_string()] };
        let other = vec![mounted.clone(), Check::Succeeds(df.clone()), own.negated()];
        [
            asked(mounted.negated(), format!("{group} is online, and {point} is not mounted")),
            asked(Check::All(other), format!("what is mounted on {point} is not {device}"))
                .showing(df),
        ]
    };
    site.file_systems().into_iter().flat_map(of).collect()
}

/// A word that calha does not know proves nothing: somebody has to say whether it may be so.
fn not_known(nodes: &[NodeName], wrong: Check, state: Command, what: String) -> Guard {
    let wrong = Check::All(vec![wrong, shown(&state)]);
    Guard::new(codes::SERVICE_STATE_UNKNOWN, Asked::Any(nodes.into()), wrong, what)
        .evident()
        .weighing(Weight::Asks)
        .hint("look at scstat -g: whether it runs is asked at its socket only", "")
}

/// Holds always, and shows what the command says.
fn shown(command: &Command) -> Check {
    Check::Says { command: command.clone(), text: String::new() }
}

/// Something listens on the logical address.
fn socket(site: &Site, node: &NodeName) -> Guard {
    let i = &site.instance;
    let (address, port) = (i.logical_host.address, i.port);
    let listens = sockets(site).map(|socket| Check::Words {
        command: Command::new("/usr/bin/netstat", ["-an"]),
        words: vec![socket, "LISTEN".into()],
    });
    let hint =
        format!("look at http.log in {}, and at instance port in the profile", i.directories.logs);
    Guard::new(
        codes::SERVICE_NOT_LISTENING,
        Asked::Each(vec![node.clone()]),
        Check::Any(listens.into()).negated(),
        format!("nothing listens on {address} port {port}"),
    )
    .proving(format!("listens on {address} port {port}"))
    .hint(hint, "")
}

const LOOK: &str = "look at scstat -g and /var/adm/messages on its nodes";

/// One that listens on every address answers on the logical one too.
fn sockets(site: &Site) -> [String; 2] {
    let (address, port) = (site.instance.logical_host.address, site.instance.port);
    [format!("{address}.{port}"), format!("*.{port}")]
}

/// What the proofs see, with the states in words.
pub(super) fn examine(site: &Site, hosts: &Views<'_>) -> Result<Seen, HostError> {
    let mut seen = Seen::default();
    let Some(asked) = site.nodes().iter().find_map(|n| hosts.get(n).copied()) else {
        return Ok(seen);
    };

    let holder = states(site, asked, &mut seen)?;
    seen.and(Guard::look(proofs(site))(&LookContext::everywhere(hosts, true))?);
    let is_down = |problem: &Problem| problem.code == codes::SERVICE_NOT_ONLINE.as_str();
    if seen.problems.iter().any(is_down) {
        let node = holder.as_ref().map(|node| node.as_str().into());
        for problem in seen.problems.iter_mut().filter(|problem| is_down(problem)) {
            problem.node.clone_from(&node);
        }
    }

    if let Some(holder) = &holder
        && let Some(host) = hosts.get(holder)
    {
        names(site, *host, holder, &mut seen)?;
    }
    Ok(seen)
}

/// Tells the states of the group, and of its resources where it is online; on one node it should
/// be, which is returned.
fn states(
    site: &Site,
    asked: &dyn Inspect,
    seen: &mut Seen,
) -> Result<Option<NodeName>, HostError> {
    let i = &site.instance;
    let told = |state: Option<String>| state.unwrap_or_else(|| "unknown".into());
    let mut online = Vec::new();
    for node in site.nodes() {
        let state = query::first_line(asked, &queries::group_state(&i.resource_group, &node))?;
        let state = told(state);
        // A state that does not last proves nothing.
        if GroupState::parse(&state).meaning().rests() {
            seen.facts.push(format!("{node}: group {} is {state}", i.resource_group));
        }
        if GroupState::parse(&state) == GroupState::Online {
            online.push(node);
        }
    }

    let [holder] = online.as_slice() else { return Ok(None) };
    for resource in [&i.logical_host.resource, &i.hasp_resource, &i.service_resource] {
        let state = told(query::first_line(asked, &queries::resource_state(resource, holder))?);
        if ResourceState::parse(&state).meaning().rests() {
            seen.facts.push(format!("{holder}: resource {resource} is {state}"));
        }
    }
    Ok(online.pop())
}

/// Names of single nodes that are left in ics.conf.
fn names(
    site: &Site,
    host: &dyn Inspect,
    holder: &NodeName,
    seen: &mut Seen,
) -> Result<(), HostError> {
    let conf = site.instance.directories.ics_conf();
    let Some(text) = query::text(host, &conf)? else { return Ok(()) };
    let nodes = site.nodes();
    let names: Vec<&str> = nodes.iter().map(NodeName::as_str).collect();

    for (line, name, _) in IcsConf::parse(text.as_bytes()).physical_names(&names) {
        seen.notices.push(
            Problem::new(codes::ICS_CONF_PHYSICAL_NAME, format!("{name} names one node"))
                .at(format!("{conf}:{line}"))
                .on(holder.as_str())
                .hint(
                    "calha does not rewrite it; when it should move with the service, give it the \
                     logical host's name",
                ),
        );
    }
    Ok(())
}
