//! A profile: what is wrong with it is said with a place and a remedy, and what is taken from it
//! can be written and is taken again.

use calha::profile::{parse, write};
use calha::setting::{Answers, Value, resolve};

use super::Target;

const FILE: &str = "site.toml";

pub const TARGET: Target = Target {
    name: "profile",
    law: check,
    seeds: &["profiles"],
    pieces: &[
        "[cluster]\n",
        "[instance.cal]\n",
        "[instance.\"a.b\"]\n",
        "[node.Node1]\n",
        "[node.Node3]\n",
        "nodes = [\"Node1\", \"Node2\"]\n",
        "connection = { ssh = \"n1\", options = [\"-p\", \"22\"] }\n",
        "model = \"n-plus-one\"\n",
        "mode = \"terminal\"\n",
        "query = 30\n",
        "# ",
        " = ",
        "\"",
        "\"\"\"",
        "[",
        "]",
        "{",
        "}",
        "'",
        "\\",
        "\\u0000",
        "\u{feff}",
        "\u{201c}",
        "\u{202e}",
        "\u{1b}",
        "true",
        "1979-05-27",
        "-1",
        "9223372036854775808",
        "\n",
        "\r\n",
    ],
};

pub fn check(bytes: &[u8]) {
    // What is no text is refused where the file is read.
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let answers = parse(FILE, text);
    let resolved = resolve(&answers);
    for problem in resolved.as_ref().err().into_iter().flatten() {
        assert!(problem.place.is_some() && problem.remedy.is_some(), "{problem:?}");
        let said = problem.to_string();
        assert!(!said.chars().any(|c| c.is_control() && c != '\n' && c != '\t'), "{said:?}");
    }
    if answers.is_unreadable() {
        assert!(resolved.is_err(), "nothing is said of what cannot be read");
        return;
    }

    let Ok(resolved) = resolved else { return };
    let written = write(&["A record."], &answers).expect("the template fits");
    let again = parse(FILE, &written);
    assert_eq!(again.problems(), []);
    assert_eq!(values(&again), values(&answers));
    let again = resolve(&again).expect("it was valid");
    assert_eq!(again.settings, resolved.settings);
    assert_eq!(again.digest(), resolved.digest());
}

fn values(answers: &Answers) -> Vec<(&str, &Value)> {
    answers.iter().map(|(key, answer)| (key, &answer.value)).collect()
}
