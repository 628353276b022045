//! One rule of keys at every question, and signals at any moment of one. What is asked is no matter
//! here.

use std::time::{Duration, Instant};

use calha::lab::{Fault, Trouble};
use rustix::process::Signal;

use super::pty::Pty;
use super::site::Site;
use super::{CALHA, start};

const CONSENT: &str = "go on with these steps? [s]how [y/N] ";
const STEP: &str = "[q]uit > ";
const PASSWORD: &str = "password of su on Node1: ";

const INSTALL: &[&str] = &["install"];
const ASKS_PASSWORD: &[&str] =
    &["install", "--set", "node.Node1.become=su", "--set", "node.Node1.become-password=ask"];

/// A question: how one comes to it, and how it ends where it is told to end.
struct Asked {
    args: &'static [&'static str],
    /// What is seen and typed on the way.
    way: &'static [(&'static str, &'static str)],
    question: &'static str,
    /// A line is typed, so that a key needs Enter behind it.
    line: bool,
}

/// One of each kind.
const QUESTIONS: [Asked; 4] = [
    Asked { args: INSTALL, way: &[], question: CONSENT, line: false },
    Asked { args: INSTALL, way: &[(CONSENT, "y")], question: STEP, line: true },
    Asked {
        args: INSTALL,
        way: &[(CONSENT, "y"), (STEP, "k\n")],
        question: "skip record? [y/N] ",
        line: false,
    },
    Asked { args: ASKS_PASSWORD, way: &[], question: PASSWORD, line: true },
];

impl Asked {
    fn reach(&self, site: &Site) -> Pty {
        let mut pty = start(site, self.args, &[]);
        for (text, keys) in self.way {
            pty.waits_for(text);
            pty.types(keys);
        }
        pty.waits_for(self.question);
        pty
    }
}

#[test]
fn the_same_key_means_the_same_at_every_question() {
    let site = Site::new();
    for asked in &QUESTIONS {
        let escape = if asked.line { "\u{1b}\n" } else { "\u{1b}" };
        for (key, status) in [(escape, 3), ("\u{4}", 3), ("\u{3}", 130)] {
            let mut pty = asked.reach(&site);
            pty.types(key);
            let ended = pty.ends().code();
            assert_eq!(ended, Some(status), "{} {key:?}\n{}", asked.question, pty.screen());
        }
        // An arrow is no Escape, and no other key is taken for an answer in silence; ^Z gives the
        // terminal back and the question comes again.
        let mut pty = asked.reach(&site);
        pty.types(if asked.line { "\u{1b}[A\n" } else { "\u{1b}[A" });
        pty.waits_for(if asked.line { "a key that is not text" } else { "n or Enter: no" });
        pty.waits_for(asked.question);
        if !asked.line {
            pty.types("q\n");
            pty.waits_for("y: yes, n or Enter: no");
            pty.waits_for(asked.question);
        }
        pty.types("\u{1a}");
        pty.is_stopped();
        pty.signal(Signal::CONT);
        pty.waits_for(asked.question);
        pty.types("\u{4}");
        assert_eq!(pty.ends().code(), Some(3), "{}\n{}", asked.question, pty.screen());
    }
    assert_eq!(site.changing_calls(), 0);
}

#[test]
fn what_was_typed_before_a_question_answers_nothing() {
    let site = Site::new();
    let mut pty = start(&site, INSTALL, &[]);
    pty.types("y\nyyy\n\n");
    pty.waits_for(CONSENT);
    std::thread::sleep(Duration::from_millis(500));
    // Somebody types y and, out of habit, Enter a little later: Enter would run the first step.
    pty.types("y");
    std::thread::sleep(Duration::from_millis(50));
    pty.types("\n");
    pty.waits_for(STEP);
    std::thread::sleep(Duration::from_millis(500));
    assert!(pty.screen().trim_end().ends_with(STEP.trim_end()), "{}", pty.screen());
    pty.types("q\n");
    assert_eq!(pty.ends().code(), Some(3), "{}", pty.screen());
    assert_eq!(site.changing_calls(), 0);
}

/// Questions that need a situation of their own: what is in the way, what is done by hand, and the
/// way back.
#[test]
fn control_c_ends_the_rarer_questions_as_well() {
    let site = Site::new();
    let made = site.types("Node1", "/usr/sbin/groupadd", &["-g", "5001", "others"]);
    assert_eq!(made.status, 0, "{}", made.err);
    let in_the_way = Asked { args: INSTALL, way: &[], question: "look again? [y/N] ", line: false };
    for (key, status) in [("\u{3}", 130), ("\u{4}", 1), ("\u{1b}", 1)] {
        let mut pty = in_the_way.reach(&site);
        pty.types(key);
        assert_eq!(pty.ends().code(), Some(status), "{key:?}\n{}", pty.screen());
    }
    assert_eq!(site.types("Node1", "/usr/sbin/groupdel", &["others"]).status, 0);
    assert_eq!(site.changing_calls(), 2);

    let by_hand = ["--set", "directory.mode=operator"];
    for (command, key, status) in
        [("install", "\u{3}", 130), ("resume", "\u{4}", 3), ("resume", "\u{1b}", 3)]
    {
        let mut pty = start(&site, &[&[command][..], &by_hand].concat(), &[]);
        pty.waits_for(CONSENT);
        pty.types("y");
        pty.waits_for(STEP);
        pty.types("a\n");
        super::agree_until(&mut pty, "is it done? [y/N] ");
        pty.types(key);
        assert_eq!(pty.ends().code(), Some(status), "{key:?}\n{}", pty.screen());
    }
    let calls = site.changing_calls();
    for (key, status) in [("\u{3}", 130), ("\u{4}", 3), ("\u{1b}", 3)] {
        let mut pty = start(&site, &[&["rollback"][..], &by_hand].concat(), &[]);
        pty.waits_for("undo these? [s]how [y/N] ");
        pty.types(key);
        assert_eq!(pty.ends().code(), Some(status), "{key:?}\n{}", pty.screen());
    }
    assert_eq!(site.changing_calls(), calls, "something was undone");
}

/// A signal that comes in any moment of a question ends it with status 130.
#[test]
fn no_signal_is_lost_between_a_question_and_its_key() {
    let directory = tempfile::tempdir().unwrap();
    let state = directory.path().display().to_string();
    let new = || {
        let (args, env) = (["new", "never.toml"], [("XDG_STATE_HOME", state.as_str())]);
        Pty::start_in(directory.path(), CALHA, &args, &env, 30, 80)
    };
    // The first answer is kept, so that the next time a key is asked for.
    let mut pty = new();
    pty.waits_for("> ");
    pty.types("2\n");
    pty.waits_for("> ");
    pty.types("\u{4}");
    assert_eq!(pty.ends().code(), Some(3), "{}", pty.screen());

    let signals = [Signal::TERM, Signal::INT, Signal::HUP];
    for attempt in 0..200u64 {
        let mut pty = new();
        pty.waits_for("Go on? [Y/n] > ");
        if attempt % 2 == 0 {
            // At the question behind it a line is waited for.
            pty.types("y");
            pty.waits_for("can be asked now");
            pty.waits_for("> ");
        }
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_micros(attempt / 2 % 20 * 25) {
            std::hint::spin_loop();
        }
        pty.signal(signals[attempt as usize % 3]);
        assert_eq!(pty.ends().code(), Some(130), "attempt {attempt}\n{}", pty.screen());
    }
}

#[test]
fn control_c_is_acknowledged_while_a_command_runs() {
    let site = Site::new();
    let (program, trouble) = ("installer".into(), Trouble::Hangs { seconds: 5 });
    let fault = Fault::Call { program, host: None, argument: None, nth: 1, seen: 0, trouble };
    site.lab.inject(fault).unwrap();
    let mut pty = start(&site, &["install", "--yes"], &[]);
    pty.waits_for("] software");
    std::thread::sleep(Duration::from_millis(1500));
    let begun = Instant::now();
    pty.types("\u{3}");
    pty.waits_for("interrupted; calha waits for the operation at hand");
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    assert_eq!(pty.ends().code(), Some(130), "{}", pty.screen());
    assert!(begun.elapsed() > Duration::from_secs(1), "the command was not left to end");

    // What only looks ends at once.
    let mut pty = start(
        &site,
        &["verify", "--set", "node.Node2.connection={command=[\"/bin/sleep\", \"30\"]}"],
        &[],
    );
    std::thread::sleep(Duration::from_millis(500));
    let begun = Instant::now();
    pty.types("\u{3}");
    assert_eq!(pty.ends().code(), Some(130), "{}", pty.screen());
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}
