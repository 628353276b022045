//! As much of JSON Schema, draft 7, as the schema of SARIF 2.1.0 uses. What it does not know it
//! refuses, so that nothing counts as valid that was not looked at.

use serde_json::Value;

/// What only describes.
const SILENT: [&str; 5] = ["$id", "$schema", "default", "definitions", "format"];

/// Everything about `value` that the schema forbids, each with the place of the value.
pub fn faults(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let Some(rules) = schema.as_object() else { return vec![format!("{at}: odd schema {schema}")] };
    rules.iter().flat_map(|(rule, wanted)| fault(root, schema, (rule, wanted), value, at)).collect()
}

fn fault(
    root: &Value,
    schema: &Value,
    (rule, wanted): (&str, &Value),
    value: &Value,
    at: &str,
) -> Vec<String> {
    let bad = |holds: bool| match holds {
        true => Vec::new(),
        false => vec![format!("{at}: {rule} {wanted}, and it is {value}")],
    };
    let all = |schemas: &Value| -> Vec<bool> {
        let schemas = schemas.as_array().into_iter().flatten();
        schemas.map(|one| faults(root, one, value, at).is_empty()).collect()
    };
    match rule {
        "$ref" => match wanted.as_str().and_then(|path| root.pointer(path.strip_prefix('#')?)) {
            Some(meant) => faults(root, meant, value, at),
            None => vec![format!("{at}: no definition {wanted}")],
        },
        "type" => match wanted.as_array() {
            Some(types) => bad(types.iter().any(|one| is_of(one, value))),
            None => bad(is_of(wanted, value)),
        },
        "enum" => bad(wanted.as_array().is_some_and(|all| all.contains(value))),
        "anyOf" => bad(all(wanted).contains(&true)),
        "oneOf" => bad(all(wanted).iter().filter(|fits| **fits).count() == 1),
        "required" => {
            let names = wanted.as_array().into_iter().flatten().filter_map(Value::as_str);
            let missing = names.filter(|name| value.is_object() && value.get(name).is_none());
            missing.map(|name| format!("{at}: {name} is missing")).collect()
        }
        "properties" => members(value)
            .filter_map(|(name, member)| Some((name, wanted.get(name)?, member)))
            .flat_map(|(name, own, member)| faults(root, own, member, &format!("{at}/{name}")))
            .collect(),
        "additionalProperties" => {
            let known = schema.get("properties");
            let other = members(value)
                .filter(|(name, _)| known.is_none_or(|known| known.get(name).is_none()));
            other
                .flat_map(|(name, member)| match wanted {
                    Value::Bool(true) => Vec::new(),
                    Value::Bool(false) => vec![format!("{at}: {name} is not known")],
                    own => faults(root, own, member, &format!("{at}/{name}")),
                })
                .collect()
        }
        "items" => elements(value)
            .enumerate()
            .flat_map(|(n, element)| faults(root, wanted, element, &format!("{at}/{n}")))
            .collect(),
        "minItems" => {
            bad(value.as_array().is_none_or(|own| Some(own.len() as u64) >= wanted.as_u64()))
        }
        "uniqueItems" => {
            let all: Vec<&Value> = elements(value).collect();
            bad(all.iter().enumerate().all(|(n, one)| !all[..n].contains(one)))
        }
        "minimum" => bad(value.as_f64().is_none_or(|own| Some(own) >= wanted.as_f64())),
        "maximum" => bad(value.as_f64().is_none_or(|own| Some(own) <= wanted.as_f64())),
        rule if SILENT.contains(&rule) => Vec::new(),
        _ => vec![format!("{at}: {rule} is not looked at here")],
    }
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(name, member)| (name.as_str(), member))
}

fn elements(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn is_of(kind: &Value, value: &Value) -> bool {
    match kind.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("null") => value.is_null(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        _ => false,
    }
}
