//! The tables of 6.5, blank for a pen or filled from a profile. Rows come from the registry of
//! settings, so a new setting has its row by itself. What a value has to look like is not said
//! here.

use std::fmt::Write as _;

use serde::Serialize;
use tera::{Context, Tera};

use super::picture;
use crate::problem::{Problem, codes};
use crate::profile::guide_values;
use crate::setting::{Group, Model, Resolved, Setting, Settings, registry, resolve};

const PAGE: &str = include_str!("../../templates/worksheet.html.tera");
const MARKDOWN: &str = include_str!("../../templates/worksheet.md.tera");

/// The tables of 6.5 and whatever else has to be known before an installation, to be noted on paper
/// or read from a profile.
#[derive(Clone, Debug, Serialize)]
pub struct Sheet {
    pub title: String,
    /// What the picture shows, in a sentence for each instance.
    pub sentences: Vec<String>,
    pub tables: Vec<Table>,
    /// Whether the values are to be written by hand.
    pub blank: bool,
    picture: String,
}

/// One table: a group of settings, of one instance or node or of the whole.
#[derive(Clone, Debug, Serialize)]
pub struct Table {
    pub title: String,
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Row {
    pub key: String,
    pub what: &'static str,
    /// What the guide's own example has there.
    pub example: String,
    /// Empty where it is to be written by hand, or may be left out.
    pub value: String,
}

impl Sheet {
    /// A worksheet with the guide's own values as examples and room for others.
    ///
    /// # Errors
    /// A mistake of calha.
    pub fn blank(model: Model) -> Result<Self, Problem> {
        let resolved = resolve(&guide_values(model)).map_err(|problems| {
            problems.into_iter().next().unwrap_or_else(|| {
                Problem::new(codes::WORKSHEET_VALUES, "the example is not valid")
            })
        })?;
        Self::of(&resolved, true)
    }

    /// A worksheet with the values of a profile.
    ///
    /// # Errors
    /// A mistake of calha.
    pub fn filled(resolved: &Resolved) -> Result<Self, Problem> {
        Self::of(resolved, false)
    }

    fn of(resolved: &Resolved, blank: bool) -> Result<Self, Problem> {
        let settings = &resolved.settings;
        let title = if blank {
            format!("Worksheet for the {} model", spoken(settings.cluster.model))
        } else {
            format!(
                "Worksheet of the cluster {}, {} model",
                settings.cluster.name,
                spoken(settings.cluster.model)
            )
        };

        let mut tables = Vec::new();
        for group in Group::ALL {
            tables.extend(of_group(group, resolved, blank));
        }
        Ok(Self {
            title,
            sentences: sentences(settings),
            tables,
            blank,
            picture: picture(settings)?,
        })
    }

    /// One HTML page that needs nothing else, for the screen and for paper.
    ///
    /// # Errors
    /// A template that does not fit: a mistake of calha.
    pub fn html(&self) -> Result<String, Problem> {
        self.render(PAGE, true)
    }

    /// Markdown, the picture inside as data.
    ///
    /// # Errors
    /// As [`Sheet::html`].
    pub fn markdown(&self) -> Result<String, Problem> {
        self.render(MARKDOWN, false)
    }

    /// Markdown without the picture, for a terminal, which would show the data.
    ///
    /// # Errors
    /// As [`Sheet::html`].
    pub fn markdown_to_read(&self) -> Result<String, Problem> {
        self.render_with(MARKDOWN, false, "")
    }

    /// The picture alone.
    pub fn svg(&self) -> &str {
        &self.picture
    }

    /// The picture as a URL.
    pub fn picture_data(&self) -> String {
        data(&self.picture)
    }

    fn render(&self, template: &str, escape: bool) -> Result<String, Problem> {
        self.render_with(template, escape, &self.picture_data())
    }

    fn render_with(&self, template: &str, escape: bool, data: &str) -> Result<String, Problem> {
        let mut context = Context::from_serialize(self).map_err(unfit)?;
        context.insert("picture_data", data);
        Tera::one_off(template, &context, escape).map_err(unfit)
    }
}

fn unfit(error: tera::Error) -> Problem {
    Problem::new(codes::WORKSHEET_TEMPLATE, format!("the worksheet cannot be written: {error}"))
}

/// The tables of a group: one, or one for each node or instance.
fn of_group(group: Group, resolved: &Resolved, blank: bool) -> Vec<Table> {
    let settings = &resolved.settings;
    let nodes: Vec<String> = settings.cluster.nodes.iter().map(ToString::to_string).collect();
    let instances: Vec<String> = settings.instances.iter().map(|i| i.name.clone()).collect();
    let members: Vec<&Setting> = registry().filter(|s| s.group == group).collect();
    let parts: Vec<String> = match members.first().and_then(|s| s.placeholder()) {
        None => vec![String::new()],
        Some("<node>") => nodes,
        Some(_) => instances,
    };
    let several = settings.cluster.model != Model::Asymmetric;
    let table = |part: &String| {
        let of = if part.is_empty() || (!several && group != Group::Node) {
            String::new()
        } else {
            format!(", {part}")
        };
        let rows =
            members.iter().filter_map(|setting| row(setting, part, resolved, blank)).collect();
        Table { title: format!("{}{of}", title(group, several)), rows }
    };
    parts.iter().map(table).filter(|t: &Table| !t.rows.is_empty()).collect()
}

/// The heading of a group, with the numbers that the tables have for this model.
fn title(group: Group, several: bool) -> &'static str {
    match (group, several) {
        (Group::Directories, true) => "Nodes and directory names (table 6-4)",
        (Group::FileSystem, true) => "Shared file systems in /etc/vfstab (6.7.1)",
        (Group::Resources, true) => "Resource names (table 6-6)",
        (Group::Address, true) => "The logical host and its address (tables 6-6 and 6-8)",
        (group, _) => group.title(),
    }
}

fn row(setting: &Setting, part: &str, resolved: &Resolved, blank: bool) -> Option<Row> {
    let key = setting.key_for(part);
    let value = resolved.values.get(&key).map(|(text, _)| text.clone());
    // What this model has no use for has no line.
    let shown = value.clone().unwrap_or_default();
    if value.is_none() && !matches!(setting.need, crate::setting::Need::Optional) {
        return None;
    }
    Some(Row {
        key,
        what: setting.prompt,
        example: if blank { shown.clone() } else { String::new() },
        value: if blank { String::new() } else { shown },
    })
}

fn sentences(settings: &Settings) -> Vec<String> {
    let sentence = |i: &crate::setting::Instance| {
        let standby =
            i.nodes.get(1).map_or_else(String::new, |n| format!("; {n} is on standby for it"));
        let mounts: Vec<String> =
            i.file_systems().iter().map(|fs| fs.mount_point.to_string()).collect();
        format!(
            "{} ({}) runs on {}{standby}. Users reach it as {} ({}). It takes along {}.",
            i.name,
            i.resource_group,
            i.nodes[0],
            i.logical_host.fqdn,
            i.logical_host.address,
            mounts.join(", ")
        )
    };
    settings.instances.iter().map(sentence).collect()
}

fn spoken(model: Model) -> &'static str {
    match model {
        Model::Asymmetric => "asymmetric",
        Model::Symmetric => "symmetric",
        Model::NPlusOne => "N+1",
    }
}

/// The text of a URL that carries the picture (RFC 2397): whatever a URL or Markdown would read as
/// its own is encoded.
fn data(svg: &str) -> String {
    let mut url = String::from("data:image/svg+xml,");
    for byte in svg.bytes() {
        match byte {
            b'a'..=b'z'
            | b'A'..=b'Z'
            | b'0'..=b'9'
            | b'-'
            | b'.'
            | b'_'
            | b'/'
            | b':'
            | b'='
            | b','
            | b';' => url.push(byte as char),
            // Writing into a String cannot fail.
            _ => drop(write!(url, "%{byte:02X}")),
        }
    }
    url
}
