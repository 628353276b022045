//! What reading a file takes: a process of its own reads it and looks for mistakes, and its largest
//! size is compared with that of one that reads next to nothing. No input takes more than twenty
//! times its own size.

use std::path::Path;
use std::process::{Command, Stdio};

use super::thorough::thorough;
use calha::resource_type::{Diff, RegistrationFile, Shown, bump, lint, mended};

/// So large is what is tried: findings, of which there are so many at most, weigh little then.
const SIZE: usize = 400_000;
const MOST: usize = 20;

/// A file to read, for the process of its own: its name, and what to do with it.
const FILE: &str = "CALHA_TEST_FILE";
const WORK: &str = "CALHA_TEST_WORK";

/// The largest size of this process so far, in bytes, proc(5).
fn largest() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
}

/// What the process does that `taken` starts; nothing where it was not started by that.
#[test]
fn a_process_of_its_own_reads_a_file() {
    let (Some(file), Ok(work)) = (std::env::var_os(FILE), std::env::var(WORK)) else { return };
    let bytes = std::fs::read(file).unwrap();
    match work.as_str() {
        "lint" => {
            let file = RegistrationFile::parse(&bytes);
            let found = lint(&file, None, None);
            let source = file.source();
            let said: usize = found.findings.iter().map(|f| source.describe(f, "f").len()).sum();
            println!("{said} bytes said");
        }
        "mend" => println!("{} mended", mended(&bytes).1),
        "show" => drop(Shown::of(&RegistrationFile::parse(&bytes))),
        "diff" => {
            let file = RegistrationFile::parse(&bytes);
            assert!(Diff::of(&file, &file).changes.is_empty());
        }
        _ => drop(bump(&RegistrationFile::parse(&bytes), "9.9", &[])),
    }
    println!("largest={}", largest());
}

/// The largest size of a process that does this with the file.
fn taken(file: &Path, work: &str) -> usize {
    let mut reads = Command::new(std::env::current_exe().unwrap());
    reads.args(["--exact", "memory::a_process_of_its_own_reads_a_file", "--nocapture"]);
    reads.env(FILE, file).env(WORK, work).stderr(Stdio::inherit());
    let output = reads.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}");
    let line = said.lines().find_map(|line| line.strip_prefix("largest=")).expect(&said);
    line.parse().unwrap()
}

/// Pieces that take the most room for their length, and others that make a great many findings.
const PIECES: [&str; 22] = [
    "{a;}",
    "a;",
    "{}",
    ";",
    "}",
    "{",
    "a=b,c;",
    ",b",
    "a=b;",
    "a ",
    "\n",
    "#\n",
    "#$\n",
    "#$upgrade_from \"1\" ANYTIME\n",
    "#$Id$\n",
    "STOP=a;",
    "{PROPERTY=a;}",
    "{PROPERTY=a;EXTENSION;INT;MIN=1;}",
    "A = \u{201c}b\u{201d};\n",
    "\u{201c}",
    "\"x\n",
    "{ a = {",
];

#[test]
fn no_input_takes_more_than_twenty_times_its_size() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("file");
    let works = ["lint", "mend", "show", "diff", "bump"];
    let (works, pieces) = if thorough() { (&works[..], 100) } else { (&works[..2], 6) };
    std::fs::write(&file, "a;").unwrap();
    let little: Vec<usize> = works.iter().map(|work| taken(&file, work)).collect();

    // Not the beginning of one entry, or of one statement, but a great many in one.
    let repeated = PIECES.map(|piece| piece.repeat(SIZE / piece.len()));
    let within = ["a;", "MIN=1;", "ENUM{A,B};", "DEFAULT=\"x\";"];
    let within = within.map(|piece| format!("{{PROPERTY=p;{}}}", piece.repeat(SIZE / piece.len())));
    let list = format!("a={{{}}};", "b,".repeat(SIZE / 2));

    let mut found = Vec::new();
    for text in [&list].into_iter().chain(&repeated).chain(&within).take(pieces) {
        std::fs::write(&file, text).unwrap();
        for (work, little) in works.iter().zip(&little) {
            let times = taken(&file, work).saturating_sub(*little) as f64 / text.len() as f64;
            let beginning: String = text.chars().take(40).collect();
            println!("{times:5.1} x {work} {beginning:?}");
            if times > MOST as f64 {
                found.push(format!("{work} of {beginning:?} takes {times:.1} x"));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}
