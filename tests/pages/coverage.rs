//! docs/coverage.md names every item of the guides once, and only steps and tests that exist.

use std::collections::BTreeSet;
use std::path::Path;

use calha::guide::{Guide, TYPE_SECTIONS, rows};
use calha::profile;
use clap::{CommandFactory as _, Parser as _};

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// Names of the functions in the project's tests.
fn functions(directory: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            functions(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let names =
                text.lines().filter_map(|l| l.trim_start().strip_prefix("fn ")?.split_once('('));
            found.extend(names.map(|(name, _)| name.to_owned()));
        }
    }
}

fn words(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(',').map(str::trim).filter(|w| !w.is_empty())
}

/// What a row names is a command; and where it changes something besides an installation, the test
/// is named that compares what it shows before consent, with its sections, with what it does.
fn shows(id: &str, command: &str, held_by: &str) {
    let mut known = calha::cli::Arguments::command();
    let (verbs, options) = command.split_once(" --").unwrap_or((command, ""));
    for verb in verbs.split(' ') {
        let action = known.find_subcommand(verb).cloned();
        // The action of a service is a value, not a command of its own.
        let named = known.get_positionals().flat_map(|arg| arg.get_possible_values());
        let is_value = named.map(|value| value.get_name().to_owned()).any(|name| name == verb);
        assert!(action.is_some() || is_value, "{id} names the command {command}");
        known = action.unwrap_or(known);
    }
    let is_option = |name: &str| known.get_arguments().any(|arg| arg.get_long() == Some(name));
    assert!(options.is_empty() || is_option(options), "{id} names the option --{options}");

    let is_previewed = ["uninstall", "service", "debug on", "debug off"];
    let of_guide = id.starts_with(['O', 'R', 'D']);
    if of_guide && is_previewed.iter().any(|previewed| command.starts_with(previewed)) {
        let test = "what_a_preview_shows_is_what_the_command_shows_before_consent";
        assert!(words(held_by).any(|named| named == test), "{id}: {command} is not previewed");
    }
}

#[test]
fn every_row_names_what_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tests = BTreeSet::new();
    functions(&root.join("tests"), &mut tests);
    functions(&root.join("src"), &mut tests);
    let mut steps: BTreeSet<String> = BTreeSet::new();
    for (model, instance) in [("asymmetric", "cal"), ("symmetric", "cs1"), ("n-plus-one", "cs1")] {
        for kind in ["failover", "cluster"] {
            let set = [format!("instance.{instance}.file-system={kind}")];
            let resolved =
                profile::load(&root.join(format!("profiles/{model}.toml")), &set).unwrap();
            steps.extend(
                Guide::of(&resolved, model).unwrap().steps.iter().map(|s| s.id.kind.to_string()),
            );
            steps.extend(
                Guide::debugging(&resolved, model, 9)
                    .unwrap()
                    .steps
                    .into_iter()
                    .map(|s| s.id.to_string()),
            );
        }
    }
    // Those of an upgrade come from what a cluster says, those of a server that stays from a
    // choice; neither from a profile.
    let kinds = calha::step::StepKind::ALL.iter().map(ToString::to_string);
    steps.extend(kinds.filter(|kind| kind.starts_with("type-") || kind.starts_with("alone-")));

    let page = read("docs/coverage.md");
    let mut seen = BTreeSet::new();
    let mut done = BTreeSet::new();
    for line in page
        .lines()
        .filter(|l| l.starts_with("| ") && !l.starts_with("| item") && !l.starts_with("| ---"))
    {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [id, of, commands, held_by] = cells[..] else { panic!("{line}") };
        assert!(seen.insert(id.to_owned()), "{id} stands twice");
        if of == "not yet" {
            continue;
        }
        done.insert(id.to_owned());
        assert!(
            words(of).count() > 0 && words(commands).count() > 0 && words(held_by).count() > 0,
            "{id}: an empty cell"
        );
        words(of)
            .filter(|s| *s != "-")
            .for_each(|s| assert!(steps.contains(s), "{id} names the step {s}"));
        words(held_by).for_each(|t| assert!(tests.contains(t), "{id} names the test {t}"));
        words(commands).for_each(|command| shows(id, command, held_by));
    }
    assert_eq!(seen.len(), 78, "a row was lost");
    for row in rows() {
        assert!(done.contains(row.id), "{} is explained and not in the table", row.id);
    }
    let explained: BTreeSet<&str> = rows().iter().map(|r| r.id).collect();
    for id in done {
        assert!(explained.contains(id.as_str()), "{id} is in the table and not explained");
    }
}

/// With `BLESS=1` in the environment the committed page is written anew.
#[test]
fn the_page_of_the_guide_is_the_generated_one() {
    let generated = calha::guide::page().unwrap();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide.md"), &generated)
            .unwrap();
    }
    assert!(
        read("docs/guide.md") == generated,
        "docs/guide.md is not what the guides give; run this test with BLESS=1"
    );
    // Nothing that stands in a code block can end it, and no cell can end its row.
    assert_eq!(generated.matches("```").count() % 2, 0);
    for line in generated.lines().filter(|l| l.starts_with("| ")) {
        let bars = line.replace("\\|", "").matches('|').count();
        assert_eq!(bars, 7, "{line}");
    }
}

#[test]
fn every_section_of_the_second_guide_says_something_and_its_commands_are_taken() {
    for section in TYPE_SECTIONS {
        let says = !section.about.is_empty() || section.rows().next().is_some();
        assert!(says || section.errata().next().is_some(), "{}", section.name);

        for command in section.commands {
            let taken = calha::cli::Arguments::try_parse_from(command.split(' '));
            assert!(taken.is_ok(), "{command}");
        }
    }
}

/// What `calha explain` says.
fn said(topic: &str) -> String {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_calha"))
        .args(["explain", topic])
        .output()
        .unwrap();
    assert!(output.status.success(), "{topic}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn documents_to_read_are_explained() {
    let documents = said("W2");
    assert!(documents.starts_with("W2: section 6.12\n"), "{documents}");
    assert!(documents.contains("Sun Cluster Concepts Guide"), "{documents}");
    assert!(said("C4").contains("calha models, calha report"));
}

#[test]
fn items_and_errata_of_the_second_guide_are_explained() {
    assert!(said("T05").starts_with("T05: second guide, RT_version\n"));
    assert!(said("E76").contains("Read Prenet_start."));
    assert!(said("e78").contains("stricter reading"));
    assert!(said("E34").starts_with("E34: section 6.6.3"));
}
