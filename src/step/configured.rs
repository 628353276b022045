//! What a run of the configurator has to leave, asked of the node whatever the program said: where
//! ics.conf has the instance's directories, whose they are, and what starts the server at boot.
//! What the program said is `ConfiguratorReport`'s, and which keys are set for high availability
//! `ha_block`'s.

use super::{Doubt, Seen, Site};
use crate::document::{IcsConf, Parameter};
use crate::node::{Command, Entry, HostError, Inspect, NodeName, NodePath};
use crate::op::Check;
use crate::problem::{Problem, codes};
use crate::setting::{Account, Instance};

/// The parameters whose names are documented, and the directory that each has to name.
fn named(site: &Site) -> [(&'static str, &NodePath); 4] {
    let d = &site.instance.directories;
    [
        ("caldb.berkeleydb.homedir.path", &d.database),
        ("caldb.berkeleydb.archive.path", &d.archive),
        ("caldb.berkeleydb.hotbackup.path", &d.hotbackup),
        ("logfile.logdir", &d.logs),
    ]
}

/// ics.conf names the directories of the profile.
pub(super) fn names_them(site: &Site) -> Vec<Check> {
    let path = site.instance.directories.ics_conf();
    let sets = |(name, directory): (&str, &NodePath)| Check::Sets {
        path: path.clone(),
        name: name.to_owned(),
        value: directory.to_string(),
    };
    named(site).into_iter().map(sets).collect()
}

/// Whose a path is.
enum Owns {
    This,
    Other(String),
    Nobody,
}

/// The instance to whose file systems or install root a path belongs; of several that hold it, the
/// innermost decides.
fn owner_of(site: &Site, path: &str) -> Owns {
    let Ok(path) = NodePath::new(path.trim_end_matches('/')) else { return Owns::Nobody };
    let roots = |i: &Instance| {
        let points = i.file_systems().into_iter().map(|fs| fs.mount_point.clone());
        points.chain([i.install_root.clone(), i.cal_svr_base.clone()]).collect::<Vec<_>>()
    };
    let depth = |i: &Instance| {
        let holding = roots(i).into_iter().filter(|root| path.is_within(root));
        holding.map(|root| root.as_str().len()).max()
    };

    let own = depth(&site.instance);
    let others = site.settings.instances.iter().filter(|i| i.name != site.instance.name);
    let other = others.filter_map(|i| Some((depth(i)?, i.name.clone()))).max();
    match (own, other) {
        (own, Some((depth, name))) if own.is_none_or(|own| own < depth) => Owns::Other(name),
        (Some(_), _) => Owns::This,
        (None, _) => Owns::Nobody,
    }
}

/// The absolute paths in a value: alone, in a list, or behind a word and a colon. What stands in a
/// URL is none.
fn paths_in(value: &str) -> impl Iterator<Item = &str> {
    let parts = value.split([' ', '\t', ',', ';', ':', '=', '\'', '"', '\n']);
    parts.filter(|part| part.starts_with('/') && !part.starts_with("//") && part.len() > 1)
}

/// Where ics.conf has the instance's directories.
pub(super) fn directories(site: &Site, conf: &IcsConf, node: &NodeName, seen: &mut Seen) {
    let path = site.instance.directories.ics_conf();
    let mut wrong = |line: Option<usize>, what: String| {
        let place = line.map_or_else(|| path.to_string(), |line| format!("{path}:{line}"));
        let hint = "the configurator has to run with the directories of the profile: put its state \
                    file right, then go on; it is run again";
        let problem = Problem::new(codes::CONFIGURATOR_DIRECTORY, what).at(place);
        seen.problems.push(problem.on(node.as_str()).hint(hint).section("6.6.3, 2.3"));
    };

    let last = |name: &str| conf.parameters().rfind(|p| p.name == name);
    for (name, wanted) in named(site) {
        let set = last(name);
        let value = set.as_ref().map(|p| String::from_utf8_lossy(p.value).into_owned());
        let line = set.map(|p| p.line);
        match value.as_deref().map(|v| v.strip_suffix('/').unwrap_or(v)) {
            Some(value) if value == wanted.as_str() => {}
            None | Some("" | ".") => wrong(
                line,
                format!("{name} is not set, which means this node's own disk; wanted: {wanted}"),
            ),
            Some(value) => wrong(line, format!("{name} is {value}; wanted: {wanted}")),
        }
    }

    let judged = named(site).map(|(name, _)| name);
    let counts = |p: &Parameter<'_>| last(p.name).is_some_and(|l| l.line == p.line);
    let mut outside = Vec::new();
    for p in conf.parameters().filter(|p| counts(p) && !judged.contains(&p.name)) {
        let value = String::from_utf8_lossy(p.value);
        for found in paths_in(&value) {
            match owner_of(site, found) {
                Owns::This => {}
                Owns::Other(name) => {
                    wrong(Some(p.line), format!("{} is {found}, which belongs to {name}", p.name));
                }
                Owns::Nobody => outside.push(format!("{} = {found}", p.name)),
            }
        }
    }

    if !outside.is_empty() {
        seen.doubts.push(Doubt {
            code: codes::CONFIGURATOR_PATH,
            node: node.clone(),
            what: format!(
                "{path} names paths that lie neither on the shared file systems nor below the \
                 install root of {}; what is there does not move with the service",
                site.instance.name
            ),
            found: outside.join(", "),
        });
    }
}

/// The seven directories are there, on the shared file system itself, and the account's; ics.conf
/// in one of them is its as well.
pub(super) fn owned(site: &Site, host: &dyn Inspect, seen: &mut Seen) -> Result<(), HostError> {
    let (d, account) = (&site.instance.directories, &site.settings.account);
    let all = [&d.config, &d.database, &d.store, &d.logs, &d.tmp, &d.archive, &d.hotbackup];
    let mut wrong = Vec::new();
    for path in all {
        match host.stat(path)? {
            Entry::Directory { owner, .. } if owner.uid == account.uid => {}
            entry => wrong.push((path.clone(), format!("mkdir -p {path}; "), entry)),
        }
    }

    let conf = d.ics_conf();
    match host.stat(&conf)? {
        Entry::File { owner, .. } if owner.uid == account.uid => {}
        entry => wrong.push((conf, String::new(), entry)),
    }

    if wrong.is_empty() {
        let told = format!("{}: the seven directories belong to {}", host.name(), account.user);
        seen.facts.push(told);
    }
    for (path, make, entry) in wrong {
        let Account { user, uid, group, .. } = account;
        let found = entry.describe();
        let what = format!("{path} has to belong to user {user} ({uid}); found {found}");
        let (node, mount) = (host.name(), site.mount());
        let hint =
            format!("on {node}, while {mount} is mounted: {make}chown {user}:{group} {path}");
        let problem = Problem::new(codes::CONFIGURATOR_OWNER, what).on(node.as_str());
        seen.problems.push(problem.hint(hint).section("6.6.3"));
    }
    Ok(())
}

/// The link `data` in cal-svr-base. Where it leads is documented nowhere; that it stays with the
/// instance is what counts.
pub(super) fn data_link(site: &Site, host: &dyn Inspect, seen: &mut Seen) -> Result<(), HostError> {
    let (base, node) = (&site.instance.cal_svr_base, host.name());
    let link = base.join("data");
    let wrong = |found: String| {
        let what = format!("{link} should be a link to {}; found {found}", site.mount());
        let hint = format!("on {node}: rm {link}; ln -s {} {link}", site.mount());
        let problem = Problem::new(codes::LINKS_WRONG, what).on(node.as_str());
        problem.hint(hint).section("6.6.3, E33")
    };

    let target = match host.stat(&link)? {
        Entry::Link { target } => target,
        entry => {
            seen.problems.push(wrong(entry.describe()));
            return Ok(());
        }
    };
    let absolute =
        if target.starts_with('/') { target.clone() } else { format!("{base}/{target}") };
    match owner_of(site, &absolute) {
        Owns::This => seen.facts.push(format!("{node}: {link} -> {target}")),
        Owns::Other(name) => seen.problems.push(wrong(format!("{target}, which is {name}'s"))),
        Owns::Nobody => seen.doubts.push(Doubt {
            code: codes::LINKS_ELSEWHERE,
            node: node.clone(),
            what: format!("{link} leads to where nothing moves with the service"),
            found: target,
        }),
    }
    Ok(())
}

/// Directories whose entries are run when a node changes its run level.
const RUN_LEVELS: [&str; 5] =
    ["/etc/rc0.d", "/etc/rc1.d", "/etc/rc2.d", "/etc/rc3.d", "/etc/rcS.d"];

/// Nothing starts the server at boot: no entry of a run level, and no service of SMF, speaks of
/// what is below cal-svr-base. More cannot be seen: where the product keeps that choice is
/// documented nowhere.
pub(super) fn boot(site: &Site, host: &dyn Inspect, seen: &mut Seen) -> Result<(), HostError> {
    let (base, node) = (&site.instance.cal_svr_base, host.name());
    let (entries, services) = (entries(site, host)?, services(site, host)?);
    let unknown = [(&entries, "entries of run levels"), (&services, "services of SMF")];
    for (_, what) in unknown.into_iter().filter(|(found, _)| found.is_none()) {
        seen.doubts.push(Doubt {
            code: codes::CONFIGURATOR_BOOT_UNKNOWN,
            node: node.clone(),
            what: format!("not proved that nothing starts {base} at boot"),
            found: format!("the {what} could not be read"),
        });
    }

    let is_known = entries.is_some() && services.is_some();
    let found: Vec<String> = entries.into_iter().chain(services).flatten().collect();
    if found.is_empty() {
        if is_known {
            let told = format!("{node}: nothing seen starts {base} at boot; more cannot be seen");
            seen.facts.push(told);
        }
        return Ok(());
    }

    let what = format!("Calendar Server is started when this node boots: {}", found.join(", "));
    let hint = "only the cluster may start it: remove the entries, or disable the service of SMF \
                (svcadm disable)";
    let problem = Problem::new(codes::CONFIGURATOR_BOOT, what).on(node.as_str());
    seen.problems.push(problem.hint(hint).section("6.6.3, 6.7.2"));
    Ok(())
}

/// What an entry has in it that starts something below cal-svr-base. A directory whose name only
/// begins so is another.
fn below(site: &Site) -> String {
    format!("{}/", site.instance.cal_svr_base)
}

/// The entries of run levels that start something below cal-svr-base; nothing where find(1) failed.
fn entries(site: &Site, host: &dyn Inspect) -> Result<Option<Vec<String>>, HostError> {
    let below = below(site);
    let wanted = ["-name", "S*", "-exec", "/usr/bin/fgrep", "-l", &below, "{}", ";"];
    let find = Command::new("/usr/bin/find", RUN_LEVELS.into_iter().chain(wanted));
    let output = host.query(&find)?;
    let text = output.text();
    let paths = text.lines().map(|path| last_two(path.trim())).filter(|path| !path.is_empty());
    let found: Vec<String> = paths.collect();
    Ok(Some(found).filter(|found| output.success() || !found.is_empty()))
}

/// The services of SMF that do; nothing where they cannot be listed. Before Solaris 10 there are
/// none, nor the program that lists them. Its status also speaks of services without a method.
fn services(site: &Site, host: &dyn Inspect) -> Result<Option<Vec<String>>, HostError> {
    let program = NodePath::new("/usr/bin/svcprop").expect("a fixed path");
    if !host.exists(&program)? {
        return Ok(Some(Vec::new()));
    }
    let below = below(site);
    let output = host.query(&Command::new(program.as_str(), ["-p", "start/exec", "*"]))?;
    let text = output.text();
    let starts = text.lines().filter(|line| line.contains(&below));
    let found = starts.filter_map(|line| line.split_whitespace().next()).map(str::to_owned);
    Ok(Some(found.collect()).filter(|_| !text.trim().is_empty()))
}

/// `rc3.d/S99x` of a path, whatever stands before it.
fn last_two(path: &str) -> String {
    let mut parts = path.rsplit('/');
    match (parts.next(), parts.next()) {
        (Some(name), Some(directory)) => format!("/etc/{directory}/{name}"),
        _ => path.to_owned(),
    }
}
