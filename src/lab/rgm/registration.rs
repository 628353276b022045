use crate::lab::{Extension, ResourceType};

/// What a registration (RTR) file declares, as far as the lab needs it: the real grammar is in rt_reg(4).
pub(crate) fn parse(text: &str) -> Result<ResourceType, String> {
    // `#$upgrade` looks like a comment and is none: the full type name carries the version only if it is there.
    let upgrade = text.lines().any(|l| l.trim_start().starts_with("#$upgrade"));
    let code: String =
        text.lines().map(|l| l.split('#').next().unwrap_or("")).collect::<Vec<_>>().join("\n");
    let mut kind = ResourceType {
        name: String::new(),
        version: String::new(),
        description: String::new(),
        basedir: String::new(),
        packages: Vec::new(),
        nodes: None,
        extensions: Vec::new(),
    };
    let (mut base, mut vendor) = (String::new(), String::new());
    let mut rest = code.as_str();
    while let Some(open) = rest.find('{') {
        let close = rest[open..].find('}').ok_or("an entry is not closed")? + open;
        head(&rest[..open], &mut kind, &mut base, &mut vendor);
        if let Some(extension) = entry(&rest[open + 1..close]) {
            kind.extensions.push(extension);
        }
        rest = &rest[close + 1..];
    }
    head(rest, &mut kind, &mut base, &mut vendor);
    if base.is_empty() {
        return Err("Resource_type is missing".into());
    }
    let plain = if vendor.is_empty() { base } else { format!("{vendor}.{base}") };
    kind.name = if upgrade { format!("{plain}:{}", kind.version) } else { plain };
    Ok(kind)
}

fn pairs(text: &str) -> impl Iterator<Item = (String, String)> + '_ {
    text.split(';').filter_map(|statement| {
        let (name, value) = statement.split_once('=').unwrap_or((statement, "TRUE"));
        let name = name.trim().to_ascii_lowercase();
        (!name.is_empty()).then(|| (name, value.trim().trim_matches('"').to_string()))
    })
}

fn head(text: &str, kind: &mut ResourceType, base: &mut String, vendor: &mut String) {
    for (name, value) in pairs(text) {
        match name.as_str() {
            "resource_type" => *base = value,
            "vendor_id" => *vendor = value,
            "rt_version" => kind.version = value,
            "rt_description" => kind.description = value,
            "rt_basedir" => kind.basedir = value,
            "pkglist" => {
                kind.packages =
                    value.split(',').map(|p| p.trim().trim_matches('"').to_string()).collect()
            }
            _ => {}
        }
    }
}

fn entry(text: &str) -> Option<Extension> {
    let all: Vec<_> = pairs(text).collect();
    let find = |name: &str| all.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone());
    find("extension")?;
    let kind = ["stringarray", "string", "boolean", "int", "enum"]
        .into_iter()
        .find(|k| find(k).is_some())?;
    // Property attributes: without TUNABLE it is ANYTIME, which is also what TRUE means; FALSE means NONE.
    let tunable = match find("tunable").unwrap_or_default().to_uppercase().as_str() {
        "" | "TRUE" => "ANYTIME".into(),
        "FALSE" => "NONE".into(),
        other => other.to_string(),
    };
    Some(Extension {
        name: find("property")?,
        kind: kind.to_uppercase(),
        default: find("default"),
        tunable,
    })
}
