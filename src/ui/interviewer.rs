//! Asks the questions of an interview at a terminal and shows the profile until somebody agrees to
//! it. After every answer the interview is kept, so an interruption loses nothing. Which question
//! comes next, and what an answer leads to, is decided by `interview`.

use super::interview_text::{
    changing, every_key, heading, help, listed, mark, say, show, table, tell,
};
use super::{Keyboard, Typed, downtime_text, width};
use crate::availability::Downtime;
use crate::interview::{Interview, Known, Topic};
use crate::problem::{Problem, codes};
use crate::setting::{conflicts, resolve};
use crate::text::{nearest, wrapped};

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
                Err(problem) => {
                    let own = problem.remedy.as_deref().map_or(String::new(), |r| format!("{r}; "));
                    let remedy = format!("{own}an empty line goes on without it");
                    return tell(&problem.hint(remedy));
                }
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
                        "that is not a number from {least} to 1000; ask again with: downtime"
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
            let rest = "number, key or its last word changes that setting; all lists every \
                        setting; < goes back to the last question; q leaves";
            let kept = if interview.added().is_some() { "" } else { " and keeps the answers" };
            wrapped(&mut ways, "", &format!("{way} {rest}{kept}."), width());
            show(&ways);

            match self.keyboard.ask("> ") {
                Typed::Interrupted => return Some(Interviewed::Interrupted),
                Typed::End => return Some(Interviewed::Left),
                Typed::Line(line) => match line.trim() {
                    "" if problems.is_empty() && resolve(interview.answers()).is_ok() => {
                        return Some(Interviewed::Complete);
                    }
                    "" => say("first put right what is named above"),
                    "q" => return Some(Interviewed::Left),
                    "all" => all = !all,
                    "<" => {
                        interview.back();
                        return None;
                    }
                    chosen => {
                        if let Some(end) = self.change(interview, chosen) {
                            return Some(end);
                        }
                        if interview.next().is_some() {
                            return None;
                        }
                    }
                },
            }
        }
    }

    fn change(&mut self, interview: &mut Interview, chosen: &str) -> Option<Interviewed> {
        let known = every_key(interview);
        let key = match named(chosen, &known) {
            Ok(key) => key,
            Err(problem) => {
                tell(&problem);
                return None;
            }
        };

        let topic = Topic::Setting(key.clone());
        loop {
            show(&changing(interview, &topic));
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

/// The key that somebody means: by its number, whole, or by its last word where only one has it.
fn named<'k>(chosen: &str, known: &'k [String]) -> Result<&'k String, Problem> {
    let number = chosen.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
    let numbered = number.and_then(|at| known.get(at));
    if let Some(key) = numbered.or_else(|| known.iter().find(|key| *key == chosen)) {
        return Ok(key);
    }

    let ends = |key: &&String| key.rsplit('.').next() == Some(chosen);
    let meant: Vec<&String> = known.iter().filter(ends).collect();
    match meant[..] {
        [] => Err(unknown(chosen, known)),
        [key] => Ok(key),
        [first, ..] => {
            let names: Vec<&str> = meant.iter().map(|key| key.as_str()).collect();
            let what = format!("{chosen} can be {}", names.join(", "));
            let hint = format!("type one of them whole, for example {first}");
            Err(Problem::new(codes::SETTING_UNKNOWN, what).hint(hint))
        }
    }
}

fn unknown(chosen: &str, known: &[String]) -> Problem {
    let near = nearest(chosen, known.iter().map(String::as_str));
    let hint = near
        .map_or_else(|| "all lists every setting".into(), |near| format!("did you mean {near}?"));
    Problem::new(codes::SETTING_UNKNOWN, format!("{chosen} is not a setting")).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_setting_is_named_by_number_key_or_last_word() {
        let known = ["cluster.name", "instance.a.port", "instance.b.port", "instance.b.share-dir"];
        let known = known.map(str::to_owned);
        let of = |chosen: &str| named(chosen, &known).map(String::as_str);
        assert_eq!(of("3"), Ok("instance.b.port"));
        assert_eq!(of("instance.a.port"), Ok("instance.a.port"));
        assert_eq!(of("share-dir"), Ok("instance.b.share-dir"));
        let both = of("port").unwrap_err().to_string();
        assert!(both.contains("instance.a.port, instance.b.port"), "{both}");
        assert!(of("0").is_err() && of("5").is_err() && of("prt").is_err());
    }
}
