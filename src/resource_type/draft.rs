//! `calha rt new`: a registration file from a few answers.

use std::collections::BTreeMap;

use tera::{Context, Tera};

use super::lint::forbidden_in_version;
use super::{RegistrationFile, Severity, lint};
use crate::problem::{Problem, codes};

const TEMPLATE: &str = include_str!("../../templates/registration.rt.tera");

/// What is asked for a new registration file.
pub struct DraftQuestion {
    /// What `--set` calls it.
    pub key: &'static str,
    pub prompt: &'static str,
    pub help: &'static str,
    /// The answer where nobody gives one; absent: it has to be given.
    default: Option<fn(&Draft) -> String>,
    /// What is wrong with an answer.
    check: fn(&str) -> Result<(), String>,
}

/// The answers so far.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    given: BTreeMap<&'static str, String>,
}

/// In the order in which they are asked.
pub static DRAFT_QUESTIONS: [DraftQuestion; 10] = [
    DraftQuestion {
        key: "vendor",
        prompt: "Vendor",
        help: "Vendor_id, which begins the type's name: SUNW of SUNW.nfs. \
               The stock symbol is usual.",
        default: None,
        check: name,
    },
    DraftQuestion {
        key: "name",
        prompt: "Name of the type",
        help: "Resource_type, the name without vendor and version: nfs of SUNW.nfs.",
        default: None,
        check: name,
    },
    DraftQuestion {
        key: "description",
        prompt: "What it makes available",
        help: "RT_description, a line that scrgadm -pv shows.",
        default: Some(|draft| format!("{} {}", draft.answer("vendor"), draft.answer("name"))),
        check: description,
    },
    DraftQuestion {
        key: "version",
        prompt: "Version",
        help: "RT_version, which has to show people which of two is newer.",
        default: Some(|_| "1.0".to_owned()),
        check: version,
    },
    DraftQuestion {
        key: "basedir",
        prompt: "Directory of its programs",
        help: "RT_basedir, the same on every node.",
        default: Some(|draft| {
            format!("/opt/{}{}/bin", draft.answer("vendor"), draft.answer("name"))
        }),
        check: basedir,
    },
    DraftQuestion {
        key: "template",
        prompt: "Template",
        help: "plain: what every type needs; agent-builder: also the properties that the types of \
               an agent builder have.",
        default: Some(|_| "plain".to_owned()),
        check: |word| one_of(word, &["plain", "agent-builder"]),
    },
    DraftQuestion {
        key: "mode",
        prompt: "Where a resource runs",
        help: "failover: on one node at a time; scalable: on several, which share a network \
               address; multi-master: on several without one.",
        default: Some(|_| "failover".to_owned()),
        check: |word| one_of(word, &["failover", "scalable", "multi-master"]),
    },
    DraftQuestion {
        key: "port",
        prompt: "Port that it listens on",
        help: "As Port_list has it, 80/tcp; none: it offers nothing on the network. More ports are \
               given with the resource.",
        default: Some(|_| "none".to_owned()),
        check: port,
    },
    DraftQuestion {
        key: "monitor",
        prompt: "Fault monitor",
        help: "yes: the type has programs that start, stop and check a monitor.",
        default: Some(|_| "yes".to_owned()),
        check: |word| one_of(word, &["yes", "no"]),
    },
    DraftQuestion {
        key: "upgrade",
        prompt: "Aware of upgrades",
        help: "yes: it is registered with its version, and its resources can move to the next one.",
        default: Some(|_| "yes".to_owned()),
        check: |word| one_of(word, &["yes", "no"]),
    },
];

impl Draft {
    /// Takes an answer.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn give(&mut self, question: &DraftQuestion, answer: &str) -> Result<(), String> {
        (question.check)(answer)?;
        self.given.insert(question.key, answer.to_owned());
        Ok(())
    }

    /// Takes an answer of the form KEY=VALUE.
    ///
    /// # Errors
    /// No question has that key, or what is wrong with the answer.
    pub fn assign(&mut self, assignment: &str) -> Result<(), Problem> {
        let keys = DRAFT_QUESTIONS.iter().map(|q| q.key);
        let (key, value) = assignment.split_once('=').unwrap_or((assignment, ""));
        let question = DRAFT_QUESTIONS.iter().find(|q| q.key == key).ok_or_else(|| {
            let hint = match crate::text::nearest(key, keys.clone()) {
                Some(near) => format!("did you mean {near}?"),
                None => format!("one of: {}", keys.collect::<Vec<_>>().join(", ")),
            };
            Problem::new(codes::RT_NEW, format!("nothing is asked that is called {key}")).hint(hint)
        })?;
        self.give(question, value)
            .map_err(|why| Problem::new(codes::RT_NEW, format!("{key}: {why}")).hint(question.help))
    }

    pub fn is_given(&self, question: &DraftQuestion) -> bool {
        self.given.contains_key(question.key)
    }

    /// Goes back behind an answer.
    pub fn forget(&mut self, question: &DraftQuestion) {
        self.given.remove(question.key);
    }

    /// What holds where nobody answers; nothing where somebody has to.
    pub fn offered(&self, question: &DraftQuestion) -> Option<String> {
        question.default.map(|default| default(self))
    }

    /// The questions that somebody has to answer.
    pub fn open(&self) -> Vec<&'static DraftQuestion> {
        let open = |q: &&DraftQuestion| q.default.is_none() && !self.is_given(q);
        DRAFT_QUESTIONS.iter().filter(open).collect()
    }

    /// The answer that counts; empty where there is none.
    pub fn answer(&self, key: &str) -> String {
        let default = || {
            let question = DRAFT_QUESTIONS.iter().find(|q| q.key == key)?;
            self.offered(question)
        };
        self.given.get(key).cloned().or_else(default).unwrap_or_default()
    }

    /// The file. It has no error and no warning, which is looked at.
    ///
    /// # Errors
    /// Answers that do not fit together, or a mistake of calha.
    pub fn render(&self) -> Result<String, Problem> {
        let mut context = Context::new();
        for question in &DRAFT_QUESTIONS {
            context.insert(question.key, &self.answer(question.key));
        }
        let plain = format!("{}_", self.answer("name").replace('-', "_"));
        let built = self.answer("template") == "agent-builder";
        context.insert("prefix", &if built { format!("{plain}svc_") } else { plain.clone() });
        context.insert("plain", &plain);
        context.insert("timeouts", &timeouts(self.answer("monitor") == "yes"));

        let unfit = |what: String| Problem::new(codes::RT_NEW, what);
        let text = Tera::one_off(TEMPLATE, &context, false)
            .map_err(|error| unfit(format!("the file cannot be written: {error}")))?;
        let file = RegistrationFile::parse(text.as_bytes());
        match lint(&file, None, None).findings.iter().find(|f| f.rule.severity > Severity::Note) {
            Some(finding) => Err(unfit(format!("the file would not be clean: {}", finding.what))),
            None => Ok(text),
        }
    }
}

fn timeouts(monitor: bool) -> Vec<&'static str> {
    let monitors = ["Monitor_start", "Monitor_stop", "Monitor_check"];
    let methods = ["Start", "Stop", "Validate", "Update"].into_iter();
    methods.chain(monitors.into_iter().filter(|_| monitor)).collect()
}

fn one_of(word: &str, words: &[&str]) -> Result<(), String> {
    if words.contains(&word) { Ok(()) } else { Err(format!("one of: {}", words.join(", "))) }
}

/// Names of the RGM (817-6555).
fn name(word: &str) -> Result<(), String> {
    let fits = word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.len() <= 255
        && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if fits { Ok(()) } else { Err("a letter, then letters, digits, - and _".to_owned()) }
}

fn description(text: &str) -> Result<(), String> {
    let fits = |c: char| (c.is_ascii_graphic() || c == ' ') && !"\",;\\".contains(c);
    if !text.trim().is_empty() && text.chars().all(fits) {
        Ok(())
    } else {
        Err("a line of ASCII without quote, comma, semicolon and backslash".to_owned())
    }
}

fn version(word: &str) -> Result<(), String> {
    let wrong = |c: char| forbidden_in_version(c) || !c.is_ascii_graphic() || ":\"".contains(c);
    if word.is_empty() || word.contains(wrong) {
        return Err("letters, digits, dots and minus signs".to_owned());
    }
    Ok(())
}

fn basedir(path: &str) -> Result<(), String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    if path.len() > 1 && path.starts_with('/') && path.chars().all(fits) {
        Ok(())
    } else {
        Err("an absolute path of letters, digits, / . _ and -".to_owned())
    }
}

fn port(word: &str) -> Result<(), String> {
    let fits = word.split_once('/').is_some_and(|(number, protocol)| {
        number.parse::<u16>().is_ok_and(|n| n > 0) && ["tcp", "udp"].contains(&protocol)
    });
    if fits || word == "none" { Ok(()) } else { Err("80/tcp, 53/udp, or none".to_owned()) }
}
