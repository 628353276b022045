//! The JSON Schema of a profile, for editors. It never refuses what calha takes: a rule between
//! tables, or one that depends on a default elsewhere, is left out. The pattern of each kind is in
//! `shape`.

use serde_json::{Map, Value, json};

use super::shape::shape;
use crate::setting::{Fallback, Need, Setting, registry};

/// JSON Schema (2020-12) of a profile, for editors that check TOML.
pub fn schema() -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for table in tables() {
        let members: Vec<&Setting> =
            registry().filter(|setting| setting.segments().next() == Some(table)).collect();
        let object = object(&members);
        let has_required = object.get("required").is_some();
        let property = match members.first().and_then(|setting| setting.placeholder()) {
            None => object,
            Some("<node>") => {
                json!({
                    "type": "object",
                    "propertyNames": { "pattern": "^[A-Za-z0-9-]+$" },
                    "additionalProperties": object,
                })
            }
            Some(_) => json!({
                "type": "object",
                "propertyNames": { "pattern": "^[a-z][a-z0-9-]*$" },
                "minProperties": 1,
                "additionalProperties": object,
            }),
        };

        properties.insert(table.to_string(), property);
        if has_required {
            required.push(table);
        }
    }

    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Profile of calha",
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn tables() -> Vec<&'static str> {
    let mut tables: Vec<&'static str> =
        registry().filter_map(|setting| setting.segments().next()).collect();
    tables.dedup();
    tables
}

fn object(members: &[&Setting]) -> Value {
    let mut object = Map::new();
    object.insert("type".into(), json!("object"));
    object.insert("additionalProperties".into(), json!(false));

    let properties: Map<String, Value> =
        members.iter().map(|setting| (setting.name().to_string(), property(setting))).collect();
    object.insert("properties".into(), Value::Object(properties));

    let always = |setting: &&&Setting| {
        setting.need == Need::Always && matches!(setting.fallback, Fallback::None)
    };
    let required: Vec<&str> = members.iter().filter(always).map(|setting| setting.name()).collect();
    if !required.is_empty() {
        object.insert("required".into(), json!(required));
    }

    let conditions: Vec<Value> =
        members.iter().filter_map(|setting| condition(setting, members)).collect();
    if !conditions.is_empty() {
        object.insert("allOf".into(), json!(conditions));
    }
    Value::Object(object)
}

fn property(setting: &Setting) -> Value {
    let mut property = shape(&setting.kind);
    if let Value::Object(property) = &mut property {
        property.insert("title".into(), json!(setting.prompt));
        property.insert(
            "description".into(),
            json!(format!("{}. {} ({})", setting.help, setting.long, setting.source)),
        );
        if let Fallback::Fixed(value) = setting.fallback {
            property.insert("default".into(), to_json(&setting.kind.read(value)));
        }
    }
    property
}

/// `if` the mode is one of those that need it, `then` the setting is required.
fn condition(setting: &Setting, members: &[&Setting]) -> Option<Value> {
    let Need::When { key, is } = setting.need else { return None };
    let other = members.iter().find(|member| member.key == key)?;
    let is_default = matches!(other.fallback, Fallback::Fixed(default) if is.contains(&default));
    // Left out, a property satisfies its condition: it counts only when the default does.
    let mentioned: Vec<&str> = if is_default { Vec::new() } else { vec![other.name()] };
    Some(json!({
        "if": { "properties": { other.name(): { "enum": is } }, "required": mentioned },
        "then": { "required": [setting.name()] },
    }))
}

fn to_json(value: &crate::setting::Value) -> Value {
    match value {
        crate::setting::Value::Integer(number) => json!(number),
        crate::setting::Value::List(items) => items.iter().map(to_json).collect(),
        other => json!(other.plain()),
    }
}
