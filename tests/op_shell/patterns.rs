//! Patterns of the shell that a true Bourne shell reads otherwise.

use calha::op::shell::PRELUDE;

/// The patterns of a case in which a star stands behind quoted text with variables: those
/// variables.
fn before_a_star(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    let pieces: Vec<&str> = line.split('"').collect();
    for at in (1..pieces.len().saturating_sub(1)).step_by(2) {
        let behind = pieces[at + 1];
        let word = behind.split([' ', '|', ')', '\t']).next().unwrap_or("");
        let rest = behind[word.len()..].trim_start();
        let pattern = rest.starts_with([')', '|']) && word.contains('*');
        if pattern {
            let names = pieces[at].split('$').skip(1).map(|name| {
                let name = name.trim_start_matches('{');
                name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
            });
            found.extend(names);
        }
    }
    found
}

/// A true Bourne shell puts a mark where a quoted variable is empty, and a pattern with a star ends
/// at it. So on a real node, where nothing stands before a path, a pattern that begins with "$R
/// matches nothing.
#[test]
fn no_pattern_has_a_variable_that_may_be_empty_before_a_star() {
    assert_eq!(before_a_star("  \"$R/a\" | \"$R/b/\"*) ;;"), ["R"]);
    assert_eq!(before_a_star("  *\"${calha_nl}x$y\"*) ;;"), ["calha_nl", "y"]);
    assert!(before_a_star("set x \"$R$above\"/* \"$R$above\"/.*").is_empty());

    // A record and a directory have a path, root has a number, a text that is looked for is there,
    // what a shell has split is not empty, and the others begin with something.
    let never_empty =
        ["D", "calha_nl", "first", "held", "line", "own", "sought", "stem", "want", "word"];
    for line in PRELUDE.lines() {
        for name in before_a_star(line) {
            assert!(never_empty.contains(&name.as_str()), "{name} may be empty: {line}");
        }
    }
}
