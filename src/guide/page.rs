//! The reference page of the whole guide, docs/guide.md, for the three models, the service and
//! debugging. It is made of the same steps that are run and compared with the repository by a test.

use serde::Serialize;
use tera::{Context, Tera};

use super::{Guide, TYPE_SECTIONS, TypeSection, errata, rows};
use crate::op::Op;
use crate::problem::{Problem, codes};
use crate::profile::guide_values;
use crate::setting::{Model, Resolved, resolve};
use crate::step::{self, Site, Step};

const TEMPLATE: &str = include_str!("../../templates/guide.md.tera");

#[derive(Serialize)]
struct Part {
    title: String,
    anchor: String,
    about: &'static str,
    steps: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    heading: String,
    cite: String,
    on: String,
    why: &'static str,
    /// Empty for a step that only looks.
    commands: String,
    undo: String,
}

#[derive(Serialize)]
struct Asked {
    id: &'static str,
    section: &'static str,
    asks: String,
    does: String,
    commands: String,
    steps: String,
}

#[derive(Serialize)]
struct Wrong {
    id: &'static str,
    section: &'static str,
    printed: String,
    wrong: String,
    instead: String,
    evidence: String,
}

/// A section of the second guide.
#[derive(Serialize)]
struct Section {
    heading: String,
    /// Paragraphs: what it is about, what is asked for there, what is wrong there.
    paragraphs: Vec<String>,
    commands: String,
}

/// Both guides as a page in Markdown: section, step, commands, undo, errata, for all models, for
/// the service, for debugging and for resource types.
///
/// # Errors
/// A mistake of calha: an example that is not valid, a template that does not fit.
pub fn page() -> Result<String, Problem> {
    let mut parts = Vec::new();
    for model in Model::ALL {
        parts.push(of_model(model, &settings(model)?)?);
    }

    let resolved = settings(Model::Asymmetric)?;
    parts.push(service(&resolved)?);
    let debugging = Guide::debugging(&resolved, "asymmetric", 9)?;
    parts.push(part(
        "Debugging (6.10)",
        "`calha debug on`, undone by `calha debug off`.",
        &debugging.steps.iter().collect::<Vec<_>>(),
    ));

    let mut context = Context::new();
    context.insert("models", &parts);
    context.insert("types", &TYPE_SECTIONS.iter().map(section).collect::<Vec<_>>());

    let asked = |r: &super::Row| Asked {
        id: r.id,
        section: r.section,
        asks: cell(r.asks),
        does: cell(r.does),
        commands: r.commands.join(", "),
        steps: r.steps.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(", "),
    };
    context.insert("rows", &rows().into_iter().map(asked).collect::<Vec<_>>());

    let wrong = |e: &super::Erratum| Wrong {
        id: e.id,
        section: e.section,
        printed: cell(e.printed),
        wrong: cell(e.wrong),
        instead: cell(e.instead),
        evidence: e.evidence.to_string(),
    };
    context.insert("errata", &errata().into_iter().map(wrong).collect::<Vec<_>>());

    Tera::one_off(TEMPLATE, &context, false).map_err(|e| {
        Problem::new(codes::GUIDE_TEMPLATE, format!("the page cannot be written: {e}"))
    })
}

fn settings(model: Model) -> Result<Resolved, Problem> {
    resolve(&guide_values(model)).map_err(|problems| {
        problems
            .into_iter()
            .next()
            .unwrap_or_else(|| Problem::new(codes::GUIDE_VALUES, "the example is not valid"))
    })
}

fn of_model(model: Model, resolved: &Resolved) -> Result<Part, Problem> {
    let guide = Guide::of(resolved, model.name())?;
    let first = guide.steps.iter().find_map(|s| s.id.instance.clone());
    let steps: Vec<&Step> =
        guide.steps.iter().filter(|s| s.id.instance.is_none() || s.id.instance == first).collect();

    let (title, about) = match model {
        Model::Asymmetric => {
            ("Asymmetric (6.3, 6.6)", "One instance, its programs on the own disk of each node.")
        }
        Model::Symmetric => (
            "Symmetric (6.4, 6.7)",
            "Two instances, programs and data of each on shared disks. Shown for the first one; \
             the second has the same steps with its own names and the nodes in the opposite order.",
        ),
        Model::NPlusOne => (
            "N+1 (6.1.3)",
            "N instances with one node on standby for all, programs and data of each on shared \
             disks: the installer allows one install root on a host, and the spare would need N. \
             Shown for the first one; the others have the same steps with their own names.",
        ),
    };
    Ok(part(title, about, &steps))
}

fn service(resolved: &Resolved) -> Result<Part, Problem> {
    let instance = &resolved.settings.instances[0];
    let site = Site::new(&resolved.settings, instance, "asymmetric")
        .map_err(|why| Problem::new(codes::PROFILE_NAME, why))?;
    let steps = [
        step::service_start(&site),
        step::service_failover(&site, &site.secondary()),
        step::service_stop(&site),
        step::service_restart(&site),
        step::service_remove(&site),
    ];
    Ok(part(
        "Running the service (6.8)",
        "`calha service`, for one instance at a time.",
        &steps.iter().collect::<Vec<_>>(),
    ))
}

fn part(title: &str, about: &'static str, steps: &[&Step]) -> Part {
    let anchor: String = title
        .to_lowercase()
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            c if c.is_ascii_alphanumeric() || c == '-' => Some(c),
            _ => None,
        })
        .collect();
    Part { title: title.to_owned(), anchor, about, steps: steps.iter().map(|s| entry(s)).collect() }
}

fn entry(step: &Step) -> Entry {
    let nodes = step.nodes();
    // The same on each of its nodes, but for names that differ.
    let ops = nodes.first().map(|node| step.named_ops(node)).unwrap_or_default();

    let commands: Vec<String> = ops.iter().flat_map(|(_, op)| op.commands()).collect();
    let (mut undo, mut stays): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for (id, op) in ops.iter().rev() {
        match op.inverse(id) {
            Ok(back) => undo.extend(
                back.iter().flat_map(Op::commands).map(|c| format!("`{}`", c.replace('`', "'"))),
            ),
            Err(because) => stays.push(format!("Cannot be undone: {because}.")),
        }
    }

    undo.dedup();
    stays.dedup();
    if !undo.is_empty() {
        stays.insert(0, format!("Undone by {}.", undo.join("; ")));
    }
    let undo = if stays.is_empty() { "Nothing to undo.".to_owned() } else { stays.join(" ") };

    Entry {
        heading: format!("{}: {}", step.id.kind, step.title),
        cite: format!("Section {}", step.cite),
        on: nodes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        why: step.why,
        commands: commands.join("\n"),
        undo,
    }
}

fn section(section: &TypeSection) -> Section {
    let about = Some(section.about.to_owned()).filter(|about| !about.is_empty());
    let asked =
        section.rows().map(|r| format!("{}, the guide: {} calha: {}", r.id, r.asks, r.does));
    let wrong = section
        .errata()
        .map(|e| format!("{}, printed: {}. {} Instead: {}", e.id, e.printed, e.wrong, e.instead));
    let (first, rest) = section.name.split_at(1);

    Section {
        heading: first.to_uppercase() + rest,
        paragraphs: about.into_iter().chain(asked).chain(wrong).collect(),
        commands: section.commands.join("\n"),
    }
}

/// What stands in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
