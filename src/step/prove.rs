//! Proves that the service runs where its group is online: the states of its resources, and the
//! listening socket. A state that calha does not know, and a node's name left in ics.conf, are
//! notices. Equal ports are `ports`', and what to type after a failure is `GroupCondition`'s.

use super::{
    Asked, Citation, GroupCondition, Guard, Scope, Seen, Site, Step, StepKind, Views, Weight, When,
    ports, query,
};
use crate::cluster::{GroupState, Meaning, ResourceState, queries};
use crate::document::IcsConf;
use crate::node::{Command, HostError, Inspect, NodeName};
use crate::op::Check;
use crate::problem::{Problem, codes};

/// The step, after the group is back on its preferred node.
pub fn prove(site: &Site) -> Step {
    let (look, met) = (site.clone(), site.clone());

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
    .guarded(proofs(site))
}

/// The same for printed scripts: what the cluster says any node can ask, the socket is seen where
/// the group is.
fn proofs(site: &Site) -> Vec<Guard> {
    let i = &site.instance;
    let nodes = site.nodes();
    let resources = [&i.logical_host.resource, &i.hasp_resource, &i.service_resource];
    let serves = |node: &NodeName| {
        let up = resources.map(|r| Site::resource_is(r, node, &ResourceState::UP));
        Check::All(std::iter::once(site.online_on(node)).chain(up).collect())
    };
    let hint = "look at scstat -g and /var/adm/messages on its nodes";
    let mut all = vec![
        Guard::new(
            codes::SERVICE_NOT_ONLINE,
            Asked::Any(nodes.clone()),
            Check::Any(nodes.iter().map(serves).collect()).negated(),
            format!("{} is not online with its resources on any node", i.resource_group),
        )
        .hint(hint, "6.6.3"),
    ];

    for node in nodes {
        let listens = sockets(site).map(|socket| Check::Words {
            command: Command::new("/usr/bin/netstat", ["-an"]),
            words: vec![socket, "LISTEN".into()],
        });
        let silent = Check::Any(listens.into()).negated();
        let (address, port) = (i.logical_host.address, i.port);
        let guard = Guard::new(
            codes::SERVICE_NOT_LISTENING,
            Asked::Each(vec![node.clone()]),
            Check::All(vec![site.online_on(&node), silent]),
            format!("nothing listens on {address} port {port}"),
        );
        all.push(guard.hint(format!("look at http.log in {}", i.directories.logs), "6.6.3"));
    }
    all.into_iter().map(|guard| guard.when(When::After).weighing(Weight::Look)).collect()
}

/// One that listens on every address answers on the logical one too.
fn sockets(site: &Site) -> [String; 2] {
    let (address, port) = (site.instance.logical_host.address, site.instance.port);
    [format!("{address}.{port}"), format!("*.{port}")]
}

pub(super) fn examine(site: &Site, hosts: &Views<'_>) -> Result<Seen, HostError> {
    let mut seen = Seen::default();
    let Some(asked) = site.nodes().iter().find_map(|n| hosts.get(n).copied()) else {
        return Ok(seen);
    };

    let online = online_nodes(site, asked, &mut seen)?;
    let [holder] = online.as_slice() else {
        let group = &site.instance.resource_group;
        let what = format!("{group} is not online on exactly one node");
        let problem = Problem::new(codes::SERVICE_NOT_ONLINE, what);
        seen.problems.push(problem.hint(hint(site, asked, "the nodes")?));
        return Ok(seen);
    };

    resources(site, asked, holder, &mut seen)?;
    if let Some(host) = hosts.get(holder) {
        socket(site, *host, holder, &mut seen)?;
        names(site, *host, holder, &mut seen)?;
    }
    Ok(seen)
}

/// What is typed where the group or a resource is not up.
fn hint(site: &Site, asked: &dyn Inspect, place: &str) -> Result<String, HostError> {
    let remedy = GroupCondition::read(asked, &site.instance.resource_group)?.remedy();
    let look = || format!("look at scstat -g and /var/adm/messages on {place}");
    Ok(remedy.map_or_else(look, |remedy| remedy.told()))
}

/// The nodes on which the group is online.
fn online_nodes(
    site: &Site,
    asked: &dyn Inspect,
    seen: &mut Seen,
) -> Result<Vec<NodeName>, HostError> {
    let group = &site.instance.resource_group;
    let mut online = Vec::new();

    for node in site.nodes() {
        let state = query::first_line(asked, &queries::group_state(group, &node))?;
        let state = state.unwrap_or_else(|| "unknown".into());
        seen.facts.push(format!("{node}: group {group} is {state}"));
        if GroupState::parse(&state) == GroupState::Online {
            online.push(node);
        }
    }
    Ok(online)
}

/// Each resource is up where the group is.
fn resources(
    site: &Site,
    asked: &dyn Inspect,
    holder: &NodeName,
    seen: &mut Seen,
) -> Result<(), HostError> {
    let i = &site.instance;
    for resource in [&i.logical_host.resource, &i.hasp_resource, &i.service_resource] {
        let state = query::first_line(asked, &queries::resource_state(resource, holder))?;
        let known = state.as_deref().map(ResourceState::parse);
        let state = known.clone().unwrap_or(ResourceState::Unknown("unknown".into()));
        seen.facts.push(format!("{holder}: resource {resource} is {}", state.word()));

        if known.is_some() && state.meaning() == Meaning::Unknown {
            let what = format!(
                "not proved: resource {resource} is {} on {holder}, which calha does not know",
                state.word()
            );
            let hint = "look at scstat -g: whether it runs is asked at its socket only";
            let problem = Problem::new(codes::SERVICE_STATE_UNKNOWN, what).on(holder.as_str());
            seen.notices.push(problem.hint(hint));
        } else if state.meaning() != Meaning::Up {
            let what = format!("resource {resource} is {} on {holder}", state.word());
            let problem = Problem::new(codes::SERVICE_NOT_ONLINE, what).on(holder.as_str());
            seen.problems.push(problem.hint(hint(site, asked, "that node")?));
        }
    }
    Ok(())
}

/// Something listens on the logical address.
fn socket(
    site: &Site,
    host: &dyn Inspect,
    holder: &NodeName,
    seen: &mut Seen,
) -> Result<(), HostError> {
    let i = &site.instance;
    let (address, port) = (i.logical_host.address, i.port);

    let wanted = sockets(site);
    let sockets = query::lines(host, &Command::new("/usr/bin/netstat", ["-an"]))?;
    let listens = sockets.iter().filter(|line| line.ends_with("LISTEN")).any(|line| {
        let socket = line.split_whitespace().next().unwrap_or_default();
        wanted.iter().any(|w| w == socket)
    });

    if listens {
        seen.facts.push(format!("{holder}: listens on {address} port {port}"));
        return Ok(());
    }
    let what = format!("nothing listens on {address} port {port}");
    let hint =
        format!("look at http.log in {}, and at instance port in the profile", i.directories.logs);
    let problem = Problem::new(codes::SERVICE_NOT_LISTENING, what).on(holder.as_str());
    seen.problems.push(problem.hint(hint));
    Ok(())
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
