//! How every command that works with the engine begins and ends: journal, log, terminal,
//! connections, signals, exit status. What is done in between is the command's own. Each command
//! behaves alike at a ^C or a lost line because all go through here.

use std::io::{IsTerminal, stderr, stdout};
use std::net::{SocketAddr, TcpStream};
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::connect::{Connections, connect};
use super::run_arguments::Previewed;
use super::run_log::RunLog;
use super::{RunArguments, complain, places, refuse};
use crate::engine::{Commands, Engine, Event, Options, Prompt, Sink, Stop, unknown_steps};
use crate::exit;
use crate::guide::Guide;
use crate::host::{Host, Hosts, ReadOnly, Watcher};
use crate::journal::{FileStore, Journal, MemoryStore, StepChoice, Store};
use crate::node::Inspect;
use crate::setting::Resolved;
use crate::ui::{
    Brief, Held, Json, Keyboard, Logged, Output, Plain, Terminal, TerminalPrompt, Unattended, Way,
    Work, acknowledge, explain_rest,
};

/// What a command does with an engine.
pub type EngineWork<'w> = &'w mut dyn FnMut(&mut Engine<'_>) -> Result<(), Stop>;

/// How a command connects to the hosts of a guide.
pub type Connect = fn(&Resolved, &Guide) -> Result<Connections, Stop>;

/// What a command may do on the nodes.
#[derive(Clone, Copy)]
enum Access {
    Looks(Connect),
    Changes,
}

/// Reads the profile, takes the journal, connects, and has the engine work.
pub fn work(
    arguments: &RunArguments,
    only: &[String],
    from: Option<&str>,
    work: EngineWork<'_>,
) -> ExitCode {
    let access = if arguments.preview.is_some() { Access::Looks(connect) } else { Access::Changes };
    run(arguments, access, only, from, work)
}

/// The same without the journal's lock, on hosts that refuse every change. `connect` says what the
/// command does while nodes do not answer.
pub fn look(arguments: &RunArguments, connect: Connect, work: EngineWork<'_>) -> ExitCode {
    run(arguments, Access::Looks(connect), &[], None, work)
}

fn run(
    arguments: &RunArguments,
    access: Access,
    only: &[String],
    from: Option<&str>,
    work: EngineWork<'_>,
) -> ExitCode {
    let (resolved, guide) = match arguments.load() {
        Ok(loaded) => loaded,
        Err(problems) => return refuse(&problems),
    };
    let known: Vec<&str> = guide.steps.iter().map(|step| step.id.as_str()).collect();
    let unknown = unknown_steps(&known, only.iter().map(String::as_str).chain(from));
    if !unknown.is_empty() {
        return refuse(&unknown);
    }

    let (log, kind) = match access {
        Access::Looks(_) => (None, Work::Looks),
        Access::Changes => (begin_log(arguments, &guide), Work::Changes),
    };

    let (sink, mut prompt, watcher) = ui(arguments, kind, log.clone());
    let mut sink = Logged::new(sink, log.as_ref().and_then(|log| log.files().ok()), places::now);
    let site = Site { resolved: &resolved, guide: &guide, access, watcher };
    let mut way = arguments.way();
    let chosen = Chosen { only, from, begun: &mut way.begun };

    let result = on_nodes(arguments, &site, chosen, &mut sink, prompt.as_mut(), work);
    let (result, is_due) = previewed(arguments, result, &mut sink);
    let failed = result.is_err();
    let status = finish(result, &mut sink, &way);
    let status = if is_due { ExitCode::from(exit::UNANSWERED) } else { status };
    tell_log(log.as_deref(), failed);
    status
}

/// The same on hosts that are connected already, with the journal's lock.
pub fn work_with(
    arguments: &RunArguments,
    guide: &Guide,
    hosts: Hosts<'_>,
    way: &Way,
    work: EngineWork<'_>,
) -> ExitCode {
    let previews = arguments.preview.is_some();
    let kind = if previews { Work::Looks } else { Work::Changes };
    let log = if previews { None } else { begin_log(arguments, guide) };
    let (sink, mut prompt, _) = ui(arguments, kind, log.clone());
    let mut sink = Logged::new(sink, log.as_ref().and_then(|log| log.files().ok()), places::now);

    let mut result = || {
        let (mut journal, options) = beginning(arguments, guide, &way.commands, previews)?;
        let guarded: Vec<ReadOnly<'_>> = hosts.values().map(|host| ReadOnly::new(*host)).collect();
        let hosts: Hosts<'_> = if previews { read_only(&guarded) } else { hosts.clone() };
        let interrupted = interrupt();
        let asked = move || interrupted.load(Ordering::Relaxed);
        let mut engine =
            Engine::new(guide, hosts, &mut journal, &mut sink, prompt.as_mut(), &options);
        engine.interrupted = &asked;
        engine.reach = &reach;
        work(&mut engine)
    };

    let result = result();
    let (result, is_due) = previewed(arguments, result, &mut sink);
    let failed = result.is_err();
    let status = finish(result, &mut sink, way);
    let status = if is_due { ExitCode::from(exit::UNANSWERED) } else { status };
    tell_log(log.as_deref(), failed);
    status
}

/// What `install` would find before its first change, and why it would end there. Nobody is asked,
/// and nothing is changed.
pub fn foresee(
    arguments: &RunArguments,
    guide: &Guide,
    connected: &Connections,
) -> (Vec<Event>, Result<(), Stop>) {
    let guarded: Vec<ReadOnly<'_>> = connected.values().map(|h| ReadOnly::new(h)).collect();
    let hosts = read_only(&guarded);
    let mut told: Vec<Event> = Vec::new();
    let mut nobody = Unattended { yes: false };

    let begun = beginning(arguments, guide, &arguments.profile.commands(), true);
    let result = begun.and_then(|(mut journal, options)| {
        Engine::new(guide, hosts, &mut journal, &mut told, &mut nobody, &options).foresee()
    });
    (told, result)
}

/// A preview ends where consent would be asked for: that is its end, and says what does it. With it
/// whether that something is to do is the answer.
fn previewed(
    arguments: &RunArguments,
    result: Result<(), Stop>,
    sink: &mut dyn Sink,
) -> (Result<(), Stop>, bool) {
    match (&arguments.preview, result) {
        (Some(Previewed { command, exit_code }), Err(Stop::Declined)) => {
            let summary = format!("calha changed nothing; to do this, type:\n  {command}");
            sink.tell(&Event::Ended { changed: 0, summary, why: None });
            (Ok(()), *exit_code)
        }
        (_, result) => (result, false),
    }
}

/// The log of a run beside its journal; where there can be none that is said, and is no reason not
/// to work.
fn begin_log(arguments: &RunArguments, guide: &Guide) -> Option<Rc<RunLog>> {
    let begun = arguments
        .state(&guide.cluster, &guide.profile)
        .and_then(|directory| RunLog::begin(&directory));
    begun.map(Rc::new).map_err(|problem| complain(&format!("this run has no log: {problem}"))).ok()
}

/// Where to read on after a run that ended early.
fn tell_log(log: Option<&RunLog>, failed: bool) {
    if let Some(log) = log.filter(|_| failed) {
        complain(&format!("log: {}", log.path.display()));
    }
}

/// Says why a run ended early and how to go on; the exit status.
pub fn finish(result: Result<(), Stop>, sink: &mut dyn Sink, way: &Way) -> ExitCode {
    match result {
        Ok(()) => ExitCode::from(exit::DONE),
        Err(stop) => {
            if let Stop::Failed(failure) = &stop
                && !failure.undone
            {
                sink.tell(&Event::Failed { failure: (**failure).clone() });
            }
            sink.tell(&Event::Ended {
                changed: 0,
                summary: format!("stopped before its end, status {}", exit::of(&stop)),
                why: Some(stop.reason()),
            });
            let said = explain_rest(&stop, way, &|code, what| sink.has_shown(code, what));
            sink.note(&said);
            complain(&said);
            ExitCode::from(exit::of(&stop))
        }
    }
}

/// Which steps a run is about, and whether the journal has it.
struct Chosen<'c> {
    only: &'c [String],
    from: Option<&'c str>,
    begun: &'c mut bool,
}

/// What a command works on.
struct Site<'s> {
    resolved: &'s Resolved,
    guide: &'s Guide,
    access: Access,
    /// Shows what long commands print.
    watcher: Option<Watcher>,
}

fn on_nodes(
    arguments: &RunArguments,
    site: &Site<'_>,
    chosen: Chosen<'_>,
    sink: &mut dyn Sink,
    prompt: &mut dyn Prompt,
    work: EngineWork<'_>,
) -> Result<(), Stop> {
    let guide = site.guide;
    let (looks, to_hosts): (bool, Connect) = match site.access {
        Access::Looks(connect) => (true, connect),
        Access::Changes => (false, connect),
    };
    let (mut journal, options) = beginning(arguments, guide, &arguments.profile.commands(), looks)?;
    let (only, from) = (chosen.only.to_vec(), chosen.from.map(str::to_owned));
    let mut options = Options { chosen: StepChoice { only, from }, ..options };

    // A signal that comes while nodes are being connected counts as well: the terminal's questions
    // listen for it already.
    let interrupted = interrupt();
    let connected = to_hosts(site.resolved, site.guide);
    if interrupted.load(Ordering::Relaxed) {
        return Err(Stop::Interrupted);
    }
    let mut connected = connected?;
    if let Some(watcher) = &site.watcher {
        connected.values_mut().for_each(|host| host.watched_by(watcher.clone()));
    }

    let guarded: Vec<ReadOnly<'_>> = connected.values().map(|h| ReadOnly::new(h)).collect();
    let hosts: Hosts<'_> = if looks { read_only(&guarded) } else { hosts(&connected) };

    let asked = move || interrupted.load(Ordering::Relaxed);
    let mut answered: Option<Guide> = None;
    loop {
        let guide = answered.as_ref().unwrap_or(guide);
        let mut engine =
            Engine::new(guide, hosts.clone(), &mut journal, &mut *sink, &mut *prompt, &options);
        engine.interrupted = &asked;
        engine.reach = &reach;
        let result = work(&mut engine);
        *chosen.begun = engine.can_be_resumed();
        match result {
            Err(Stop::Answered(answers)) => options.answered.extend(answers),
            ended => return ended,
        }

        // The steps follow from the settings: what was chosen makes others.
        let loaded = arguments.profile.load_answered(&options.answered);
        answered = Some(loaded.map_err(Stop::Blocked)?.1);
    }
}

/// The journal, with its lock unless it is only looked at, and who works.
fn beginning(
    arguments: &RunArguments,
    guide: &Guide,
    commands: &Commands,
    looks: bool,
) -> Result<(Journal, Options), Stop> {
    let directory =
        arguments.state(&guide.cluster, &guide.profile).map_err(|p| Stop::Blocked(vec![p]))?;
    let place = format!("{} with {}", places::who(), directory.display());
    let process = format!("process {}, since {}", std::process::id(), places::now());

    let store: Box<dyn Store> = if looks {
        let bytes = FileStore::peek(&directory)?;
        let closed = Some(FileStore::peek_closed(&directory)?).filter(|bytes| !bytes.is_empty());
        Box::new(MemoryStore::holding(bytes, closed.into_iter().collect()))
    } else {
        Box::new(FileStore::open(&directory, &format!("{place}, {process}"))?)
    };

    let journal = Journal::open(store, places::now)?;
    let told = looks || arguments.events.is_some() || arguments.rehearsal.is_some();
    let watch = !told && stderr().is_terminal() && stdout().is_terminal();

    let options = Options {
        accept: arguments.accept.clone(),
        answered: journal.history().answered.clone(),
        chosen: StepChoice::default(),
        watch,
        verbose: arguments.verbose,
        preview: arguments.preview.is_some(),
        commands: commands.clone(),
        place,
        process,
    };
    Ok((journal, options))
}

/// Tries a connection to the service from this machine, as a user's would be.
fn reach(address: SocketAddr) -> Result<(), String> {
    TcpStream::connect_timeout(&address, Duration::from_secs(1))
        .map(drop)
        .map_err(|e| e.to_string())
}

/// Hosts that refuse every change.
fn read_only<'h>(guarded: &'h [ReadOnly<'h>]) -> Hosts<'h> {
    guarded.iter().map(|h| (h.name().clone(), h as &dyn Host)).collect()
}

/// Hosts as an engine wants them.
pub fn hosts(connected: &Connections) -> Hosts<'_> {
    connected.iter().map(|(name, host)| (name.clone(), host as &dyn Host)).collect()
}

/// Set when somebody wants the run to end after the operation at hand.
pub fn interrupt() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    for signal in
        [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP]
    {
        // Where a signal cannot be caught it ends calha, which the journal survives.
        let _ = signal_hook::flag::register(signal, Arc::clone(&flag));
    }
    flag
}

/// Whether colours are wanted, and shown: <https://no-color.org>.
fn coloured() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let unable = std::env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
    !refused && !unable
}

/// Whoever is told, by what standard output and error are.
/// Whoever answers is a human only when both ends are a terminal.
pub fn ui(
    arguments: &RunArguments,
    kind: Work,
    log: Option<Rc<RunLog>>,
) -> (Box<dyn Sink>, Box<dyn Prompt>, Option<Watcher>) {
    let (mut bars, mut watcher, held) = (None, None, Held::default());
    let sink: Box<dyn Sink> = if arguments.rehearsal.is_some() {
        Box::new(Brief::new(Output))
    } else if arguments.events.is_some() {
        Box::new(Json::new(Output))
    } else if stderr().is_terminal() && stdout().is_terminal() {
        let terminal = Terminal::new(coloured(), (!arguments.verbose).then(|| held.clone()));
        (bars, watcher) = (Some(terminal.bars()), Some(terminal.watcher()));
        Box::new(terminal)
    } else {
        Box::new(Plain::new(Output))
    };

    acknowledge(kind, bars.clone());

    let yes = arguments.yes;
    match Keyboard::new() {
        Ok(keyboard) => {
            let note: Box<dyn Fn(&str)> = Box::new(move |said| {
                if let Some(log) = &log {
                    log.note(said);
                }
            });
            (
                sink,
                Box::new(TerminalPrompt {
                    yes,
                    bars,
                    keyboard,
                    colour: coloured(),
                    rest: false,
                    note,
                    held,
                }),
                watcher,
            )
        }
        Err(_) => (sink, Box::new(Unattended { yes }), watcher),
    }
}
