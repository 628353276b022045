//! The reference page of all settings, made of the registry and a template. A test compares it with
//! the page in the repository, so it cannot grow old.

use serde::Serialize;
use tera::{Context, Tera};

use super::comment::provision;
use crate::problem::{Problem, codes};
use crate::setting::{Choice, Group, Kind, Need, Setting, registry};

const TEMPLATE: &str = include_str!("../../templates/profile-reference.md.tera");

const HEAD: &str = "Generated from the registry of settings; edit that. Every key can stand in a \
                    profile (`[instance.cal]`, `port = 8080`) or behind `--set` (`--set \
                    instance.cal.port=8080`), which wins. `<node>` and `<instance>` stand for \
                    names that you choose. A password never stands in either.";

/// The reference page of all settings, in Markdown.
///
/// # Errors
/// A template that does not fit: a mistake of calha, reported instead of a panic.
pub fn reference() -> Result<String, Problem> {
    let mut context = Context::new();
    context.insert("head", HEAD);

    context.insert("groups", &Group::ALL.map(group));
    let page = Tera::one_off(TEMPLATE, &context, false).map_err(|error| {
        Problem::new(codes::PROFILE_TEMPLATE, format!("the reference cannot be written: {error}"))
    })?;
    Ok(format!("{}\n", page.trim_end()))
}

#[derive(Serialize)]
struct Section {
    title: &'static str,
    settings: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    key: &'static str,
    anchor: String,
    r#type: String,
    choices: Vec<Means>,
    default: String,
    needed: String,
    source: &'static str,
    prompt: &'static str,
    help: &'static str,
    long: &'static str,
}

#[derive(Serialize)]
struct Means {
    value: &'static str,
    means: &'static str,
}

fn group(group: Group) -> Section {
    Section {
        title: group.title(),
        settings: registry().filter(|setting| setting.group == group).map(row).collect(),
    }
}

fn row(setting: &Setting) -> Row {
    let choices: &[Choice] = match setting.kind {
        Kind::Choice(choices) => choices,
        _ => &[],
    };

    Row {
        key: setting.key,
        anchor: setting.key.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect(),
        r#type: setting.kind.describe(),
        choices: choices
            .iter()
            .map(|choice| Means { value: choice.value, means: choice.means })
            .collect(),
        default: provision(setting).trim_start_matches("Default: ").to_string(),
        needed: match setting.need {
            Need::Always => "always".to_string(),
            Need::When { .. } | Need::Asked { .. } => {
                format!("when {}", setting.need.in_words("`"))
            }
            Need::Optional => "no".to_string(),
        },
        source: setting.source,
        prompt: setting.prompt,
        help: setting.help,
        long: setting.long,
    }
}
