//! The calha executable under the name of a lab's program: it finds its host, its lab and its
//! path, then runs the program. A change happens under the lab's lock, but no program holds the
//! lock while it waits for a person or a pipe. What the programs do is in the program table or,
//! for those passed on, the machine's own.

use std::ffi::{OsStr, OsString};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use super::base::inside::Inside;
use super::base::{finding, last_line, own_entry, passing, started};
use super::dialogue::{self, Dialogue};
use super::full_disk::{self, Writes};
use super::program_table::{self, ELSEWHERE, Kind};
use super::request::Request;
use super::run::{flood, instead, is_awaited, questions, run, trouble};
use super::session::{Session, load};
use super::solaris::mounting;
use super::{CallRecord, Cluster, Trouble, daemon, machine_paths, service};
use crate::node::{NodeName, Output};

/// Runs the program of the lab that this process was started as; `None` when it is calha itself.
///
/// `argv` begins with the program's own name, `root` is the value of `CALHA_LAB_ROOT`. In a real
/// root nothing in the environment is needed: there the program comes under a name that it has
/// nowhere else.
pub fn program(argv: impl IntoIterator<Item = OsString>, root: Option<&OsStr>) -> Option<ExitCode> {
    let mut argv = argv.into_iter();
    let mut argv0 = argv.next()?;
    let real = argv0 == machine_paths::CALHA;
    let root = if real {
        argv0 = argv.next()?;
        Path::new(machine_paths::NODE)
    } else {
        Path::new(root.filter(|r| !r.is_empty())?)
    };

    let argv0 = argv0.to_string_lossy().into_owned();
    let base = argv0.rsplit('/').next().unwrap_or("").to_string();
    if base == service::DAEMON {
        return Some(daemon::main(&argv.collect::<Vec<_>>()));
    }

    let known = program_table::find(&base).is_some() || passing::find(&base).is_some();
    if !real && !known && !Path::new(&argv0).starts_with(root) {
        return None;
    }

    let args: Vec<String> = argv.map(|a| a.to_string_lossy().into_owned()).collect();
    Some(match on_host(root, real, &argv0, &base, args) {
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

fn on_host(root: &Path, real: bool, argv0: &str, base: &str, args: Vec<String>) -> io::Result<u8> {
    // Programs of a lab may be started with the root as the caller spells it; the lab's own files
    // have one spelling.
    let root = root.canonicalize()?;
    let host = NodeName(root.file_name().unwrap_or_default().to_string_lossy().into_owned());
    let lab =
        root.parent().and_then(Path::parent).ok_or(io::ErrorKind::InvalidInput)?.to_path_buf();
    let inside = Inside { root, real };
    let place = Place { inside, lab, host, argv0: argv0.into(), base: base.into() };
    let own = match base {
        "find" => finding::Asked::of(&args).is_some() || own_entry::Asked::of(&args).is_some(),
        "dd" => mounting::is_first_block(&args),
        "ps" => started::asked(&args).is_some(),
        _ => false,
    };
    match passing::find(base).filter(|_| !own).or_else(|| passing::streaming(base, &args)) {
        Some(passed) => passed_on(&place, passed, &args),
        None => native(place, args),
    }
}

struct Place {
    inside: Inside,
    lab: PathBuf,
    host: NodeName,
    argv0: String,
    base: String,
}

impl Place {
    /// A path of this machine as the host has it: on its own disk, or on a volume that is mounted
    /// there.
    fn as_host(&self, cluster: &Cluster, path: &Path) -> Option<String> {
        if let Ok(rest) = path.strip_prefix(&self.inside.root) {
            return Some(format!("/{}", rest.to_string_lossy()));
        }
        let Ok(below) = path.strip_prefix(self.lab.join("volumes")) else {
            return self.inside.real.then(|| path.to_string_lossy().into_owned());
        };

        let mut parts = below.components();
        let volume = parts.next()?.as_os_str().to_string_lossy().into_owned();
        let mount = cluster.mounts.iter().find(|m| m.host == self.host && m.volume == volume)?;
        let rest = Path::new(&mount.point).join(parts.as_path());
        Some(rest.to_string_lossy().trim_end_matches('/').into())
    }

    /// Whether what a command line writes has no room.
    fn is_full(&self, cluster: &Cluster, writes: &Writes<'_>) -> bool {
        let output = || full_disk::output_file().and_then(|real| self.as_host(cluster, &real));
        full_disk::refuses(cluster, &self.host, &self.inside.root, writes, output)
    }
}

/// Nothing runs on a host that is down.
fn down(place: &Place, cluster: &Cluster) -> Option<u8> {
    if cluster.hosts.get(&place.host).is_some_and(|m| m.up) {
        return None;
    }
    eprint_line(&format!("{}: {} is down", place.base, place.host));
    Some(255)
}

/// One look at the state, then this process becomes the machine's own command.
fn passed_on(place: &Place, passed: &passing::Passed, args: &[String]) -> io::Result<u8> {
    let cluster = load(&place.lab)?;
    if let Some(status) = down(place, &cluster) {
        return Ok(status);
    }

    let trouble =
        if is_awaited(&cluster, passed.name) { count(place, passed.name, args)? } else { None };
    if let Some(output) = trouble.as_ref().and_then(instead) {
        return Ok(show(&output));
    }

    if let Some(Trouble::Floods { lines }) = trouble {
        let _ = io::stdout().write_all(flood(lines).as_bytes());
    }

    if place.is_full(&cluster, &passed.writes(args)) {
        eprint_line(&format!("{}: write error: No space left on device", place.base));
        return Ok(2);
    }
    if matches!(trouble, Some(Trouble::Dies { .. })) {
        // Its work is done, but nobody hears of it.
        passing::pass_unheard(passed, args, &place.inside)?;
        return Ok(137);
    }
    if last_line::is_unseen(cluster.personality, passed.name) {
        return last_line::pass_seen(passed, args, &place.inside);
    }

    passing::pass(passed, args, &place.inside)
}

/// Counts the call against the faults that wait for it, under the lock; who hangs hangs here,
/// without it.
fn count(place: &Place, name: &str, args: &[String]) -> io::Result<Option<Trouble>> {
    let mut counting = Session::exclusive(&place.lab)?;
    let found = trouble(&mut counting.cluster, &place.host, name, args);
    counting.commit()?;
    if let Some(Trouble::Hangs { seconds }) = found {
        std::thread::sleep(Duration::from_secs(seconds));
    }
    Ok(found)
}

fn native(place: Place, args: Vec<String>) -> io::Result<u8> {
    let patient = is_patient(&place.base);
    let open =
        || if patient { Session::shared(&place.lab) } else { Session::exclusive(&place.lab) };
    let mut session = open()?;
    if let Some(status) = down(&place, &session.cluster) {
        return Ok(status);
    }

    let mut request = request(&mut session, &place, args);
    let kind = program_table::find(&request.name).map(|e| e.kind).ok_or(io::ErrorKind::NotFound)?;
    if is_awaited(&session.cluster, &request.name) {
        drop(session);
        request.trouble = count(&place, &request.name, &request.args)?;
        session = open()?;
    }

    let mut stdin: Box<dyn Read> = Box::new(io::stdin());
    if request.name == "tee" {
        let mut early = Vec::new();
        stdin.read_to_end(&mut early)?;
        stdin = Box::new(io::Cursor::new(early));
    }

    if request.trouble.as_ref().and_then(instead).is_none() {
        let questions = questions(&mut session.world(), &request);
        request.dialogue = dialogue::ask(questions, &mut stdin, &mut io::stdout())?;
    }

    if patient && changes(kind) {
        session = Session::exclusive(&place.lab)?;
    }

    let (mut output, record) = run(session.world(), request, &mut stdin);
    if !output.stdout.is_empty() && place.is_full(&session.cluster, &Writes::Files(Vec::new())) {
        let line = format!("{}: write error: No space left on device\n", place.base);
        output = Output { status: 2, stdout: Vec::new(), stderr: line.into_bytes() };
    }

    session.commit()?;
    if let Some(record) = record {
        log(&place.lab, &record)?;
    }

    Ok(show(&output))
}

fn changes(kind: Kind) -> bool {
    matches!(kind, Kind::Changing | Kind::Files)
}

/// Whether a program begins without the lab's lock.
///
/// Most programs that change something take it at once. Who asks or reads a pipe must not hold it
/// meanwhile: whoever answers may need it.
fn is_patient(name: &str) -> bool {
    program_table::find(name).is_none_or(|e| {
        !changes(e.kind) || e.directory == ELSEWHERE || matches!(e.name, "tee" | "perl")
    })
}

/// What is called, as the host sees it.
fn request(session: &mut Session, place: &Place, args: Vec<String>) -> Request {
    let root = place.inside.root.to_string_lossy().into_owned();
    let cwd = std::env::current_dir()
        .ok()
        .and_then(|here| place.as_host(&session.cluster, &here))
        .unwrap_or_else(|| "/".into());
    let path = called_path(session, place, &root, &cwd);
    let name = session.cluster.programs.get(&path).cloned().unwrap_or_else(|| place.base.clone());

    Request {
        host: place.host.clone(),
        name,
        path,
        args,
        cwd,
        root: Some(root),
        lab: Some(place.lab.clone()),
        trouble: None,
        dialogue: Dialogue::Silent,
    }
}

/// A reader that has gone away is no failure of the lab's.
fn show(output: &Output) -> u8 {
    let _ = io::stdout().write_all(&output.stdout);
    let _ = io::stderr().write_all(&output.stderr);
    output.status as u8
}

/// One line, written at once: lines of several programs never mix.
fn log(lab: &Path, record: &CallRecord) -> io::Result<()> {
    let mut line = serde_json::to_vec(record)?;
    line.push(b'\n');
    std::fs::File::options()
        .append(true)
        .create(true)
        .open(lab.join("calls.jsonl"))?
        .write_all(&line)
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
