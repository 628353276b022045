use std::process::ExitCode;

use clap::Args;

use super::{ProfileArguments, print, refuse};
use crate::guide::explain;

/// `calha explain`: what the guide says there, what is wrong with it, and what calha does.
#[derive(Args)]
#[command(
    after_help = "Examples: calha explain ha-block profiles/asymmetric.toml\n          calha explain E34 profiles/asymmetric.toml"
)]
pub struct ExplainCommand {
    /// A step (vfstab-entry), a row of the guide (A17) or an erratum (E34).
    #[arg(value_name = "TOPIC")]
    topic: String,
    #[command(flatten)]
    profile: ProfileArguments,
}

impl ExplainCommand {
    pub fn run(&self) -> ExitCode {
        match self.profile.load() {
            Err(problems) => refuse(&problems),
            Ok((_, guide)) => match explain(&self.topic, &guide, 80) {
                Ok(text) => print(&text),
                Err(problem) => refuse(&[problem]),
            },
        }
    }
}
