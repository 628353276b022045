//! A path on a node, a type of its own so that a path of this machine (`PathBuf`) never takes its
//! place. Every value is absolute, normalised, and free of characters that a shell or a table would
//! read as syntax. Whether anything stands there is a question to the host.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A path on a node: absolute, normalised, free of anything a shell or a table could take for
/// something else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NodePath(String);

impl NodePath {
    /// Takes an absolute path without `.`/`..`/empty components, made of `[A-Za-z0-9_./,:=+@%-]`.
    ///
    /// White space, quotes and everything else that vfstab, `scrgadm` lists or the Bourne shell
    /// would read as syntax is refused, with the reason in the error.
    pub fn new(text: impl Into<String>) -> Result<Self, String> {
        let text = text.into();
        if !text.starts_with('/') {
            return Err(format!(
                "'{}' is not an absolute path; begin it with '/'",
                text.escape_debug()
            ));
        }

        if let Some(bad) = text.chars().find(|&c| !Self::allows(c)) {
            return Err(format!(
                "'{}' contains {bad:?}, which cannot stand in a path on a node",
                text.escape_debug()
            ));
        }

        if text == "/" {
            return Ok(Self(text));
        }

        for part in text[1..].split('/') {
            match part {
                "" => {
                    return Err(format!(
                        "'{text}' has an empty component; write single slashes and no slash at the \
                         end"
                    ));
                }
                "." | ".." => {
                    return Err(format!("'{text}' contains '{part}'; write the path without it"));
                }
                _ => {}
            }
        }

        Ok(Self(text))
    }

    fn allows(c: char) -> bool {
        c.is_ascii_alphanumeric() || "_./,:=+@%-".contains(c)
    }

    /// The path as text; begins with `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// This path with `name` (one or more relative components) below it.
    ///
    /// # Panics
    /// When the result is no valid path: only for names fixed in the program.
    pub fn join(&self, name: &str) -> Self {
        let base = if self.0 == "/" { "" } else { self.0.as_str() };
        Self::new(format!("{base}/{name}")).expect("a joined path made of valid parts")
    }

    /// The directory that holds this path; `None` for `/`.
    pub fn parent(&self) -> Option<Self> {
        if self.0 == "/" {
            return None;
        }
        let cut = self.0.rfind('/')?;
        Some(Self(if cut == 0 { "/".into() } else { self.0[..cut].into() }))
    }

    /// The last component; empty for `/`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or("")
    }

    /// Whether this path is `other` or lies below it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0 == other.0
            || other.0 == "/"
            || self.0.strip_prefix(&other.0).is_some_and(|rest| rest.starts_with('/'))
    }
}

impl fmt::Display for NodePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for NodePath {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::new(text)
    }
}

impl From<NodePath> for String {
    fn from(path: NodePath) -> Self {
        path.0
    }
}

#[cfg(test)]
mod tests {
    use super::NodePath;

    #[test]
    fn refuses_what_a_table_or_shell_would_misread() {
        for bad in [
            "", "cal", "/a b", "/a\tb", "/a\n", "/$(x)", "/a;b", "/a'b", "/`id`", "/a/../b",
            "/./a", "//a", "/a/", "/é", "/a^b", "/a*",
        ] {
            assert!(NodePath::new(bad).is_err(), "{bad:?} was taken");
        }
    }

    #[test]
    fn knows_parents_and_descendants() {
        let cal = NodePath::new("/cal").unwrap();
        let config = cal.join("config/ics.conf");
        assert_eq!(config.parent().unwrap().as_str(), "/cal/config");
        assert_eq!(cal.parent().unwrap().as_str(), "/");
        assert!(config.is_within(&cal));
        assert!(!NodePath::new("/calendar").unwrap().is_within(&cal));
    }
}
