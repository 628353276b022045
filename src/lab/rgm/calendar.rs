//! The agent of Calendar Server: what its Validate and Start methods check, and where a service
//! listens. It reads ics.conf of the node as it stands, so a wrong file fails the method. The
//! state that this leaves is set in `place`.

use crate::lab::rgm::network::addresses_up;
use crate::lab::world::World;
use crate::node::NodeName;

/// What the agent reads from the service resource: `ICS_serverroot` and the file below it.
///
/// The value is `cal-svr-base`, as chapter 6 of the guide has it.
fn configuration(world: &mut World<'_>, host: &NodeName, resource: &str) -> Result<String, String> {
    let root = world
        .cluster
        .resource(resource)
        .and_then(|r| r.extension("ICS_serverroot").first().cloned())
        .unwrap_or_default();
    let path = format!("{root}/config/ics.conf");
    let files = world.files(host);
    let bytes =
        files.load(&path).map_err(|_| format!("Failed to get the configuration info ({path})"))?;
    // Nothing of what a program reads as root is hidden from it; a mode without any read bit stands
    // for "unreadable".
    if let Ok(Some(raw)) = files.look(&path, true)
        && raw.mode().0 & 0o444 == 0
    {
        return Err(format!("Failed to get the configuration info ({path}: Permission denied)"));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The value of a parameter: of duplicates the last wins, an indented line is no option (App. E).
pub(crate) fn parameter(text: &str, name: &str) -> Option<String> {
    text.lines().rev().find_map(|line| {
        let (key, value) = line.split_once('=')?;
        let value = value.trim();
        (key.trim_end() == name).then(|| value.trim_matches('"').to_string())
    })
}

/// The user and group that Calendar Server runs as, by the configuration or the product's defaults.
fn accounts(text: &str) -> (String, String) {
    (
        parameter(text, "local.serveruid").unwrap_or_else(|| "icsuser".into()),
        parameter(text, "local.servergid").unwrap_or_else(|| "icsgroup".into()),
    )
}

fn accounts_exist(
    world: &mut World<'_>,
    host: &NodeName,
    (user, group): &(String, String),
) -> Result<(), String> {
    let mut has = |database: &str, name: &str| {
        world.accounts(host, database).iter().any(|l| l.split(':').next() == Some(name))
    };
    if !has("group", group) {
        return Err(format!("Groupname {group} does not exist."));
    }
    if !has("passwd", user) {
        return Err(format!("Username {user} does not exist."));
    }
    Ok(())
}

/// ics_svc_validate.
///
/// Assumption: it reads ics.conf only where the storage of the group is online; elsewhere it looks
/// at user, group and the program directory, unless (`elsewhere`) that lies on the storage itself.
/// (The agent's documentation was not available; with a failover file system nothing else can
/// work.)
pub(crate) fn validate(
    world: &mut World<'_>,
    host: &NodeName,
    root: &str,
    storage_online: bool,
    elsewhere: bool,
    resource: Option<&str>,
) -> Result<(), String> {
    if !(elsewhere || world.files(host).is_directory(root)) {
        return Err(format!("ICS_serverroot {root} is no directory on {host}"));
    }

    let mut who = ("icsuser".to_string(), "icsgroup".to_string());
    if storage_online {
        let text = match resource {
            Some(r) => configuration(world, host, r)?,
            None => {
                let path = format!("{root}/config/ics.conf");
                let bytes = world
                    .files(host)
                    .load(&path)
                    .map_err(|_| format!("Failed to get the configuration info ({path})"))?;
                String::from_utf8_lossy(&bytes).into_owned()
            }
        };
        if text.trim().is_empty() {
            return Err("Failed to get the configuration info (empty)".into());
        }
        who = accounts(&text);
    } else if let Some((user, group)) = world.cluster.site.account.clone() {
        who = (user, group);
    }

    accounts_exist(world, host, &who)
}

/// ics_svc_start.
pub(crate) fn start(world: &mut World<'_>, host: &NodeName, resource: &str) -> Result<(), String> {
    let text = configuration(world, host, resource)?;
    accounts_exist(world, host, &accounts(&text))?;

    // Assumption: a Calendar Server that the product started itself holds the ports and the
    // database.
    let root = world
        .cluster
        .resource(resource)
        .and_then(|r| r.extension("ICS_serverroot").first().cloned());
    if let Some(base) = world
        .cluster
        .hosts
        .get(host)
        .and_then(|m| m.running.iter().find(|b| root.as_ref() == Some(*b)))
    {
        return Err(format!("the Calendar Server in {base} already runs outside the cluster"));
    }
    if parameter(&text, "local.server.ha.enabled").as_deref() != Some("yes") {
        return Err("local.server.ha.enabled is not \"yes\" in ics.conf".into());
    }
    if parameter(&text, "local.server.ha.agent").as_deref() != Some("SUNWscics") {
        return Err("local.server.ha.agent is not \"SUNWscics\" in ics.conf".into());
    }

    let listen = parameter(&text, "service.http.listenaddr").unwrap_or_default();
    let up = addresses_up(world, host);
    if !up.iter().any(|a| a.to_string() == listen) {
        return Err(format!("service.http.listenaddr \"{listen}\" is no address of this node"));
    }

    Ok(())
}

/// Where a running service listens: as ics.conf said when it started.
pub(crate) fn listens(
    world: &mut World<'_>,
    host: &NodeName,
    resource: &str,
) -> Option<(String, u16)> {
    let known = world.cluster.resource(resource).and_then(|r| r.listens.get(host).cloned());
    // A lab that was kept by an earlier version does not say it.
    known.or_else(|| socket(world, host, resource))
}

/// The address and port of its ics.conf (port 80 when not given).
pub(crate) fn socket(
    world: &mut World<'_>,
    host: &NodeName,
    resource: &str,
) -> Option<(String, u16)> {
    let text = configuration(world, host, resource).ok()?;
    let port = parameter(&text, "service.http.port").and_then(|p| p.parse().ok()).unwrap_or(80);
    Some((parameter(&text, "service.http.listenaddr")?, port))
}
