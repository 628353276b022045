//! What makes a Calendar Server stay on one node once the cluster has nothing to do with it any
//! more (6.9): its file systems are mounted there, its links lead there, and no other node has a
//! link into the void. Removing the group, its resources and what else made it highly available is
//! the undo of the installation. The server is started by its administrator, never here; names in
//! ics.conf are compared with the node's, never rewritten.

use super::{Asked, Citation, Guard, LookContext, Scope, Seen, Site, Step, StepKind, Views};
use super::{preflight, query};
use crate::document::{IcsConf, VfstabEntry, mask};
use crate::node::{Command, Entry, HostError, Inspect, Mode, NodeName, NodePath, Owner};
use crate::op::{Change, Check, Format, Op, Run, Touches, Undo};
use crate::problem::{Problem, codes};
use crate::setting::FileSystem;

const SECTION: &str = "6.9, E41";
const CITE: Citation = Citation { section: "6.9", errata: &["E41"] };

/// The steps of an instance that stays on `node`; `at_boot`: whether the node mounts its file
/// systems when it boots.
pub fn stand_alone(site: &Site, node: &NodeName, at_boot: bool) -> Vec<Step> {
    let mut steps = vec![directories(site, node), entries(site, node, at_boot)];
    if !site.instance.shares_programs() {
        steps.extend([link(site, node), links_into_the_void(site, node)]);
    }
    steps.push(mounts(site, node));
    let needing = steps.into_iter().map(|step| step.needing(&[StepKind::Prerequisites]));
    std::iter::once(prerequisites(site, node)).chain(needing).collect()
}

fn prerequisites(site: &Site, node: &NodeName) -> Step {
    Step::new(
        StepKind::Prerequisites,
        format!("what {node} needs to mount {}", site.mounts()),
        CITE,
        Scope::EachNode(site.members()),
        "Two nodes that mount a file system without the cluster destroy it.",
    )
    .passing()
    .guarded(guards(site, node))
}

/// The nodes that lose the server.
fn others(site: &Site, node: &NodeName) -> Vec<NodeName> {
    site.members().into_iter().filter(|other| other != node).collect()
}

fn directories(site: &Site, node: &NodeName) -> Step {
    let mounts = site.mount_points();

    Step::new(
        StepKind::AloneDirectory,
        format!("directory to mount {} on", site.mounts()),
        CITE,
        Scope::One(node.clone()),
        "The removal took it away where it was empty.",
    )
    .doing(move |_| {
        let mut all: Vec<NodePath> = Vec::new();
        for mount in &mounts {
            let above = std::iter::successors(mount.parent(), NodePath::parent);
            let mut above: Vec<NodePath> = above.filter(|d| d.as_str() != "/").collect();
            above.reverse();
            all.extend(above.into_iter().chain([mount.clone()]));
        }
        all.dedup();
        let make = |path: NodePath| Op::Mkdir {
            path,
            mode: Mode(0o755),
            owner: Owner::ROOT,
            mount_point: true,
        };
        all.into_iter().map(make).collect()
    })
}

/// What must not be so before anything is mounted: the group is still there, another node has the
/// file system, or the volume is not what the profile says.
fn guards(site: &Site, node: &NodeName) -> Vec<Guard> {
    let group = &site.instance.resource_group;
    let managed = Guard::new(
        codes::ALONE_MANAGED,
        Asked::Each(vec![node.clone()]),
        Check::Succeeds(crate::cluster::queries::group_nodes(group)),
        format!("group {group} is still there, and would mount and start what stays here"),
    )
    .hint("remove high availability first: the same command does", SECTION);

    let here = Asked::Each(vec![node.clone()]);
    let mut all = vec![managed];
    for system in site.file_systems() {
        let mount = &system.mount_point;
        let elsewhere = Guard::new(
            codes::ALONE_MOUNTED_ELSEWHERE,
            Asked::Each(others(site, node)),
            Check::Mounted(mount.clone()),
            format!("{mount} is mounted here; mounted on {node} as well it would be destroyed"),
        )
        .showing(Command::new("/usr/sbin/df", ["-k", mount.as_str()]))
        .hint(
            format!("see who uses it, fuser -c {mount}, and unmount it: umount {mount}"),
            SECTION,
        );
        all.push(elsewhere);
        all.extend(preflight::devices(system, &here));
        all.push(preflight::mounted(system, &here));
    }
    all
}

/// The entry of a file system that one node alone mounts.
fn entry(system: &FileSystem, at_boot: bool) -> VfstabEntry {
    let entry = VfstabEntry::of(system);
    let own: Vec<&str> = entry.options.split(',').filter(|o| *o != "global").collect();
    let options = if own.is_empty() { "-".to_owned() } else { own.join(",") };
    VfstabEntry { mount_at_boot: at_boot, options, ..entry }
}

fn entries(site: &Site, node: &NodeName, at_boot: bool) -> Step {
    let add = |system: &FileSystem| Change::AddLine {
        line: entry(system, at_boot).line(),
        key: system.mount_point.to_string(),
    };
    let changes: Vec<Change> = site.file_systems().into_iter().map(add).collect();
    let when = if at_boot { "mounted at boot" } else { "mounted by hand" };

    Step::new(
        StepKind::AloneEntry,
        format!("{} in /etc/vfstab, {when}", site.mounts()),
        CITE,
        Scope::One(node.clone()),
        "Nothing but the node itself mounts it any more.",
    )
    .doing(move |_| {
        vec![Op::Edit {
            path: NodePath::new("/etc/vfstab").expect("a fixed path"),
            format: Format::Vfstab,
            changes: changes.clone(),
            undoes: None,
        }]
    })
}

fn mounts(site: &Site, node: &NodeName) -> Step {
    let (mounts, limit) = (site.mount_points(), site.cluster_limit());
    let (look, kept) = (site.clone(), node.clone());

    Step::new(
        StepKind::AloneMount,
        format!("{} mounted, where the server can be started by hand", site.mounts()),
        CITE,
        Scope::One(node.clone()),
        "The storage resource unmounted it when it was disabled; nothing of the cluster starts the \
         server any more.",
    )
    .needing(&[StepKind::AloneDirectory, StepKind::AloneEntry])
    .doing(move |_| {
        let mount = |mount: &NodePath| {
            let undo = Command::new("/usr/sbin/umount", [mount.as_str()]);
            let run = Run::new(
                Command::new("/usr/sbin/mount", [mount.as_str()]),
                Check::Mounted(mount.clone()),
                Undo::by(vec![(undo, Check::Mounted(mount.clone()).negated())]),
            );
            Op::Run(run.within(limit).touching([Touches::Path(mount.clone()), Touches::Mounts]))
        };
        mounts.iter().map(mount).collect()
    })
    .proving(Box::new(move |at| examine(&look, &kept, at)))
}

/// By which the programs of the node find the configuration.
fn config_link(site: &Site) -> (NodePath, String) {
    let config = site.instance.directories.config.to_string();
    (site.instance.cal_svr_base.join("config"), config)
}

fn link(site: &Site, node: &NodeName) -> Step {
    let (path, target) = config_link(site);
    Step::new(
        StepKind::AloneLink,
        format!("{path} leads to {target}"),
        CITE,
        Scope::One(node.clone()),
        "Where the installation had made this link, its removal took it away.",
    )
    .doing(move |_| vec![Op::Symlink { path: path.clone(), target: target.clone() }])
}

fn links_into_the_void(site: &Site, node: &NodeName) -> Step {
    let base = site.instance.cal_svr_base.clone();
    let (config, target) = config_link(site);
    let data = (base.join("data"), site.mount().to_string());
    let nodes = site.nodes().into_iter().filter(|other| other != node).collect();
    Step::new(
        StepKind::AloneUnlink,
        format!("no link of {base} into what is mounted elsewhere"),
        CITE,
        Scope::EachNode(nodes),
        "The configurator made them; a program started there by mistake would find nothing.",
    )
    .doing(move |_| {
        let links = [(config.clone(), target.clone()), data.clone()];
        links.into_iter().map(|(path, target)| Op::Unlink { path, target }).collect()
    })
}

fn examine(site: &Site, node: &NodeName, at: &LookContext<'_>) -> Result<Seen, HostError> {
    let mut seen = Seen::default();
    let Some(host) = at.hosts.get(node) else { return Ok(seen) };
    let conf_path = site.instance.directories.ics_conf();
    let Some(text) = query::text(*host, &conf_path)? else {
        let what = format!("{conf_path} cannot be read");
        let hint = format!("look whether {} is mounted, and what is on it", site.mount());
        let problem = Problem::new(codes::ICS_CONF_UNREADABLE, what).on(node.as_str());
        seen.problems.push(problem.hint(hint).section(SECTION));
        return Ok(seen);
    };

    let conf = IcsConf::parse(text.as_bytes());
    if conf.value("local.server.ha.enabled").is_some_and(|value| value == b"yes") {
        let what = format!("{conf_path} still says local.server.ha.enabled = \"yes\"");
        let hint = "the server would leave its start to a cluster that does not know it: remove \
                    the parameters local.server.ha.* from the file";
        let problem = Problem::new(codes::ALONE_HA, what).on(node.as_str());
        seen.problems.push(problem.hint(hint).section(SECTION));
    }
    seen.and(names(site, node, &text));
    seen.and(links_here(site, *host)?);

    let program = site.instance.cal_svr_base.join("sbin/start-cal");
    seen.facts.push(format!("{node}: start the server by hand, as root: {program}"));
    Ok(seen)
}

/// The links of the node that keeps the server lead somewhere.
fn links_here(site: &Site, host: &dyn Inspect) -> Result<Seen, HostError> {
    let mut seen = Seen::default();
    for name in ["config", "data"] {
        let path = site.instance.cal_svr_base.join(name);
        match host.stat(&path)? {
            Entry::Link { target } => {
                seen.facts.push(format!("{}: {path} -> {target}", host.name()));
            }
            other => {
                let what = format!("{path} should be a link; found {}", other.describe());
                let target = if name == "config" {
                    site.instance.directories.config.clone()
                } else {
                    site.mount().clone()
                };
                let hint = format!("on {}: ln -s {target} {path}", host.name());
                let problem = Problem::new(codes::LINKS_WRONG, what).on(host.name().as_str());
                seen.problems.push(problem.hint(hint).section(SECTION));
            }
        }
    }
    Ok(seen)
}

/// The parameters of ics.conf that speak of the logical host, or of a node that loses the server:
/// they have to be changed by whoever knows what clients use.
fn names(site: &Site, node: &NodeName, text: &str) -> Seen {
    let mut seen = Seen::default();
    let path = site.instance.directories.ics_conf();
    let host = &site.instance.logical_host;
    let address = host.address.to_string();
    let logical = [host.name.as_str(), host.fqdn.as_str(), address.as_str()];
    let nodes = others(site, node);
    let away: Vec<&str> = nodes.iter().map(NodeName::as_str).collect();

    let without = without_block(site, text);
    let conf = IcsConf::parse(without.as_bytes());
    let groups = [(&logical[..], "the logical host"), (&away[..], "another node")];
    let mut found = 0;
    for (of, what) in groups {
        for (_, name, value) in conf.physical_names(of) {
            let shown = mask(&format!("{name} = \"{}\"", String::from_utf8_lossy(value)));
            let hint = format!(
                "the logical address goes with its group: before the server is started write the \
                 name or the address of {node} there, or give {node} the address {address}"
            );
            let problem = Problem::new(codes::ALONE_NAME, format!("speaks of {what}: {shown}"));
            let problem = problem.at(path.as_str()).on(node.as_str());
            seen.notices.push(problem.hint(hint).section(SECTION));
            found += 1;
        }
    }
    if found == 0 {
        seen.facts.push(format!("{node}: no parameter of {path} speaks of another host"));
    }
    seen
}

/// What is left of ics.conf once the block of high availability is gone.
fn without_block(site: &Site, text: &str) -> String {
    let begin = crate::document::HaBlock::begins(&site.instance.name);
    let end = begin.replace(" BEGIN ", " END ");
    let mut inside = false;
    let stays = |line: &&str| {
        inside |= line.trim_end() == begin;
        let stays = !inside;
        inside &= line.trim_end() != end;
        stays
    };
    text.split_inclusive('\n').filter(stays).collect()
}

/// The same names as they are found before anything is removed, wherever the file system is
/// mounted; where it is nowhere, nothing.
///
/// # Errors
/// A host that cannot be asked.
pub fn names_before(site: &Site, node: &NodeName, hosts: &Views<'_>) -> Result<Seen, HostError> {
    for host in hosts.values() {
        if host.mounted(site.mount())?
            && let Some(text) = query::text(*host, &site.instance.directories.ics_conf())?
        {
            return Ok(names(site, node, &text));
        }
    }
    Ok(Seen::default())
}
