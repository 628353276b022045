//! A version of a type, as its registration file declares it.

use std::collections::BTreeMap;

use crate::node::NodePath;
use crate::resource_type::{
    Declarations, DeclaredProperty, RegistrationFile, Tunability, Upgrade, method_paths,
};

/// Versions whose registration files are known, by RT_version.
pub type Versions = BTreeMap<String, Version>;

/// What a registration file says that an upgrade depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Vendor and name.
    pub base: String,
    /// RT_version.
    pub version: String,
    pub upgrade: Upgrade,
    pub extensions: Vec<DeclaredProperty>,
    /// Properties of the system that it declares anew.
    pub standard: Vec<DeclaredProperty>,
    /// Methods with their whole paths.
    pub methods: Vec<(String, String)>,
    /// Where the file is on the nodes.
    pub file: NodePath,
}

impl Version {
    /// Reads a file; nothing where it names no type.
    pub fn of(file: &RegistrationFile, at: NodePath) -> Option<Self> {
        let declared = Declarations::of(file);
        let of_kind = |extension: bool| {
            let wanted = declared.properties().filter(move |p| p.is_extension() == extension);
            wanted.filter_map(move |p| {
                let kind = match p.kind() {
                    Some((kind, _)) => kind.to_uppercase(),
                    // The system's own have no keyword: one with limits is a number.
                    None if p.number(&["Min"]).or(p.number(&["Max"])).is_some() => "INT".into(),
                    None => String::new(),
                };
                Some(DeclaredProperty::of(&p, p.name()?, kind))
            })
        };
        let methods = method_paths(&declared);

        Some(Self {
            base: declared.plain_name()?,
            version: declared.value("RT_version").unwrap_or_default(),
            upgrade: Upgrade::of(file),
            extensions: of_kind(true).collect(),
            standard: of_kind(false).collect(),
            methods: methods.map(|(method, path)| (method.name().to_owned(), path)).collect(),
            file: at,
        })
    }

    /// The name that registration gives it.
    pub fn full(&self) -> String {
        if self.upgrade.aware {
            format!("{}:{}", self.base, self.version)
        } else {
            self.base.clone()
        }
    }

    /// When a resource of that version may move to this one; absent: never, this one cannot be a
    /// goal.
    pub fn tunability(&self, from: &str) -> Option<Tunability> {
        self.upgrade.aware.then(|| self.upgrade.tunability(from))
    }

    /// Whether its file names that version.
    pub fn lists(&self, version: &str) -> bool {
        self.upgrade.from.iter().any(|(own, _)| own == version)
    }

    /// The declaration of a property, and whether it is an extension.
    pub fn property(&self, name: &str) -> Option<(&DeclaredProperty, bool)> {
        let one =
            |of: &'_ [DeclaredProperty]| of.iter().position(|p| p.name.eq_ignore_ascii_case(name));
        match (one(&self.extensions), one(&self.standard)) {
            (Some(at), _) => Some((&self.extensions[at], true)),
            (None, Some(at)) => Some((&self.standard[at], false)),
            (None, None) => None,
        }
    }
}
