//! The tasks of csconfigurator.sh: what each reports and does. A task writes where it is told,
//! whether or not a file system is mounted there, as the real one would.

use std::io;

use super::ics_conf;
use super::state_file::Values;
use crate::lab::call::{Call, Program};
use crate::lab::refusal::words;
use crate::lab::solaris::accounts;
use crate::lab::storage::Raw;
use crate::node::{Mode, Owner};

/// One task.
pub(super) struct Task {
    /// The command line it reports.
    pub words: String,
    pub act: Act,
    /// A status besides 0 that passes: 9 = the account is there (6.11).
    pub accepts: i32,
}

/// Does a task with the product's base and the answers; its status, or nothing when it could not be
/// done.
type Act = fn(&mut Call<'_>, &str, &Values) -> Option<i32>;

const DIRECTORIES: [&str; 7] = [
    "sim.dir.config",
    "sim.dir.database",
    "sim.dir.store",
    "sim.dir.logs",
    "sim.dir.tmp",
    "sim.dir.archive",
    "sim.dir.hotbackup",
];

/// The tasks in their order; a fault may end the run after any of them.
pub(super) fn tasks(base: &str, values: &Values) -> Vec<Task> {
    let of = |key: &str| values.get(key).cloned().unwrap_or_default();
    let (user, group) = (of("sim.runtime.user"), of("sim.runtime.group"));
    let config = of("sim.dir.config");
    let data = parent(&of("sim.dir.database"));
    let directories = DIRECTORIES.map(of).join(" ");

    let task = |words: String, act: Act| Task { words, act, accepts: 0 };
    let account = |words: String, act: Act| Task { words, act, accepts: EXISTS };
    vec![
        task(format!("/bin/rm -f {base}/config {base}/data"), remove_links),
        account(format!("/usr/sbin/groupadd {group}"), add_group),
        account(format!("/usr/sbin/useradd -g {group} -d / {user}"), add_user),
        task(format!("/usr/sbin/usermod -G {group} {user}"), join_group),
        task("/bin/sh -c /usr/bin/crle".into(), |_, _, _| Some(0)),
        task(format!("/bin/mkdir -p {directories}"), make_directories),
        task(format!("write {config}/ics.conf"), write_ics_conf),
        task(format!("write {config}/watcher.cnf"), write_watcher),
        task(format!("write {config}/counter.conf"), write_counter),
        task(format!("/bin/ln -s {config} {base}/config"), link_config),
        task(format!("/bin/ln -s {data} {base}/data"), link_data),
        task(format!("/bin/chown {user}:{group} {config}/watcher.cnf"), own_watcher),
        task(format!("/bin/chown -R {user}:{group} {directories}"), own_directories),
    ]
}

/// Status of groupadd and useradd when the account is there.
const EXISTS: i32 = 9;

fn remove_links(call: &mut Call<'_>, base: &str, _: &Values) -> Option<i32> {
    let gone = ["config", "data"].map(|name| drop_link(call, &format!("{base}/{name}")));
    Some(if gone == [true, true] { 0 } else { 2 })
}

fn add_group(call: &mut Call<'_>, _: &str, v: &Values) -> Option<i32> {
    run(call, accounts::groupadd, &[&v["sim.runtime.group"]])
}

fn add_user(call: &mut Call<'_>, _: &str, v: &Values) -> Option<i32> {
    let (user, group) = (&v["sim.runtime.user"], &v["sim.runtime.group"]);
    run(call, accounts::useradd, &["-g", group, "-d", "/", user])
}

fn join_group(call: &mut Call<'_>, _: &str, v: &Values) -> Option<i32> {
    let (user, group) = (&v["sim.runtime.user"], &v["sim.runtime.group"]);
    run(call, accounts::usermod, &["-G", group, user])
}

/// Makes them, unless it was told that they are there.
fn make_directories(call: &mut Call<'_>, _: &str, v: &Values) -> Option<i32> {
    let done = if v.get("sim.create").is_some_and(|create| create == "false") {
        DIRECTORIES.iter().all(|key| call.files().is_directory(&v[*key]))
    } else {
        DIRECTORIES.iter().try_for_each(|key| make(call, &v[*key])).is_ok()
    };
    done.then_some(0)
}

fn write_ics_conf(call: &mut Call<'_>, base: &str, v: &Values) -> Option<i32> {
    let text = ics_conf::render(base, call.host().as_str(), v);
    write(call, v, "ics.conf", &text)
}

fn write_watcher(call: &mut Call<'_>, _: &str, v: &Values) -> Option<i32> {
    write(call, v, "watcher.cnf", "cshttpd\ncsadmind\nenpd\n")
}

fn write_counter(call: &mut Call<'_>, _: &str, v: &Values) -> Option<i32> {
    write(call, v, "counter.conf", "counter simulated\n")
}

fn link_config(call: &mut Call<'_>, base: &str, v: &Values) -> Option<i32> {
    link(call, &v["sim.dir.config"], &format!("{base}/config"))
}

fn link_data(call: &mut Call<'_>, base: &str, v: &Values) -> Option<i32> {
    link(call, &parent(&v["sim.dir.database"]), &format!("{base}/data"))
}

fn own_watcher(call: &mut Call<'_>, _: &str, v: &Values) -> Option<i32> {
    let who = owner(call, v)?;
    let path = format!("{}/watcher.cnf", v["sim.dir.config"]);
    call.files().set_owner(&path, who).ok().map(|()| 0)
}

fn own_directories(call: &mut Call<'_>, _: &str, v: &Values) -> Option<i32> {
    let who = owner(call, v)?;
    DIRECTORIES.iter().try_for_each(|key| own(call, &v[*key], who)).ok().map(|()| 0)
}

/// The directory that holds `path`: `data` is linked to the one above the database.
fn parent(path: &str) -> String {
    path.rsplit_once('/').map_or("/", |(p, _)| if p.is_empty() { "/" } else { p }).to_string()
}

/// `rm -f` of one name: a real directory stays and the task fails.
fn drop_link(call: &mut Call<'_>, path: &str) -> bool {
    match call.files().look(path, false) {
        Ok(None) => true,
        _ => match call.files().unlink(path) {
            Ok(()) => true,
            Err(e) => {
                call.complain(format!("rm: {path}: {}", words(&e)));
                false
            }
        },
    }
}

fn run(call: &mut Call<'_>, program: Program, args: &[&str]) -> Option<i32> {
    match call.start(program, args.iter().map(|a| a.to_string()).collect()) {
        Ok(()) => Some(0),
        Err(refusal) => Some(refusal.status),
    }
}

fn make(call: &mut Call<'_>, path: &str) -> io::Result<()> {
    call.files().make_directories(path, Mode(0o755), Owner::ROOT).map(|_| ())
}

/// Writes a file of the configuration directory.
fn write(call: &mut Call<'_>, v: &Values, name: &str, text: &str) -> Option<i32> {
    let path = format!("{}/{name}", v["sim.dir.config"]);
    let result = call.files().save(&path, text.as_bytes(), Mode(0o644), Owner::ROOT);
    if let Err(e) = &result {
        call.complain(format!("{path}: {}", words(e)));
    }
    result.ok().map(|()| 0)
}

fn link(call: &mut Call<'_>, target: &str, path: &str) -> Option<i32> {
    // As ln(1) does it: onto a directory that could not be removed the link goes inside, and is
    // there already the second time.
    let path = if call.files().is_directory(path) {
        format!("{path}/{}", target.rsplit('/').next().unwrap_or(""))
    } else {
        path.into()
    };
    match call.files().make_link(&path, target) {
        Ok(()) => Some(0),
        Err(_) => Some(2),
    }
}

fn owner(call: &mut Call<'_>, v: &Values) -> Option<Owner> {
    let mut id = |database: &str, name: &str| {
        let known = call.accounts(database);
        known.iter().find(|l| l.split(':').next() == Some(name))?.split(':').nth(2)?.parse().ok()
    };
    let uid = id("passwd", v.get("sim.runtime.user")?)?;
    let gid = id("group", v.get("sim.runtime.group")?)?;
    Some(Owner { uid, gid })
}

/// With everything below it; a link is not followed.
fn own(call: &mut Call<'_>, path: &str, who: Owner) -> io::Result<()> {
    call.files().set_owner(path, who)?;
    if !call.files().is_directory(path) {
        return Ok(());
    }

    for name in call.files().names(path)? {
        let below = format!("{path}/{name}");
        if !matches!(call.files().look(&below, false)?, Some(Raw::Link { .. })) {
            own(call, &below, who)?;
        }
    }
    Ok(())
}
