//! Asks a person at a terminal what a run wants to know, step by step or once for all. Whatever is
//! shown and answered is noted in the log too. Answers are given to the engine, which acts on them.

use crate::text::printable;
use indicatif::MultiProgress;

use super::proposal::proposal;
use super::{Decided, Held, Keyboard, Typed, talk, width};
use crate::engine::{Choice, Picked, Prompt, Proposal, Question, Reply};
use crate::guide::explain;
use crate::node::{Command, NodeName};
use crate::op::OpId;
use crate::plan::script_of;
use crate::problem::Problem;
use crate::step::Lifespan;
use crate::text::wrapped;

/// A human at a terminal.
pub struct TerminalPrompt {
    /// `--yes`: the changes are agreed to beforehand, and nothing is asked.
    pub yes: bool,
    /// What is drawn on the terminal, and makes room for a question.
    pub bars: Option<MultiProgress>,
    pub keyboard: Keyboard,
    /// Whether diffs have colours.
    pub colour: bool,
    /// Steps go on without a question, except those that cannot be undone.
    pub rest: bool,
    /// Keeps what is shown and answered, beside what the run tells.
    pub note: Box<dyn Fn(&str)>,
    /// What was told in a line, and is shown whole on request.
    pub held: Held,
}

impl TerminalPrompt {
    fn ask(&self, above: &str, question: &str) -> Reply {
        if self.yes {
            return Reply::Nobody;
        }
        self.aside(|| {
            self.show(above);
            replied(self.confirm(question))
        })
    }

    /// Does something on the terminal while no bar is drawn.
    fn aside<T>(&self, what: impl FnOnce() -> T) -> T {
        match &self.bars {
            Some(bars) => bars.suspend(what),
            None => what(),
        }
    }

    /// Asks once more whether the step is left out, and says for how long; none where it is not.
    fn skip(&self, about: &Proposal<'_>) -> Option<Choice> {
        self.say(match about.step.map_or(Lifespan::Lasting, |s| s.lifespan) {
            Lifespan::Lasting => {
                "If you skip it, calha leaves it out in this and in later runs. The journal says \
                 so; calha resolve --again undoes that."
            }
            Lifespan::Passing => {
                "If you skip it, calha leaves it out in this run. The journal says so."
            }
        });
        match self.confirm(&format!("skip {}?", about.id)) {
            Decided::Yes => Some(Choice::Skip),
            Decided::No => None,
            Decided::End => Some(Choice::Stop),
            Decided::Interrupted => Some(Choice::Interrupted),
        }
    }

    fn decide(&self, about: &Proposal<'_>, all: &mut bool) -> Choice {
        coloured(proposal(about, width(), self.colour).trim_end());

        // A log has no colours.
        (self.note)(proposal(about, 80, false).trim_end());
        let mut shows_shell = false;
        loop {
            let question = self.keys(about);
            let typed = self.keyboard.ask(&question);
            (self.note)(&match &typed {
                Typed::Line(line) => format!("{question}{}", printable(line)),
                Typed::End => format!("{question}^D"),
                Typed::Interrupted => format!("{question}^C"),
            });

            match typed {
                Typed::Interrupted => return Choice::Interrupted,
                Typed::End => return Choice::Stop,
                Typed::Line(line) => match line.trim().to_lowercase().as_str() {
                    "" | "r" | "run" => return Choice::Run,
                    "k" | "skip" if !about.undoes => {
                        if let Some(choice) = self.skip(about) {
                            return choice;
                        }
                    }
                    "a" | "all" | "rest" if !self.rest => {
                        *all = true;
                        return Choice::Run;
                    }
                    "q" | "quit" | "stop" => return Choice::Stop,
                    "s" | "show" if !shows_shell => {
                        shows_shell = true;
                        coloured(proposal(about, width(), self.colour).trim_end());
                        self.say("s once more shows the exact shell text.");
                    }
                    "s" | "show" | "shell" | "script" => self.show(&script_of(about)),
                    "e" | "?" | "explain" => match explain(about.id, about.guide, width()) {
                        Ok(text) => self.show(&text),
                        Err(problem) => self.show(&problem.to_string()),
                    },
                    other => self.say(&self.refusal(about, other)),
                },
            }
        }
    }

    /// The keys that are taken at a step.
    fn keys(&self, about: &Proposal<'_>) -> String {
        // What cannot be undone is asked about all the same.
        let rest = match (self.rest, about.undoes) {
            (true, _) => "",
            (false, true) => " [a]ll",
            (false, false) => " [a]ll that can be undone",
        };
        let (enter, skip) = if about.undoes { ("undoes", "") } else { ("runs", " s[k]ip") };
        format!("        Enter {enter}; [s]how [e]xplain{skip}{rest} [q]uit > ")
    }

    /// What is said at any other key.
    fn refusal(&self, about: &Proposal<'_>, typed: &str) -> String {
        let (enter, skip) = if about.undoes { ("undoes", "") } else { ("runs", "k skips it, ") };
        let rest = match self.rest {
            true => String::new(),
            false if about.undoes => format!("a {enter} the rest, "),
            false => format!("a {enter} all the rest that can be undone, "),
        };
        format!(
            "{} is not an answer here: Enter {enter} it, s shows it again, then its shell text, e \
             explains it, {skip}{rest}q ends here.",
            printable(typed)
        )
    }

    /// Asks for the number of one of these values, or the value itself.
    fn pick(&self, question: &Question, among: &[String]) -> Picked {
        let mut about = String::from("\n");
        wrapped(&mut about, "", &question.what, width());
        for (at, value) in among.iter().enumerate() {
            wrapped(&mut about, "  ", &format!("{} {value}", at + 1), width());
        }
        self.show(&printable(about.trim_end()));

        let asked = format!("which one? 1 to {}; Enter ends here > ", among.len());
        loop {
            let line = match self.keyboard.ask(&asked) {
                Typed::Line(line) => line.trim().to_owned(),
                Typed::End => String::new(),
                Typed::Interrupted => {
                    (self.note)(&format!("{asked}^C"));
                    return Picked::Interrupted;
                }
            };
            (self.note)(&format!("{asked}{}", printable(&line)));
            if line.is_empty() {
                return Picked::Nothing;
            }
            let number = line.parse::<usize>().ok().and_then(|n| among.get(n.checked_sub(1)?));
            if let Some(value) = number.or_else(|| among.iter().find(|value| **value == line)) {
                return Picked::Value(value.clone());
            }
            self.say(&format!(
                "{} is not an answer here: type a number from 1 to {}.",
                printable(&line),
                among.len()
            ));
        }
    }

    fn confirm(&self, question: &str) -> Decided {
        let decided = self.keyboard.decide(&format!("{question} [y/N] "), false);
        (self.note)(&format!("{question} {decided:?}"));
        decided
    }

    /// Consent to what was told in a few lines, all of which can be shown first.
    fn confirm_shown(&self, question: &str) -> Decided {
        // The log has all of it.
        let shows = || talk(&self.held.whole(width()));
        let asked = format!("{question} [s]how [y/N] ");
        let decided = self.keyboard.decide_or_show(&asked, false, Some(&shows));
        (self.note)(&format!("{question} {decided:?}"));
        decided
    }

    /// A sentence, as far in as the step's own lines.
    fn say(&self, text: &str) {
        let mut out = String::new();
        wrapped(&mut out, "        ", text, width());
        self.show(out.trim_end_matches('\n'));
    }

    fn show(&self, text: &str) {
        if !text.is_empty() {
            talk(&format!("{text}\n"));
            (self.note)(text);
        }
    }
}

fn replied(decided: Decided) -> Reply {
    match decided {
        Decided::Yes => Reply::Yes,
        Decided::No | Decided::End => Reply::No,
        Decided::Interrupted => Reply::Interrupted,
    }
}

/// A proposal, which has spelt out what it shows, and may have colours.
fn coloured(text: &str) {
    // Nobody to tell when standard error is closed.
    let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("{text}\n").as_bytes());
}

impl Prompt for TerminalPrompt {
    fn consent(&mut self, what: &str) -> Reply {
        if self.yes {
            return Reply::Yes;
        }
        if self.held.is_empty() {
            return self.ask("", what);
        }
        self.aside(|| replied(self.confirm_shown(what)))
    }

    fn accept(&mut self, question: &Question) -> Reply {
        let mut about = String::from("\n");
        let mut say = |indent: &str, text: &str| wrapped(&mut about, indent, text, width());
        say("", &format!("{}{}", question.what, question.at()));
        for (at, line) in question.found.lines().enumerate() {
            say(if at == 0 { "  found: " } else { "    " }, line);
        }
        if let Some(remedy) = &question.remedy {
            say("  ", &format!("{}; read {}", remedy.first, remedy.logs.join(", ")));
        }
        say("  ", &format!("accepting it {} (--accept {})", question.accepting, question.code));
        let about = about.trim_end().to_owned();
        self.ask(&printable(&about), "accept?")
    }

    fn choose(&mut self, question: &Question, among: &[String]) -> Picked {
        if self.yes {
            return Picked::Nothing;
        }
        self.aside(|| self.pick(question, among))
    }

    fn proposes(&self) -> bool {
        !self.yes
    }

    fn step(&mut self, about: &Proposal<'_>) -> Choice {
        if self.rest && !about.is_irreversible() {
            return Choice::Run;
        }
        let mut all = self.rest;
        let choice = self.aside(|| self.decide(about, &mut all));
        self.rest = all;
        choice
    }

    fn look_again(&mut self, problems: &[Problem]) -> Reply {
        let count = match problems.len() {
            1 => "1 problem is".into(),
            n => format!("{n} problems are"),
        };
        self.ask("", &format!("{count} in the way of the first change; look again?"))
    }

    fn attends(&self) -> bool {
        true
    }

    fn operator(&mut self, id: &OpId, on: &NodeName, _: Option<&Command>, _: &str) -> Reply {
        self.ask(&format!("\n{}, to be done by hand on {on}: see above", id.step), "is it done?")
    }
}
