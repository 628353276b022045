//! What a configuration would destroy or be misled by: one that stands already, data on the shared
//! file system, a state file of another instance, a service that runs. They are guards, so that a
//! printed script finds what calha finds; running the configurator is `configurator`'s.

use super::{Asked, Guard, Site, Weight, When, private_file};
use crate::cluster::{Switch, commands};
use crate::node::{Command, NodeName};
use crate::op::Check;
use crate::problem::codes;
use crate::setting::RunMode;

/// What stands on the nodes of the instance, or on its shared file systems, and was not made here:
/// looked for before the first change, and again where the configurator is about to run.
pub(super) fn not_ours(site: &Site) -> Vec<Guard> {
    let here = Asked::Each(vec![site.primary()]);
    let moments = [(When::Early, Asked::Each(site.nodes())), (When::Before, here.clone())];

    let mut all = Vec::new();
    for (when, asked) in moments {
        let found =
            links(site, &asked).into_iter().chain([other(site, &asked), data(site, &asked)]);
        all.extend(found.map(|guard| guard.only_fresh().when(when)));
    }
    all.push(left(site, here).only_fresh().when(When::Before));
    all
}

/// A configuration by name of the programs. Links to where this profile has its configuration hold
/// nothing themselves: an installation that was undone leaves them.
fn links(site: &Site, asked: &Asked) -> [Guard; 2] {
    let base = &site.instance.cal_svr_base;
    let ours = [
        (base.join("config"), &site.instance.directories.config),
        (base.join("data"), site.mount()),
    ];
    ours.map(|(path, target)| {
        let leads = Check::Leads { path: path.clone(), to: target.to_string() };
        Guard::new(
            codes::CALENDAR_CONFIGURED,
            asked.clone(),
            Check::All(vec![Check::Exists(path.clone()), leads.negated()]),
            "Calendar Server is configured already, not by this installation",
        )
        .showing(Command::new("/usr/bin/ls", ["-ldn", path.as_str()]))
        .hint(
            "the configurator would destroy that configuration; move it away if it is not \
             needed, or use another install root and shared directory",
            "6.6.3",
        )
    })
}

/// A configuration of something else where this instance has its own.
fn other(site: &Site, asked: &Asked) -> Guard {
    let d = &site.instance.directories;
    let conf = d.ics_conf();
    let ours = Check::Holds { path: conf.clone(), text: d.database.to_string() };
    Guard::new(
        codes::CALENDAR_CONFIGURED,
        asked.clone(),
        Check::All(vec![Check::Exists(conf.clone()), ours.negated()]),
        format!("{conf} is there, and configures something else than {}", d.database),
    )
    .hint(
        "the configurator would destroy that configuration; move it away if it is not needed",
        "6.6.3",
    )
}

/// Data of whoever used the shared file system. What the configurator makes of a database that it
/// finds is documented nowhere, so nobody but its owner may risk it.
fn data(site: &Site, asked: &Asked) -> Guard {
    let d = &site.instance.directories;
    let list = Command::new("/usr/bin/ls", [d.database.as_str()]);
    // The configurator makes these two empty, often below the database's own directory.
    let empty = [d.archive.file_name(), d.hotbackup.file_name()].map(str::to_owned);
    Guard::new(
        codes::CALENDAR_DATA,
        asked.clone(),
        Check::Other { command: list.clone(), than: empty.to_vec() },
        format!("{} is not empty; somebody's calendars may be in it", d.database),
    )
    .showing(list)
    .hint(
        "back it up or move it away; when it may be lost, accept it: --accept calendar.data, in a \
         script CALHA_ACCEPT=calendar.data",
        "6.6.3",
    )
}

/// An ics.conf that an earlier installation of this instance left.
fn left(site: &Site, asked: Asked) -> Guard {
    let d = &site.instance.directories;
    let conf = d.ics_conf();
    Guard::new(
        codes::CALENDAR_LEFT,
        asked,
        Check::Holds { path: conf.clone(), text: d.database.to_string() },
        format!("{conf} of an earlier installation: the configurator writes it again"),
    )
    .weighing(Weight::Says)
    .hint("nothing has to be done", "6.6.3")
}

/// A state file that is missing, or was made for another instance: that would configure this one
/// with that one's directories (E14).
///
/// Its keys are the product's affair; that the values stand in it as text is all that is relied on.
pub(super) fn foreign_state(site: &Site) -> Vec<Guard> {
    let c = &site.settings.configurator;
    if c.mode != RunMode::Silent {
        return Vec::new();
    }
    let asked = Asked::Each(vec![site.primary()]);
    let missing = Guard::new(
        codes::CONFIGURATOR_STATE_MISSING,
        asked.clone(),
        Check::Exists(site.state_file.clone()).negated(),
        format!("there is no state file {}", site.state_file),
    )
    .hint(
        "record one with csconfigurator.sh -saveState, put it there with mode 0600 in a directory \
         of root's, or choose the mode \"attended\"",
        "6.6.3, E32",
    );

    let others = site.settings.instances.iter().filter(|i| i.name != site.instance.name);
    let foreign = others.map(|other| {
        let theirs = other.directories.config.as_str();
        let ends = |text: String| Check::Ends { path: site.state_file.clone(), text };
        Guard::new(
            codes::CONFIGURATOR_STATE_OF_ANOTHER,
            asked.clone(),
            Check::Any(vec![ends(format!("={theirs}")), ends(format!(" {theirs}"))]),
            format!("{} names {theirs}, which belongs to {}", site.state_file, other.name),
        )
        .hint(
            format!(
                "make a state file with the directories of {}: all paths and host names differ",
                site.instance.name
            ),
            "6.4, E14",
        )
    });
    let primary = vec![site.primary()];
    let exposed = private_file::guards("configurator.state-file", &site.state_file, primary);
    let all = std::iter::once(missing).chain(foreign);
    all.map(Guard::only_fresh).chain(exposed).collect()
}

/// Where versions before 0.2.0 had a run record its state file when the profile names none.
pub(super) const RECORDED_BEFORE: &str = "/var/tmp/calha-configurator.state";

/// No state file of a run that somebody answered: by hand it is easily left out, and an earlier
/// version recorded it elsewhere.
pub(super) fn recorded(site: &Site) -> Vec<Guard> {
    if site.settings.configurator.mode == RunMode::Silent {
        return Vec::new();
    }
    let file = &site.state_file;
    let missing = Guard::new(
        codes::CONFIGURATOR_STATE_MISSING,
        Asked::Each(vec![site.primary()]),
        Check::Exists(file.clone()).negated(),
        format!("the run of csconfigurator.sh on this node has left no state file {file}"),
    );
    let hint = format!(
        "put the file that it recorded there, or set configurator.state-file to its path; \
         versions of calha before 0.2.0 recorded {RECORDED_BEFORE}"
    );
    vec![missing.only_fresh().when(When::Before).hint(hint, "6.6.3")]
}

/// Configuring underneath a running service would rewrite its files.
pub(super) fn running(site: &Site, node: NodeName) -> Guard {
    let resource = &site.instance.service_resource;
    Guard::new(
        codes::CONFIGURATOR_SERVICE_ENABLED,
        Asked::Each(vec![node]),
        Site::switch_is(resource, Switch::Enabled),
        format!("resource {resource} is enabled: the service may be running"),
    )
    .when(When::Before)
    .hint(format!("disable it first: {}", commands::disable(resource).line()), "6.8")
}
