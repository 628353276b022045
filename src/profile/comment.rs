//! The comment lines above a setting in a written profile: help, source, choices, default. What a
//! default is called here is what the reference page prints too. Nothing is read back from
//! comments.

use crate::setting::{Fallback, Kind, Need, Setting};

/// Longest line of a comment, in characters.
const WIDTH: usize = 110;

/// What stands above a setting in a profile.
pub fn comments(setting: &Setting) -> Vec<String> {
    let mut text = format!("{} ({}).", setting.help, setting.source);
    if let Kind::Choice(choices) = setting.kind {
        let listed: Vec<_> =
            choices.iter().map(|choice| format!("\"{}\" {}", choice.value, choice.means)).collect();
        text = format!("{text} One of: {}.", listed.join("; "));
    }

    text = format!("{text} {}.", provision(setting));
    wrap(&text)
}

/// What happens when the setting is left out.
pub fn provision(setting: &Setting) -> String {
    match (setting.fallback, setting.need) {
        (Fallback::Fixed(value), _) => format!("Default: {value}"),
        (Fallback::Derived { rule, .. } | Fallback::Each { rule, .. }, _) => {
            format!("Default: {rule}")
        }
        (Fallback::None, Need::Always) => "No default".to_string(),
        (Fallback::None, Need::When { .. } | Need::Asked { .. }) => {
            format!("No default; needed when {}", setting.need.in_words(""))
        }
        (Fallback::None, Need::Optional) => "May be left out".to_string(),
    }
}

/// What stands for a value that nobody has given yet, behind a comment sign.
pub fn placeholder(setting: &Setting) -> String {
    format!("<{}>", setting.kind.describe())
}

fn wrap(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last().map_or(0, |line| line.chars().count());
        match lines.last_mut() {
            Some(line) if last == 0 || last + 1 + word.chars().count() <= WIDTH => {
                if last > 0 {
                    line.push(' ');
                }
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}
