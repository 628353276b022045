//! `calha rt document`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::input;
use crate::cli::{complain, print, refuse};
use crate::problem::{Problem, codes};
use crate::resource_type::{AuthorFacts, RegistrationFile, Shown, UpgradePage, compared};
use crate::text::wrapped;

/// `calha rt document`: what an administrator has to know who upgrades resources of a type.
#[derive(Args)]
#[command(after_help = "Examples: calha rt document old.rt new.rt > UPGRADE.md\n          \
                        calha rt document 1.rt 2.rt --facts facts.toml --format html\n          \
                        calha rt document 1.rt 2.rt --old-methods 1/bin --new-methods 2/bin\n\
                        Keys of the facts, a TOML file: file, all-nodes-first, carries, notes, \
                        [from.\"VERSION\"] with the\n\
                        packaging questions (method-code, monitor-code), [conform] with a \
                        sentence for a property,\n\
                        [[other-resource]] with of and change.")]
pub struct Document {
    /// The registration (RTR) files of the earlier versions, then that of the new one.
    #[arg(required = true, num_args = 2.., value_names = ["OLD", "NEW"])]
    files: Vec<PathBuf>,
    /// The directory of an earlier version's methods, one for each OLD in their order: what
    /// changed is then looked up.
    #[arg(long, value_name = "DIR", requires = "new_methods")]
    old_methods: Vec<PathBuf>,
    /// The directory of the new version's methods.
    #[arg(long, value_name = "DIR", requires = "old_methods")]
    new_methods: Option<PathBuf>,
    /// What only the author knows, a TOML file.
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
    /// How it is written.
    #[arg(long, value_enum, default_value_t = Format::Markdown)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Markdown,
    Html,
}

impl Document {
    pub fn run(&self) -> ExitCode {
        match self.page() {
            Ok((page, text)) => {
                for (version, questions) in page.open() {
                    let names = questions.join(", ");
                    let mut told = String::new();
                    let what = format!("not known for {version}: {names}; give it with --facts");
                    wrapped(&mut told, "", &what, 80);
                    complain(told.trim_end());
                }
                print(&text)
            }
            Err(problems) => refuse(&problems),
        }
    }

    fn page(&self) -> Result<(UpgradePage, String), Vec<Problem>> {
        let mut facts = self.read_facts().map_err(|problem| vec![problem])?;
        let read = self.files.iter().map(|path| input::read(path));
        let (files, wrong): (Vec<_>, Vec<_>) = read.partition(Result::is_ok);
        let wrong: Vec<Problem> = wrong.into_iter().filter_map(Result::err).collect();
        if !wrong.is_empty() {
            return Err(wrong);
        }

        let files: Vec<RegistrationFile> = files.into_iter().filter_map(Result::ok).collect();
        let Some((new, olds)) = files.split_last() else { return Err(Vec::new()) };
        self.compare(olds, new, &mut facts).map_err(|problem| vec![problem])?;
        let page = UpgradePage::of(olds, new, &facts).map_err(|problem| vec![problem])?;
        let text = match self.format {
            Format::Markdown => page.markdown(),
            Format::Html => page.html(),
        };
        Ok((page, text.map_err(|problem| vec![problem])?))
    }

    /// Answers what the author has not said from the directories of methods.
    fn compare(
        &self,
        olds: &[RegistrationFile],
        new: &RegistrationFile,
        facts: &mut AuthorFacts,
    ) -> Result<(), Problem> {
        let Some(after) = &self.new_methods else { return Ok(()) };
        if self.old_methods.len() != olds.len() {
            let (dirs, files) = (self.old_methods.len(), olds.len());
            let what = format!("--old-methods is given {dirs} times for {files} earlier files");
            return Err(Problem::new(codes::RT_DOCUMENT, what)
                .hint("give it once for each of them, in the same order"));
        }

        for (old, before) in olds.iter().zip(&self.old_methods) {
            let found = compared((old, before), (new, after)).map_err(|why| {
                Problem::new(codes::RTR_METHODS, why)
                    .hint("name the directories that hold the methods of these versions")
            })?;
            let version = Shown::of(old).and_then(|shown| shown.version).unwrap_or_default();
            let answers = facts.from.entry(version).or_default();
            *answers = std::mem::take(answers).or(&found);
        }
        Ok(())
    }

    fn read_facts(&self) -> Result<AuthorFacts, Problem> {
        let Some(path) = &self.facts else { return Ok(AuthorFacts::default()) };
        let problem = |why: String| {
            Problem::new(codes::RT_DOCUMENT, why)
                .at(path.display().to_string())
                .hint("calha rt document --help has the keys")
        };
        let bytes = input::bytes(path).map_err(|e| problem(format!("cannot be read: {e}")))?;
        AuthorFacts::read(&String::from_utf8_lossy(&bytes)).map_err(problem)
    }
}
