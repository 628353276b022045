//! Choosing a model: tables 6-1 and 6-2, as the program prints them.

use std::process::{Command, Output};

fn calha(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_calha")).args(args).output().unwrap()
}

fn said(args: &[&str]) -> String {
    let output = calha(args);
    assert!(output.status.success(), "{args:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn table_6_1_names_all_models_with_what_speaks_for_and_against_them() {
    let text = said(&["models"]);
    for name in ["asymmetric (6.1.1)", "symmetric (6.1.2)", "n-plus-one (6.1.3)"] {
        assert!(text.lines().any(|l| l.starts_with(name)), "{name}:\n{text}");
    }
    assert!(text.lines().all(|l| l.chars().count() <= 80), "{text}");
    assert!(text.contains("(E03)") && text.matches("recommended for").count() == 3, "{text}");
}

#[test]
fn table_6_2_is_worked_out_from_the_users_own_figures() {
    let guide = "\
model             days down      share   days down, over days
single server          5.00     1.37 %   (4.00 + 1.00) / 365
asymmetric             1.00     0.27 %   (0.00 + 1.00) / 365
symmetric              0.00     0.00 %   (0.00 + 0.00) / 365
N+1, N = 3             0.33     0.09 %   (0.00 + 1.00) / (365 x 3)
";
    let text = said(&["downtime"]);
    assert!(text.contains(guide), "{text}");
    assert!(
        text.contains("0.33 %/N, not") && text.lines().all(|l| l.chars().count() <= 80),
        "{text}"
    );
    let own: serde_json::Value = serde_json::from_str(&said(&[
        "downtime",
        "--server-days",
        "2",
        "--server-months",
        "6",
        "--format",
        "json",
    ]))
    .unwrap();
    assert_eq!(own["models"][0]["days"], 5.0);
    for wrong in [
        ["--server-months", "0"],
        ["--storage-days", "-1"],
        ["--nodes", "0"],
        ["--server-days", "NaN"],
        ["--server-days", "92"],
    ] {
        assert_eq!(calha(&["downtime", wrong[0], wrong[1]]).status.code(), Some(2), "{wrong:?}");
    }
}
