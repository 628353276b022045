//! `calha lab destroy`: ends what runs in a simulated cluster and removes it, after a question.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{complain, print};
use crate::engine::{Prompt, Reply, typed_word};
use crate::exit;
use crate::lab::{Demolition, Tenant};
use crate::ui::{Held, Keyboard, TerminalPrompt, Unattended};

/// `calha lab destroy`: the end of a lab.
#[derive(Args)]
#[command(after_help = "Example: calha lab destroy /tmp/lab\n\
                        It ends shells on its nodes, and its services. What is not the lab's \
                        own stays.")]
pub struct LabDestroy {
    directory: PathBuf,
    /// Ask nothing.
    #[arg(long)]
    yes: bool,
}

impl LabDestroy {
    pub fn run(&self) -> ExitCode {
        let shown = self.directory.display();
        let lab = match Demolition::of(&self.directory) {
            Ok(lab) => lab,
            Err(error) => {
                complain(&format!("{shown}: {error}\n  hint: nothing was removed"));
                return ExitCode::from(exit::FAILED);
            }
        };
        let here = std::env::var_os("CALHA_LAB_ROOT").unwrap_or_default();
        if PathBuf::from(here).starts_with(lab.directory()) {
            complain(&format!("{shown}: this shell is on a node of it\n  hint: leave it first"));
            return ExitCode::from(exit::FAILED);
        }

        match self.consent(&lab) {
            Reply::Yes => self.destroy(&lab),
            Reply::Interrupted => ExitCode::from(exit::INTERRUPTED),
            Reply::No => {
                complain("Nothing was removed.");
                ExitCode::from(exit::UNANSWERED)
            }
            Reply::Nobody => {
                let word = typed_word(self.directory.as_os_str());
                complain(&format!(
                    "{shown}: calha has no terminal to ask on, and removed nothing\n\
                     next: calha lab destroy {word} --yes"
                ));
                ExitCode::from(exit::UNANSWERED)
            }
        }
    }

    fn consent(&self, lab: &Demolition) -> Reply {
        let question = match lab.tenants().len() {
            0 => format!("remove the lab {}?", lab.directory().display()),
            1 => format!("end 1 process and remove the lab {}?", lab.directory().display()),
            n => format!("end {n} processes and remove the lab {}?", lab.directory().display()),
        };
        match Keyboard::new() {
            Ok(keyboard) => TerminalPrompt {
                yes: self.yes,
                bars: None,
                keyboard,
                colour: false,
                rest: false,
                note: Box::new(|_| {}),
                held: Held::default(),
            }
            .consent(&question),
            Err(_) => Unattended { yes: self.yes }.consent(&question),
        }
    }

    fn destroy(&self, lab: &Demolition) -> ExitCode {
        let removed = lab.evict().and_then(|ended| {
            for Tenant { pid, name } in ended {
                print(&format!("ended {name} (process {pid})\n"));
            }
            lab.raze()
        });

        let shown = lab.directory().display();
        match removed {
            Ok(strange) if strange.is_empty() => print(&format!("removed {shown}\n")),
            Ok(strange) => {
                let strange = strange.join(", ");
                print(&format!(
                    "removed the lab in {shown}\n\
                     the directory stays, for it holds what is not the lab's: {strange}\n"
                ))
            }
            Err(error) => {
                let word = typed_word(self.directory.as_os_str());
                complain(&format!(
                    "{error}\n  hint: put that right, then type: calha lab destroy {word}"
                ));
                ExitCode::from(exit::FAILED)
            }
        }
    }
}
