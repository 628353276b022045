//! How many install roots the installer would have to make on each node.
//!
//! That of Communications Suite 5 installs a product once on a host and refuses a second root, so
//! what would fail half way is refused before the first change. What is installed already stays as
//! it is, however it came there.

use crate::node::{Command, HostError, NodeName, NodePath};
use crate::op::Check;
use crate::problem::{Problem, codes};
use crate::setting::{InstallerKind, Instance};
use crate::step::{Asked, Guard, Seen, Site, Views, Weight, query};

const REMEDY: &str = "keep the programs on shared disks: install-root-device and var-dir-device of \
                      each instance; or, if your installer is commpkg, installer.kind = \
                      \"commpkg\"";

/// Refuses a second install root on a node, unless the installer allows it.
pub(super) fn roots(
    sites: &[Site],
    hosts: &Views<'_>,
    only: Option<&NodeName>,
    seen: &mut Seen,
) -> Result<(), HostError> {
    let Some(first) = sites.first() else { return Ok(()) };
    if first.settings.installer.kind == InstallerKind::Commpkg {
        return Ok(());
    }
    for node in first.members().iter().filter(|n| only.is_none_or(|o| o == *n)) {
        let Some(what) = second_root(first, node, hosts)? else { continue };
        seen.problems.push(
            Problem::new(codes::PREFLIGHT_SECOND_ROOT, what)
                .on(node.as_str())
                .hint(REMEDY)
                .section("6.1.3"),
        );
    }
    Ok(())
}

/// The same as a printed script sees it on a node whose programs are its own: Calendar Server below
/// another root.
pub(super) fn guards(site: &Site) -> Vec<Guard> {
    let local = !site.instance.shares_programs();
    if !local || site.settings.installer.kind == InstallerKind::Commpkg {
        return Vec::new();
    }
    let root = &site.instance.install_root;
    let package = Command::new("/usr/bin/pkginfo", ["-r", "SUNWics5"]);
    let mut than = vec![root.to_string()];
    let mut above = root.parent();
    while let Some(directory) = above {
        than.push(directory.to_string());
        above = directory.parent();
    }
    let apart = Check::All(vec![
        Check::Exists(site.instance.cal_svr_base.join("sbin/csconfigurator.sh")).negated(),
        Check::Other { command: package.clone(), than },
        Check::Starts { command: package.clone(), text: format!("{root}/") }.negated(),
    ]);
    let what = format!("Calendar Server is installed below another root than {root}");
    let guard = Guard::new(codes::PREFLIGHT_SECOND_ROOT, Asked::Each(site.nodes()), apart, what);
    vec![guard.weighing(Weight::Look).showing(package).hint(REMEDY, "6.1.3")]
}

/// What the installer would refuse on a node; nothing where it would not, or has nothing to do
/// there.
fn second_root(
    site: &Site,
    node: &NodeName,
    hosts: &Views<'_>,
) -> Result<Option<String>, HostError> {
    let instances = site.settings.installed_on(node);
    let Some(host) = hosts.get(node) else { return Ok(None) };

    let mut to_do = Vec::new();
    for instance in &instances {
        if !is_installed(instance, node, hosts)? {
            to_do.push(instance);
        }
    }
    let Some(next) = to_do.first() else { return Ok(None) };

    if instances.len() > 1 {
        let roots: Vec<&str> = instances.iter().map(|i| i.install_root.as_str()).collect();
        return Ok(Some(format!(
            "the installer allows one install root on a host; the profile has {} here: {}",
            roots.len(),
            roots.join(", ")
        )));
    }

    let package = Command::new("/usr/bin/pkginfo", ["-r", "SUNWics5"]);
    let there = query::first_line(*host, &package)?.and_then(|base| NodePath::new(base).ok());
    let root = &next.install_root;
    let apart = |base: &NodePath| !(base.is_within(root) || root.is_within(base));
    Ok(there.filter(apart).map(|base| {
        format!(
            "Calendar Server is installed below {base}; the installer allows no second root, {root}"
        )
    }))
}

/// Whether the programs are there: on the node itself, or wherever their shared disk is mounted.
fn is_installed(
    instance: &Instance,
    node: &NodeName,
    hosts: &Views<'_>,
) -> Result<bool, HostError> {
    let program = instance.cal_svr_base.join("sbin/csconfigurator.sh");
    for (name, host) in hosts {
        let shared = instance.shares_programs() && instance.nodes.contains(name);
        if (shared || name == node) && host.exists(&program)? {
            return Ok(true);
        }
    }
    Ok(false)
}
