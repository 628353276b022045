//! The files in `completions/` are what the program prints, and real shells take them.

use std::path::{Path, PathBuf};
use std::process::Command;

const FILES: [(&str, &str); 5] =
    [("bash", "calha.bash"), ("zsh", "_calha"), ("fish", "calha.fish"), ("powershell", "_calha.ps1"), ("elvish", "calha.elv")];

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("completions").join(name)
}

#[test]
fn the_files_are_what_the_program_prints() {
    for (shell, name) in FILES {
        let output = Command::new(env!("CARGO_BIN_EXE_calha")).args(["completions", shell]).output().unwrap();
        let there = std::fs::read(file(name)).unwrap_or_default();
        assert!(output.stdout == there, "completions/{name} is not up to date: calha completions {shell} > completions/{name}");
    }
}

#[test]
fn real_shells_complete_commands_and_options() {
    let asked: [(&str, String); 3] = [
        (
            "bash",
            format!(
                "source {}; COMP_WORDS=(calha rol); COMP_CWORD=1; _calha calha rol calha; echo \"${{COMPREPLY[@]}}\"",
                file("calha.bash").display()
            ),
        ),
        (
            "zsh",
            format!(
                "autoload -Uz compinit; compinit -u -D; source {}; print -r -- ${{_comps[calha]}} rollback",
                file("_calha").display()
            ),
        ),
        ("fish", format!("source {}; complete -C 'calha rol' | string split -f1 \\t", file("calha.fish").display())),
    ];
    for (shell, script) in asked {
        if !["/bin", "/usr/bin"].iter().any(|d| Path::new(d).join(shell).exists()) {
            assert!(std::env::var_os("CI").is_none(), "{shell} is not installed; tests/run installs it");
            println!("skipped: {shell} is not installed");
            continue;
        }
        let home = tempfile::tempdir().unwrap();
        let output = Command::new(shell).args(["-c", &script]).env("HOME", home.path()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(said.contains("rollback"), "{shell}: {said}{}", String::from_utf8_lossy(&output.stderr));
        if shell == "zsh" {
            assert!(said.starts_with("_calha"), "{said}");
        }
    }
}
