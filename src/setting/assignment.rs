//! `--set key=value` on the command line. An unknown key gets the nearest known one as its remedy;
//! nothing is dropped in silence. Whether the value suits its setting is left to `evaluate`, as for
//! a value from a profile.

use super::named::misnamed_in;
use super::{Answers, Kind, Origin, Value, lookup, registry};
use crate::problem::{Code, Problem, codes};
use crate::text::nearest;

/// Reads one `--set key=value` into `answers`: bare text, or a value as in TOML when it begins with
/// a quote, `[` or `{`.
///
/// What is wrong is noted in `answers`, so that it is reported together with everything else.
pub fn assign(answers: &mut Answers, assignment: &str) {
    let Some((key, text)) = assignment.split_once('=') else {
        let shown = super::fault::shown(assignment);
        answers.add_problem(problem(
            codes::SETTING_SYNTAX,
            format!("{shown} has no '='"),
            "write --set instance.cal.port=80",
        ));
        return;
    };

    let (key, text) = (key.trim(), text.trim());
    if let Some(problem) = misnamed_in(key) {
        return answers.add_problem(problem.at("--set"));
    }

    let Some(found) = lookup(key).filter(|_| !key.contains('<')) else {
        let known: Vec<String> = registry()
            .map(|setting| setting.key_for(key.split('.').nth(1).unwrap_or("")))
            .collect();
        let near = nearest(key, known.iter().map(String::as_str));
        let remedy = near.map_or("calha schema lists all settings".to_string(), |near| {
            format!("did you mean {near}?")
        });
        answers.add_problem(problem(
            codes::SETTING_UNKNOWN,
            format!("{} is not a setting", super::fault::shown(key)),
            &remedy,
        ));
        return;
    };

    match typed(&found.setting.kind, text) {
        Ok(value) => answers.insert(key, value, Origin::Set),
        Err(why) => {
            answers.mark_broken(key);
            answers.add_problem(problem(
                codes::SETTING_SYNTAX,
                format!("{key}: {why}"),
                "quote the whole argument for your shell: --set 'cluster.nodes=[\"Node1\", \
                 \"Node2\"]'",
            ));
        }
    }
}

/// What was typed for a setting of this kind: bare text, or a value as in TOML when it begins with
/// a quote, `[` or `{`.
///
/// # Errors
/// Why it is no TOML.
pub fn typed(kind: &Kind, text: &str) -> Result<Value, String> {
    if text.starts_with(['[', '{', '"', '\'']) { parse(text) } else { Ok(kind.read(text)) }
}

fn parse(text: &str) -> Result<Value, String> {
    match toml::de::DeValue::parse(text) {
        Ok(value) => Ok(Value::from(value.get_ref())),
        Err(error) => Err(error.message().lines().next().unwrap_or("not a value").to_string()),
    }
}

fn problem(code: Code, what: String, remedy: &str) -> Problem {
    Problem::new(code, what).at("--set").hint(remedy)
}
