use serde::{Deserialize, Serialize};

/// An extension property that a resource type declares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    pub name: String,
    /// STRING, STRINGARRAY, BOOLEAN, INT or ENUM: the first line that scha_resource_get prints.
    pub kind: String,
    /// `None` = a value must be given at creation.
    pub default: Option<String>,
    /// When it may be changed, in upper case: ANYTIME, WHEN_DISABLED, AT_CREATION, NONE.
    #[serde(default)]
    pub tunable: String,
}
