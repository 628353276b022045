//! What a program prints as data, read against its JSON Schema. Only the words that the schema uses
//! are known; another one is a failure of the test, not passed over.

use serde_json::Value;

/// The schema of `calha status --format json`.
pub fn of_status() -> Value {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/status.schema.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Why the value is not as the schema says; nothing where it is.
pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut all = Vec::new();
    look(schema, schema, value, "", &mut all);
    all
}

fn look(root: &Value, schema: &Value, value: &Value, at: &str, all: &mut Vec<String>) {
    for (word, wanted) in schema.as_object().unwrap() {
        let mut fault = |what: String| all.push(format!("{at}: {what}"));
        match word.as_str() {
            "$schema" | "$defs" | "title" | "description" => {}
            "$ref" => {
                let to = wanted.as_str().unwrap().strip_prefix('#').unwrap();
                look(root, root.pointer(to).unwrap(), value, at, all);
            }
            "const" if value == wanted => {}
            "enum" if wanted.as_array().unwrap().contains(value) => {}
            "const" | "enum" => fault(format!("{value} is not {wanted}")),
            "type" => {
                let types = wanted.as_array().cloned().unwrap_or_else(|| vec![wanted.clone()]);
                if !types.iter().any(|name| name == kind(value)) {
                    fault(format!("{value} is not of type {wanted}"));
                }
            }
            "anyOf" => {
                let fits = |one: &&Value| {
                    let mut own = Vec::new();
                    look(root, one, value, at, &mut own);
                    own.is_empty()
                };
                if wanted.as_array().unwrap().iter().find(fits).is_none() {
                    fault(format!("{value} is none of {wanted}"));
                }
            }
            "required" => {
                let missing = |key: &&Value| value.get(key.as_str().unwrap()).is_none();
                for key in wanted.as_array().unwrap().iter().filter(missing) {
                    fault(format!("{key} is missing"));
                }
            }
            "items" => {
                for (number, item) in value.as_array().into_iter().flatten().enumerate() {
                    look(root, wanted, item, &format!("{at}/{number}"), all);
                }
            }
            "properties" | "additionalProperties" => {
                members(root, schema, word, value, at, all);
            }
            other => fault(format!("the test does not know {other}")),
        }
    }
}

/// The members of an object: those that are named, or all the others.
fn members(
    root: &Value,
    schema: &Value,
    word: &str,
    value: &Value,
    at: &str,
    all: &mut Vec<String>,
) {
    for (key, member) in value.as_object().into_iter().flatten() {
        let at = format!("{at}/{key}");
        let named = schema.get("properties").and_then(|named| named.get(key));
        match (word, named) {
            ("properties", Some(of)) => look(root, of, member, &at, all),
            ("properties", None) | ("additionalProperties", Some(_)) => {}
            _ if schema[word] == false => all.push(format!("{at}: nobody knows this key")),
            _ => look(root, &schema[word], member, &at, all),
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
