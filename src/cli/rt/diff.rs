//! `calha rt diff`.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::input;
use crate::cli::{print, refuse};
use crate::exit;
use crate::problem::{Problem, codes};
use crate::resource_type::{
    self as rt, Answers, Diff as Difference, Packaging, Path, QUESTIONS, RegistrationFile,
    packaging,
};
use crate::text::wrapped;
use crate::ui;

/// `calha rt diff`: what changed between two versions, what follows, and what table 4-1 says.
#[derive(Args)]
#[command(after_help = "Examples: calha rt diff old/SUNW.nfs new/SUNW.nfs\n          \
                        calha rt diff old.rt new.rt --old-methods old/bin --new-methods new/bin\
                        \n          calha rt diff old.rt new.rt --answers compatibility.toml")]
pub struct Diff {
    /// The registration (RTR) file of the earlier version.
    old: PathBuf,
    /// The registration (RTR) file of the new version.
    new: PathBuf,
    /// The directory of the earlier version's methods: what changed is then looked up, not asked.
    #[arg(long, value_name = "DIR", requires = "new_methods")]
    old_methods: Option<PathBuf>,
    /// The directory of the new version's methods.
    #[arg(long, value_name = "DIR", requires = "old_methods")]
    new_methods: Option<PathBuf>,
    /// Answers to the packaging questions, a TOML file: method-code = true, and so on.
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    /// Ask nothing, even on a terminal.
    #[arg(long)]
    batch: bool,
    /// How it is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Diff {
    pub fn run(&self) -> ExitCode {
        let (old, new) = match (input::read(&self.old), input::read(&self.new)) {
            (Ok(old), Ok(new)) => (old, new),
            (old, new) => {
                let problems: Vec<Problem> = [old.err(), new.err()].into_iter().flatten().collect();
                return refuse(&problems);
            }
        };
        let diff = Difference::of(&old, &new);
        let answers = match self.answers(&old, &new) {
            Ok(answers) => answers,
            Err(problem) => return refuse(&[problem]),
        };
        let Some(answers) = self.asked(&diff, answers) else {
            return ExitCode::from(exit::INTERRUPTED);
        };

        let packaging = packaging(&diff, &answers);
        print(&match self.format {
            Format::Text => text(&diff, &packaging),
            Format::Json => format!("{:#}\n", json(&diff, &packaging)),
        })
    }

    /// From the file of answers, then from the directories.
    fn answers(&self, old: &RegistrationFile, new: &RegistrationFile) -> Result<Answers, Problem> {
        let mut answers = Answers::default();
        if let Some(path) = &self.answers {
            let problem = |why: String| {
                Problem::new(codes::RTR_ANSWERS, why).at(path.display().to_string()).hint(format!(
                    "it takes true or false for {}",
                    QUESTIONS.map(|q| q.0).join(", ")
                ))
            };
            let bytes = input::bytes(path).map_err(|e| problem(format!("cannot be read: {e}")))?;
            answers = Answers::read(&String::from_utf8_lossy(&bytes)).map_err(problem)?;
        }
        if let (Some(before), Some(after)) = (&self.old_methods, &self.new_methods) {
            let found = rt::compared((old, before), (new, after)).map_err(|why| {
                Problem::new(codes::RTR_METHODS, why)
                    .hint("name the directories that hold the methods of the two versions")
            })?;
            answers = answers.or(&found);
        }
        Ok(answers)
    }

    /// Asks what is open, where somebody is there; nothing when that was interrupted.
    fn asked(&self, diff: &Difference, mut answers: Answers) -> Option<Answers> {
        let somebody = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        if self.batch || self.format == Format::Json || !somebody {
            return Some(answers);
        }
        let mut put: Vec<&str> = Vec::new();
        while let Some(name) =
            packaging(diff, &answers).open.into_iter().find(|name| !put.contains(name))
        {
            let (_, question) = QUESTIONS.into_iter().find(|(own, _)| *own == name)?;
            put.push(name);
            let said = ui::yes_no_or_unknown(question)?;
            if let Some(place) = answers.get(name) {
                *place = said;
            }
        }
        Some(answers)
    }
}

fn text(diff: &Difference, packaging: &Packaging) -> String {
    let mut out = String::new();
    if let Some((was, is)) = &diff.renamed {
        wrapped(
            &mut out,
            "",
            &format!(
                "{is} is another type than {was}: no resource can move from one to the other."
            ),
            80,
        );
        return out;
    }
    for change in &diff.changes {
        wrapped(&mut out, "", &change.line(), 80);
        wrapped(&mut out, "    ", &change.means, 80);
    }
    if diff.changes.is_empty() {
        out.push_str("no declaration changed\n");
    }

    out.push('\n');
    versions(diff, &mut out);
    out.push('\n');
    table(packaging, &mut out);
    out
}

fn versions(diff: &Difference, out: &mut String) {
    let shown = |version: &str| if version.is_empty() { "none" } else { version }.to_owned();
    let (was, is) = (shown(&diff.old_version), shown(&diff.new_version));
    wrapped(out, "version: ", &format!("{was} -> {is}"), 80);

    if diff.old_version == diff.new_version && !diff.changes.is_empty() {
        let what = "the declarations changed and RT_version did not: change it, for example with \
                    calha rt bump";
        wrapped(out, "note:    ", what, 80);
    }
    let says = match diff.tunability() {
        None => "the new file has no #$upgrade: resources are deleted and created again".to_owned(),
        Some(tunability) => {
            format!("the new file lets resources of {was} move {}", tunability.when())
        }
    };
    wrapped(out, "upgrade: ", &says, 80);
}

fn table(packaging: &Packaging, out: &mut String) {
    if !packaging.register {
        wrapped(out, "register:   ", "nothing; no resource moves", 80);
    }

    match packaging.tunability {
        Some(tunability) => wrapped(out, "tunability: ", tunability.word(), 80),
        None if packaging.register => {
            let what = format!("{} or stricter; the two texts say no more", packaging.floor);
            wrapped(out, "tunability: ", &what, 80);
        }
        None => {}
    }

    wrapped(out, "table 4-1:  ", packaging.row, 80);
    wrapped(out, "packaging:  ", packaging.scheme, 80);
    if packaging.register {
        let what = "the new registration file may take the place of the old one only where nobody \
                    has to register the old version again";
        wrapped(out, "file:       ", what, 80);
    }

    if packaging.methods == Path::Overwrite && packaging.register {
        let what = "resources that have not moved run the new methods from then on";
        wrapped(out, "mind:       ", what, 80);
    }

    for (name, question) in QUESTIONS.iter().filter(|(name, _)| packaging.open.contains(name)) {
        wrapped(out, "open:       ", &format!("{name}: {question}"), 80);
    }
    if let Some(name) = packaging.open.first() {
        let what = format!(
            "with --answers FILE, a TOML file of lines such as {name} = false; or with \
             --old-methods DIR --new-methods DIR, which are compared"
        );
        wrapped(out, "answer:     ", &what, 80);
    }
}

fn json(diff: &Difference, packaging: &Packaging) -> serde_json::Value {
    serde_json::json!({
        "version": 1,
        "renamed": diff.renamed.as_ref().map(|(was, is)| [was, is]),
        "old_version": diff.old_version,
        "new_version": diff.new_version,
        "upgrade_aware": diff.upgrade.aware,
        "declared_tunability": diff.tunability(),
        "changes": diff.changes,
        "packaging": packaging,
    })
}
