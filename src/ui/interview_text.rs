//! What an interview shows at the terminal: a question with its offers, help, and the table of all
//! answers. Everything is wrapped to the terminal's width, and control characters are spelt out.
//! Answers are read elsewhere.

use super::{models_text, talk, width};
use crate::interview::{Interview, Topic};
use crate::problem::Problem;
use crate::profile::provision;
use crate::setting::{Fallback, Kind, Origin, Setting, evaluate, lookup, registry};
use crate::text::{counted, hint, printable, wrapped};

/// The question: what it is about, and what can be taken.
pub(super) fn heading(interview: &Interview, topic: &Topic) -> String {
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
        Topic::Node(_) if interview.added().is_some() => {
            format!("Active node of {}", interview.added().unwrap_or_default())
        }
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

/// A setting that is answered anew, and what can be taken for it.
pub(super) fn changing(interview: &Interview, topic: &Topic) -> String {
    let mut out = String::from("\n");
    if let Some(found) = topic.found() {
        let setting = found.setting;
        wrapped(&mut out, "", &format!("{} ({})", setting.prompt, setting.source), width());
        let key = topic.key().unwrap_or_default();
        let text = format!("{key}: {}. {}.", setting.help, provision(setting));
        wrapped(&mut out, "  ", &text, width());
    }
    wrapped(
        &mut out,
        "  ",
        "An empty line keeps what is there; - removes it, so that the default holds.",
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
pub(super) fn mark(interview: &Interview, topic: &Topic) -> String {
    interview
        .presumed(topic)
        .map_or_else(|| "> ".into(), |presumed| format!("[{}] > ", printable(&presumed)))
}

/// All there is to know about a question.
pub(super) fn help(topic: &Topic) -> String {
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
pub(super) fn listed(interview: &Interview, all: bool) -> Vec<String> {
    let given = |key: &String| interview.answers().get(key).is_some();
    // Of an instance that is added nobody has seen its names and directories yet.
    let own = |key: &String| {
        let each = lookup(key).map(|found| found.setting.fallback);
        interview.added().is_some() && matches!(each, Some(Fallback::Each { .. }))
    };
    every_key(interview).into_iter().filter(|key| all || given(key) || own(key)).collect()
}

/// Every setting that there is for these nodes and instances, in the order of the registry.
pub(super) fn every_key(interview: &Interview) -> Vec<String> {
    let evaluation = evaluate(interview.answers());
    registry()
        .flat_map(|s| {
            evaluation.parts(s).into_iter().map(|part| s.key_for(&part)).collect::<Vec<_>>()
        })
        .filter(|key| interview.is_about(key))
        .collect()
}

/// The settings under these keys. A number means the same setting in every list, however long.
pub(super) fn table(interview: &Interview, keys: &[String]) -> String {
    let every = every_key(interview);
    let evaluation = evaluate(interview.answers());

    let mut out = match interview.added() {
        Some(name) => format!("\nThe instance {name}:\n"),
        None => "\nThe profile:\n".to_owned(),
    };
    let longest = keys.iter().map(|k| k.chars().count()).max().unwrap_or(0);
    let mut group = "";

    for key in keys {
        let Some(found) = lookup(key) else { continue };
        let number = every.iter().position(|known| known == key).map_or(0, |at| at + 1);
        if found.setting.group.title() != group {
            group = found.setting.group.title();
            wrapped(&mut out, "  ", group, width());
        }

        let (value, origin) = match evaluation.get(key) {
            Some(answer) => (answer.value.plain(), short(&answer.origin)),
            None => ("-".into(), "left out".into()),
        };

        let line = format!("  {number:>3}  {key:<longest$}  {value}");
        if line.chars().count() + origin.chars().count() + 4 <= width() {
            out.push_str(&format!("{line}  ({origin})\n"));
        } else {
            out.push_str(&format!("  {number:>3}  {key}\n"));
            wrapped(&mut out, "         ", &format!("{value}  ({origin})"), width());
        }
    }

    let others = every.len() - keys.len();
    if others > 0 {
        let others = format!(
            "Not shown: {}, each with its default or left out; all lists them, and calha explain \
             KEY explains one.",
            counted(others, "setting")
        );
        wrapped(&mut out, "  ", &others, width());
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

pub(super) fn say(line: &str) {
    let mut out = String::new();
    wrapped(&mut out, "  ", line, width());
    show(out.trim_end());
}

pub(super) fn tell(problem: &Problem) {
    let mut out = String::new();
    wrapped(&mut out, "  ! ", &problem.what, width());
    if let Some(remedy) = &problem.remedy {
        hint(&mut out, "    hint: ", remedy, width());
    }
    show(out.trim_end());
}

pub(super) fn show(text: &str) {
    let end = if text.ends_with('\n') { "" } else { "\n" };
    talk(&format!("{}{end}", printable(text)));
}
