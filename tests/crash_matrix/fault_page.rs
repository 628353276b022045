//! The page that shows the matrix of faults is what the matrix finds.

use std::fmt::Write as _;
use std::path::Path;

use super::faults::{Trial, Trials};
use super::mishap::Mishap;

const OPENING: &str = "\
# What a fault at a step comes to

Each step of an installation, with what may befall its first operation that it can befall: the exit
status of the run that met it. Of every cell these laws are tried: the journal can be read; what
somebody else wrote stays; once the fault is cleared, the same command ends as an installation
without a fault, where somebody accepts what it asks; and `calha uninstall` leaves what was there
before the installation, but for what no uninstallation removes.

The [statuses](../README.md) are calha's own. \"killed\" is not a status of calha's: it was not asked.
A dash is a fault that cannot befall the step: a step that only looks changes nothing, a step that
starts no program of others meets no failure of one, and a step that writes no file itself finds
none full or edited.

This page is generated, and this writes it anew:

    BLESS=1 cargo test --test crash_matrix every_step_meets_every_fault -- --ignored

";

/// The head of the page: everything but the rows.
fn head() -> String {
    let mut page = OPENING.to_owned();
    page.push_str("| fault | what happens |\n| --- | --- |\n");
    for mishap in Mishap::ALL {
        let (name, what) = mishap.told();
        // Writing into a String cannot fail.
        let _ = writeln!(page, "| {name} | {what} |");
    }
    page.push_str("\n| step |");
    Mishap::ALL.iter().for_each(|mishap| {
        let _ = write!(page, " {} |", mishap.told().0);
    });
    page.push_str("\n| --- |");
    page.push_str(&" --- |".repeat(Mishap::ALL.len()));
    page.push('\n');
    page
}

fn row(trials: &Trials, step: &str, broken: &mut Vec<String>) -> String {
    let mut row = format!("| {step} |");
    for mishap in Mishap::ALL {
        let (trial, found) = trials.tried(step, mishap);
        broken.extend(found);
        let cell = match trial {
            Trial::None => "—".to_owned(),
            Trial::Killed => "killed".to_owned(),
            Trial::Ended(status) => status.to_string(),
        };
        let _ = write!(row, " {cell} |");
    }
    row.push('\n');
    row
}

/// Tries every so many steps, and compares their rows with the page's.
fn tries(stride: usize, bless: bool) {
    let trials = Trials::new();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/faults.md");
    let mut broken = Vec::new();
    let steps = trials.guide.steps.iter().step_by(stride);
    let rows: Vec<String> =
        steps.map(|step| row(&trials, &step.id.to_string(), &mut broken)).collect();
    assert!(broken.is_empty(), "{}:\n{}", broken.len(), broken.join("\n"));

    if bless {
        std::fs::write(&path, head() + &rows.concat()).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed.starts_with(&head()), "the page is to be made anew, as it says");
    for row in rows {
        assert!(committed.contains(&row), "the page is to be made anew, as it says:\n{row}");
    }
}

#[test]
fn some_steps_meet_every_fault() {
    tries(11, false);
}

#[test]
#[ignore = "takes minutes; tests/slow tries it"]
fn every_step_meets_every_fault() {
    tries(1, std::env::var_os("BLESS").is_some());
}
