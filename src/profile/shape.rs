//! The JSON Schema of one kind of setting. Where a pattern cannot say all that the check says it
//! takes more, never less.

use serde_json::{Value, json};

use crate::setting::Kind;

/// Letters and digits first, so that nothing looks like an option or a hidden file.
const WORD: &str = "^[A-Za-z0-9][A-Za-z0-9._-]*$";

/// The JSON Schema of a type. It may take more than the type's own check does, never less.
pub fn shape(kind: &Kind) -> Value {
    match kind {
        Kind::Description | Kind::DistinguishedName => {
            json!({ "type": "string", "minLength": 1, "maxLength": 255 })
        }
        Kind::Path => path("^/[A-Za-z0-9_./,:=+@%-]*$"),
        Kind::ListedPath => path("^/[A-Za-z0-9_./+@-]+$"),
        Kind::Device => path("^/dev(ices)?/[A-Za-z0-9_./,:=+@%-]+$"),

        Kind::ResourceName => text("^[A-Za-z][A-Za-z0-9_-]*$", 255),
        Kind::PlainName => text(WORD, 64),
        Kind::Word => text(WORD, 255),
        Kind::AccountName => account_name(),
        Kind::ResourceType(base) => {
            let name = base.replace('.', "\\.");
            let pattern = format!(r"^{name}(:[^\s/\\*?,;:\[\]]+)?$");
            json!({ "type": "string", "pattern": pattern })
        }

        Kind::AccountId => json!({ "type": "integer", "minimum": 1, "maximum": i32::MAX }),
        Kind::NodeNames => node_names(),

        Kind::ShortHostName => text("^[A-Za-z0-9-]+$", 63),
        Kind::HostName => text("^[A-Za-z0-9.-]+$", 253),
        Kind::QualifiedHostName => text("^[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+$", 253),

        Kind::Address => json!({ "type": "string", "format": "ipv4" }),
        Kind::Integer { min, max, .. } => {
            json!({ "type": "integer", "minimum": min, "maximum": max })
        }

        Kind::YesNo => json!({ "enum": ["yes", "no", true, false] }),
        Kind::Choice(choices) => {
            let values: Vec<Value> =
                choices.iter().flat_map(|choice| spellings(choice.value)).collect();
            json!({ "enum": values })
        }

        Kind::MountOptions => {
            json!({ "type": "string", "pattern": "^[A-Za-z0-9_=-]+(,[A-Za-z0-9_=-]+)*$" })
        }
        Kind::Netiflist => {
            let list = "^[A-Za-z][A-Za-z0-9_-]*@[A-Za-z0-9_-]+\
                        (,[A-Za-z][A-Za-z0-9_-]*@[A-Za-z0-9_-]+)*$";
            json!({ "type": "string", "pattern": list })
        }
        Kind::Option => json!({ "type": "string", "pattern": "^-[^w]" }),
        Kind::Options => json!({ "type": "array", "items": { "type": "string", "minLength": 1 } }),
        Kind::Connection => connection(),
        Kind::Secret => secret(),
    }
}

fn text(pattern: &str, longest: u32) -> Value {
    json!({ "type": "string", "pattern": pattern, "maxLength": longest })
}

fn path(pattern: &str) -> Value {
    text(pattern, 1023)
}

fn account_name() -> Value {
    json!({
        "type": "string",
        "pattern": "^[a-z_][a-z0-9_-]{0,7}$",
        "not": { "const": "root" },
    })
}

fn node_names() -> Value {
    json!({
        "type": "array",
        "items": { "type": "string", "pattern": "^[A-Za-z0-9-]+$" },
        "minItems": 2,
        "uniqueItems": true,
    })
}

/// A choice that looks like a number may be written as one.
fn spellings(value: &str) -> Vec<Value> {
    let number = value
        .parse::<i64>()
        .map(|number| json!(number))
        .or_else(|_| value.parse::<f64>().map(|number| json!(number)));
    std::iter::once(json!(value)).chain(number).collect()
}

fn secret() -> Value {
    let part = |name: &str, pattern: &str| {
        json!({
            "type": "object",
            "properties": { name: { "type": "string", "pattern": pattern } },
            "required": [name],
            "additionalProperties": false,
        })
    };
    json!({ "oneOf": [
        { "const": "ask" },
        part("env", "^[A-Za-z_][A-Za-z0-9_]*$"),
        part("file", "^/"),
    ] })
}

fn connection() -> Value {
    let words = json!({ "type": "array", "items": { "type": "string", "minLength": 1 } });
    json!({
        "oneOf": [
            { "enum": ["ssh", "local", "none"] },
            {
                "type": "object",
                "properties": { "ssh": { "type": "string", "minLength": 1 }, "options": words },
                "required": ["ssh"],
                "additionalProperties": false,
            },
            {
                "type": "object",
                "properties": { "command": {
                    "type": "array",
                    "items": { "type": "string", "minLength": 1 },
                    "minItems": 1,
                } },
                "required": ["command"],
                "additionalProperties": false,
            },
        ]
    })
}
