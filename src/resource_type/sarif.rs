//! Findings as SARIF 2.1.0, the static analysis results interchange format of OASIS, as code hosts
//! and editors read it.

use serde::Serialize;

use super::reader::RegistrationFile;
use super::rule::Severity;
use super::{Finding, Lint, RULES, Rule};

/// A log of one run.
#[derive(Serialize)]
pub struct Sarif {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Outcome>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Descriptor>,
}

/// A rule, whether it has found something or not.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    short_description: Message,
    help: Message,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

fn level(severity: Severity) -> &'static str {
    severity.word()
}

impl Sarif {
    /// The log of these files.
    pub fn of<'l>(files: impl Iterator<Item = (&'l str, &'l RegistrationFile, &'l Lint)>) -> Self {
        let mut results = Vec::new();
        for (path, file, lint) in files {
            let source = file.source();
            for finding in &lint.findings {
                let (from, to) =
                    (source.position(finding.span.start()), source.position(finding.span.end()));
                let region = Region {
                    start_line: from.line,
                    start_column: from.column,
                    end_line: to.line,
                    end_column: to.column,
                };
                results.push(outcome(finding, path, region));
            }
        }

        let rules = RULES.iter().map(|rule| descriptor(rule)).collect();
        let driver = Driver { name: "calha", version: env!("CARGO_PKG_VERSION"), rules };
        Self {
            schema: "https://json.schemastore.org/sarif-2.1.0.json",
            version: "2.1.0",
            runs: [Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results }],
        }
    }
}

fn descriptor(rule: &'static Rule) -> Descriptor {
    Descriptor {
        id: rule.code,
        short_description: Message { text: rule.what.into() },
        help: Message { text: format!("{} Source: {}.", rule.remedy, rule.source) },
        default_configuration: Configuration { level: level(rule.severity) },
    }
}

fn outcome(finding: &Finding, path: &str, region: Region) -> Outcome {
    Outcome {
        rule_id: finding.rule.code,
        rule_index: RULES.iter().position(|rule| *rule == finding.rule).unwrap_or_default(),
        level: level(finding.rule.severity),
        message: Message { text: format!("{}. {}", finding.what, finding.remedy) },
        locations: [Location {
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation { uri: uri(path) },
                region,
            },
        }],
    }
}

/// A path as a relative reference of RFC 3986.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
