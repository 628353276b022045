//! What a rehearsal tells of one step: its commands and what became of them, each once for all
//! nodes that have it, its notes and how many proofs it has. It gathers; when that is shown is for
//! `Course`.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::lines;
use crate::engine::Event;
use crate::node::NodeName;
use crate::problem::Problem;
use crate::text::{counted, wrapped};

/// What stands before each line of such a text.
const BY_HAND: &str = "(by hand) ";

/// A line about nodes.
#[derive(PartialEq, Eq)]
pub(super) enum Told {
    /// To be copied, so never broken.
    Command(String),
    Sentence(String),
}

/// A step that is at work or has ended.
#[derive(Default)]
pub(super) struct CourseStep {
    /// Its number, and its name with its title, while they were not shown.
    pub head: Option<(String, String)>,
    /// Lines, with the nodes that they are about.
    told: Vec<(Told, Vec<NodeName>)>,
    notes: Vec<Problem>,
    pub proofs: usize,
}

impl CourseStep {
    pub fn new(number: String, title: String) -> Self {
        Self { head: Some((number, title)), ..Self::default() }
    }

    /// The commands of one operation, in a line; of handwork what it is.
    pub fn gather(&mut self, node: &NodeName, commands: &[String]) {
        if !is_by_hand(commands) {
            return self.tell(node, Told::Command(commands.join("; ")));
        }
        // What it is, and the first line to type.
        let is_typed = |line: &&String| line.trim_start_matches(BY_HAND).starts_with("  /");
        let typed = commands.iter().skip(1).find(is_typed);
        let shown: Vec<&String> = commands.first().into_iter().chain(typed).collect();
        shown.iter().for_each(|line| self.tell(node, Told::Command((*line).clone())));
        if shown.len() < commands.len() {
            let left = counted(commands.len() - shown.len(), "more line");
            self.tell(node, Told::Command(format!("{BY_HAND}... {left}: --verbose")));
        }
    }

    /// A line about a node.
    pub fn tell(&mut self, node: &NodeName, line: Told) {
        match self.told.iter_mut().find(|(known, _)| *known == line) {
            Some((_, nodes)) if nodes.contains(node) => {}
            Some((_, nodes)) => nodes.push(node.clone()),
            None => self.told.push((line, vec![node.clone()])),
        }
    }

    pub fn note(&mut self, problem: &Problem) {
        self.notes.push(problem.clone());
    }

    /// What was gathered since it was shown last. `is_done`: with how it ended.
    pub fn shown(&mut self, is_done: bool, noted: &mut BTreeSet<String>, width: usize) -> String {
        let mut out = String::new();
        let ended = ended(std::mem::take(&mut self.proofs));
        let is_open = self.head.is_none();
        if let Some((number, title)) = self.head.take() {
            let title = if is_done { format!("{title}: {ended}") } else { title };
            wrapped(&mut out, &number, &title, width);
        }

        for (line, nodes) in std::mem::take(&mut self.told) {
            let nodes: Vec<&str> = nodes.iter().map(NodeName::as_str).collect();
            let before = format!("        {}: ", nodes.join(", "));
            match line {
                Told::Command(line) => out.push_str(&format!("{before}{line}\n")),
                Told::Sentence(line) => wrapped(&mut out, &before, &line, width),
            }
        }
        out.push_str(&notes(std::mem::take(&mut self.notes), noted, width));
        if is_open && is_done {
            out.push_str(&format!("        {ended}\n"));
        }
        out
    }

    /// Takes over what another one has, but for its commands.
    pub fn take_in(&mut self, other: Self) {
        self.proofs += other.proofs;
        self.notes.extend(other.notes);
    }
}

/// Whether these lines are for somebody's hands.
pub(super) fn is_by_hand(commands: &[String]) -> bool {
    commands.iter().any(|line| line.starts_with(BY_HAND))
}

/// How a step ended that has so many proofs.
fn ended(proofs: usize) -> String {
    match proofs {
        0 => "ok".to_owned(),
        1 => "proved".to_owned(),
        n => counted(n, "proof"),
    }
}

/// What is only worth saying: of several with one code the first, without its remedy; of the others
/// their places.
fn notes(all: Vec<Problem>, noted: &mut BTreeSet<String>, width: usize) -> String {
    let mut out = String::new();
    // Each code, with its files and the lines of each.
    let mut places: BTreeMap<String, BTreeMap<String, Vec<String>>> = BTreeMap::new();
    for problem in all {
        let Some(place) = problem.place.as_ref().filter(|_| noted.contains(&problem.code)) else {
            noted.insert(problem.code.clone());
            let problem = Problem { remedy: None, section: None, ..problem };
            let event = Event::Notice { step: String::new(), problem };
            lines(&event, width).iter().for_each(|line| out.push_str(&format!("{line}\n")));
            continue;
        };

        let parts = place.rsplit_once(':').filter(|(_, line)| line.parse::<u32>().is_ok());
        let (file, line) = parts.map_or((&**place, None), |(file, line)| (file, Some(line)));
        let files = places.entry(problem.code.clone()).or_default();
        files.entry(file.to_owned()).or_default().extend(line.map(str::to_owned));
    }

    for (code, files) in places {
        let in_file = |(file, lines): (String, Vec<String>)| match lines.is_empty() {
            true => file,
            false => format!("{file}:{}", lines.join(",")),
        };
        let files: Vec<String> = files.into_iter().map(in_file).collect();
        let text = format!("[{code}] {}", files.join(", "));
        wrapped(&mut out, "        note ", &text, width);
    }
    out
}
