//! `calha rt bump`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::{input, values};
use crate::cli::{complain, print, refuse};
use crate::document::diff;
use crate::resource_type::{Earlier, Tunability, bump};
use crate::text::wrapped;

/// `calha rt bump`: another version of a type.
#[derive(Args)]
#[command(after_help = "Examples: calha rt bump SUNW.nfs --to 3.3\n          \
                        calha rt bump SUNW.nfs --to 3.3 --from 3.2=ANYTIME\n          \
                        calha rt bump SUNW.nfs --to 3.3 --dry-run")]
pub struct Bump {
    /// The registration (RTR) file; calha changes it in its place.
    file: PathBuf,
    /// The new RT_version.
    #[arg(long, value_name = "VERSION")]
    to: String,
    /// An earlier version and when its resources may move; may be repeated. Without a version
    /// (=TUNABILITY) it is a type that has none.
    #[arg(
        long,
        value_name = "VERSION=TUNABILITY",
        value_parser = earlier,
        add = ArgValueCandidates::new(values::moves)
    )]
    from: Vec<Earlier>,
    /// Show what would change, and change nothing.
    #[arg(long)]
    dry_run: bool,
}

fn earlier(word: &str) -> Result<Earlier, String> {
    let words = || Tunability::ALL.map(Tunability::word).join(", ");
    let (version, tunability) = word
        .split_once('=')
        .ok_or_else(|| format!("write VERSION=TUNABILITY, with one of {}", words()))?;
    let tunability = Tunability::parse(tunability)
        .ok_or_else(|| format!("{tunability} is not one of {}", words()))?;
    Ok(Earlier { version: version.trim_matches('"').to_owned(), tunability })
}

impl Bump {
    pub fn run(&self) -> ExitCode {
        let path = self.file.display().to_string();
        let file = match input::read(&self.file) {
            Ok(file) => file,
            Err(problem) => return refuse(&[problem]),
        };
        let bumped = match bump(&file, &self.to, &self.from) {
            Ok(bumped) => bumped,
            Err(problem) => return refuse(&[problem.at(path)]),
        };

        let changes = diff(file.bytes(), &bumped.bytes, &path);
        if !self.dry_run
            && !changes.is_empty()
            && let Err(problem) = input::write(&self.file, &bumped.bytes)
        {
            return refuse(&[problem]);
        }
        for note in &bumped.notes {
            let mut told = String::new();
            wrapped(&mut told, "note: ", note, 80);
            complain(told.trim_end());
        }
        if changes.is_empty() {
            complain(&format!("{path}: nothing to change"));
        }
        print(&changes)
    }
}
