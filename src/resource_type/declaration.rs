//! What a registration file declares, read off its statements: names without their capitals, values
//! without their quotes.

use std::borrow::Cow;

use super::method::Method;
use super::reader::{Entry, RegistrationFile, Statement, Value};

/// The type keywords of an extension property, property_attributes(5).
pub const TYPES: [&str; 5] = ["String", "Boolean", "Int", "Enum", "Stringarray"];

/// A file as declarations.
#[derive(Clone, Copy)]
pub struct Declarations<'f> {
    pub file: &'f RegistrationFile,
    /// Which methods are declared, in the order of `Method::ALL`.
    methods: [bool; Method::ALL.len()],
}

/// A declared resource property.
#[derive(Clone, Copy)]
pub struct Declared<'f> {
    pub file: &'f RegistrationFile,
    pub entry: &'f Entry,
}

/// The declared methods with their whole paths: a relative one belongs to RT_basedir.
pub fn method_paths(declared: &Declarations<'_>) -> impl Iterator<Item = (Method, String)> {
    let basedir = declared.value("RT_basedir").unwrap_or_default();
    let whole = move |path: Cow<'_, str>| {
        if path.starts_with('/') || basedir.is_empty() {
            path.into_owned()
        } else {
            format!("{}/{path}", basedir.trim_end_matches('/'))
        }
    };
    declared.methods().map(move |(method, path, _)| (method, whole(path)))
}

impl<'f> Declarations<'f> {
    pub fn of(file: &'f RegistrationFile) -> Self {
        let mut declared = Self { file, methods: [false; Method::ALL.len()] };
        for (method, ..) in declared.methods() {
            declared.methods[method.number()] = true;
        }
        declared
    }

    /// The statement of a type property, whatever its capitals; the first one where there are
    /// several.
    pub fn statement(&self, name: &str) -> Option<&'f Statement> {
        self.file.head.iter().find(|s| self.file.text(s.name()).eq_ignore_ascii_case(name))
    }

    /// The value of a type property that has exactly one.
    pub fn value(&self, name: &str) -> Option<String> {
        match self.file.values(self.statement(name)?) {
            [value] => Some(self.file.text(value.text).into_owned()),
            _ => None,
        }
    }

    /// A boolean type property; `name;` means TRUE.
    pub fn flag(&self, name: &str) -> bool {
        self.statement(name).is_some_and(|s| !s.assigned)
            || self.value(name).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// The declared methods with their paths as they stand there.
    pub fn methods(&self) -> impl Iterator<Item = (Method, Cow<'f, str>, &'f Statement)> + use<'f> {
        let file = self.file;
        let method = move |s: &'f Statement| {
            let method = Method::parse(&file.text(s.name()))?;
            let path = file.values(s).first().map(|value| file.text(value.text))?;
            (!path.is_empty()).then_some((method, path, s))
        };
        file.head.iter().filter_map(method)
    }

    pub fn has_method(&self, method: Method) -> bool {
        self.methods[method.number()]
    }

    /// The packages of Pkglist.
    pub fn packages(&self) -> Vec<String> {
        let values = self.statement("Pkglist").map(|s| self.file.values(s)).unwrap_or_default();
        let names = values.iter().map(|value| self.file.text(value.text));
        names
            .flat_map(|list| list.split(',').map(|one| one.trim().to_owned()).collect::<Vec<_>>())
            .filter(|name| !name.is_empty())
            .collect()
    }

    /// The declared resource properties.
    pub fn properties(&self) -> impl Iterator<Item = Declared<'f>> + use<'f> {
        let file = self.file;
        file.entries.iter().map(move |entry| Declared { file, entry })
    }

    /// The declaration of a resource property.
    pub fn property(&self, name: &str) -> Option<Declared<'f>> {
        self.properties().find(|p| p.name().is_some_and(|own| own.eq_ignore_ascii_case(name)))
    }

    /// Vendor and base name with the dot between them; absent without a base name.
    pub fn plain_name(&self) -> Option<String> {
        let base = self.value("Resource_type").filter(|base| !base.is_empty())?;
        Some(match self.value("Vendor_id").filter(|vendor| !vendor.is_empty()) {
            Some(vendor) => format!("{vendor}.{base}"),
            None => base,
        })
    }
}

impl<'f> Declared<'f> {
    /// Its attributes.
    pub fn statements(&self) -> &'f [Statement] {
        self.file.statements(self.entry)
    }

    /// The first attribute of these names.
    pub fn attribute(&self, names: &[&str]) -> Option<&'f Statement> {
        self.statements().iter().find(|s| {
            let own = self.file.text(s.name());
            names.iter().any(|name| own.eq_ignore_ascii_case(name))
        })
    }

    /// The value of an attribute; empty when it is declared without one.
    pub fn value(&self, names: &[&str]) -> Option<String> {
        let statement = self.attribute(names)?;
        Some(self.file.joined(statement, ","))
    }

    /// Its name as the author spells it.
    pub fn name(&self) -> Option<String> {
        self.value(&["Property"]).filter(|name| !name.is_empty())
    }

    pub fn is_extension(&self) -> bool {
        self.attribute(&["Extension"]).is_some_and(|statement| {
            let off = |value: &Value| self.file.text(value.text).eq_ignore_ascii_case("false");
            !self.file.values(statement).iter().any(off)
        })
    }

    /// Its type keyword, and the statement that has it.
    pub fn kind(&self) -> Option<(&'static str, &'f Statement)> {
        self.statements().iter().find_map(|statement| {
            let own = self.file.text(statement.name());
            let kind = TYPES.into_iter().find(|kind| own.eq_ignore_ascii_case(kind))?;
            Some((kind, statement))
        })
    }

    /// An attribute that is a whole number; absent also where it is none.
    pub fn number(&self, names: &[&str]) -> Option<i64> {
        self.value(names)?.parse().ok()
    }

    /// The literals of an ENUM.
    pub fn literals(&self) -> Vec<String> {
        let Some(("Enum", statement)) = self.kind() else { return Vec::new() };
        let values = match self.file.values(statement) {
            [] => self.attribute(&["Enumlist"]).map(|list| self.file.values(list)),
            own => Some(own),
        };
        let text = |value: &Value| self.file.text(value.text).into_owned();
        values.unwrap_or_default().iter().map(text).collect()
    }
}
