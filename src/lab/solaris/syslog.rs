//! The commands that have syslogd read its configuration again. What it does with a message is in
//! `syslogd`; other daemons are not simulated.

use crate::lab::call::Call;
use crate::lab::getopt::getopt;
use crate::lab::refusal::Refusal;

/// pkill(1), for syslogd only.
pub(crate) fn pkill(call: &mut Call<'_>) -> Result<(), Refusal> {
    let words: Vec<&str> = call.args().iter().map(String::as_str).collect();
    match words.as_slice() {
        ["-HUP" | "-1", "syslogd"] => read_again(call),
        _ => return Err(Refusal::new(1, "the lab knows pkill -HUP syslogd only")),
    }
    Ok(())
}

/// svcadm(1M) of Solaris 10, for system-log only.
pub(crate) fn svcadm(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "v", "svcadm refresh|restart fmri")?;
    let words: Vec<&str> = given.operands.iter().map(String::as_str).collect();
    match words.as_slice() {
        [
            "refresh" | "restart",
            "system-log" | "system/system-log" | "svc:/system/system-log:default",
        ] => read_again(call),
        [_, other] => {
            return Err(Refusal::new(
                1,
                format!("svcadm: Pattern '{other}' doesn't match any instances"),
            ));
        }
        _ => return Err(Refusal::usage("svcadm refresh|restart fmri")),
    }
    Ok(())
}

fn read_again(call: &mut Call<'_>) {
    let text = call.files().text("/etc/syslog.conf");
    if let Some(machine) = call.machine_mut() {
        machine.syslogd = text;
    }
}
