//! Writes answers as a profile: each as it was given, every other setting as a comment with its
//! default. Reading what was written gives the same answers. Comments that somebody wrote into an
//! earlier profile are not carried over.

use serde::Serialize;
use tera::{Context, Tera};

use super::comment::{comments, placeholder};
use crate::problem::{Problem, codes};
use crate::setting::{Answers, Evaluation, Group, Setting, evaluate, registry};

const TEMPLATE: &str = include_str!("../../templates/profile.toml.tera");

/// The nodes that a profile shows while none are named.
const NODES: [&str; 2] = ["Node1", "Node2"];

/// A profile of these answers: each as it was given, every other setting as a comment with its
/// default.
///
/// Answers are written whether they are valid or not, so that a record of what was said loses
/// nothing.
///
/// # Errors
/// A template that does not fit: a mistake of calha, reported instead of a panic.
pub fn write(head: &[&str], answers: &Answers) -> Result<String, Problem> {
    let mut context = Context::new();
    context.insert("head", head);
    context.insert("tables", &tables(answers, &evaluate(answers)));
    Tera::one_off(TEMPLATE, &context, false).map_err(|error| {
        Problem::new(codes::PROFILE_TEMPLATE, format!("the profile cannot be written: {error}"))
    })
}

#[derive(Serialize)]
struct Table {
    header: String,
    groups: Vec<Section>,
}

#[derive(Serialize)]
struct Section {
    /// Only where a table has settings of several groups, or at its head.
    title: &'static str,
    settings: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    comments: Vec<String>,
    line: String,
}

fn tables(answers: &Answers, values: &Evaluation) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    for (table, part) in table_names(values) {
        let header =
            if part.is_empty() { format!("[{table}]") } else { format!("[{table}.{part}]") };

        let mut groups = Vec::new();
        for group in Group::ALL {
            let members: Vec<&Setting> = registry()
                .filter(|setting| {
                    setting.group == group && setting.segments().next() == Some(table)
                })
                .collect();
            if !members.is_empty() {
                let settings =
                    members.iter().map(|setting| line(setting, &part, answers, values)).collect();
                groups.push(Section { title: group.title(), settings });
            }
        }

        // A node's table without an answer would name a node that the profile may not have yet.
        let unused = table == "node" && values.nodes().is_empty();
        tables.push(Table { header: if unused { format!("# {header}") } else { header }, groups });
    }
    tables
}

/// The tables in the order of the registry, each with the names it stands for.
fn table_names(values: &Evaluation) -> Vec<(&'static str, String)> {
    let mut names: Vec<(&'static str, String)> = Vec::new();
    for setting in registry() {
        let table = setting.segments().next().unwrap_or(setting.key);
        if names.iter().any(|(known, _)| *known == table) {
            continue;
        }
        let mut parts = values.parts(setting);
        if parts.is_empty() {
            parts = NODES.iter().map(|node| (*node).to_string()).collect();
        }
        names.extend(parts.into_iter().map(|part| (table, part)));
    }
    names
}

fn line(setting: &Setting, part: &str, answers: &Answers, values: &Evaluation) -> Line {
    let key = setting.key_for(part);
    let name = setting.name();
    let line = match (answers.get(&key), values.get(&key)) {
        (Some(answer), _) => format!("{name} = {}", answer.value.to_toml()),
        (None, Some(default)) => format!("# {name} = {}", default.value.to_toml()),
        (None, None) => format!("# {name} = {}", placeholder(setting)),
    };
    Line { comments: comments(setting), line }
}
