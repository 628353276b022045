use std::ffi::{OsStr, OsString};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use super::base::passing;
use super::program_table::{self, Kind};
use super::run::{Request, is_awaited, run, trouble};
use super::session::Session;
use super::{CallRecord, Trouble, service};
use crate::host::NodeName;

/// Runs the program of the lab that this process was started as; `None` when it is calha itself.
///
/// `argv` begins with the program's own name, `root` is the value of `CALHA_LAB_ROOT`.
pub fn program(argv: impl IntoIterator<Item = OsString>, root: Option<&OsStr>) -> Option<ExitCode> {
    let root = Path::new(root?);
    let mut argv = argv.into_iter();
    let argv0 = argv.next()?.to_string_lossy().into_owned();
    let base = argv0.rsplit('/').next().unwrap_or("").to_string();
    if base == service::DAEMON {
        return Some(service::main(&argv.collect::<Vec<_>>()));
    }
    let known = program_table::find(&base).is_some() || passing::find(&base).is_some();
    if !known && !Path::new(&argv0).starts_with(root) {
        return None;
    }
    let args: Vec<String> = argv.map(|a| a.to_string_lossy().into_owned()).collect();
    Some(match on_host(root, &argv0, &base, args) {
        Ok(status) => ExitCode::from(status),
        Err(e) => {
            eprint_line(&format!("{base}: lab: {e}"));
            ExitCode::from(1)
        }
    })
}

fn eprint_line(line: &str) {
    // Whoever closed standard error does not want to hear.
    let _ = writeln!(io::stderr(), "{line}");
}

fn on_host(root: &Path, argv0: &str, base: &str, args: Vec<String>) -> io::Result<u8> {
    // Programs of a lab may be started with the root as the caller spells it; the lab's own files have one spelling.
    let root = root.canonicalize()?;
    let host = NodeName(root.file_name().unwrap_or_default().to_string_lossy().into_owned());
    let lab = root.parent().and_then(Path::parent).ok_or(io::ErrorKind::InvalidInput)?.to_path_buf();
    if lab.join("down").join(host.as_str()).exists() {
        eprint_line(&format!("{base}: {host} is down"));
        return Ok(255);
    }
    if let Some(passed) = passing::find(base) {
        return passing::pass(passed, &args, &root, &lab);
    }
    native(Place { root, lab, host, argv0: argv0.into(), base: base.into() }, args)
}

struct Place {
    root: PathBuf,
    lab: PathBuf,
    host: NodeName,
    argv0: String,
    base: String,
}

fn native(place: Place, args: Vec<String>) -> io::Result<u8> {
    let mut session = Session::shared(&place.lab)?;
    let root = place.root.to_string_lossy().into_owned();
    let cwd = std::env::current_dir().ok().and_then(|c| inside(&c, &root)).unwrap_or_else(|| "/".into());
    let path = called_path(&mut session, &place, &root, &cwd);
    let name = session.cluster.programs.get(&path).cloned().unwrap_or_else(|| place.base.clone());
    let kind = program_table::find(&name).map(|e| e.kind).ok_or(io::ErrorKind::NotFound)?;
    let mut trouble_now = None;
    if is_awaited(&session.cluster, &name) {
        let mut counting = Session::exclusive(&place.lab)?;
        trouble_now = trouble(&mut counting.cluster, &place.host, &name, &args);
        counting.commit()?;
        if let Some(Trouble::Hangs { seconds }) = trouble_now {
            std::thread::sleep(Duration::from_secs(seconds));
        }
        session = Session::shared(&place.lab)?;
    }
    // What comes through a pipe is read before the lock is taken: its writer may need the lock itself.
    let mut early = Vec::new();
    let mut stdin: Box<dyn Read> = Box::new(io::stdin());
    if name == "tee" {
        stdin.read_to_end(&mut early)?;
        stdin = Box::new(io::Cursor::new(early));
    }
    if matches!(kind, Kind::Changing | Kind::Files) {
        session = Session::exclusive(&place.lab)?;
    }
    let request = Request {
        host: place.host.clone(),
        name,
        path,
        args,
        cwd,
        root: Some(root),
        lab: Some(place.lab.clone()),
        trouble: trouble_now,
    };
    let (output, record) = run(session.world(), request, &mut stdin);
    session.commit()?;
    if let Some(record) = record {
        log(&place.lab, &record)?;
    }
    // A reader that has gone away is no failure of the lab's.
    let _ = io::stdout().write_all(&output.stdout);
    let _ = io::stderr().write_all(&output.stderr);
    Ok(output.status as u8)
}

/// One line, written at once: lines of several programs never mix.
fn log(lab: &Path, record: &CallRecord) -> io::Result<()> {
    let mut line = serde_json::to_vec(record)?;
    line.push(b'\n');
    std::fs::File::options().append(true).create(true).open(lab.join("calls.jsonl"))?.write_all(&line)
}

/// A path of this machine as the host has it; a directory of a volume has no such path unless it is mounted, then the mount point's.
fn inside(path: &Path, root: &str) -> Option<String> {
    let rest = path.strip_prefix(root).ok()?.to_string_lossy().into_owned();
    Some(format!("/{rest}"))
}

/// The path it was called by, with links followed inside the host; a bare name was found in PATH.
fn called_path(session: &mut Session, place: &Place, root: &str, cwd: &str) -> String {
    let given = match (place.argv0.strip_prefix(root), place.argv0.contains('/')) {
        (Some(rest), _) => rest.to_string(),
        (None, true) if place.argv0.starts_with('/') => place.argv0.clone(),
        (None, true) => format!("{cwd}/{}", place.argv0),
        (None, false) => return place.base.clone(),
    };
    session.world().files(&place.host).resolve(&given, true).map_or(given, |p| p.path)
}
