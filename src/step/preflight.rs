use std::collections::BTreeMap;

use super::{Citation, Hosts, Scope, Seen, Site, Step, query};
use crate::host::{Entry, Host, HostError, NodeName};
use crate::op::{Command, NodePath};
use crate::problem::Problem;

/// Everything that must be so before the first change, all findings together.
pub fn preflight(site: &Site) -> Step {
    let look = site.clone();
    Step::new(
        "preflight",
        "prerequisites of every node",
        Citation { section: "6.2", errata: &["E09", "E28", "E71"] },
        Scope::EachNode(site.nodes()),
        "What would fail half way through is better found before anything is changed.",
    )
    .passing()
    .looking_early(Box::new(move |hosts, only, begun| examine(&look, hosts, only, begun)))
}

fn examine(site: &Site, hosts: &Hosts<'_>, only: Option<&NodeName>, begun: bool) -> Result<Seen, HostError> {
    let mut seen = Seen::default();
    let mut addresses: BTreeMap<NodeName, String> = BTreeMap::new();
    for node in site.nodes() {
        let Some(host) = hosts.get(&node) else { continue };
        let about = only.is_none_or(|o| *o == node);
        if about {
            seen.and(one_node(site, &node, *host, begun)?);
        }
        let host_name = &site.instance.logical_host.name;
        let entry = query::first_line(*host, &Command::new("/usr/bin/getent", ["hosts", host_name]))?;
        if let Some(address) = entry.and_then(|e| e.split_whitespace().next().map(str::to_owned)) {
            addresses.insert(node.clone(), address);
        } else if about {
            seen.problems.push(
                Problem::new("preflight.host-name", format!("the logical host {host_name} does not resolve"))
                    .on(node.as_str())
                    .hint(format!("add \"{} {host_name}\" to /etc/hosts on every node", site.instance.logical_host.address))
                    .section("6.2"),
            );
        }
    }
    let wanted = site.instance.logical_host.address.to_string();
    for (node, address) in addresses.iter().filter(|(n, a)| **a != wanted && only.is_none_or(|o| o == *n)) {
        seen.problems.push(
            Problem::new(
                "preflight.host-address",
                format!("{} resolves to {address}; the profile says {wanted}", site.instance.logical_host.name),
            )
            .on(node.as_str())
            .hint("make /etc/hosts or the name service and the profile agree, on every node"),
        );
    }
    Ok(seen)
}

fn one_node(site: &Site, node: &NodeName, host: &dyn Host, begun: bool) -> Result<Seen, HostError> {
    let mut seen = Seen::default();
    let problem = |code: &str, what: String, hint: String| Problem::new(code, what).on(node.as_str()).hint(hint).section("6.2");
    let id = query::first_line(host, &Command::new("/usr/bin/id", [""; 0]))?.unwrap_or_default();
    if id.starts_with("uid=0(") {
        seen.facts.push(format!("{node}: superuser"));
    } else {
        seen.problems.push(problem(
            "preflight.superuser",
            format!("the shell does not run as the superuser: {id}"),
            "connect as root, or through a command that becomes root".into(),
        ));
    }
    let release = query::first_line(host, &Command::new("/usr/bin/uname", ["-sr"]))?.unwrap_or_default();
    if release.starts_with("SunOS 5.") {
        seen.facts.push(format!("{node}: {release}"));
    } else {
        seen.problems.push(problem(
            "preflight.system",
            format!("not a Solaris system: {release}"),
            "check the connection of this node in the profile".into(),
        ));
    }
    members(site, node, host, &mut seen)?;
    if !host.query(&Command::new("/usr/bin/pkginfo", ["-q", "SUNWscics"]))?.success() {
        seen.problems.push(
            problem(
                "preflight.agent",
                "the agent SUNWscics is not installed".into(),
                "install it from the Java ES media, not from those of Calendar Server 6.3 (bug 6560681)".into(),
            )
            .section("6.3, E09"),
        );
    }
    devices(site, node, host, &mut seen)?;
    accounts(site, node, host, &mut seen)?;
    if !begun {
        let pinged = host.query(&Command::new("/usr/sbin/ping", [site.instance.logical_host.name.as_str(), "1"]))?;
        if pinged.text().contains("is alive") {
            seen.problems.push(problem(
                "preflight.address-taken",
                format!("{} ({}) answers already", site.instance.logical_host.name, site.instance.logical_host.address),
                "give the logical host an address that nothing uses".into(),
            ));
        }
        if let Some(line) = mounted_elsewhere(site, host)? {
            seen.problems.push(problem(
                "preflight.mounted",
                format!("something else is mounted on {}: {line}", site.mount()),
                "unmount it, or choose another shared directory".into(),
            ));
        }
    }
    Ok(seen)
}

/// Membership, and that no group is in a state of failure.
fn members(site: &Site, node: &NodeName, host: &dyn Host, seen: &mut Seen) -> Result<(), HostError> {
    let cluster = |args: &[&str]| Command::new("/usr/cluster/bin/scha_cluster_get", args.iter().copied());
    let problem = |code: &str, what: String, hint: &str| Problem::new(code, what).on(node.as_str()).hint(hint).section("6.2");
    let local = query::first_line(host, &cluster(&["-O", "NODENAME_LOCAL"]))?;
    match local {
        None => {
            seen.problems.push(problem(
                "preflight.cluster",
                "Sun Cluster does not answer on this node".into(),
                "boot the node into the cluster; scstat -n shows its members",
            ));
            return Ok(());
        }
        Some(name) if name != node.as_str() => seen.problems.push(problem(
            "preflight.node-name",
            format!("the cluster calls this node {name}"),
            "spell the nodes in the profile as scstat -n prints them (E28), and check the connection",
        )),
        Some(name) => seen.facts.push(format!("{node}: member {name} of the cluster")),
    }
    let all = query::lines(host, &cluster(&["-O", "ALL_NODENAMES"]))?;
    for other in site.nodes().iter().filter(|n| !all.iter().any(|a| a == n.as_str())) {
        seen.problems.push(problem(
            "preflight.not-a-member",
            format!("{other} is no member of this cluster; it has {}", all.join(", ")),
            "spell the nodes as scstat -n prints them (E28)",
        ));
    }
    for group in query::lines(host, &cluster(&["-O", "ALL_RESOURCEGROUPS"]))? {
        let state = query::first_line(host, &Site::group("RG_STATE_NODE", &group, &[node.as_str()]))?.unwrap_or_default();
        if state.starts_with("ERROR") || state.starts_with("PENDING") {
            seen.problems.push(problem(
                "preflight.group-state",
                format!("group {group} is {state} here"),
                "wait until it settles, or clear it (scswitch -c -f STOP_FAILED)",
            ));
        }
    }
    Ok(())
}

/// The devices exist and hold the kind of file system that the profile says.
fn devices(site: &Site, node: &NodeName, host: &dyn Host, seen: &mut Seen) -> Result<(), HostError> {
    let fs = &site.instance.file_system;
    for (device, letter, kind) in [(&fs.block_device, 'b', "block"), (&fs.raw_device, 'c', "character")] {
        let real = crate::host::resolve(&|p| host.stat(p), device)?;
        let entry = host.stat(&real)?;
        if entry != (Entry::Other { letter }) {
            seen.problems.push(
                Problem::new("preflight.device", format!("{device} should be a {kind} device; found {}", entry.describe()))
                    .on(node.as_str())
                    .hint("make the volume first; calha never makes a file system")
                    .section("6.6.1"),
            );
        }
    }
    let command = Command::new("/usr/sbin/fstyp", [fs.raw_device.as_str()]);
    if let Some(kind) = query::first_line(host, &command)?
        && kind != fs.fs_type
    {
        seen.problems.push(
            Problem::new("preflight.file-system", format!("{} holds {kind}; the profile says {}", fs.raw_device, fs.fs_type))
                .on(node.as_str())
                .hint("correct fs-type in the profile, or make the file system with newfs (once, on one node)"),
        );
    }
    Ok(())
}

/// Ids of the runtime user and group: equal where they exist, free elsewhere (E71).
fn accounts(site: &Site, node: &NodeName, host: &dyn Host, seen: &mut Seen) -> Result<(), HostError> {
    let account = &site.settings.account;
    for (base, name, id) in [("passwd", &account.user, account.uid), ("group", &account.group, account.gid)] {
        let ask = |key: &str| query::first_line(host, &Command::new("/usr/bin/getent", [base, key]));
        let field = |line: &str, at: usize| line.split(':').nth(at).unwrap_or("").to_owned();
        let what = if base == "passwd" { "user" } else { "group" };
        if let Some(line) = ask(name)? {
            if field(&line, 2) != id.to_string() {
                seen.problems.push(
                    Problem::new(
                        "preflight.account",
                        format!("{what} {name} has id {} here; the profile says {id}", field(&line, 2)),
                    )
                    .on(node.as_str())
                    .hint(
                        "ids must be equal on all nodes: change the profile, or the account with usermod -u and chown its files",
                    )
                    .section("E71"),
                );
            }
        } else if let Some(line) = ask(&id.to_string())? {
            seen.problems.push(
                Problem::new("preflight.id-taken", format!("id {id} belongs to the {what} {} here", field(&line, 0)))
                    .on(node.as_str())
                    .hint("choose an id that is free on every node")
                    .section("E71"),
            );
        }
    }
    Ok(())
}

/// The line of /etc/mnttab when another device is mounted on the shared directory.
fn mounted_elsewhere(site: &Site, host: &dyn Host) -> Result<Option<String>, HostError> {
    let path = NodePath::new("/etc/mnttab").expect("a fixed path");
    let table = query::text(host, &path)?.unwrap_or_default();
    let device = site.instance.file_system.block_device.as_str();
    Ok(table
        .lines()
        .find(|line| {
            let mut fields = line.split('\t');
            let what = fields.next();
            fields.next() == Some(site.mount().as_str()) && what != Some(device)
        })
        .map(|line| line.replace('\t', " ")))
}
