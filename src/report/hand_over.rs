//! The hand-over report, made of the journal and of the logs of the runs. It tells what was done
//! and seen then and asks no node: `calha verify` says how things are now. The page is made by
//! templates.

use serde::Serialize;
use tera::{Context, Tera};

use super::markdown_text::as_text;
use super::state::state;
use super::{Operate, StepReport, Told};
use crate::engine::{Commands, Undertaking, open_steps};
use crate::guide::{DOCUMENTS, Guide};
use crate::journal::{History, Run, State};
use crate::op::Op;
use crate::problem::{Problem, codes};
use crate::setting::Resolved;
use crate::step::{
    Lifespan, Site, Step, brings_online, service_failover, service_restart, service_start,
    service_stop,
};
use crate::worksheet::{Sheet, Table};

const PAGE: &str = include_str!("../../templates/report.html.tera");
const MARKDOWN: &str = include_str!("../../templates/report.md.tera");

/// Everything that whoever takes the cluster over has to know.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    pub title: String,
    /// When it was made, and by whom.
    pub made: String,
    /// The profile's path, for commands to type.
    pub profile: String,
    /// Whether every step is done, and what is not.
    pub state: String,
    pub sentences: Vec<String>,
    pub steps: Vec<StepReport>,
    pub runs: Vec<Run>,
    /// Codes and questions that were accepted, steps that were skipped or accepted as they are, and
    /// what was done by hand.
    pub waivers: Vec<String>,
    /// What stays for good: where, what.
    pub leftovers: Vec<String>,
    pub tables: Vec<Table>,
    /// What to type to start, stop, restart and move each instance.
    pub operate: Vec<Operate>,
    /// How the programs of each instance are upgraded, in the order of doing.
    pub upgrade: Vec<String>,
    /// What to read besides (6.12).
    pub documents: &'static str,
    /// The heading above the undo, and its command; none where everything was undone.
    pub undo_heading: String,
    pub undo: String,
    #[serde(skip)]
    picture: String,
    #[serde(skip)]
    picture_data: String,
}

impl Report {
    /// The report of an installation by its journal, and by what its runs told.
    ///
    /// # Errors
    /// `report.nothing` where nothing was installed.
    pub fn of(
        resolved: &Resolved,
        guide: &Guide,
        history: &History,
        told: &Told,
        commands: &Commands,
        made: &str,
    ) -> Result<Self, Problem> {
        let profile = &commands.arguments();
        if history.is_empty() {
            let problem = Problem::new(
                codes::REPORT_NOTHING,
                "nothing was installed from here with this profile",
            );
            let (install, sheet) = (commands.of("install"), commands.of("worksheet"));
            return Err(problem
                .hint(format!("install first: {install}; {sheet} shows what the profile says")));
        }

        let sheet = Sheet::filled(resolved)?;

        let removed = history.closed;
        let what = if removed { "Removal report" } else { "Hand-over report" };
        let undo_heading = if removed { "What is left" } else { "How to remove it" };

        Ok(Self {
            title: format!(
                "{what}: {}, {} model",
                guide.cluster,
                resolved.settings.cluster.model.name()
            ),
            made: made.to_owned(),
            profile: profile.clone(),
            state: state(guide, history),
            sentences: if removed { Vec::new() } else { sheet.sentences.clone() },
            steps: steps(guide, history, told),
            runs: history.runs.clone(),
            waivers: waivers(history, told),
            leftovers: left(history),
            tables: sheet.tables.clone(),
            operate: if removed { Vec::new() } else { operate(resolved, guide, profile) },
            upgrade: if removed { Vec::new() } else { upgrade(resolved, profile) },
            documents: DOCUMENTS,
            undo_heading: undo_heading.to_owned(),
            undo: if removed { String::new() } else { commands.of("uninstall") },
            picture: sheet.svg().to_owned(),
            picture_data: sheet.picture_data(),
        })
    }

    /// The report of work with a journal of its own: debugging, or an upgrade of resources.
    ///
    /// # Errors
    /// `report.nothing` where nothing of it was begun.
    pub fn of_other_work(
        guide: &Guide,
        history: &History,
        told: &Told,
        commands: &Commands,
        made: &str,
    ) -> Result<Self, Problem> {
        if history.is_empty() {
            let what = "calha began nothing of this from here, or has undone all of it";
            let hint = format!("begin it: {}", commands.forward());
            return Err(Problem::new(codes::REPORT_NOTHING, what).hint(hint));
        }

        let what = match &commands.of {
            Undertaking::Upgrade { base, to, .. } => format!("{base} to version {to}"),
            Undertaking::Alone { instance, node, .. } => {
                format!("{instance} on {node} without its cluster")
            }
            Undertaking::Debugging { level } => format!("debugging at level {level}"),
            Undertaking::Installation => "installation".to_owned(),
        };
        Ok(Self {
            title: format!("Hand-over report: {}, {what}", guide.cluster),
            made: made.to_owned(),
            profile: commands.arguments(),
            state: state_of_other_work(guide, history),
            sentences: guide.notes.clone(),
            steps: steps(guide, history, told),
            runs: history.runs.clone(),
            waivers: waivers(history, told),
            leftovers: left(history),
            tables: Vec::new(),
            operate: Vec::new(),
            upgrade: Vec::new(),
            documents: DOCUMENTS,
            undo_heading: "How to undo it".to_owned(),
            undo: commands.undo(),
            picture: String::new(),
            picture_data: String::new(),
        })
    }

    /// The same without the picture as data, for Markdown on a terminal.
    pub fn to_read(self) -> Self {
        Self { picture_data: String::new(), ..self }
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
    /// As [`Report::html`].
    pub fn markdown(&self) -> Result<String, Problem> {
        self.render(MARKDOWN, false)
    }

    fn render(&self, template: &str, escape: bool) -> Result<String, Problem> {
        let unfit = |error: tera::Error| {
            Problem::new(codes::REPORT_TEMPLATE, format!("calha cannot write the report: {error}"))
        };
        let mut values = serde_json::json!(self);
        if !escape {
            as_text("", &mut values);
        }
        let mut context = Context::from_serialize(&values).map_err(unfit)?;
        context.insert("picture", &self.picture);
        context.insert("picture_data", &self.picture_data);
        Tera::one_off(template, &context, escape).map_err(unfit)
    }
}

/// What stays for good, each line once.
fn left(history: &History) -> Vec<String> {
    let mut left: Vec<String> = Vec::new();
    for (node, leftover) in &history.leftovers() {
        let line = format!("{node}: {}: {}", leftover.path, leftover.what);
        if !left.contains(&line) {
            left.push(line);
        }
    }
    left
}

fn steps(guide: &Guide, history: &History, told: &Told) -> Vec<StepReport> {
    let numbered = guide.steps.iter().enumerate();
    numbered.map(|(at, step)| StepReport::of(at + 1, step, history, told)).collect()
}

/// Whether everything that stays is done, and what comes next where it is not.
fn state_of_other_work(guide: &Guide, history: &History) -> String {
    let lasting = |step: &&Step| step.lifespan == Lifespan::Lasting;
    let of = guide.steps.iter().filter(lasting).count();
    let left = open_steps(guide, history);
    match (left.first(), history.undo.is_some()) {
        (_, true) => "It is being undone.".into(),
        (Some(first), false) => {
            let left = left.len();
            format!("It is not finished: {left} of {of} steps are open, the first is {}.", first.id)
        }
        (None, false) => "It is finished.".into(),
    }
}

/// Everything that somebody answered or accepted, on the command line or at the terminal. The
/// journal has each answer; the logs of the runs have it in more words, while they are kept.
fn waivers(history: &History, told: &Told) -> Vec<String> {
    let mut all: Vec<String> = history
        .accepted
        .iter()
        .map(|code| format!("accepted on the command line: {code}"))
        .collect();

    all.extend(history.answered.iter().map(|(key, value)| format!("chosen: {key} = {value}")));
    for (code, found) in &history.judged {
        let is_told =
            |line: &String| line.starts_with(code.as_str()) && line.ends_with(found.as_str());
        if !told.by_hand.iter().any(is_told) {
            all.push(format!("{code} accepted; found: {found}"));
        }
    }

    for (key, entry) in history.in_state(State::Waived) {
        let code = entry.waived.clone().unwrap_or_default();
        all.push(format!(
            "{key}: {} ({code})",
            if code.starts_with("skip.") { "skipped" } else { "accepted as it is" }
        ));
    }
    all.extend(told.by_hand.iter().cloned());
    all
}

/// The four things that are done to a service, for each instance, and the commands that they come
/// down to (6.8).
fn operate(resolved: &Resolved, guide: &Guide, profile: &str) -> Vec<Operate> {
    let mut all = Vec::new();
    for instance in &resolved.settings.instances {
        let Ok(site) = Site::new(&resolved.settings, instance, &guide.profile) else { continue };

        let standby = site.secondary();
        let to = format!(" --to {standby}");
        for (what, word, more, step) in [
            ("start, the group being online", "start", "", service_start(&site)),
            ("stop, without a failover", "stop", "", service_stop(&site)),
            ("restart, after a change in ics.conf", "restart", "", service_restart(&site)),
            ("move to the node on standby", "failover", &*to, service_failover(&site, &standby)),
        ] {
            // Typed by hand nothing looks first, and what brings an offline group online would
            // move one that is online elsewhere.
            let typed = |op: &Op| word == "failover" || !brings_online(&site, op);
            let commands = step.nodes().first().map_or_else(Vec::new, |node| {
                let operations = (step.ops)(node);
                operations.iter().filter(|op| typed(op)).flat_map(Op::commands).collect()
            });
            let calha = format!("calha service {word} {profile} {}{more}", instance.name);
            all.push(Operate { what: format!("{}: {what}", instance.name), calha, commands });
        }
    }
    all
}

/// Node by node where each has its own programs (6.1.1), else at once.
fn upgrade(resolved: &Resolved, profile: &str) -> Vec<String> {
    let mut all = Vec::new();
    for instance in &resolved.settings.instances {
        let name = &instance.name;
        let calha = |word: &str| format!("calha service {word} {profile} {name}");
        if instance.shares_programs() {
            all.push(format!(
                "{name}: {}; upgrade the programs where their disk is mounted; {}",
                calha("stop"),
                calha("start")
            ));
            continue;
        }

        let [first, second, ..] = &instance.nodes[..] else { continue };
        all.extend([
            format!("{name}: upgrade the programs on {second}, where the service is not."),
            format!("{name}: {} --to {second}, a short outage.", calha("failover")),
            format!("{name}: upgrade the programs on {first}."),
            format!("{name}: {} --to {first}; calha verify {profile}.", calha("failover")),
            format!(
                "{name}: the service runs meanwhile, and either node may be first; a change in \
                 ics.conf waits for its next start. Whether two releases may share one database \
                 is not proved: ask the release notes (E03)."
            ),
        ]);
    }
    all
}
