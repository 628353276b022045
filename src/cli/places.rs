//! Where calha keeps things on the administrator's machine, who runs it, and what time it is. The
//! only file that asks the environment for these.

use std::path::PathBuf;

use crate::problem::{Problem, codes};

/// calha's directory for the journal of an installation: `$XDG_STATE_HOME/calha/CLUSTER/PROFILE`,
/// below `~/.local/state` by default.
///
/// # Errors
/// When neither `XDG_STATE_HOME` nor `HOME` is an absolute path.
pub fn state(cluster: &str, profile: &str) -> Result<PathBuf, Problem> {
    Ok(base()?.join(cluster).join(profile))
}

/// Where interviews that were interrupted are kept; no cluster can be called so.
///
/// # Errors
/// As [`state`].
pub fn drafts() -> Result<PathBuf, Problem> {
    Ok(base()?.join(".drafts"))
}

fn base() -> Result<PathBuf, Problem> {
    let absolute =
        |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|p| p.is_absolute());
    let base = absolute("XDG_STATE_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".local/state")));
    let base = base.ok_or_else(|| {
        Problem::new(codes::STATE_NOWHERE, "there is no place for the journal")
            .hint("set HOME or XDG_STATE_HOME to an absolute path")
    })?;
    Ok(base.join("calha"))
}

/// "root on admin": who runs calha here.
pub fn who() -> String {
    let user = ["LOGNAME", "USER"]
        .iter()
        .find_map(|n| std::env::var(n).ok().filter(|name| !name.is_empty()))
        .unwrap_or_else(of_system);
    let uname = rustix::system::uname();
    format!("{user} on {}", uname.nodename().to_string_lossy())
}

/// The user whose process this is, where the environment does not name one (cron, `env -i`).
fn of_system() -> String {
    let number = rustix::process::getuid().as_raw().to_string();
    let users = std::fs::read("/etc/passwd").unwrap_or_default();
    let users = String::from_utf8_lossy(&users);
    let name = users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)? == number).then(|| name.to_owned())
    });
    name.unwrap_or_else(|| format!("user {number}"))
}

/// The time for journals and locks, with its offset.
pub fn now() -> String {
    // A clock beyond the years that have a name, 1 to 9999, is as good as none.
    let now = jiff::Timestamp::try_from(std::time::SystemTime::now()).unwrap_or_default();
    now.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S %z").to_string()
}
