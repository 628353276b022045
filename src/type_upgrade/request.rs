//! What somebody asks for.

/// An upgrade as it is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The type without its version.
    pub base: String,
    pub to: String,
    /// Only these resources; none named: all of the type.
    pub resources: Vec<String>,
    pub properties: Vec<Assignment>,
    /// A version between the two.
    pub via: Option<String>,
    /// Resources that cannot move are deleted and made again.
    pub recreate: bool,
    /// Versions that no resource has any more are unregistered.
    pub unregister_old: bool,
}

/// `NAME=VALUE`, or `RESOURCE:NAME=VALUE` for one resource only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    pub resource: Option<String>,
    pub name: String,
    pub value: String,
}

impl Assignment {
    /// Reads one; nothing where it is of another form.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, value) = text.split_once('=')?;
        let (resource, name) = match name.split_once(':') {
            Some((resource, name)) => (Some(resource.to_owned()), name),
            None => (None, name),
        };
        let named = !name.is_empty() && resource.as_ref().is_none_or(|r| !r.is_empty());
        named.then(|| Self { resource, name: name.to_owned(), value: value.to_owned() })
    }
}
