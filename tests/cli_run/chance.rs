//! Cases that chance makes, of a printed seed: words, profiles, registration files, journals
//! and logs that were damaged, environments, outputs that nobody takes. Whatever it is, a command
//! ends in time with a documented status and a sentence, and shows nothing that moves the cursor.
//! No node is asked: every connection ends at once.

use std::ffi::OsString;
use std::fs::{self, File};
use std::os::unix::ffi::OsStringExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::limits::{DOCUMENTED, LONG, commands};
use super::screen::{EVIL, is_evil};
use super::site::Site;
use super::thorough::thorough;

/// So long may any of them take.
const TIME: Duration = Duration::from_secs(30);

/// Numbers that follow from a seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        // splitmix64
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((x ^ (x >> 31)) % (most.max(1) as u64)).unwrap()
    }

    fn of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }

    /// Some bytes without a slash: plain, moving the cursor, of meaning somewhere, no UTF-8.
    fn word(&mut self) -> Vec<u8> {
        let odd = ["", "-", "=", "\"", "'", "\\", "{{", "$(x)", "%s", "[", "\n", "é", "\u{2028}"];
        let mut word = Vec::new();
        for _ in 0..=self.below(5) {
            match self.below(5) {
                0 => word.extend(EVIL.bytes()),
                1 => word.push(128 + u8::try_from(self.below(128)).unwrap()),
                2 => word.extend(vec![b'a'; self.below(300)]),
                _ => word.extend(self.of(&odd).bytes()),
            }
        }
        word
    }

    /// Bytes that are no longer what they were.
    fn damaged(&mut self, text: &[u8]) -> Vec<u8> {
        let mut text = text.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(text.len());
            let end = text.len().min(at + self.below(60));
            match self.below(6) {
                0 => text.truncate(at),
                1 => drop(text.drain(at..end)),
                2 => drop(text.splice(at..at, self.word())),
                3 => {
                    let again = text[at..end].to_vec();
                    drop(text.splice(at..at, again));
                }
                4 => drop(text.splice(at..at, [*self.of(b"[{(\"'\0#"); 3000])),
                _ => drop(text.splice(at..end, [u8::try_from(self.below(256)).unwrap()])),
            }
        }
        text
    }
}

/// What cases begin with.
struct Material {
    site: Site,
    profiles: Vec<Vec<u8>>,
    registrations: Vec<Vec<u8>>,
    /// The directory of the journal, below calha's own.
    state: PathBuf,
    journal: Vec<u8>,
    events: Vec<u8>,
}

impl Material {
    fn new() -> Self {
        let site = Site::new();
        assert_eq!(site.run("install", &["--yes"]).status, 0);
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let files = |below: &str| -> Vec<Vec<u8>> {
            let all = fs::read_dir(root.join(below)).unwrap();
            all.map(|entry| fs::read(entry.unwrap().path()).unwrap()).collect()
        };
        let mut profiles: Vec<Vec<u8>> = files("profiles").iter().map(|text| cut(text)).collect();
        profiles.insert(0, cut(&fs::read(&site.profile).unwrap()));

        let calha = site.dir.path().join("state");
        let first = |at: &Path, of: &dyn Fn(&Path) -> bool| {
            let mut all = fs::read_dir(at).unwrap().map(|entry| entry.unwrap().path());
            all.find(|path| of(path)).unwrap()
        };
        let directory = (0..3).fold(calha.clone(), |at, _| first(&at, &Path::is_dir));
        let events = first(&directory.join("runs"), &|p| p.extension().unwrap() == "jsonl");
        Self {
            profiles,
            registrations: files("tests/resource_type/files"),
            state: directory.strip_prefix(&calha).unwrap().to_owned(),
            journal: fs::read(directory.join("journal")).unwrap(),
            events: fs::read(events).unwrap(),
            site,
        }
    }

    /// A directory with a profile, a registration file and a state of its own, and the command.
    fn case(&self, chance: &mut Chance, at: &Path) -> Command {
        let (profile, registration) = (at.join("site.toml"), at.join("a.rt"));
        let (mut text, mut rtr) =
            (chance.of(&self.profiles).clone(), chance.of(&self.registrations).clone());
        let mut command = Command::new(env!("CARGO_BIN_EXE_calha"));
        command.env_clear().env("HOME", at).env("XDG_STATE_HOME", at.join("state"));
        command.env("PATH", at).env("TMPDIR", at).current_dir(at);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        fs::create_dir(at).unwrap();

        match chance.below(6) {
            0 | 1 => {
                command.args(chance.of(&short_commands()).split(' '));
                for _ in 0..chance.below(5) {
                    match chance.below(4) {
                        0 => command.arg(&profile),
                        1 => command.arg(&registration),
                        2 => command.arg(chance.of(&OPTIONS)),
                        _ => command.arg(as_word(chance)),
                    };
                }
            }
            2 => {
                text = chance.damaged(&text);
                command.args(chance.of(&OF_PROFILE).split(' ')).arg(&profile);
            }
            3 => {
                rtr = chance.damaged(&rtr);
                command.args(chance.of(&OF_REGISTRATION).split(' ')).arg(&registration);
            }
            4 => {
                text.clone_from(&self.profiles[0]);
                self.put_state(chance, &at.join("state").join(&self.state));
                command.args(chance.of(&OF_JOURNAL).split(' ')).arg(&profile);
            }
            _ => {
                command.args(chance.of(&short_commands()).split(' ')).arg(&profile);
                surround(chance, &mut command);
            }
        }
        fs::write(&profile, text).unwrap();
        fs::write(&registration, rtr).unwrap();
        command
    }

    fn put_state(&self, chance: &mut Chance, at: &Path) {
        fs::create_dir_all(at.join("runs")).unwrap();
        fs::write(at.join("journal"), chance.damaged(&self.journal)).unwrap();
        let events = chance.damaged(&self.events);
        fs::write(at.join("runs/2026-01-01-00-00-00-1.jsonl"), events).unwrap();
    }
}

/// Variables that are strange, and outputs that are full.
fn surround(chance: &mut Chance, command: &mut Command) {
    for name in VARIABLES {
        if chance.below(3) == 0 {
            command.env(name, as_word(chance));
        }
    }
    for output in [Command::stdout::<Stdio>, Command::stderr::<Stdio>] {
        if chance.below(4) == 0 {
            output(command, File::options().write(true).open("/dev/full").unwrap().into());
        }
    }
}

/// As words of a command line and variables are: without a zero.
fn as_word(chance: &mut Chance) -> OsString {
    let mut word = chance.word();
    word.retain(|byte| *byte != 0);
    OsString::from_vec(word)
}

/// A profile whose connections end at once, each in a way of its own.
fn cut(text: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(text.to_vec()).unwrap();
    let cut = |(number, line): (usize, &str)| {
        let is_connection =
            ["connection = ", "# connection = "].iter().any(|c| line.starts_with(c));
        if is_connection {
            format!("connection = {{ command = [\"/bin/false\", \"{number}\"] }}\n")
        } else {
            format!("{line}\n")
        }
    };
    text.lines().enumerate().map(cut).collect::<String>().into_bytes()
}

/// Those that are no whole installation.
fn short_commands() -> Vec<String> {
    let mut all = commands();
    all.retain(|command| !LONG.contains(&command.as_str()) || command == "install");
    all
}

const OPTIONS: [&str; 24] = [
    "--yes",
    "--set",
    "--format",
    "json",
    "sh",
    "html",
    "--out",
    "--from",
    "--instance",
    "--offline",
    "--accept",
    "--events",
    "--uninstall",
    "--level",
    "--to",
    "--type",
    "--help",
    "--version",
    "--",
    "-",
    "cal",
    "Node1",
    "99999999999999999999",
    "--quiet",
];
const OF_PROFILE: [&str; 10] = [
    "profile check",
    "plan --offline",
    "plan --offline --format sh",
    "plan --offline --format json",
    "worksheet",
    "report",
    "status --format json",
    "check --format json",
    "downtime",
    "install --yes --events json",
];
const OF_REGISTRATION: [&str; 6] = [
    "rt lint",
    "rt lint --format json",
    "rt lint --format sarif",
    "rt lint --fix",
    "rt show",
    "rt bump --to 9.1",
];
const OF_JOURNAL: [&str; 7] = [
    "report",
    "report --format html",
    "status",
    "resume --yes",
    "verify",
    "rollback --yes",
    "install --yes",
];
const VARIABLES: [&str; 14] = [
    "HOME",
    "XDG_STATE_HOME",
    "TMPDIR",
    "COLUMNS",
    "LINES",
    "TERM",
    "LC_ALL",
    "LANG",
    "TZ",
    "LOGNAME",
    "USER",
    "NO_COLOR",
    "PATH",
    "CALHA_COMPLETE",
];

/// Ends it if it takes too long; what is wrong with how it ended.
fn wrong(command: &mut Command) -> Option<String> {
    let child = command.spawn().unwrap();
    let pid = rustix::process::Pid::from_raw(child.id().cast_signed()).unwrap();
    let begun = Instant::now();
    let output = std::thread::spawn(|| child.wait_with_output().unwrap());
    while !output.is_finished() {
        if begun.elapsed() > TIME {
            rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
        }
        std::thread::sleep(Duration::from_millis(1));
    }

    let output = output.join().unwrap();
    if !output.status.code().is_some_and(|status| DOCUMENTED.contains(&status)) {
        return Some(format!("{output:?}"));
    }
    for bytes in [&output.stdout, &output.stderr] {
        let Ok(text) = std::str::from_utf8(bytes) else { return Some("no UTF-8".to_owned()) };
        let faults = ["panicked", "fault of its own", "stack backtrace"];
        if text.contains(is_evil) || faults.iter().any(|fault| text.contains(fault)) {
            return Some(text.to_owned());
        }
    }
    None
}

#[test]
fn whatever_chance_gives_to_a_command_it_ends_with_a_sentence() {
    let given = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seed = given("CALHA_SEED").unwrap_or(6_560_681);
    let count = given("CALHA_CASES").unwrap_or(if thorough() { 400 } else { 40 });
    println!("{count} cases of seed {seed}; others with CALHA_CASES and CALHA_SEED");

    let material = Material::new();
    let mut found = Vec::new();
    for number in 0..count {
        let at = material.site.dir.path().join("case");
        let mut chance = Chance(seed.wrapping_mul(1_000_003).wrapping_add(number));
        let mut command = material.case(&mut chance, &at);
        if let Some(what) = wrong(&mut command) {
            found.push(format!("case {number}: {command:?}: {what}"));
        }
        fs::remove_dir_all(&at).unwrap();
    }
    assert!(found.is_empty(), "{} of {count} cases: {}", found.len(), found.join("\n"));
}
