//! The whole way as somebody goes it who has nothing yet: questions, installation step by step,
//! failure, resumption, removal.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use calha::lab::{Fault, Trouble};
use calha::profile;

use super::pty::Pty;
use super::site::{Said, Site, said};
use super::{CALHA, agree_until};

/// A terminal that is tall enough to hold everything that scrolled by.
const TALL: u16 = 2500;

/// What is asked, or follows from what is asked.
const ASKED: [&str; 17] = [
    "name",
    "model",
    "nodes",
    "uid",
    "gid",
    "block-device",
    "install-root-device",
    "var-dir-device",
    "logical-host",
    "logical-host-fqdn",
    "logical-host-address",
    "host",
    "instance",
    "install-root",
    "share-dir",
    "watcher-port",
    "resource-group",
];

pub(super) struct Walk {
    pub(super) site: Site,
    /// What is answered on the command line: connections, and who runs the vendor's programs.
    set: Vec<String>,
}

impl Walk {
    pub(super) fn of(model: &str) -> Self {
        let site = if model == "asymmetric" { Site::new() } else { Site::of(model) };
        let answers = profile::ProfileFile::read(&site.profile).answers();
        let asked = |key: &str| {
            ASKED.contains(&key.rsplit('.').next().unwrap()) || key.ends_with("-resource")
        };
        let given = answers.iter().filter(|(key, _)| !asked(key)).map(|(key, a)| {
            // A short name that is the same in every run: transcripts are kept.
            let Some(node) = key
                .strip_suffix("connection")
                .map(|rest| rest.trim_end_matches('.').trim_start_matches("node."))
            else {
                return format!("{key}={}", a.value.to_toml());
            };
            let node = if node == "directory" { "ldap" } else { node };
            let words: Vec<String> = match &a.value {
                calha::setting::Value::Table(table) => {
                    table["command"].as_texts().unwrap().iter().map(|w| format!("'{w}'")).collect()
                }
                other => panic!("{other:?}"),
            };
            let script = site.dir.path().join(node);
            std::fs::write(&script, format!("#!/bin/sh\nexec {}\n", words.join(" "))).unwrap();
            std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
            format!("{key}={{command=[\"./{node}\"]}}")
        });
        Self { set: given.collect(), site }
    }

    /// The program with nobody at a terminal, in the site's directory.
    pub(super) fn calha(&self, args: &[&str]) -> Said {
        said(self.site.program(args).current_dir(self.site.dir.path()).output().unwrap())
    }

    /// The service's resource cannot be made at the first attempt.
    pub(super) fn fails_once(&self) {
        let trouble = Trouble::Fails {
            status: 13,
            text: "CAL-SVR-RS: the validate method timed out\n".into(),
        };
        let (program, argument) = ("scrgadm".into(), Some("SUNW.scics".into()));
        // The first call registers the type, the second makes the resource.
        self.site
            .lab
            .inject(Fault::Call { program, host: None, argument, nth: 2, seen: 0, trouble })
            .unwrap();
    }

    /// Whether the profile that was made says the same as the example's, connections aside.
    pub(super) fn is_the_examples_site(&self) {
        let of = |file: &Path| {
            let mut settings =
                profile::load(file, &[]).unwrap_or_else(|p| panic!("{p:?}")).settings;
            settings.cluster.connections.clear();
            settings.directory.connection = calha::setting::Connection::Local;
            settings
        };
        assert_eq!(of(&self.profile()), of(&self.site.profile));
    }

    pub(super) fn start(&self, args: &[&str], columns: u16) -> Pty {
        let state = self.site.dir.path().join("state").display().to_string();
        Pty::start_in(
            self.site.dir.path(),
            CALHA,
            args,
            &[("XDG_STATE_HOME", &state)],
            TALL,
            columns,
        )
    }

    pub(super) fn new_profile(&self, columns: u16) -> Pty {
        let mut args = vec!["new", "new.toml"];
        self.set.iter().for_each(|set| args.extend(["--set", set]));
        self.start(&args, columns)
    }

    pub(super) fn profile(&self) -> PathBuf {
        self.site.dir.path().join("new.toml")
    }
}

/// What stood on the screen, without what differs between runs.
pub(super) fn transcript(pty: &Pty) -> String {
    let lines: Vec<String> = pty.screen().lines().map(|line| line.trim_end().to_owned()).collect();
    format!("{}\n", lines.join("\n").trim_end())
}

/// Compares with what is kept beside this file; `BLESS=1` writes it.
pub(super) fn blessed(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/terminal").join(name);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == text, "{name} is different; if it is better, BLESS=1 keeps it:\n{text}");
}

/// The same, and no line of prose is wider than 80 columns.
fn is_kept(name: &str, text: &str) {
    blessed(name, text);
    // Commands and diffs are whole, so that they can be copied.
    let prose =
        text.lines().filter(|l| !l.starts_with("          ") && !l.starts_with("        Node"));
    prose.for_each(|l| assert!(l.chars().count() <= 80, "too long in {name}: {l}"));
    assert!(text.is_ascii(), "{name} has characters that a terminal may not have");
}

/// The picture in the README is of this very run; `BLESS=1` writes it.
fn is_the_picture(svg: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/install.svg");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, svg).unwrap();
    }
    assert!(
        std::fs::read_to_string(&path).unwrap_or_default() == svg,
        "docs/install.svg is not what a run looks like; BLESS=1 keeps it"
    );
    roxmltree::Document::parse(svg).unwrap();
}

#[test]
fn the_questions_of_a_new_profile_with_wrong_answers_the_way_back_and_interruptions() {
    let walk = Walk::of("asymmetric");
    let mut pty = walk.new_profile(80);
    for (question, typed) in [
        ("[ 1/12]", "?\n"),
        ("type downtime", "downtime\n"),
        ("a server is down", "0.5\n"),
        ("months from", "six\n"),
        ("that is not a number", "9\n"),
        ("is not one of the choices", "1\n"),
        ("[ 2/12]", "Nowhere\n"),
        ("cannot reach Nowhere", "Node1\n"),
        ("resource groups: none", "<\n"),
        ("[ 2/12]", "Node1\n"),
        ("1  Node1", "\n"),
        ("block-device", "/cal\n"),
        ("is not a device", "\n"),
        ("2  cal-host", "Node2\n"),
        ("is the node Node2", "cal-host\n"),
    ] {
        pty.waits_for(question);
        pty.waits_for("> ");
        pty.types(typed);
    }
    pty.waits_for("account.uid");
    pty.waits_for("> ");
    pty.types("\u{3}");
    assert_eq!(pty.ends().code(), Some(130), "{}", pty.screen());
    is_kept("new.txt", &transcript(&pty));
    assert!(!walk.profile().exists());

    // It is gone on with; ^D leaves as well, and nothing of it is lost either.
    let mut pty = walk.start(&["new", "new.toml"], 60);
    pty.waits_for("Go on? [Y/n] > ");
    pty.types("\n");
    pty.waits_for("account.uid");
    pty.waits_for("[5001] > ");
    pty.types("\u{4}");
    assert_eq!(pty.ends().code(), Some(3), "{}", pty.screen());
    assert!(transcript(&pty).lines().all(|l| l.chars().count() <= 60), "{}", transcript(&pty));

    let mut pty = walk.start(&["new", "new.toml"], 80);
    for (question, typed) in [
        ("Go on?", "\n"),
        ("account.uid", "0\n"),
        ("the id of root", "5001\n"),
        ("account.gid", "\n"),
        ("directory.host", "ldap\n"),
        ("Enter writes new.toml", "instance.cal.prot\n"),
        ("did you mean instance.cal.port?", "instance.cal.port\n"),
        ("[80]", "eighty\n"),
        ("whole number", "\n"),
        ("Enter writes new.toml", "\n"),
    ] {
        pty.waits_for(question);
        pty.waits_for("> ");
        pty.types(typed);
    }
    assert_eq!(pty.ends().code(), Some(0), "{}", pty.screen());
    is_kept("summary.txt", &transcript(&pty));
    walk.is_the_examples_site();

    let nowhere = walk.calha(&["new", "no/such/directory/site.toml"]);
    assert!(nowhere.status == 2 && nowhere.err.contains("no such directory"), "{}", nowhere.err);
    // It is not asked again, and never written over.
    let again = walk.calha(&["new", walk.profile().to_str().unwrap()]);
    assert!(again.status == 2 && again.err.contains("not written over"), "{}", again.err);
    // Where nobody is there, it says what is missing and how it is given.
    let nobody = walk.calha(&["new", walk.site.dir.path().join("other.toml").to_str().unwrap()]);
    assert!(nobody.status == 3 && nobody.err.contains("--set cluster.name="), "{}", nobody.err);
}

#[test]
fn step_by_step_to_a_failure_and_on() {
    let walk = Walk::of("asymmetric");
    let pristine = walk.site.lab.digest_all(&[]).unwrap();
    std::fs::copy(&walk.site.profile, walk.profile()).unwrap();
    walk.fails_once();

    let mut pty = walk.start(&["install", "new.toml"], 80);
    pty.waits_for("go on with these steps?");
    pty.types("y");
    pty.waits_for("] record: ");
    for typed in ["x\n", "\n", "e\n", "k\n"] {
        pty.waits_for("[q]uit > ");
        pty.types(typed);
    }
    pty.waits_for("skip accounts?");
    pty.types("y");
    // Whoever skips it does it otherwise.
    for node in ["Node1", "Node2"] {
        assert_eq!(
            walk.site.types(node, "/usr/sbin/groupadd", &["-g", "5001", "icsgroup"]).status,
            0
        );
        assert_eq!(
            walk.site
                .types(
                    node,
                    "/usr/sbin/useradd",
                    &["-u", "5001", "-g", "icsgroup", "-d", "/", "icsuser"]
                )
                .status,
            0
        );
    }
    for step in ["mount-directory", "vfstab-entry"] {
        pty.waits_for(&format!("] {step}: "));
        pty.waits_for("[q]uit > ");
        pty.types("\n");
    }
    pty.waits_for("] software: ");
    pty.waits_for("cannot be undone");
    pty.waits_for("[q]uit > ");
    let first = transcript(&pty);
    is_kept("install.txt", &first);
    is_the_picture(&pty.picture(
        "[ 4/31]",
        "calha install: a step is shown, agreed to and proved; the next one waits",
    ));
    pty.types("s\n");
    pty.waits_for("installer -nodisplay");
    pty.waits_for("s once more");
    pty.waits_for("[q]uit > ");
    pty.types("s\n");
    pty.waits_for("calha_do software.1");
    pty.waits_for("[q]uit > ");
    // From here on only what cannot be undone is asked.
    pty.types("a\n");
    let mut asked = Vec::new();
    while pty.waits_for_one(&["[q]uit > ", "step service-resource failed"]) == 0 {
        let screen = pty.screen();
        asked.push(
            screen.lines().rev().find(|l| l.starts_with('[')).unwrap_or_default()[8..]
                .split(':')
                .next()
                .unwrap()
                .to_owned(),
        );
        if asked.len() == 1 {
            // What is not offered here is no answer, and is not named as one.
            pty.types("a\n");
            pty.waits_for("a is not an answer here: ");
            pty.waits_for("[q]uit > ");
            let screen = pty.screen();
            let (_, said) = screen.rsplit_once("a is not an answer here: ").unwrap();
            assert!(!said.contains("the rest"), "{screen}");
        }
        pty.types("\n");
    }
    assert_eq!(pty.ends().code(), Some(1), "{}", pty.screen());
    assert_eq!(asked, ["directory-server", "configure-primary", "configure-secondary"]);
    let screen = pty.screen();
    assert!(
        screen.contains("the validate method timed out")
            && screen.contains("calha resume new.toml"),
        "{screen}"
    );
    // Everything that scrolled by is in the log that is named.
    let log =
        screen.lines().find_map(|l| l.strip_prefix("log: ")).expect("the log's name").to_owned();
    let log = std::fs::read_to_string(log).unwrap();
    for part in [
        "install new.toml",
        "vfstab-entry: entry for",
        "+/dev/md/penguin/dsk/d400",
        "step service-resource failed",
        "[q]uit > k",
        "Files on the shared disk belong to numbers",
    ] {
        assert!(log.contains(part), "{part}: {log}");
    }

    walk.site.lab.clear_faults().unwrap();
    let mut pty = walk.start(&["resume", "new.toml"], 60);
    pty.waits_for("go on with these steps?");
    pty.types("y");
    pty.waits_for("[q]uit > ");
    pty.resizes(TALL, 80);
    pty.types("a\n");
    agree_until(&mut pty, "operations carried out");
    assert_eq!(pty.ends().code(), Some(0), "{}", pty.screen());

    // What was skipped stays so until somebody says otherwise.
    let profile = walk.profile();
    let profile = profile.to_str().unwrap();
    let verify = walk.calha(&["verify", profile]);
    assert!(
        verify.status == 0 && verify.out.contains("accounts was skipped"),
        "{}{}",
        verify.out,
        verify.err
    );
    let wrong = walk.calha(&["resolve", profile, "--again", "vfstab-entry"]);
    assert!(wrong.status == 1 && wrong.err.contains("was not skipped"), "{}", wrong.err);
    let again = walk.calha(&["resolve", profile, "--again", "accounts"]);
    assert_eq!(again.status, 0, "{}", again.err);
    let install = walk.calha(&["install", profile, "--yes"]);
    assert!(
        install.status == 0 && install.out.contains("was there before calha"),
        "{}{}",
        install.out,
        install.err
    );
    let verify = walk.calha(&["verify", profile]);
    assert!(verify.status == 0 && !verify.out.contains("skipped"), "{}{}", verify.out, verify.err);

    let mut pty = walk.start(&["uninstall", "new.toml"], 80);
    pty.waits_for("undo these?");
    pty.types("y");
    pty.waits_for("[q]uit > ");
    pty.types("a\n");
    assert_eq!(pty.ends().code(), Some(0), "{}", pty.screen());
    assert_ne!(pristine, walk.site.lab.digest_all(&[]).unwrap(), "leftovers are declared");
}
