//! `calha new` and the completion of a profile for `install --record`. A profile is written whole
//! or not at all and never over one that is there; answers of an interrupted interview are kept as
//! a draft. Which questions are asked is decided by `interview`.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::connect::connector;
use super::unanswered::unanswered;
use super::{add_instance, complain, places, print, refuse, values};
use crate::engine::Commands;
use crate::file::{open_own, own_bytes};
use crate::host::ShellHost;
use crate::interview::{Interview, Known};
use crate::node::{NodeName, NodePath, Sum};
use crate::problem::{Problem, codes};
use crate::profile::{self, ProfileFile};
use crate::setting::{Answers, assign, evaluate, reached, resolve};
use crate::text::wrapped;
use crate::ui::{Decided, Interviewed, Interviewer, Keyboard, width};
use crate::{exit, file};

/// Longest record of an interview, in bytes.
const LONGEST_WAY: u64 = 16 << 20;

/// What stands at the head of a new profile.
const HEAD: [&str; 3] = [
    "Profile of calha, written by calha new.",
    "Lines with two signs explain, lines with one sign show the default: remove the sign to \
     change it.",
    "Check it with: calha profile check FILE",
];

/// `calha new`: the questions, a summary, a commented profile.
#[derive(Args)]
#[command(after_help = "Examples: calha new site.toml\n          \
                        calha new site.toml --set cluster.model=symmetric\n          \
                        calha new --add-instance site.toml\n\
                        It does not ask what --set answers, and goes on with an interrupted \
                        interview.")]
pub struct New {
    /// The profile to write; by default the cluster's name with .toml, in this directory.
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Answer a setting here; may be repeated.
    #[arg(long = "set", value_name = "KEY=VALUE", add = ArgValueCandidates::new(values::keys))]
    set: Vec<String>,
    /// Add another instance of N+1 to FILE: a table at its end; nothing else changes.
    #[arg(long, requires = "file")]
    add_instance: bool,
}

impl New {
    pub fn run(&self) -> ExitCode {
        if let Some(file) = self.file.as_deref().filter(|_| self.add_instance) {
            return add_instance::run(file, &self.set);
        }
        if let Some(problem) = self.file.as_deref().and_then(occupied) {
            return refuse(&[problem]);
        }
        let mut given = Answers::new();
        self.set.iter().for_each(|assignment| assign(&mut given, assignment));
        if !given.problems().is_empty() {
            return refuse(given.problems());
        }
        match Keyboard::new() {
            Ok(keyboard) => self.ask(&keyboard, given),
            Err(_) => self.write_if_complete(&Interview::new(given)),
        }
    }

    fn ask(&self, keyboard: &Keyboard, given: Answers) -> ExitCode {
        let draft = match Draft::of(self.file.as_deref()) {
            Ok(draft) => draft,
            Err(problem) => return refuse(&[problem]),
        };
        let mut interview = Interview::new(given.clone());
        if let Some((answers, way)) = draft.read() {
            match keyboard.decide("calha has kept your answers. Go on? [Y/n] > ", true) {
                Decided::Yes => {
                    let answers = answers.layer(given);
                    interview = match way {
                        Some(way) => way.resumed(answers),
                        None => Interview::new(answers),
                    };
                }
                Decided::No => {}
                Decided::End => return ExitCode::from(exit::UNANSWERED),
                Decided::Interrupted => return ExitCode::from(exit::INTERRUPTED),
            }
        }

        let target =
            self.file.as_ref().map_or_else(|| "the profile".into(), |f| f.display().to_string());
        introduce();

        let mut keep = |interview: &Interview| draft.keep(interview);
        let mut read = |interview: &Interview, node: &str| learn(interview.answers(), node);
        let mut interviewer = Interviewer {
            keyboard,
            keep: &mut keep,
            read: &mut read,
            purpose: format!("writes {target}"),
        };

        let status = match interviewer.run(&mut interview) {
            Interviewed::Complete => {
                let status = self.write_if_complete(&interview);
                if status == ExitCode::SUCCESS {
                    draft.forget();
                }
                return status;
            }
            Interviewed::Interrupted => exit::INTERRUPTED,
            Interviewed::Left => exit::UNANSWERED,
        };

        let way = self.file.as_ref().map_or_else(|| "calha new".into(), |f| named(f).of("new"));
        complain(&format!("nothing was written; the answers are kept\nnext: {way}, which goes on"));
        ExitCode::from(status)
    }

    /// Writes the profile, or says what nobody answered.
    fn write_if_complete(&self, interview: &Interview) -> ExitCode {
        let answers = interview.answers();
        let missing = evaluate(answers).missing;
        let problems = resolve(answers).err().unwrap_or_default();
        if !(problems.is_empty() && missing.is_empty()) {
            return unanswered(&missing, problems);
        }

        let name = interview.text("cluster.name").unwrap_or_else(|| "site".into());
        let file = self.file.clone().unwrap_or_else(|| PathBuf::from(format!("{name}.toml")));
        match create(&file, answers) {
            Ok(()) => {
                let shown = file.display();
                let file = named(&file).profile();
                print(&format!(
                    "{shown} is written. Next:\n  \
                     calha rehearse {file}   all of it on a simulated cluster\n  \
                     calha check {file}      who answers at the end of each connection\n  \
                     calha plan {file}       every command and change; changes nothing\n  \
                     calha install {file}    asks before each step\n"
                ))
            }
            Err(problem) => {
                complain(&problem.to_string());
                ExitCode::from(exit::FAILED)
            }
        }
    }
}

/// What somebody has to know before the first question.
fn introduce() {
    let mut intro = String::new();
    wrapped(
        &mut intro,
        "",
        "calha asks what has no good default and shows everything before it writes.",
        width(),
    );
    wrapped(
        &mut intro,
        "",
        "? explains a question, < goes back, ^C leaves and keeps the answers.",
        width(),
    );
    complain(intro.trim_end());
}

/// Asks a node what it knows, by the connection that the answers give it: ssh, unless they say
/// something else.
fn learn(answers: &Answers, node: &str) -> Result<Known, Problem> {
    let (connection, becoming) = reached(answers, node)?;
    let name = NodeName(node.to_owned());
    let without = becoming.iter().filter_map(|given| given.password.as_ref()?.variable());
    let without = without.collect();
    let connector = connector(&name, &connection, becoming.as_ref(), without)?;
    let record =
        NodePath::new("/var/opt/calha").map_err(|why| Problem::new(codes::HOST_ERROR, why))?;
    let failed =
        |error: crate::node::HostError| Problem::new(codes::HOST_UNREACHABLE, error.to_string());
    let host = ShellHost::connect(connector, &record).map_err(failed)?;
    Known::read(&host).map_err(failed)
}

/// A profile that is there is never written over.
pub fn occupied(file: &Path) -> Option<Problem> {
    let directory = file.parent().filter(|d| !d.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !directory.is_dir() {
        let problem = Problem::new(codes::PROFILE_UNWRITABLE, "there is no such directory")
            .at(directory.display().to_string());
        return Some(problem.hint("make it, or name a file in another one"));
    }
    if fs::symlink_metadata(file).is_ok() {
        let what = "this file is there already, and is not written over";
        let remedy =
            format!("name another file, or edit it and run {}", named(file).of("profile check"));
        let problem = Problem::new(codes::PROFILE_EXISTS, what);
        return Some(problem.at(file.display().to_string()).hint(remedy));
    }

    let why = file::place(file).err()?;
    let problem = Problem::new(codes::PROFILE_UNWRITABLE, why.to_string());
    Some(problem.at(file.display().to_string()).hint("name a file in a directory of your own"))
}

/// The profile in commands that are printed.
fn named(file: &Path) -> Commands {
    Commands { profile: file.into(), ..Commands::default() }
}

/// What is missing is asked at a terminal, for a profile that is to be written to `file`.
///
/// # Errors
/// What is wrong or has no answer, and the exit status that says so.
pub fn complete(answers: Answers, quiet: bool, file: &Path) -> Result<Answers, (Vec<Problem>, u8)> {
    if let Some(problem) = occupied(file) {
        return Err((vec![problem], exit::USAGE));
    }
    let Err(problems) = resolve(&answers) else { return Ok(answers) };
    let is_open =
        |p: &Problem| p.code == codes::SETTING_MISSING || p.code == codes::SETTING_INCOMPLETE;
    if !problems.iter().all(is_open) {
        return Err((problems, exit::USAGE));
    }

    let keyboard = match Keyboard::new() {
        Ok(keyboard) if !quiet => keyboard,
        _ => return Err((problems, exit::UNANSWERED)),
    };

    let mut interview = Interview::new(answers);
    let (mut keep, mut read) =
        (|_: &Interview| {}, |interview: &Interview, node: &str| learn(interview.answers(), node));
    let purpose = format!("writes {} and goes on", file.display());
    let mut interviewer =
        Interviewer { keyboard: &keyboard, keep: &mut keep, read: &mut read, purpose };
    match interviewer.run(&mut interview) {
        Interviewed::Complete => Ok(interview.answers().clone()),
        Interviewed::Interrupted => Err((Vec::new(), exit::INTERRUPTED)),
        Interviewed::Left => Err((Vec::new(), exit::UNANSWERED)),
    }
}

/// Makes the profile, whole or not at all; never over one that is there.
///
/// # Errors
/// A file that is there, or cannot be made.
pub fn create(file: &Path, answers: &Answers) -> Result<(), Problem> {
    let text = profile::write(&HEAD, answers)?;
    if let Some(problem) = occupied(file) {
        return Err(problem);
    }
    let unwritable = |error: std::io::Error| {
        Problem::new(codes::PROFILE_UNWRITABLE, error.to_string())
            .at(file.display().to_string())
            .hint("name a file in a directory that is there and yours; the answers are kept")
    };
    file::create(file, text.as_bytes()).map_err(unwritable)
}

/// The answers of an interview that has not come to its end.
struct Draft {
    answers: PathBuf,
    /// What was asked, and what a node said.
    way: PathBuf,
}

impl Draft {
    /// The draft for a profile that is to be written.
    fn of(file: Option<&Path>) -> Result<Self, Problem> {
        let here = std::env::current_dir().unwrap_or_default();
        let target = here.join(file.unwrap_or(Path::new("")));
        let sum = Sum::of(target.to_string_lossy().as_bytes()).crc;
        let stem = file
            .and_then(Path::file_stem)
            .map_or_else(|| "new".into(), |s| s.to_string_lossy().into_owned());
        let directory = places::drafts()?;
        Ok(Self {
            answers: directory.join(format!("{stem}-{sum}.toml")),
            way: directory.join(format!("{stem}-{sum}.json")),
        })
    }

    fn read(&self) -> Option<(Answers, Option<Interview>)> {
        // What somebody else could have written there are no answers of this user's.
        file::own(self.answers.parent()?).ok()?;
        open_own(&self.answers, fs::File::options().read(true)).ok()?;
        let way = own_bytes(&self.way, LONGEST_WAY).ok();
        let way = way.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Some((ProfileFile::read(&self.answers).answers(), way))
    }

    /// Keeps what there is; that it cannot is said, and is no reason to stop.
    fn keep(&self, interview: &Interview) {
        if interview.answers().iter().next().is_none() && interview.known().is_none() {
            return self.forget();
        }

        let written = || -> Result<(), Problem> {
            let text = profile::write(
                &["The answers of an interview that is not complete."],
                interview.answers(),
            )?;
            let failed = |e: std::io::Error| Problem::new(codes::PROFILE_UNWRITABLE, e.to_string());
            if let Some(directory) = self.answers.parent() {
                file::make_own(directory).map_err(|error| failed(error.why))?;
                fs::set_permissions(directory, fs::Permissions::from_mode(0o700))
                    .map_err(failed)?;
            }
            replace(&self.answers, &text).map_err(failed)?;

            let way = serde_json::to_string(interview)
                .map_err(|e| Problem::new(codes::PROFILE_UNWRITABLE, e.to_string()))?;
            replace(&self.way, &way).map_err(failed)
        };

        if let Err(problem) = written() {
            complain(&format!("calha cannot keep the answers so far: {problem}"));
        }
    }

    fn forget(&self) {
        let _ = fs::remove_file(&self.answers);
        let _ = fs::remove_file(&self.way);
    }
}

fn replace(file: &Path, text: &str) -> std::io::Result<()> {
    let scratch = file.with_extension(format!("{}", std::process::id()));
    let _ = fs::remove_file(&scratch);
    let mut new = fs::OpenOptions::new();
    let mut kept = new.write(true).create_new(true).mode(0o600).open(&scratch)?;
    kept.write_all(text.as_bytes())?;
    kept.sync_all()?;
    fs::rename(&scratch, file)
}
