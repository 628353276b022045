//! groupadd, useradd and their kin, and getent and id, which ask for what those made. They change
//! the node's own passwd and group; what the name service knows is seen and never changed.

use crate::lab::Oddity;
use crate::lab::call::Call;
use crate::lab::getopt::{Options, getopt};
use crate::lab::refusal::{Refusal, of_io};

fn lines(call: &mut Call<'_>, file: &str) -> Vec<String> {
    call.files().text(file).lines().map(String::from).collect()
}

/// Those of the name service too, which no command here changes.
fn known(call: &mut Call<'_>, database: &str) -> Vec<String> {
    call.accounts(database)
}

fn save(call: &mut Call<'_>, file: &str, lines: &[String]) -> Result<(), Refusal> {
    let text = lines.iter().map(|l| format!("{l}\n")).collect::<String>();
    call.files().overwrite(file, text.as_bytes()).map_err(|e| of_io(file, &e))
}

fn field(line: &str, at: usize) -> &str {
    line.split(':').nth(at).unwrap_or("")
}

/// The number of a name in passwd or group, or the number itself.
fn number(all: &[String], name: &str) -> Option<u32> {
    all.iter()
        .find(|l| field(l, 0) == name)
        .map_or_else(|| name.parse().ok(), |l| field(l, 2).parse().ok())
}

/// The next number above all that are used, 100 at least, as Solaris gives it when none is asked
/// for.
fn next(all: &[String]) -> u32 {
    all.iter()
        .filter_map(|l| field(l, 2).parse::<u32>().ok())
        .filter(|n| *n < 60000)
        .max()
        .unwrap_or(99)
        .max(99)
        + 1
}

fn legal(name: &str) -> Result<(), Refusal> {
    let fits = !name.is_empty() && !name.contains([':', '\n', ' ']) && !name.starts_with('-');
    if fits { Ok(()) } else { Err(Refusal::new(3, format!("'{name}' is not a valid name"))) }
}

/// Refuses a name that cannot be one, or that somebody has.
fn unused(call: &mut Call<'_>, database: &str, name: &str) -> Result<(), Refusal> {
    legal(name)?;
    if known(call, database).iter().any(|l| field(l, 0) == name) {
        return Err(Refusal::new(9, format!("ERROR: {name} is already in use.  Choose another.")));
    }
    Ok(())
}

/// The number that an option gives, or the next one; one that is there already only with -o.
fn chosen(all: &[String], given: &Options, letter: char, what: &str) -> Result<u32, Refusal> {
    let number = match given.value(letter) {
        Some(text) => text
            .parse()
            .map_err(|_| Refusal::new(3, format!("ERROR: {text} is not a valid {what}")))?,
        None => next(all),
    };
    if !given.has('o') && all.iter().any(|l| field(l, 2) == number.to_string()) {
        let text = format!("ERROR: {what} {number} is already in use.  Choose another.");
        return Err(Refusal::new(4, text));
    }
    Ok(number)
}

/// groupadd(1M): status 9 = the name is there, 4 = the number is (6.11 shows the 9).
pub(crate) fn groupadd(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "g:o", "groupadd [-g gid [-o]] group")?;
    let [name] = &given.operands[..] else {
        return Err(Refusal::new(2, "usage: groupadd [-g gid [-o]] group"));
    };
    let mut all = lines(call, "/etc/group");
    unused(call, "group", name)?;
    let gid = chosen(&all, &given, 'g', "gid")?;
    all.push(format!("{name}::{gid}:"));
    save(call, "/etc/group", &all)
}

/// groupdel(1M): status 6 = there is no such group.
pub(crate) fn groupdel(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "", "groupdel group")?;
    let [name] = &given.operands[..] else { return Err(Refusal::new(2, "usage: groupdel group")) };
    let mut all = lines(call, "/etc/group");
    let before = all.len();
    all.retain(|l| field(l, 0) != name);
    if all.len() == before {
        return Err(Refusal::new(6, format!("ERROR: {name} does not exist.")));
    }
    save(call, "/etc/group", &all)
}

/// useradd(1M): status 9 = the name is there, 4 = the number is, 6 = no such group.
pub(crate) fn useradd(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(
        call.args(),
        "u:g:G:d:s:c:mo",
        "useradd [-u uid] [-g group] [-d dir] [-s shell] login",
    )?;
    let [name] = &given.operands[..] else {
        return Err(Refusal::new(2, "usage: useradd [options] login"));
    };

    let mut all = lines(call, "/etc/passwd");
    unused(call, "passwd", name)?;
    let uid = chosen(&all, &given, 'u', "uid")?;

    let groups = known(call, "group");
    let group = given.value('g').unwrap_or("1");
    let gid =
        number(&groups, group).filter(|g| groups.iter().any(|l| field(l, 2) == g.to_string()));
    let gid = gid.ok_or_else(|| {
        Refusal::new(6, format!("ERROR: group {group} does not exist.  Choose another."))
    })?;

    let (home, shell) =
        (given.value('d').unwrap_or("/home/user"), given.value('s').unwrap_or("/bin/sh"));
    all.push(format!("{name}:x:{uid}:{gid}:{}:{home}:{shell}", given.value('c').unwrap_or("")));
    save(call, "/etc/passwd", &all)
}

/// usermod(1M) -G: supplementary groups.
///
/// Assumption: an account of the name service is changed there; nothing is done, and it is no
/// failure.
pub(crate) fn usermod(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "G:", "usermod [-G group] login")?;
    let [name] = &given.operands[..] else {
        return Err(Refusal::new(2, "usage: usermod [-G group] login"));
    };
    if !known(call, "passwd").iter().any(|l| field(l, 0) == name) {
        return Err(Refusal::new(6, format!("ERROR: {name} does not exist.")));
    }
    if !lines(call, "/etc/passwd").iter().any(|l| field(l, 0) == name) {
        return Ok(());
    }

    let mut all = lines(call, "/etc/group");
    for wanted in given.value('G').unwrap_or("").split(',').filter(|g| !g.is_empty()) {
        let Some(line) = all.iter_mut().find(|l| field(l, 0) == wanted) else {
            return Err(Refusal::new(6, format!("ERROR: group {wanted} does not exist.")));
        };
        let members = field(line, 3).to_string();
        if !members.split(',').any(|m| m == name) {
            if !members.is_empty() {
                line.push(',');
            }
            line.push_str(name);
        }
    }

    save(call, "/etc/group", &all)
}

/// userdel(1M): the user goes out of the groups too.
pub(crate) fn userdel(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "", "userdel login")?;
    let [name] = &given.operands[..] else { return Err(Refusal::new(2, "usage: userdel login")) };
    let mut all = lines(call, "/etc/passwd");
    let before = all.len();
    all.retain(|l| field(l, 0) != name);
    if all.len() == before {
        return Err(Refusal::new(6, format!("ERROR: {name} does not exist.")));
    }

    save(call, "/etc/passwd", &all)?;
    let mut groups = lines(call, "/etc/group");
    for line in &mut groups {
        let members: Vec<String> = field(line, 3)
            .split(',')
            .filter(|m| !m.is_empty() && m != name)
            .map(String::from)
            .collect();
        *line = format!(
            "{}:{}:{}:{}",
            field(line, 0),
            field(line, 1),
            field(line, 2),
            members.join(",")
        );
    }

    save(call, "/etc/group", &groups)
}

/// getent(1M) passwd, group, hosts: status 2 = not found.
pub(crate) fn getent(call: &mut Call<'_>) -> Result<(), Refusal> {
    let Some((database, keys)) =
        call.args().to_vec().split_first().map(|(d, k)| (d.clone(), k.to_vec()))
    else {
        return Err(Refusal::new(1, "usage: getent database [key ...]"));
    };

    if !matches!(database.as_str(), "passwd" | "group" | "hosts") {
        return Err(Refusal::new(1, format!("Unknown database: {database}")));
    }

    let all: Vec<String> = known(call, &database)
        .into_iter()
        .filter(|l| !l.trim().is_empty() && !l.starts_with('#'))
        .collect();
    if keys.is_empty() {
        all.iter().for_each(|l| call.say(l));
        return Ok(());
    }

    let mut missing = false;
    for key in keys {
        let fits = |line: &&String| match database.as_str() {
            "hosts" => line
                .split('#')
                .next()
                .unwrap_or("")
                .split_whitespace()
                .any(|w| w.eq_ignore_ascii_case(&key)),
            _ => field(line, 0) == key || field(line, 2) == key,
        };
        match all.iter().find(fits).cloned() {
            Some(line) if database == "hosts" => {
                let words: Vec<&str> =
                    line.split('#').next().unwrap_or("").split_whitespace().collect();
                if call.has(Oddity::HostsAnswerIpv6First) {
                    call.say(format!("2001:db8::{}\t{key}", words[0].replace('.', ":")));
                }
                call.say(words.join("\t"));
            }
            Some(line) => call.say(line),
            None => missing = true,
        }
    }

    if missing { Err(Refusal::quiet(2)) } else { Ok(()) }
}

/// id(1M): `-a` only; `-u` is of /usr/xpg4/bin.
pub(crate) fn id(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "a", "id [-a] [user]")?;
    let name = given.operands.first().cloned().unwrap_or_else(|| "root".into());
    let (users, groups) = (known(call, "passwd"), known(call, "group"));
    let line = users
        .iter()
        .find(|l| field(l, 0) == name)
        .ok_or_else(|| Refusal::new(1, format!("invalid user name: \"{name}\"")))?;
    let gid = field(line, 3);
    let group = groups.iter().find(|g| field(g, 2) == gid).map_or("", |g| field(g, 0));
    call.say(format!("uid={}({name}) gid={gid}({group})", field(line, 2)));
    Ok(())
}
