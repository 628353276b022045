//! `calha rt show`.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::input;
use crate::cli::{complain, print, refuse};
use crate::exit;
use crate::resource_type::Shown;
use crate::text::wrapped;

/// `calha rt show`: what a registration file declares.
#[derive(Args)]
#[command(after_help = "Examples: calha rt show SUNW.nfs\n          \
                        calha rt show SUNW.nfs --format markdown > nfs.md")]
pub struct Show {
    /// The registration (RTR) file.
    file: PathBuf,
    /// How it is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
}

impl Show {
    pub fn run(&self) -> ExitCode {
        let file = match input::read(&self.file) {
            Ok(file) => file,
            Err(problem) => return refuse(&[problem]),
        };
        let Some(shown) = Shown::of(&file) else {
            let path = self.file.display();
            complain(&format!("{path}: Resource_type is not declared, so it names no type"));
            complain(&format!("next: calha rt lint {path}"));
            return ExitCode::from(exit::FAILED);
        };

        match self.format {
            Format::Text => print(&text(&shown)),
            Format::Json => print(&format!("{:#}\n", serde_json::json!(shown))),
            Format::Markdown => print(&markdown(&shown)),
        }
    }
}

/// What both forms begin with: names of rows and what stands in them.
fn facts(shown: &Shown) -> Vec<(&'static str, String)> {
    let mut facts = vec![("registered as", shown.registered_as.clone())];
    if let Some(full) = &shown.full_name {
        let other = if shown.upgrade_aware { &shown.name } else { full };
        let why = if shown.upgrade_aware {
            format!("{other} (on 3.0, which takes no version into the name)")
        } else {
            format!("{other} (only with #$upgrade, which is not there)")
        };
        facts.push(("other form", why));
    }
    facts.push(("description", shown.description.clone().unwrap_or_else(|| "-".into())));
    facts.push(("releases", shown.releases.join(", ")));
    if !shown.unknown_releases.is_empty() {
        facts.push(("not known for", shown.unknown_releases.join(", ")));
    }
    facts
}

const PROPERTIES: [&str; 6] = ["property", "type", "default", "tunable", "limits", "description"];

fn rows(shown: &Shown) -> Vec<[String; 6]> {
    let row = |p: &crate::resource_type::ShownProperty| {
        let kind = match (&p.kind, p.extension) {
            (Some(kind), _) => kind.clone(),
            (None, true) => "-".into(),
            (None, false) => "(the system's)".into(),
        };
        let default = match &p.default {
            Some(value) if value.is_empty() => "\"\"".into(),
            Some(value) => value.clone(),
            None => "-".into(),
        };
        let description = p.description.clone().unwrap_or_default();
        [p.name.clone(), kind, default, p.tunable.clone(), p.limits.clone(), description]
    };
    shown.properties.iter().map(row).collect()
}

fn text(shown: &Shown) -> String {
    let mut out = String::new();
    for (name, value) in facts(shown) {
        wrapped(&mut out, &format!("{name:<15}"), &value, 80);
    }

    out.push_str("\nmethods\n");
    for method in &shown.methods {
        let _ = writeln!(out, "  {:<14} {}", method.method, method.path);
    }

    out.push_str("\nproperties\n");
    for [name, kind, default, tunable, limits, description] in rows(shown) {
        let _ = writeln!(out, "  {name}");
        let limits = if limits.is_empty() { limits } else { format!(", {limits}") };
        let what = format!("{kind}, default {default}, tunable {tunable}{limits}");
        wrapped(&mut out, "    ", &what, 80);
        if !description.is_empty() {
            wrapped(&mut out, "    ", &description, 80);
        }
    }

    out.push_str("\nupgrades to this version\n");
    if shown.upgrades.is_empty() {
        out.push_str("  none: without #$upgrade a resource is deleted and created again\n");
    }
    for upgrade in &shown.upgrades {
        let _ = writeln!(out, "  {:<22} {}", version(upgrade.version.as_deref()), upgrade.when);
    }
    out
}

fn version(version: Option<&str>) -> String {
    match version {
        None => "every other version".into(),
        Some("") => "without a version".into(),
        Some(version) => format!("from {version}"),
    }
}

fn markdown(shown: &Shown) -> String {
    // A bar would end a cell.
    let cell = |text: &str| text.replace('|', "\\|").replace('\n', " ");
    let row = |cells: &[&str]| {
        let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let head = |names: &[&str]| format!("{}|{}\n", row(names), " --- |".repeat(names.len()));

    let mut out = format!("# {}\n\n", shown.registered_as);
    out.push_str(&head(&["what", "value"]));
    for (name, value) in facts(shown) {
        out.push_str(&row(&[name, &value]));
    }

    out.push_str("\n## Methods\n\n");
    out.push_str(&head(&["method", "path"]));
    for method in &shown.methods {
        out.push_str(&row(&[method.method, &method.path]));
    }

    out.push_str("\n## Properties\n\n");
    out.push_str(&head(&PROPERTIES));
    for cells in rows(shown) {
        out.push_str(&row(&cells.each_ref().map(String::as_str)));
    }

    out.push_str("\n## When a resource may move to this version\n\n");
    out.push_str(&head(&["version", "when"]));
    for upgrade in &shown.upgrades {
        out.push_str(&row(&[&version(upgrade.version.as_deref()), upgrade.when]));
    }
    if shown.upgrades.is_empty() {
        out.push_str(&row(&["every version", "never: the type has no #$upgrade"]));
    }
    out
}
