//! The profile on a command line with its `--set`, and what follows from both: settings, steps, and
//! the words with which a printed command names the profile again.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::{places, values, words};
use crate::engine::{Commands, Undertaking, typed_word};
use crate::guide::Guide;
use crate::journal::{FileStore, Journal, MemoryStore};
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
        let resolved = self.text().load(&self.set)?;
        self.load_answered(&answered(&resolved.settings.cluster.name, &self.name()))
    }

    /// The same with these settings as they were chosen.
    ///
    /// # Errors
    /// Everything that is missing or wrong.
    pub fn load_answered(
        &self,
        answered: &BTreeMap<String, String>,
    ) -> Result<(Resolved, Guide), Vec<Problem>> {
        let resolved = self.text().load_answered(&self.set, answered)?;
        let guide = Guide::of(&resolved, &self.name()).map_err(|p| vec![p])?;
        Ok((resolved, guide))
    }

    /// The profile's name: its file's, in characters that a path on a node may have.
    pub fn name(&self) -> String {
        let stem =
            self.file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let name: String = stem
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || "_-".contains(c) { c } else { '_' })
            .collect();
        if name.is_empty() { "profile".into() } else { name }
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

/// What was chosen for settings that the profile leaves open. What is wrong with a journal says
/// whoever works with it.
fn answered(cluster: &str, profile: &str) -> BTreeMap<String, String> {
    let kept = places::state(cluster, profile).ok().and_then(|at| FileStore::peek(&at).ok());
    let store = MemoryStore::holding(kept.unwrap_or_default(), Vec::new());
    let journal = Journal::open(Box::new(store), places::now);
    let open = journal.ok().filter(|journal| !journal.history().closed);
    open.map(|journal| journal.history().answered.clone()).unwrap_or_default()
}
