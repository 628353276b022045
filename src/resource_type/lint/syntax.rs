//! Rules about characters and grammar: what the reader has noted, in words.

use super::findings::Findings;
use super::shown::shown;
use crate::resource_type::reader::{FaultKind, Kind, Quotes, RegistrationFile, Token, typographic};
use crate::resource_type::{Finding, Fix, Span, rules};

pub fn check(file: &RegistrationFile, findings: &mut Findings) {
    for fault in &file.faults {
        findings.push(of_fault(file, fault.kind, fault.span));
    }
    for token in file.tokens() {
        if findings.is_full() {
            break;
        }
        if let Kind::Quoted(quotes) = token.kind {
            findings.extend(of_quotes(file, token, quotes));
        }
    }
    characters(file, findings);
}

fn of_fault(file: &RegistrationFile, kind: FaultKind, span: Span) -> Finding {
    let text = shown(&file.text(span));

    match kind {
        FaultKind::MissingSemicolon => {
            Finding::new(&rules::MISSING_SEMICOLON, span, "a semicolon is missing here")
        }
        FaultKind::MissingBrace => {
            Finding::new(&rules::MISSING_BRACE, span, "a closing brace is missing here")
        }
        FaultKind::StrayBrace => {
            Finding::new(&rules::STRAY_BRACE, span, "this brace closes nothing")
        }

        FaultKind::EmptyStatement => {
            Finding::new(&rules::EMPTY_STATEMENT, span, "this semicolon ends nothing")
        }

        FaultKind::MissingName => {
            let what = format!("'{text}' is not a name, and a name has to stand here");
            Finding::new(&rules::MISSING_NAME, span, what)
        }

        FaultKind::UnquotedBlanks => {
            let what = format!("the value {text} has blanks and no quotes");
            Finding::new(&rules::UNQUOTED_BLANKS, span, what)
                .remedy(format!("write \"{text}\" if that is the value, or look for a missing ;"))
        }
    }
}

fn of_quotes(file: &RegistrationFile, token: Token, quotes: Quotes) -> Option<Finding> {
    let span = token.span;
    let (rule, what) = match quotes {
        Quotes::Plain => return None,
        Quotes::Typographic => (&rules::TYPOGRAPHIC_QUOTE, "this value has typographic quotes"),
        Quotes::Mixed => (&rules::MIXED_QUOTES, "this value begins and ends with other quotes"),
        Quotes::Open => (&rules::OPEN_QUOTE, "this quote is not closed"),
        Quotes::Lines => (&rules::VALUE_LINES, "this value goes over several lines"),
    };

    let fix = quotes_fix(file.bytes(), span, quotes);
    Some(Finding { fix, ..Finding::new(rule, span, what) })
}

/// What mends the quotes of a value, where that has one reading.
pub fn quotes_fix(bytes: &[u8], span: Span, quotes: Quotes) -> Option<Fix> {
    matches!(quotes, Quotes::Typographic | Quotes::Mixed).then(|| plain_quotes(bytes, span))
}

/// The change that puts plain quotes around a value.
pub fn plain_quotes(bytes: &[u8], span: Span) -> Fix {
    let text = span.of(bytes);
    let opening = if text.starts_with(b"\"") { 1 } else { typographic(text) };
    let closing = if text.len() > opening && text.ends_with(b"\"") {
        1
    } else {
        (1..=3usize)
            .find(|n| *n < text.len() && typographic(&text[text.len() - n..]) == *n)
            .unwrap_or(0)
    };

    Fix {
        changes: vec![
            (Span::new(span.start(), span.start() + opening), b"\"".to_vec()),
            (Span::new(span.end() - closing, span.end()), b"\"".to_vec()),
        ],
    }
}

/// Bytes that do not belong into such a file; one finding of a kind, at the first place.
fn characters(file: &RegistrationFile, findings: &mut Findings) {
    let bytes = file.bytes();
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        let span = Span::new(at, at + 1);
        findings.push(Finding::new(&rules::NUL_BYTE, span, "a NUL byte stands here"));
    }
    if let Some(at) = bytes.windows(2).position(|two| two == b"\r\n") {
        let span = Span::new(at, at + 1);
        let what = "this line, and maybe others, ends in CR LF";
        findings.push(Finding::new(&rules::CARRIAGE_RETURN, span, what));
    }

    let foreign = |token: &Token| {
        let quotes = matches!(token.kind, Kind::Quoted(Quotes::Typographic | Quotes::Mixed));
        // Of a directive its words are looked at.
        let said = quotes || token.kind == Kind::Directive;
        token.is_significant() && !said && !token.span.of(bytes).is_ascii()
    };
    if let Some(token) = file.tokens().find(foreign) {
        let what = format!("'{}' is not ASCII", shown(&file.text(token.span)));
        findings.push(Finding::new(&rules::NOT_ASCII, token.span, what));
    }
}
