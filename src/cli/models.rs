//! `calha models` on the command line: prints table 6-1.

use std::process::ExitCode;

use clap::Args;

use super::print;
use crate::ui::models_text;

/// `calha models`: table 6-1, to choose by.
#[derive(Args)]
#[command(after_help = "Example: calha models\n\
                        How long each is down, with your own figures: calha downtime")]
pub struct ModelsCommand {}

impl ModelsCommand {
    pub fn run(&self) -> ExitCode {
        print(&format!(
            "{}How long each is down, with your own figures: calha downtime\n",
            models_text(78)
        ))
    }
}
