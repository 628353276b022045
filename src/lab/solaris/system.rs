//! Small programs of the system: uname, who, logger and their like. They report what the lab's
//! state and files hold; of all of them only logger writes.

use crate::lab::Oddity;
use crate::lab::call::Call;
use crate::lab::clock::stamp;
use crate::lab::getopt::getopt;
use crate::lab::refusal::{Refusal, of_io};

/// uname(1).
pub(crate) fn uname(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "amnrspvi", "uname [-amnrspvi]")?;
    let release = call.machine().map(|m| m.release.clone()).unwrap_or_default();
    let host = call.host().0.clone();
    let parts = [
        ('s', "SunOS"),
        ('n', &host),
        ('r', &release),
        ('v', "Generic_118558-39"),
        ('m', "sun4u"),
        ('p', "sparc"),
        ('i', "SUNW,Sun-Fire-V240"),
    ];
    let none = given.only("");
    let chosen: Vec<_> = parts
        .iter()
        .filter(|(l, _)| given.has(*l) || given.has('a') || (none && *l == 's'))
        .map(|(_, text)| *text)
        .collect();
    let line = chosen.join(" ");
    call.say(line);
    Ok(())
}

/// hostname(1): asks only.
pub(crate) fn hostname(call: &mut Call<'_>) -> Result<(), Refusal> {
    if !call.args().is_empty() {
        return Err(Refusal::new(1, "the lab does not rename a host"));
    }
    let name = call.host().0.clone();
    call.say(name);
    Ok(())
}

/// who(1) -b: when the node was booted, by the lab's own clock.
pub(crate) fn who(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "bru", "who [-b]")?;
    if (given.has('b') || given.has('r')) && !call.has(Oddity::BootTimeUnknown) {
        let booted = call.machine().map_or(0, |m| m.booted);
        call.say(format!("   .       system boot  {}", stamp(booted, "%b %e %H:%M")));
    }
    Ok(())
}

/// prtconf(1M), its head.
pub(crate) fn prtconf(call: &mut Call<'_>) -> Result<(), Refusal> {
    call.say(
        "System Configuration:  Sun Microsystems  sun4u\n\
        Memory size: 2048 Megabytes\n\
        System Peripherals (Software Nodes):\n\
        \n\
        SUNW,Sun-Fire-V240",
    );
    Ok(())
}

/// crle(1) without options: the runtime linker's defaults.
pub(crate) fn crle(call: &mut Call<'_>) -> Result<(), Refusal> {
    call.say(
        "\nDefault configuration file (/var/ld/ld.config) not found\
            \n  Default Library Path (ELF):\t/usr/lib  (system default)",
    );
    Ok(())
}

/// logger(1): a line in /var/adm/messages.
pub(crate) fn logger(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "ip:t:f:", "logger [-i] [-p priority] [-t tag] message")?;
    let mut text = call.files().text("/var/adm/messages");
    let tag = given.value('t').unwrap_or("root");
    text.push_str(&format!("{} {tag}: {}\n", call.host(), given.operands.join(" ")));
    call.files()
        .overwrite("/var/adm/messages", text.as_bytes())
        .map_err(|e| of_io("/var/adm/messages", &e))
}

/// A program that has nothing to do: true(1).
pub(crate) fn succeed(_: &mut Call<'_>) -> Result<(), Refusal> {
    Ok(())
}

/// false(1): status 255 on Solaris.
pub(crate) fn fail(_: &mut Call<'_>) -> Result<(), Refusal> {
    Err(Refusal::quiet(255))
}
