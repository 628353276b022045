//! csconfigurator.sh (guide 6.11): a sequence of tasks, each reported, none undone when a later
//! one fails. What it is told comes from `panels`, what a task does from `tasks`.

use super::panels::{answers, base_of};
use super::state_file::{self, Values};
use super::tasks::tasks;
use crate::lab::Trouble;
use crate::lab::call::Call;
use crate::lab::refusal::{Refusal, of_io};
use crate::node::{Mode, Owner};

/// A sentence in the languages that the product speaks here.
struct Phrase {
    en: &'static str,
    ko: &'static str,
}

const BRIDGE: Phrase = Phrase {
    en: "Java Accessibility Bridge for GNOME loaded.",
    ko: "GNOME용 Java Accessibility Bridge가 로드되었습니다.",
};
const PROPERTIES: Phrase =
    Phrase { en: "\nLoading Default Properties...", ko: "\n기본 등록 정보 로드 중..." };
const SPACE: Phrase =
    Phrase { en: "\nChecking disk space...", ko: "\n디스크 공간 확인 중..." };
const BEGIN: Phrase = Phrase { en: "\nStarting Task Sequence", ko: "\n작업 시퀀스 시작" };
const END: Phrase = Phrase { en: "Sequence Completed\n", ko: "시퀀스 완료됨\n" };
const PASSED: Phrase = Phrase {
    en: "All Tasks Passed. Please check install log",
    ko: "모든 작업이 성공했습니다.",
};
const FAILED: Phrase = Phrase {
    en: "Some Tasks Failed. Please check install log",
    ko: "일부 작업이 실패했습니다.",
};

/// In which language this run speaks.
#[derive(Clone, Copy)]
struct Korean(bool);

impl Korean {
    fn of(call: &Call<'_>) -> Self {
        Self(call.cluster().site.language == "ko" || call.trouble() == Some(&Trouble::Korean))
    }

    fn say(self, call: &mut Call<'_>, phrase: &Phrase) {
        call.say(if self.0 { phrase.ko } else { phrase.en });
    }
}

/// What became of the tasks.
#[derive(Default)]
struct Sequence {
    log: String,
    verdicts: Vec<String>,
    failed: bool,
}

/// Runs the tasks one after the other and says whether all have passed.
pub(crate) fn configurator(call: &mut Call<'_>) -> Result<(), Refusal> {
    let base = base_of(call.path()).to_string();
    let mut values = answers(call, &base)?;
    if matches!(call.trouble(), Some(Trouble::Misplaces { .. })) {
        values.retain(|key, _| !key.starts_with("sim.dir."));
        let local = state_file::defaults(&base);
        values.extend(local.into_iter().filter(|(key, _)| key.starts_with("sim.dir.")));
    }
    let language = Korean::of(call);
    let line = format!(
        "/usr/jdk/entsys-j2se/bin/java -cp {base}/share/lib:{base}/share \
         -Djava.library.path={base}/lib configure {}",
        call.args().join(" ")
    );
    call.say(line);
    for phrase in [BRIDGE, PROPERTIES, SPACE, BEGIN] {
        language.say(call, &phrase);
    }

    let sequence = run(call, &base, &values)?;
    language.say(call, &END);
    for verdict in &sequence.verdicts {
        call.say(format!("{verdict}\n"));
    }
    if !sequence.failed {
        started(call, &base, &values);
        at_boot(call, &base, &values)?;
    }

    let sentence = if sequence.failed { FAILED } else { PASSED };
    let other = match call.trouble() {
        Some(Trouble::Concludes { sentence }) => Some(sentence.clone()),
        _ => None,
    };
    let closing = other.clone().unwrap_or_else(|| sentence.en.into());
    let file = keep(call, format!("{}{closing}\n", sequence.log))?;
    call.say(match language {
        _ if other.is_some() => format!("{closing}\n{file} for further details."),
        Korean(false) => format!("{}\n{file} for further details.", sentence.en),
        Korean(true) => {
            format!("{} 자세한 내용은 설치 로그\n{file}을(를) 확인하십시오.", sentence.ko)
        }
    });

    // Assumption: the exit status says what the sentence says; the real one is unknown.
    if sequence.failed { Err(Refusal::quiet(1)) } else { Ok(()) }
}

/// The tasks in their order. It dies where a fault says so, and what is done stays done.
fn run(call: &mut Call<'_>, base: &str, values: &Values) -> Result<Sequence, Refusal> {
    let mut sequence = Sequence::default();
    for (number, task) in (1..).zip(tasks(base, values)) {
        let when = call.now("%a %b %e %H:%M:%S UTC %Y");
        let running = format!("===== {when} =====\nRunning {}\n", task.words);
        call.say(&running);
        sequence.log.push_str(&running);

        let told_to_fail = call.trouble() == Some(&Trouble::TaskFails { task: number });
        let result = match call.trouble() {
            _ if told_to_fail => None,
            Some(Trouble::Pretends { after }) if number > *after => Some(0),
            _ => (task.act)(call, base, values),
        };
        let passed = result.is_some_and(|status| status == 0 || status == task.accepts);
        let word = if passed { "PASSED" } else { "FAILED" };
        let verdict = format!("{word}: {} : status = {}", task.words, result.unwrap_or(1));
        sequence.log.push_str(&format!("{verdict}\n"));
        sequence.verdicts.push(verdict);
        sequence.failed |= !passed;

        if call.trouble() == Some(&Trouble::Dies { after: number }) {
            return Err(Refusal::quiet(137));
        }
    }
    Ok(sequence)
}

/// Writes the log, and gives its path.
fn keep(call: &mut Call<'_>, log: String) -> Result<String, Refusal> {
    // No year and no seconds in the name: two runs in one minute write one file (two samples in
    // 6.11).
    let file = format!(
        "/var/sadm/install/logs/Sun_Java_System_Calendar_Server_install.B{}",
        call.now("%m%d%H%M")
    );
    let mut files = call.files();
    files
        .make_directories("/var/sadm/install/logs", Mode(0o755), Owner::ROOT)
        .map_err(|e| of_io(&file, &e))?;
    files.save(&file, log.as_bytes(), Mode(0o644), Owner::ROOT).map_err(|e| of_io(&file, &e))?;
    Ok(file)
}

/// The script that starts this Calendar Server at boot, where it was told so.
///
/// Assumption: where the product keeps that choice is unknown; an entry of a run level is what
/// every release of Solaris here has.
fn at_boot(call: &mut Call<'_>, base: &str, values: &Values) -> Result<(), Refusal> {
    let entry = format!("/etc/rc3.d/S99ics{}", base.replace('/', "_"));
    let wanted = values.get("sim.start.boot").is_some_and(|v| v == "true");
    let mut files = call.files();
    if wanted {
        let text = format!("#!/sbin/sh\n{base}/sbin/start-cal\n");
        files
            .make_directories("/etc/rc3.d", Mode(0o755), Owner::ROOT)
            .and_then(|_| files.save(&entry, text.as_bytes(), Mode(0o744), Owner::ROOT))
            .map_err(|e| of_io(&entry, &e))?;
    } else if files.is_file(&entry) {
        files.unlink(&entry).map_err(|e| of_io(&entry, &e))?;
    }
    Ok(())
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
