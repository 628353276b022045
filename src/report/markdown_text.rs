//! The values of a report as Markdown has them: what a node said or somebody typed is text, and no
//! tag, link, heading or end of a listing. Where they stand is for the template.

use serde_json::{Map, Value};

/// Those that stand as text; all others are in listings, or calha's own words.
const TEXT: [&str; 10] = [
    "sentences",
    "state",
    "evidence",
    "notes",
    "leftovers",
    "waivers",
    "irreversible",
    "command",
    "by",
    "value",
];

/// Makes them fit; each operation gets a fence that its listings do not have.
pub(super) fn as_text(name: &str, value: &mut Value) {
    match value {
        Value::Object(members) => {
            if members.contains_key("diff") {
                let fence = fence(members);
                members.insert("fence".to_owned(), fence.into());
            }
            members.iter_mut().for_each(|(name, value)| as_text(name, value));
        }
        Value::Array(all) => all.iter_mut().for_each(|value| as_text(name, value)),
        Value::String(text) if TEXT.contains(&name) => *text = escaped(text),
        _ => {}
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '[' | '`' | '|' => out.extend(['\\', c]),
            '\n' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

/// One sign more than stand in a row in any of its texts, three at least.
fn fence(members: &Map<String, Value>) -> String {
    let text = Value::from(members.clone()).to_string();
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    "`".repeat(longest.max(2) + 1)
}

#[cfg(test)]
mod tests {
    use super::as_text;

    #[test]
    fn what_a_node_said_is_text_and_ends_no_listing() {
        let said = "a<b> ![i](x) `c` | d\n# e";
        let mut report = serde_json::json!({
            "title": said,
            "steps": [{ "evidence": [said], "operations": [{ "diff": " ````\n+x", "commands": [] }] }],
        });
        as_text("", &mut report);
        let step = &report["steps"][0];
        assert_eq!(step["evidence"][0], "a&lt;b> !\\[i](x) \\`c\\` \\| d # e");
        assert_eq!(step["operations"][0]["fence"], "`````");
        assert_eq!(report["title"], said);
    }
}
