//! Rules about `#$upgrade` and `#$upgrade_from`.

use std::collections::BTreeSet;

use super::findings::Findings;
use super::shown::shown;
use super::syntax::plain_quotes;
use crate::resource_type::declaration::Declarations;
use crate::resource_type::reader::{Directive, Place, RegistrationFile};
use crate::resource_type::upgrade::{Meaning, UpgradeFrom, meaning};
use crate::resource_type::{Finding, Fix, Span, rules};

pub fn check(declared: &Declarations<'_>, findings: &mut Findings) {
    let file = declared.file;
    let own = declared.value("RT_version");
    let mut seen = Seen::default();

    for directive in &file.directives {
        if findings.is_full() {
            break;
        }
        match meaning(file, directive.span) {
            Meaning::Keyword => {
                let span = Span::new(directive.span.start(), directive.span.start() + 2);
                let what = "#$ begins a directive, and this is a keyword of RCS or CVS";
                let fix = directive_fix(file, directive.span);
                let finding = Finding::new(&rules::KEYWORD_COMMENT, span, what);
                findings.push(Finding { fix, ..finding });
                continue;
            }
            Meaning::Unknown => {
                // One slip is one finding: what follows an #$upgrade of too many words is not
                // looked for.
                let text = file.text(directive.span).to_ascii_lowercase();
                seen.upgrade |= text.split_whitespace().next() == Some("#$upgrade");
                findings.push(unknown(declared, directive));
                continue;
            }
            Meaning::Upgrade => {
                if seen.upgrade {
                    let what = "#$upgrade stands there twice";
                    findings.push(Finding::new(&rules::UPGRADE_TWICE, directive.span, what));
                }
                seen.upgrade = true;
            }
            Meaning::From(from) => {
                findings.extend(of_from(declared, directive, &from));
                seen.from.get_or_insert(directive.span);
                if let Some(version) = from.version {
                    findings.extend(of_version(
                        &mut seen,
                        own.as_deref(),
                        &version,
                        from.version_span,
                    ));
                }
            }
        }
        findings.extend(capitals(declared, directive));
        findings.extend(misplaced(directive));
    }

    if let (Some(span), false) = (seen.from, seen.upgrade) {
        let what = "#$upgrade_from stands here without #$upgrade";
        findings.push(Finding::new(&rules::UPGRADE_MISSING, span, what));
    }
    if let (Some(version), None, false) = (own, seen.from, seen.upgrade) {
        findings.extend(unaware(declared, &version));
    }
}

#[derive(Default)]
struct Seen {
    upgrade: bool,
    from: Option<Span>,
    versions: BTreeSet<String>,
}

fn unknown(declared: &Declarations<'_>, directive: &Directive) -> Finding {
    let text = declared.file.text(directive.span);
    let word = text.split_whitespace().next().unwrap_or("#$").to_owned();
    let what = if word.eq_ignore_ascii_case("#$upgrade") {
        "words stand behind #$upgrade; a version needs #$upgrade_from".to_owned()
    } else {
        format!("{} is not a directive", shown(&word))
    };
    Finding::new(&rules::UNKNOWN_DIRECTIVE, directive.span, what)
}

fn misplaced(directive: &Directive) -> Option<Finding> {
    let what = match directive.place {
        Place::Between => return None,
        Place::InFirstPart => "this directive stands before the last property of the type",
        Place::InSecondPart => "this directive stands behind the first {",
        Place::InStatement => "this directive stands inside a statement",
    };
    Some(Finding::new(&rules::DIRECTIVE_PLACE, directive.span, what))
}

fn capitals(declared: &Declarations<'_>, directive: &Directive) -> Option<Finding> {
    let text = declared.file.text(directive.span);
    let word = text.split_whitespace().next()?;
    word.contains(|c: char| c.is_ascii_uppercase()).then(|| {
        let what = format!("{} is written with capitals", shown(word));
        Finding::new(&rules::DIRECTIVE_CAPITALS, directive.span, what)
    })
}

fn of_from(declared: &Declarations<'_>, directive: &Directive, from: &UpgradeFrom) -> Vec<Finding> {
    let mut found = Vec::new();
    if from.version.is_none() {
        let what = "#$upgrade_from names no version here";
        found.push(Finding::new(&rules::DIRECTIVE_VERSION, from.version_span, what));
        return found;
    }

    let text = declared.file.text(from.version_span);
    if !from.quoted {
        let what = format!("the version {} is not in plain quotes", shown(&text));
        let finding = Finding::new(&rules::DIRECTIVE_QUOTES, from.version_span, what);
        found.push(Finding { fix: directive_fix(declared.file, directive.span), ..finding });
    }

    match (&from.word, from.tunability) {
        (None, _) => {
            let what = "#$upgrade_from does not say when a resource may move";
            found.push(Finding::new(&rules::DIRECTIVE_TUNABILITY, from.word_span, what));
        }
        (Some(word), None) => found.push(wrong_word(word, from.word_span)),
        (Some(_), Some(_)) => {}
    }
    if let Some(rest) = from.rest {
        let what = format!("'{}' stands behind the directive", shown(&declared.file.text(rest)));
        found.push(Finding::new(&rules::DIRECTIVE_REST, rest, what));
    }
    found
}

/// What mends a line that begins with `#$`, where that has one reading.
pub fn directive_fix(file: &RegistrationFile, span: Span) -> Option<Fix> {
    match meaning(file, span) {
        Meaning::Keyword => Some(Fix::replace(Span::at(span.start() + 1), *b" ")),
        Meaning::From(from) if from.version.is_some() && !from.quoted => {
            let span = from.version_span;
            let begins = |c: char| c == '"' || !c.is_ascii();
            let is_quoted = file.text(span).starts_with(begins);
            Some(if is_quoted { plain_quotes(file.bytes(), span) } else { around(span) })
        }
        _ => None,
    }
}

fn around(span: Span) -> Fix {
    Fix {
        changes: vec![
            (Span::at(span.start()), b"\"".to_vec()),
            (Span::at(span.end()), b"\"".to_vec()),
        ],
    }
}

fn wrong_word(word: &str, span: Span) -> Finding {
    let what = if word.is_ascii() {
        format!("{} says not when a resource may move", shown(word))
    } else {
        format!("{} is a translated word: the cluster knows the English ones only", shown(word))
    };
    let near = crate::text::nearest(
        &word.to_uppercase(),
        crate::resource_type::Tunability::ALL.into_iter().map(|t| t.word()),
    );
    let finding = Finding::new(&rules::DIRECTIVE_TUNABILITY, span, what);
    match near {
        Some(near) => finding.remedy(format!("write {near}, if that is meant")),
        None => finding,
    }
}

fn of_version(seen: &mut Seen, own: Option<&str>, version: &str, span: Span) -> Option<Finding> {
    if !seen.versions.insert(version.to_owned()) {
        let what = format!("version \"{}\" is named twice", shown(version));
        return Some(Finding::new(&rules::UPGRADE_TWICE, span, what));
    }
    if own == Some(version) && !version.is_empty() {
        let what = format!("\"{}\" is the version of this file itself", shown(version));
        return Some(Finding::new(&rules::UPGRADE_OWN_VERSION, span, what));
    }
    None
}

fn unaware(declared: &Declarations<'_>, version: &str) -> Option<Finding> {
    let name = declared.plain_name()?;
    let span = declared.statement("RT_version")?.span;
    let (name, version) = (shown(&name), shown(version));
    let what = format!("without #$upgrade the type is registered as {name}, not {name}:{version}");
    Some(Finding::new(&rules::UPGRADE_UNAWARE, span, what))
}
