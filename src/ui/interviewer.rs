use crate::text::nearest;
use crate::text::printable;
use std::io::Write as _;

use super::{Keyboard, Typed, downtime_text, models_text, width};
use crate::availability::Downtime;
use crate::interview::{Interview, Known, Topic};
use crate::problem::{Problem, codes};
use crate::profile::provision;
use crate::setting::{Kind, Origin, Setting, conflicts, evaluate, lookup, registry, resolve};
use crate::text::wrapped;

/// How an interview ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interviewed {
    /// Everything is there, valid, and was agreed to.
    Complete,
    /// ^C.
    Interrupted,
    /// ^D, `q`, or the terminal is gone.
    Left,
}

/// Somebody who is asked at a terminal, until a profile is complete.
pub struct Interviewer<'a> {
    pub keyboard: &'a Keyboard,
    /// Told after each answer, so that nothing is lost.
    pub keep: &'a mut dyn FnMut(&Interview),
    /// Asks a node what it knows.
    pub read: &'a mut dyn FnMut(&Interview, &str) -> Result<Known, Problem>,
    /// What is done with the answers in the end: "writes site.toml".
    pub purpose: String,
}

impl Interviewer<'_> {
    /// Asks what is missing, shows all of it, and takes changes until somebody agrees.
    pub fn run(&mut self, interview: &mut Interview) -> Interviewed {
        loop {
            if let Some(end) = self.questions(interview) {
                return end;
            }
            match self.summary(interview) {
                Some(end) => return end,
                // Something is missing again, or somebody went back.
                None => continue,
            }
        }
    }

    /// Asks until nothing is missing.
    pub fn questions(&mut self, interview: &mut Interview) -> Option<Interviewed> {
        while let Some(topic) = interview.next() {
            show(&heading(interview, &topic));
            match self.keyboard.ask(&mark(interview, &topic)) {
                Typed::Interrupted => return Some(Interviewed::Interrupted),
                Typed::End => return Some(Interviewed::Left),
                Typed::Line(line) => match line.trim() {
                    "?" => show(&help(&topic)),
                    "<" => {
                        if !interview.back() {
                            say("this is the first question");
                        }
                        (self.keep)(interview);
                    }
                    "downtime" if topic.key() == Some("cluster.model") => {
                        if let Some(end) = self.downtime() {
                            return Some(end);
                        }
                    }
                    line => self.take(interview, &topic, line),
                },
            }
        }
        None
    }

    /// Takes an answer, or says why it cannot be taken.
    fn take(&mut self, interview: &mut Interview, topic: &Topic, line: &str) {
        let text = if line.is_empty() {
            interview.presumed(topic).unwrap_or_default()
        } else {
            line.to_owned()
        };
        if text.is_empty() && *topic != Topic::Live && !interview.may_end(topic) {
            return say("it has no default; ? explains what is wanted");
        }
        let mut known = None;
        if *topic == Topic::Live && !text.is_empty() {
            say(&format!("asking {text} ..."));
            match (self.read)(interview, &text) {
                Ok(read) => known = Some(read),
                Err(problem) => return tell(&problem.hint("an empty line goes on without it")),
            }
        }
        match interview.answer(topic, &text) {
            Ok(mut told) => {
                if let Some(known) = known {
                    known.told().iter().for_each(|line| say(line));
                    told.extend(interview.learn(known));
                }
                told.iter().for_each(|line| say(line));
                (self.keep)(interview);
            }
            Err(problem) => tell(&problem),
        }
    }

    /// Table 6-2 with figures that are asked here; an empty line takes the guide's.
    fn downtime(&self) -> Option<Interviewed> {
        let mut of = Downtime::default();
        let mut nodes = f64::from(of.nodes);
        for (what, least, figure) in [
            ("days that a server is down each time", 0.0, &mut of.server_days),
            ("months from one such time to the next", 0.1, &mut of.server_months),
            ("days that its storage is down each time", 0.0, &mut of.storage_days),
            ("months from one such time to the next", 0.1, &mut of.storage_months),
            ("active nodes, if it is N+1", 2.0, &mut nodes),
            ("minutes that a failover takes", 0.0, &mut of.failover_minutes),
        ] {
            let line = match self.keyboard.ask(&format!("  {what} [{figure}] > ")) {
                Typed::Line(line) => line,
                Typed::End => return Some(Interviewed::Left),
                Typed::Interrupted => return Some(Interviewed::Interrupted),
            };
            match line.trim().parse::<f64>() {
                Ok(number) if number.is_finite() && (least..=1000.0).contains(&number) => {
                    *figure = number
                }
                _ if line.trim().is_empty() => {}
                _ => {
                    say(&format!(
                        "that is no number from {least} to 1000; ask again with: downtime"
                    ));
                    return None;
                }
            }
        }
        // At most 1000, as was just checked.
        of.nodes = nodes as u32;
        if of.server() > 365.0 || of.storage() > 365.0 {
            say("that would be more than a whole year; ask again with: downtime");
        } else {
            show(&downtime_text(&of, width()));
        }
        None
    }

    /// Shows the answers and takes changes. `None`: there are questions again.
    fn summary(&mut self, interview: &mut Interview) -> Option<Interviewed> {
        let (mut all, mut shown) = (false, String::new());
        loop {
            let keys = listed(interview, all);
            let now = table(interview, &keys);
            // What has not changed is not shown again.
            if now != shown {
                show(&now);
                shown = now;
            }
            let problems = conflicts(interview.answers());
            problems.iter().for_each(|p| tell(&Problem { place: None, ..p.clone() }));
            let way =
                if problems.is_empty() { format!("Enter {}; a", self.purpose) } else { "A".into() };
            let mut ways = String::new();
            let rest = "number or key changes that setting; all lists every setting; < goes back \
                        to the last question; q leaves and keeps the answers.";
            wrapped(&mut ways, "", &format!("{way} {rest}"), width());
            show(&ways);
            match self.keyboard.ask("> ") {
                Typed::Interrupted => return Some(Interviewed::Interrupted),
                Typed::End => return Some(Interviewed::Left),
                Typed::Line(line) => match line.trim() {
                    "" if problems.is_empty() && resolve(interview.answers()).is_ok() => {
                        return Some(Interviewed::Complete);
                    }
                    "" => say("what is named above has to be put right first"),
                    "q" => return Some(Interviewed::Left),
                    "all" => all = !all,
                    "<" => {
                        interview.back();
                        return None;
                    }
                    chosen => {
                        if let Some(end) = self.change(interview, &keys, chosen) {
                            return Some(end);
                        }
                        all = false;
                        if interview.next().is_some() {
                            return None;
                        }
                    }
                },
            }
        }
    }

    fn change(
        &mut self,
        interview: &mut Interview,
        keys: &[String],
        chosen: &str,
    ) -> Option<Interviewed> {
        let numbered =
            chosen.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).and_then(|at| keys.get(at));
        let known = every_key(interview);
        let Some(key) = numbered.or_else(|| known.iter().find(|k| k.as_str() == chosen)) else {
            let near = nearest(chosen, known.iter().map(String::as_str));
            let hint = near.map_or_else(
                || "all lists every setting".into(),
                |near| format!("did you mean {near}?"),
            );
            tell(
                &Problem::new(codes::SETTING_UNKNOWN, format!("{chosen} is not a setting"))
                    .hint(hint),
            );
            return None;
        };
        let topic = Topic::Setting(key.clone());
        let found = lookup(key)?;
        loop {
            let mut out = String::from("\n");
            wrapped(
                &mut out,
                "",
                &format!("{} ({})", found.setting.prompt, found.setting.source),
                width(),
            );
            wrapped(
                &mut out,
                "  ",
                &format!("{key}: {}. {}.", found.setting.help, provision(found.setting)),
                width(),
            );
            wrapped(
                &mut out,
                "  ",
                "An empty line keeps what is there; - takes it away, so that the default holds.",
                width(),
            );
            show(&(out + &choices(interview, &topic)));
            let now = interview.text(key).unwrap_or_default();
            match self.keyboard.ask(&format!("[{now}] > ")) {
                Typed::Interrupted => return Some(Interviewed::Interrupted),
                Typed::End => return Some(Interviewed::Left),
                Typed::Line(line) => match line.trim() {
                    "" | "<" => return None,
                    "?" => show(&help(&topic)),
                    "-" => {
                        interview.forget(key);
                        (self.keep)(interview);
                        return None;
                    }
                    text => match interview.change(key, text) {
                        Ok(told) => {
                            told.iter().for_each(|line| say(line));
                            (self.keep)(interview);
                            return None;
                        }
                        Err(problem) => tell(&problem),
                    },
                },
            }
        }
    }
}

/// The question: what it is about, and what can be taken.
fn heading(interview: &Interview, topic: &Topic) -> String {
    let (number, of) = interview.position();
    let mut out = String::from("\n");
    let begin = format!("[{number:>2}/{of}] ");
    let indent = " ".repeat(begin.len());
    let Some(found) = topic.found() else {
        wrapped(&mut out, &begin, "A node of the cluster that can be asked now", width());
        wrapped(
            &mut out,
            &indent,
            "Names, volumes, addresses and ids are then read there instead of typed. Empty: none.",
            width(),
        );
        return out;
    };
    let setting = found.setting;
    let text = match topic {
        Topic::Node(at) => format!("{}: node {}", setting.prompt, at + 1),
        _ => setting.prompt.to_owned(),
    };
    wrapped(&mut out, &begin, &format!("{text} ({})", setting.source), width());
    let more = match topic {
        Topic::Node(0) => " One node a line.",
        _ if interview.may_end(topic) => " A dot: there are no more; the last one is the spare.",
        _ => "",
    };
    wrapped(
        &mut out,
        &indent,
        &format!("{}: {}.{more}", topic.key().unwrap_or_default(), setting.help),
        width(),
    );
    out + &choices(interview, topic)
}

/// What can be taken as it is, numbered.
fn choices(interview: &Interview, topic: &Topic) -> String {
    let offers = interview.offers(topic);
    let longest = offers.iter().map(|o| o.value.chars().count()).max().unwrap_or(0).min(40);
    let mut out = String::new();
    for (at, offer) in offers.iter().enumerate() {
        wrapped(
            &mut out,
            &format!("  {:>2}  {:<longest$}  ", at + 1, offer.value),
            &offer.note,
            width(),
        );
    }
    out
}

/// What stands before the place to type: the answer that an empty line takes.
fn mark(interview: &Interview, topic: &Topic) -> String {
    interview
        .presumed(topic)
        .map_or_else(|| "> ".into(), |presumed| format!("[{}] > ", printable(&presumed)))
}

/// All there is to know about a question.
fn help(topic: &Topic) -> String {
    let mut out = String::from("\n");
    let Some(Setting { long, kind, .. }) = topic.found().map(|f| f.setting) else {
        let text = "The name of a node as ssh takes it: aliases, users, keys and jump hosts of \
                    your own ssh configuration apply. calha asks it for the cluster's name and \
                    members (scha_cluster_get), and reads /etc/vfstab, /etc/hosts, /etc/passwd \
                    and the names of its volumes. It changes nothing there. Another way to reach \
                    it: calha new --set 'node.NAME.connection=local'.";
        wrapped(&mut out, "  ", text, width());
        return out;
    };
    wrapped(&mut out, "  ", long, width());
    let form = match kind {
        Kind::Choice(_) => String::new(),
        Kind::NodeNames => "Wanted: the name of one node.".into(),
        kind => format!("Wanted: {}.", kind.describe()),
    };
    if topic.key() == Some("cluster.model") {
        out.push('\n');
        out.push_str(&models_text(width()));
        wrapped(
            &mut out,
            "  ",
            "How long each is down, with your own figures: type downtime.",
            width(),
        );
    }
    wrapped(
        &mut out,
        "  ",
        &format!("{form} < goes back; ^C leaves and keeps the answers."),
        width(),
    );
    out
}

/// The keys of a summary: what was answered or read, or everything that has a value.
fn listed(interview: &Interview, all: bool) -> Vec<String> {
    let given = |key: &String| interview.answers().get(key).is_some();
    every_key(interview).into_iter().filter(|key| all || given(key)).collect()
}

/// Every setting that there is for these nodes and instances, in the order of the registry.
fn every_key(interview: &Interview) -> Vec<String> {
    let evaluation = evaluate(interview.answers());
    registry()
        .flat_map(|s| {
            evaluation.parts(s).into_iter().map(|part| s.key_for(&part)).collect::<Vec<_>>()
        })
        .collect()
}

fn table(interview: &Interview, keys: &[String]) -> String {
    let evaluation = evaluate(interview.answers());
    let mut out = String::from("\nThe profile:\n");
    let longest = keys.iter().map(|k| k.chars().count()).max().unwrap_or(0);
    let mut group = "";
    for (at, key) in keys.iter().enumerate() {
        let Some(found) = lookup(key) else { continue };
        if found.setting.group.title() != group {
            group = found.setting.group.title();
            wrapped(&mut out, "  ", group, width());
        }
        let (value, origin) = match evaluation.get(key) {
            Some(answer) => (answer.value.plain(), short(&answer.origin)),
            None => ("-".into(), "left out".into()),
        };
        let line = format!("  {:>3}  {key:<longest$}  {value}", at + 1);
        if line.chars().count() + origin.chars().count() + 4 <= width() {
            out.push_str(&format!("{line}  ({origin})\n"));
        } else {
            out.push_str(&format!("  {:>3}  {key}\n", at + 1));
            wrapped(&mut out, "         ", &format!("{value}  ({origin})"), width());
        }
    }
    out
}

/// Where a value came from, in a word or three.
fn short(origin: &Origin) -> String {
    match origin {
        // An interview that was gone on with reads its answers from a file.
        Origin::Profile { .. } => Origin::Prompt.to_string(),
        Origin::Derived { .. } => "derived".into(),
        other => other.to_string(),
    }
}

fn say(line: &str) {
    let mut out = String::new();
    wrapped(&mut out, "  ", line, width());
    show(out.trim_end());
}

fn tell(problem: &Problem) {
    let mut out = String::new();
    wrapped(&mut out, "  ! ", &problem.what, width());
    if let Some(remedy) = &problem.remedy {
        wrapped(&mut out, "    hint: ", remedy, width());
    }
    show(out.trim_end());
}

fn show(text: &str) {
    let end = if text.ends_with('\n') { "" } else { "\n" };
    // Nobody to tell when standard error is closed.
    let _ = std::io::stderr().write_all(format!("{}{end}", printable(text)).as_bytes());
}
