//! A run on a terminal: lines scroll by above a bar for the run and a line for each node. Lines are
//! those of `lines`; bars are drawn on standard error only and cleared whenever the terminal is
//! somebody else's.

use crate::text::printable;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::drawing::Drawing;
use super::{Held, Once, Opening, Output, lines, width};
use crate::cluster::{GroupState, Meaning};
use crate::engine::{Event, Sink, Standing};
use crate::host::Watcher;
use crate::node::NodeName;

/// The line of a node.
struct NodeLine {
    bar: ProgressBar,
    /// The step that it is at.
    step: String,
}

/// A terminal: the lines of a run scroll by above a bar for the run and a line for each node.
pub struct Terminal {
    all: MultiProgress,
    /// Where each group and its mounts are.
    standing: Option<ProgressBar>,
    run: ProgressBar,
    nodes: Arc<Mutex<BTreeMap<NodeName, NodeLine>>>,
    /// The terminal is somebody else's.
    hidden: bool,
    /// Problems and questions that were shown.
    shown: Once,
    /// Tells the beginning in few lines, unless all of it is wanted.
    opening: Option<Opening>,
}

impl Terminal {
    /// Draws on standard error. What it says in a line of the beginning is held there, if it is.
    pub fn new(colour: bool, held: Option<Held>) -> Self {
        let all = MultiProgress::with_draw_target(Drawing::target());
        let run = all.add(ProgressBar::new(0));
        let bar = if colour { "{bar:16.cyan}" } else { "{bar:16}" };
        if let Ok(style) =
            ProgressStyle::with_template(&format!("{bar} {{pos}}/{{len}} {{elapsed}} {{wide_msg}}"))
        {
            run.set_style(style.progress_chars("=> "));
        }
        let (nodes, shown, opening) = (Arc::default(), Once::default(), held.map(Opening::new));
        Self { all, standing: None, run, nodes, hidden: false, shown, opening }
    }

    /// The bars, which a question has to make way.
    pub fn bars(&self) -> MultiProgress {
        self.all.clone()
    }

    fn clear(&self) {
        let nodes = self.nodes.lock().unwrap_or_else(PoisonError::into_inner);
        nodes
            .values()
            .map(|line| &line.bar)
            .chain(&self.standing)
            .for_each(ProgressBar::finish_and_clear);
        self.run.finish_and_clear();
    }

    fn stand(&mut self, cluster: &str, all: &[Standing]) {
        let (bars, run) = (&self.all, &self.run);
        let bar = self.standing.get_or_insert_with(|| {
            let bar = bars.insert_before(run, ProgressBar::new_spinner());
            if let Ok(style) = ProgressStyle::with_template("{wide_msg}") {
                bar.set_style(style);
            }
            bar
        });
        let told: Vec<String> = all.iter().map(placed).collect();
        bar.set_message(printable(&format!("{cluster}: {}", told.join(" | "))));
        bar.tick();
    }

    /// Shows what a long command prints, behind its step on the node's line.
    pub fn watcher(&self) -> Watcher {
        let nodes = Arc::clone(&self.nodes);
        Watcher::new(move |node, line| {
            if let Some(NodeLine { bar, step }) =
                nodes.lock().unwrap_or_else(PoisonError::into_inner).get(node)
                && !bar.message().is_empty()
            {
                bar.set_message(format!("{step}: {}", printable(line)));
            }
        })
    }

    /// The line of a node, which is made with the first that happens there.
    fn node(&self, node: &NodeName, step: &str) -> ProgressBar {
        let mut nodes = self.nodes.lock().unwrap_or_else(PoisonError::into_inner);
        let line = nodes.entry(node.clone()).or_insert_with(|| {
            let bar = self.all.add(ProgressBar::new_spinner());
            if let Ok(style) = ProgressStyle::with_template("  {prefix} {elapsed} {wide_msg}") {
                bar.set_style(style);
            }
            bar.set_prefix(node.0.clone());
            NodeLine { bar, step: String::new() }
        });
        step.clone_into(&mut line.step);
        line.bar.clone()
    }
}

impl Terminal {
    /// Moves the bars to where the run is now.
    fn draw(&mut self, event: &Event) {
        match event {
            Event::Announced { steps, .. } => self.run.set_length(steps.len() as u64),
            Event::StepBegins { again: true, id, .. } => self.run.set_message(id.clone()),
            Event::UndoBegins { number, of, id, .. } => {
                self.run.set_length(*of as u64);
                self.run.set_position(*number as u64 - 1);
                self.run.set_message(id.clone());
            }
            Event::StepBegins { number, id, .. } => {
                self.run.set_position(*number as u64 - 1);
                self.run.set_message(id.clone());
            }

            Event::OpBegins { attended: true, .. } => {}
            Event::Standing { cluster, standing } => self.stand(cluster, standing),
            Event::OpBegins { node, commands, step, .. } => {
                let bar = self.node(node, step);
                bar.reset_elapsed();
                bar.enable_steady_tick(Duration::from_millis(250));
                bar.set_message(format!(
                    "{step}: {}",
                    printable(commands.first().map_or("", String::as_str))
                ));
            }
            Event::OpEnds { node, step, .. } => {
                let bar = self.node(node, step);
                bar.disable_steady_tick();
                bar.set_message("");
            }

            Event::Ended { .. } => {
                self.clear();
            }
            Event::Question { question, .. } => self.shown.put(question),
            _ => {}
        }
    }
}

impl Sink for Terminal {
    fn tell(&mut self, event: &Event) {
        self.draw(event);

        let back =
            matches!(event, Event::OpEnds { .. } | Event::Failed { .. } | Event::Ended { .. });
        if self.hidden && back {
            self.hidden = false;
            self.all.set_draw_target(Drawing::target());
        }

        // Whoever was asked has read the question, and answered it.
        if matches!(event, Event::Question { asked: true, .. }) {
            return;
        }

        if let Event::Problem { problem, .. } | Event::Notice { problem, .. } = event
            && !self.shown.is_new(problem)
        {
            return;
        }

        let few = self.opening.as_mut().and_then(|opening| opening.told(event, width()));
        // Standard output is the same terminal: the bars make room for it.
        self.all.suspend(|| {
            for line in few.unwrap_or_else(|| lines(event, width())) {
                let _ = std::io::Write::write_all(&mut Output, format!("{line}\n").as_bytes());
            }
        });

        if matches!(event, Event::OpBegins { attended: true, .. }) {
            // The terminal belongs to a program of the node, or to a question: no bar draws into
            // it.
            let _ = self.all.clear();
            self.hidden = true;
            self.all.set_draw_target(ProgressDrawTarget::hidden());
        }
    }

    fn has_shown(&self, code: &str, what: &str) -> bool {
        self.shown.has(code, what)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.clear();
    }
}

/// "CAL-RG ONLINE on Node1, /cal on Node1".
fn placed(standing: &Standing) -> String {
    // On most nodes a group is offline, which says nothing.
    let states = standing
        .states
        .iter()
        .filter(|(_, state)| GroupState::parse(state).meaning() != Meaning::Down);
    let states: Vec<String> = states.map(|(node, state)| format!("{state} on {node}")).collect();
    let group = match (standing.states.is_empty(), states.is_empty()) {
        (true, _) => format!("{}: not made yet", standing.group),
        (_, true) => format!("{} offline", standing.group),
        _ => format!("{} {}", standing.group, states.join(" and ")),
    };
    let mounts = standing.mounts.iter().filter(|(_, nodes)| !nodes.is_empty());
    let names =
        |nodes: &[NodeName]| nodes.iter().map(NodeName::as_str).collect::<Vec<_>>().join(", ");
    let mounts = mounts.map(|(point, nodes)| format!("{point} on {}", names(nodes)));
    std::iter::once(group).chain(mounts).collect::<Vec<_>>().join(", ")
}
