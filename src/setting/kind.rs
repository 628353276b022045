//! The types that a setting can have. For each there is one way to read what was typed, one check
//! and one description, so the prompt, the profile and `--set` take the same values. The checks
//! themselves are in `check`; the JSON schema of a kind is in `profile`.

use super::check::{
    account, address, choice, connection, host, integer, mount, name, option, path, secret, text,
};
use super::{Choice, Fault, Value};
use crate::problem::codes;

/// The type of a setting: how an answer is read, and which answers are taken.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Free text that travels in an `scrgadm` property, where a comma would begin another value.
    Description,
    /// A distinguished name or suffix of the directory.
    DistinguishedName,
    /// An absolute path on a node.
    Path,
    /// A path that is also an item of an `scrgadm` list or a `key=value` property.
    ListedPath,
    /// A device file.
    Device,
    /// A resource or a resource group.
    ResourceName,
    /// The full name of a resource type: this one, alone or with a version.
    ResourceType(&'static str),
    /// A name that also names a directory.
    PlainName,
    /// One word of letters, digits, dots, hyphens and underscores.
    Word,
    /// A user or a group of Solaris.
    AccountName,
    /// A user or group id; never 0.
    AccountId,
    /// The nodes of the cluster, in the order of preference.
    NodeNames,
    /// A host name without a domain.
    ShortHostName,
    /// A host name with or without a domain.
    HostName,
    /// A host name with its domain.
    QualifiedHostName,
    /// An IPv4 address of one host.
    Address,
    /// A whole number of `unit`, from `min` to `max`.
    Integer {
        min: i64,
        max: i64,
        unit: &'static str,
    },
    YesNo,
    Choice(&'static [Choice]),
    /// The last field of a line of vfstab.
    MountOptions,
    /// IPMP groups or adapters by node, as `scrgadm -n` takes them.
    Netiflist,
    /// An option of a vendor's program.
    Option,
    /// Several of them.
    Options,
    /// How a host is reached.
    Connection,
    /// Where a secret is to be had; never the secret.
    Secret,
}

impl Kind {
    /// Takes a value or says why not; what is taken comes back in its one form (`true` as `"yes"`).
    ///
    /// # Errors
    /// The reason and what to write instead.
    pub fn check(&self, value: &Value) -> Result<Value, Fault> {
        match *self {
            Self::Description => text::description(self.string(value)?)?,
            Self::DistinguishedName => text::distinguished_name(self.string(value)?)?,
            Self::Path => path::path(self.string(value)?)?,
            Self::ListedPath => path::listed(self.string(value)?)?,
            Self::Device => path::device(self.string(value)?)?,
            Self::ResourceName => name::resource(self.string(value)?)?,
            Self::ResourceType(base) => name::resource_type(self.string(value)?, base)?,
            Self::PlainName => name::plain(self.string(value)?)?,
            Self::Word => name::word(self.string(value)?)?,
            Self::AccountName => account::name(self.string(value)?)?,
            Self::AccountId => return account::id(value),
            Self::NodeNames => return host::nodes(value),
            Self::ShortHostName => host::short(self.string(value)?)?,
            Self::HostName => host::any(self.string(value)?)?,
            Self::QualifiedHostName => host::qualified(self.string(value)?)?,
            Self::Address => address::ipv4(self.string(value)?).map(drop)?,
            Self::Integer { min, max, unit } => return integer::within(value, min, max, unit),
            Self::YesNo => return choice::yes_no(value),
            Self::Choice(choices) => return choice::one_of(value, choices),
            Self::MountOptions => mount::options(self.string(value)?)?,
            Self::Netiflist => mount::netiflist(self.string(value)?)?,
            Self::Option => option::one(self.string(value)?)?,
            Self::Options => return option::several(value),
            Self::Connection => return connection::check(value),
            Self::Secret => return secret::check(value),
        }

        Ok(value.clone())
    }

    /// Reads an answer that was typed: on a terminal, after `--set`, or as a default of the
    /// registry.
    ///
    /// Nothing is refused here; what does not look like the type stays text and
    /// [`check`](Self::check) says so.
    pub fn read(&self, typed: &str) -> Value {
        let typed = typed.trim();
        match self {
            Self::AccountId | Self::Integer { .. } => {
                typed.parse().map_or_else(|_| Value::text(typed), Value::Integer)
            }
            Self::NodeNames | Self::Options => {
                let words = typed
                    .split(|c: char| c == ',' || c.is_whitespace())
                    .filter(|word| !word.is_empty());
                Value::texts(words)
            }
            _ => Value::text(typed),
        }
    }

    /// The type in a few words, for the reference page and for messages.
    pub fn describe(&self) -> String {
        let words = match self {
            Self::Description => "text without commas and quotes",
            Self::DistinguishedName => "distinguished name",
            Self::Path | Self::ListedPath => "absolute path on a node",
            Self::Device => "device file",
            Self::ResourceName => "name of a resource or resource group",
            Self::ResourceType(base) => return format!("{base} or {base}:VERSION"),
            Self::PlainName => "name",
            Self::Word => "word",
            Self::AccountName => "user or group name",
            Self::AccountId => "user or group id, 1 to 2147483647",
            Self::NodeNames => "list of node names",
            Self::ShortHostName => "host name without a domain",
            Self::HostName => "host name",
            Self::QualifiedHostName => "fully qualified host name",
            Self::Address => "IPv4 address",
            Self::Integer { min, max, unit } => return format!("{unit}, {min} to {max}"),
            Self::YesNo => "yes or no",
            Self::Choice(choices) => {
                return choices
                    .iter()
                    .map(|choice| choice.value)
                    .collect::<Vec<_>>()
                    .join(", ")
                    .replacen(", ", " or ", usize::from(choices.len() == 2));
            }
            Self::MountOptions => "mount options, separated by commas",
            Self::Netiflist => "group@node items, separated by commas",
            Self::Option => "option, with its dash",
            Self::Options => "list of options",
            Self::Connection => {
                "\"ssh\", \"local\", \"none\", { ssh = ..., options = [...] } or { command = \
                 [...] }"
            }
            Self::Secret => "\"ask\", { env = \"NAME\" } or { file = \"/path\" }",
        };

        words.to_string()
    }

    fn string<'a>(&self, value: &'a Value) -> Result<&'a str, Fault> {
        value.as_text().ok_or_else(|| {
            let remedy = format!("write it in quotes: {}", self.describe());
            Fault::new(
                codes::SETTING_TYPE,
                format!("is {}, not a string", value.type_name()),
                remedy,
            )
        })
    }
}
