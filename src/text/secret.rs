//! Secrets that this process has been given, and what is shown in their place. Whatever text is
//! shown or kept goes through `without_secrets`: a connection may repeat what it was sent, and a
//! program may complain about it. Where a secret comes from is for the command line.

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

use super::spelling::spell;

/// What stands in the place of a secret.
const HIDDEN: &str = "****";

/// A secret with fewer characters is hidden only where it is a word of its own: it would stand in
/// every line, and what was hidden would tell it.
const SHORT: usize = 4;

/// Every form in which text may hold a secret, the longest first.
static FORMS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// From here on this value is shown nowhere, neither as it is nor quoted.
pub fn never_show(secret: &[u8]) {
    let text = String::from_utf8_lossy(secret);
    let mut forms = FORMS.lock().unwrap_or_else(PoisonError::into_inner);
    for form in forms_of(text.trim()).into_iter().chain(forms_of(&text)) {
        if !form.trim().is_empty() && !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
}

/// The text with each secret hidden.
pub fn without_secrets(text: &str) -> Cow<'_, str> {
    let forms = FORMS.lock().unwrap_or_else(PoisonError::into_inner);
    let mut shown = Cow::Borrowed(text);
    for form in forms.iter() {
        if let Cow::Owned(hidden) = without(&shown, form) {
            shown = Cow::Owned(hidden);
        }
    }
    shown
}

/// As it is, quoted for the shell, and spelt out; and each of them quoted for JSON.
fn forms_of(text: &str) -> Vec<String> {
    let plain = [text.to_owned(), text.replace('\'', "'\\''"), spell(text, false)];
    let json = plain.each_ref().map(|form| {
        let quoted = serde_json::Value::from(form.as_str()).to_string();
        quoted[1..quoted.len() - 1].to_owned()
    });
    plain.into_iter().chain(json).collect()
}

fn without<'t>(text: &'t str, form: &str) -> Cow<'t, str> {
    let is_short = form.chars().count() < SHORT;
    let (mut out, mut rest) = (String::new(), 0);
    for (at, _) in text.match_indices(form) {
        let end = at + form.len();
        if is_short && !(stands_alone(&text[..at], true) && stands_alone(&text[end..], false)) {
            continue;
        }
        out.push_str(&text[rest..at]);
        out.push_str(HIDDEN);
        rest = end;
    }
    if rest == 0 {
        return Cow::Borrowed(text);
    }
    Cow::Owned(out + &text[rest..])
}

/// Whether no word ends, or begins, at this end of the text.
fn stands_alone(text: &str, ends: bool) -> bool {
    let beside = if ends { text.chars().next_back() } else { text.chars().next() };
    !beside.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_hidden_whole_within_words_and_quoted() {
        never_show(b"it's \"A1\"\tx");
        for text in [
            "su: it's \"A1\"\tx is wrong",
            "<it's \"A1\"\tx>",
            "'it'\\''s \"A1\"\tx'",
            r#"{"said":"it's \"A1\"\tx"}"#,
            // What a shell with -x says, in an event.
            r#"{"said":"+ echo 'it'\\''s \"A1\"\tx'"}"#,
        ] {
            let shown = without_secrets(text);
            assert!(shown.contains(HIDDEN) && !shown.contains("A1"), "{shown}");
        }
        assert_eq!(without_secrets("it's A1"), "it's A1");
    }

    #[test]
    fn one_that_is_no_utf_8_and_one_with_blanks_around_it_are_hidden() {
        never_show(b"gr\xfcnspan");
        never_show(b"  blank27 ");
        let said = String::from_utf8_lossy(b"no gr\xfcnspan, no blank27").into_owned();
        assert_eq!(without_secrets(&said), "no ****, no ****");
    }

    #[test]
    fn a_short_one_is_hidden_where_it_is_a_word() {
        never_show(b"q7");
        assert_eq!(without_secrets("q7: xq7 (q7) q7"), "****: xq7 (****) ****");
    }
}
