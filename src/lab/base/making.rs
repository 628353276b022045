//! Commands that make and remove directories, files and links. What fails for one operand is
//! said, and the next is tried, except by ln. Hard links and times are not simulated.

use crate::lab::call::Call;
use crate::lab::getopt::getopt;
use crate::lab::refusal::{Refusal, of_io};
use crate::lab::storage::Raw;
use crate::node::Mode;

fn two(refusal: Refusal) -> Refusal {
    Refusal { status: 2, ..refusal }
}

/// Runs `act` for every operand, prints what fails and goes on.
fn each(
    call: &mut Call<'_>,
    names: &[String],
    act: impl Fn(&mut Call<'_>, &str) -> std::io::Result<()>,
) -> Result<(), Refusal> {
    let mut result = Ok(());
    for name in names {
        let path = call.inside(name);
        if let Err(e) = act(call, &path) {
            let line = format!("{}: {}", call.name(), of_io(name, &e).text);
            call.complain(line);
            result = Err(Refusal::quiet(2));
        }
    }
    result
}

/// mkdir(1): -m and -p; there is no -P (E25).
pub(crate) fn mkdir(call: &mut Call<'_>) -> Result<(), Refusal> {
    let usage = "mkdir [-m mode] [-p] dirname ...";
    let given = getopt(call.args(), "m:p", usage).map_err(two)?;
    if given.operands.is_empty() {
        return Err(Refusal::new(2, format!("usage: {usage}")));
    }

    let mode = match given.value('m') {
        Some(text) => Some(
            u32::from_str_radix(text, 8)
                .ok()
                .filter(|m| *m <= 0o7777)
                .ok_or_else(|| Refusal::new(2, format!("invalid mode {text}")))?,
        ),
        None => None,
    };

    let deep = given.has('p');
    each(call, &given.operands, |call, path| {
        let mut files = call.files();
        let owner = files.maker(path);
        if deep {
            let made = files.make_directories(path, Mode(0o755), owner)?;
            // -m is for the last directory, and only when it was made.
            if let (true, Some(m)) = (made, mode) {
                files.set_mode(path, Mode(m))?;
            }
            Ok(())
        } else {
            let mode = files.made(path, Mode(mode.unwrap_or(0o755)));
            files.make_directory(path, mode, owner)
        }
    })
}

/// rmdir(1): -p and -s are not simulated.
pub(crate) fn rmdir(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "", "rmdir dirname ...").map_err(two)?;
    each(call, &given.operands, |call, path| call.files().remove_directory(path))
}

/// rm(1): -f, -i, -r, -R. A mount point is busy and a directory needs -r, also with -f.
pub(crate) fn rm(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "firR", "rm [-fir] file ...").map_err(two)?;
    let (force, deep) = (given.has('f'), given.has('r') || given.has('R'));
    each(call, &given.operands, |call, path| match call.files().look(path, false)? {
        None if force => Ok(()),
        Some(Raw::Directory { .. }) if deep => call.files().clear(path),
        _ => call.files().unlink(path),
    })
}

/// ln(1): -s, -f, -n (on Solaris: do not overwrite); no -T, and `-n` does not keep out of a linked
/// directory.
pub(crate) fn ln(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "fs", "ln [-f] [-s] f1 [f2]").map_err(two)?;
    if !given.has('s') {
        return Err(Refusal::new(2, "the lab makes no hard links"));
    }
    let (target, goal) = match &given.operands[..] {
        [target] => (target.clone(), ".".to_string()),
        [target, goal] => (target.clone(), goal.clone()),
        _ => return Err(Refusal::new(2, "usage: ln [-f] [-s] f1 [f2]")),
    };
    let mut path = call.inside(&goal);
    // A directory, or a link to one, takes the new link inside.
    if call.files().is_directory(&path) {
        path = format!("{path}/{}", target.trim_end_matches('/').rsplit('/').next().unwrap_or(""));
    }
    if given.has('f')
        && matches!(call.files().look(&path, false), Ok(Some(Raw::Link { .. } | Raw::File { .. })))
    {
        call.files().unlink(&path).map_err(|e| of_io(&path, &e))?;
    }
    // The lab's root is no part of a link's text: a node does not know it.
    let text = if target.starts_with('/') { call.inside(&target) } else { target };
    call.files().make_link(&path, &text).map_err(|e| of_io(&path, &e))
}

/// touch(1): makes an empty file; times are not simulated.
pub(crate) fn touch(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "acm", "touch [-acm] file ...").map_err(two)?;
    let make = !given.has('c');
    each(call, &given.operands, |call, path| match call.files().look(path, true)? {
        None if make => call.files().overwrite(path, b""),
        _ => Ok(()),
    })
}

/// tee(1): -a, -i.
pub(crate) fn tee(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "ai", "tee [-i] [-a] [file ...]").map_err(two)?;
    let bytes = call.input("-")?;
    call.print(&bytes);
    let append = given.has('a');
    each(call, &given.operands, |call, path| {
        let mut all = if append { call.files().load(path).unwrap_or_default() } else { Vec::new() };
        all.extend_from_slice(&bytes);
        call.files().overwrite(path, &all)
    })
}
