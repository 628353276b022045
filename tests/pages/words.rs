//! What calha says is said in the usual words, and in sentences that are read once.

use super::sources::{sources, texts};

/// Words that somebody has stumbled over, and their kin.
const NEVER: [&str; 21] = [
    " is no setting",
    " is none of",
    " was begun",
    " were begun",
    "accepted away",
    "begin anew",
    "begins anew",
    "begun anew",
    "behind the name of this one",
    "ended early",
    "has to be said",
    "is said to be",
    "it is not so",
    "neither done nor absent",
    "nobody is there",
    "not agreed to",
    "take back",
    "taken back",
    "takes back",
    "to be had",
    "told apart",
];

/// Words that a sentence has at most. Longer ones were read twice.
const LONGEST: usize = 34;

/// Rooms whose texts are another's: vendors' programs, and lists for the guide's reader.
const OTHERS: [&str; 1] = ["lab"];

#[test]
fn no_text_has_words_that_somebody_has_stumbled_over() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| !OTHERS.contains(&source.room())) {
        for text in texts(&source.text) {
            let words = NEVER.iter().filter(|words| text.contains(**words));
            found.extend(words.map(|words| format!("{}: {words:?} in {text}", source.path)));
            let long = text.split([';', ':']).flat_map(|part| part.split(". "));
            let long = long.filter(|sentence| is_long(sentence));
            found.extend(long.map(|sentence| format!("{}: is long: {sentence}", source.path)));
        }
    }
    assert!(found.is_empty(), "{:#?}", found);
}

/// Of what a shell runs, and of lines that are typed, nobody counts the words.
fn is_long(sentence: &str) -> bool {
    let is_prose = !sentence.contains("\\n") && !sentence.contains('$');
    is_prose && sentence.split_whitespace().count() > LONGEST
}

#[test]
fn a_text_is_found_whole_and_a_comment_is_none() {
    let source = "// \"was begun\"\nf(\"it \\\n   was begun\"); g(r#\"a \"b\"\"#);\n\
                  #[cfg(test)]\nmod tests { \"not\" }";
    assert_eq!(texts(source), ["\"it was begun\"", "r#\"a \"b\"\"#"]);
}
