//! `calha profile check`: everything that is wrong with a file, and no host is asked.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::{print, refuse, values};
use crate::profile;

/// `calha profile check`: the file alone.
#[derive(Args)]
#[command(after_help = "Example: calha profile check profiles/asymmetric.toml\n\
                        Exit status: 0 no problem, 2 one or more, each with its line.")]
pub struct ProfileCheck {
    /// The profile, a TOML file.
    file: PathBuf,
    /// Answer a setting here instead of in the file; may be repeated.
    #[arg(long = "set", value_name = "KEY=VALUE", add = ArgValueCandidates::new(values::keys))]
    set: Vec<String>,
}

impl ProfileCheck {
    /// Prints the problems, or one line that there are none.
    pub fn run(&self) -> ExitCode {
        match profile::load(&self.file, &self.set) {
            Ok(resolved) => {
                let given =
                    resolved.values.values().filter(|(_, origin)| origin.is_given()).count();
                print(&format!(
                    "{}: {} settings in use, {given} of them given; no problem\n",
                    self.file.display(),
                    resolved.values.len()
                ))
            }
            Err(problems) => refuse(&problems),
        }
    }
}
