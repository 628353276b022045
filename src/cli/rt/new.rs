//! `calha rt new`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::{input, values};
use crate::cli::{complain, print, refuse};
use crate::exit;
use crate::op::quote;
use crate::problem::Problem;
use crate::resource_type::{DRAFT_QUESTIONS, Draft, DraftQuestion};
use crate::text::wrapped;
use crate::ui::{Keyboard, Typed, width};

/// `calha rt new`: a registration file from a few answers.
#[derive(Args)]
#[command(after_help = "Examples: calha rt new\n          \
                        calha rt new ACME.queue --set vendor=ACME --set port=515/tcp\n          \
                        calha rt new --batch --set vendor=ACME --set name=queue\n\
                        Keys of --set: vendor, name, description, version, basedir, template \
                        (plain, agent-builder),\n\
                        mode (failover, scalable, multi-master), port, monitor (yes, no), upgrade \
                        (yes, no).")]
pub struct New {
    /// The file to write; by default VENDOR.NAME, in this directory. calha never writes over one
    /// that is there.
    file: Option<PathBuf>,
    /// Answer a question here; may be repeated.
    #[arg(
        long = "set",
        value_name = "KEY=VALUE",
        add = ArgValueCandidates::new(values::answers)
    )]
    set: Vec<String>,
    /// Ask nothing, even on a terminal: calha assumes what you do not give.
    #[arg(long)]
    batch: bool,
}

impl New {
    pub fn run(&self) -> ExitCode {
        let mut draft = Draft::default();
        let wrong: Vec<Problem> =
            self.set.iter().filter_map(|assignment| draft.assign(assignment).err()).collect();
        if !wrong.is_empty() {
            return refuse(&wrong);
        }
        if let (false, Ok(keyboard)) = (self.batch, Keyboard::new()) {
            let status = asked(&keyboard, &mut draft);
            if status != exit::DONE {
                complain("nothing was written");
                return ExitCode::from(status);
            }
        }

        let open = draft.open();
        for question in &open {
            let (key, help) = (question.key, question.help);
            complain(&format!("{key} has no answer, and there is no terminal to ask on: {help}"));
            complain(&format!("  hint: --set {key}=..."));
        }
        if !open.is_empty() {
            return ExitCode::from(exit::UNANSWERED);
        }
        self.write(&draft)
    }

    fn write(&self, draft: &Draft) -> ExitCode {
        let name = format!("{}.{}", draft.answer("vendor"), draft.answer("name"));
        let file = self.file.clone().unwrap_or_else(|| PathBuf::from(name));
        let written = draft.render().and_then(|text| input::create(&file, text.as_bytes()));
        match written {
            Ok(()) => {
                let path = file.display().to_string();
                let word = quote(&path);
                print(&format!(
                    "{path} is written. Look at what it says is assumed. Next:\n  \
                     calha rt lint {word}\n  calha rt show {word}\n"
                ))
            }
            Err(problem) => refuse(&[problem]),
        }
    }
}

/// Asks what was not given. `?` explains, `<` goes back to the answer before.
fn asked(keyboard: &Keyboard, draft: &mut Draft) -> u8 {
    let open: Vec<&DraftQuestion> =
        DRAFT_QUESTIONS.iter().filter(|question| !draft.is_given(question)).collect();
    complain("Enter takes what stands in brackets, ? explains, < goes back, ^C leaves.");

    let mut at = 0;
    while let Some(question) = open.get(at) {
        let offered = draft.offered(question);
        let shown = offered.as_ref().map(|text| format!(" [{text}]")).unwrap_or_default();
        let line = match keyboard.ask(&format!("{}{shown} > ", question.prompt)) {
            Typed::Line(line) => line.trim().to_owned(),
            Typed::End => return exit::UNANSWERED,
            Typed::Interrupted => return exit::INTERRUPTED,
        };
        match (line.as_str(), offered) {
            ("?", _) => tell(question.help),
            ("<", _) => {
                at = at.saturating_sub(1);
                draft.forget(open[at]);
            }
            ("", Some(_)) => at += 1,
            (answer, _) => match draft.give(question, answer) {
                Ok(()) => at += 1,
                Err(why) => tell(&format!("that cannot be taken; it has to be: {why}")),
            },
        }
    }
    exit::DONE
}

fn tell(text: &str) {
    let mut out = String::new();
    wrapped(&mut out, "  ", text, width());
    complain(out.trim_end());
}
