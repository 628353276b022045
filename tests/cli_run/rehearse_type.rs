//! An upgrade of a resource type rehearsed by one command on a simulated cluster.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use calha::lab::Disk;

use super::site::{Said, said};

/// A directory of a maintainer, with the old and the new registration file in it.
struct Desk {
    dir: tempfile::TempDir,
}

impl Desk {
    fn new(old: &str, new: &str) -> Self {
        let desk = Self { dir: tempfile::tempdir().unwrap() };
        std::fs::create_dir(desk.path("tmp")).unwrap();
        std::fs::write(desk.path("old.rt"), old).unwrap();
        std::fs::write(desk.path("new.rt"), new).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn rt(&self, words: &[&str]) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_calha"));
        command.arg("rt").args(words).current_dir(self.dir.path()).stdin(Stdio::null());
        command.env("TMPDIR", self.path("tmp")).env("XDG_STATE_HOME", self.path("state"));
        said(command.output().unwrap())
    }

    fn rehearse(&self, more: &[&str]) -> Said {
        self.rt(&[&["rehearse", "old.rt", "new.rt"], more].concat())
    }

    /// Neither a simulated cluster nor a journal stays.
    fn is_clean(&self) -> bool {
        std::fs::read_dir(self.path("tmp")).unwrap().count() == 0 && !self.path("state").exists()
    }
}

fn fixture(name: &str) -> String {
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/resource_type/files");
    std::fs::read_to_string(files.join(name)).unwrap()
}

/// Version 5 of ACME.disk and the next one, whose resources move like this.
fn disk(tunability: &str) -> Desk {
    let desk = Desk::new(&fixture("hand.rt"), &fixture("hand.rt"));
    let from = format!("5={tunability}");
    let bumped = desk.rt(&["bump", "new.rt", "--to", "6", "--from", &from]);
    assert_eq!(bumped.status, 0, "{}", bumped.err);
    desk
}

/// A version of a type with these entries.
fn version(number: &str, entries: &str) -> String {
    format!(
        "RESOURCE_TYPE = \"queue\";\nVENDOR_ID = ACME;\nRT_DESCRIPTION = \"Queue\";\n\
         RT_VERSION = \"{number}\";\nAPI_VERSION = 2;\nFAILOVER = TRUE;\n\
         RT_BASEDIR = /opt/ACMEqueue/{number};\nSTART = start;\nSTOP = stop;\n\
         #$upgrade\n#$upgrade_from \"1\" WHEN_OFFLINE\n{entries}"
    )
}

fn level(limits: &str) -> String {
    format!("{{ PROPERTY = Level; EXTENSION; INT; {limits} TUNABLE = ANYTIME; }}\n")
}

/// The commands on these two files, in the order in which README shows them.
fn commands_of_the_readme() -> Vec<Vec<String>> {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let commands = readme.split('`').filter_map(|part| part.strip_prefix("calha rt "));
    let on_files = commands.filter(|command| command.contains("new.rt"));
    on_files.map(|command| command.split(' ').map(str::to_owned).collect()).collect()
}

#[test]
fn the_five_commands_of_the_readme_lead_from_an_edited_file_to_a_rehearsed_upgrade() {
    let commands = commands_of_the_readme();
    let verbs: Vec<&str> = commands.iter().map(|words| words[0].as_str()).collect();
    assert_eq!(verbs, ["lint", "diff", "bump", "document", "rehearse"]);

    for (name, end) in [("hand.rt", "as before"), ("builder.rt", "nothing to do")] {
        let old = fixture(name);
        // An editor made its own quotes, and the maintainer another default.
        let edited = format!("#$Id$\n{old}").replace("DEFAULT = 300", "DEFAULT = 200");
        let desk = Desk::new(&old, &edited.replace("DEFAULT = \"\"", "DEFAULT = \u{201c}\u{201d}"));
        let mut last = String::new();
        for words in &commands {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let said = desk.rt(&words);
            assert_eq!(said.status, 0, "{name}: {words:?}\n{}{}", said.out, said.err);
            last = said.out;
        }
        let mended = std::fs::read_to_string(desk.path("new.rt")).unwrap();
        assert!(mended.starts_with("# $Id$\n") && !mended.contains('\u{201c}'), "{mended}");
        assert_eq!(std::fs::read_to_string(desk.path("old.rt")).unwrap(), old);
        assert!(last.trim_end().ends_with(end), "{name}: {last}");
        assert!(desk.is_clean(), "{name}");
    }
}

#[test]
fn each_tunability_is_rehearsed_there_and_back() {
    let stopped = "rehearsal-rs is stopped on Node1";
    let unmanaged = "group rehearsal-rg is unmanaged";
    for (word, more, plan, command) in [
        ("ANYTIME", None, "Outage: none", "Type_version=6"),
        ("WHEN_UNMONITORED", None, "Outage:", "scswitch -n -M"),
        ("WHEN_OFFLINE", None, stopped, "scswitch -n -j"),
        ("WHEN_DISABLED", None, stopped, "scswitch -n -j"),
        ("WHEN_UNMANAGED", None, unmanaged, "scswitch -u -g"),
        ("AT_CREATION", Some("--recreate"), "deleted and created again", "scrgadm -r -j"),
    ] {
        let desk = disk(word);
        let more: Vec<&str> = more.into_iter().collect();
        let said = desk.rehearse(&more);
        assert_eq!(said.status, 0, "{word}: {}{}", said.out, said.err);

        let places =
            [plan, command, "[ 1/", "  proof: ", "ACME.disk:6, ONLINE on Node1", "nothing to do"]
                .map(|text| {
                    said.out.find(text).unwrap_or_else(|| panic!("{word}: {text}\n{}", said.out))
                });
        assert!(places.is_sorted(), "{word}: {places:?}\n{}", said.out);
        let end = "rehearsal-rs: ACME.disk:5, ONLINE on Node1, OFFLINE on Node2, as before\n";
        assert!(said.out.ends_with(end), "{word}: {}", said.out);

        let told = said.out.lines().filter(|line| !line.trim_start().starts_with('/'));
        assert!(told.clone().all(|line| line.chars().count() <= 80), "{word}: {}", said.out);
        assert!(said.out.lines().count() <= 72, "{word}: {}", said.out);
        assert!(desk.is_clean(), "{word}");
    }

    let desk = disk("AT_CREATION");
    let said = desk.rehearse(&[]);
    assert!(said.status == 2 && said.err.contains("--recreate does it"), "{}", said.err);
    assert!(desk.is_clean());
}

#[test]
fn what_cannot_be_rehearsed_is_said_with_a_remedy() {
    let one = version("1", "");
    let two = version("2", "");
    let other = two.replace("\"queue\"", "\"spool\"");
    let plain = |text: &str| text.replace("#$upgrade", "# upgrade");
    let later = two.replace("API_VERSION = 2", "API_VERSION = 7");
    let newest = two.replace("API_VERSION = 2", "API_VERSION = 22");
    for (old, new, more, status, told) in [
        (&one, &newest, &[][..], 2, "no simulated cluster takes both files; calha rt show new.rt"),
        (&one, &other, &[], 2, "new.rt is of type ACME.spool"),
        (&one, &one, &[], 2, "calha rt bump new.rt --to VERSION"),
        (&plain(&one), &plain(&two), &[], 2, "neither file has #$upgrade"),
        (&one, &later, &[], 2, "--on solaris9-cluster3.2 takes both files"),
        (&one, &two.replace("START =", "START"), &[], 2, "calha rt lint new.rt"),
        (&one, &String::from("# nothing\n"), &[], 2, "new.rt"),
        (&one, &two, &["--on", "solaris8-cluster3.0"], 2, "cannot move to another version"),
        (&one, &two, &["--property", "x"], 2, "NAME=VALUE"),
        (&one, &two, &["--property", "Color=red"], 2, "Color"),
        (&one, &two, &["--property", "rehearsal-rs:Color=red"], 2, "declares this property"),
        (&one, &two, &["--keep", "."], 1, "not empty"),
    ] {
        let desk = Desk::new(old, new);
        let said = desk.rehearse(more);
        assert_eq!(said.status, status, "{told}: {}{}", said.out, said.err);
        assert!(said.err.contains(told), "{told}: {}", said.err);
        assert!(desk.is_clean(), "{told}");
    }
    let desk = Desk::new(&one, &two);
    let nowhere = desk.rt(&["rehearse", "old.rt", "nowhere.rt"]);
    assert!(nowhere.status == 2 && nowhere.err.contains("nowhere.rt"), "{}", nowhere.err);
}

#[test]
fn properties_without_a_default_get_a_value_that_both_versions_take() {
    let more = "{ PROPERTY = Kind; EXTENSION; ENUM { Fast, Safe }; TUNABLE = ANYTIME; }\n\
                { PROPERTY = Hosts; EXTENSION; STRINGARRAY; ARRAY_MINSIZE = 2; MINLENGTH = 12;\n\
                TUNABLE = ANYTIME; }\n";
    let old = version("1", &level("MIN = 1; MAX = 9;"));
    let desk = Desk::new(&old, &version("2", &(level("MIN = 4; MAX = 12;") + more)));
    let said = desk.rehearse(&[]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    let assumed = said.out.split("assumed: ").nth(1).unwrap().split("\n\n").next().unwrap();
    let assumed = assumed.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(assumed.starts_with("Level=9 Kind=Fast Hosts=rehearsalxxx,rehearsal2xx "), "{assumed}");

    // A value that somebody has is the old version's, and the new one asks for another.
    let refused = desk.rehearse(&["--property", "Level=2"]);
    assert_eq!(refused.status, 2, "{}", refused.out);
    assert!(refused.err.contains("--property rehearsal-rs:Level=VALUE"), "{}", refused.err);
    let given = ["--property", "Level=2", "--property", "rehearsal-rs:Level=5"];
    let said = desk.rehearse(&given);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    assert!(said.out.contains("-x Level=5"), "{}", said.out);
    // Only the new version takes this one.
    let said = desk.rehearse(&["--property", "Level=12"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    assert!(said.out.contains("-x Level=12"), "{}", said.out);
}

/// Options that are named, each with the command that takes it: the one that was named last.
fn options_named(told: &str, typed: &str) -> Vec<(String, String)> {
    let (mut command, mut named) = (typed.to_owned(), Vec::new());
    let words: Vec<&str> = told.split_whitespace().collect();
    for (at, word) in words.iter().enumerate() {
        if let ["calha", "rt", of, ..] = words[at..] {
            command = of.trim_end_matches([',', ';', ':']).to_owned();
        }
        let option = word.trim_end_matches([',', ';', ':', '.', ')']);
        if option.starts_with("--") {
            named.push((command.clone(), option.split('=').next().unwrap_or(option).to_owned()));
        }
    }
    named
}

#[test]
fn every_option_that_is_named_exists_for_the_command_it_is_named_with() {
    let one = version("1", &level(""));
    let shared = version("2", &level("")).replace("ACMEqueue/2", "ACMEqueue/1");
    for (verb, must) in [
        ("rehearse", ("upgrade", "--accept")),
        ("diff", ("diff", "--answers")),
        ("document", ("document", "--facts")),
    ] {
        let desk = Desk::new(&one, &shared);
        let said = desk.rt(&[verb, "old.rt", "new.rt"]);
        assert_eq!(said.status, 0, "{verb}: {}{}", said.out, said.err);
        // The page of `document` is about commands of the cluster.
        let told = if verb == "document" { said.err } else { said.out + &said.err };
        let named = options_named(&told, verb);
        let must = (must.0.to_owned(), must.1.to_owned());
        assert!(named.contains(&must), "{verb}: {named:?}\n{told}");
        for (command, option) in named {
            let help = desk.rt(&[&command, "--help"]);
            let mut words = help.out.split([' ', ',', '\n', '=', '[']);
            assert!(words.any(|word| word == option), "{verb}: {command} {option}\n{told}");
        }
    }
}

#[test]
fn a_cluster_that_is_kept_has_the_new_version_and_goes_back_by_its_own_profile() {
    let desk = Desk::new(&version("1", ""), &version("2", ""));
    let said = desk.rehearse(&["--no-rollback", "--keep", "lab", "--on", "odd"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    assert!(said.out.trim_end().ends_with("nothing to do"), "{}", said.out);
    let lab = Disk::open(&desk.path("lab")).unwrap();
    let kind = || lab.cluster().unwrap().resource("rehearsal-rs").unwrap().type_name.clone();
    assert_eq!(kind(), "ACME.queue:2");

    let words = ["rt", "upgrade", "lab/site.toml", "--type", "ACME.queue", "--rollback", "--yes"];
    let mut back = Command::new(env!("CARGO_BIN_EXE_calha"));
    back.args(words).current_dir(desk.dir.path()).stdin(Stdio::null());
    let back = said_by(back.env("XDG_STATE_HOME", desk.path("lab/state")));
    assert_eq!((back.status, kind().as_str()), (0, "ACME.queue:1"), "{}{}", back.out, back.err);
}

fn said_by(command: &mut Command) -> Said {
    said(command.output().unwrap())
}
