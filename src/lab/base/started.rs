//! ps(1) for one question: when a process was started, in Solaris' form. Processes of a simulated
//! host are this machine's, so the answer is read from /proc. Every other form is the machine's own
//! on disk, and refused in memory, where nothing runs.

use jiff::{Timestamp, Zoned, tz::TimeZone};

use crate::lab::call::Call;
use crate::lab::refusal::Refusal;

/// The process of `-o stime= -p process`, if a command line is this question.
pub(crate) fn asked(words: &[String]) -> Option<u32> {
    let [option, format, select, process] = words else { return None };
    let fixed = [option, format, select].map(String::as_str);
    if fixed == ["-o", "stime=", "-p"] { process.parse().ok() } else { None }
}

/// ps(1)
pub(crate) fn ps(call: &mut Call<'_>) -> Result<(), Refusal> {
    let words = call.args().to_vec();
    let Some(process) = asked(&words) else {
        return Err(Refusal::usage("ps -o stime= -p process"));
    };
    let Some(second) = second(process) else { return Err(Refusal::quiet(1)) };

    call.say(told(second, &Zoned::now()));
    Ok(())
}

/// How many of the kernel's clock ticks /proc counts in a second.
const TICKS: i64 = 100;

/// The second in which a process was started, by /proc; nothing where there is no such process.
fn second(process: u32) -> Option<i64> {
    let read = |path: String| std::fs::read_to_string(path).ok();
    let about = read(format!("/proc/{process}/stat"))?;
    // The name, in brackets, may have blanks and brackets in it. The 22nd field is the start.
    let (_, behind) = about.rsplit_once(')')?;
    let ticks: i64 = behind.split_whitespace().nth(19)?.parse().ok()?;

    let machine = read("/proc/stat".to_owned())?;
    let boot = machine.lines().find_map(|line| line.strip_prefix("btime "))?;
    Some(boot.trim().parse::<i64>().ok()? + ticks / TICKS)
}

/// `05:48:11`, and `Nov_29` for a process that is older than a day.
fn told(second: i64, now: &Zoned) -> String {
    let start = Timestamp::from_second(second).unwrap_or_default();
    let zone = TimeZone::system();
    let old = now.timestamp().as_second() - second >= 24 * 60 * 60;
    start.to_zoned(zone).strftime(if old { "%b_%d" } else { "%H:%M:%S" }).to_string()
}
