//! `calha rt document`: the page that the second guide demands for administrators, from the
//! registration files of the versions and from what only the author knows.
//!
//! What the files do not say and the author has not said is called not known on the page.

mod earlier;
mod facts;

use serde::Serialize;
use tera::{Context, Tera};

pub use earlier::{ChangedProperty, EarlierVersion};
pub use facts::{AuthorFacts, OtherResource};

use super::show::ShownUpgrade;
use super::{Diff, RegistrationFile, Shown};
use crate::problem::{Problem, codes};

const PAGE: &str = include_str!("../../../templates/type-upgrade.html.tera");
const MARKDOWN: &str = include_str!("../../../templates/type-upgrade.md.tera");

/// The page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UpgradePage {
    /// `ACME.queue`.
    pub name: String,
    pub version: String,
    pub registered_as: String,
    pub description: Option<String>,
    /// Where the registration file is on a node.
    pub file: String,
    /// Example 4-2 of the guide.
    pub when: Vec<WhenRow>,
    pub from: Vec<EarlierVersion>,
    pub all_nodes_first: bool,
    pub carries: Vec<String>,
    pub other_resources: Vec<OtherResource>,
    pub notes: Vec<String>,
}

/// An earlier version and when its resources may move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WhenRow {
    pub version: String,
    pub when: &'static str,
}

impl WhenRow {
    fn of(upgrade: &ShownUpgrade) -> Self {
        let version = match upgrade.version.as_deref() {
            None => "every other version".to_owned(),
            Some(version) => earlier::title(version),
        };
        Self { version, when: upgrade.when }
    }
}

impl UpgradePage {
    /// Puts it together.
    ///
    /// # Errors
    /// A file that names no type, or another one than the new file.
    pub fn of(
        olds: &[RegistrationFile],
        new: &RegistrationFile,
        facts: &AuthorFacts,
    ) -> Result<Self, Problem> {
        let nameless = || {
            Problem::new(codes::RT_DOCUMENT, "the new file does not name a type and its version")
                .hint("calha rt lint says what is missing")
        };
        let shown = Shown::of(new).ok_or_else(nameless)?;
        let version = shown.version.clone().ok_or_else(nameless)?;
        for old in olds {
            if let Some((was, is)) = Diff::of(old, new).renamed {
                let what = format!("{was} and {is} are two types: no resource moves between them");
                return Err(Problem::new(codes::RT_DOCUMENT, what)
                    .hint("name files of earlier versions of the same type"));
            }
        }

        Ok(Self {
            file: facts.file.clone().unwrap_or_else(|| "PATH-OF-THE-NEW-FILE".to_owned()),
            when: shown.upgrades.iter().map(WhenRow::of).collect(),
            from: olds.iter().map(|old| EarlierVersion::of(old, new, facts)).collect(),
            all_nodes_first: facts.all_nodes_first,
            carries: facts.carries.clone(),
            other_resources: facts.other_resource.clone(),
            notes: facts.notes.clone(),
            name: shown.name,
            registered_as: shown.registered_as,
            description: shown.description,
            version,
        })
    }

    /// What the author has not answered: the earlier version's title and the questions.
    pub fn open(&self) -> impl Iterator<Item = (&str, &[&'static str])> {
        let open = self.from.iter().filter(|from| !from.open.is_empty());
        open.map(|from| (from.title.as_str(), &from.open[..]))
    }

    /// Markdown.
    ///
    /// # Errors
    /// A template that does not fit: a mistake of calha.
    pub fn markdown(&self) -> Result<String, Problem> {
        self.render(MARKDOWN, false)
    }

    /// One page that needs nothing else.
    ///
    /// # Errors
    /// As [`UpgradePage::markdown`].
    pub fn html(&self) -> Result<String, Problem> {
        self.render(PAGE, true)
    }

    fn render(&self, template: &str, escape: bool) -> Result<String, Problem> {
        let unfit = |error: tera::Error| {
            Problem::new(codes::RT_DOCUMENT, format!("the page cannot be written: {error}"))
        };
        let context = Context::from_serialize(self).map_err(unfit)?;
        Tera::one_off(template, &context, escape).map_err(unfit)
    }
}
