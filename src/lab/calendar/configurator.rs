//! csconfigurator.sh (guide 6.11): a sequence of tasks, each reported, none undone when a later
//! one fails. It writes where it is told, whether or not a file system is mounted there, as the
//! real one would. What it is told comes from `panels`, the text of ics.conf from `ics_conf`.

use std::collections::BTreeMap;
use std::io;

use crate::lab::Trouble;
use crate::lab::calendar::ics_conf;
use crate::lab::calendar::panels::{answers, base_of};
use crate::lab::call::{Call, Program};
use crate::lab::refusal::{Refusal, of_io, words};
use crate::lab::solaris::accounts;
use crate::node::{Mode, Owner};

/// Runs the tasks one after the other and says whether all have passed.
pub(crate) fn configurator(call: &mut Call<'_>) -> Result<(), Refusal> {
    let base = base_of(call.path()).to_string();
    let values = answers(call, &base)?;
    let trouble = call.trouble().cloned();
    let korean = call.cluster().site.language == "ko" || trouble == Some(Trouble::Korean);
    let say = |call: &mut Call<'_>, en: &str, ko: &str| call.say(if korean { ko } else { en });
    let line = format!(
        "/usr/jdk/entsys-j2se/bin/java -cp {base}/share/lib:{base}/share \
            -Djava.library.path={base}/lib configure {}",
        call.args().join(" ")
    );
    call.say(line);
    say(
        call,
        "Java Accessibility Bridge for GNOME loaded.",
        "GNOME용 Java Accessibility Bridge가 로드되었습니다.",
    );
    say(call, "\nLoading Default Properties...", "\n기본 등록 정보 로드 중...");
    say(call, "\nChecking disk space...", "\n디스크 공간 확인 중...");
    say(call, "\nStarting Task Sequence", "\n작업 시퀀스 시작");
    let mut log = String::new();
    let mut verdicts = Vec::new();
    for (at, task) in tasks(&base, &values).into_iter().enumerate() {
        let number = at as u32 + 1;
        let when = call.now("%a %b %e %H:%M:%S UTC %Y");
        let running = format!("===== {when} =====\nRunning {}\n", task.words);
        call.say(&running);
        log.push_str(&running);
        let (status, passed) = if trouble == (Some(Trouble::TaskFails { task: number })) {
            (1, false)
        } else {
            let result = (task.act)(call, &base, &values);
            (result.unwrap_or(1), result.is_some_and(|s| s == 0 || task.accepts == s))
        };
        let verdict = format!(
            "{}: {} : status = {status}",
            if passed { "PASSED" } else { "FAILED" },
            task.words
        );
        log.push_str(&format!("{verdict}\n"));
        verdicts.push((passed, verdict));
        if trouble == (Some(Trouble::Dies { after: number })) {
            // What is done stays done; nobody hears the end.
            return Err(Refusal::quiet(137));
        }
    }

    say(call, "Sequence Completed\n", "시퀀스 완료됨\n");
    for (_, verdict) in &verdicts {
        call.say(format!("{verdict}\n"));
    }

    let all = verdicts.iter().all(|(passed, _)| *passed);
    if all {
        started(call, &base, &values);
    }

    // No year and no seconds in the name: two runs in one minute write one file (two samples in
    // 6.11).
    let file = format!(
        "/var/sadm/install/logs/Sun_Java_System_Calendar_Server_install.B{}",
        call.now("%m%d%H%M")
    );
    let en = if all {
        "All Tasks Passed. Please check install log"
    } else {
        "Some Tasks Failed. Please check install log"
    };
    log.push_str(en);
    log.push('\n');
    let mut files = call.files();
    files
        .make_directories("/var/sadm/install/logs", Mode(0o755), Owner::ROOT)
        .map_err(|e| of_io(&file, &e))?;
    files.save(&file, log.as_bytes(), Mode(0o644), Owner::ROOT).map_err(|e| of_io(&file, &e))?;
    let ko = if all {
        "모든 작업이 성공했습니다."
    } else {
        "일부 작업이 실패했습니다."
    };

    say(
        call,
        &format!("{en}\n{file} for further details."),
        &format!("{ko} 자세한 내용은 설치 로그\n{file}을(를) 확인하십시오."),
    );

    // Assumption: the exit status says what the sentence says; the real one is unknown.
    if all { Ok(()) } else { Err(Refusal::quiet(1)) }
}

/// The product starts its own daemons when a start option stayed on: outside the cluster, which is
/// what must not be.
fn started(call: &mut Call<'_>, base: &str, values: &Values) {
    let on = |key: &str| values.get(key).is_some_and(|v| v == "true");
    let Some(machine) = call.machine_mut() else { return };
    for (list, wanted) in [
        (&mut machine.running, on("sim.start.now")),
        (&mut machine.starts_at_boot, on("sim.start.boot")),
    ] {
        list.retain(|b| b != base);
        if wanted {
            list.push(base.to_string());
        }
    }
}

type Values = BTreeMap<String, String>;
type Act = fn(&mut Call<'_>, &str, &Values) -> Option<i32>;

struct Task {
    /// The command line it reports.
    words: String,
    /// Status; `None` when it could not be done.
    act: Act,
    /// A status besides 0 that passes: 9 = the account is there (6.11).
    accepts: i32,
}

const DIRECTORIES: [&str; 7] = [
    "sim.dir.config",
    "sim.dir.database",
    "sim.dir.store",
    "sim.dir.logs",
    "sim.dir.tmp",
    "sim.dir.archive",
    "sim.dir.hotbackup",
];

/// Number of tasks; a fault may end the run after any of them.
pub(crate) const TASKS: u32 = 13;

fn tasks(base: &str, v: &Values) -> Vec<Task> {
    let of = |key: &str| v.get(key).cloned().unwrap_or_default();
    let (user, group, config) =
        (of("sim.runtime.user"), of("sim.runtime.group"), of("sim.dir.config"));
    let task = |words: String, act: Act| Task { words, act, accepts: 0 };
    let directories = DIRECTORIES.map(of);
    let all = vec![
        task(format!("/bin/rm -f {base}/config {base}/data"), |call, base, _| {
            let gone: Vec<bool> = ["config", "data"]
                .into_iter()
                .map(|n| drop_link(call, &format!("{base}/{n}")))
                .collect();
            gone.into_iter().all(|g| g).then_some(0).or(Some(2))
        }),
        Task {
            words: format!("/usr/sbin/groupadd {group}"),
            accepts: 9,
            act: |call, _, v| run(call, accounts::groupadd, &[&v["sim.runtime.group"]]),
        },
        Task {
            words: format!("/usr/sbin/useradd -g {group} -d / {user}"),
            accepts: 9,
            act: |call, _, v| {
                run(
                    call,
                    accounts::useradd,
                    &["-g", &v["sim.runtime.group"], "-d", "/", &v["sim.runtime.user"]],
                )
            },
        },
        task(format!("/usr/sbin/usermod -G {group} {user}"), |call, _, v| {
            run(call, accounts::usermod, &["-G", &v["sim.runtime.group"], &v["sim.runtime.user"]])
        }),
        task("/bin/sh -c /usr/bin/crle".into(), |_, _, _| Some(0)),
        task(format!("/bin/mkdir -p {}", directories.join(" ")), |call, _, v| {
            if v.get("sim.create").is_some_and(|create| create == "false") {
                return DIRECTORIES
                    .iter()
                    .all(|key| call.files().is_directory(&v[*key]))
                    .then_some(0);
            }

            DIRECTORIES.iter().try_for_each(|key| make(call, &v[*key])).ok().map(|()| 0)
        }),
        task(format!("write {config}/ics.conf"), |call, base, v| {
            let host = call.host().0.clone();
            write(
                call,
                &format!("{}/ics.conf", v["sim.dir.config"]),
                &ics_conf::render(base, &host, v),
                0o644,
            )
        }),
        task(format!("write {config}/watcher.cnf"), |call, _, v| {
            write(
                call,
                &format!("{}/watcher.cnf", v["sim.dir.config"]),
                "cshttpd\ncsadmind\nenpd\n",
                0o644,
            )
        }),
        task(format!("write {config}/counter.conf"), |call, _, v| {
            write(
                call,
                &format!("{}/counter.conf", v["sim.dir.config"]),
                "counter simulated\n",
                0o644,
            )
        }),
        task(format!("/bin/ln -s {config} {base}/config"), |call, base, v| {
            link(call, &v["sim.dir.config"], &format!("{base}/config"))
        }),
        task(
            format!("/bin/ln -s {} {base}/data", parent(&of("sim.dir.database"))),
            |call, base, v| link(call, &parent(&v["sim.dir.database"]), &format!("{base}/data")),
        ),
        task(format!("/bin/chown {user}:{group} {config}/watcher.cnf"), |call, _, v| {
            owner(call, v)
                .and_then(|who| {
                    call.files()
                        .set_owner(&format!("{}/watcher.cnf", v["sim.dir.config"]), who)
                        .ok()
                })
                .map(|()| 0)
        }),
        task(format!("/bin/chown -R {user}:{group} {}", directories.join(" ")), |call, _, v| {
            let who = owner(call, v)?;
            DIRECTORIES.iter().try_for_each(|key| own(call, &v[*key], who)).ok().map(|()| 0)
        }),
    ];
    debug_assert_eq!(all.len(), TASKS as usize);
    all
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

fn write(call: &mut Call<'_>, path: &str, text: &str, mode: u32) -> Option<i32> {
    let result = call.files().save(path, text.as_bytes(), Mode(mode), Owner::ROOT);
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

fn own(call: &mut Call<'_>, path: &str, who: Owner) -> io::Result<()> {
    call.files().set_owner(path, who)?;
    if call.files().is_directory(path) {
        for name in call.files().names(path)? {
            let below = format!("{path}/{name}");
            if !matches!(
                call.files().look(&below, false)?,
                Some(crate::lab::storage::Raw::Link { .. })
            ) {
                own(call, &below, who)?;
            }
        }
    }
    Ok(())
}
