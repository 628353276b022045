//! The directives of a registration file, understood: `#$upgrade` and `#$upgrade_from`.

use serde::{Deserialize, Serialize};

use super::Tunability;
use super::reader::{RegistrationFile, Span, typographic};

/// What a directive says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// `#$upgrade`, with nothing behind it.
    Upgrade,
    /// `#$upgrade_from "version" tunability`.
    From(UpgradeFrom),
    /// An RCS or CVS keyword, `#$Id$`: a comment that somebody began without a blank.
    Keyword,
    /// Anything else.
    Unknown,
}

/// The words of `#$upgrade_from`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpgradeFrom {
    /// Without its quotes; absent: none stands there.
    pub version: Option<String>,
    pub version_span: Span,
    /// Whether it stands in plain quotes.
    pub quoted: bool,
    /// The word behind the version, as it stands there.
    pub word: Option<String>,
    pub word_span: Span,
    pub tunability: Option<Tunability>,
    /// What stands behind these.
    pub rest: Option<Span>,
}

/// What a directive says.
pub fn meaning(file: &RegistrationFile, directive: Span) -> Meaning {
    let words = words(file.bytes(), directive);
    let Some(first) = words.first() else { return Meaning::Unknown };
    let name = file.text(*first);

    if name.eq_ignore_ascii_case("#$upgrade") && words.len() == 1 {
        return Meaning::Upgrade;
    }
    if name.eq_ignore_ascii_case("#$upgrade_from") {
        return Meaning::From(from(file, directive, &words[1..]));
    }
    if is_keyword(directive.of(file.bytes())) { Meaning::Keyword } else { Meaning::Unknown }
}

fn from(file: &RegistrationFile, whole: Span, words: &[Span]) -> UpgradeFrom {
    let end = Span::at(whole.of(file.bytes()).trim_ascii_end().len() + whole.start());
    let version = words.first().copied();
    let text = version.map(|span| span.of(file.bytes()));
    let quoted = text.is_some_and(|t| t.len() > 1 && t.starts_with(b"\"") && t.ends_with(b"\""));
    let word = words.get(1).copied();

    UpgradeFrom {
        version: version.map(|span| bare(&file.text(span))),
        version_span: version.unwrap_or(end),
        quoted,
        word: word.map(|span| file.text(span).into_owned()),
        word_span: word.unwrap_or(end),
        tunability: word.and_then(|span| Tunability::parse(&file.text(span))),
        rest: words.get(2).map(|span| span.to(end)),
    }
}

fn bare(text: &str) -> String {
    text.trim_matches(|c: char| {
        "\"\u{201c}\u{201d}\u{201e}\u{ab}\u{bb}\u{93}\u{94}\u{84}".contains(c)
    })
    .to_owned()
}

/// The words of a directive; what is in quotes is one.
fn words(bytes: &[u8], span: Span) -> Vec<Span> {
    let mut words = Vec::new();
    let mut at = span.start();

    while at < span.end() {
        if bytes[at].is_ascii_whitespace() {
            at += 1;
            continue;
        }

        let start = at;
        let opening = if bytes[at] == b'"' { 1 } else { typographic(&bytes[at..span.end()]) };
        if opening > 0 {
            at += opening;
            while at < span.end() && bytes[at] != b'"' && typographic(&bytes[at..span.end()]) == 0 {
                at += 1;
            }
            if at < span.end() {
                at += typographic(&bytes[at..span.end()]).max(1);
            }
        } else {
            while at < span.end() && !bytes[at].is_ascii_whitespace() && bytes[at] != b'"' {
                at += 1;
            }
        }

        words.push(Span::new(start, at));
    }
    words
}

/// `#$Id$`, `#$Revision: 1.3 $`.
fn is_keyword(text: &[u8]) -> bool {
    let Some(rest) = text.strip_prefix(b"#$") else { return false };
    let letters = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    letters > 0 && matches!(rest.get(letters), Some(b'$' | b':')) && rest[letters..].contains(&b'$')
}

/// What the directives of a file come to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upgrade {
    /// `#$upgrade` is there: the registered name has the version.
    pub aware: bool,
    /// Earlier versions and when their resources may move, in the order of the file; the empty one
    /// stands for a type without version.
    pub from: Vec<(String, Tunability)>,
}

impl Upgrade {
    pub fn of(file: &RegistrationFile) -> Self {
        let mut upgrade = Self::default();
        for directive in &file.directives {
            match meaning(file, directive.span) {
                Meaning::Upgrade => upgrade.aware = true,
                Meaning::From(UpgradeFrom {
                    version: Some(version), tunability: Some(t), ..
                }) => {
                    upgrade.from.push((version, t));
                }
                _ => {}
            }
        }
        upgrade
    }

    /// When a resource of this version may move; a version that is not listed: while its group is
    /// unmanaged.
    pub fn tunability(&self, version: &str) -> Tunability {
        let listed = self.from.iter().find(|(own, _)| own == version);
        listed.map_or(Tunability::WhenUnmanaged, |(_, tunability)| *tunability)
    }
}
