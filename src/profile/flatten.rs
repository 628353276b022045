//! From the tables of a parsed profile to answers by key. Every answer keeps its line; an unknown
//! key is reported with what was probably meant, and is not reported a second time as missing. The
//! values themselves are judged by `setting`.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::problem::{Problem, codes};
use crate::setting::{Answers, Origin, Value, lookup, matching, misnamed, registry};
use crate::text::{Position, excerpt, nearest};

/// The name that hints give to an instance.
const ONLY_INSTANCE: &str = "cal";

/// Takes the answers out of the tables of a profile, in the order of its lines, and notes what is
/// no setting.
pub fn flatten(file: &str, text: &str, table: &DeTable<'_>, answers: &mut Answers) {
    let ends = text.match_indices('\n').map(|(end, _)| end);
    Profile { file, text, ends: ends.collect(), answers }.table(&[], table);
}

struct Profile<'a> {
    file: &'a str,
    text: &'a str,
    /// Where its lines end: each entry has one, and counting them anew for each takes long.
    ends: Vec<usize>,
    answers: &'a mut Answers,
}

impl Profile<'_> {
    fn table(&mut self, above: &[&str], table: &DeTable<'_>) {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            if self.answers.is_full() {
                self.answers.mark_unreadable();
                return;
            }
            let path: Vec<&str> = above.iter().copied().chain([key.get_ref().as_ref()]).collect();
            self.entry(&path, key.span().start, value);
        }
    }

    fn entry(&mut self, path: &[&str], byte: usize, value: &Spanned<DeValue<'_>>) {
        let line = 1 + self.ends.partition_point(|end| *end < byte);
        if matching(path).is_some() {
            let origin = Origin::Profile { file: self.file.to_string(), line };
            return self.answers.insert(path.join("."), Value::from(value.get_ref()), origin);
        }
        if !is_table_of_settings(path) {
            return self.unknown(path, line);
        }

        let DeValue::Table(inner) = value.get_ref() else {
            return self.not_a_table(path, &Value::from(value.get_ref()), line);
        };

        let [table, name] = path else { return self.table(path, inner) };
        if let Some(problem) = misnamed(table, name) {
            return self.misnamed(table, name, problem, byte, inner);
        }

        if *table == "instance" {
            self.answers.add_instance(name);
        }
        self.table(path, inner);
    }

    /// A table whose name is illegal: reported at the name. An instance remains one, under its name
    /// in quotes, so that nothing is said of what the profile seems to lack or to have too much of.
    fn misnamed(
        &mut self,
        table: &str,
        name: &str,
        problem: Problem,
        byte: usize,
        inner: &DeTable<'_>,
    ) {
        let at = Position::of(self.text, byte);
        let problem = Problem {
            what: format!("{}\n{}", problem.what, excerpt(self.text, byte..byte)),
            ..problem
        };
        self.answers.add_problem(problem.at(format!("{}:{}:{}", self.file, at.line, at.column)));
        if table == "instance" {
            let quoted = quoted(name);
            self.answers.add_instance(&quoted);
            self.answers.mark_broken(format!("instance.{quoted}"));
            self.table(&[table, &quoted], inner);
        }
    }

    fn not_a_table(&mut self, path: &[&str], value: &Value, line: usize) {
        let key = path.join(".");
        let of_instance = path
            .last()
            .and_then(|name| lookup(&format!("instance.{ONLY_INSTANCE}.{name}")).map(|_| name));

        let problem = match of_instance {
            Some(name) if path.first() == Some(&"instance") => {
                self.answers.mark_broken(format!("instance.{ONLY_INSTANCE}.{name}"));
                Problem::new(
                    codes::SETTING_UNKNOWN,
                    format!("{key} belongs to an instance, which is not named"),
                )
                .hint(format!("put it under the name of the instance: [instance.{ONLY_INSTANCE}]"))
            }
            _ => {
                self.answers.mark_broken(&key);
                Problem::new(
                    codes::SETTING_TYPE,
                    format!("{key} is {}, not a table", value.type_name()),
                )
                .hint(format!("write [{key}] and its settings below"))
            }
        };

        self.report(problem, line);
    }

    fn unknown(&mut self, path: &[&str], line: usize) {
        let joined = path.join(".");
        if let Some(dotted) = path.iter().find(|name| name.contains('.'))
            && (path.len() == 1
                || lookup(&joined).is_some()
                || is_table_of_settings(&joined.split('.').collect::<Vec<_>>()))
        {
            self.answers.mark_broken(&joined);
            let what =
                format!("\"{dotted}\" is one name, dots and all, because it stands in quotes");
            return self.report(
                Problem::new(codes::SETTING_UNKNOWN, what).hint("remove the quotes around the key"),
                line,
            );
        }

        let key: Vec<String> = path.iter().map(|name| spelt(name)).collect();
        let key = key.join(".");
        let meant = meant(path);
        let remedy = match &meant {
            _ if path.last().is_some_and(|name| is_secret(name)) => {
                "a password never stands in a profile; see directory.password-file".to_string()
            }
            Some(meant) => format!("did you mean {meant}?"),
            None => "calha schema lists all settings; remove the line if it is not one".to_string(),
        };

        // A slip of the finger is one mistake: its setting is not reported missing as well.
        if let Some(meant) = meant {
            self.answers.mark_broken(meant);
        }

        self.report(
            Problem::new(codes::SETTING_UNKNOWN, format!("{key} is not a setting")).hint(remedy),
            line,
        );
    }

    fn report(&mut self, problem: Problem, line: usize) {
        self.answers.add_problem(problem.at(format!("{}:{line}", self.file)));
    }
}

/// A part of a key as it stands in a profile.
fn spelt(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.is_empty() && name.chars().all(plain) { name.to_owned() } else { quoted(name) }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.escape_debug()).replace("\\'", "'")
}

/// Whether some setting's key begins with these segments.
fn is_table_of_settings(path: &[&str]) -> bool {
    registry().any(|setting| {
        let segments: Vec<&str> = setting.segments().collect();
        path.len() < segments.len()
            && path
                .iter()
                .zip(&segments)
                .all(|(given, expected)| expected.starts_with('<') || given == expected)
    })
}

/// The key or table that was probably meant: spelt nearly so, or the same name in another table.
fn meant(path: &[&str]) -> Option<String> {
    let part = if path.len() > 1 { path[1] } else { ONLY_INSTANCE };

    let mut known: Vec<String> = registry().map(|setting| setting.key_for(part)).collect();
    if path.len() < 3 {
        let tables: Vec<String> = registry()
            .filter_map(|setting| setting.key.split('.').next())
            .map(str::to_string)
            .collect();
        known.extend(tables);
    }

    let key = path.join(".");
    let near = nearest(path.last()?, same_table(&known, path)).map(|name| {
        path[..path.len() - 1].iter().copied().chain([name]).collect::<Vec<_>>().join(".")
    });
    let elsewhere =
        || known.iter().find(|known| known.rsplit('.').next() == path.last().copied()).cloned();

    near.or_else(elsewhere)
        .or_else(|| nearest(&key, known.iter().map(String::as_str)).map(str::to_string))
        .filter(|meant| lookup(meant).is_some() || !meant.contains('.'))
}

/// The names that stand in the table of `path`.
fn same_table<'a>(known: &'a [String], path: &[&str]) -> Vec<&'a str> {
    let table = path[..path.len() - 1].join(".");
    let name = |key: &'a String| match table.as_str() {
        "" => (!key.contains('.')).then_some(key.as_str()),
        _ => key.strip_prefix(&table)?.strip_prefix('.').filter(|name| !name.contains('.')),
    };
    known.iter().filter_map(name).collect()
}

fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    ["password", "passwd", "secret", "credential"]
        .iter()
        .any(|word| name == *word || name.ends_with(&format!("-{word}")))
}
