//! Another instance in the text of a profile: its table at the end, its node in the list of nodes.
//! Every other byte stays, comments and all. What is written is read back before anybody gets it.

use toml::de::{DeTable, DeValue};

use super::parse;
use crate::problem::{Problem, codes};
use crate::setting::{Answers, registry};

/// The text of a profile with the instance `name` of these answers, and with the nodes that they
/// have and the text lacks.
///
/// # Errors
/// A text whose list of nodes or whose tables do not allow it.
pub fn with_instance(text: &str, answers: &Answers, name: &str) -> Result<String, Problem> {
    let table = table(answers, name);
    let refused = |why: &str| {
        let hint = format!("write it by hand:\n{}", table.trim_end());
        Problem::new(codes::PROFILE_UNWRITABLE, why).hint(hint)
    };

    let mut new = text.to_owned();
    if let Some((at, nodes)) = missing_nodes(text, answers).map_err(refused)? {
        new.insert_str(at, &nodes);
    }
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    if !new.ends_with('\n') {
        new.push_str(end);
    }
    new.push_str(end);
    new.push_str(&table.replace('\n', end));

    let read = parse("", &new);
    let is_there = |(key, answer): (&str, &crate::setting::Answer)| {
        read.get(key).is_some_and(|there| there.value == answer.value)
    };
    if !read.problems().is_empty() || !answers.iter().all(is_there) {
        return Err(refused("its tables are written in a way that takes no other at the end"));
    }
    Ok(new)
}

/// The table of an instance: what was answered, nothing else.
fn table(answers: &Answers, name: &str) -> String {
    let mut out = format!("[instance.{name}]\n");
    for setting in registry().filter(|s| s.placeholder() == Some("<instance>")) {
        if let Some(answer) = answers.get(&setting.key_for(name)) {
            out.push_str(&format!("{} = {}\n", setting.name(), answer.value.to_toml()));
        }
    }
    out
}

/// The nodes that the text lacks, and the byte before which they stand: the last node's, which is
/// the spare.
fn missing_nodes(text: &str, answers: &Answers) -> Result<Option<(usize, String)>, &'static str> {
    let wanted = answers.get("cluster.nodes").and_then(|a| a.value.as_texts()).unwrap_or_default();
    let known = parse("", text);
    let known = known.get("cluster.nodes").and_then(|a| a.value.as_texts()).unwrap_or_default();
    let new: Vec<&str> = wanted.into_iter().filter(|node| !known.contains(node)).collect();
    if new.is_empty() {
        return Ok(None);
    }

    let at = last_node(text).ok_or("its list of nodes cannot be found")?;
    let words = new.iter().map(|node| format!("\"{node}\", "));
    Ok(Some((at, words.collect())))
}

fn last_node(text: &str) -> Option<usize> {
    let table = DeTable::parse(text).ok()?;
    let DeValue::Table(cluster) = table.get_ref().get("cluster")?.get_ref() else { return None };
    let DeValue::Array(nodes) = cluster.get("nodes")?.get_ref() else { return None };
    nodes.last().map(|node| node.span().start)
}
