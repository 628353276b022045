//! Proves that the service runs where its group is online: the states of its resources, and the
//! listening socket. A state that calha does not know, and a node's name left in ics.conf, are
//! notices. Equal ports are `ports`', and what to type after a failure is `GroupCondition`'s.

use super::{Citation, GroupCondition, Scope, Seen, Site, Step, StepKind, Views, ports, query};
use crate::cluster::{GroupState, Meaning, ResourceState, queries};
use crate::node::{Command, HostError};
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
    .needing(&[StepKind::Record, StepKind::Preflight, StepKind::SwitchBack])
    .answering_at((site.instance.logical_host.address, site.instance.port).into())
    .proving(Box::new(move |at| examine(&look, at.hosts)))
    .proving(Box::new(move |at| ports::ports(&met, at.hosts)))
}

pub(super) fn examine(site: &Site, hosts: &Views<'_>) -> Result<Seen, HostError> {
    let mut seen = Seen::default();
    let i = &site.instance;
    let Some(asked) = site.nodes().iter().find_map(|n| hosts.get(n).copied()) else {
        return Ok(seen);
    };

    let mut online = Vec::new();
    for node in site.nodes() {
        let state = query::first_line(asked, &queries::group_state(&i.resource_group, &node))?;
        let state = state.unwrap_or_else(|| "unknown".into());
        seen.facts.push(format!("{node}: group {} is {state}", i.resource_group));
        if GroupState::parse(&state) == GroupState::Online {
            online.push(node);
        }
    }

    let hint = |place: &str| -> Result<String, HostError> {
        let remedy = GroupCondition::read(asked, &i.resource_group)?.remedy();
        let look = || format!("look at scstat -g and /var/adm/messages on {place}");
        Ok(remedy.map_or_else(look, |remedy| remedy.told()))
    };

    let [holder] = online.as_slice() else {
        seen.problems.push(
            Problem::new(
                codes::SERVICE_NOT_ONLINE,
                format!("{} is not online on exactly one node", i.resource_group),
            )
            .hint(hint("the nodes")?),
        );
        return Ok(seen);
    };

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
            seen.problems.push(
                Problem::new(
                    codes::SERVICE_NOT_ONLINE,
                    format!("resource {resource} is {} on {holder}", state.word()),
                )
                .on(holder.as_str())
                .hint(hint("that node")?),
            );
        }
    }

    if let Some(host) = hosts.get(holder) {
        // One that listens on every address answers on the logical one too.
        let wanted = [format!("{}.{}", i.logical_host.address, i.port), format!("*.{}", i.port)];
        let sockets = query::lines(*host, &Command::new("/usr/bin/netstat", ["-an"]))?;
        let listens = sockets.iter().filter(|line| line.ends_with("LISTEN")).any(|line| {
            let socket = line.split_whitespace().next().unwrap_or_default();
            wanted.iter().any(|w| w == socket)
        });

        if listens {
            seen.facts
                .push(format!("{holder}: listens on {} port {}", i.logical_host.address, i.port));
        } else {
            seen.problems.push(
                Problem::new(
                    codes::SERVICE_NOT_LISTENING,
                    format!("nothing listens on {} port {}", i.logical_host.address, i.port),
                )
                .on(holder.as_str())
                .hint(format!(
                    "look at http.log in {}, and at instance port in the profile",
                    i.directories.logs
                )),
            );
        }

        let conf = i.directories.ics_conf();
        if let Some(text) = query::text(*host, &conf)? {
            let names: Vec<String> = site.nodes().iter().map(ToString::to_string).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            for (line, name, _) in
                crate::document::IcsConf::parse(text.as_bytes()).physical_names(&names)
            {
                seen.notices.push(
                    Problem::new(codes::ICS_CONF_PHYSICAL_NAME, format!("{name} names one node"))
                        .at(format!("{conf}:{line}"))
                        .on(holder.as_str())
                        .hint(
                            "calha does not rewrite it; when it should move with the service, give \
                             it the logical host's name",
                        ),
                );
            }
        }
    }
    Ok(seen)
}
