//! chown, chgrp and chmod of Solaris 8. Names are looked up in the node's own passwd and group
//! and in the name service. Where owners are kept is for `Storage`: no privilege is needed.

use crate::lab::Oddity;
use crate::lab::call::Call;
use crate::lab::getopt::getopt;
use crate::lab::refusal::{Refusal, of_io};
use crate::lab::storage::Raw;
use crate::node::{Mode, Owner};

/// The id of a name in passwd or group, or the number.
fn id(call: &mut Call<'_>, database: &str, name: &str) -> Result<u32, Refusal> {
    let known = call.accounts(database);
    let line = known.iter().find(|l| l.split(':').next() == Some(name));
    let number = line.and_then(|l| l.split(':').nth(2)).unwrap_or(name);
    number.parse().map_err(|_| Refusal::new(2, format!("unknown id {name}")))
}

/// chown(1): -R, -f, -h; owner or owner:group.
pub(crate) fn chown(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "fhR", "chown [-fhR] owner[:group] file ...")
        .map_err(|r| Refusal { status: 2, ..r })?;
    let Some((who, names)) = given.operands.split_first().filter(|(_, n)| !n.is_empty()) else {
        return Err(Refusal::new(2, "usage: chown [-fhR] owner[:group] file ..."));
    };
    let (user, group) = who.split_once(':').map_or((who.as_str(), None), |(u, g)| (u, Some(g)));
    let uid = if user.is_empty() { None } else { Some(id(call, "passwd", user)?) };
    let gid = group.map(|g| id(call, "group", g)).transpose()?;
    names.iter().try_for_each(|name| {
        let path = call.inside(name);
        own(call, &path, uid, gid, given.has('R')).map_err(|e| of_io(name, &e))
    })
}

/// chgrp(1): -R, -f, -h.
pub(crate) fn chgrp(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "fhR", "chgrp [-fhR] group file ...")
        .map_err(|r| Refusal { status: 2, ..r })?;
    let Some((group, names)) = given.operands.split_first().filter(|(_, n)| !n.is_empty()) else {
        return Err(Refusal::new(2, "usage: chgrp [-fhR] group file ..."));
    };
    let gid = id(call, "group", group)?;
    names.iter().try_for_each(|name| {
        let path = call.inside(name);
        own(call, &path, None, Some(gid), given.has('R')).map_err(|e| of_io(name, &e))
    })
}

fn own(
    call: &mut Call<'_>,
    path: &str,
    uid: Option<u32>,
    gid: Option<u32>,
    deep: bool,
) -> std::io::Result<()> {
    let raw =
        call.files().look(path, true)?.ok_or(std::io::Error::from(rustix::io::Errno::NOENT))?;
    let old = raw.owner();
    call.files()
        .set_owner(path, Owner { uid: uid.unwrap_or(old.uid), gid: gid.unwrap_or(old.gid) })?;
    if deep && matches!(raw, Raw::Directory { .. }) {
        for name in call.files().names(path)? {
            let below = format!("{path}/{name}");
            if !matches!(call.files().look(&below, false)?, Some(Raw::Link { .. }) | None) {
                own(call, &below, uid, gid, true)?;
            }
        }
    }
    Ok(())
}

/// chmod(1): octal, or the simple symbolic forms `[ugoa][+-=][rwxst]`; -R, -f.
pub(crate) fn chmod(call: &mut Call<'_>) -> Result<(), Refusal> {
    // A symbolic mode may begin with a minus sign; only -R and -f are options.
    let (options, rest): (Vec<&String>, Vec<&String>) =
        call.args().iter().partition(|a| matches!(a.as_str(), "-R" | "-f" | "-Rf" | "-fR"));
    let deep = options.iter().any(|o| o.contains('R'));
    let Some((mode, names)) = rest.split_first().filter(|(_, n)| !n.is_empty()) else {
        return Err(Refusal::new(2, "usage: chmod [-fR] <absolute-mode> file ..."));
    };
    let (mode, names): (String, Vec<String>) =
        ((*mode).clone(), names.iter().map(|n| (*n).clone()).collect());
    names.iter().try_for_each(|name| {
        let path = call.inside(name);
        set(call, &path, &mode, deep).map_err(|e| of_io(name, &e))
    })
}

fn set(call: &mut Call<'_>, path: &str, mode: &str, deep: bool) -> std::io::Result<()> {
    let raw =
        call.files().look(path, true)?.ok_or(std::io::Error::from(rustix::io::Errno::NOENT))?;
    let mut new =
        apply(raw.mode().0, mode).ok_or(std::io::Error::from(rustix::io::Errno::INVAL))?;
    // An absolute mode neither sets nor takes set-group-id of a directory: g+s and g-s do.
    let absolute = mode.starts_with(|c: char| c.is_ascii_digit());
    if absolute && call.has(Oddity::MkdirKeepsSetgid) && matches!(raw, Raw::Directory { .. }) {
        new = new & !0o2000 | raw.mode().0 & 0o2000;
    }
    call.files().set_mode(path, Mode(new))?;
    if deep && matches!(raw, Raw::Directory { .. }) {
        for name in call.files().names(path)? {
            set(call, &format!("{path}/{name}"), mode, true)?;
        }
    }
    Ok(())
}

fn apply(old: u32, text: &str) -> Option<u32> {
    if let Ok(octal) = u32::from_str_radix(text, 8) {
        return (octal <= 0o7777).then_some(octal);
    }

    text.split(',').try_fold(old, |mode, clause| {
        let at = clause.find(['+', '-', '='])?;
        let (who, what) = clause.split_at(at);
        let mut mask = 0;
        for c in (if who.is_empty() { "a" } else { who }).chars() {
            mask |= match c {
                'u' => 0o4700,
                'g' => 0o2070,
                'o' => 0o1007,
                'a' => 0o7777,
                _ => return None,
            };
        }
        let mut bits = 0;
        for c in what[1..].chars() {
            bits |= match c {
                'r' => 0o444,
                'w' => 0o222,
                'x' => 0o111,
                's' => 0o6000,
                't' => 0o1000,
                _ => return None,
            };
        }
        Some(match what.as_bytes()[0] {
            b'+' => mode | (bits & mask),
            b'-' => mode & !(bits & mask),
            _ => (mode & !mask) | (bits & mask),
        })
    })
}
