use std::collections::BTreeMap;
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::lines;
use crate::engine::{Event, Sink};
use crate::host::NodeName;

/// A terminal: the lines of a run scroll by above a bar for the run and a line for each node.
pub struct Terminal {
    all: MultiProgress,
    run: ProgressBar,
    nodes: BTreeMap<NodeName, ProgressBar>,
    /// The terminal is somebody else's.
    hidden: bool,
}

impl Terminal {
    /// Draws on standard error.
    pub fn new(ascii: bool) -> Self {
        let all = MultiProgress::new();
        let run = all.add(ProgressBar::new(0));
        let bar = if ascii { "{bar:24}" } else { "{bar:24.cyan}" };
        if let Ok(style) = ProgressStyle::with_template(&format!("{bar} {{pos}}/{{len}} {{elapsed}} {{wide_msg}}")) {
            run.set_style(style.progress_chars("=> "));
        }
        Self { all, run, nodes: BTreeMap::new(), hidden: false }
    }

    /// The bars, which a question has to make way.
    pub fn bars(&self) -> MultiProgress {
        self.all.clone()
    }

    fn node(&mut self, node: &NodeName) -> &ProgressBar {
        let all = &self.all;
        self.nodes.entry(node.clone()).or_insert_with(|| {
            let bar = all.add(ProgressBar::new_spinner());
            if let Ok(style) = ProgressStyle::with_template("  {prefix} {elapsed} {wide_msg}") {
                bar.set_style(style);
            }
            bar.set_prefix(node.0.clone());
            bar
        })
    }
}

impl Sink for Terminal {
    fn tell(&mut self, event: &Event) {
        match event {
            Event::Announced { steps, .. } => self.run.set_length(steps.len() as u64),
            Event::StepBegins { number, id, .. } => {
                self.run.set_position(*number as u64 - 1);
                self.run.set_message(id.clone());
            }
            Event::OpBegins { attended: true, .. } => {}
            Event::OpBegins { node, commands, .. } => {
                let bar = self.node(node);
                bar.reset_elapsed();
                bar.enable_steady_tick(Duration::from_millis(250));
                bar.set_message(commands.first().cloned().unwrap_or_default());
            }
            Event::OpEnds { node, .. } => {
                let bar = self.node(node);
                bar.disable_steady_tick();
                bar.set_message("");
            }
            Event::Ended { .. } => {
                self.nodes.values().for_each(ProgressBar::finish_and_clear);
                self.run.finish_and_clear();
            }
            _ => {}
        }
        let back = matches!(event, Event::OpEnds { .. } | Event::Failed { .. } | Event::Ended { .. });
        if self.hidden && back {
            self.hidden = false;
            self.all.set_draw_target(ProgressDrawTarget::stderr());
        }
        // Standard output is the same terminal: the bars make room for it.
        self.all.suspend(|| {
            for line in lines(event) {
                let _ = std::io::Write::write_all(&mut std::io::stdout(), format!("{line}\n").as_bytes());
            }
        });
        if matches!(event, Event::OpBegins { attended: true, .. }) {
            // The terminal belongs to a program of the node, or to a question: no bar draws into it.
            let _ = self.all.clear();
            self.hidden = true;
            self.all.set_draw_target(ProgressDrawTarget::hidden());
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.nodes.values().for_each(ProgressBar::finish_and_clear);
        self.run.finish_and_clear();
    }
}
