//! The steps for a service that is installed: start, stop, restart, failover, remove (6.8). Each
//! tells the states before it, and states or proof after it; none has an undo, since a position
//! is not configuration. Making the resources is `resource`'s.

use super::{Citation, Scope, Seen, Site, Step, StepKind, Views, prove, query};
use crate::cluster::{GroupState, ResourceState, Switch, commands, queries};
use crate::node::{Command, HostError, NodeName};
use crate::op::{Check, Op, Run, Touches, Undo};

/// Calendar Server enabled, its group online: brought online on the preferred node only where it is
/// online nowhere (6.8).
pub fn service_start(site: &Site) -> Step {
    let (doing, before, after) = (site.clone(), site.clone(), site.clone());
    Step::new(
        StepKind::ServiceStart,
        format!("resource {} enabled and online", site.instance.service_resource),
        Citation { section: "6.8", errata: &["E34"] },
        Scope::Member(site.nodes()),
        "From here on users are served.",
    )
    .looking(Box::new(move |at| states(&before, at.hosts)))
    .proving(Box::new(move |at| prove::examine(&after, at.hosts)))
    // A group that is up with a fault is switched as well: that starts what has failed.
    .doing(move |_| vec![online(&doing, &[GroupState::Online]), enable(&doing)])
}

/// Calendar Server disabled: stopped, and not started by a failover either (6.8).
pub fn service_stop(site: &Site) -> Step {
    let (doing, before, after) = (site.clone(), site.clone(), site.clone());
    Step::new(
        StepKind::ServiceStop,
        format!("resource {} disabled", site.instance.service_resource),
        Citation { section: "6.8", errata: &["E37"] },
        Scope::Member(site.nodes()),
        "Users are not served until it is started again; address and file system stay up.",
    )
    .looking(Box::new(move |at| states(&before, at.hosts)))
    .proving(Box::new(move |at| states(&after, at.hosts)))
    .doing(move |_| vec![disable(&doing)])
}

/// Stopped and started again where it is. The guide's own command does not exist (E37).
pub fn service_restart(site: &Site) -> Step {
    let (doing, before, after) = (site.clone(), site.clone(), site.clone());
    Step::new(
        StepKind::ServiceRestart,
        format!("resource {} stopped and started again", site.instance.service_resource),
        Citation { section: "6.8", errata: &["E37"] },
        Scope::Member(site.nodes()),
        "ics.conf is read once, at the start; so a change in it needs this.",
    )
    .looking(Box::new(move |at| states(&before, at.hosts)))
    .proving(Box::new(move |at| prove::examine(&after, at.hosts)))
    // A group that is up with a fault stays where it is: its service is started there.
    .doing(move |_| {
        let up = [GroupState::Online, GroupState::OnlineFaulted];
        vec![disable(&doing), online(&doing, &up), enable(&doing)]
    })
}

/// The group on another node (6.8).
pub fn service_failover(site: &Site, to: &NodeName) -> Step {
    let (doing, before, after, target) = (site.clone(), site.clone(), site.clone(), to.clone());

    Step::new(
        StepKind::ServiceFailover,
        format!("resource group {} online on {to}", site.instance.resource_group),
        Citation { section: "6.8", errata: &["E28", "E29"] },
        Scope::One(to.clone()),
        "Users are cut off for as long as it takes to stop here and start there.",
    )
    .looking(Box::new(move |at| states(&before, at.hosts)))
    .proving(Box::new(move |at| states(&after, at.hosts)))
    .doing(move |_| {
        let site = &doing;
        let group = &site.instance.resource_group;
        let served = Check::Any(vec![switch(site, Switch::Disabled), resource_on(site, &target)]);
        let done = Check::All(vec![site.online_on(&target), site.mounted(), served]);
        vec![position(
            site,
            commands::switch_to(group, [&target]),
            done.clone(),
            done.negated(),
            site.cluster_limit(),
        )]
    })
}

/// The service resource disabled and removed: the dependent first, the rest of the group stays
/// (6.8, E39).
pub fn service_remove(site: &Site) -> Step {
    let (doing, before, after) = (site.clone(), site.clone(), site.clone());
    Step::new(
        StepKind::ServiceRemove,
        format!("resource {} removed", site.instance.service_resource),
        Citation { section: "6.8", errata: &["E39"] },
        Scope::Member(site.nodes()),
        "A resource has to be disabled before it can be removed.",
    )
    .looking(Box::new(move |at| states(&before, at.hosts)))
    .proving(Box::new(move |at| states(&after, at.hosts)))
    .doing(move |_| {
        let resource = &doing.instance.service_resource;
        let exists = Site::exists(resource);
        let off = Check::Any(vec![Site::is_gone(resource), switch(&doing, Switch::Disabled)]);
        let remove = commands::remove_resource(resource);
        vec![
            position(&doing, commands::disable(resource), off, exists.clone(), 0),
            position(&doing, remove, Site::is_gone(resource), exists, 0),
        ]
    })
}

fn switch(site: &Site, switch: Switch) -> Check {
    Site::switch_is(&site.instance.service_resource, switch)
}

/// The service runs on this node, watched or not.
fn resource_on(site: &Site, node: &NodeName) -> Check {
    Site::resource_is(&site.instance.service_resource, node, &ResourceState::UP)
}

/// A command that brings the service to a state; nothing undoes it.
fn position(
    site: &Site,
    command: Command,
    done_when: Check,
    absent_when: Check,
    settle: u64,
) -> Op {
    Op::Run(
        Run::new(command, done_when, Undo::nothing("a position is not configuration"))
            .absent_when(absent_when)
            .never(Check::Any(vec![
                site.hopeless(),
                site.has_failed(&site.instance.service_resource),
            ]))
            .within(site.cluster_limit())
            .settling(settle)
            .touching([Touches::Cluster]),
    )
}

/// Whether the operation brings the group online on the preferred node: done only where it is
/// online nowhere.
pub fn brings_online(site: &Site, op: &Op) -> bool {
    op.commands() == online(site, &[GroupState::Online]).commands()
}

/// Brings the group online where it is in none of these states on any node.
fn online(site: &Site, up: &[GroupState]) -> Op {
    let group = &site.instance.resource_group;
    let somewhere = Check::Any(site.nodes().iter().map(|node| site.group_is(node, up)).collect());
    let to = commands::switch_to(group, &[site.primary()]);
    position(site, to, somewhere.clone(), somewhere.negated(), site.cluster_limit())
}

fn enable(site: &Site) -> Op {
    let runs = site.runs(&site.instance.service_resource);
    let done = Check::All(vec![switch(site, Switch::Enabled), runs]);
    position(
        site,
        commands::enable(&site.instance.service_resource),
        done,
        switch(site, Switch::Disabled),
        site.cluster_limit(),
    )
}

fn disable(site: &Site) -> Op {
    position(
        site,
        commands::disable(&site.instance.service_resource),
        switch(site, Switch::Disabled),
        switch(site, Switch::Enabled),
        0,
    )
}

/// State of the group and its resources on every node of the instance, as facts.
fn states(site: &Site, hosts: &Views<'_>) -> Result<Seen, HostError> {
    let mut seen = Seen::default();
    let i = &site.instance;
    let Some(asked) = site.nodes().iter().find_map(|n| hosts.get(n).copied()) else {
        return Ok(seen);
    };
    let known = |line: Option<String>| line.unwrap_or_else(|| "absent".into());
    for node in site.nodes() {
        let state =
            known(query::first_line(asked, &queries::group_state(&i.resource_group, &node))?);
        let mut parts = vec![format!("group {} {state}", i.resource_group)];
        for resource in [&i.logical_host.resource, &i.hasp_resource, &i.service_resource] {
            let state = query::first_line(asked, &queries::resource_state(resource, &node))?;
            parts.push(format!("{resource} {}", known(state)));
        }
        seen.facts.push(format!("{node}: {}", parts.join(", ")));
    }
    Ok(seen)
}
