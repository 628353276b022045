//! ls(1) of Solaris 8. Dates are always the same, so that listings can be compared. `-R` and `-C`
//! are refused, not half done.

use crate::lab::Oddity;
use crate::lab::call::Call;
use crate::lab::getopt::getopt;
use crate::lab::refusal::{Refusal, words};
use crate::lab::storage::Raw;

const USAGE: &str = "ls -RaAdCxmnlogrtucpFbqisf1 [files]";

/// ls(1) as Solaris prints it; numeric with -n, names from the node's own passwd and group with -l.
///
/// A mount point is the root directory of what is mounted there. Times are the lab's, so that
/// listings are repeatable.
pub(crate) fn ls(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given =
        getopt(call.args(), "aAdlnog1LFprtcuRC", USAGE).map_err(|r| Refusal { status: 2, ..r })?;
    if given.has('R') || given.has('C') {
        return Err(Refusal::new(2, "the lab's ls does neither -R nor -C"));
    }

    let long = given.has('l') || given.has('n') || given.has('o') || given.has('g');
    let mut names =
        if given.operands.is_empty() { vec![".".to_string()] } else { given.operands.clone() };
    names.sort();
    let many = names.len() > 1;
    let mut result = Ok(());
    let (mut plain, mut directories) = (Vec::new(), Vec::new());
    for name in names {
        let path = call.inside(&name);
        // A final link is followed unless it is listed itself (-l, -d, -F).
        let follow = given.has('L') || !(long || given.has('d') || given.has('F'));
        match call.files().resolve(&path, follow) {
            Ok(place) if place.raw.is_some() => {
                if matches!(place.raw, Some(Raw::Directory { .. })) && !given.has('d') {
                    directories.push((name, place.path));
                } else {
                    plain.push((name, path));
                }
            }
            Ok(_) => result = missing(call, &name, "No such file or directory"),
            Err(e) => result = missing(call, &name, &words(&e)),
        }
    }

    for (name, path) in plain {
        row(call, &name, &path, long, given.has('n'), given.has('L'));
    }

    for (name, path) in directories {
        if many {
            call.say(format!("\n{name}:"));
        }
        let mut inside = call.files().names(&path).unwrap_or_default();
        if given.has('a') {
            inside.splice(0..0, [".".to_string(), "..".to_string()]);
        }
        inside.retain(|n| !n.starts_with('.') || given.has('a') || given.has('A'));
        if given.has('r') {
            inside.reverse();
        }
        if long {
            call.say(format!("total {}", inside.len() * 2));
        }
        for entry in inside {
            let below = format!("{}/{entry}", if path == "/" { "" } else { &path });
            row(call, &entry, &below, long, given.has('n'), given.has('L'));
        }
    }

    result
}

fn missing(call: &mut Call<'_>, name: &str, why: &str) -> Result<(), Refusal> {
    call.complain(format!("{name}: {why}"));
    Err(Refusal::quiet(2))
}

fn row(call: &mut Call<'_>, name: &str, path: &str, long: bool, numeric: bool, follow: bool) {
    if !long {
        call.say(name);
        return;
    }

    let files = call.files();
    let Ok(place) = files.resolve(path, follow) else { return };
    let Some(raw) = place.raw.clone() else { return };
    let device = files.device(&place.path);
    let (letter, links, size, tail) = match &raw {
        Raw::Directory { .. } => ('d', 2, "512".to_string(), String::new()),
        Raw::Link { target } => ('l', 1, target.len().to_string(), format!(" -> {target}")),
        Raw::File { links, len, .. } => ('-', *links, len.to_string(), String::new()),
        Raw::Program { name } => ('-', 1, name.len().to_string(), String::new()),
    };

    let (letter, size) = match device {
        Some(d) => (d, "85,  1".to_string()),
        None => (letter, size),
    };

    let owner = raw.owner();
    let (user, group) = if numeric {
        (owner.uid.to_string(), owner.gid.to_string())
    } else {
        let (users, groups) = (call.accounts("passwd"), call.accounts("group"));
        (named(&users, owner.uid), named(&groups, owner.gid))
    };

    let mark = match &raw {
        _ if !call.has(Oddity::ListingMarksMode) => "",
        Raw::Directory { .. } => "@",
        Raw::File { .. } | Raw::Program { .. } => "+",
        Raw::Link { .. } => "",
    };

    call.say(format!(
        "{letter}{}{mark} {links:>3} {user:<8} {group:<8} {size:>7} Dec 14 13:51 {name}{tail}",
        bits(raw.mode().0)
    ));
}

fn named(table: &[String], id: u32) -> String {
    let line = table.iter().find(|l| l.split(':').nth(2) == Some(&id.to_string()));
    line.and_then(|l| l.split(':').next()).map_or_else(|| id.to_string(), String::from)
}

fn bits(mode: u32) -> String {
    let mut text = String::new();
    for (shift, special, mark) in [(6, 0o4000, 's'), (3, 0o2000, 's'), (0, 0o1000, 't')] {
        let three = mode >> shift;
        text.push(if three & 4 != 0 { 'r' } else { '-' });
        text.push(if three & 2 != 0 { 'w' } else { '-' });
        text.push(match (three & 1 != 0, mode & special != 0) {
            (true, true) => mark,
            (false, true) => mark.to_ascii_uppercase(),
            (true, false) => 'x',
            (false, false) => '-',
        });
    }
    text
}
