//! The profile on a command line with its `--set`, and what follows from both: settings, steps, and
//! the words with which a printed command names the profile again.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::{loading, values, words};
use crate::engine::{Commands, Undertaking, typed_word};
use crate::guide::Guide;
use crate::problem::Problem;
use crate::profile::ProfileFile;
use crate::setting::Resolved;
use crate::ui::Way;

/// The profile that a command works with.
#[derive(Args, Clone, Debug)]
pub struct ProfileArguments {
    /// The profile, a TOML file.
    #[arg(value_name = "PROFILE")]
    pub file: PathBuf,
    /// Answer a setting here instead of in the file; may be repeated.
    #[arg(long = "set", value_name = "KEY=VALUE", add = ArgValueCandidates::new(values::keys))]
    pub set: Vec<String>,
    /// What the file held when this command first read it.
    #[arg(skip)]
    read: OnceCell<Box<ProfileFile>>,
}

impl ProfileArguments {
    /// A profile that was not named as the first word of a command.
    pub fn new(file: PathBuf, set: Vec<String>) -> Self {
        Self { file, set, read: OnceCell::new() }
    }

    /// The file as it was when this command first read it.
    pub fn text(&self) -> &ProfileFile {
        self.read.get_or_init(|| Box::new(ProfileFile::read(&self.file)))
    }

    /// The settings and the steps that follow from them. What somebody chose in an earlier run
    /// counts where the profile says nothing.
    ///
    /// # Errors
    /// Everything that is missing or wrong.
    pub fn load(&self) -> Result<(Resolved, Guide), Vec<Problem>> {
        loading::load(self.text(), &self.set, &self.name())
    }

    /// The same with these settings as they were chosen.
    ///
    /// # Errors
    /// Everything that is missing or wrong.
    pub fn load_answered(
        &self,
        answered: &BTreeMap<String, String>,
    ) -> Result<(Resolved, Guide), Vec<Problem>> {
        loading::load_answered(self.text(), &self.set, &self.name(), answered)
    }

    /// The profile's name: its file's, in characters that a path on a node may have.
    pub fn name(&self) -> String {
        loading::name(&self.file)
    }

    /// The options of the command line that came with it, as they were typed.
    pub fn options(&self) -> Vec<String> {
        self.set.iter().flat_map(|s| ["--set".to_owned(), s.clone()]).collect()
    }

    /// What the profile is called in commands that are printed.
    pub fn commands(&self) -> Commands {
        Commands {
            profile: self.file.clone().into(),
            set: self.set.clone(),
            of: Undertaking::Installation,
        }
    }

    /// How to go on after a command that only looks, or that is gone on with by itself.
    pub fn way(&self) -> Way {
        let words = words::typed().into_iter().map(|word| typed_word(&word));
        let same = std::iter::once("calha".to_owned()).chain(words).collect::<Vec<_>>().join(" ");
        Way::again(same, self.commands())
    }

    /// The profile's path as it was typed.
    pub fn path(&self) -> String {
        self.file.display().to_string()
    }
}
