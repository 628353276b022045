//! Several profiles for a command that only looks, such as `check` or `verify`. Each runs in a
//! process of its own, so that nothing that happens to one cluster touches another's answer.
//! Commands that change anything take one profile.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::Args;
use walkdir::WalkDir;

use super::{Form, complain, print};
use crate::engine::typed_word;
use crate::exit;
use crate::text::wrapped;
use crate::ui::printed_width;

/// More profiles than one, for a command that only looks.
#[derive(Args, Clone, Debug)]
pub struct Many {
    /// More profiles; a directory stands for every .toml file in it and below.
    #[arg(value_name = "PROFILE")]
    more: Vec<PathBuf>,
    /// How many profiles calha looks at together.
    #[arg(long, value_name = "N", default_value = "4")]
    jobs: NonZero<usize>,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub format: Form,
}

/// The lines of a table that say what one profile answered.
pub type Row = fn(&serde_json::Value) -> Vec<String>;

/// What became of one profile.
struct Answered {
    profile: PathBuf,
    status: i32,
    out: String,
    err: String,
}

impl Many {
    /// Whether there is more to do than this one profile.
    pub fn is_needed(&self, first: &Path) -> bool {
        !self.more.is_empty() || first.is_dir()
    }

    /// Runs the command once for each profile, each in a process of its own, so that nothing one
    /// cluster does touches another's answer. The status is the highest of all.
    pub fn run(&self, command: &str, first: &Path, options: &[String]) -> ExitCode {
        self.run_and_sum_up(command, first, options, None)
    }

    /// The same, and what each answers as data becomes a row of one table.
    pub fn table(&self, command: &str, first: &Path, options: &[String], row: Row) -> ExitCode {
        let mut options = options.to_vec();
        options.extend(["--format", "json"].map(String::from));
        self.run_and_sum_up(command, first, &options, Some(row))
    }

    fn run_and_sum_up(
        &self,
        command: &str,
        first: &Path,
        options: &[String],
        row: Option<Row>,
    ) -> ExitCode {
        let profiles = match self.profiles(first) {
            Ok(profiles) => profiles,
            Err(why) => {
                complain(&why);
                return ExitCode::from(exit::USAGE);
            }
        };
        let program = match std::env::current_exe() {
            Ok(program) => program,
            Err(error) => {
                complain(&format!("calha's own program: {error}"));
                return ExitCode::from(exit::FAILED);
            }
        };
        let one = |profile: &PathBuf| answer_of(&program, command, options, profile);

        let next = AtomicUsize::new(0);
        let answers = Mutex::new(Vec::new());

        std::thread::scope(|scope| {
            let work = || {
                while let Some(profile) = profiles.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let answered = one(profile);
                    if self.format == Form::Text && row.is_none() {
                        tell(&answered);
                    }
                    answers
                        .lock()
                        .unwrap_or_else(std::sync::PoisonError::into_inner)
                        .push(answered);
                }
            };
            // This thread works as well: where the machine starts no more, it does all of it.
            for _ in 1..self.jobs.get().min(profiles.len()) {
                let _ = std::thread::Builder::new().spawn_scoped(scope, work);
            }
            work();
        });

        let mut answers = answers.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        answers.sort_by(|a, b| a.profile.cmp(&b.profile));
        match row.filter(|_| self.format == Form::Text) {
            Some(row) => tabulate(command, &answers, row),
            None => self.sum_up(&answers),
        }
        ExitCode::from(
            answers
                .iter()
                .map(|a| u8::try_from(a.status).unwrap_or(exit::FAILED))
                .max()
                .unwrap_or(exit::DONE),
        )
    }

    fn sum_up(&self, answers: &[Answered]) {
        if self.format == Form::Json {
            let one = |a: &Answered| {
                let answer =
                    serde_json::from_str(&a.out).unwrap_or_else(|_| serde_json::json!(a.out));
                serde_json::json!({
                    "profile": a.profile.to_string_lossy(),
                    "status": a.status,
                    "answer": answer,
                    "messages": a.err,
                })
            };
            let all: Vec<_> = answers.iter().map(one).collect();
            print(&format!("{:#}\n", serde_json::json!({ "version": 1, "profiles": all })));
            return;
        }

        let good = answers.iter().filter(|a| a.status == 0).count();
        let mut out = format!("{good} of {} profiles are as they should be\n", answers.len());
        for answered in answers.iter().filter(|a| a.status != 0) {
            out.push_str(&format!(
                "  {}: status {}\n",
                answered.profile.display(),
                answered.status
            ));
        }
        print(&out);
    }

    /// All profiles, each once, in the order of their names.
    fn profiles(&self, first: &Path) -> Result<Vec<PathBuf>, String> {
        let mut all = Vec::new();
        for given in std::iter::once(first).chain(self.more.iter().map(PathBuf::as_path)) {
            if !given.is_dir() {
                all.push(given.to_owned());
                continue;
            }
            let before = all.len();
            for entry in WalkDir::new(given).sort_by_file_name() {
                let entry = entry.map_err(|e| format!("{}: {e}", given.display()))?;
                if entry.file_type().is_file()
                    && entry.path().extension().is_some_and(|e| e == "toml")
                {
                    all.push(entry.into_path());
                }
            }
            if all.len() == before {
                return Err(format!("{}: there is no .toml file in it", given.display()));
            }
        }
        all.sort();
        all.dedup();
        Ok(all)
    }
}

/// Has one profile's command run in a process of its own.
fn answer_of(program: &Path, command: &str, options: &[String], profile: &Path) -> Answered {
    let words = std::iter::once(command).chain(options.iter().map(String::as_str));
    let output =
        Command::new(program).args(words).arg("--").arg(profile).stdin(Stdio::null()).output();

    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (status, out, err) = match output {
        Ok(output) => {
            let ended = output.status.code().unwrap_or_else(|| i32::from(exit::FAILED));
            (ended, text(&output.stdout), text(&output.stderr))
        }
        Err(error) => {
            let why = format!("calha's own program cannot be started: {error}");
            (i32::from(exit::FAILED), String::new(), why)
        }
    };
    Answered { profile: profile.to_owned(), status, out, err }
}

/// A row for each profile, and below it what it answered; where that is no data, how it is read.
fn tabulate(command: &str, answers: &[Answered], row: Row) {
    let mut out = String::new();
    for answered in answers {
        let name = answered.profile.display();
        let is = if answered.status == 0 { "yes" } else { "NO" };
        out.push_str(&format!("{is:<4} {name}\n"));

        let told = match serde_json::from_str(&answered.out) {
            Ok(answer) => row(&answer),
            Err(_) => {
                let first = answered.err.lines().next().unwrap_or("it says nothing");
                let word = typed_word(answered.profile.as_os_str());
                vec![first.to_owned(), format!("next: calha {command} {word}")]
            }
        };
        for line in told {
            // A command is to be copied.
            match line.starts_with("next: ") {
                true => out.push_str(&format!("     {line}\n")),
                false => wrapped(&mut out, "     ", &line, printed_width()),
            }
        }
    }
    let good = answers.iter().filter(|a| a.status == 0).count();
    print(&format!("{out}{good} of {} profiles are as they should be\n", answers.len()));
}

/// A profile's answer, in one piece: those of others do not come in between.
fn tell(answered: &Answered) {
    let mut text = format!("{} (status {})\n", answered.profile.display(), answered.status);
    for line in answered.out.lines().chain(answered.err.lines()) {
        text.push_str(&format!("  {line}\n"));
    }
    print(&text);
}
