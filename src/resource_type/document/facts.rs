//! What only the author of a type knows, for the page that administrators get.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::resource_type::Answers;

/// A TOML file beside the registration files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct AuthorFacts {
    /// Where the package puts the new registration file on a node.
    pub file: Option<String>,
    /// Whether every node needs the new version before the first resource moves.
    pub all_nodes_first: bool,
    /// Earlier versions whose files the package still has.
    pub carries: Vec<String>,
    /// Sentences that belong on the page.
    pub notes: Vec<String>,
    /// The packaging questions, by earlier version.
    pub from: BTreeMap<String, Answers>,
    /// How to make the values of a property conform, by property.
    pub conform: BTreeMap<String, String>,
    /// What has to change in resources of other types.
    pub other_resource: Vec<OtherResource>,
}

/// A change in resources of another type.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct OtherResource {
    /// The type, or the resources as administrators know them.
    pub of: String,
    /// What has to be done to them, a sentence.
    pub change: String,
}

impl AuthorFacts {
    /// Reads a file of facts.
    ///
    /// # Errors
    /// What is wrong with the TOML, with its line.
    pub fn read(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }
}
