//! The simulated cluster of a rehearsal: in a scratch directory that goes at the end, or in one
//! that is kept. What is rehearsed there is not known here.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::complain;
use crate::lab::{Disk, Personality};
use crate::setting::Settings;
use crate::{exit, file};

/// A fresh simulated cluster and its directory.
pub struct RehearsalLab {
    pub lab: Disk,
    pub directory: PathBuf,
    kept: bool,
}

impl RehearsalLab {
    /// Makes it, in `keep` where that is given.
    ///
    /// # Errors
    /// The exit status, where there can be none; why is said.
    pub fn create(
        keep: Option<&Path>,
        on: Personality,
        settings: &Settings,
    ) -> Result<Self, ExitCode> {
        let temporary = std::env::temp_dir();
        let failed = |at: &Path, error: std::io::Error| {
            complain(&format!("{}: {error}", at.display()));
            ExitCode::from(exit::FAILED)
        };
        let directory = match keep {
            Some(keep) => keep.to_path_buf(),
            None => file::scratch(&temporary, "calha-rehearsal")
                .map_err(|error| failed(&temporary, error))?,
        };

        let made = std::env::current_exe()
            .and_then(|program| Disk::create_on(on, &directory, settings, &program));
        match made {
            Ok(lab) => Ok(Self { lab, directory, kept: keep.is_some() }),
            Err(error) => {
                let status = failed(&directory, error);
                if keep.is_none() {
                    remove(&directory);
                }
                Err(status)
            }
        }
    }

    /// Removes it, or says where it stays.
    pub fn put_away(self) {
        if self.kept {
            complain(&format!("the simulated cluster stays in {}", self.directory.display()));
        } else {
            remove(&self.directory);
        }
    }
}

fn remove(directory: &Path) {
    if let Err(error) = std::fs::remove_dir_all(directory) {
        complain(&format!("{}: {error}", directory.display()));
    }
}
