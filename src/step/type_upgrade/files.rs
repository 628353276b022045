//! Finds the registration files of versions, and what the nodes lack of the files and methods
//! that an upgrade needs. It only looks: installing a package is the administrator's affair.
//! What a registration file says is `RegistrationFile`'s.

use std::collections::BTreeMap;

use crate::cluster::REGISTRATION_FILES;
use crate::node::{Entry, HostError, Inspect, NodeName, NodePath, resolve};
use crate::problem::{Problem, codes};
use crate::resource_type::RegistrationFile;
use crate::step::Views;
use crate::type_upgrade::{Found, UpgradePlan, Version};

/// The registration file of a version: one that was named, or one of the places where such files
/// are, if it is of that version.
///
/// # Errors
/// A node that is lost.
pub fn file_of_version(
    host: &dyn Inspect,
    base: &str,
    version: &str,
    named: &[NodePath],
) -> Result<Option<Version>, HostError> {
    let short = base.split_once('.').map_or(base, |(_, short)| short);
    let of = |directory: &str| {
        let names = [base.to_owned(), format!("{base}:{version}"), format!("{base}.{version}")];
        let short = [format!("{short}.{version}"), format!("{base}-{version}")];
        names.into_iter().chain(short).map(|name| format!("{directory}/{name}")).collect::<Vec<_>>()
    };

    let beside = named.iter().filter_map(NodePath::parent).flat_map(|at| of(at.as_str()));
    let usual = REGISTRATION_FILES.iter().flat_map(|directory| of(directory));
    let paths = beside.chain(usual).filter_map(|path| NodePath::new(path).ok());

    for path in named.iter().cloned().chain(paths) {
        let bytes = match host.read(&path) {
            Ok(bytes) => bytes,
            Err(HostError::Io { .. } | HostError::Invalid(_)) => continue,
            Err(lost) => return Err(lost),
        };
        let read = Version::of(&RegistrationFile::parse(&bytes), path);
        if let Some(read) = read.filter(|v| v.base == base && v.version == version) {
            return Ok(Some(read));
        }
    }
    Ok(None)
}

/// What of a plan's versions is not on the nodes as it has to be: files and methods of the new ones
/// on every member, methods of the old ones wherever their resources may be stopped.
///
/// # Errors
/// A node that is lost.
pub fn lacking(
    hosts: &Views<'_>,
    plan: &UpgradePlan,
    found: &Found,
    versions: &BTreeMap<String, Version>,
) -> Result<Vec<Problem>, HostError> {
    let mut problems = Vec::new();
    let moves = || plan.waves.iter().flat_map(|wave| &wave.moves);

    for new in versions.values().filter(|v| moves().any(|m| m.to == v.full())) {
        let registered = found.registered.iter().find(|r| r.full == new.full());
        let installed = registered.and_then(|r| r.nodes.as_ref());
        let nodes: Vec<&NodeName> =
            hosts.keys().filter(|n| installed.is_none_or(|all| all.contains(n))).collect();
        if registered.is_none() {
            problems.extend(same_file(hosts, &nodes, new)?);
        }
        problems.extend(methods(hosts, &nodes, &new.full(), &new.methods)?);
    }

    for old in found.registered.iter().filter(|old| moves().any(|m| m.from == old.full)) {
        let own = moves().filter(|m| m.from == old.full);
        let groups = own.filter_map(|m| found.group(&m.group));
        let mut nodes: Vec<&NodeName> = groups.flat_map(|group| &group.nodes).collect();
        nodes.sort();
        nodes.dedup();
        problems.extend(methods(hosts, &nodes, &old.full, &old.methods)?);
    }

    problems.extend(shared(plan, found, versions));
    Ok(problems)
}

/// The file has to be there on every node, and the same.
fn same_file(
    hosts: &Views<'_>,
    nodes: &[&NodeName],
    version: &Version,
) -> Result<Vec<Problem>, HostError> {
    let (mut problems, mut first) = (Vec::new(), None);
    for node in nodes {
        let Some(host) = hosts.get(*node) else { continue };
        let full = version.full();
        let wrong = match host.read(&version.file) {
            Ok(bytes) if first.as_ref().is_none_or(|one| *one == bytes) => {
                first = Some(bytes);
                continue;
            }
            Ok(_) => format!("{} of {full} is another file here", version.file),
            Err(HostError::Io { .. }) => format!("{} of {full} is not there", version.file),
            Err(lost) => return Err(lost),
        };
        let hint = "install the same package on every node before the upgrade";
        problems.push(Problem::new(codes::UPGRADE_FILE, wrong).on(node.as_str()).hint(hint));
    }
    Ok(problems)
}

/// Every method has to be an executable file.
fn methods(
    hosts: &Views<'_>,
    nodes: &[&NodeName],
    full: &str,
    methods: &[(String, String)],
) -> Result<Vec<Problem>, HostError> {
    let mut problems = Vec::new();
    for node in nodes {
        let Some(host) = hosts.get(*node) else { continue };
        for (method, path) in methods {
            let Ok(at) = NodePath::new(path.as_str()) else { continue };
            let real = match resolve(&|at| host.stat(at), &at) {
                Ok(real) => host.stat(&real)?,
                Err(HostError::Invalid(_)) => Entry::Missing,
                Err(lost) => return Err(lost),
            };

            let what = match real {
                Entry::File { mode, .. } if mode.0 & 0o111 != 0 => continue,
                Entry::File { .. } => "is not executable",
                _ => "is no file",
            };

            let what = format!("{method} of {full}, {path}, {what}");
            let hint = "install its package there; an old version stays until nothing uses it";
            problems.push(Problem::new(codes::UPGRADE_METHODS, what).on(node.as_str()).hint(hint));
        }
    }
    Ok(problems)
}

/// Methods of two versions in one file: the old one is gone, whatever the new one does.
fn shared(plan: &UpgradePlan, found: &Found, versions: &BTreeMap<String, Version>) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    for one in plan.waves.iter().flat_map(|wave| &wave.moves) {
        let old = found.registered.iter().find(|r| r.full == one.from);
        let (Some(old), Some(new)) = (old, versions.get(&one.version)) else { continue };

        let both = old.methods.iter().filter(|own| new.methods.contains(own));
        let names: Vec<String> = both.map(|(method, path)| format!("{method} ({path})")).collect();
        if names.is_empty() {
            continue;
        }

        let what = format!(
            "{} and {} share the file of {}: what stops a resource of the old version is gone",
            one.from,
            one.to,
            names.join(", ")
        );
        let hint = "a package with methods of its own for each version is safe; if this one says \
                    that its methods fit the old version, calha rt upgrade takes --accept \
                    rt.upgrade-shared";

        let problem = Problem::new(codes::UPGRADE_SHARED, what).hint(hint);
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
    problems
}
