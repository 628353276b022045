//! One thing that differs between two registration files, and what follows for resources.

use serde::Serialize;

/// What a change is about, in the guide's terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// A property of the type.
    Type,
    /// A method is declared that was not, or the other way round.
    MethodSet,
    /// A method has another path.
    MethodPath,
    /// A resource property is new and has a default.
    Added,
    /// A resource property is new, and a value has to be given.
    AddedRequired,
    /// A resource property is gone.
    Removed,
    /// The default of a resource property.
    Default,
    /// When a resource property may be changed.
    Tunability,
    /// A limit, the type or the literals of a resource property.
    Constraint,
    /// Whether it is the author's own, its description.
    Other,
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    pub subject: Subject,
    /// Of the type's property, the method or the resource property.
    pub name: String,
    pub was: Option<String>,
    pub is: Option<String>,
    /// What follows for resources that move to the new version.
    pub means: String,
}

impl Change {
    /// A value that differs; none when it does not.
    pub fn of_value(
        subject: Subject,
        name: &str,
        was: Option<String>,
        is: Option<String>,
    ) -> Option<Self> {
        if was == is {
            return None;
        }
        let means = match subject {
            Subject::Type => "it holds for all resources that have moved",
            Subject::MethodSet => "its code may need a change with it",
            Subject::MethodPath => "resources that have not moved still need the old path",
            _ => "",
        };
        Some(Self { subject, name: name.to_owned(), was, is, means: means.to_owned() })
    }

    /// The change in one line: `Retry_count: default 2 -> 4`.
    pub fn line(&self) -> String {
        let quoted = |text: &str| if text.is_empty() { "\"\"".to_owned() } else { text.to_owned() };
        match (&self.was, &self.is) {
            (Some(was), Some(is)) => format!("{}: {} -> {}", self.name, quoted(was), quoted(is)),
            (None, Some(is)) => format!("{}: new: {}", self.name, quoted(is)),
            (Some(was), None) => format!("{}: gone, was: {}", self.name, quoted(was)),
            (None, None) => self.name.clone(),
        }
    }
}
