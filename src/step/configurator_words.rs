//! What a run of the configurator said, as proof: its output where that was kept, its log in every
//! mode. A task that failed is a failure; a run of which nothing says that it passed, or of which
//! no log or several may be, is a question. They are guards, so that a script run by hand proves
//! what an installation proves. What it has to leave, `configured` asks.

use super::{Asked, Guard, Site, StepKind, Weight, When};
use crate::node::{Command, NodeName, NodePath};
use crate::op::Check;
use crate::problem::{Code, codes};
use crate::setting::RunMode;

/// Where the configurator leaves its log, and how each begins (6.11).
const LOGS: &str = "/var/sadm/install/logs";
const LOG: &str = "Sun_Java_System_Calendar_Server_install.";

/// What it says at its end when a task failed: English, and Korean as in the guide's own sample.
pub(super) const SOME_FAILED: [&str; 2] = ["Some Tasks Failed", "일부 작업이 실패했습니다"];

/// What it says at its end when all have passed.
const ALL_PASSED: [&str; 2] = ["All Tasks Passed", "모든 작업이 성공했습니다"];

/// What begins the line of a task, before its command and its status.
const FAILED: &str = "FAILED:";
const PASSED: &str = "PASSED:";

/// What the list of logs has in place of each.
const ONE: &str = "log";

/// A run of the configurator, by what it leaves to read.
struct Heard {
    node: NodeName,
    /// Its output; a run on a terminal, or by hand, leaves nothing to read but its log.
    kept: Option<NodePath>,
    /// Its status; nobody hears that of a run by hand.
    status: Option<NodePath>,
    /// What find(1) is told of the logs that may be its own.
    chosen: Vec<String>,
    /// Logs of any run for this cal-svr-base.
    of_any_run: Command,
}

/// What the run of this step said.
pub(super) fn proofs(site: &Site, step: StepKind, mode: RunMode, node: &NodeName) -> Vec<Guard> {
    let heard = Heard::of(site, step, mode, node);
    let failures = heard.failures();
    let failed = Check::Any(failures.iter().map(|guard| guard.wrong.clone()).collect());

    let doubts = heard.doubts().into_iter().map(|guard| {
        let only = Check::All(vec![failed.clone().negated(), guard.only.clone()]);
        guard.only_while(only).weighing(Weight::Asks)
    });
    let doubts: Vec<Guard> = doubts.collect();
    failures.into_iter().chain(doubts).map(|guard| guard.when(When::After)).collect()
}

fn find(tests: &[&str]) -> Command {
    let logs = [LOGS.to_owned(), "-name".into(), format!("{LOG}*")];
    Command::new("/usr/bin/find", logs.into_iter().chain(tests.iter().map(|t| (*t).to_owned())))
}

impl Heard {
    fn of(site: &Site, step: StepKind, mode: RunMode, node: &NodeName) -> Self {
        let stem = format!("{}.1", site.step(step));
        let out = site.record_file(&stem, "out");
        let below = format!("{}/", site.instance.cal_svr_base);
        let speaks = ["-exec", "/usr/bin/fgrep", "-l", &below, "{}", ";"];
        let of_any_run = find(&speaks);

        // The intent of an attempt is written before the attempt, and stands after a kill. What is
        // done by hand has none: since the record was begun, then.
        let begun = match mode {
            RunMode::Operator => site.record_file("record.1", "intent"),
            _ => site.record_file(&stem, "intent"),
        };
        let names = ["-exec", "/usr/bin/fgrep", "-l", "{}", out.as_str(), ";"];
        let chosen: Vec<&str> = match mode {
            RunMode::Silent => names.to_vec(),
            _ => ["-newer", begun.as_str()].into_iter().chain(speaks).collect(),
        };
        let chosen = chosen.into_iter().map(str::to_owned).collect();

        Self {
            node: node.clone(),
            status: (mode != RunMode::Operator).then(|| site.record_file(&stem, "rc")),
            kept: (mode == RunMode::Silent).then_some(out),
            chosen,
            of_any_run,
        }
    }

    /// The logs that may be its own, with this for each.
    fn each_log(&self, tests: &[&str]) -> Command {
        let chosen = self.chosen.iter().map(String::as_str);
        find(&chosen.chain(tests.iter().copied()).collect::<Vec<_>>())
    }

    /// A line that counts, and what stands in it.
    fn logs(&self) -> Command {
        let counted = ["-exec", "/usr/bin/echo", ONE, ";"];
        let shown = ["-exec", "/usr/bin/cat", "{}", ";"];
        self.each_log(&[counted, shown].concat())
    }

    fn has_logs(&self, least: usize) -> Check {
        Check::Versions { command: self.logs(), name: ONE.into(), least }
    }

    fn logged(&self, text: &str) -> Check {
        Check::Says { command: self.logs(), text: text.into() }
    }

    /// What it said, where that was kept; else what its log says.
    fn said(&self, text: &str) -> Check {
        match &self.kept {
            Some(out) => Check::Holds { path: out.clone(), text: text.into() },
            None => self.logged(text),
        }
    }

    fn guard(&self, code: Code, wrong: Check, what: impl Into<String>) -> Guard {
        Guard::new(code, Asked::Each(vec![self.node.clone()]), wrong, what)
    }

    /// Tasks that failed, by its output and by its one log.
    fn failures(&self) -> Vec<Guard> {
        let failed = |wrong, what: &str| {
            let hint = format!(
                "put right what its log below {LOGS} on this node says, and go on: it is run again"
            );
            self.guard(codes::CONFIGURATOR_FAILED, wrong, what).evident().hint(hint, "6.11, E65")
        };
        let only_log = |wrong| Check::All(vec![self.has_logs(2).negated(), wrong]);
        let sentences = |said: &dyn Fn(&str) -> Check| Check::Any(SOME_FAILED.map(said).into());
        let (task, end) = ("a task of the configurator failed", "its end says that tasks failed");

        let mut all = Vec::new();
        if let Some(out) = &self.kept {
            let line = Check::Begins { path: out.clone(), text: FAILED.into() };
            let shown = Command::new("/usr/bin/cat", [out.as_str()]);
            let shown = Check::Says { command: shown, text: FAILED.into() };
            all.push(failed(Check::All(vec![line, shown]), task));
            all.push(failed(sentences(&|text| self.said(text)), end));
        }
        all.push(failed(only_log(self.logged(FAILED)), task));
        all.push(failed(only_log(sentences(&|text| self.logged(text))), end));
        all
    }

    /// What speaks neither for it nor against it.
    fn doubts(&self) -> Vec<Guard> {
        let unclear = |wrong: Vec<Check>, what: &str| {
            self.guard(codes::CONFIGURATOR_UNCLEAR, Check::All(wrong), what)
                .evident()
                .hint(format!("look at its log below {LOGS} on this node"), "6.11, E65")
        };
        let names = self.each_log(&["-print"]);
        let names = |text: &str| Check::Says { command: names.clone(), text: text.into() };
        let others = Check::Says { command: self.of_any_run.clone(), text: String::new() };

        let mut all = vec![
            unclear(
                vec![self.has_logs(1).negated(), others],
                "no log is of this run of the configurator; others that name these programs",
            ),
            unclear(
                vec![self.has_logs(2), names(LOG)],
                "which log is of this run of the configurator is not known",
            ),
            unclear(
                vec![self.has_logs(2), self.logged(FAILED)],
                "one of several logs says that a task of the configurator failed",
            ),
            self.end(),
        ];

        if let Some(rc) = &self.status {
            let well = Check::Begins { path: rc.clone(), text: "0".into() };
            let status = Command::new("/usr/bin/cat", [rc.as_str()]);
            let status = Check::Says { command: status, text: String::new() };
            all.push(unclear(
                // Asked first, as it is usually all that has to be asked.
                vec![well.negated(), Check::Exists(rc.clone()), status],
                "no task of the configurator says that it failed, but its status is not 0",
            ));
        }
        all
    }

    /// Nothing says that all has passed. Without a log to read there is another question.
    fn end(&self) -> Guard {
        let passed = Check::Any(ALL_PASSED.map(|text| self.said(text)).into());
        let passed = Check::All(vec![self.said(PASSED), passed]);
        let readable = if self.kept.is_some() { Check::Always } else { self.has_logs(1) };
        self.guard(
            codes::CONFIGURATOR_UNCLEAR,
            passed.negated(),
            "no task of the configurator says that it failed, but calha does not know its last \
             sentence",
        )
        .only_while(readable)
        .showing(self.logs())
        .proving("the configurator says that all its tasks passed")
        .hint(format!("look at its log below {LOGS} on this node"), "6.11, E65")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guides_own_sample_says_that_all_has_passed_and_names_its_log() {
        let sample = include_str!("../../tests/fixtures/configurator-ko.txt");
        let begins = |text: &str| sample.lines().filter(|line| line.starts_with(text)).count();
        assert_eq!((begins(PASSED), begins(FAILED)), (6, 0));
        assert_eq!(begins(&format!("{LOGS}/{LOG}B12181533")), 1);
        assert!(ALL_PASSED.iter().any(|text| sample.contains(text)));
        assert!(!SOME_FAILED.iter().any(|text| sample.contains(text)));
    }
}
