//! `calha report` on the command line: journal and logs are read, a page is written. It takes no
//! lock, connects to no node and changes nothing but the file that it is told to write.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::of_journal::OfJournal;
use super::{ProfileArguments, complain, places, print, refuse, run_log};
use crate::guide::Guide;
use crate::journal::{FileStore, History, Journal, JournalError, MemoryStore};
use crate::problem::{Problem, codes};
use crate::report::{Report, Told, told};
use crate::ui::explain_way;
use crate::{exit, file};

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Paper {
    /// Markdown.
    Md,
    /// One page that needs nothing else, for the screen and for paper.
    Html,
}

/// `calha report`: the hand-over report of an installation. Connects to no node.
#[derive(Args)]
#[command(
    after_help = "Examples: calha report site.toml --format html --out hand-over.html\n          \
                  calha report site.toml | less\n          \
                  calha report site.toml --upgrade SUNW.nfs\n\
                  After an uninstallation it is the report of the removal. \
                  It is made of the journal and of the logs of the runs beside it; calha verify \
                  says how things are now."
)]
pub struct ReportCommand {
    #[command(flatten)]
    profile: ProfileArguments,
    #[command(flatten)]
    of: OfJournal,
    #[arg(long, value_enum, default_value_t = Paper::Md)]
    format: Paper,
    /// Write it into this file instead of to standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Makes a report of what a journal and the logs of its runs say, and who makes it when.
type Make<'m> = dyn Fn(&History, &Told, &str) -> Result<Report, Problem> + 'm;

impl ReportCommand {
    pub fn run(&self) -> ExitCode {
        match self.of.find(&self.profile) {
            Ok(Some(other)) => {
                let commands = other.commands(&self.profile);
                self.of_journal(&other.guide, &|history, told, made| {
                    Report::of_other_work(&other.guide, history, told, &commands, made)
                })
            }
            Ok(None) => match self.profile.load() {
                Ok((resolved, guide)) => self.of_journal(&guide, &|history, told, made| {
                    let commands = self.profile.commands();
                    Report::of(&resolved, &guide, history, told, &commands, made)
                }),
                Err(problems) => refuse(&problems),
            },
            Err(problems) => refuse(&problems),
        }
    }

    fn of_journal(&self, guide: &Guide, report: &Make<'_>) -> ExitCode {
        let directory = match places::state(&guide.cluster, &guide.profile) {
            Ok(directory) => directory,
            Err(problem) => return refuse(&[problem]),
        };
        let journal = kept(&directory).and_then(|bytes| {
            Journal::open(Box::new(MemoryStore::holding(bytes, Vec::new())), String::new)
        });
        let journal = match journal {
            Ok(journal) => journal,
            Err(error) => {
                let stop = error.into();
                complain(&explain_way(&stop, &self.profile.way()));
                return ExitCode::from(exit::of(&stop));
            }
        };

        let runs = run_log::events(&directory);
        let made = format!(
            "Made {} by {} with calha {}.",
            places::now(),
            places::who(),
            env!("CARGO_PKG_VERSION")
        );
        let told = told(runs.iter().map(String::as_str));
        let report = report(journal.history(), &told, &made);

        let text = report.and_then(|report| match self.format {
            Paper::Md if self.out.is_none() && std::io::stdout().is_terminal() => {
                report.to_read().markdown()
            }
            Paper::Md => report.markdown(),
            Paper::Html => report.html(),
        });
        match (text, &self.out) {
            (Ok(text), None) => print(&text),
            (Ok(text), Some(out)) => written(out, &text, &self.profile.file),
            (Err(problem), _) => refuse(&[problem]),
        }
    }
}

/// The journal of the directory; where nothing is installed any more, that of the removal.
fn kept(directory: &Path) -> Result<Vec<u8>, JournalError> {
    let open = FileStore::peek(directory)?;
    if open.is_empty() { FileStore::peek_closed(directory) } else { Ok(open) }
}

fn written(out: &Path, text: &str, profile: &Path) -> ExitCode {
    match file::write(out, text.as_bytes(), Some(profile)) {
        Ok(()) => print(&format!("{}\n", out.display())),
        Err(error) => {
            let problem = Problem::new(codes::REPORT_UNWRITABLE, error.to_string())
                .at(out.display().to_string());
            complain(&problem.to_string());
            ExitCode::from(exit::FAILED)
        }
    }
}
