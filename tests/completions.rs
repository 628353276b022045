//! The files in `completions/` are what the program prints, and real shells take them.

use std::path::{Path, PathBuf};
use std::process::Command;

const FILES: [(&str, &str); 5] = [
    ("bash", "calha.bash"),
    ("zsh", "_calha"),
    ("fish", "calha.fish"),
    ("powershell", "_calha.ps1"),
    ("elvish", "calha.elv"),
];

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("completions").join(name)
}

#[test]
fn the_files_are_what_the_program_prints() {
    for (shell, name) in FILES {
        let output = Command::new(env!("CARGO_BIN_EXE_calha"))
            .args(["completions", shell])
            .output()
            .unwrap();
        let there = std::fs::read(file(name)).unwrap_or_default();
        assert!(
            output.stdout == there,
            "completions/{name} is not up to date: calha completions {shell} > completions/{name}"
        );
    }
}

/// A shell that is installed here; without it the test fails where CI=true.
fn is_installed(shell: &str) -> bool {
    let found = ["/bin", "/usr/bin"].iter().any(|d| Path::new(d).join(shell).exists());
    if !found {
        assert!(
            std::env::var_os("CI").is_none(),
            "{shell} is not installed; tests/run installs it"
        );
        println!("skipped: {shell} is not installed");
    }
    found
}

/// What a shell offers for the last of these words, with the program in its path and a profile
/// beside it.
fn offered(shell: &str, words: &[&str]) -> String {
    let dir = tempfile::tempdir().unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles/n-plus-one.toml");
    std::fs::copy(example, dir.path().join("site.toml")).unwrap();
    let later = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/resource_type/files/later.rt");
    std::fs::copy(later, dir.path().join("later.rt")).unwrap();
    let script =
        file(FILES.iter().find(|(name, _)| *name == shell).unwrap().1).display().to_string();
    let (line, last) = (words.join(" "), words.last().unwrap());
    let script = match shell {
        "bash" => format!(
            "source {script}; COMP_WORDS=({line}{}); COMP_CWORD={}; _clap_complete_calha calha '{last}' x; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            if last.is_empty() { "''" } else { "" },
            words.len() - 1
        ),
        // Completing needs a line editor; what it would show is what is handed to _describe.
        "zsh" => format!(
            "autoload -Uz compinit; compinit -u -D; source {script}; [[ ${{_comps[calha]}} == _clap_dynamic_completer_calha ]] || exit 9; \
             _describe() {{ print -rl -- ${{(P)argv[-1]}} ${{(P)argv[2]}} }}; compadd() {{ print -rl -- $@ }}; \
             words=({line}{}); CURRENT={}; _clap_dynamic_completer_calha",
            if last.is_empty() { "''" } else { "" },
            words.len()
        ),
        _ => format!("source {script}; complete -C '{line}'"),
    };
    let program = Path::new(env!("CARGO_BIN_EXE_calha")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let output = Command::new(shell)
        .args(["-c", &script])
        .current_dir(dir.path())
        .env("HOME", dir.path())
        .env("PATH", path)
        .output()
        .unwrap();
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[test]
fn real_shells_complete_commands_options_and_values_of_the_profile() {
    for shell in ["bash", "zsh", "fish"].into_iter().filter(|shell| is_installed(shell)) {
        for (words, wanted) in [
            (&["calha", "rol"][..], "rollback"),
            (&["calha", "rollback", "site.toml", "--fr"], "--from"),
            (&["calha", "rollback", "site.toml", "--from", "ha-block-cs"], "ha-block-cs2"),
            (&["calha", "service", "failover", "site.toml", "cs"], "cs3"),
            (&["calha", "service", "failover", "site.toml", "cs1", "--to", "No"], "Node4"),
            (
                &["calha", "install", "site.toml", "--accept", "drift.vfstab-entry-cs"],
                "drift.vfstab-entry-cs1",
            ),
            (&["calha", "explain", "preflight.dev"], "preflight.device"),
            (&["calha", "plan", "si"], "site.toml"),
        ] {
            let said = offered(shell, words);
            assert!(said.contains(wanted), "{shell}: {words:?}: {said}");
        }
        // A broken profile is no reason to say anything.
        assert!(
            !offered(shell, &["calha", "install", "none.toml", "--from", "x"])
                .contains("none.toml:"),
            "{shell}"
        );
    }
}

/// The type of that file.
const TYPE: &str = "ACME.web";

#[test]
fn types_and_versions_are_those_of_the_registration_files_at_hand() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/resource_type/files/later.rt");
    let file = file.to_str().unwrap();
    for shell in ["bash", "zsh", "fish"].into_iter().filter(|shell| is_installed(shell)) {
        for (words, wanted) in [
            (&["calha", "rt", "up"][..], "upgrade"),
            (&["calha", "rt", "lint", file, "--release", "3.1-"], "3.1-8/05"),
            (&["calha", "rt", "diff", file, file, "--format", "js"], "json"),
            (&["calha", "rt", "which", "--emit", "s"], "sh"),
            (&["calha", "rt", "new", "--set", "vend"], "vendor="),
            (&["calha", "rt", "bump", file, "--to", "99", "--from", "8"], "8=WHEN_UNMONITORED"),
            (&["calha", "explain", "rtr.too"], "rtr.too-many"),
            // Those of the directory, where none is named.
            (&["calha", "rt", "which", "site.toml", "AC"], TYPE),
            (&["calha", "rt", "which", "site.toml", TYPE, ""], "9"),
            (&["calha", "rt", "upgrade", "site.toml", "--type", "AC"], TYPE),
            (&["calha", "rt", "upgrade", "site.toml", "--type", TYPE, "--to", ""], "9"),
            (&["calha", "rt", "upgrade", "site.toml", "--type", TYPE, "--via", ""], "8"),
            (&["calha", "report", "site.toml", "--upgrade", "AC"], TYPE),
            (&["calha", "rt", "upgrade", "site.toml", "--plan", "--format", "ans"], "ansible"),
            (&["calha", "explain", "T0"], "T05"),
        ] {
            let said = offered(shell, words);
            assert!(said.contains(wanted), "{shell}: {words:?}: {said}");
        }
    }
}

/// Every command and what is below it.
fn commands() -> Vec<Vec<String>> {
    fn below(command: &clap::Command, path: &[String], all: &mut Vec<Vec<String>>) {
        for sub in command.get_subcommands().filter(|c| c.get_name() != "help") {
            let path = [path, &[sub.get_name().to_owned()]].concat();
            below(sub, &path, all);
            all.push(path);
        }
    }
    let mut all = Vec::new();
    below(&<calha::cli::Arguments as clap::CommandFactory>::command(), &[], &mut all);
    assert!(all.len() > 35, "{all:?}");
    all
}

/// Exit status, environment, files and examples, in this order and each with something in it. Only
/// what works on a node knows journals and the program that reaches one.
fn has_its_sections(command: &str, page: &str) {
    let mut rest = page;
    for (title, begins) in [
        (".SH \"EXIT STATUS\"", "\n.TP\n\\fB0\\fR\n"),
        (".SH \"ENVIRONMENT\"", "\n"),
        (".SH \"FILES\"", "\n"),
        (".SH EXAMPLES", "\n.nf\n"),
    ] {
        let parts: Vec<&str> = page.split(title).collect();
        assert_eq!(parts.len(), 2, "{command}: {title}: {page}");
        rest = rest.split_once(title).unwrap_or_else(|| panic!("{command}: {title}: {page}")).1;
        assert!(rest.starts_with(begins), "{command}: {title}: {page}");
    }

    let works = ["install", "status", "service", "rt upgrade"].contains(&command);
    let prints = ["models", "schema", "lab status", "profile check"].contains(&command);
    let knows = page.contains("XDG_STATE_HOME") && page.contains("\\fBPATH\\fR\nWhere ssh");
    assert!(knows || !works, "{command}: {page}");
    assert!(!(page.contains("XDG_STATE_HOME") && prints), "{command}: {page}");
}

/// No line of a page is wider than a screen of 80 columns, and roff has nothing to say of it.
fn is_rendered(page: &Path) {
    let words = ["-man", "-ww", "-Tutf8", "-P-cbou", "-rLL=80n"];
    let output = Command::new("groff").args(words).arg(page).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.is_empty(), "{}: {said}", page.display());
    let text = String::from_utf8_lossy(&output.stdout);
    let wide: Vec<&str> = text.lines().filter(|line| line.chars().count() > 80).collect();
    assert!(wide.is_empty(), "{}: {wide:#?}", page.display());
}

#[test]
fn every_command_has_help_with_an_example_and_a_manual_page() {
    let calha =
        |args: &[&str]| Command::new(env!("CARGO_BIN_EXE_calha")).args(args).output().unwrap();
    for command in commands() {
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        let help = calha(&[&words[..], &["--help"]].concat());
        let help = String::from_utf8_lossy(&help.stdout).into_owned();
        assert!(help.contains("Example"), "calha {words:?} --help has no example");
        assert!(help.is_ascii(), "{words:?}: {help}");
    }
    let dir = tempfile::tempdir().unwrap();
    let written = calha(&["man", "--out", dir.path().to_str().unwrap()]);
    assert!(written.status.success());
    for command in commands() {
        let page =
            std::fs::read_to_string(dir.path().join(format!("calha-{}.1", command.join("-"))))
                .unwrap();
        assert!(page.contains(&format!(".TH calha-{}", command.join("-"))), "{page}");
        has_its_sections(&command.join(" "), &page);
    }
    let own = std::fs::read_to_string(dir.path().join("calha-status.1")).unwrap();
    assert!(own.contains("\\fB0\\fR\nHealthy.\n"), "{own}");
    assert!(own.contains("\\fB2\\fR\nWrong usage"), "{own}");
    assert!(
        std::fs::read_to_string(dir.path().join("calha.1")).unwrap().contains("calha\\-install(1)")
    );
    if is_installed("groff") {
        for page in std::fs::read_dir(dir.path()).unwrap() {
            is_rendered(&page.unwrap().path());
        }
    }
    let one = calha(&["man", "profile", "check"]);
    assert!(
        one.status.success()
            && String::from_utf8_lossy(&one.stdout).contains(".TH calha-profile-check")
    );
    assert_eq!(calha(&["man", "nonsense"]).status.code(), Some(2));
}
