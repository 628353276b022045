//! A resource property as a resource type declares it, with what its values must be: an entry of a
//! registration file, understood.

use serde::{Deserialize, Serialize};

use super::declaration::Declared;

/// A declared property, the author's own (an extension) or one of the system's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclaredProperty {
    pub name: String,
    /// STRING, STRINGARRAY, BOOLEAN, INT or ENUM: the first line that scha_resource_get prints.
    pub kind: String,
    /// `None` = a value must be given at creation.
    pub default: Option<String>,
    /// When it may be changed, in upper case: ANYTIME, WHEN_DISABLED, AT_CREATION, NONE.
    #[serde(default)]
    pub tunable: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Of an ENUM.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub literals: Vec<String>,
    /// Of an INT.
    #[serde(default, skip_serializing_if = "Range::is_open")]
    pub value: Range,
    /// Of a STRING or an element of a STRINGARRAY, in characters.
    #[serde(default, skip_serializing_if = "Range::is_open")]
    pub length: Range,
    /// Of a STRINGARRAY.
    #[serde(default, skip_serializing_if = "Range::is_open")]
    pub elements: Range,
}

/// A lower and an upper limit; an absent one limits nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    pub min: Option<i64>,
    pub max: Option<i64>,
}

impl Range {
    fn is_open(&self) -> bool {
        *self == Self::default()
    }

    fn has(self, number: i64) -> bool {
        self.min.is_none_or(|min| number >= min) && self.max.is_none_or(|max| number <= max)
    }
}

impl DeclaredProperty {
    /// What an entry declares of the property with this name and of this kind, upper case. When it
    /// may be changed is left open.
    pub fn of(declared: &Declared<'_>, name: String, kind: String) -> Self {
        let range = |min: &[&str], max: &[&str]| Range {
            min: declared.number(min),
            max: declared.number(max),
        };
        let default = declared.value(&["Default"]);

        Self {
            default: match kind.as_str() {
                "BOOLEAN" => default.map(|word| word.to_uppercase()),
                _ => default,
            },
            tunable: String::new(),
            description: declared.value(&["Description"]).unwrap_or_default(),
            literals: declared.literals(),
            value: range(&["Min"], &["Max"]),
            length: range(&["Minlength"], &["Maxlength"]),
            elements: range(&["Array_minsize", "Arraymin"], &["Array_maxsize", "Arraymax"]),
            name,
            kind,
        }
    }

    /// The default as values; `None` where the file gives none.
    pub fn default_values(&self) -> Option<Vec<String>> {
        let text = self.default.as_ref()?;
        let list = self.kind == "STRINGARRAY";
        Some(match text.as_str() {
            "" if list => Vec::new(),
            text if list => text.split(',').map(|part| part.trim().to_owned()).collect(),
            text => vec![text.to_owned()],
        })
    }

    /// Whether these values are of its type: the type, not the limits.
    pub fn is_of_type(&self, values: &[String]) -> bool {
        let one_of =
            |value: &str, words: &[&str]| words.iter().any(|word| value.eq_ignore_ascii_case(word));
        values.iter().all(|value| match self.kind.as_str() {
            "BOOLEAN" => one_of(value, &["TRUE", "FALSE"]),
            "INT" => value.parse::<i64>().is_ok(),
            "ENUM" => self.literals.is_empty() || self.literals.iter().any(|l| one_of(value, &[l])),
            _ => true,
        })
    }

    /// Whether these values are within its limits.
    pub fn is_within(&self, values: &[String]) -> bool {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let fits = |value: &String| match self.kind.as_str() {
            "INT" => value.parse().is_ok_and(|number| self.value.has(number)),
            "STRING" | "STRINGARRAY" => self.length.has(count(value.chars().count())),
            _ => true,
        };
        values.iter().all(fits)
            && (self.kind != "STRINGARRAY" || self.elements.has(count(values.len())))
    }
}
