use std::process::ExitCode;

use clap::Args;

use super::print;
use crate::availability::models;
use crate::wrapped::wrapped;

/// `calha models`: table 6-1, to choose by.
#[derive(Args)]
#[command(after_help = "How long each is down, with your own figures: calha downtime")]
pub struct ModelsCommand {}

impl ModelsCommand {
    pub fn run(&self) -> ExitCode {
        let mut out = String::new();
        for model in models() {
            wrapped(&mut out, &format!("{} ({})  ", model.name, model.section), model.what, 78);
            for (sign, lines) in [("  +  ", model.advantages), ("  -  ", model.drawbacks)] {
                lines.iter().for_each(|line| wrapped(&mut out, sign, line, 78));
            }
            wrapped(&mut out, "  recommended for  ", model.recommended, 78);
            out.push('\n');
        }
        out.push_str("How long each is down, with your own figures: calha downtime\n");
        print(&out)
    }
}
