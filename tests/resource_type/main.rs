//! Registration files: the reader's laws, every rule broken on purpose, releases, fixes, and the commands themselves.

mod bump;
mod command;
mod diff;
mod document;
mod laws;
mod memory;
mod mutations;
mod new;
mod releases;
mod sarif;
mod schema;
#[path = "../support/thorough.rs"]
mod thorough;
mod upgrade_plan;

use std::path::{Path, PathBuf};

use calha::resource_type::{RegistrationFile, Release, lint};

/// A registration file of the tests.
fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/resource_type/files").join(name)
}

fn text(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap()
}

/// Files without an error or a warning: one for each way in which people write them.
const CLEAN: [&str; 3] = ["builder.rt", "hand.rt", "later.rt"];

/// Codes with the lines that they are found on.
fn found(text: &[u8], release: Option<Release>) -> Vec<(&'static str, usize)> {
    let file = RegistrationFile::parse(text);
    let source = file.source();
    let findings = lint(&file, release, None).findings;
    findings.iter().map(|f| (f.rule.code, source.position(f.span.start()).line)).collect()
}
