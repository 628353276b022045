//! cp and mv of Solaris 8. They refuse the options that Solaris 8 lacks, and give mode and owner
//! as a node does. Directories across file systems are not moved.

use crate::lab::call::Call;
use crate::lab::getopt::{Options, getopt};
use crate::lab::refusal::{Refusal, of_io};
use crate::lab::storage::Raw;
use crate::lab::view::is;
use crate::node::Mode;

/// Where `source` goes: into `goal` when that is a directory.
fn destination(call: &mut Call<'_>, source: &str, goal: &str) -> String {
    if call.files().is_directory(goal) {
        let name = source.trim_end_matches('/').rsplit('/').next().unwrap_or("").to_string();
        format!("{}/{name}", if goal == "/" { "" } else { goal })
    } else {
        goal.into()
    }
}

/// Splits the words of cp and mv into the goal and what goes there.
fn operands(
    call: &Call<'_>,
    accepted: &str,
    usage: &str,
) -> Result<(Options, String, Vec<String>), Refusal> {
    let mut given = getopt(call.args(), accepted, usage).map_err(|r| Refusal { status: 2, ..r })?;
    let goal = given.operands.pop().filter(|_| !given.operands.is_empty());
    let goal = goal.ok_or_else(|| Refusal::new(2, "Insufficient arguments"))?;
    let sources = std::mem::take(&mut given.operands);
    Ok((given, call.inside(&goal), sources))
}

/// Does each source after the other: named as on the command line, where it is, where it goes.
fn each(
    call: &mut Call<'_>,
    goal: &str,
    sources: &[String],
    act: impl Fn(&mut Call<'_>, &str, &str) -> std::io::Result<()>,
) -> Result<(), Refusal> {
    if sources.len() > 1 && !call.files().is_directory(goal) {
        return Err(Refusal::new(2, format!("{goal} not found")));
    }
    for name in sources {
        let source = call.inside(name);
        let to = destination(call, &source, goal);
        act(call, &source, &to).map_err(|e| of_io(name, &e))?;
    }
    Ok(())
}

/// cp(1): -f, -i, -p, -r; no -a, no -R before Solaris 10, no long options.
pub(crate) fn cp(call: &mut Call<'_>) -> Result<(), Refusal> {
    let (given, goal, sources) = operands(call, "fipr", "cp [-f] [-i] [-p] f1 f2")?;
    each(call, &goal, &sources, |call, source, to| {
        copy(call, source, to, given.has('p'), given.has('r'))
    })
}

fn copy(call: &mut Call<'_>, from: &str, to: &str, keep: bool, deep: bool) -> std::io::Result<()> {
    let here = call.files().resolve(from, true)?;
    if call.files().resolve(to, true).is_ok_and(|p| p.path == here.path && p.raw.is_some()) {
        return Err(rustix::io::Errno::INVAL.into());
    }

    match here.raw {
        None => Err(rustix::io::Errno::NOENT.into()),
        Some(Raw::Directory { .. }) if !deep => Err(rustix::io::Errno::ISDIR.into()),
        Some(Raw::Directory { mode, owner }) => {
            if !call.files().is_directory(to) {
                let owner = if keep { owner } else { call.files().maker(to) };
                call.files().make_directory(to, mode, owner)?;
            }
            for name in call.files().names(&here.path)? {
                copy(call, &format!("{}/{name}", here.path), &format!("{to}/{name}"), keep, true)?;
            }
            Ok(())
        }
        Some(raw) => {
            let bytes = call.files().load(&here.path)?;
            if keep {
                call.files().save(to, &bytes, raw.mode(), raw.owner())
            } else if call.files().look(to, true)?.is_some() {
                call.files().overwrite(to, &bytes)
            } else {
                // A new file gets the source's mode less the umask 022.
                let owner = call.files().maker(to);
                call.files().save(to, &bytes, Mode(raw.mode().0 & 0o755), owner)
            }
        }
    }
}

/// mv(1): -f, -i; across file systems a file is copied with its owner and mode.
pub(crate) fn mv(call: &mut Call<'_>) -> Result<(), Refusal> {
    let (_, goal, sources) = operands(call, "fi", "mv [-f] [-i] f1 f2")?;
    each(call, &goal, &sources, |call, source, to| {
        let moved = call.files().move_to(source, to);
        match moved {
            Err(e) if is(&e, rustix::io::Errno::XDEV) => across(call, source, to),
            other => other,
        }
    })
}

fn across(call: &mut Call<'_>, from: &str, to: &str) -> std::io::Result<()> {
    match call.files().look(from, false)? {
        Some(Raw::Link { target }) => {
            if call.files().look(to, false)?.is_some() {
                call.files().unlink(to)?;
            }
            call.files().make_link(to, &target)?;
        }
        Some(Raw::Directory { .. }) => return Err(rustix::io::Errno::XDEV.into()),
        _ => copy(call, from, to, true, false)?,
    }
    call.files().unlink(from)
}
