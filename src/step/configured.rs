//! What a run of the configurator has to leave, asked of the node whatever the program said: where
//! ics.conf has the instance's directories, whose they are, where links lead, and what starts the
//! server at boot. They are guards, so that a script run by hand proves what an installation
//! proves. What the program said is `configurator_words`', and which keys are set for high
//! availability `ha_block`'s.

use super::{Asked, Guard, Site, Weight, When};
use crate::document::HaBlock;
use crate::node::{Command, NodeName, NodePath};
use crate::op::{Check, Region};
use crate::problem::codes;
use crate::setting::Instance;

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

/// The shared file systems of an instance.
fn shares(of: &Instance) -> Vec<String> {
    of.file_systems().into_iter().map(|fs| fs.mount_point.to_string()).collect()
}

/// What belongs to an instance: its shared file systems, and its install root.
fn roots(of: &Instance) -> Vec<String> {
    let programs = [&of.install_root, &of.cal_svr_base].map(ToString::to_string);
    shares(of).into_iter().chain(programs).collect()
}

fn others(site: &Site) -> impl Iterator<Item = &Instance> {
    site.settings.instances.iter().filter(|i| i.name != site.instance.name)
}

/// What belongs to another instance, and lies in nothing of this one that is further in.
fn of_another(site: &Site, other: &Instance) -> Region {
    Region { within: roots(other), outside: roots(&site.instance) }
}

/// What is outside of these directories of this instance, and belongs to no other.
fn of_nobody(site: &Site, own: Vec<String>) -> Region {
    let outside = own.into_iter().chain(others(site).flat_map(roots)).collect();
    Region { within: vec!["/".into()], outside }
}

/// Whether the shared directory is mounted: where it is not, nothing of it can be asked.
fn while_mounted(site: &Site, guards: Vec<Guard>) -> Vec<Guard> {
    let only = || Check::Mounted(site.mount().clone());
    guards.into_iter().map(|guard| guard.when(When::After).only_while(only())).collect()
}

/// What the configurator has to leave on the shared file system, for these nodes to ask.
pub(super) fn left(site: &Site, nodes: &[NodeName]) -> Vec<Guard> {
    let conf = site.instance.directories.ics_conf();
    let gone = Guard::new(
        codes::CONFIGURATOR_DIRECTORY,
        Asked::Each(nodes.to_vec()),
        Check::Exists(conf.clone()).negated(),
        format!("{conf} is not there after the configurator has run"),
    )
    .hint(RUN_AGAIN, "6.6.3");
    let mut all = while_mounted(site, vec![gone]);
    let says_more = says_something(site);
    all.extend(directories(site, nodes).into_iter().map(|guard| {
        let only = Check::All(vec![guard.only.clone(), says_more.clone()]);
        guard.only_while(only)
    }));
    all.extend(owned(site, nodes));
    all.extend(straight(site, nodes));
    all
}

/// ics.conf has parameters of the configurator. Where it has none, or the block of high
/// availability alone, the step of the block says what is wrong.
fn says_something(site: &Site) -> Check {
    let path = site.instance.directories.ics_conf();
    let begins = |text: &str| Check::Begins { path: path.clone(), text: text.into() };
    let own = Check::Any(["caldb.", "logfile."].map(begins).to_vec());
    let shared = Check::Any(["local.", "service."].map(begins).to_vec());
    let block = begins(&HaBlock::begins(&site.instance.name));
    Check::Any(vec![own, Check::All(vec![shared, block.negated()])])
}

const RUN_AGAIN: &str = "the configurator has to run with the directories of the profile: put its \
                         state file right, then go on; it is run again";

/// Where ics.conf has the instance's directories.
pub(super) fn directories(site: &Site, nodes: &[NodeName]) -> Vec<Guard> {
    let path = site.instance.directories.ics_conf();
    let asked = || Asked::Each(nodes.to_vec());
    let mut all = Vec::new();
    for ((name, wanted), sets) in named(site).into_iter().zip(names_them(site)) {
        let what = format!(
            "{path} does not set {name} to {wanted} (nothing or \".\" is this node's own disk)"
        );
        let guard = Guard::new(codes::CONFIGURATOR_DIRECTORY, asked(), sets.negated(), what);
        all.push(guard.evident().hint(RUN_AGAIN, "6.6.3, 2.3"));
    }

    let besides: Vec<String> = named(site).iter().map(|(name, _)| (*name).to_owned()).collect();
    let names = |region| Check::Names { path: path.clone(), besides: besides.clone(), region };
    for other in others(site) {
        let what = format!("{path} names what belongs to {}", other.name);
        let wrong = names(of_another(site, other));
        let guard = Guard::new(codes::CONFIGURATOR_DIRECTORY, asked(), wrong, what);
        all.push(guard.evident().hint(RUN_AGAIN, "6.6.3, E14"));
    }

    let what = format!(
        "{path} names paths that lie neither on the shared file systems nor below the install \
         root of {}; what is there does not move with the service",
        site.instance.name
    );
    let wrong = names(of_nobody(site, roots(&site.instance)));
    let guard = Guard::new(codes::CONFIGURATOR_PATH, asked(), wrong, what);
    let hint = "look at what is there, and whether it has to move with the service";
    all.push(guard.evident().weighing(Weight::Asks).hint(hint, "6.6.3"));
    while_mounted(site, all)
}

/// The seven directories are there, on the shared file system itself, and the account's; ics.conf
/// in one of them is its as well.
fn owned(site: &Site, nodes: &[NodeName]) -> Vec<Guard> {
    let (d, account) = (&site.instance.directories, &site.settings.account);
    let seven = [&d.config, &d.database, &d.store, &d.logs, &d.tmp, &d.archive, &d.hotbackup];
    let conf = d.ics_conf();
    let all = seven.map(|path| (path, true)).into_iter().chain([(&conf, false)]);

    let guards = all.map(|(path, directory)| {
        let (user, uid, group) = (&account.user, account.uid, &account.group);
        let make = if directory { format!("mkdir -p {path}; ") } else { String::new() };
        let itself = "where a link stands put in its place what it leads to; ";
        let kind = if directory { "a directory" } else { "a file" };
        Guard::new(
            codes::CONFIGURATOR_OWNER,
            Asked::Each(nodes.to_vec()),
            Check::Owned { path: path.clone(), directory, uid }.negated(),
            format!("{path} has to be {kind} of user {user} ({uid})"),
        )
        .evident()
        .hint(
            format!(
                "{itself}while {} is mounted, on this node: {make}chown {user}:{group} {path}",
                site.mount()
            ),
            "6.6.3",
        )
    });
    while_mounted(site, guards.collect())
}

/// Nothing between the shared directory and one of the seven leads elsewhere: no link, and nothing
/// that is mounted there.
fn straight(site: &Site, nodes: &[NodeName]) -> Vec<Guard> {
    let d = &site.instance.directories;
    let seven = [&d.config, &d.database, &d.store, &d.logs, &d.tmp, &d.archive, &d.hotbackup];
    let anywhere = || Region { within: vec!["/".into()], outside: Vec::new() };
    let guard = |path: &NodePath, wrong: Check, what: &str| {
        let what = format!("{path} {what}: what is below it is not on {}", site.mount());
        Guard::new(codes::CONFIGURATOR_DIRECTORY, Asked::Each(nodes.to_vec()), wrong, what)
            .evident()
            .hint("put the directory itself there, with all that is in it", "6.6.3")
    };

    let mut all = Vec::new();
    let mut known: Vec<NodePath> = Vec::new();
    for leaf in seven {
        let mut at = Some(leaf.clone());
        while let Some(path) = at.filter(|p| p.is_within(site.mount()) && p != site.mount()) {
            at = path.parent();
            if known.contains(&path) || site.mount_points().contains(&path) {
                continue;
            }
            // Of the seven themselves another look says that they have to be directories.
            if !seven.contains(&&path) {
                let link = Check::LeadsInto { path: path.clone(), region: anywhere() };
                all.push(guard(&path, link, "is a link"));
            }
            let mounted = Check::Mounted(path.clone());
            all.push(guard(&path, mounted, "has another file system mounted on it"));
            known.push(path);
        }
    }
    while_mounted(site, all)
}

/// The links in cal-svr-base, as long as the programs are here: `config` to the configuration.
/// Where `data` leads is documented nowhere; that it stays with the instance is what counts.
pub(super) fn links(site: &Site, nodes: &[NodeName]) -> Vec<Guard> {
    let i = &site.instance;
    let asked = || Asked::Each(nodes.to_vec());
    let (config, data) = (i.cal_svr_base.join("config"), i.cal_svr_base.join("data"));
    let to = i.directories.config.to_string();
    let into = |region| Check::LeadsInto { path: data.clone(), region };
    let again = |link: &NodePath, to: &str| {
        format!("on this node: rm -f {link} || mv {link} {link}.aside; ln -s {to} {link}")
    };
    let everywhere = Region { within: vec!["/".into()], outside: Vec::new() };
    let shared = || Region { within: shares(i), outside: Vec::new() };

    let mut all = vec![
        Guard::new(
            codes::LINKS_WRONG,
            asked(),
            Check::Leads { path: config.clone(), to: to.clone() }.negated(),
            format!("{config} has to be a link to {to}"),
        )
        .proving(format!("{config} -> {to}"))
        .hint(again(&config, &to), "6.6.3, E33"),
        Guard::new(
            codes::LINKS_WRONG,
            asked(),
            into(everywhere).negated(),
            format!("{data} has to be a link to {}", site.mount()),
        )
        .hint(again(&data, site.mount().as_str()), "6.6.3, E33"),
    ];
    for other in others(site) {
        all.push(
            Guard::new(
                codes::LINKS_WRONG,
                asked(),
                into(Region { within: roots(other), outside: shares(i) }),
                format!("{data} leads to what belongs to {}", other.name),
            )
            .hint(again(&data, site.mount().as_str()), "6.6.3, E33"),
        );
    }
    all.push(
        Guard::new(
            codes::LINKS_ELSEWHERE,
            asked(),
            into(of_nobody(site, shares(i))),
            format!("{data} leads to where nothing moves with the service"),
        )
        .weighing(Weight::Asks)
        .hint("look at what is there, and whether it has to move", "6.6.3, E33"),
    );

    let only = match i.shares_programs() {
        true => Check::Mounted(i.install_root.clone()),
        false => Check::Always,
    };
    let shown = |guard: Guard| guard.evident().when(When::After).only_while(only.clone());
    let end = followed(site, nodes, &data, &into(shared()));
    all.into_iter().map(shown).chain([end]).collect()
}

/// A link to the shared file system may lead on from there: df(1M) tells where it ends.
fn followed(site: &Site, nodes: &[NodeName], link: &NodePath, shared: &Check) -> Guard {
    let df = Command::new("/usr/sbin/df", ["-k", link.as_str()]);
    let ends =
        |point: NodePath| Check::Words { command: df.clone(), words: vec![point.to_string()] };
    let there = Check::Any(site.mount_points().into_iter().map(ends).collect());
    // The program comes first: it is asked in the same round as the link.
    let wrong = vec![Check::Succeeds(df.clone()), shared.clone(), there.negated()];
    let what = format!("{link} leads to {}, and on to another file system", site.mount());
    Guard::new(codes::LINKS_WRONG, Asked::Each(nodes.to_vec()), Check::All(wrong), what)
        .showing(df)
        .when(When::After)
        .only_while(site.mounted())
        .hint("a link of the shared file system leads elsewhere: see ls -lL there", "6.6.3, E33")
}

/// Directories whose entries are run when a node changes its run level.
const RUN_LEVELS: [&str; 5] =
    ["/etc/rc0.d", "/etc/rc1.d", "/etc/rc2.d", "/etc/rc3.d", "/etc/rcS.d"];

/// Nothing starts the server at boot: no entry of a run level, and no service of SMF, speaks of
/// what is below cal-svr-base; a directory whose name only begins so is another. More cannot be
/// seen: where the product keeps that choice is documented nowhere.
///
/// Before Solaris 10 there is no SMF, nor the program that lists its services; its status also
/// speaks of services without a method.
pub(super) fn boot(site: &Site, nodes: &[NodeName]) -> Vec<Guard> {
    let base = &site.instance.cal_svr_base;
    let below = format!("{base}/");
    let wanted = ["-name", "S*", "-exec", "/usr/bin/fgrep", "-l", &below, "{}", ";"];
    let entries = Command::new("/usr/bin/find", RUN_LEVELS.into_iter().chain(wanted));
    let svcprop = NodePath::new("/usr/bin/svcprop").expect("a fixed path");
    let services = Command::new(svcprop.as_str(), ["-p", "start/exec", "*"]);
    let says = |command: &Command, text: &str| Check::Says {
        command: command.clone(),
        text: text.to_owned(),
    };

    let unknown = |of: &str, wrong: Check| {
        Guard::new(
            codes::CONFIGURATOR_BOOT_UNKNOWN,
            Asked::Each(nodes.to_vec()),
            wrong,
            format!("not proved that nothing starts {base} at boot: the {of} could not be read"),
        )
        .weighing(Weight::Asks)
        .hint("look for start-cal below /etc/rc?.d on this node", "6.6.3, 6.7.2")
    };
    let starts = |wrong: Check| {
        Guard::new(
            codes::CONFIGURATOR_BOOT,
            Asked::Each(nodes.to_vec()),
            wrong,
            "Calendar Server is started when this node boots",
        )
        .evident()
        .hint(
            "only the cluster may start it: remove the entries, or disable the service of SMF \
             (svcadm disable)",
            "6.6.3, 6.7.2",
        )
    };

    let seen = says(&entries, "/etc/rc");
    let unlisted =
        Check::All(vec![seen.clone().negated(), Check::Succeeds(entries.clone()).negated()]);
    let unnamed = says(&services, "/").negated();
    let told = format!("nothing seen starts {base} at boot; more cannot be seen");
    let all = vec![
        unknown("entries of run levels", unlisted),
        starts(seen).proving(told),
        unknown("services of SMF", unnamed).only_while(Check::Exists(svcprop.clone())),
        starts(says(&services, &below)).only_while(Check::Exists(svcprop)),
    ];
    all.into_iter().map(|guard| guard.when(When::After)).collect()
}
