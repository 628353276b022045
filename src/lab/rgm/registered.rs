//! What a registration makes of a registration (RTR) file, scrgadm(1M) `-a -t`.
//!
//! The file is read as `calha rt` reads it, and what a manual forbids on the lab's release is
//! refused here too.

use crate::lab::rgm::property;
use crate::lab::{ClusterRelease, DeclaredProperty, ResourceType};
use crate::resource_type::{
    Declarations, Declared, RegistrationFile, Severity, Upgrade, lint, method_paths,
};

/// The type that a file registers on a release, or what is wrong with the file.
pub(crate) fn registered(bytes: &[u8], release: ClusterRelease) -> Result<ResourceType, String> {
    let file = RegistrationFile::parse(bytes);
    let findings = lint(&file, Some(release.documented()), None).findings;
    if let Some(error) = findings.iter().find(|f| f.rule.severity == Severity::Error) {
        let line = file.source().position(error.span.start()).line;
        return Err(format!("line {line}: {}", error.what));
    }

    let declared = Declarations::of(&file);
    let plain = declared.plain_name().ok_or("Resource_type is missing")?;
    let text = |name: &str| declared.value(name).unwrap_or_default();
    let version = text("RT_version");
    // Before 3.1 directives are comments.
    let upgrade =
        if release.has_versioned_types() { Upgrade::of(&file) } else { Upgrade::default() };

    Ok(ResourceType {
        name: if upgrade.aware { format!("{plain}:{version}") } else { plain },
        version,
        description: text("RT_description"),
        basedir: text("RT_basedir"),
        packages: declared.packages(),
        nodes: None,
        extensions: properties(&declared, true),
        standard: properties(&declared, false),
        methods: method_paths(&declared)
            .map(|(method, path)| (method.name().to_owned(), path))
            .collect(),
        upgrade,
        api_version: text("API_version").parse().unwrap_or(2),
        failover: declared.flag("Failover"),
        single_instance: declared.flag("Single_instance"),
        init_nodes: Some(text("Init_nodes").to_uppercase()).filter(|word| !word.is_empty()),
        system: declared.flag("RT_system"),
        global_zone: declared.flag("Global_zone"),
        proxy: declared.flag("Proxy"),
    })
}

fn properties(declared: &Declarations<'_>, extension: bool) -> Vec<DeclaredProperty> {
    let wanted = declared.properties().filter(|p| p.is_extension() == extension);
    wanted.filter_map(|p| property_of(&p)).collect()
}

/// One entry; nothing where it has no name, or is an extension without a type.
fn property_of(declared: &Declared<'_>) -> Option<DeclaredProperty> {
    let own = declared.name()?;
    let (name, kind) = if declared.is_extension() {
        (own, declared.kind()?.0.to_uppercase())
    } else {
        property::of_system(&own)
    };
    let tunable = tunable(declared, &name);
    Some(DeclaredProperty { tunable, ..DeclaredProperty::of(declared, name, kind) })
}

/// property_attributes(5): without TUNABLE it is ANYTIME, which is also what TRUE means; FALSE
/// means NONE. Of the probes' intervals and the retries r_properties(5) says WHEN_DISABLED.
fn tunable(declared: &Declared<'_>, name: &str) -> String {
    match declared.value(&["Tunable"]).unwrap_or_default().to_uppercase().as_str() {
        "" if property::is_when_disabled(name) && !declared.is_extension() => "WHEN_DISABLED",
        "" | "TRUE" => "ANYTIME",
        "FALSE" => "NONE",
        other => return other.to_owned(),
    }
    .to_owned()
}
